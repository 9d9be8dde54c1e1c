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
  /** Those whose condition can be met. No other is in any of the sets. */
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

/** By axis whether it is enough to meet there, or must the whole side be contained. */
type Meets = Uint8Array;

const MOST_STRETCHES = 512;

function makeBoxes(plain: PlainBoxes, ruleSet: RuleSet): RuleBoxes {
  const { rules, axes, isMet } = plain;
  const sets = setsOf(plain);
  const anywhere: Meets = new Uint8Array(axes.length).fill(1);
  // Of what everybody has some value is known: it may be any of those left.
  const whereAlwaysKnown: Meets = Uint8Array.from(axes, ({ fact }) => (fact.required ? 1 : 0));
  const isCoarse = sets.halvings.some(count => count > 0);
  return boxesByRule(rules, {
    keepMeeting: (left, index, from = 0) => {
      if (!isMet[index]) return void left.fill(0);
      keepInSets(left, from, rowsFor(plain, sets, index, anywhere), sets);
      if (isCoarse) keepExactly(left, from, plain, index, anywhere);
    },
    keepContaining: (left, index) => {
      if (!isMet[index]) return void left.fill(0);
      keepInSets(left, 0, rowsFor(plain, sets, index, whereAlwaysKnown), sets);
      keepSilent(left, plain, sets, index, whereAlwaysKnown);
      if (isCoarse) keepExactly(left, 0, plain, index, whereAlwaysKnown);
    },
    isWhole: index => isMet[index] === 1 && ruleSet.impossible.size === 0 && isAlone(ruleSet, plain, index),
  });
}

function isAlone(ruleSet: RuleSet, { rules }: PlainBoxes, index: number): boolean {
  const rule = rules[index]!;
  return !rule.until && !rule.given && overridersOf(ruleSet, rule).length === 0;
}

function setsOf(plain: PlainBoxes): Sets {
  const { axes, rules, isMet } = plain;
  const words = (rules.length + 31) >> 5;
  const halvings = Int32Array.from(axes, ({ size }) => Math.max(0, Math.ceil(Math.log2(size / MOST_STRETCHES))));
  const offsets = new Int32Array(axes.length + 1);
  axes.forEach(({ size }, axis) => {
    offsets[axis + 1] = offsets[axis]! + ((Math.max(0, size - 1) >> halvings[axis]!) + 1);
  });
  const stretches = offsets[axes.length]!;
  const everybody = bitsWhere(rules.length, rule => isMet[rule] === 1);
  const silent = new Uint32Array(axes.length * words);
  for (let axis = 0; axis < axes.length; axis++) silent.set(everybody, axis * words);
  const sets: Sets = {
    words,
    everybody,
    begun: new Uint32Array(stretches * words),
    going: new Uint32Array(stretches * words),
    silent,
    offsets,
    halvings,
    begunBy: new Int32Array(stretches),
    goingFrom: new Int32Array(stretches),
    rows: new Int32Array(2 * axes.length + 2),
    weights: new Int32Array(axes.length),
  };
  putEnds(plain, sets);
  for (let axis = 0; axis < axes.length; axis++) addSilent(sets, axis, countBits(silent.subarray(axis * words, (axis + 1) * words)));
  for (let axis = 0; axis < axes.length; axis++) carryOn(sets, offsets[axis]!, offsets[axis + 1]!);
  return sets;
}

/** Each rule where it begins and where it ends. */
function putEnds({ rules, starts, sides, isMet }: PlainBoxes, sets: Sets): void {
  const { words, begun, going, silent, offsets, halvings, begunBy, goingFrom } = sets;
  for (let rule = 0; rule < rules.length; rule++) {
    if (!isMet[rule]) continue;
    const word = rule >> 5;
    const bit = 1 << (rule & 31);
    for (let i = starts[rule]!; i < starts[rule + 1]!; i += 3) {
      const axis = sides[i]!;
      const first = offsets[axis]! + (sides[i + 1]! >> halvings[axis]!);
      const last = offsets[axis]! + (sides[i + 2]! >> halvings[axis]!);
      silent[axis * words + word]! &= ~bit;
      begun[first * words + word]! |= bit;
      going[last * words + word]! |= bit;
      begunBy[first]!++;
      goingFrom[last]!++;
    }
  }
}

