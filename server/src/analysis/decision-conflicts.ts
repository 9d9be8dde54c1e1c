/** Rules that decide different values of a `single` decision for one patient: all pairs at once, then told by the rule that most of them share. */
import type { Decision, Rule } from '../model/rule-set.ts';
import { type Bits, countBits, difference, emptyBits, hasBit, intersection, members, union } from './bits.ts';
import { decidingRules } from './gather.ts';
import { boxesOf, type Inquiry } from './question.ts';

/** Whether two rules fire together for some patient: asked only where their boxes do not tell. */
type Meeting = (rules: readonly Rule[]) => 'none' | 'some' | Open;
type Open = 'budget' | 'records' | 'arithmetic';

/** All pairs of rules that decide different values of one decision for some patient in scope. */
export interface ConflictingPairs {
  readonly count: number;
  has(one: Rule, other: Rule): boolean;
  /** By rule those it conflicts with, in the order of the rules; rules without any are not there. */
  byRule(): Map<Rule, Rule[]>;
  /** Pairs of which it could not be decided. */
  readonly open: readonly { readonly rules: readonly [Rule, Rule]; readonly why: Open }[];
}

/** Pairs whose boxes meet conflict for certain where nothing but the boxes has a say; `meeting` decides about the others. */
export function pairsInConflict(inquiry: Inquiry, decision: Decision, meeting: Meeting): ConflictingPairs {
  const boxes = boxesOf(inquiry);
  const { rules } = boxes;
  const values = valuesOf(inquiry, decision, rules);
  const whole = bitsOf(rules, rule => boxes.isWhole(rule));
  const rows = new Map<number, Bits>();
  const open: ConflictingPairs['open'][number][] = [];
  const later = bitsOf(rules, () => true);
  for (const index of members(values.all)) {
    later[index >> 5]! &= ~(1 << (index & 31));
    const row = intersection(values.against(index), later);
    boxes.keepMeeting(row, index);
    const unsure = boxes.isWhole(rules[index]!) ? difference(row, whole) : row.slice();
    for (const other of members(unsure)) {
      const pair = [rules[index]!, rules[other]!] as const;
      const met = meeting(pair);
      if (met === 'some') continue;
      row[other >> 5]! &= ~(1 << (other & 31));
      if (met !== 'none') open.push({ rules: pair, why: met });
    }
    rows.set(index, row);
  }
  const places = new Map(rules.map((rule, i) => [rule, i]));
  const isIn = (one: number, other: number) => hasBit(rows.get(Math.min(one, other)) ?? later, Math.max(one, other));
  return {
    count: [...rows.values()].reduce((count, row) => count + countBits(row), 0),
    has: (one, other) => isIn(places.get(one)!, places.get(other)!),
    byRule: () => partnersOf(rules, rows),
    open,
  };
}

interface Values {
  /** The rules that decide. */
  readonly all: Bits;
  /** Those that decide another value. */
  against(index: number): Bits;
}

function valuesOf({ ruleSet }: Inquiry, decision: Decision, rules: readonly Rule[]): Values {
  const places = new Map(rules.map((rule, i) => [rule, i]));
  const byValue = new Map<string, Bits>();
  const ofRule = new Map<number, string[]>();
  for (const { rule, value } of decidingRules(ruleSet, decision.id)) {
    const [bits, place] = [byValue.get(value) ?? emptyBits(rules.length), places.get(rule)!];
    bits[place >> 5]! |= 1 << (place & 31);
    byValue.set(value, bits);
    ofRule.set(place, [...(ofRule.get(place) ?? []), value]);
  }
  const none = emptyBits(rules.length);
  const others = new Map(
    [...byValue.keys()].map(value => [value, [...byValue].reduce((sum, [one, bits]) => (one === value ? sum : union(sum, bits)), none)]),
  );
  return {
    all: [...byValue.values()].reduce(union, none),
    against: index => {
      const [first, ...more] = (ofRule.get(index) ?? []).map(value => others.get(value)!);
      return more.reduce(union, first ?? none);
    },
  };
}

function bitsOf(rules: readonly Rule[], holds: (rule: Rule) => boolean): Bits {
  const bits = emptyBits(rules.length);
  rules.forEach((rule, i) => {
    if (holds(rule)) bits[i >> 5]! |= 1 << (i & 31);
  });
  return bits;
}

function partnersOf(rules: readonly Rule[], rows: ReadonlyMap<number, Bits>): Map<Rule, Rule[]> {
  const found = new Map<Rule, Rule[]>();
  const add = (one: Rule, other: Rule) => {
    const list = found.get(one);
    if (list) list.push(other);
    else found.set(one, [other]);
  };
  for (const [index, row] of rows)
    for (const other of members(row)) {
      add(rules[index]!, rules[other]!);
      add(rules[other]!, rules[index]!);
    }
  return found;
}

/** Each pair once, with the rule that has the most of those not yet told; of two that stand alone the later. */
export function byCause(pairs: ReadonlyMap<Rule, readonly Rule[]>, order: ReadonlyMap<Rule, number>): { cause: Rule; others: Rule[] }[] {
  const left = new Map([...pairs].map(([rule, others]) => [rule, new Set(others)]));
  const causes: { cause: Rule; others: Rule[] }[] = [];
  for (;;) {
    let cause: Rule | undefined;
    for (const [rule, others] of left) {
      const most = cause ? left.get(cause)!.size : 1;
      if (others.size > most || (others.size === most && (!cause || order.get(rule)! > order.get(cause)!))) cause = rule;
    }
    if (!cause) return causes;
    const others = [...left.get(cause)!].sort((a, b) => order.get(a)! - order.get(b)!);
    left.delete(cause);
    for (const other of others) left.get(other)!.delete(cause);
    causes.push({ cause, others });
  }
}
