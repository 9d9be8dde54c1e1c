/** What a value is held against: the tests of a condition, an interval, a band or a threshold, ready to be asked many times. */
import type { Exact } from '../model/exact.ts';
import type { Bound, Constant, Fact, Test } from '../model/rule-set.ts';
import { FALSE, isPoint, type MomentValue, TRUE, type Truth, truthOf, UNKNOWN, type Value } from './values.ts';
import { convert, type Hierarchical, momentsOf } from './vocabulary.ts';

export interface CompiledTest {
  readonly holds: (value: Value) => Truth;
  /** As a reader sees it, for a value recorded in that unit. */
  readonly text: (unit: string | undefined) => string;
  /** The numbers the test names, in the unit given; moments for a date. Between them nothing changes. */
  readonly bounds: (unit: string | undefined) => readonly Exact[];
  readonly moments: readonly MomentValue[];
  /** The ids it names. */
  readonly codes: readonly string[];
}

/** What a test needs to know of the fact it is about. */
export interface Subject {
  readonly fact: Fact;
  readonly codes: Hierarchical;
  /** The unit of bounds written without one. */
  readonly unit: string | undefined;
}

type Side = 'atLeast' | 'above' | 'atMost' | 'below';
const SIDES: readonly Side[] = ['atLeast', 'above', 'atMost', 'below'];
const SIGNS = { atLeast: '>=', above: '>', atMost: '<=', below: '<' } as const;

export function compileTest(test: Test, subject: Subject): CompiledTest {
  switch (subject.fact.type) {
    case 'boolean':
      return withConstants(test, holdsConstant(test, booleanIs));
    case 'code':
    case 'side':
      return withConstants(test, holdsConstant(test, codeIs(subject)));
    case 'date':
      return dateTest(test);
    case 'integer':
    case 'decimal':
    case 'quantity':
      return numberTest(test, subject);
    case 'text':
      return withConstants(test, () => UNKNOWN);
  }
}

/** A test of points or totals, which have no unit. */
export function compileTotalTest(test: Test): (total: Exact) => boolean {
  const limits = limitsFor(test, bound => (bound.kind === 'number' ? bound.number.value : undefined), numberOf);
  // A bound that is no number leaves nothing that could hold for certain; callers ask `readableTotalTest` first.
  if (limits === undefined) return () => false;
  return total => inside(limits, total, total) === TRUE;
}

export function readableTotalTest(test: Test): boolean {
  return limitsFor(test, bound => (bound.kind === 'number' ? bound.number.value : undefined), numberOf) !== undefined;
}

export function testText(test: Test, unit?: string): string {
  const parts = SIDES.flatMap(side => (test[side] ? [`${SIGNS[side]} ${boundText(test[side], unit ?? test.unit?.value)}`] : []));
  if (test.is) parts.unshift(`is ${constantText(test.is)}${test.unit ? ` ${test.unit.value}` : ''}`);
  if (test.in) parts.unshift(`in ${test.in.map(constantText).join(', ')}`);
  return parts.join(' and ');
}

function withConstants(test: Test, holds: (value: Value) => Truth): CompiledTest {
  const codes = [test.is, ...(test.in ?? [])].flatMap(constant => (typeof constant?.value === 'string' ? [constant.value] : []));
  return { holds, text: () => testText(test), bounds: () => [], moments: [], codes };
}

/** A closed list of constants: the value must be one of those of `in` and of `is`, as far as they are given. */
function holdsConstant(test: Test, is: (constant: Constant) => ((value: Value) => Truth) | undefined): (value: Value) => Truth {
  const alternatives = [test.is && [test.is], test.in].filter(list => list !== undefined).map(list => list.map(is));
  if (alternatives.length === 0 || SIDES.some(side => test[side])) return () => UNKNOWN;
  if (alternatives.some(list => list.some(each => each === undefined))) return () => UNKNOWN;
  return value => {
    let all: Truth = TRUE;
    for (const list of alternatives) {
      let any: Truth = FALSE;
      for (const each of list) any = Math.max(any, each!(value)) as Truth;
      all = Math.min(all, any) as Truth;
    }
    return all;
  };
}

function booleanIs({ value: constant }: Constant) {
  if (typeof constant !== 'boolean') return undefined;
  return (value: Value) => (value.kind === 'boolean' ? truthOf(value.value === constant) : UNKNOWN);
}

