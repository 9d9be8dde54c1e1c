/** The boxes of a rule set whose rules all ask plain facts alone: which of them meet is read off their sides, for 32 rules at a time. */
import type { RuleSet } from '../model/rule-set.ts';
import { type Bits, bitsWhere, countBits, members } from './bits.ts';
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

/**
 * Sets of rules, one behind the other. Axes are cut into stretches of cells of equal length, mostly of one cell: with thousands of cells there
 * would be too many sets.
 */
interface Sets {
  readonly words: number;
  /** Those whose condition can be met. */
  readonly everybody: Bits;
  /** By stretch the rules that begin in it or before it, and those that end in it or behind it; one that does not say anything of the axis does both. */
  readonly begun: Bits;
  readonly going: Bits;
  /** By axis those that say nothing of it. */
  readonly silent: Bits;
  /** By axis its first stretch, and how often the cells are halved to be stretches. */
  readonly offsets: Int32Array;
  readonly halvings: Int32Array;
  /** By stretch how many rules are in its sets. */
  readonly begunBy: Int32Array;
  readonly goingFrom: Int32Array;
  /** Room for the sides of one rule. */
  readonly rows: Int32Array;
  readonly weights: Int32Array;
}

const MOST_STRETCHES = 512;

function makeBoxes(plain: PlainBoxes, ruleSet: RuleSet): RuleBoxes {
  const { rules, axes, isMet } = plain;
  const sets = setsOf(plain);
  const isEverybodyKnown = axes.map(({ fact }) => fact.required);
  const isCoarse = sets.halvings.some(count => count > 0);
  return boxesByRule(rules, {
    keepMeeting: (left, index, from = 0) => {
      if (!isMet[index]) return void left.fill(0);
      keepInSets(
        left,
        from,
        rowsFor(plain, sets, index, () => true),
        sets,
      );
      if (isCoarse) keepExactly(left, plain, index, () => true);
    },
    keepContaining: (left, index) => {
      if (!isMet[index]) return void left.fill(0);
      // Of what everybody has some value is known: it may be any of those left.
      const mayBeAny = (axis: number) => isEverybodyKnown[axis]!;
      keepInSets(left, 0, rowsFor(plain, sets, index, mayBeAny), sets);
      keepSilent(left, plain, sets, index, mayBeAny);
      if (isCoarse) keepExactly(left, plain, index, mayBeAny);
    },
    isWhole: index => isMet[index] === 1 && ruleSet.impossible.size === 0 && isAlone(ruleSet, plain, index),
  });
}

function isAlone(ruleSet: RuleSet, { rules }: PlainBoxes, index: number): boolean {
  const rule = rules[index]!;
  return !rule.until && !rule.given && overridersOf(ruleSet, rule).length === 0;
}

function setsOf({ axes, rules, starts, sides, isMet }: PlainBoxes): Sets {
  const words = (rules.length + 31) >> 5;
  const halvings = Int32Array.from(axes, ({ size }) => Math.max(0, Math.ceil(Math.log2(size / MOST_STRETCHES))));
  const offsets = new Int32Array(axes.length + 1);
  axes.forEach(({ size }, axis) => {
    offsets[axis + 1] = offsets[axis]! + ((Math.max(0, size - 1) >> halvings[axis]!) + 1);
  });
  const begun = new Uint32Array(offsets[axes.length]! * words);
  const going = new Uint32Array(begun.length);
  const everybody = bitsWhere(rules.length, rule => isMet[rule] === 1);
  const silent = new Uint32Array(axes.length * words);
  axes.forEach((_, axis) => {
    silent.set(everybody, axis * words);
  });
  for (let rule = 0; rule < rules.length; rule++) {
    if (!isMet[rule]) continue;
    const [word, bit] = [rule >> 5, 1 << (rule & 31)];
    for (let i = starts[rule]!; i < starts[rule + 1]!; i += 3) {
      const axis = sides[i]!;
      silent[axis * words + word]! &= ~bit;
      begun[(offsets[axis]! + (sides[i + 1]! >> halvings[axis]!)) * words + word]! |= bit;
      going[(offsets[axis]! + (sides[i + 2]! >> halvings[axis]!)) * words + word]! |= bit;
    }
  }
  axes.forEach((_, axis) => {
    const [first, end] = [offsets[axis]! * words, offsets[axis + 1]! * words];
    for (let i = 0; i < words; i++) begun[first + i]! |= silent[axis * words + i]!;
    for (let i = 0; i < words; i++) going[end - words + i]! |= silent[axis * words + i]!;
    for (let i = first + words; i < end; i++) begun[i]! |= begun[i - words]!;
    for (let i = end - words - 1; i >= first; i--) going[i]! |= going[i + words]!;
  });
  const counted = (sets: Bits) =>
    Int32Array.from({ length: sets.length / words }, (_, row) => countBits(sets.subarray(row * words, (row + 1) * words)));
  const room = { rows: new Int32Array(2 * axes.length), weights: new Int32Array(axes.length) };
  return { words, everybody, begun, going, silent, offsets, halvings, begunBy: counted(begun), goingFrom: counted(going), ...room };
}

