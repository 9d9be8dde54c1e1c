/** What a diagnostic means, for `check --explain`. */

import { analysedRules } from '../diagnostics/analysed-rules.ts';
import { registry } from '../diagnostics/registry.ts';
import { nearest } from '../diagnostics/words.ts';
import { UsageError } from './usage.ts';

export function explained(code: string): string {
  const all = [...registry, ...analysedRules];
  const rule = all.find(candidate => candidate.code === code);
  if (rule) return `${rule.code} (${rule.severity})\n\n${rule.summary}\n\n${rule.docs.trim()}\n`;
  const meant = nearest(
    code,
    all.map(candidate => candidate.code),
  );
  throw new UsageError(`--explain ${code}: there is no such diagnostic.${meant === undefined ? '' : ` Did you mean ${meant}?`}`);
}
