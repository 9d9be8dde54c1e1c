/** The cells of one variable in words: neighbouring ones as ranges, those that have a name by it. */
import type { Found } from '../analysis/analyse.ts';
import type { RegionPart } from '../analysis/region.ts';
import { Exact } from '../model/exact.ts';
import { type Hierarchy, valueHierarchy } from '../model/hierarchy.ts';
import type { RuleSet, Test } from '../model/rule-set.ts';
import { amountText, bandTitle, dateText, inSentence, listText } from './telling.ts';

type Cell = RegionPart['cells'][number];
type NumberCell = Extract<Cell, { kind: 'number' }>;

/** One end of a range; undefined: none. */
export interface End {
  readonly value: Exact;
  readonly included: boolean;
}

interface Range {
  readonly from: End | undefined;
  readonly to: End | undefined;
}

/** A range of a number, recorded in one unit. */
export interface UnitRange {
  readonly range: Range;
  readonly unit: string | undefined;
}

/** `7 or more`, `below 3.5 mmol/L or 14 mg/dL`, `from 4 to 6`. */
export function numberWords({ variable, cells }: RegionPart): string {
  const isWhole = variable.fact?.type === 'integer';
  const ranges = numberRanges({ variable, cells });
  if (isSameBound(ranges)) {
    const amounts = ranges.map(({ range, unit }) => amountText((range.from ?? range.to)!.value.toString(), unit));
    return rangeText(ranges[0]!.range, () => listText(amounts, 'or'), false);
  }
  const words = ranges.map(({ range, unit }) => rangeText(range, number => amountText(number, unit), isWhole));
  return listText(words, 'or');
}

/** Neighbouring cells together, unit by unit. */
export function numberRanges({ variable, cells }: RegionPart): UnitRange[] {
  const isWhole = variable.fact?.type === 'integer';
  const units = [...new Set(variable.cells.flatMap(cell => (cell.kind === 'number' ? [cell.unit] : [])))];
  return units.flatMap(unit => {
    const ofUnit = variable.cells.filter((cell): cell is NumberCell => cell.kind === 'number' && cell.unit === unit);
    return runsOf(ofUnit, cell => cells.includes(cell)).map(run => ({ range: rangeOf(run, ofUnit, isWhole), unit }));
  });
}

/** Whether they are one bound, given in several units: `below 3.5 mmol/L or 14 mg/dL`. */
export function isSameBound(ranges: readonly UnitRange[]): boolean {
  const formOf = ({ from, to }: Range) => [from?.included, to?.included].join();
  const [first] = ranges;
  if (ranges.length < 2 || !first || (first.range.from === undefined) === (first.range.to === undefined)) return false;
  return (
    new Set(ranges.map(({ unit }) => unit)).size === ranges.length && ranges.every(({ range }) => formOf(range) === formOf(first.range))
  );
}

/** Neighbouring cells that are in. */
function runsOf<T>(all: readonly T[], isIn: (cell: T) => boolean): T[][] {
  const runs: T[][] = [];
  all.forEach((cell, i) => {
    if (!isIn(cell)) return;
    if (i > 0 && isIn(all[i - 1]!)) runs.at(-1)!.push(cell);
    else runs.push([cell]);
  });
  return runs;
}

function rangeOf(run: readonly NumberCell[], all: readonly NumberCell[], isWhole: boolean): Range {
  const [first, last] = [run[0]!, run.at(-1)!];
  return {
    from: first === all[0] ? undefined : closed(lowEnd(first), isWhole, 1),
    to: last === all.at(-1) ? undefined : closed(highEnd(last), isWhole, -1),
  };
}

/** Of an open cell its bound; a point is its own. */
function lowEnd({ value, above, below }: Pick<NumberCell, 'value' | 'above' | 'below'>): End | undefined {
  if (above) return { value: above, included: false };
  return below ? undefined : { value, included: true };
}

function highEnd({ value, above, below }: Pick<NumberCell, 'value' | 'above' | 'below'>): End | undefined {
  if (below) return { value: below, included: false };
  return above ? undefined : { value, included: true };
}

/** Between whole numbers no end is left out. */
function closed(end: End | undefined, isWhole: boolean, step: 1 | -1): End | undefined {
  if (!end || end.included || !isWhole) return end;
  const { fraction } = end.value;
  const whole = Exact.ofFraction(step === 1 ? fraction.floor() : fraction.ceil());
  return { value: step === 1 ? whole.plus(Exact.of(1)) : whole.minus(Exact.of(1)), included: true };
}

function rangeText({ from, to }: Range, amount: (number: string) => string, isWhole: boolean): string {
  const low = from?.value.toString() ?? '';
  const high = to?.value.toString() ?? '';
  if (!from && !to) return 'known';
  if (!from) return to!.included ? `${amount(high)} or less` : `below ${amount(high)}`;
  if (!to) return from.included ? `${amount(low)} or more` : `above ${amount(low)}`;
  if (low === high) return amount(low);
  if (isWhole && to.value.minus(from.value).equals(Exact.of(1))) return `${low} or ${amount(high)}`;
  if (!from.included) return `above ${low} and ${to.included ? 'at most' : 'below'} ${amount(high)}`;
  return `from ${low} to ${to.included ? '' : 'below '}${amount(high)}`;
}

