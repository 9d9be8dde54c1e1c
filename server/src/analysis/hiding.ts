/** Which rules come before or behind which in a decision, and meet them: by sets of rules, because of thousands each would have to be asked about each. */
import type { Decision, Rule } from '../model/rule-set.ts';
import { emptyBits, members } from './bits.ts';
import type { Deciding } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';

/** By each of those that decide, in their order, the other rules of a lower rank that could fire for one patient together with it. */
export function meetingLower(boxes: RuleBoxes, deciding: readonly Deciding[], ranks: readonly number[]): Rule[][] {
  const places = deciding.map(({ rule }) => boxes.placeOf(rule));
  const order = [...deciding.keys()].sort((a, b) => ranks[a]! - ranks[b]!);
  const lower = emptyBits(boxes.rules.length);
  const found: Rule[][] = [];
  let passed = 0;
  for (const at of order) {
    for (; ranks[order[passed]!]! < ranks[at]!; passed++) {
      const place = places[order[passed]!]!;
      lower[place >> 5]! |= 1 << (place & 31);
    }
    const place = places[at]!;
    const left = lower.slice();
    left[place >> 5]! &= ~(1 << (place & 31));
    boxes.keepMeeting(left, place);
    found[at] = members(left).map(other => boxes.rules[other]!);
  }
  return found;
}

/** Under `first` an earlier rule comes before a later one, else one whose value stands before the other's. */
export function ranksOf(decision: Decision, deciding: readonly Deciding[]): number[] {
  if (decision.resolve === 'first') return [...deciding.keys()];
  const ranks = new Map(decision.values.map(({ id }, i) => [id, i]));
  return deciding.map(({ value }) => ranks.get(value) ?? 0);
}
