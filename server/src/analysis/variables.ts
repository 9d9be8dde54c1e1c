/** One fact, option or presence of a record as a variable of the patient space: its values in cells that no test tells apart. */
import Fraction from 'fraction.js';
import { Exact } from '../model/exact.ts';
import { valueHierarchy } from '../model/hierarchy.ts';
import type { Fact, RuleSet, Test } from '../model/rule-set.ts';
import { isValue } from '../model/values.ts';
import { cellsOf, type Domain, domainOf, inUnit, meets, type Cell as NumberCell } from './cells.ts';
import type { Truth } from './formula.ts';
import type { FactTests } from './gather.ts';
import { constantsOf } from './limits.ts';

/** A cell by the value that stands for it, in the order in which simpler ones come first. */
export type Cell =
  | { readonly kind: 'absent' }
  | { readonly kind: 'never' }
  /** An event: how many hours before `asOf`, and on which day, as far as somebody asks. */
  | { readonly kind: 'event'; readonly since: Exact | undefined; readonly day: string | undefined; readonly between?: Between }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A total of a score, its points made whole. */
  | { readonly kind: 'total'; readonly total: number }
  /** `values` are all of the cell; the first stands for them. */
  | { readonly kind: 'code'; readonly values: readonly string[] }
  | {
      readonly kind: 'number';
      readonly value: Exact;
      readonly unit: string | undefined;
      readonly above: Exact | undefined;
      readonly below: Exact | undefined;
    };

/** The hours between which all of an event's cell lies; an end that is undefined is open, both together a point. */
export type Between = Pick<NumberCell, 'above' | 'below'>;

export interface Variable {
  readonly key: string;
  /** Whose it is: the patient's (no group) or that of a record, by its place among the records of the question. */
  readonly group: string | undefined;
  readonly slot: number;
  /** The fact, or the component of a score whose option is recorded; neither for the presence of a record. */
  readonly fact?: Fact;
  /** True for a value of another patient in the same question: it is not written. */
  readonly copy?: boolean;
  /** The score whose total it has, its points multiplied by `scale`. */
  readonly total?: { readonly score: string; readonly scale: number };
  /** The score that is stale while the variable is in its second cell. */
  readonly stale?: string;
  readonly option?: { readonly score: string; readonly component: string };
  readonly cells: readonly Cell[];
  /** True for a number that is derived by arithmetic: taken as free, so that a finding needs a confirmed witness. */
  readonly free: boolean;
  /** True where its cells are not all there is: a finding stands, a proof does not. */
  readonly partial?: boolean;
}

export function factCells(ruleSet: RuleSet, fact: Fact, asked: FactTests | undefined): Cell[] {
  const cells = valueCells(ruleSet, fact, asked);
  if (asked?.unknownTested && !fact.required) cells.push({ kind: 'absent' });
  return cells;
}

/** Whether its own value is taken as points and not every value is a cell of its own. */
export function hasOpenPoints(fact: Fact, asked: FactTests | undefined): boolean {
  return asked?.asPoints === true && (fact.type !== 'integer' || wholeNumbers(domainOf(fact, fact.unit?.value)).length === 0);
}

/** The unit in which times since events are compared. */
export const HOURS = 'h';

/** The cells of an event: never, or so long ago, on such a day. `times` are the derived facts that take the time since it. */
export function eventCells(
  asked: FactTests | undefined,
  times: readonly { fact: Fact; asked: FactTests | undefined }[],
  required: boolean,
): Cell[] {
  const tests = times.flatMap(({ fact, asked: of }) => (of?.tests ?? []).flatMap(test => inUnit(test, test.unit, fact, HOURS) ?? []));
  const hours =
    tests.length > 0
      ? cellsOf(tests, { low: Exact.of(0), high: undefined, whole: false }).map(cell => ({ since: simplestOf(cell, false), between: cell }))
      : [{ since: undefined }];
  const days = daysAround(asked?.tests ?? []);
  const cells: Cell[] = [{ kind: 'never' }, ...days.flatMap(day => hours.map((hour): Cell => ({ kind: 'event', day, ...hour })))];
  const mayBeAbsent = !required && [asked, ...times.map(({ asked: of }) => of)].some(of => of?.unknownTested);
  return mayBeAbsent ? [...cells, { kind: 'absent' }] : cells;
}

