/** One fact, option or presence of a record as a variable of the patient space: its values in cells that no test tells apart. */
import { Exact } from '../model/exact.ts';
import { valueHierarchy } from '../model/hierarchy.ts';
import type { Fact, RuleSet, Test } from '../model/rule-set.ts';
import { isValue } from '../model/values.ts';
import { cellsCutAt, type Domain, domainOf, inUnit, meets, type Cell as NumberCell, numbersIn, simplestOf } from './cells.ts';
import { derivedRange, type Ends } from './derived-range.ts';
import { eventTruth } from './event-cells.ts';
import { isCoded } from './fact-values.ts';
import type { Truth } from './formula.ts';
import type { FactTests } from './gather.ts';
import { constantsOf } from './limits.ts';
import { isWhole } from './whole-results.ts';

/** A cell by the value that stands for it, in the order in which simpler ones come first. */
export type Cell =
  | { readonly kind: 'absent' }
  | { readonly kind: 'never' }
  /** An event: how many hours before `asOf`, and on which day, as far as somebody asks. */
  | { readonly kind: 'event'; readonly since: Exact | undefined; readonly day: string | undefined; readonly between?: Between }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A total of a score, its points made whole. */
  | { readonly kind: 'total'; readonly total: number }
  /** `values` are all of the cell; the first stands for them. `several`: no more is known than that it is one of them. */
  | { readonly kind: 'code'; readonly values: readonly string[]; readonly several?: true }
  | {
      readonly kind: 'number';
      readonly value: Exact;
      readonly unit: string | undefined;
      readonly above: Exact | undefined;
      readonly below: Exact | undefined;
    };

type CodeCell = Extract<Cell, { kind: 'code' }>;

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
  /** The score whose total it has, its points multiplied by `scale`. `canBeAny`: of some patients it may be others than its cells are. */
  readonly total?: { readonly score: string; readonly scale: number; readonly canBeAny: boolean };
  /** The score that is stale while the variable is in its second cell. */
  readonly stale?: string;
  readonly option?: { readonly score: string; readonly component: string };
  readonly cells: readonly Cell[];
  /** True for a number that is derived by arithmetic: taken as free, so that a finding needs a confirmed witness. */
  readonly free: boolean;
  /** True where its cells are not all there is: a finding stands, a proof does not. */
  readonly partial?: boolean;
}

/** `records`: how many of the fact's group there may be. */
export function factCells(ruleSet: RuleSet, fact: Fact, asked: FactTests | undefined, records: number): Cell[] {
  const cells = valueCells(ruleSet, fact, asked, records);
  if (asked?.unknownTested && !fact.required) cells.push({ kind: 'absent' });
  return cells;
}

/** Whether its own value is taken as points and not every value is a cell of its own. */
export function hasOpenPoints(fact: Fact, asked: FactTests | undefined): boolean {
  return asked?.asPoints === true && (fact.type !== 'integer' || wholeNumbers(domainOf(fact, fact.unit?.value)).length === 0);
}

function valueCells(ruleSet: RuleSet, fact: Fact, asked: FactTests | undefined, records: number): Cell[] {
  switch (fact.type) {
    case 'boolean':
      return [
        { kind: 'boolean', value: false },
        { kind: 'boolean', value: true },
      ];
    case 'code':
    case 'side':
      return [
        ...codeCells(ruleSet, fact, asked?.ids ?? new Set()).flatMap(cell => apart(cell, asked?.spared ? records : 0)),
        ...(asked?.maySeveral ? severalCells(ruleSet, fact, asked) : []),
      ];
    case 'integer':
    case 'decimal':
    case 'quantity':
      return unitsOf(fact, asked?.tests ?? []).flatMap(unit => numberCells(ruleSet, fact, asked, unit));
    default:
      return [{ kind: 'absent' }];
  }
}

/** Leaves that lie below the same ids, of those that somebody tells apart. */
function codeCells(ruleSet: RuleSet, fact: Fact, ids: ReadonlySet<string>): CodeCell[] {
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

/**
 * Where places are spared it counts whether records lie at the same one of several that nobody else tells apart: as many as there are
 * records stand by themselves, and one is left that has none.
 */
function apart(cell: CodeCell, records: number): CodeCell[] {
  const single = cell.values.slice(0, Math.min(records, cell.values.length - 1));
  return [...single.map((value): CodeCell => ({ kind: 'code', values: [value] })), { ...cell, values: cell.values.slice(single.length) }];
}

/** More sets of values than this are not told apart. */
const MOST_SETS = 64;

/** By rule set and what is asked of a fact: the sets of values that tests can be certain of. Undefined where there are too many. */
const SETS = new WeakMap<FactTests, readonly (readonly string[])[] | undefined>();

/**
 * Each set is all that meets some tests and fails others: of whom a condition holds with fewer possible values, it holds with these, and the
 * more values are possible, the more places are left to what restricts.
 */
function setsOf(ruleSet: RuleSet, fact: Fact, asked: FactTests): readonly (readonly string[])[] | undefined {
  if (!SETS.has(asked)) SETS.set(asked, closedSets(ruleSet, fact, asked));
  return SETS.get(asked);
}

function closedSets(ruleSet: RuleSet, fact: Fact, { tests, ids }: FactTests): readonly (readonly string[])[] | undefined {
  const hierarchy = valueHierarchy(fact, ruleSet);
  const named = tests.map(test => constantsOf(test).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])));
  const precautions = [...ruleSet.rules.values()].flatMap(({ sites, precaution }) => (precaution ? [sites.map(({ value }) => value)] : []));
  const lists = [...named, ...[...ids].map(id => [id]), ...(fact.values === 'sites' ? precautions : [])];
  const meeting = lists.map(list => hierarchy.leaves.filter(leaf => list.some(id => hierarchy.isBelow(leaf, id))));
  const found = new Map<string, readonly string[]>();
  const add = (set: readonly string[]) => found.set(set.join(), set);
  for (const set of meeting) {
    const others = hierarchy.leaves.filter(leaf => !set.includes(leaf));
    for (const one of [...found.values()]) for (const side of [set, others]) add(one.filter(leaf => side.includes(leaf)));
    add(set);
    add(others);
    if (found.size > MOST_SETS * 4) return undefined;
  }
  const several = [...found.values()].filter(({ length }) => length > 1 && length < hierarchy.leaves.length);
  return several.length > MOST_SETS ? undefined : [...several, hierarchy.leaves];
}

