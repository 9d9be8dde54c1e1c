/** How far a patient's value is from the bound it was held against. Says nothing where that is not a plain distance of two numbers. */
import type { TraceNode } from '../evaluation/outcome.ts';
import { Exact } from '../model/exact.ts';
import type { Fact, Test } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import type { Seen } from './conditions-read.ts';
import type { Reading } from './reading.ts';
import { findBand } from './sentences.ts';
import { numbersText, unitText } from './words.ts';

/** A range of numbers; an end that is missing is open. */
export interface Range {
  readonly low: { readonly at: Exact; readonly within: boolean } | undefined;
  readonly high: { readonly at: Exact; readonly within: boolean } | undefined;
}

/** `4.6 below`, `at the bound`, `1 below the upper bound`, `true only for 8`. */
export function distanceText(reading: Reading, node: TraceNode, found: Seen | undefined, fact: Fact | undefined): string {
  const ranges = rangesOf(reading, node, found);
  const unit = boundUnit(node, found);
  const values = (node.values ?? []).map(value => numberIn(unit, value, fact));
  if (!ranges.length || !values.length || values.some(value => value === undefined)) return '';
  const numbers = values as readonly Exact[];
  const say = saying(
    unit,
    (node.values ?? []).every(value => unitOf(value) === unit),
  );
  if (node.truth === 'unknown') return trueFor(numbers, ranges, say);
  if (node.truth === 'false') return outside(numbers, ranges, say);
  return numbers.length === 1 && ranges.length === 1 ? inside(numbers[0]!, ranges[0]!, say) : '';
}

/** A single value outside of a range, and the bound next to it. */
export interface Near {
  readonly value: Exact;
  readonly bound: Exact;
  readonly by: Exact;
  readonly where: 'below' | 'above';
  /** Of all three. */
  readonly unit: string | undefined;
}

/** Undefined where the condition holds, several values are possible, or it is about no range of numbers. */
export function nearOf(reading: Reading, node: TraceNode, found: Seen | undefined, fact: Fact | undefined): Near | undefined {
  const unit = boundUnit(node, found);
  const [text, ...more] = node.values ?? [];
  const value = text === undefined || more.length ? undefined : numberIn(unit, text, fact);
  if (node.truth !== 'false' || !value) return undefined;
  const near = rangesOf(reading, node, found).flatMap(range => {
    const found = away(value, range);
    return found ? [{ ...found, value, bound: found.where === 'below' ? range.low!.at : range.high!.at, unit }] : [];
  });
  return near.reduce<Near | undefined>((least, each) => (!least || each.by.compare(least.by) < 0 ? each : least), undefined);
}

/** A value in the unit of the bound; undefined where it is no number or does not convert. */
function numberIn(unit: string | undefined, value: string, fact: Fact | undefined): Exact | undefined {
  const [number, own] = [numberOf(value), unitOf(value)];
  if (own === unit) return number;
  const factor = fact && own !== undefined && unit !== undefined ? conversionFactor(fact, own, unit) : undefined;
  return factor && number?.times(factor);
}

/** The unit the bounds of a fact are written in; totals have none. */
function boundUnit(node: TraceNode, found: Seen | undefined): string | undefined {
  const kind = found?.condition?.kind;
  return kind === 'fact' || kind === 'threshold' ? PART.exec(node.test?.split(' and ')[0] ?? '')?.[3] : undefined;
}

/** Numbers in the unit of the bound. */
interface Saying {
  readonly number: (number: Exact) => string;
  /** What follows them; empty for totals. */
  readonly unit: string;
}

/** Recorded in another unit than the bound, a number has digits that nobody measured. */
function saying(unit: string | undefined, isRecorded: boolean): Saying {
  const text = unitText(unit ?? '');
  return {
    number: number => number.toString(isRecorded ? 6 : 3),
    unit: text === '' || text.startsWith('/') ? text : ` ${text}`,
  };
}

/** Which of the possible values make it true. */
function trueFor(values: readonly Exact[], ranges: readonly Range[], { number, unit }: Saying): string {
  const holding = values.filter(value => ranges.some(range => side(value, range) === 0));
  if (!holding.length || holding.length === values.length) return '';
  return `true ${holding.length === 1 ? 'only ' : ''}for ${numbersText(holding.map(number))}${unit}`;
}

