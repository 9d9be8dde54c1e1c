/** Derived facts: formulas, the time since an event, tables. Several possible inputs are taken together, so the values are the exact ones. */
import { inTimeUnit, timeUnitLength } from '../model/dates.ts';
import type { Exact } from '../model/exact.ts';
import type { Constant, DerivedFact, Operation, Term } from '../model/rule-set.ts';
import { assignments } from './assignments.ts';
import { type Compiling, type FactReader, type RecordedFact, union } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { Context } from './state.ts';
import { distinct, FALSE, isPoint, NEVER, type NumberValue, type Possible, point, TRUE, type Value } from './values.ts';
import { convert, type Hierarchical } from './vocabulary.ts';

export interface CompiledDerivation {
  readonly reads: readonly RecordedFact[];
  readonly conditions: readonly CompiledCondition[];
  readonly read: (context: Context) => Possible;
  readonly origin: FactReader['origin'];
}

const NOTHING: CompiledDerivation = { reads: [], conditions: [], read: () => undefined, origin: 'other' };
/** More possible numbers than this within one term are not listed: the fact is then unknown. */
const MOST_VALUES = 1000;

export function compileDerivation(fact: DerivedFact, codes: Hierarchical, compiling: Compiling): CompiledDerivation {
  const how = fact.how;
  switch (how?.kind) {
    case undefined:
      return NOTHING;
    case 'term':
      return together(compileTerm(how.term, fact, compiling), numbers => numbers.map(number => ({ ...number, unit: fact.unit?.value })));
    case 'formulas':
      return compileFormulas(fact, how, compiling);
    case 'since':
      return compileSince(fact, how.event.value, compiling);
    case 'table':
      return compileTable(fact, how.rows, codes, compiling);
  }
}

interface CompiledTerm {
  /** Whether it is made of recorded numbers by the four operations alone. */
  readonly plain: boolean;
  readonly reads: readonly RecordedFact[];
  readonly conditions: readonly CompiledCondition[];
  /** Numbers without a unit; undefined where one of them is not known. */
  readonly values: (context: Context) => readonly NumberValue[] | undefined;
}

const UNKNOWN_TERM: CompiledTerm = { plain: false, reads: [], conditions: [], values: () => undefined };

/** Evaluates a term for every combination of its inputs; one that is unknown makes the whole unknown. */
function together(term: CompiledTerm, finish: (numbers: readonly NumberValue[], context: Context) => Possible): CompiledDerivation {
  const read = (context: Context): Possible => {
    const found: Value[] = [];
    for (const each of assignments(context, term.reads)) {
      const numbers = term.values(each);
      const values = numbers && finish(numbers, each);
      if (!values) return undefined;
      found.push(...values);
    }
    return distinct(found);
  };
  return { reads: term.reads, conditions: term.conditions, read, origin: term.plain ? 'formula' : 'other' };
}

function compileTerm(term: Term, owner: DerivedFact, compiling: Compiling): CompiledTerm {
  if (term.kind === 'number') {
    const values = [point(term.number.value, undefined)];
    return { plain: true, reads: [], conditions: [], values: () => values };
  }
  if (term.kind === 'fact') return compileTermFact(term.fact.value, term.unit?.value, owner, compiling);
  const terms = term.terms.map(each => compileTerm(each, owner, compiling));
  const combine = OPERATIONS[term.kind];
  return {
    plain: term.kind !== 'least' && term.kind !== 'greatest' && terms.every(each => each.plain),
    reads: union(...terms.map(each => each.reads)),
    conditions: terms.flatMap(each => each.conditions),
    values: context => combined(terms, combine, context),
  };
}

function compileTermFact(name: string, unit: string | undefined, owner: DerivedFact, compiling: Compiling): CompiledTerm {
  const reader = compiling.fact(name, owner.group);
  if (!reader) return UNKNOWN_TERM;
  const wanted = unit ?? reader.fact.unit?.value;
  const values = (context: Context) => {
    const numbers = reader.read(context)?.map(value => numberIn(value, reader, wanted));
    return numbers?.every(number => number !== undefined) ? numbers : undefined;
  };
  const plain = reader.origin === 'recorded' || reader.origin === 'formula';
  return { plain, reads: reader.reads, conditions: reader.conditions, values };
}

function numberIn(value: Value, { fact }: FactReader, unit: string | undefined): NumberValue | undefined {
  if (value.kind !== 'number') return undefined;
  const low = convert(fact, value.low, value.unit, unit);
  const high = isPoint(value) ? low : convert(fact, value.high, value.unit, unit);
  return low && high ? { kind: 'number', low, high, unit: undefined } : undefined;
}

type Combine = (a: NumberValue, b: NumberValue) => NumberValue | undefined;

function combined(terms: readonly CompiledTerm[], combine: Combine, context: Context): readonly NumberValue[] | undefined {
  let all: readonly NumberValue[] | undefined;
  for (const term of terms) {
    const values = term.values(context);
    if (!values) return undefined;
    if (all === undefined) {
      all = values;
      continue;
    }
    if (all.length * values.length > MOST_VALUES) return undefined;
    const next = all.flatMap(a => values.map(b => combine(a, b)));
    if (!next.every(number => number !== undefined)) return undefined;
    all = next;
  }
  return all;
}

function range(low: Exact, high: Exact): NumberValue {
  return { kind: 'number', low, high, unit: undefined };
}

function least(...numbers: Exact[]): Exact {
  return numbers.reduce((a, b) => (b.compare(a) < 0 ? b : a));
}

function greatest(...numbers: Exact[]): Exact {
  return numbers.reduce((a, b) => (b.compare(a) > 0 ? b : a));
}

