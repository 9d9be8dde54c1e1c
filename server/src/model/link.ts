/** A file and those it uses, as one whole. */
import type { Span } from '../text/span.ts';
import type { RuleSet } from './rule-set.ts';

/** What went wrong while files were put together, placed in the file whose text must change. */
export interface LinkProblem {
  readonly kind:
    | 'missing-file'
    | 'not-a-file'
    | 'outside-workspace'
    | 'unreadable-file'
    | 'uses-cycle'
    | 'duplicate-across-files'
    | 'base-version'
    | 'removed-unknown'
    | 'reason-missing';
  readonly file: string;
  readonly span: Span;
  readonly data: Readonly<Record<string, string>>;
}

export interface Linked {
  readonly ruleSet: RuleSet;
  readonly problems: readonly LinkProblem[];
}