/** The least distance to any range, of all values. */
function outside(values: readonly Exact[], ranges: readonly Range[], { number, unit }: Saying): string {
  const distances = values.flatMap(value => ranges.map(range => away(value, range)));
  const known = distances.filter(distance => distance !== undefined);
  if (known.length !== distances.length) return '';
  const nearest = known.reduce((least, each) => (each.by.compare(least.by) < 0 ? each : least));
  if (nearest.by.compare(Exact.of(0)) === 0) return 'at the bound, which does not count';
  return `${values.length > 1 ? 'at least ' : ''}${number(nearest.by)}${unit} ${nearest.where}`;
}

function away(value: Exact, range: Range): { by: Exact; where: 'below' | 'above' } | undefined {
  const where = side(value, range);
  if (where < 0) return { by: range.low!.at.minus(value), where: 'below' };
  if (where > 0) return { by: value.minus(range.high!.at), where: 'above' };
  return undefined;
}

function inside(value: Exact, { low, high }: Range, { number, unit }: Saying): string {
  const toLow = low && value.minus(low.at);
  const toHigh = high?.at.minus(value);
  const lower = toLow !== undefined && (toHigh === undefined || toLow.compare(toHigh) <= 0);
  const distance = lower ? toLow : toHigh;
  if (distance === undefined) return '';
  if (distance.compare(Exact.of(0)) === 0) return 'at the bound';
  const which = low && high ? (lower ? 'lower bound' : 'upper bound') : 'bound';
  return `${number(distance)}${unit} ${lower ? 'above' : 'below'} the ${which}`;
}

/** -1 below the range, 0 in it, 1 above. */
export function side(value: Exact, { low, high }: Range): -1 | 0 | 1 {
  const under = low && value.compare(low.at);
  if (under !== undefined && (under < 0 || (under === 0 && !low!.within))) return -1;
  const over = high && value.compare(high.at);
  return over !== undefined && (over > 0 || (over === 0 && !high!.within)) ? 1 : 0;
}

/** The ranges a condition holds in. Fact bounds are read from the trace: of cut-offs per unit it names the one that counted. */
function rangesOf(reading: Reading, node: TraceNode, found: Seen | undefined): Range[] {
  const condition = found?.condition;
  if (condition?.kind === 'score-bands') {
    const bands = condition.bands.map(({ value }) => findBand(reading.ruleSet, condition.score.value, value));
    return bands.flatMap(band => (band && !band.when ? (rangeOfTest(band.test) ?? []) : []));
  }
  if (condition?.kind === 'score-total') return [rangeOfTest(condition.test) ?? []].flat();
  if (condition?.kind === 'fact' || condition?.kind === 'threshold') return [readRange(node.test ?? '') ?? []].flat();
  return [];
}

/** The range of a test with plain numbers; undefined where it has other parts or none. */
export function rangeOfTest(test: Test): Range | undefined {
  if (test.is || test.in || !(test.atLeast || test.above || test.atMost || test.below)) return undefined;
  const number = (bound: Test['atLeast']) => (bound?.kind === 'number' ? bound.number.value : undefined);
  const low = end(number(test.atLeast), number(test.above));
  const high = end(number(test.atMost), number(test.below));
  return low || high ? { low, high } : undefined;
}

function end(within: Exact | undefined, beyond: Exact | undefined) {
  const at = within ?? beyond;
  return at && { at, within: within !== undefined };
}

const PART = /^(>=|>|<=|<) (-?\d+(?:\.\d+)?)(?: (\S+))?$/;

/** `>= 7 mg/dL and <= 12 mg/dL`, as a trace writes it. */
function readRange(test: string): Range | undefined {
  let low: Range['low'];
  let high: Range['high'];
  for (const part of test.split(' and ')) {
    const match = PART.exec(part);
    const at = match && Exact.parse(match[2]!);
    if (!match || !at) return undefined;
    const bound = { at, within: match[1]!.length === 2 };
    if (match[1]!.startsWith('>')) low = bound;
    else high = bound;
  }
  return low || high ? { low, high } : undefined;
}

/** The unit after the number. */
function unitOf(value: string): string | undefined {
  return /^-?\d+(?:\.\d+)? (\S+)$/.exec(value)?.[1];
}

/** The number at the head of a value; undefined for a range or a word. */
function numberOf(value: string): Exact | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(?: (?!to )\S+)?$/.exec(value);
  return match ? Exact.parse(match[1]!) : undefined;
}
