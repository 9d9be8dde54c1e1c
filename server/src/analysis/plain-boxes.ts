/**
 * Rules that ask nothing but plain facts of the patient, as boxes of whole numbers, read straight from their conditions: each fact an axis, cut at
 * the numbers that these rules name. Most rules of large rule sets are of that kind, and formulas of thousands of them would take longer to make
 * than to be decided.
 */
import { Exact } from '../model/exact.ts';
import type { Bound, Condition, Fact, Rule, Test } from '../model/rule-set.ts';
import { type Cell, cellsCutAt, type Domain, domainOf } from './cells.ts';
import { firstBeyond } from './number-cells.ts';
import { type NumberPlaces, noNumbers, placeOf } from './number-places.ts';
import type { Inquiry } from './question.ts';

export interface PlainBoxes {
  readonly rules: readonly Rule[];
  readonly axes: readonly PlainAxis[];
  /** By rule, by its place, where its sides begin in `sides`; those of the next rule follow. */
  readonly starts: Int32Array;
  /** For each side the axis, the first cell and the last. An axis stands in a box once. */
  readonly sides: Int32Array;
  /** By rule whether its condition is plain: the box is then all that the condition says. */
  readonly isPlain: Uint8Array;
  /** By rule whether the condition can be met. */
  readonly isMet: Uint8Array;
}

export interface PlainAxis {
  readonly fact: Fact;
  readonly cells: readonly Cell[];
  /** The number of its cells. */
  readonly size: number;
}

/** An axis while conditions are being read: tests name its numbers by their place in the list. */
interface Reading {
  readonly index: number;
  readonly fact: Fact;
  readonly unit: string | undefined;
  readonly isBoolean: boolean;
  readonly named: NumberPlaces;
}

/** Sides as they are read: for each the axis, then twice the place of the number of either end, plus one where the number itself is left out. */
interface RawSides {
  list: Int32Array;
  end: number;
}

const NO_END = -1;

/** By the spaces of an inquiry: all its questions share them. */
const MADE = new WeakMap<Inquiry['spaces'], PlainBoxes>();

/** Of all rules, in their order. */
export function plainBoxesOf(inquiry: Inquiry): PlainBoxes {
  const known = MADE.get(inquiry.spaces) ?? readBoxes(inquiry);
  MADE.set(inquiry.spaces, known);
  return known;
}

function readBoxes(inquiry: Inquiry): PlainBoxes {
  const rules = [...inquiry.ruleSet.rules.values()];
  const { axisOf, readings } = readAxes(inquiry);
  const raw: RawSides = { list: new Int32Array(rules.length * 12), end: 0 };
  const ends = new Int32Array(rules.length);
  const isPlain = new Uint8Array(rules.length);
  rules.forEach(({ when, of, precaution }, i) => {
    const start = raw.end;
    if (!of && !precaution && (!when || addSides(raw, when, axisOf))) isPlain[i] = 1;
    else raw.end = start;
    ends[i] = raw.end;
  });
  return inCells({ rules, isPlain, raw, ends }, readings);
}

type AxisOf = (name: string) => Reading | undefined;

/** An axis is made when its fact is first met; what is no plain fact has none. */
function readAxes(inquiry: Inquiry): { axisOf: AxisOf; readings: readonly Reading[] } {
  const readings: Reading[] = [];
  const byName = new Map<string, Reading | undefined>();
  const make = (name: string): Reading | undefined => {
    const fact = inquiry.ruleSet.facts.get(name);
    const made = fact && isPlainFact(fact) ? readingOf(fact, readings.length) : undefined;
    if (made) readings.push(made);
    byName.set(name, made);
    return made;
  };
  return { axisOf: name => byName.get(name) ?? (byName.has(name) ? undefined : make(name)), readings };
}

/**
 * Whether it is a number or a truth and nothing else. In whichever unit an amount is recorded, a test in the declared one says the same of it; and where
 * it is absent, no rule that tests it fires or is ruled out.
 */
function isPlainFact({ type }: Fact): boolean {
  return type === 'integer' || type === 'decimal' || type === 'quantity' || type === 'boolean';
}

function readingOf(fact: Fact, index: number): Reading {
  return { index, fact, unit: fact.unit?.value, isBoolean: fact.type === 'boolean', named: noNumbers() };
}

