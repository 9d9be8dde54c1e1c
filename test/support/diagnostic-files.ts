/** Every diagnostic with its examples, found by listing the folder: nothing is registered by hand. */
import { readdirSync } from 'node:fs';
import type { Example, Rule } from '../../server/src/diagnostics/define.ts';

export const RULES_FOLDER = 'server/src/diagnostics/rules';

export interface DiagnosticFile {
  readonly code: string;
  readonly rule: Rule;
  readonly examples: readonly Example[];
}

export const codes: readonly string[] = readdirSync(RULES_FOLDER)
  .filter(file => file.endsWith('.ts'))
  .map(file => file.replace(/\.ts$/, ''))
  .sort();

export const diagnosticFiles: readonly DiagnosticFile[] = await Promise.all(
  codes.map(async code => ({ code, ...(await import(`../../server/src/diagnostics/rules/${code}.ts`)) })),
);
