/** What a diagnostic means, for `check --explain`. */

import { registry } from '../diagnostics/registry.ts';
import { nearest } from '../diagnostics/words.ts';
import { UsageError } from './usage.ts';

export function explained(code: string): string {
  const rule = registry.find(candidate => candidate.code === code);
  if (rule) return `${rule.code} (${rule.severity})\n\n${rule.summary}\n\n${rule.docs.trim()}\n`;
  const meant = nearest(
    code,
    registry.map(candidate => candidate.code),
  );
  throw new UsageError(`--explain ${code}: there is no such diagnostic.${meant === undefined ? '' : ` Did you mean ${meant}?`}`);
}
