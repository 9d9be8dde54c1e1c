/** What is wrong with the settings of a team, in the words that mistakes of form have everywhere. Apart from reading them, since few are wrong. */
import type { Config } from './config.ts';
import { check, FORM_CODES } from './diagnostics/check.ts';
import type { Diagnostic, RuleSetSubject } from './diagnostics/define.ts';
import { registry } from './diagnostics/registry.ts';
import { checkConfigSchema } from './syntax/config-schema.ts';
import { LineIndex, type Position } from './text/line-index.ts';

export interface ConfigProblem {
  readonly at: Position;
  readonly message: string;
}

export function problemsOf({ document, file }: Config): readonly ConfigProblem[] {
  const lines = new LineIndex(document.text);
  if (!document.root) return [{ at: lines.position(0), message: 'This file is empty, or cannot be read. Write {} for no settings.' }];
  const parts = { kind: 'rule-set', file, document, schemaProblems: checkConfigSchema(document), linkProblems: [], today: undefined };
  // Mistakes of form are found in the text alone: there is no rule set here to find others in.
  const found: readonly Diagnostic[] = check(
    parts as unknown as RuleSetSubject,
    registry.filter(({ code }) => FORM_CODES.has(code)),
  );
  return found.map(({ span, message }) => ({ at: lines.position(span.start), message }));
}
