/** Whether every patient meets one of some rules, shown by those of them that are plain boxes: no formula is made for it. */
import type { Rule } from '../model/rule-set.ts';
import { type Boxes, cover } from './cover.ts';
import { overridersOf } from './gather.ts';
import { type PlainBoxes, plainBoxesOf } from './plain-boxes.ts';
import type { Inquiry } from './question.ts';

/** True is a proof. False says nothing: rules that are no plain boxes, the scope, or what is impossible may still do it. */
export function meetsEverybody(inquiry: Inquiry, rules: Iterable<Rule>): boolean {
  const plain = plainBoxesOf(inquiry);
  const { budget, share } = inquiry;
  const own = { steps: Math.min(share, budget.steps) };
  const before = own.steps;
  const { kind } = cover(boxesOf(plain, inquiry, new Set(rules)), own);
  budget.steps -= before - own.steps;
  return kind === 'covered';
}

/** Those that fire for all of their box, whatever the other rules do. */
function boxesOf({ rules, axes, starts, sides, isPlain, isMet }: PlainBoxes, { ruleSet }: Inquiry, wanted: ReadonlySet<Rule>): Boxes {
  const list = new Int32Array(sides.length + rules.length);
  let end = 0;
  rules.forEach((rule, i) => {
    if (!isPlain[i] || !isMet[i] || !wanted.has(rule)) return;
    if (rule.until || rule.given || overridersOf(ruleSet, rule).length > 0) return;
    const own = sides.subarray(starts[i]!, starts[i + 1]!);
    list[end] = own.length / 3;
    list.set(own, end + 1);
    end += 1 + own.length;
  });
  return { sizes: axes.map(({ size }) => size), list: list.subarray(0, end) };
}
