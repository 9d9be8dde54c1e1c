/**
 * The values of a fact cut into cells: inside one cell every test in hand gives the same answer, so one value stands for all of it.
 * Tests are read in one unit: per-unit cut-offs are never converted where that unit has one of its own.
 */
import Fraction from 'fraction.js';
import { Exact } from '../model/exact.ts';
import type { Fact, Name, Test } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import { BOUND_KEYS, type BoundKey, constantsOf, isNumber, limitsOf, meetsLimit } from './limits.ts';

/** A test with all its numbers in one unit. */
export interface UnitTest {
  readonly limits: readonly { readonly key: BoundKey; readonly number: Exact }[];
  /** The numbers of `is` and `in`; undefined where neither is written. */
  readonly numbers: readonly Exact[] | undefined;
}

/** A point, or all values between two neighbouring cuts. `value` stands for all of it. */
export interface Cell {
  readonly value: Exact;
  /** Undefined for a point, and where nothing bounds that side. */
  readonly above: Exact | undefined;
  readonly below: Exact | undefined;
}

/** What a number may be: a fact's domain, or the totals of a score. */
export interface Domain {
  readonly low: Exact | undefined;
  readonly high: Exact | undefined;
  readonly whole: boolean;
}

/** The test's numbers in `unit`; undefined where one of them cannot be had in it. */
export function inUnit(test: Test, plainUnit: Name | undefined, fact: Fact, unit: string | undefined): UnitTest | undefined {
  const limits = limitsOf(test, plainUnit);
  const chosen = limits.filter(limit => limit.unit === unit || !limits.some(other => other.key === limit.key && other.unit === unit));
  const converted: { key: BoundKey; number: Exact }[] = [];
  for (const limit of chosen) {
    if (converted.some(({ key }) => key === limit.key)) continue;
    const number = convert(limit.number, limit.unit, fact, unit);
    if (!number) return undefined;
    converted.push({ key: limit.key, number });
  }
  const numbers = test.is || test.in ? constantsOf(test).filter(isNumber) : undefined;
  const exact = numbers?.map(({ value }) => convert(value, plainUnit?.value, fact, unit));
  if (exact?.some(number => !number)) return undefined;
  return { limits: converted, numbers: exact as Exact[] | undefined };
}

/** A number of the fact in another of its units; undefined where there is no way from one to the other. Written without a unit it is in the declared one. */
export function convert(number: Exact, written: string | undefined, fact: Fact, to: string | undefined): Exact | undefined {
  const from = written ?? fact.unit?.value;
  if (from === to || from === undefined || to === undefined) return number;
  const factor = conversionFactor(fact, from, to);
  return factor && number.times(factor);
}

/** The fact's domain in one of its units. One the wrong way round, which is told by itself, says nothing. */
export function domainOf(fact: Fact, unit: string | undefined): Domain {
  if (fact.minimum && fact.maximum && fact.minimum.value.compare(fact.maximum.value) > 0)
    return { low: undefined, high: undefined, whole: fact.type === 'integer' };
  const side = (number: Exact | undefined) => number && convert(number, fact.unit?.value, fact, unit);
  return { low: side(fact.minimum?.value), high: side(fact.maximum?.value), whole: fact.type === 'integer' };
}

/** Every number that the tests name, in `unit`; of a test that cannot be had in it none. */
export function numbersIn(tests: readonly Test[], fact: Fact, unit: string | undefined): Exact[] {
  const numbers: Exact[] = [];
  for (const test of tests) {
    if (addPlain(numbers, test, fact, unit)) continue;
    const read = inUnit(test, test.unit, fact, unit);
    if (read) numbers.push(...read.limits.map(({ number }) => number), ...(read.numbers ?? []));
  }
  return numbers;
}

/** Adds the numbers of a test that needs no conversion: there are thousands of them. False for any other. */
function addPlain(numbers: Exact[], test: Test, fact: Fact, unit: string | undefined): boolean {
  if (test.is || test.in || (test.unit ?? fact.unit)?.value !== unit) return false;
  for (const key of BOUND_KEYS) if (test[key] && test[key].kind !== 'number') return false;
  for (const key of BOUND_KEYS) {
    const bound = test[key];
    if (bound?.kind === 'number') numbers.push(bound.number.value);
  }
  return true;
}

