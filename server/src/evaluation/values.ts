/** Values a fact may still have, and the three truth values that comparing them gives. */
import { Exact } from '../model/exact.ts';
import type { Truth as TruthWord } from './outcome.ts';

/** Ordered so that `all` is the least, `any` the greatest and `not` the mirror image. */
export type Truth = 0 | 1 | 2;
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

const WORDS: readonly TruthWord[] = ['false', 'unknown', 'true'];

export function wordOf(truth: Truth): TruthWord {
  return WORDS[truth]!;
}

export function not(truth: Truth): Truth {
  return (2 - truth) as Truth;
}

export function truthOf(holds: boolean): Truth {
  return holds ? TRUE : FALSE;
}

/**
 * One possible value. Numbers are closed ranges (a point where `low` is `high`), because the time since a day without a time of day is a
 * range; `unit` is the unit in which it was recorded. Moments are closed ranges of whole milliseconds.
 */
export type Value =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'code'; readonly id: string }
  | NumberValue
  | MomentValue
  /** The event never happened: a date is never, and the time since it meets no comparison. */
  | { readonly kind: 'never' };

export interface NumberValue {
  readonly kind: 'number';
  readonly low: Exact;
  readonly high: Exact;
  readonly unit: string | undefined;
}

export interface MomentValue {
  readonly kind: 'moment';
  readonly from: number;
  readonly to: number;
  /** For a day without a time: every moment that may have been meant, in UTC or in the zone of `asOf`. */
  readonly day?: { readonly from: number; readonly to: number };
}

/** All values still possible, without doubles; undefined where any value is. */
export type Possible = readonly Value[] | undefined;

/** Whether only one value is possible. A day without a time is many moments, and so is the time since then. */
export function isSettled(values: Possible): boolean {
  if (values?.length !== 1) return false;
  const value = values[0]!;
  if (value.kind === 'number') return isPoint(value);
  if (value.kind !== 'moment') return true;
  const { from, to } = value.day ?? value;
  return from === to;
}

export const NEVER: Value = { kind: 'never' };

export function point(number: Exact, unit: string | undefined): NumberValue {
  return { kind: 'number', low: number, high: number, unit };
}

export function isPoint(value: NumberValue): boolean {
  return value.low === value.high || value.low.equals(value.high);
}

/** True if the comparison holds for every possible value, false if for none. */
export function holdsFor(values: Possible, holds: (value: Value) => Truth): Truth {
  if (values === undefined || values.length === 0) return UNKNOWN;
  const first = holds(values[0]!);
  for (let i = 1; i < values.length; i++) if (holds(values[i]!) !== first) return UNKNOWN;
  return first;
}

/** A key that is equal for equal values. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'boolean':
      return String(value.value);
    case 'code':
      return value.id;
    case 'number':
      return `${value.low.fraction.toFraction()}..${value.high.fraction.toFraction()} ${value.unit ?? ''}`;
    case 'moment':
      return `${value.from}..${value.to}`;
    case 'never':
      return 'never';
  }
}

export function distinct(values: readonly Value[]): Value[] {
  if (values.length < 2) return [...values];
  const seen = new Map<string, Value>();
  for (const value of values) if (!seen.has(keyOf(value))) seen.set(keyOf(value), value);
  return [...seen.values()];
}

/** As a reader sees it. Only here are numbers rounded. */
export function textOf(value: Value): string {
  switch (value.kind) {
    case 'boolean':
      return String(value.value);
    case 'code':
      return value.id;
    case 'number':
      return rangeText(value.low.toString(), value.high.toString()) + (value.unit === undefined ? '' : ` ${value.unit}`);
    case 'moment':
      return momentText(value);
    case 'never':
      return 'never';
  }
}

function rangeText(low: string, high: string): string {
  return low === high ? low : `${low} to ${high}`;
}

const DAY = 86_400_000;

export function momentText({ from, to }: MomentValue): string {
  if (from === to) return isoText(from);
  if (from % DAY === 0 && Math.floor(to / DAY) === from / DAY) return new Date(from).toISOString().slice(0, 10);
  return `${isoText(from)} to ${isoText(to)}`;
}

function isoText(moment: number): string {
  return new Date(moment)
    .toISOString()
    .replace(/\.000Z$/, 'Z')
    .replace(/:00Z$/, 'Z');
}

/** Sorted sets of exact numbers: points and totals. Undefined where they cannot be listed. */
export type Numbers = readonly Exact[] | undefined;

export const ZERO = Exact.of(0);

export function sortedNumbers(numbers: readonly Exact[]): Exact[] {
  const sorted = [...numbers].sort((a, b) => a.compare(b));
  return sorted.filter((number, i) => i === 0 || !number.equals(sorted[i - 1]!));
}

/** Sums of two numbers, one of each; undefined where there are more than `most`. */
export function sums(a: Numbers, b: Numbers, most: number): Numbers {
  if (a === undefined || b === undefined || a.length * b.length > most) return undefined;
  if (b.length === 1 && b[0]!.equals(ZERO)) return a;
  if (a.length === 1 && a[0]!.equals(ZERO)) return b;
  return wholeSums(a, b) ?? sortedNumbers(a.flatMap(one => b.map(other => one.plus(other))));
}

/** Sums of whole numbers further apart than this are put in order like any others. */
const WIDEST = 256;
const WHOLE = new Map<number, Exact>();

/** The same for ascending whole numbers close to each other, as points are: each sum is a place in a row, so none has to be compared. */
function wholeSums(a: readonly Exact[], b: readonly Exact[]): Exact[] | undefined {
  if (a.length === 0 || b.length === 0 || !a.every(isWhole) || !b.every(isWhole)) return undefined;
  const low = a[0]!.double + b[0]!.double;
  const width = a.at(-1)!.double + b.at(-1)!.double - low + 1;
  if (width > WIDEST) return undefined;
  const there = new Uint8Array(width);
  for (const one of a) for (const other of b) there[one.double + other.double - low] = 1;
  const found: Exact[] = [];
  for (let place = 0; place < width; place++) if (there[place]) found.push(whole(low + place));
  return found;
}

function isWhole(number: Exact): boolean {
  return number.short && Number.isInteger(number.double) && Math.abs(number.double) < 1e6;
}

/** Totals of scores come again and again: those near zero are made once. */
function whole(number: number): Exact {
  const known = WHOLE.get(number);
  if (known) return known;
  const made = Exact.of(number);
  if (Math.abs(number) <= WIDEST) WHOLE.set(number, made);
  return made;
}

export function numberText(number: Exact): string {
  return number.toString(60);
}

/** In the order of code units, the same everywhere. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
