/** What evaluation asks of units and dates, in the words it needs. */
import { readMoments } from '../model/dates.ts';
import type { Exact } from '../model/exact.ts';
import type { Hierarchy } from '../model/hierarchy.ts';
import type { Fact } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import type { MomentValue } from './values.ts';

export type Hierarchical = Pick<Hierarchy, 'has' | 'ids' | 'isBelow' | 'leavesBelow' | 'leaves'>;

/** A number of one unit in another, exactly; undefined where there is no way from one to the other. */
export function convert(
  fact: Pick<Fact, 'unit' | 'alsoIn'>,
  number: Exact,
  from: string | undefined,
  to: string | undefined,
): Exact | undefined {
  if (from === to) return number;
  if (from === undefined || to === undefined) return undefined;
  const factor = conversionFactor(fact, from, to);
  return factor && number.times(factor);
}

/** A date as written: its moments, or that it is none. */
export function momentsOf(text: string): MomentValue | undefined {
  const moments = readMoments(text);
  return moments && { kind: 'moment', ...moments };
}