/** A value `is` itself and whatever lies above it by any parent. */
function codeIs({ codes }: Subject) {
  return ({ value: constant }: Constant) => {
    if (typeof constant !== 'string' || !codes.has(constant)) return undefined;
    return (value: Value) => (value.kind === 'code' ? truthOf(codes.isBelow(value.id, constant)) : UNKNOWN);
  };
}

function dateTest(test: Test): CompiledTest {
  const days = SIDES.flatMap(side => (test[side] ? [momentsOf(test[side].kind === 'date' ? test[side].date : '')] : []));
  const constants = holdsConstant({ ...test, atLeast: undefined, above: undefined, atMost: undefined, below: undefined }, dateIs);
  const hasConstants = test.is !== undefined || test.in !== undefined;
  const limits = dateLimits(test);
  const holds = (value: Value): Truth => {
    if (hasConstants && days.length === 0) return constants(value);
    if (hasConstants || limits === undefined) return UNKNOWN;
    if (value.kind === 'never') return FALSE;
    return value.kind === 'moment' ? within(value, limits) : UNKNOWN;
  };
  const named = [test.is, ...(test.in ?? [])].flatMap(constant => (typeof constant?.value === 'string' ? [momentsOf(constant.value)] : []));
  return {
    holds,
    text: () => testText(test),
    bounds: () => [],
    moments: [...days, ...named].filter(each => each !== undefined),
    codes: [],
  };
}

function dateIs({ value: constant }: Constant) {
  if (constant === 'never') return (value: Value) => truthOf(value.kind === 'never');
  const moments = typeof constant === 'string' ? momentsOf(constant) : undefined;
  if (!moments) return undefined;
  return (value: Value) => (value.kind === 'moment' ? within(value, moments) : value.kind === 'never' ? FALSE : UNKNOWN);
}

/** A day without a time, as a bound, is the whole day: at most it is until its end, above it is after its end. */
function dateLimits(test: Test): MomentValue | undefined {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const side of SIDES) {
    const bound = test[side];
    if (!bound) continue;
    const moments = bound.kind === 'date' ? momentsOf(bound.date) : undefined;
    if (!moments) return undefined;
    if (side === 'atLeast') from = Math.max(from, moments.from);
    else if (side === 'above') from = Math.max(from, moments.to + 1);
    else if (side === 'atMost') to = Math.min(to, moments.to);
    else to = Math.min(to, moments.from - 1);
  }
  return { kind: 'moment', from, to };
}

function within(value: MomentValue, limits: { from: number; to: number }): Truth {
  if (value.from >= limits.from && value.to <= limits.to) return TRUE;
  return value.to < limits.from || value.from > limits.to || limits.from > limits.to ? FALSE : UNKNOWN;
}

/** Bounds of a number test in one unit. */
interface Limits {
  readonly low: Exact | undefined;
  readonly lowOpen: boolean;
  readonly high: Exact | undefined;
  readonly highOpen: boolean;
  /** `is` and `in`: one of each list. */
  readonly lists: readonly (readonly Exact[])[];
}

function numberTest(test: Test, subject: Subject): CompiledTest {
  const byUnit = new Map<string | undefined, Limits | undefined>();
  // Most values come in one unit.
  let last: { readonly unit: string | undefined; readonly limits: Limits | undefined } | undefined;
  const limitsIn = (unit: string | undefined): Limits | undefined => {
    if (last && last.unit === unit) return last.limits;
    if (!byUnit.has(unit)) byUnit.set(unit, limitsInUnit(test, subject, unit));
    last = { unit, limits: byUnit.get(unit) };
    return last.limits;
  };
  const holds = (value: Value): Truth => {
    if (value.kind === 'never') return FALSE;
    if (value.kind !== 'number') return UNKNOWN;
    const limits = limitsIn(value.unit);
    return limits === undefined ? UNKNOWN : inside(limits, value.low, value.high);
  };
  const bounds = (unit: string | undefined) => numbersOf(limitsIn(unit));
  return {
    holds,
    bounds,
    moments: [],
    codes: [],
    text: unit => testText(test, hasPerUnit(test) ? unit : (test.unit?.value ?? subject.unit)),
  };
}

function hasPerUnit(test: Test): boolean {
  return SIDES.some(side => test[side]?.kind === 'per-unit');
}