function corners(a: NumberValue, b: NumberValue, of: (a: Exact, b: Exact) => Exact): NumberValue {
  if (a.low === a.high && b.low === b.high) return point(of(a.low, b.low), undefined);
  const all = [of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)];
  return range(least(...all), greatest(...all));
}

const OPERATIONS: Readonly<Record<Operation, Combine>> = {
  sum: (a, b) => corners(a, b, (x, y) => x.plus(y)),
  difference: (a, b) => corners(a, b, (x, y) => x.minus(y)),
  product: (a, b) => corners(a, b, (x, y) => x.times(y)),
  least: (a, b) => range(least(a.low, b.low), least(a.high, b.high)),
  greatest: (a, b) => range(greatest(a.low, b.low), greatest(a.high, b.high)),
  quotient: (a, b) => {
    if (b.low.double <= 0 && b.high.double >= 0) return undefined;
    return corners(a, b, (x, y) => x.dividedBy(y)!);
  },
};

/** The unit in which `by` is recorded chooses the formula; another unit is converted to the first one given. */
function compileFormulas(
  fact: DerivedFact,
  how: Extract<DerivedFact['how'], { kind: 'formulas' }>,
  compiling: Compiling,
): CompiledDerivation {
  const by = how.by && compiling.fact(how.by.value, fact.group);
  const formulas = how.formulas.map(({ unit, term }) => ({ unit: unit.value, term: compileTerm(term, fact, compiling) }));
  if (!by || formulas.length === 0) return NOTHING;
  const chosen = (context: Context) => {
    const units = new Set(by.read(context)?.map(value => (value.kind === 'number' ? value.unit : undefined)));
    if (units.size !== 1) return undefined;
    return formulas.find(({ unit }) => units.has(unit)) ?? formulas[0];
  };
  const declared = new Set([fact.unit?.value, ...fact.alsoIn.map(({ unit }) => unit.value)]);
  const whole: CompiledTerm = {
    plain: by.origin === 'recorded' && formulas.every(({ term }) => term.plain),
    reads: union(by.reads, ...formulas.map(({ term }) => term.reads)),
    conditions: [...by.conditions, ...formulas.flatMap(({ term }) => term.conditions)],
    values: context => chosen(context)?.term.values(context),
  };
  return together(whole, (numbers, context) => {
    const unit = chosen(context)!.unit;
    // The result is recorded in the formula's unit, so that a cut-off given for that unit is the one that counts.
    return numbers.map(number => ({ ...number, unit: declared.has(unit) ? unit : fact.unit?.value }));
  });
}

function compileSince(fact: DerivedFact, event: string, compiling: Compiling): CompiledDerivation {
  const reader = compiling.fact(event, fact.group);
  const unit = fact.unit?.value;
  if (!reader || unit === undefined || timeUnitLength(unit) === undefined) return NOTHING;
  const length = (milliseconds: number) => inTimeUnit(milliseconds, unit)!;
  const since = (value: Value, context: Context): Value | undefined => {
    const now = context.patient.asOf;
    if (value.kind === 'never') return NEVER;
    if (value.kind !== 'moment' || !now) return undefined;
    const { from, to } = value.day ?? value;
    return { kind: 'number', low: length(Math.max(0, now.from - to)), high: length(Math.max(0, now.to - from)), unit };
  };
  const read = (context: Context): Possible => {
    const values = reader.read(context)?.map(value => since(value, context));
    return values?.every(value => value !== undefined) ? distinct(values) : undefined;
  };
  return { reads: reader.reads, conditions: reader.conditions, read, origin: reader.origin === 'recorded' ? 'since' : 'other' };
}

interface CompiledRow {
  readonly when: CompiledCondition | undefined;
  readonly values: readonly Value[] | undefined;
}

function compileTable(
  fact: DerivedFact,
  rows: Extract<DerivedFact['how'], { kind: 'table' }>['rows'],
  codes: Hierarchical,
  compiling: Compiling,
): CompiledDerivation {
  const standing = { file: fact.file, group: fact.group, mayTestUnknown: false };
  const compiled = rows.map(({ when, value }) => ({
    when: when && compiling.condition(when, standing),
    values: tableValues(value, fact, codes),
  }));
  const conditions = compiled.flatMap(({ when }) => (when ? [when] : []));
  const reads = union(...conditions.map(condition => condition.reads));
  const read = (context: Context): Possible => {
    const found: Value[] = [];
    for (const each of assignments(context, reads)) {
      const values = firstRows(compiled, each);
      if (!values) return undefined;
      found.push(...values);
    }
    return distinct(found);
  };
  return { reads, conditions, read, origin: 'table' };
}

/** The values of the rows that may be the first to hold; undefined where it may be none. */
function firstRows(rows: readonly CompiledRow[], context: Context): readonly Value[] | undefined {
  const found: Value[] = [];
  for (const { when, values } of rows) {
    const truth = when ? when.truth(context) : TRUE;
    if (truth === FALSE) continue;
    if (!values) return undefined;
    found.push(...values);
    if (truth === TRUE) return found;
  }
  return undefined;
}

function tableValues({ value }: Constant, fact: DerivedFact, codes: Hierarchical): readonly Value[] | undefined {
  if (typeof value === 'boolean') return fact.type === 'boolean' ? [{ kind: 'boolean', value }] : undefined;
  if (typeof value === 'object') return NUMERIC.has(fact.type) ? [point(value, fact.unit?.value)] : undefined;
  if (fact.type !== 'code' || !codes.has(value)) return undefined;
  return codes.leavesBelow(value).map(id => ({ kind: 'code', id }));
}

const NUMERIC: ReadonlySet<string> = new Set(['integer', 'decimal', 'quantity']);
