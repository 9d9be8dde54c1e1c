/** The numbers of a test, spread out: every bound, and every number of `is` and `in`, with its unit. */
import { Exact } from '../model/exact.ts';
import type { Bound, Constant, Name, Test, WrittenNumber } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';

export type BoundKey = 'atLeast' | 'above' | 'atMost' | 'below';

/** A bound in one unit: a cut-off per unit gives one for each. */
export interface Limit {
  readonly key: BoundKey;
  readonly number: Exact;
  readonly span: Span;
  /** Undefined where none is written. */
  readonly unit: string | undefined;
}

export const BOUND_KEYS: readonly BoundKey[] = ['atLeast', 'above', 'atMost', 'below'];

export function isLower({ key }: { key: BoundKey }): boolean {
  return key === 'atLeast' || key === 'above';
}

export function isStrict({ key }: { key: BoundKey }): boolean {
  return key === 'above' || key === 'below';
}

/** Whether a value in the limit's unit meets it. */
export function meetsLimit(value: Exact, limit: { key: BoundKey; number: Exact }): boolean {
  const order = value.compare(limit.number);
  return order === 0 ? !isStrict(limit) : isLower(limit) ? order > 0 : order < 0;
}

/** Every bound of a test. `unit` is that of its plain numbers. */
export function limitsOf(test: Test, unit: Name | undefined = test.unit): Limit[] {
  const limits: Limit[] = [];
  for (const key of BOUND_KEYS) {
    const bound = test[key];
    if (bound) for (const { number, of } of numbersOf(bound, unit)) limits.push({ key, number: number.value, span: number.span, unit: of });
  }
  return limits;
}

/** The constants of `is` and `in`. */
export function constantsOf({ is, in: list }: Test): readonly Constant[] {
  return is ? [is, ...(list ?? [])] : (list ?? []);
}

export function isNumber(constant: Constant): constant is WrittenNumber {
  return constant.value instanceof Exact;
}

export function boundsOf(test: Test): { key: BoundKey; bound: Bound }[] {
  return BOUND_KEYS.flatMap(key => {
    const bound = test[key];
    return bound ? [{ key, bound }] : [];
  });
}

function numbersOf(bound: Bound, unit: Name | undefined): { number: WrittenNumber; of: string | undefined }[] {
  if (bound.kind === 'number') return [{ number: bound.number, of: unit?.value }];
  return bound.kind === 'date' ? [] : bound.numbers.map(({ unit: of, number }) => ({ number, of: of.value }));
}
