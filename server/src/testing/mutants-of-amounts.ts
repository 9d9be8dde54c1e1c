/** Ranges, amounts and periods with one thing changed: a number by one of its last digit, a place on an order by one. */
import { Exact } from '../model/exact.ts';
import type { Constant, ParameterAmount, ParameterRange, Period, RuleSet, Written } from '../model/rule-set.ts';
import { moved, without } from './changed-tests.ts';
import type { Changed } from './mutants.ts';

const KEYS = ['is', 'atLeast', 'above', 'atMost', 'below'] as const;

export function* changedRanges(ranges: readonly ParameterRange[], ruleSet: RuleSet): Generator<Changed<readonly ParameterRange[]>> {
  for (const [i, range] of ranges.entries()) {
    const { parameter, span } = range;
    yield { kind: 'amount', span, was: `with ${parameter.value}`, is: 'left out', changed: without(ranges, i) };
    for (const key of KEYS) {
      const bound = range[key];
      for (const value of bound ? beside(bound, parameter.value, ruleSet) : [])
        yield {
          kind: 'amount',
          span: bound!.span,
          was: `${parameter.value} ${bound!.value}`,
          is: String(value),
          changed: ranges.with(i, { ...range, [key]: { ...bound!, value } }),
        };
    }
  }
}

export function* changedAmounts(amounts: readonly ParameterAmount[], ruleSet: RuleSet): Generator<Changed<readonly ParameterAmount[]>> {
  for (const [i, amount] of amounts.entries()) {
    const { parameter, span, value } = amount;
    yield { kind: 'amount', span, was: `maximum ${parameter.value}`, is: 'left out', changed: without(amounts, i) };
    for (const other of beside(value, parameter.value, ruleSet))
      yield {
        kind: 'amount',
        span: value.span,
        was: `maximum ${parameter.value} ${value.value}`,
        is: String(other),
        changed: amounts.with(i, { ...amount, value: { ...value, value: other } }),
      };
  }
}

/** One of the last digit, or one place on the order, down and up. */
function beside({ value }: Constant, parameter: string, { parameters }: RuleSet): readonly (string | Exact)[] {
  if (value instanceof Exact) return moved(value);
  const order = parameters.get(parameter)?.order?.map(each => each.value) ?? [];
  const at = order.indexOf(String(value));
  return at < 0 ? [] : [order[at - 1], order[at + 1]].filter(each => each !== undefined);
}

export function* changedPeriod(period: Written<Period>): Generator<Changed<Written<Period>>> {
  const { number, unit } = period.value;
  // No period is nothing or less.
  for (const other of moved(number))
    if (other.compare(Exact.of(0)) > 0)
      yield {
        kind: 'amount',
        span: period.span,
        was: `${number} ${unit}`,
        is: `${other} ${unit}`,
        changed: { ...period, value: { number: other, unit } },
      };
}