function limitsInUnit(test: Test, { fact, unit: assumed }: Subject, recorded: string | undefined): Limits | undefined {
  const written = test.unit?.value ?? assumed;
  const inRecorded = (number: Exact, from: string | undefined) => convert(fact, number, from, recorded);
  const bound = (each: Bound): Exact | undefined => {
    if (each.kind === 'number') return inRecorded(each.number.value, written);
    if (each.kind === 'date') return undefined;
    const given = each.numbers.find(({ unit }) => unit.value === recorded);
    if (given) return given.number.value;
    for (const { unit, number } of each.numbers) {
      const converted = inRecorded(number.value, unit.value);
      if (converted) return converted;
    }
    return undefined;
  };
  return limitsFor(test, bound, constant => {
    const number = numberOf(constant);
    return number && inRecorded(number, written);
  });
}

function numberOf(constant: Constant): Exact | undefined {
  return typeof constant.value === 'object' ? constant.value : undefined;
}

function limitsFor(
  test: Test,
  bound: (bound: Bound) => Exact | undefined,
  constant: (constant: Constant) => Exact | undefined,
): Limits | undefined {
  const sides = SIDES.map(side => test[side] && { side, number: bound(test[side]) });
  const lists = [test.is && [test.is], test.in].filter(list => list !== undefined).map(list => list.map(constant));
  if (sides.some(each => each && each.number === undefined)) return undefined;
  if (lists.some(list => list.some(each => each === undefined))) return undefined;
  if (lists.length === 0 && sides.every(each => each === undefined)) return undefined;
  const [atLeast, above, atMost, below] = sides.map(each => each?.number);
  const lowOpen = above !== undefined && (atLeast === undefined || above.compare(atLeast) >= 0);
  const highOpen = below !== undefined && (atMost === undefined || below.compare(atMost) <= 0);
  return {
    low: lowOpen ? above : atLeast,
    lowOpen,
    high: highOpen ? below : atMost,
    highOpen,
    lists: lists as readonly (readonly Exact[])[],
  };
}

function numbersOf(limits: Limits | undefined): readonly Exact[] {
  if (!limits) return [];
  return [limits.low, limits.high, ...limits.lists.flat()].filter(number => number !== undefined);
}

/** Whether all, some or none of the numbers from `low` to `high` are within the limits. */
function inside(limits: Limits, low: Exact, high: Exact): Truth {
  const atLow = limits.low ? low.compare(limits.low) : 1;
  const atHigh = limits.high ? high.compare(limits.high) : -1;
  const fromLow = limits.lowOpen ? atLow > 0 : atLow >= 0;
  const toHigh = limits.highOpen ? atHigh < 0 : atHigh <= 0;
  if (limits.lists.length === 0 && fromLow && toHigh) return isEmpty(limits) ? FALSE : TRUE;
  if (limits.lists.length === 0) return misses(limits, low, high) ? FALSE : UNKNOWN;
  const single = isPoint({ kind: 'number', low, high, unit: undefined });
  if (single) return truthOf(fromLow && toHigh && limits.lists.every(list => list.some(number => number.equals(low))));
  const possible = limits.lists[0]!.filter(
    number => number.compare(low) >= 0 && number.compare(high) <= 0 && inside(limits, number, number) === TRUE,
  );
  return possible.length === 0 ? FALSE : UNKNOWN;
}

/** No number of the range is within the limits. */
function misses(limits: Limits, low: Exact, high: Exact): boolean {
  if (isEmpty(limits)) return true;
  const above = limits.high ? low.compare(limits.high) : -1;
  const below = limits.low ? high.compare(limits.low) : 1;
  return above > 0 || (above === 0 && limits.highOpen) || below < 0 || (below === 0 && limits.lowOpen);
}

function isEmpty({ low, lowOpen, high, highOpen }: Limits): boolean {
  if (!low || !high) return false;
  const order = low.compare(high);
  return order > 0 || (order === 0 && (lowOpen || highOpen));
}

function boundText(bound: Bound, unit: string | undefined): string {
  if (bound.kind === 'date') return bound.date;
  if (bound.kind === 'number') return bound.number.value.toString() + (unit === undefined ? '' : ` ${unit}`);
  const given = bound.numbers.find(each => each.unit.value === unit) ?? bound.numbers[0]!;
  return `${given.number.value.toString()} ${given.unit.value}`;
}

function constantText({ value }: Constant): string {
  return typeof value === 'object' ? value.toString() : String(value);
}
