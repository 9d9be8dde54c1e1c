/**
 * The totals a fully known patient can have on a score: every sum of one points value a component. Components that read the same single
 * fact are taken together, value by value. Where conditions mix several facts their points are taken as free, and `exact` says whether
 * another component reads one of those facts too: then fewer totals may be attainable than are listed.
 */
import { Exact } from '../model/exact.ts';
import type { RuleSet, Score } from '../model/rule-set.ts';
import { type ComponentReading, type Range, readComponent, valuesOf } from './component-points.ts';

export interface Totals extends Range {
  /** In order; undefined where a component gives any number of a range, or where there are too many. */
  readonly values: readonly Exact[] | undefined;
  readonly exact: boolean;
}

type Summand = readonly Exact[] | Range;

const MOST_TOTALS = 20_000;
/** Beyond this many additions a step, an editor would wait for them. */
const MOST_SUMS = 500_000;
const made = new WeakMap<RuleSet, Map<string, Totals | undefined>>();

/** Undefined where a component cannot be read or has no points: then nothing is said about the totals. */
export function attainableTotals(score: Score, ruleSet: RuleSet): Totals | undefined {
  const known = made.get(ruleSet) ?? new Map<string, Totals | undefined>();
  made.set(ruleSet, known);
  if (!known.has(score.id)) known.set(score.id, totalsOf(score, ruleSet));
  return known.get(score.id);
}

function totalsOf(score: Score, ruleSet: RuleSet): Totals | undefined {
  const readings: ComponentReading[] = [];
  for (const component of score.components.values()) {
    const reading = readComponent(component, score, ruleSet);
    if (!reading) return undefined;
    readings.push(reading);
  }
  const summands = summandsOf(readings, ruleSet);
  if (summands.length === 0 || summands.some(points => isList(points) && points.length === 0)) return undefined;
  return { ...sumOf(summands), exact: !shareFacts(readings) };
}

/** One for each component, or for several that read one fact by itself: those are added up value by value. */
function summandsOf(readings: readonly ComponentReading[], ruleSet: RuleSet): Summand[] {
  const byFact = new Map<string, ComponentReading[]>();
  const summands: Summand[] = [];
  for (const reading of readings) {
    const id = reading.byValue?.fact.id;
    if (id === undefined) summands.push(reading.points);
    else byFact.set(id, [...(byFact.get(id) ?? []), reading]);
  }
  for (const group of byFact.values()) summands.push(group.length === 1 ? group[0]!.points : sumsByValue(group, ruleSet));
  return summands;
}

function sumsByValue(group: readonly ComponentReading[], ruleSet: RuleSet): Exact[] {
  const readings = group.map(({ byValue }) => byValue!);
  return valuesOf(readings[0]!.fact, readings, ruleSet).flatMap(value => {
    const points = readings.map(reading => reading.at(value));
    return points.every(point => point !== undefined) ? [points.reduce((sum, point) => sum.plus(point))] : [];
  });
}

function sumOf(summands: readonly Summand[]): Omit<Totals, 'exact'> {
  const low = addAll(summands.map(summand => (isList(summand) ? least(summand) : summand.low)));
  const high = addAll(summands.map(summand => (isList(summand) ? greatest(summand) : summand.high)));
  return { values: summands.every(isList) ? allSums(summands) : undefined, low, high };
}

/** Every sum, counted in the smallest common part so that plain whole numbers do. */
function allSums(summands: readonly (readonly Exact[])[]): Exact[] | undefined {
  const parts = summands.flat().reduce((common, points) => leastCommonMultiple(common, points.fraction.d), 1n);
  if (parts > 1_000_000n) return undefined;
  let sums = new Set([0]);
  for (const summand of summands) {
    const counts = new Set(summand.map(({ fraction }) => Number((fraction.s * fraction.n * parts) / fraction.d)));
    if (sums.size * counts.size > MOST_SUMS) return undefined;
    sums = new Set([...sums].flatMap(sum => [...counts].map(count => sum + count)));
    if (sums.size > MOST_TOTALS) return undefined;
  }
  const part = Exact.of(Number(parts));
  return [...sums].sort((a, b) => a - b).map(sum => Exact.of(sum).dividedBy(part)!);
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Whether two components read one fact in a way that was not taken together. */
function shareFacts(readings: readonly ComponentReading[]): boolean {
  const seen = new Map<string, boolean>();
  for (const { facts, byValue } of readings) {
    for (const fact of facts) {
      const together = byValue !== undefined;
      if (seen.has(fact) && !(together && seen.get(fact))) return true;
      seen.set(fact, together);
    }
  }
  return false;
}

function isList(summand: Summand): summand is readonly Exact[] {
  return Array.isArray(summand);
}

function addAll(numbers: readonly (Exact | undefined)[]): Exact | undefined {
  return numbers.reduce((sum, number) => (sum && number ? sum.plus(number) : undefined), Exact.of(0));
}

function least(numbers: readonly Exact[]): Exact {
  return numbers.reduce((a, b) => (a.compare(b) <= 0 ? a : b));
}

function greatest(numbers: readonly Exact[]): Exact {
  return numbers.reduce((a, b) => (a.compare(b) >= 0 ? a : b));
}
