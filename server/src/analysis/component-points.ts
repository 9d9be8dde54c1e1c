/** What points a component of a score can add, and for which values of the fact it reads. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { Component, Condition, Fact, Name, RuleSet, Score, Test, WrittenNumber } from '../model/rule-set.ts';
import { type Cell, cellsOf, domainOf, inUnit, meets } from './cells.ts';
import { isCoded, isNumeric, leavesOf, valueIs } from './fact-values.ts';
import { constantsOf, limitsOf } from './limits.ts';

export interface Range {
  readonly low: Exact | undefined;
  readonly high: Exact | undefined;
}

export interface ComponentReading {
  /** Ids of the facts it reads. */
  readonly facts: ReadonlySet<string>;
  /** All points it can add, or the range they lie in. */
  readonly points: readonly Exact[] | Range;
  /** Set where the points depend on one fact only. */
  readonly byValue: ByValue | undefined;
}

export interface ByValue {
  readonly fact: Fact;
  readonly tests: readonly PlainTest[];
  /** Every whole number of the domain is a value by itself. */
  readonly singly: boolean;
  /** Undefined: no points for that value. */
  at(value: FactValue): Exact | undefined;
}

/** A test with the unit of its plain numbers. */
export interface PlainTest {
  readonly test: Test;
  readonly unit: Name | undefined;
}

/** One value of a fact, or one cell of a number recorded in `unit`. */
export interface FactValue {
  readonly value: Exact | string | boolean;
  readonly unit: string | undefined;
  readonly cell: Cell | undefined;
}

const MOST_SINGLE_VALUES = 1_000;

/** Undefined where the component is damaged or its fact is not known. */
export function readComponent({ how }: Component, score: Score, ruleSet: RuleSet): ComponentReading | undefined {
  const group = score.of?.value;
  switch (how?.kind) {
    case 'options': {
      if (!how.from) return free([...how.options.values()].map(({ points }) => points.value));
      const fact = factIn(ruleSet, group, how.from.value);
      return fact && byValue({ fact, tests: [], singly: false, at: ({ value }) => how.options.get(`${value}`)?.points.value }, ruleSet);
    }
    case 'intervals': {
      const fact = factIn(ruleSet, group, how.fact.value);
      const tests = how.intervals.map(({ test }) => ({ test, unit: test.unit ?? how.unit }));
      const at = (value: FactValue) => how.intervals.find((_, i) => isMet(tests[i]!, value, fact!, ruleSet))?.points.value;
      return fact && byValue({ fact, tests, singly: false, at }, ruleSet);
    }
    case 'value':
      return readValue(factIn(ruleSet, group, how.fact.value), ruleSet);
    case 'conditions':
      return readConditions(how.conditions, how.otherwise, group, ruleSet);
    default:
      return undefined;
  }
}

function free(points: readonly Exact[]): ComponentReading {
  return { facts: new Set(), points, byValue: undefined };
}

function byValue(by: ByValue, ruleSet: RuleSet): ComponentReading {
  const points = valuesOf(by.fact, [by], ruleSet).flatMap(value => by.at(value) ?? []);
  return { facts: new Set([by.fact.id]), points, byValue: by };
}

/** The fact's own value is the points: each whole number by itself where they are few, else a range. */
function readValue(fact: Fact | undefined, ruleSet: RuleSet): ComponentReading | undefined {
  if (!fact) return undefined;
  const { low, high } = domainOf(fact, fact.unit?.value);
  if (fact.type === 'integer' && low && high && high.minus(low).double <= MOST_SINGLE_VALUES) {
    return byValue({ fact, tests: [], singly: true, at: ({ value }) => (value instanceof Exact ? value : undefined) }, ruleSet);
  }
  return { facts: new Set([fact.id]), points: { low, high }, byValue: undefined };
}

function readConditions(
  rows: readonly { when: Condition; points: WrittenNumber }[],
  otherwise: WrittenNumber | undefined,
  group: string | undefined,
  ruleSet: RuleSet,
): ComponentReading {
  const facts = new Set<string>();
  const tests: PlainTest[] = [];
  const simple = rows.filter(({ when }) => collect(when, ruleSet, facts, tests)).length === rows.length;
  const points = [...rows.map(row => row.points.value), ...(otherwise ? [otherwise.value] : [])];
  const fact = simple && facts.size === 1 ? factIn(ruleSet, group, [...facts][0]!) : undefined;
  if (!fact || !(isCoded(fact) || fact.type === 'boolean' || isNumeric(fact))) return { facts, points, byValue: undefined };
  const at = (value: FactValue) => (rows.find(({ when }) => holds(when, value, fact, ruleSet))?.points ?? otherwise)?.value;
  return byValue({ fact, tests, singly: false, at }, ruleSet);
}