/** `potentially unstable`, where these totals are a band; `7 or 8`; `known`. */
export function totalWords(ruleSet: RuleSet, part: RegionPart): string {
  const { cells, variable } = part;
  const left = cells.filter(({ kind }) => kind === 'total').length;
  if (left === 0) return 'not known';
  if (left === totalsOf(variable.cells).length) return 'known';
  const { score, scale } = variable.total!;
  const band = bandOf(ruleSet, part);
  const isWhole = totalsOf(variable.cells).every(({ total }) => total % scale === 0);
  const ranges = totalRanges(part).map(range => rangeText(range, number => number, isWhole));
  const words = band === undefined ? listText(ranges, 'or') : bandTitle(ruleSet, score, band);
  return left < cells.length ? `${words}, or not known` : words;
}

type TotalCell = Extract<Cell, { kind: 'total' }>;

function totalsOf(cells: readonly Cell[]): TotalCell[] {
  return cells.filter(cell => cell.kind === 'total');
}

function pointsOf({ total }: TotalCell, { variable }: RegionPart): Exact {
  return Exact.of(total).dividedBy(Exact.of(variable.total!.scale))!;
}

/** Neighbouring totals together. */
export function totalRanges(part: RegionPart): Range[] {
  const all = totalsOf(part.variable.cells);
  return runsOf(all, total => part.cells.includes(total)).map((run): Range => {
    const [first, last] = [run[0]!, run.at(-1)!];
    return {
      from: first === all[0] ? undefined : { value: pointsOf(first, part), included: true },
      to: last === all.at(-1) ? undefined : { value: pointsOf(last, part), included: true },
    };
  });
}

/** The band that has these totals and no other. */
export function bandOf(ruleSet: RuleSet, part: RegionPart): string | undefined {
  const bands = [...(ruleSet.scores.get(part.variable.total!.score)?.bandSets.values() ?? [])].flat();
  const all = totalsOf(part.variable.cells);
  return bands.find(({ when, test }) => !when && all.every(one => part.cells.includes(one) === meetsBand(pointsOf(one, part), test)))?.id;
}

function meetsBand(total: Exact, { atLeast, above, atMost, below }: Test): boolean {
  const against = (bound: Test['atLeast'], holds: (order: number) => boolean) =>
    bound?.kind !== 'number' || holds(total.compare(bound.number.value));
  return (
    against(atLeast, order => order >= 0) &&
    against(above, order => order > 0) &&
    against(atMost, order => order <= 0) &&
    against(below, order => order < 0)
  );
}

/** A threshold that says exactly this of the fact, or exactly the contrary. */
export function isThreshold(
  ruleSet: RuleSet,
  space: Found['space'],
  { variable, cells }: RegionPart,
): { readonly id: string; readonly title: string; readonly holds: boolean } | undefined {
  if (variable.cells.some(({ kind }) => kind === 'absent')) return undefined;
  const scope = { group: variable.group, slot: variable.slot };
  for (const { id, title, fact, test } of ruleSet.thresholds.values()) {
    if (!variable.fact || fact?.value !== variable.fact.id) continue;
    const formula = space.test(variable.fact, test, scope);
    if (formula.kind !== 'atom') continue;
    const inside = variable.cells.filter((_, i) => (formula.cells[i >> 5]! & (1 << (i & 31))) !== 0);
    const said = inSentence(title ?? id.replaceAll('-', ' '));
    if (inside.length === cells.length && inside.every(cell => cells.includes(cell))) return { id, title: said, holds: true };
    if (inside.length + cells.length === variable.cells.length && !inside.some(cell => cells.includes(cell)))
      return { id, title: said, holds: false };
  }
  return undefined;
}

export interface CodeWords {
  /** Ids of values, or of what they lie below, that together are the cells. */
  readonly names: readonly string[];
  /** The names are what is left out. */
  readonly isAllBut: boolean;
}

/** By the highest ids that cover them; what is left out instead, where that is less to say. Values that nobody has are taken in where that helps. */
export function codeWords(ruleSet: RuleSet, { variable, cells, nobody = [] }: RegionPart): CodeWords {
  const hierarchy = valueHierarchy(variable.fact!, ruleSet);
  const inside = leavesOf(cells);
  const may = new Set([...inside, ...leavesOf(nobody)]);
  const outside = new Set([...leavesOf(variable.cells)].filter(leaf => !may.has(leaf)));
  const names = coverOf(hierarchy, inside, may);
  const others = coverOf(hierarchy, outside, outside);
  return others.length < names.length ? { names: others, isAllBut: true } : { names, isAllBut: false };
}

function leavesOf(cells: readonly Cell[]): ReadonlySet<string> {
  return new Set(cells.flatMap(cell => (cell.kind === 'code' ? cell.values : [])));
}

