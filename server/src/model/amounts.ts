/** Amounts and ranges of a parameter: a number with a unit, or a place on its declared order. Exactly compared, or not at all. */
import { Exact } from './exact.ts';
import type { Constant, Name, Parameter, ParameterRange, WrittenNumber } from './rule-set.ts';
import { conversionFactor } from './units/convert.ts';

/** As written in a limit, a maximum or a range; the parameter's own unit where none is given. */
export interface Amount {
  readonly value: Constant | WrittenNumber | Name;
  readonly unit: Name | undefined;
}

/** Both ends as numbers of the parameter's unit, or as positions on its order. An end that is not written is undefined. */
export interface Interval {
  readonly low: End | undefined;
  readonly high: End | undefined;
}

export interface End {
  readonly at: Exact;
  /** Whether the end itself belongs to it. */
  readonly closed: boolean;
}

/** The amount as a number of the parameter's unit, or its position on the order; undefined if it is neither, or its unit does not convert. */
export function amountOf(parameter: Parameter, { value: { value }, unit }: Amount): Exact | undefined {
  if (parameter.order) return positionOf(parameter.order, value);
  if (!(value instanceof Exact)) return undefined;
  if (!unit || !parameter.unit) return unit ? undefined : value;
  const factor = conversionFactor({ unit: parameter.unit, alsoIn: [] }, unit.value, parameter.unit.value);
  return factor && value.times(factor);
}

function positionOf(order: readonly Name[], value: unknown): Exact | undefined {
  const position = order.findIndex(place => place.value === value);
  return position < 0 ? undefined : Exact.of(position);
}

/** Negative if `a` is less; undefined if they cannot be compared. */
export function compareAmounts(parameter: Parameter, a: Amount, b: Amount): number | undefined {
  const left = amountOf(parameter, a);
  const right = amountOf(parameter, b);
  return left && right && left.compare(right);
}

/** Undefined if a bound that is written cannot be had in the parameter's unit: then nothing is known of the range. */
export function intervalOf(parameter: Parameter, range: ParameterRange): Interval | undefined {
  const { is, atLeast, above, atMost, below, unit } = range;
  const end = (value: Constant | undefined, closed: boolean, step: number): End | undefined | null => {
    if (!value) return undefined;
    const at = amountOf(parameter, { value, unit });
    if (!at) return null;
    // On an order "above light" is "from moderate".
    return parameter.order && !closed ? { at: at.plus(Exact.of(step)), closed: true } : { at, closed };
  };
  const lows = [end(is, true, 0), end(atLeast, true, 0), end(above, false, 1)];
  const highs = [end(is, true, 0), end(atMost, true, 0), end(below, false, -1)];
  if (lows.includes(null) || highs.includes(null)) return undefined;
  return { low: tightest(lows as (End | undefined)[], 1), high: tightest(highs as (End | undefined)[], -1) };
}

/** The end that leaves least: for the lower ends the highest. */
function tightest(ends: readonly (End | undefined)[], direction: 1 | -1): End | undefined {
  return ends.reduce((best, end) => {
    if (!best || !end) return best ?? end;
    const order = end.at.compare(best.at) * direction;
    return order > 0 || (order === 0 && !end.closed) ? end : best;
  }, undefined);
}

/** Whether no amount of the range is as low as `atMost`. */
export function liesAbove({ low }: Interval, atMost: Exact): boolean {
  if (!low) return false;
  const order = low.at.compare(atMost);
  return order > 0 || (order === 0 && !low.closed);
}

/** Whether some amount is in both. */
export function meet(a: Interval, b: Interval): boolean {
  const low = tightest([a.low, b.low], 1);
  const high = tightest([a.high, b.high], -1);
  if (!low || !high) return true;
  const order = low.at.compare(high.at);
  return order < 0 || (order === 0 && low.closed && high.closed);
}
