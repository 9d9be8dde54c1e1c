/** The short way: decisions and the ids of the rules that fired, for many patients. It agrees with `evaluate` on every patient. */
import { Exact } from '../model/exact.ts';
import type { Patient, PatientFact, PatientValue } from '../model/patient.ts';
import type { Column } from './columns.ts';
import type { CompiledRuleSet } from './compile.ts';
import { judge } from './judge.ts';
import type { DecisionStatus } from './outcome.ts';
import { stateOf } from './patient-state.ts';
import { type Program, programOf } from './program.ts';
import { type Row, runProgram } from './run-program.ts';
import type { PatientState } from './state.ts';
import { TRUE } from './values.ts';

/** A patient's own facts as plain values; a bare number is in the declared unit. Groups and scores are unknown. */
export type PlainFacts = Readonly<Record<string, PlainValue | { readonly oneOf: readonly PlainValue[] } | null | undefined>>;
export type PlainValue = boolean | number | string | { readonly value: number; readonly unit: string };

/** A patient read for one compiled rule set: a row of cells for the fast way, else all that is known. */
export interface Prepared {
  readonly row: Row | undefined;
  readonly state: PatientState | undefined;
}

export interface DecidedPart {
  readonly status: DecisionStatus;
  readonly value: string | readonly string[] | null;
}

export interface Decided {
  readonly decisions: Readonly<Record<string, DecidedPart>>;
  /** Ids in the order of the rules, each once. */
  readonly fired: readonly string[];
}

const PROGRAMS = new WeakMap<CompiledRuleSet, { readonly program: Program | undefined }>();

/** Made when first asked for: an editor never asks. */
function fastWay(compiled: CompiledRuleSet): Program | undefined {
  let known = PROGRAMS.get(compiled);
  if (!known) {
    known = { program: programOf(compiled) };
    PROGRAMS.set(compiled, known);
  }
  return known.program;
}

export function prepare(compiled: CompiledRuleSet, patient: Patient | PlainFacts): Prepared {
  const program = fastWay(compiled);
  if (isPatient(patient)) {
    const state = stateOf(compiled.layout, patient);
    return { row: program && { cells: program.columns.map(() => -1), open: true, state }, state };
  }
  const row = program && rowOf(compiled, program, patient);
  return { row, state: row ? undefined : stateOf(compiled.layout, patientOf(compiled, patient)) };
}

export function decide(compiled: CompiledRuleSet, { row, state }: Prepared): Decided {
  const program = row && fastWay(compiled);
  if (program) return runProgram(program, row);
  const { decisions, truths } = judge(compiled, state!);
  const short = Object.entries(decisions).map(([id, { status, value }]) => [id, { status, value }]);
  const fired = compiled.rules.filter(({ index }) => truths[index]!.includes(TRUE));
  return { decisions: Object.fromEntries(short), fired: fired.map(({ rule }) => rule.id) };
}

function rowOf(compiled: CompiledRuleSet, program: Program, plain: PlainFacts): Row {
  const { columns, expected } = program;
  const cells = new Array<number>(columns.length).fill(0);
  let general = false;
  let place = 0;
  for (const key in plain) {
    const column = expected.keys[place] === key ? expected.columns[place]! : expect(program, place, key);
    place++;
    if (column < 0) continue;
    const cell = cellOf(columns[column]!, plain[key]);
    if (cell < 0) general = true;
    cells[column] = cell;
  }
  return {
    cells,
    open: general || isOpen(columns, cells),
    state: general ? stateOf(compiled.layout, patientOf(compiled, plain)) : undefined,
  };
}

function cellOf({ table, first, cellOf }: Column, value: unknown): number {
  if (typeof value === 'number') {
    const place = (value - first) | 0;
    if (place + first === value && place >= 0 && place < table.length) return table[place]!;
  }
  return cellOf(value);
}

function isOpen(columns: readonly Column[], cells: readonly number[]): boolean {
  for (let i = 0; i < columns.length; i++) if (columns[i]!.open[cells[i]!]) return true;
  return false;
}

function expect({ columnOf, expected }: Program, place: number, key: string): number {
  const column = columnOf.get(key) ?? -1;
  expected.keys[place] = key;
  expected.columns[place] = column;
  return column;
}

function isPatient(patient: Patient | PlainFacts): patient is Patient {
  return patient.facts instanceof Map;
}

const NOWHERE = { start: 0, end: 0 };

/** The patient that the plain values mean: groups and scores unknown. */
export function patientOf({ ruleSet }: CompiledRuleSet, plain: PlainFacts): Patient {
  const facts = new Map<string, PatientFact>();
  // As the fast way reads it: what an object inherits counts too.
  for (const id in plain) {
    const value = plain[id];
    if (value === null || value === undefined) continue;
    const unit = ruleSet.facts.get(id)?.unit?.value;
    const list = typeof value === 'object' && 'oneOf' in value ? value.oneOf : [value];
    const values = list.map(each => plainValue(each, unit));
    const known = values.every(each => each !== undefined) ? values : [];
    facts.set(id, { id, file: '', idSpan: NOWHERE, span: NOWHERE, values: known });
  }
  const none = { file: '', id: undefined, title: undefined, asOf: undefined, for: [], extends: undefined, expected: [] };
  return { ...none, facts, scores: new Map(), groups: new Map() };
}

/** Undefined for a number that cannot be written exactly, such as one that is none. */
function plainValue(value: PlainValue, unit: string | undefined): PatientValue | undefined {
  const given = typeof value === 'object' ? value : { value, unit: typeof value === 'number' ? unit : undefined };
  const known = typeof given.value === 'number' ? Exact.parse(String(given.value)) : given.value;
  if (known === undefined) return undefined;
  return { span: NOWHERE, value: known, unit: given.unit === undefined ? undefined : { value: given.unit, span: NOWHERE } };
}
