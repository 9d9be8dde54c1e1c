/** The boxes of a rule set whose rules all ask plain facts alone: which of them meet is read off their sides. */
import type { RuleSet } from '../model/rule-set.ts';
import { type Bits, fullBits } from './bits.ts';
import { keep, type StretchColumn, stretchColumn } from './columns.ts';
import { overridersOf } from './gather.ts';
import { boxesByRule, type RuleBoxes } from './meeting-rules.ts';
import { type PlainBoxes, plainBoxesOf } from './plain-boxes.ts';
import type { Inquiry } from './question.ts';

const MADE = new WeakMap<PlainBoxes, RuleBoxes>();

/** Undefined where some rule asks anything else, or where the rules hold for some patients only. */
export function plainRuleBoxes(inquiry: Inquiry): RuleBoxes | undefined {
  const { ruleSet } = inquiry;
  if (ruleSet.root.appliesTo) return undefined;
  const plain = plainBoxesOf(inquiry);
  if (plain.isPlain.includes(0)) return undefined;
  const known = MADE.get(plain) ?? makeBoxes(plain, ruleSet);
  MADE.set(plain, known);
  return known;
}

function makeBoxes(plain: PlainBoxes, ruleSet: RuleSet): RuleBoxes {
  const { rules, axes, starts, sides, isMet } = plain;
  // One that nobody meets never fires.
  const everybody = bitsOf(isMet);
  const columns = columnsOf(plain);
  const isAlone = (index: number) => {
    const rule = rules[index]!;
    return !rule.until && !rule.given && overridersOf(ruleSet, rule).length === 0;
  };
  return boxesByRule(rules, {
    keepMeeting: (left, index) => {
      if (!isMet[index]) return void left.fill(0);
      keep(left, everybody);
      for (let i = starts[index]!; i < starts[index + 1]!; i += 3) columns[sides[i]!]!.keepMeeting(left, sides[i + 1]!, sides[i + 2]!);
    },
    keepContaining: (left, index) => {
      if (!isMet[index]) return void left.fill(0);
      keep(left, everybody);
      const silent = new Set(axes.keys());
      for (let i = starts[index]!; i < starts[index + 1]!; i += 3) {
        const axis = sides[i]!;
        silent.delete(axis);
        // Of what everybody has some value is known: it may be any of those left.
        if (axes[axis]!.fact.required) columns[axis]!.keepMeeting(left, sides[i + 1]!, sides[i + 2]!);
        else columns[axis]!.keepContaining(left, sides[i + 1]!, sides[i + 2]!);
      }
      for (const axis of silent) if (!axes[axis]!.fact.required) keep(left, columns[axis]!.silent);
    },
    isWhole: index => isMet[index] === 1 && ruleSet.impossible.size === 0 && isAlone(index),
  });
}

function columnsOf({ axes, rules, starts, sides, isMet }: PlainBoxes): StretchColumn[] {
  const said = axes.map((): number[] => []);
  const silent = axes.map(() => bitsOf(isMet));
  for (let rule = 0; rule < rules.length; rule++) {
    for (let i = starts[rule]!; i < starts[rule + 1]!; i += 3) {
      const axis = sides[i]!;
      silent[axis]![rule >> 5]! &= ~(1 << (rule & 31));
      if (isMet[rule]) said[axis]!.push(rule, sides[i + 1]!, sides[i + 2]!);
    }
  }
  return axes.map(({ size }, axis) => stretchColumn(said[axis]!, silent[axis]!, size));
}

function bitsOf(isMember: Uint8Array): Bits {
  const bits = fullBits(isMember.length);
  isMember.forEach((is, i) => {
    if (!is) bits[i >> 5]! &= ~(1 << (i & 31));
  });
  return bits;
}