/** Those that say nothing of the axis begin in its first stretch and end in its last. */
function addSilent({ words, begun, going, silent, offsets, begunBy, goingFrom }: Sets, axis: number, count: number): void {
  const first = offsets[axis]!;
  const last = offsets[axis + 1]! - 1;
  for (let i = 0; i < words; i++) {
    begun[first * words + i]! |= silent[axis * words + i]!;
    going[last * words + i]! |= silent[axis * words + i]!;
  }
  begunBy[first]! += count;
  goingFrom[last]! += count;
}

/** What has begun in a stretch has begun in all behind it, and so on. */
function carryOn({ words, begun, going, begunBy, goingFrom }: Sets, first: number, end: number): void {
  for (let i = (first + 1) * words; i < end * words; i++) begun[i]! |= begun[i - words]!;
  for (let i = (end - 1) * words - 1; i >= first * words; i--) going[i]! |= going[i + words]!;
  for (let i = first + 1; i < end; i++) begunBy[i]! += begunBy[i - 1]!;
  for (let i = end - 2; i >= first; i--) goingFrom[i]! += goingFrom[i + 1]!;
}

/**
 * For each side of the rule where the two sets begin that tell who meets it, or who contains it, in `rows`; gives the number of these places.
 * Sides that the fewest rules meet come first: they leave nothing to look at for the others.
 */
function rowsFor({ starts, sides }: PlainBoxes, sets: Sets, index: number, meets: Meets): number {
  const { words, offsets, halvings, rows, weights, begunBy, goingFrom } = sets;
  const end = starts[index + 1]!;
  let count = 0;
  for (let i = starts[index]!; i < end; i += 3) {
    const axis = sides[i]!;
    const first = offsets[axis]! + (sides[i + 1]! >> halvings[axis]!);
    const last = offsets[axis]! + (sides[i + 2]! >> halvings[axis]!);
    const begun = meets[axis] ? last : first;
    const going = meets[axis] ? first : last;
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
  // They are looked at two at a time.
  if (count & 1) {
    rows[2 * count] = rows[0]!;
    rows[2 * count + 1] = rows[1]!;
    count++;
  }
  return 2 * count;
}

/** Two stretches meet if each has begun where the other ends; one contains the other if it has begun where that begins and goes on to where it ends. */
function keepInSets(left: Bits, from: number, count: number, { rows, everybody, begun, going }: Sets): void {
  const end = left.length;
  if (count === 0) {
    for (let word = from; word < end; word++) left[word]! &= everybody[word]!;
    return;
  }
  const [begun1, going1, begun2, going2] = [rows[0]!, rows[1]!, rows[2]!, rows[3]!];
  for (let word = from; word < end; word++) {
    let some = left[word]! & begun[begun1 + word]! & going[going1 + word]! & begun[begun2 + word]! & going[going2 + word]!;
    for (let i = 4; some !== 0 && i < count; i += 4)
      some &= begun[rows[i]! + word]! & going[rows[i + 1]! + word]! & begun[rows[i + 2]! + word]! & going[rows[i + 3]! + word]!;
    left[word] = some;
  }
}

/** Leaves those whose sides say the same of the cells themselves. */
function keepExactly(left: Bits, from: number, { starts, sides }: PlainBoxes, index: number, meets: Meets): void {
  const isKept = (other: number) => {
    for (let i = starts[index]!; i < starts[index + 1]!; i += 3)
      for (let j = starts[other]!; j < starts[other + 1]!; j += 3) {
        if (sides[i] !== sides[j]) continue;
        const [first, last] = meets[sides[i]!] ? [sides[i + 2]!, sides[i + 1]!] : [sides[i + 1]!, sides[i + 2]!];
        if (sides[j + 1]! > first || sides[j + 2]! < last) return false;
      }
    return true;
  };
  for (const other of members(left, from)) if (!isKept(other)) left[other >> 5]! &= ~(1 << (other & 31));
}

/** Of axes that the rule says nothing of, nothing is known: one that says something of them is not certain to fire. */
function keepSilent(left: Bits, { axes, starts, sides }: PlainBoxes, { words, silent }: Sets, index: number, meets: Meets): void {
  const said = new Set(sides.subarray(starts[index]!, starts[index + 1]!).filter((_, i) => i % 3 === 0));
  for (const axis of axes.keys())
    if (!said.has(axis) && !meets[axis]) for (let word = 0; word < words; word++) left[word]! &= silent[axis * words + word]!;
}