/** Few ids that have all of `must` and nothing beyond `may` below them: the plain ones, unless one id more widely takes the place of several. */
function coverOf(hierarchy: Hierarchy, must: ReadonlySet<string>, may: ReadonlySet<string>): readonly string[] {
  const plain = widest(hierarchy, must);
  if (may.size === must.size) return plain;
  const wider = hierarchy.ids.filter(id => hierarchy.leavesBelow(id).every(leaf => may.has(leaf)));
  const covers = wider.map(id => {
    const below = new Set(hierarchy.leavesBelow(id));
    return [id, ...widest(hierarchy, new Set([...must].filter(leaf => !below.has(leaf))))];
  });
  return covers.reduce((best, cover) => (cover.length < best.length ? cover : best), plain);
}

function widest(hierarchy: Hierarchy, leaves: ReadonlySet<string>): readonly string[] {
  const isWhole = (id: string) => hierarchy.leavesBelow(id).every(leaf => leaves.has(leaf));
  const whole = hierarchy.ids.filter(isWhole);
  const highest = whole.filter(id => ![...hierarchy.above(id)].some(other => other !== id && isWhole(other)));
  // What lies below two of them is said by either.
  return highest.filter((id, i) => {
    const others = new Set(highest.filter((_, j) => j !== i).flatMap(other => hierarchy.leavesBelow(other)));
    return !hierarchy.leavesBelow(id).every(leaf => others.has(leaf));
  });
}

/** `never`, `more than 48 hours ago`, `since 1 Mar 2026`. */
export function eventWords({ variable, cells }: RegionPart): string {
  const events = variable.cells.filter(cell => cell.kind === 'event');
  const left = events.filter(cell => cells.includes(cell));
  const never = cells.some(({ kind }) => kind === 'never') ? ['never'] : [];
  if (left.length === events.length) return never.length > 0 ? 'known' : 'not never';
  const byHours = events.every(({ day }) => day === undefined);
  const runs = runsOf(events, cell => left.includes(cell)).map(run => (byHours ? agoText(run, events) : daysText(run, events)));
  return listText([...never, ...runs], 'or');
}

type EventCell = Extract<Cell, { kind: 'event' }>;

/** How long ago the events of a region were: undefined where somebody asks for their day, or where it does not matter. */
export function agoRanges({ variable, cells }: RegionPart): Range[] | undefined {
  const events = variable.cells.filter(cell => cell.kind === 'event');
  if (events.some(({ day, since }) => day !== undefined || since === undefined)) return undefined;
  return runsOf(events, cell => cells.includes(cell)).map(run => agoRange(run, events));
}

/** The first and the last day of each run of days; undefined at an end that is open, and in all where moments are asked for. */
export function dayRanges({ variable, cells }: RegionPart): { from: string | undefined; to: string | undefined }[] | undefined {
  const events = variable.cells.filter(cell => cell.kind === 'event');
  if (events.some(({ day, since }) => day === undefined || day.includes('T') || since !== undefined)) return undefined;
  return runsOf(events, cell => cells.includes(cell)).map(run => ({
    from: run[0] === events[0] ? undefined : run[0]!.day,
    to: run.at(-1) === events.at(-1) ? undefined : run.at(-1)!.day,
  }));
}

function agoText(run: readonly EventCell[], all: readonly EventCell[]): string {
  const { from, to } = agoRange(run, all);
  const words: string[] = [];
  if (from) words.push(`${from.included ? 'at least' : 'more than'} ${hoursText(from.value)}`);
  if (to) words.push(`${to.included ? 'at most' : 'less than'} ${hoursText(to.value)}`);
  return `${listText(words)} ago`;
}

function agoRange(run: readonly EventCell[], all: readonly EventCell[]): Range {
  const endsOf = ({ since, between }: EventCell) => ({ value: since!, above: between?.above, below: between?.below });
  return {
    from: run[0] === all[0] ? undefined : lowEnd(endsOf(run[0]!)),
    to: run.at(-1) === all.at(-1) ? undefined : highEnd(endsOf(run.at(-1)!)),
  };
}

function hoursText(hours: Exact): string {
  const days = hours.dividedBy(Exact.of(24))!;
  return days.isInteger() && days.double > 2 ? amountText(days.toString(), 'd') : amountText(hours.toString(), 'h');
}

/** Each cell is a named day, or the one beside it that stands for all days as far as the next; or all moments from one up to the next. */
function daysText(run: readonly EventCell[], all: readonly EventCell[]): string {
  const [first, last] = [run[0]!, run.at(-1)!];
  if (first.day!.includes('T')) return momentsText(first.day!, last.day!, [...new Set(all.map(({ day }) => day!))]);
  const [from, to] = [dateText(first.day!), dateText(last.day!)];
  if (first.day === all[0]!.day) return `until ${to}`;
  if (last.day === all.at(-1)!.day) return `since ${from}`;
  return first.day === last.day ? from : `from ${from} to ${to}`;
}

function momentsText(first: string, last: string, all: readonly string[]): string {
  const next = all[all.indexOf(last) + 1];
  const before = next === undefined ? [] : [`before ${dateText(next)}`];
  const since = first === all[0] ? [] : [`since ${dateText(first)}`];
  return listText([...since, ...before]);
}
