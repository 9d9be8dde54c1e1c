/** Which rules could take a decision from which: by sets of rules, because of thousands each would have to be asked about each. */
import type { Decision, Rule } from '../model/rule-set.ts';
import { emptyBits, members } from './bits.ts';
import type { Deciding } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';

/**
 * By each of those that decide, in their order, the other rules that come before it and could fire for one patient together with it: stricter ones
 * under `strictest`, earlier ones under `first`.
 */
export function meetingBefore(boxes: RuleBoxes, decision: Decision, deciding: readonly Deciding[]): Rule[][] {
  const ranks = ranksOf(decision, deciding);
  const places = deciding.map(({ rule }) => boxes.placeOf(rule));
  const order = [...deciding.keys()].sort((a, b) => ranks[a]! - ranks[b]!);
  const before = emptyBits(boxes.rules.length);
  const found: Rule[][] = [];
  let passed = 0;
  for (const at of order) {
    for (; ranks[order[passed]!]! < ranks[at]!; passed++) {
      const place = places[order[passed]!]!;
      before[place >> 5]! |= 1 << (place & 31);
    }
    const place = places[at]!;
    const left = before.slice();
    left[place >> 5]! &= ~(1 << (place & 31));
    boxes.keepMeeting(left, place);
    found[at] = members(left).map(other => boxes.rules[other]!);
  }
  return found;
}

function ranksOf(decision: Decision, deciding: readonly Deciding[]): number[] {
  if (decision.resolve === 'first') return [...deciding.keys()];
  const ranks = new Map(decision.values.map(({ id }, i) => [id, i]));
  return deciding.map(({ value }) => ranks.get(value) ?? 0);
}