const DAY = 86_400_000;

/** Each day that a bound names, and those beside it: one for every stretch between two bounds. */
function daysAround(tests: readonly Test[]): (string | undefined)[] {
  const named = tests.flatMap(test => [
    ...[test.atLeast, test.above, test.atMost, test.below].flatMap(bound => (bound?.kind === 'date' ? [bound.date] : [])),
    ...constantsOf(test).flatMap(({ value }) => (typeof value === 'string' && value !== 'never' ? [value] : [])),
  ]);
  const moments = named.map(date => Date.parse(date.slice(0, 10))).filter(moment => !Number.isNaN(moment));
  const around = [...new Set(moments.flatMap(moment => [moment - DAY, moment, moment + DAY]))].sort((a, b) => a - b);
  return around.length > 0 ? around.map(moment => new Date(moment).toISOString().slice(0, 10)) : [undefined];
}

function valueCells(ruleSet: RuleSet, fact: Fact, asked: FactTests | undefined): Cell[] {
  switch (fact.type) {
    case 'boolean':
      return [
        { kind: 'boolean', value: false },
        { kind: 'boolean', value: true },
      ];
    case 'code':
    case 'side':
      return codeCells(ruleSet, fact, asked?.ids ?? new Set());
    case 'integer':
    case 'decimal':
    case 'quantity':
      return unitsOf(fact, asked?.tests ?? []).flatMap(unit => numberCells(fact, asked, unit));
    default:
      return [{ kind: 'absent' }];
  }
}

/** Leaves that lie below the same ids, of those that somebody tells apart. */
function codeCells(ruleSet: RuleSet, fact: Fact, ids: ReadonlySet<string>): Cell[] {
  const hierarchy = valueHierarchy(fact, ruleSet);
  const told = [...ids].filter(id => hierarchy.has(id));
  const alike = new Map<string, string[]>();
  for (const leaf of hierarchy.leaves) {
    const signature = told.map(id => (hierarchy.isBelow(leaf, id) ? '1' : '0')).join('');
    const same = alike.get(signature);
    if (same) same.push(leaf);
    else alike.set(signature, [leaf]);
  }
  return [...alike.values()].map(values => ({ kind: 'code', values }));
}

/** Only a cut-off per unit tells the same amount in two units apart; without one the declared unit is enough. */
function unitsOf(fact: Fact, tests: readonly Test[]): (string | undefined)[] {
  const own = fact.unit?.value;
  const perUnit = tests.flatMap(({ atLeast, above, atMost, below }) =>
    [atLeast, above, atMost, below].flatMap(bound => (bound?.kind === 'per-unit' ? bound.numbers.map(({ unit }) => unit.value) : [])),
  );
  const declared = [own, ...fact.alsoIn.map(({ unit }) => unit.value)];
  return perUnit.length === 0 ? [own] : [...new Set([...declared, ...perUnit])];
}

function numberCells(fact: Fact, asked: FactTests | undefined, unit: string | undefined): Cell[] {
  const tests = (asked?.tests ?? []).flatMap(test => inUnit(test, test.unit, fact, unit) ?? []);
  const domain = domainOf(fact, unit);
  const points = asked?.asPoints ? wholeNumbers(domain) : [];
  const cells = cellsOf(points.length > 0 ? [...tests, { limits: [], numbers: points }] : tests, domain);
  return cells.map(cell => numberCell(cell, domain.whole, unit));
}

