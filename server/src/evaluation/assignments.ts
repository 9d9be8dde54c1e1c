/** Facts with several possible values, taken together: each combination as a patient of its own. */
import type { RecordedFact } from './compiling.ts';
import { type Assumption, assume, type Context, holderOf } from './state.ts';
import type { Value } from './values.ts';

/** More combinations than this are not tried: facts then stay sets, which allows more possibilities and never fewer. */
export const MOST_COMBINATIONS = 512;

/**
 * The contexts in which each of the facts has one value, as far as their number allows. Facts with one value stay as they are, and so do
 * absent ones whose values cannot be listed. Facts with few values go first, so that as many as possible are taken together.
 */
export function assignments(context: Context, facts: readonly RecordedFact[]): readonly Context[] {
  const open = facts
    .map(fact => ({ slot: fact.slot, key: fact.key, values: candidates(context, fact) }))
    .filter(each => each.values.length > 1)
    .sort((a, b) => a.values.length - b.values.length || (a.key < b.key ? -1 : 1));
  let all: Assumption[][] = [[]];
  for (const { slot, values } of open) {
    if (all.length * values.length > MOST_COMBINATIONS) break;
    all = all.flatMap(combination => values.map(value => [...combination, { slot, values: [value] }]));
  }
  return all.length === 1 ? [context] : all.map(combination => assume(context, combination));
}

function candidates(context: Context, { slot, whileAbsent }: RecordedFact): readonly Value[] {
  const holder = holderOf(context, slot);
  return holder ? (holder.facts[slot.index] ?? whileAbsent()) : [];
}
