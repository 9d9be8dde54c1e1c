/** The short way: decisions and the ids of the rules that fired, for many patients. It agrees with `evaluate` on every patient. */
import { Exact } from '../model/exact.ts';
import type { Patient, PatientFact, PatientValue } from '../model/patient.ts';
import type { CompiledRuleSet } from './compile.ts';
import { judge } from './judge.ts';
import type { DecisionStatus } from './outcome.ts';
import { stateOf } from './patient-state.ts';
import type { PatientState } from './state.ts';
import { TRUE } from './values.ts';

/** A patient's own facts as plain values; a bare number is in the declared unit. */
export type PlainFacts = Readonly<Record<string, PlainValue | { readonly oneOf: readonly PlainValue[] } | null | undefined>>;
export type PlainValue = boolean | number | string | { readonly value: number; readonly unit: string };

export interface Prepared {
  readonly state: PatientState;
}

export interface Decided {
  readonly decisions: Readonly<Record<string, { readonly status: DecisionStatus; readonly value: string | readonly string[] | null }>>;
  /** Ids in the order of the rules, each once. */
  readonly fired: readonly string[];
}

export function prepare(compiled: CompiledRuleSet, patient: Patient | PlainFacts): Prepared {
  return { state: stateOf(compiled.layout, isPatient(patient) ? patient : patientOf(compiled, patient)) };
}

export function decide(compiled: CompiledRuleSet, { state }: Prepared): Decided {
  const { decisions, truths } = judge(compiled, state);
  const short = Object.entries(decisions).map(([id, { status, value }]) => [id, { status, value }]);
  const fired = compiled.rules.filter(({ index }) => truths[index]!.includes(TRUE));
  return { decisions: Object.fromEntries(short), fired: fired.map(({ rule }) => rule.id) };
}

function isPatient(patient: Patient | PlainFacts): patient is Patient {
  return patient.facts instanceof Map;
}

const NOWHERE = { start: 0, end: 0 };

/** The patient that the plain values mean: groups and scores unknown. */
export function patientOf({ ruleSet }: CompiledRuleSet, plain: PlainFacts): Patient {
  const facts = new Map<string, PatientFact>();
  for (const [id, value] of Object.entries(plain)) {
    if (value === null || value === undefined) continue;
    const unit = ruleSet.facts.get(id)?.unit?.value;
    const list = typeof value === 'object' && 'oneOf' in value ? value.oneOf : [value];
    facts.set(id, { id, file: '', idSpan: NOWHERE, span: NOWHERE, values: list.map(each => plainValue(each, unit)) });
  }
  const none = { file: '', id: undefined, title: undefined, asOf: undefined, for: [], extends: undefined, expected: [] };
  return { ...none, facts, scores: new Map(), groups: new Map() };
}

function plainValue(value: PlainValue, unit: string | undefined): PatientValue {
  const given = typeof value === 'object' ? value : { value, unit: typeof value === 'number' ? unit : undefined };
  const number = typeof given.value === 'number' ? Exact.of(given.value) : given.value;
  return { span: NOWHERE, value: number, unit: given.unit === undefined ? undefined : { value: given.unit, span: NOWHERE } };
}
