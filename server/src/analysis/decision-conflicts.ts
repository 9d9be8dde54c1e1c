/** Rules that decide different values of a `single` decision for one patient: all pairs at once, then told by the rule that most of them share. */
import type { Decision, Rule } from '../model/rule-set.ts';
import { type Bits, countBits, countOfWord, difference, eachMember, emptyBits, hasBit, members, union } from './bits.ts';
import { type Deciding, decidingRules } from './gather.ts';
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
  /** By rule, by its place, those it conflicts with. */
  bothWays(): readonly Bits[];
  /** Pairs of which it could not be decided. */
  readonly open: readonly { readonly rules: readonly [Rule, Rule]; readonly why: Open }[];
}

/** Pairs whose boxes meet conflict for certain where nothing but the boxes has a say; `meeting` decides about the others. */
export function pairsInConflict(inquiry: Inquiry, decision: Decision, meeting: Meeting): ConflictingPairs {
  const boxes = boxesOf(inquiry);
  const { rules, whole } = boxes;
  const { places, against } = againstOf(inquiry, decision, boxes);
  const rows = rowsFor(rules.length, places);
  const row = emptyBits(rules.length);
  const open: ConflictingPairs['open'][number][] = [];
  let count = 0;
  places.forEach((index, at) => {
    const from = index >> 5;
    setBehind(row, against[at]!, index);
    boxes.keepMeeting(row, index, from);
    for (const other of hasBit(whole, index) ? outside(row, whole, from) : members(row, from)) {
      const pair = [rules[index]!, rules[other]!] as const;
      const met = meeting(pair);
      if (met === 'some') continue;
      row[other >> 5]! &= ~(1 << (other & 31));
      if (met !== 'none') open.push({ rules: pair, why: met });
    }
    count += putCounted(rows, index, row);
  });
  return {
    count,
    has: (one, other) => isIn(rows, boxes.placeOf(one), boxes.placeOf(other)),
    rules,
    bothWays: () => (places.every(place => hasBit(whole, place)) ? allMeeting(boxes, places, against) : mirrored(rules.length, rows)),
    open,
  };
}

/** Those that come after it; words before its own are left as they are. */
function setBehind(row: Bits, bits: Bits, index: number): void {
  const from = index >> 5;
  for (let word = from; word < row.length; word++) row[word] = bits[word]!;
  row[from]! &= (~0 << (index & 31)) << 1;
}

function outside(bits: Bits, others: Bits, from: number): readonly number[] {
  for (let i = from; i < bits.length; i++) if (bits[i]! & ~others[i]!) return members(difference(bits, others), i);
  return NONE;
}

const NONE: readonly number[] = [];

/** By the place of each rule that decides those behind it that it conflicts with, one row behind the other: thousands of sets of their own would be slow to make. */
interface Rows {
  readonly words: number;
  readonly bits: Bits;
  /** By place where its row begins, or -1. */
  readonly starts: Int32Array;
}

function rowsFor(count: number, places: readonly number[]): Rows {
  const words = (count + 31) >> 5;
  const starts = new Int32Array(count).fill(-1);
  places.forEach((place, at) => {
    starts[place] = at * words;
  });
  return { words, bits: new Uint32Array(places.length * words), starts };
}

/** Puts the members behind the place into its row, which is still empty, and gives their number. */
function putCounted({ bits, starts }: Rows, place: number, row: Bits): number {
  const start = starts[place]!;
  let count = 0;
  for (let i = place >> 5; i < row.length; i++) {
    const word = row[i]!;
    if (word === 0) continue;
    bits[start + i] = word;
    count += countOfWord(word);
  }
  return count;
}

function isIn({ bits, starts }: Rows, one: number, other: number): boolean {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return starts[first]! >= 0 && (bits[starts[first]! + (last >> 5)]! & (1 << (last & 31))) !== 0;
}

/** The places of the rules that decide, in order, and for each those that decide another value; a rule of two values decides another than itself. */
function againstOf({ ruleSet }: Inquiry, decision: Decision, { rules }: RuleBoxes): { places: number[]; against: Bits[] } {
  const deciding = decidingRules(ruleSet, decision.id);
  const byValue = new Map<string, Bits>();
  const all = placesOf(deciding, rules);
  deciding.forEach(({ value }, i) => {
    const bits = byValue.get(value) ?? emptyBits(rules.length);
    byValue.set(value, bits);
    bits[all[i]! >> 5]! |= 1 << (all[i]! & 31);
  });
  const others = othersByValue(byValue, rules.length);
  const places: number[] = [];
  const against: Bits[] = [];
  deciding.forEach(({ value }, i) => {
    const theirs = others.get(value)!;
    if (places.at(-1) === all[i]) against.push(union(against.pop()!, theirs));
    else {
      places.push(all[i]!);
      against.push(theirs);
    }
  });
  return { places, against };
}

/** Both stand in the order of the rule set. */
function placesOf(deciding: readonly Deciding[], rules: readonly Rule[]): number[] {
  let place = 0;
  return deciding.map(({ rule }) => {
    while (rules[place] !== rule) place++;
    return place;
  });
}

function othersByValue(byValue: ReadonlyMap<string, Bits>, count: number): ReadonlyMap<string, Bits> {
  const values = [...byValue];
  const othersOf = (value: string) => values.reduce((sum, [one, bits]) => (one === value ? sum : union(sum, bits)), emptyBits(count));
  return new Map(values.map(([value]) => [value, othersOf(value)]));
}

/** By rule all that it conflicts with, where the boxes alone tell: to look at them once more takes less than to turn round what was found. */
function allMeeting({ rules, keepMeeting }: RuleBoxes, places: readonly number[], against: readonly Bits[]): Bits[] {
  const nobody = emptyBits(rules.length);
  const rows = rules.map(() => nobody);
  places.forEach((place, at) => {
    const row = against[at]!.slice();
    row[place >> 5]! &= ~(1 << (place & 31));
    keepMeeting(row, place);
    rows[place] = row;
  });
  return rows;
}

/** The same of pairs that were found one way. */
function mirrored(count: number, { words, bits, starts }: Rows): Bits[] {
  const both = Array.from(starts, start => (start < 0 ? emptyBits(count) : bits.slice(start, start + words)));
  starts.forEach((start, index) => {
    if (start < 0) return;
    eachMember(bits.subarray(start, start + words), other => {
      both[other]![index >> 5]! |= 1 << (index & 31);
    });
  });
  return both;
}

/** A rule with those it is told with, by their places. */
export interface Cause {
  readonly cause: number;
  readonly others: Bits;
}

/** Each pair once, with the rule that has the most of those not yet told; of two that stand alone the later. */
export function byCause({ bothWays }: ConflictingPairs): Cause[] {
  const rows = bothWays();
  const left = Int32Array.from(rows, countBits);
  const told = emptyBits(rows.length);
  const causes: Cause[] = [];
  for (let most = rows.length; ; ) {
    const cause = lastOfMost(left, most);
    most = cause < 0 ? 0 : left[cause]!;
    if (most === 0) return causes;
    const others = difference(rows[cause]!, told);
    eachMember(others, other => left[other]!--);
    left[cause] = 0;
    told[cause >> 5]! |= 1 << (cause & 31);
    causes.push({ cause, others });
  }
}

/** The last place of the highest number; none is above `highest`. */
function lastOfMost(numbers: Int32Array, highest: number): number {
  let most = -1;
  let at = -1;
  for (let i = numbers.length - 1; i >= 0 && most < highest; i--)
    if (numbers[i]! > most) {
      most = numbers[i]!;
      at = i;
    }
  return at;
}
