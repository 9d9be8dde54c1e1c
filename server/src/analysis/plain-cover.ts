/** Whether every patient meets one of some rules, shown by those of them that are plain boxes: no formula is made for it. */
import type { Rule } from '../model/rule-set.ts';
import { type Boxes, type Cover, cover } from './cover.ts';
import { overridersOf } from './gather.ts';
import { type PlainBoxes, plainBoxesOf } from './plain-boxes.ts';
import type { Inquiry } from './question.ts';

/**
 * `covered` is a proof that everybody does. `free` says nothing by itself: rules that are no plain boxes, the scope, or what is impossible may still
 * do it. `rules` stand in the order of the rule set.
 */
export function coverOf(inquiry: Inquiry, rules: readonly Rule[]): Cover['kind'] {
  const plain = plainBoxesOf(inquiry);
  const { budget, share } = inquiry;
  const own = { steps: Math.min(share, budget.steps) };
  const before = own.steps;
  const { kind } = cover(boxesOf(plain, inquiry, rules), own);
  budget.steps -= before - own.steps;
  return kind;
}

/** Those that fire for all of their box, whatever the other rules do. */
function boxesOf({ rules, axes, starts, sides, isPlain, isMet }: PlainBoxes, { ruleSet }: Inquiry, wanted: readonly Rule[]): Boxes {
  const list = new Int32Array(sides.length + rules.length);
  let end = 0;
  for (let i = 0, at = 0; i < rules.length && at < wanted.length; i++) {
    const rule = rules[i]!;
    if (rule !== wanted[at]) continue;
    at++;
    if (!isPlain[i] || !isMet[i] || rule.until || rule.given || overridersOf(ruleSet, rule).length > 0) continue;
    list[end++] = (starts[i + 1]! - starts[i]!) / 3;
    for (let side = starts[i]!; side < starts[i + 1]!; side++) list[end++] = sides[side]!;
  }
  return { sizes: axes.map(({ size }) => size), list: list.subarray(0, end) };
}