/** Adds what the condition asks; false where it asks anything else, and then perhaps only a part was added. */
function addSides(raw: RawSides, condition: Condition, axisOf: AxisOf): boolean {
  if (condition.kind === 'all') {
    const { items } = condition;
    for (let i = 0; i < items.length; i++) if (!addSides(raw, items[i]!, axisOf)) return false;
    return items.length > 0;
  }
  if (condition.kind !== 'fact') return false;
  const axis = axisOf(condition.fact.value);
  return axis !== undefined && addTest(raw, condition.test, axis);
}

function addTest(raw: RawSides, { is, in: list, atLeast, above, atMost, below, unit }: Test, axis: Reading): boolean {
  if (list || (atLeast && above) || (atMost && below) || unit?.value !== axis.unit) return false;
  if (is) {
    const number = axis.isBoolean ? TRUTHS.get(is.value) : is.value;
    if (!(number instanceof Exact) || atLeast || above || atMost || below) return false;
    const place = placeOf(axis.named, number);
    return addSide(raw, axis.index, place * 2, place * 2);
  }
  if (axis.isBoolean) return false;
  const low = atLeast ? endOf(axis, atLeast, 0) : above ? endOf(axis, above, 1) : NO_END;
  const high = atMost ? endOf(axis, atMost, 0) : below ? endOf(axis, below, 1) : NO_END;
  return low !== undefined && high !== undefined && addSide(raw, axis.index, low, high);
}

function addSide(raw: RawSides, axis: number, low: number, high: number): true {
  const { end } = raw;
  if (end + 3 > raw.list.length) {
    const longer = new Int32Array(2 * end + 3);
    longer.set(raw.list);
    raw.list = longer;
  }
  raw.list[end] = axis;
  raw.list[end + 1] = low;
  raw.list[end + 2] = high;
  raw.end = end + 3;
  return true;
}

const TRUTHS: ReadonlyMap<unknown, Exact> = new Map([
  [false, Exact.of(0)],
  [true, Exact.of(1)],
]);

function endOf({ named }: Reading, bound: Bound, isLeftOut: 0 | 1): number | undefined {
  return bound.kind === 'number' ? placeOf(named, bound.number.value) * 2 + isLeftOut : undefined;
}

interface Raw {
  readonly rules: readonly Rule[];
  readonly isPlain: Uint8Array;
  readonly raw: RawSides;
  /** By rule, where its sides end. */
  readonly ends: Int32Array;
}

/** By the place of a number, the first cell at or above it, and the first above it. */
interface Cut extends PlainAxis {
  readonly from: Int32Array;
  readonly after: Int32Array;
}

function inCells({ rules, isPlain, raw, ends }: Raw, readings: readonly Reading[]): PlainBoxes {
  const axes = readings.map(cutOf);
  const { list } = raw;
  const sides = new Int32Array(raw.end);
  const starts = new Int32Array(rules.length + 1);
  const isMet = new Uint8Array(rules.length);
  /** By axis, where the side of the rule at hand is. */
  const latest = new Int32Array(axes.length).fill(-1);
  let end = 0;
  for (let rule = 0, i = 0; rule < rules.length; rule++) {
    const start = end;
    starts[rule] = start;
    isMet[rule] = 1;
    for (; i < ends[rule]!; i += 3) {
      const axis = list[i]!;
      const { from, after, size } = axes[axis]!;
      const low = list[i + 1]!;
      const high = list[i + 2]!;
      const first = low === NO_END ? 0 : low & 1 ? after[low >> 1]! : from[low >> 1]!;
      const last = (high === NO_END ? size : high & 1 ? from[high >> 1]! : after[high >> 1]!) - 1;
      let at = latest[axis]!;
      if (at < start) {
        at = end;
        end += 3;
        latest[axis] = at;
        sides[at] = axis;
        sides[at + 1] = first;
        sides[at + 2] = last;
      } else {
        if (first > sides[at + 1]!) sides[at + 1] = first;
        if (last < sides[at + 2]!) sides[at + 2] = last;
      }
      if (sides[at + 1]! > sides[at + 2]!) isMet[rule] = 0;
    }
  }
  starts[rules.length] = end;
  return { rules, axes, starts, sides, isPlain, isMet };
}

function cutOf({ fact, unit, isBoolean, named: { numbers } }: Reading): Cut {
  const domain: Domain = isBoolean ? TRUTH_DOMAIN : domainOf(fact, unit);
  const cells: readonly Cell[] = cellsCutAt(numbers, domain);
  const beyond = (passing: boolean) => Int32Array.from(numbers, number => firstBeyond(cells, 0, cells.length, number, passing));
  return { fact, cells, size: cells.length, from: beyond(false), after: beyond(true) };
}

const TRUTH_DOMAIN: Domain = { low: Exact.of(0), high: Exact.of(1), whole: true };
