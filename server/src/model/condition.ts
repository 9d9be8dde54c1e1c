/** Conditions as typed values: what must hold, and what a value is held against. */
import type { Span } from '../text/span.ts';
import type { Exact } from './exact.ts';
import type { Name, Written, WrittenNumber } from './rule-set.ts';

/** `true`, an id, a date, `"never"` or a number, as written. */
export type Constant = Written<boolean | string | Exact>;

/** A cut-off: one number (in `unit` of the test, if any), or one per unit. A date bound is a string. */
export type Bound =
  | { readonly kind: 'number'; readonly number: WrittenNumber; readonly span: Span }
  | { readonly kind: 'per-unit'; readonly numbers: readonly { readonly unit: Name; readonly number: WrittenNumber }[]; readonly span: Span }
  | { readonly kind: 'date'; readonly date: string; readonly span: Span };

/** What a value is held against; all that is given must hold. */
export interface Test {
  readonly span: Span;
  readonly is: Constant | undefined;
  readonly in: readonly Constant[] | undefined;
  readonly atLeast: Bound | undefined;
  readonly above: Bound | undefined;
  readonly atMost: Bound | undefined;
  readonly below: Bound | undefined;
  readonly unit: Name | undefined;
}

export type Condition = { readonly span: Span } & (
  | { readonly kind: 'all' | 'any'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }
  | { readonly kind: 'fact'; readonly fact: Name; readonly test: Test }
  | { readonly kind: 'threshold'; readonly threshold: Name }
  | { readonly kind: 'score-total'; readonly score: Name; readonly test: Test }
  | { readonly kind: 'score-bands'; readonly score: Name; readonly bands: readonly Name[] }
  | { readonly kind: 'score-component'; readonly score: Name; readonly test: Test }
  | { readonly kind: 'score-applies'; readonly score: Name; readonly applies: boolean }
  | { readonly kind: 'some' | 'every' | 'none'; readonly group: Name; readonly where: Condition | undefined }
  | { readonly kind: 'count-records'; readonly group: Name; readonly where: Condition | undefined; readonly test: Test }
  | { readonly kind: 'count-conditions'; readonly items: readonly Condition[]; readonly test: Test }
  | { readonly kind: 'unknown'; readonly what: 'fact' | 'score' | 'group'; readonly name: Name }
  /** What could not be read: unknown for every patient, so that damage never turns into a false all-clear. */
  | { readonly kind: 'unreadable' }
);