/** Whether the condition rules the value of a fact out by itself, whatever else is known. */
export function rulesOut(condition: Condition | undefined, value: string, fact: Fact, ruleSet: RuleSet): boolean {
  if (condition?.kind === 'all') return condition.items.some(item => rulesOut(item, value, fact, ruleSet));
  const facts = new Set<string>();
  if (!condition || !collect(condition, ruleSet, facts, []) || facts.size !== 1 || !facts.has(fact.id)) return false;
  return !holds(condition, { value, unit: undefined, cell: undefined }, fact, ruleSet);
}

/** Notes the facts and tests of a condition; false where it asks for more than facts held against constants. */
function collect(condition: Condition, ruleSet: RuleSet, facts: Set<string>, tests: PlainTest[]): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.items.filter(item => collect(item, ruleSet, facts, tests)).length === condition.items.length;
    case 'not':
      return collect(condition.item, ruleSet, facts, tests);
    case 'fact':
      facts.add(condition.fact.value);
      tests.push({ test: condition.test, unit: condition.test.unit });
      return true;
    case 'threshold': {
      const threshold = ruleSet.thresholds.get(condition.threshold.value);
      if (!threshold?.fact) return false;
      facts.add(threshold.fact.value);
      tests.push({ test: threshold.test, unit: threshold.test.unit });
      return true;
    }
    default:
      return false;
  }
}

function holds(condition: Condition, value: FactValue, fact: Fact, ruleSet: RuleSet): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.items.every(item => holds(item, value, fact, ruleSet));
    case 'any':
      return condition.items.some(item => holds(item, value, fact, ruleSet));
    case 'not':
      return !holds(condition.item, value, fact, ruleSet);
    case 'fact':
      return isMet({ test: condition.test, unit: condition.test.unit }, value, fact, ruleSet);
    case 'threshold': {
      const test = ruleSet.thresholds.get(condition.threshold.value)?.test;
      return test !== undefined && isMet({ test, unit: test.unit }, value, fact, ruleSet);
    }
    default:
      return false;
  }
}

/** Whether a value meets a test. */
export function isMet({ test, unit }: PlainTest, { value, unit: recorded }: FactValue, fact: Fact, ruleSet: RuleSet): boolean {
  if (value instanceof Exact) {
    const numbers = inUnit(test, unit, fact, recorded);
    return numbers !== undefined && meets(value, numbers);
  }
  return constantsOf(test).some(constant =>
    typeof value === 'string' && typeof constant.value === 'string' && isCoded(fact)
      ? valueIs(value, constant.value, fact, ruleSet)
      : constant.value === value,
  );
}

/** The values of a fact, as far as the readings can tell them apart. A number stands once for each unit that has cut-offs of its own. */
export function valuesOf(fact: Fact, readings: readonly Pick<ByValue, 'tests' | 'singly'>[], ruleSet: RuleSet): FactValue[] {
  if (fact.type === 'boolean') return [true, false].map(value => ({ value, unit: undefined, cell: undefined }));
  if (isCoded(fact)) return leavesOf(fact, ruleSet).map(value => ({ value, unit: undefined, cell: undefined }));
  const tests = readings.flatMap(reading => reading.tests);
  const singly = readings.some(reading => reading.singly);
  return unitsOf(fact, tests).flatMap(unit => {
    const numbers = tests.flatMap(({ test, unit: plain }) => inUnit(test, plain, fact, unit) ?? []);
    const cuts = singly ? [...numbers, { limits: [], numbers: wholeNumbers(fact) }] : numbers;
    return cellsOf(cuts, domainOf(fact, unit)).map(cell => ({ value: cell.value, unit, cell }));
  });
}

/** The units in which the tests must be read separately: those with a cut-off of their own, else the fact's. */
export function unitsOf(fact: Fact, tests: readonly PlainTest[]): (string | undefined)[] {
  const own = new Set<string>();
  for (const { test } of tests) {
    for (const key of ['atLeast', 'above', 'atMost', 'below'] as const) {
      const bound = test[key];
      if (bound?.kind === 'per-unit') for (const { unit } of limitsOf(test)) if (unit !== undefined) own.add(unit);
    }
  }
  return own.size > 0 ? [...own] : [fact.unit?.value];
}

function wholeNumbers(fact: Fact): Exact[] {
  const low = Exact.ofFraction(fact.minimum!.value.fraction.ceil());
  const count = Math.floor(fact.maximum!.value.minus(low).double) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => low.plus(Exact.of(i)));
}