function numberCell(cell: NumberCell, whole: boolean, unit: string | undefined): Cell {
  const { above, below } = cell;
  if (!above && !below) return { kind: 'number', value: cell.value, unit, above, below };
  let simplest: Exact | undefined;
  return {
    kind: 'number',
    unit,
    above,
    below,
    get value() {
      simplest ??= simplestOf(cell, whole);
      return simplest;
    },
  };
}

/** At most this many values are told apart one by one where a fact's own value is taken as points. */
const MOST_POINTS = 200;

export function wholeNumbers({ low, high }: Domain): Exact[] {
  if (!low || !high || high.double - low.double > MOST_POINTS) return [];
  const numbers: Exact[] = [];
  for (let n = Math.ceil(low.double); n <= high.double; n++) numbers.push(Exact.of(n));
  return numbers;
}

/** The shortest decimal of an open interval, the one nearest its lower end. */
function simplestOf({ value, above, below }: NumberCell, whole: boolean): Exact {
  if (whole || (!above && !below)) return value;
  for (let power = 1n, i = 0; i < 40; i++, power *= 10n) {
    const next = above ? Exact.ofFraction(new Fraction(above.fraction.mul(power).floor().add(1n)).div(power)) : undefined;
    if (next && (!below || next.compare(below) < 0)) return next;
    const last = below && !above ? Exact.ofFraction(new Fraction(below.fraction.mul(power).ceil().sub(1n)).div(power)) : undefined;
    if (last) return last;
  }
  return value;
}

/** The cell of a value that stands in a table. */
export function constantCell(fact: Fact, value: boolean | string | Exact): Cell {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'string') return { kind: 'code', values: [value] };
  return { kind: 'number', value, unit: fact.unit?.value, above: undefined, below: undefined };
}

/** What a test says of a cell: of an absent value nothing, of an event that never happened only `is never`. */
export function cellTruth(ruleSet: RuleSet, fact: Fact, test: Test, cell: Cell): Truth {
  if (cell.kind === 'absent' || cell.kind === 'total') return 1;
  const named = constantsOf(test);
  if (cell.kind === 'event') return eventTruth(test, fact, cell);
  if (cell.kind === 'never') return named.some(({ value }) => value === 'never') ? 2 : 0;
  if (cell.kind === 'boolean') return ofBoolean(named.some(({ value }) => value === cell.value));
  if (cell.kind === 'code') {
    const hierarchy = valueHierarchy(fact, ruleSet);
    return ofBoolean(named.some(({ value }) => typeof value === 'string' && isValue(hierarchy, cell.values[0]!, value)));
  }
  const read = inUnit(test, test.unit, fact, cell.unit);
  return read ? ofBoolean(meets(cell.value, read)) : 1;
}

function eventTruth(test: Test, fact: Fact, { since, day }: Extract<Cell, { kind: 'event' }>): Truth {
  if (fact.type !== 'date') {
    const read = inUnit(test, test.unit, fact, HOURS);
    return read && since ? ofBoolean(meets(since, read)) : 1;
  }
  const named = constantsOf(test);
  const bounds = (
    [
      ['atLeast', test.atLeast],
      ['above', test.above],
      ['atMost', test.atMost],
      ['below', test.below],
    ] as const
  ).filter(([, bound]) => bound);
  if (day === undefined) return named.every(({ value }) => value === 'never') && bounds.length === 0 ? 0 : 1;
  if ((test.is || test.in) && !named.some(({ value }) => value === day)) return 0;
  return ofBoolean(
    bounds.every(([key, bound]) => {
      if (bound?.kind !== 'date') return false;
      const limit = bound.date.slice(0, 10);
      return key === 'atLeast' ? day >= limit : key === 'above' ? day > limit : key === 'atMost' ? day <= limit : day < limit;
    }),
  );
}

function ofBoolean(holds: boolean): Truth {
  return holds ? 2 : 0;
}
