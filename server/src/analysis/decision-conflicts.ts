/** Rules that decide different values of a `single` decision for one patient: all pairs at once, then told by the rule that most of them share. */
import type { Decision, Rule } from '../model/rule-set.ts';
import { type Bits, countBits, difference, emptyBits, hasBit, isSubset, members, union } from './bits.ts';
import { decidingRules } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';
import { boxesOf, type Inquiry } from './question.ts';

/** Whether two rules fire together for some patient: asked only where their boxes do not tell. */
type Meeting = (rules: readonly Rule[]) => 'none' | 'some' | Open;
type Open = 'budget' | 'records' | 'arithmetic';

/** All pairs of rules that decide different values of one decision for some patient in scope. */
export interface ConflictingPairs {
  readonly count: number;
  has(one: Rule, other: Rule): boolean;
  readonly rules: readonly Rule[];
  /** By rule, by its place, those it conflicts with. They are the caller's own. */
  bothWays(): Bits[];
  /** Pairs of which it could not be decided. */
  readonly open: readonly { readonly rules: readonly [Rule, Rule]; readonly why: Open }[];
}

/** Pairs whose boxes meet conflict for certain where nothing but the boxes has a say; `meeting` decides about the others. */
export function pairsInConflict(inquiry: Inquiry, decision: Decision, meeting: Meeting): ConflictingPairs {
  const boxes = boxesOf(inquiry);
  const { rules, whole } = boxes;
  const against = againstOf(inquiry, decision, boxes);
  const rows: Bits[] = [];
  const open: ConflictingPairs['open'][number][] = [];
  let count = 0;
  against.forEach((others, index) => {
    const row = behind(others, index);
    boxes.keepMeeting(row, index, index >> 5);
    for (const other of hasBit(whole, index) ? outside(row, whole) : members(row)) {
      const pair = [rules[index]!, rules[other]!] as const;
      const met = meeting(pair);
      if (met === 'some') continue;
      row[other >> 5]! &= ~(1 << (other & 31));
      if (met !== 'none') open.push({ rules: pair, why: met });
    }
    rows[index] = row;
    count += countBits(row);
  });
  const isIn = (one: number, other: number) => {
    const row = rows[Math.min(one, other)];
    return row !== undefined && hasBit(row, Math.max(one, other));
  };
  return {
    count,
    has: (one, other) => isIn(boxes.placeOf(one), boxes.placeOf(other)),
    rules,
    bothWays: () => mirrored(rules.length, rows),
    open,
  };
}

/** Those that come after it. */
function behind(bits: Bits, index: number): Bits {
  const left = bits.slice();
  left.fill(0, 0, index >> 5);
  left[index >> 5]! &= (~0 << (index & 31)) << 1;
  return left;
}

function outside(bits: Bits, others: Bits): readonly number[] {
  return isSubset(bits, others) ? NONE : members(difference(bits, others));
}

const NONE: readonly number[] = [];

/** By the place of each rule that decides, those that decide another value; a rule of two values decides another than itself. */
function againstOf({ ruleSet }: Inquiry, decision: Decision, { rules, placeOf }: RuleBoxes): Bits[] {
  const deciding = decidingRules(ruleSet, decision.id);
  const byValue = new Map<string, Bits>();
  for (const { rule, value } of deciding) {
    const bits = byValue.get(value) ?? emptyBits(rules.length);
    byValue.set(value, bits);
    const place = placeOf(rule);
    bits[place >> 5]! |= 1 << (place & 31);
  }
  const values = [...byValue];
  const others = new Map(
    values.map(([value]) => [
      value,
      values.reduce((sum, [one, bits]) => (one === value ? sum : union(sum, bits)), emptyBits(rules.length)),
    ]),
  );
  const against: Bits[] = [];
  for (const { rule, value } of deciding) {
    const place = placeOf(rule);
    const known = against[place];
    against[place] = known ? union(known, others.get(value)!) : others.get(value)!;
  }
  return against;
}

/** By rule all that it conflicts with, whichever comes first. */
function mirrored(count: number, rows: readonly Bits[]): Bits[] {
  const both = Array.from({ length: count }, (_, i) => rows[i]?.slice() ?? emptyBits(count));
  rows.forEach((row, index) => {
    for (const other of members(row)) both[other]![index >> 5]! |= 1 << (index & 31);
  });
  return both;
}

/** Each pair once, with the rule that has the most of those not yet told; of two that stand alone the later. */
export function byCause({ rules, bothWays }: ConflictingPairs): { cause: Rule; others: Rule[] }[] {
  const rows = bothWays();
  const left = Int32Array.from(rows, countBits);
  const causes: { cause: Rule; others: Rule[] }[] = [];
  for (;;) {
    let most = 0;
    let cause = -1;
    for (let i = 0; i < left.length; i++) if (left[i]! > 0 && left[i]! >= most) [most, cause] = [left[i]!, i];
    if (cause < 0) return causes;
    const others = members(rows[cause]!);
    for (const other of others) {
      rows[other]![cause >> 5]! &= ~(1 << (cause & 31));
      left[other]!--;
    }
    left[cause] = 0;
    causes.push({ cause: rules[cause]!, others: others.map(other => rules[other]!) });
  }
}