function severalCells(ruleSet: RuleSet, fact: Fact, asked: FactTests): Cell[] {
  return (setsOf(ruleSet, fact, asked) ?? []).map(values => ({ kind: 'code', values, several: true }));
}

/** Whether there are too many sets of values for each to be a cell. */
export function hasMoreSets(ruleSet: RuleSet, fact: Fact, asked: FactTests | undefined): boolean {
  return asked?.maySeveral === true && (!isCoded(fact) || setsOf(ruleSet, fact, asked) === undefined);
}

/** Only a cut-off per unit tells the same amount in two units apart; without one the declared unit is enough. */
function unitsOf(fact: Fact, tests: readonly Test[]): (string | undefined)[] {
  const own = fact.unit?.value;
  const perUnit: string[] = [];
  for (const { atLeast, above, atMost, below } of tests)
    for (const bound of [atLeast, above, atMost, below])
      if (bound?.kind === 'per-unit') for (const number of bound.numbers) perUnit.push(number.unit.value);
  const declared = [own, ...fact.alsoIn.map(({ unit }) => unit.value)];
  return perUnit.length === 0 ? [own] : [...new Set([...declared, ...perUnit])];
}

function numberCells(ruleSet: RuleSet, fact: Fact, asked: FactTests | undefined, unit: string | undefined): Cell[] {
  const domain = { ...domainOf(fact, unit), whole: isWhole(ruleSet, fact) };
  const points = asked?.asPoints ? wholeNumbers(domain) : [];
  const cells = cellsCutAt([...numbersIn(asked?.tests ?? [], fact, unit), ...points], domain);
  const ends = 'how' in fact ? derivedRange(ruleSet, fact, unit) : ANY_NUMBER;
  // Where nobody names a number, one cell holds all there are.
  const isAll = cells.length === 1 && !cells[0]!.above && !cells[0]!.below && !(domain.low && domain.high);
  if (isAll) return [numberCell({ ...cells[0]!, value: someOf(ends) }, domain.whole, unit, ends)];
  return cells.filter(cell => isAttained(cell, ends)).map(cell => numberCell(cell, domain.whole, unit, ends));
}

function someOf(ends: Ends): Exact {
  const nought = Exact.of(0);
  return isBetween(nought, ends) ? nought : (ends.low ?? ends.high ?? nought);
}

const ANY_NUMBER: Ends = { low: undefined, high: undefined };

/** Whether some of the cell lies between what a formula can give. */
function isAttained({ value, above, below }: NumberCell, { low, high }: Ends): boolean {
  if (!above && !below) return isBetween(value, { low, high });
  return !(low && below && below.compare(low) <= 0) && !(high && above && above.compare(high) >= 0);
}

function isBetween(value: Exact, { low, high }: Ends): boolean {
  return !(low && value.compare(low) < 0) && !(high && value.compare(high) > 0);
}

function numberCell(cell: NumberCell, whole: boolean, unit: string | undefined, ends: Ends): Cell {
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
      if (!isBetween(simplest, ends)) simplest = simplestOf(within(cell, ends), whole);
      return simplest;
    },
  };
}

function within(cell: NumberCell, { low, high }: Ends): NumberCell {
  const above = low && cell.above && cell.above.compare(low) >= 0 ? cell.above : (low ?? cell.above);
  const below = high && cell.below && cell.below.compare(high) <= 0 ? cell.below : (high ?? cell.below);
  return { ...cell, above, below };
}

/** At most this many values are told apart one by one where a fact's own value is taken as points. */
const MOST_POINTS = 200;

export function wholeNumbers({ low, high }: Domain): Exact[] {
  if (!low || !high || high.double - low.double > MOST_POINTS) return [];
  const numbers: Exact[] = [];
  for (let n = Math.ceil(low.double); n <= high.double; n++) numbers.push(Exact.of(n));
  return numbers;
}

/** The cell of a value that stands in a table: a broad one may be anything below it. */
export function constantCell(ruleSet: RuleSet, fact: Fact, value: boolean | string | Exact): Cell {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'string') {
    const leaves = valueHierarchy(fact, ruleSet).leavesBelow(value);
    return leaves.length > 1
      ? { kind: 'code', values: leaves, several: true }
      : { kind: 'code', values: leaves.length > 0 ? leaves : [value] };
  }
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
    const isNamed = (leaf: string) => named.some(({ value }) => typeof value === 'string' && isValue(hierarchy, leaf, value));
    if (!cell.several) return ofBoolean(isNamed(cell.values[0]!));
    return cell.values.every(isNamed) ? 2 : cell.values.some(isNamed) ? 1 : 0;
  }
  const read = inUnit(test, test.unit, fact, cell.unit);
  return read ? ofBoolean(meets(cell.value, read)) : 1;
}

function ofBoolean(holds: boolean): Truth {
  return holds ? 2 : 0;
}