export function meets(value: Exact, { limits, numbers }: UnitTest): boolean {
  return limits.every(limit => meetsLimit(value, limit)) && (numbers === undefined || numbers.some(number => number.equals(value)));
}

/** The cells of a domain, in order, cut at every number of the tests. */
export function cellsOf(tests: readonly UnitTest[], domain: Domain): Cell[] {
  return cellsCutAt(
    tests.flatMap(({ limits, numbers }) => [...limits.map(({ number }) => number), ...(numbers ?? [])]),
    domain,
  );
}

/** The cells of a domain, in order, cut at every one of the numbers. */
export function cellsCutAt(numbers: readonly Exact[], domain: Domain): Cell[] {
  const ends = [domain.low, domain.high].filter(end => end !== undefined);
  const cuts = inOrder([...numbers, ...ends]).filter(number => within(number, domain));
  if (cuts.length === 0) return [{ value: Exact.of(0), above: undefined, below: undefined }];
  const cells: Cell[] = [];
  if (!domain.low) cells.push(...between(undefined, cuts[0]!, domain.whole));
  cuts.forEach((cut, i) => {
    if (!domain.whole || cut.isInteger()) cells.push({ value: cut, above: undefined, below: undefined });
    const next = cuts[i + 1];
    if (next || !domain.high) cells.push(...between(cut, next, domain.whole));
  });
  return cells;
}

/** The open interval between two cuts, unless only whole numbers count and it holds none. */
function between(above: Exact | undefined, below: Exact | undefined, whole: boolean): Cell[] {
  if (!whole) return [stretch(above, below, () => middle(above, below))];
  const value = wholeBetween(above, below);
  return value ? [{ value, above, below }] : [];
}

/** What stands for it is worked out when somebody wants to know: mostly its ends are enough. */
function stretch(above: Exact | undefined, below: Exact | undefined, make: () => Exact): Cell {
  let made: Exact | undefined;
  return {
    above,
    below,
    get value() {
      made ??= make();
      return made;
    },
  };
}

function middle(above: Exact | undefined, below: Exact | undefined): Exact {
  if (above && below) return above.plus(below).dividedBy(Exact.of(2))!;
  return above ? above.plus(Exact.of(1)) : below!.minus(Exact.of(1));
}

function wholeBetween(above: Exact | undefined, below: Exact | undefined): Exact | undefined {
  if (above) {
    const next = floorOf(above).plus(ONE);
    return below && next.compare(below) >= 0 ? undefined : next;
  }
  return ceilOf(below!).plus(MINUS_ONE);
}

const ONE = Exact.of(1);
const MINUS_ONE = Exact.of(-1);

/** Most cuts of whole numbers are whole, and there are thousands of them. */
function floorOf(number: Exact): Exact {
  return number.isInteger() ? number : Exact.ofFraction(number.fraction.floor());
}

function ceilOf(number: Exact): Exact {
  return number.isInteger() ? number : Exact.ofFraction(number.fraction.ceil());
}

/** The shortest decimal of an open interval, the one nearest its lower end. */
export function simplestOf({ value, above, below }: Cell, whole: boolean): Exact {
  if (whole || (!above && !below)) return value;
  for (let power = 1n, i = 0; i < 40; i++, power *= 10n) {
    const next = above ? Exact.ofFraction(new Fraction(above.fraction.mul(power).floor().add(1n)).div(power)) : undefined;
    if (next && (!below || next.compare(below) < 0)) return next;
    const last = below && !above ? Exact.ofFraction(new Fraction(below.fraction.mul(power).ceil().sub(1n)).div(power)) : undefined;
    if (last) return last;
  }
  return value;
}

function within(number: Exact, { low, high }: Domain): boolean {
  return !(low && number.compare(low) < 0) && !(high && number.compare(high) > 0);
}

function inOrder(numbers: readonly Exact[]): Exact[] {
  const short = new Map<number | Exact, Exact>();
  for (const number of numbers) short.set(number.short ? number.double : number, number);
  const sorted = [...short.values()].sort((a, b) => a.compare(b));
  return sorted.filter((number, i) => i === 0 || !number.equals(sorted[i - 1]!));
}