/**
 * For each side of the rule where the two sets begin that tell who meets it, or who contains it: on axes on which meeting it is enough or not. Sides
 * that the fewest rules meet come first: they leave nothing to look at for the others.
 */
function rowsFor({ starts, sides }: PlainBoxes, sets: Sets, index: number, meets: (axis: number) => boolean): Int32Array {
  const { words, offsets, halvings, rows, weights, begunBy, goingFrom } = sets;
  let count = 0;
  for (let i = starts[index]!; i < starts[index + 1]!; i += 3) {
    const axis = sides[i]!;
    let begun = offsets[axis]! + (sides[i + 2]! >> halvings[axis]!);
    let going = offsets[axis]! + (sides[i + 1]! >> halvings[axis]!);
    if (!meets(axis)) [begun, going] = [going, begun];
    const weight = begunBy[begun]! + goingFrom[going]!;
    let at = count++;
    for (; at > 0 && weights[at - 1]! > weight; at--) {
      weights[at] = weights[at - 1]!;
      rows[2 * at] = rows[2 * at - 2]!;
      rows[2 * at + 1] = rows[2 * at - 1]!;
    }
    weights[at] = weight;
    rows[2 * at] = begun * words;
    rows[2 * at + 1] = going * words;
  }
  return rows.subarray(0, 2 * count);
}

/** Leaves those whose sides say the same of the cells themselves. */
function keepExactly(left: Bits, { starts, sides }: PlainBoxes, index: number, meets: (axis: number) => boolean): void {
  const isKept = (other: number) => {
    for (let i = starts[index]!; i < starts[index + 1]!; i += 3)
      for (let j = starts[other]!; j < starts[other + 1]!; j += 3) {
        if (sides[i] !== sides[j]) continue;
        const [first, last] = meets(sides[i]!) ? [sides[i + 2]!, sides[i + 1]!] : [sides[i + 1]!, sides[i + 2]!];
        if (sides[j + 1]! > first || sides[j + 2]! < last) return false;
      }
    return true;
  };
  for (const other of members(left)) if (!isKept(other)) left[other >> 5]! &= ~(1 << (other & 31));
}

/** Of axes that the rule says nothing of, nothing is known: one that says something of them is not certain to fire. */
function keepSilent(
  left: Bits,
  { axes, starts, sides }: PlainBoxes,
  { words, silent }: Sets,
  index: number,
  mayBeAny: (axis: number) => boolean,
): void {
  const said = new Set(sides.subarray(starts[index]!, starts[index + 1]!).filter((_, i) => i % 3 === 0));
  for (const axis of axes.keys())
    if (!said.has(axis) && !mayBeAny(axis)) for (let word = 0; word < words; word++) left[word]! &= silent[axis * words + word]!;
}

/** Two stretches meet if each has begun where the other ends; one contains the other if it has begun where that begins and goes on to where it ends. */
function keepInSets(left: Bits, from: number, rows: Int32Array, { words, everybody, begun, going }: Sets): void {
  for (let word = from; word < words; word++) {
    let some = left[word]! & everybody[word]!;
    for (let i = 0; some !== 0 && i < rows.length; i += 2) some &= begun[rows[i]! + word]! & going[rows[i + 1]! + word]!;
    left[word] = some;
  }
}
