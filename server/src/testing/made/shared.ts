/** The base that a rule set's cases share, where there is just one: made cases extend it too, and state only what differs. */
import { answer } from '../../evaluation/answer.ts';
import type { CompiledRuleSet } from '../../evaluation/compile.ts';
import { stateOf } from '../../evaluation/patient-state.ts';
import { casesOf, extendCase } from '../../model/case-table.ts';
import { Exact } from '../../model/exact.ts';
import { extendPatient } from '../../model/extend-patient.ts';
import type { Patient, PatientFact, PatientRecord, PatientScore } from '../../model/patient.ts';
import { readPatient } from '../../model/read-patient.ts';
import { parseDocument } from '../../syntax/document.ts';
import type { Workspace } from '../../workspace.ts';
import { changesTo, type Sheet } from './sheet.ts';

export interface SharedBase {
  readonly file: string;
  readonly patient: Patient;
  /** All that is recorded of it. */
  readonly sheet: Sheet;
  readonly asOf: string;
}

/** `patients` are those of the rule set. Undefined where they extend nobody or not all the same, or where the base says what no made file would. */
export function sharedBaseOf(workspace: Workspace, patients: readonly string[]): SharedBase | undefined {
  const bases = new Set(patients.flatMap(file => workspace.patient(file)?.chain.slice(1).at(-1) ?? []));
  const [file, ...more] = bases;
  const patient = file === undefined || more.length > 0 ? undefined : workspace.patient(file)?.patient;
  return file === undefined || !patient ? undefined : asBase(file, patient);
}

/** Undefined where something of it cannot be written down again as it is. */
export function asBase(file: string, patient: Patient): SharedBase | undefined {
  const asOf = patient.asOf?.value;
  const lines = new Map<string, unknown>();
  let isWhole = addHolder(lines, '', patient);
  for (const { id, complete, records } of patient.groups.values()) {
    lines.set(`groups/${id}/complete`, complete !== false);
    if (new Set(records.map(record => record.id)).size < records.length) isWhole = false;
    for (const record of records) {
      lines.set(`groups/${id}/records/${record.id}`, true);
      if (!addHolder(lines, `groups/${id}/records/${record.id}/`, record)) isWhole = false;
    }
  }
  // A day alone leaves open when it was: what happened so many hours ago could not be told.
  return isWhole && asOf?.includes('T') ? { file, patient, sheet: lines, asOf } : undefined;
}

function addHolder(lines: Map<string, unknown>, prefix: string, { facts, scores }: Pick<PatientRecord, 'facts' | 'scores'>): boolean {
  const add = (path: string, fact: PatientFact): boolean => {
    const value = writtenOf(fact);
    if (value !== undefined) lines.set(`${prefix}${path}`, value);
    return value !== undefined;
  };
  const addScore = ({ id, on, options }: PatientScore) => {
    if (on) lines.set(`${prefix}scores/${id}/on`, on.value);
    const isSomething = on !== undefined || options.size > 0;
    return isSomething && [...options.values()].map(option => add(`scores/${id}/options/${option.id}`, option)).every(Boolean);
  };
  const ofFacts = [...facts.values()].map(fact => add(`facts/${fact.id}`, fact));
  return [...ofFacts, ...[...scores.values()].map(addScore)].every(Boolean);
}

/** As written in a patient's file; undefined for none, and for a number that no double holds. */
function writtenOf({ values }: PatientFact): unknown {
  const written = values.map(({ value, unit }) => {
    if (!(value instanceof Exact)) return value;
    return value.short ? (unit ? { value: value.double, unit: unit.value } : value.double) : undefined;
  });
  if (written.length === 0 || written.includes(undefined)) return undefined;
  return written.length === 1 ? written[0] : { oneOf: written };
}

/** What of the sheet must be stated over the base: a score as a whole, for it is taken over as a whole. Undefined where something would have to be taken away. */
export function statedOver({ sheet: base }: SharedBase, sheet: Sheet): Sheet | undefined {
  const stated = new Map<string, unknown>();
  for (const [path, value] of changesTo(base, sheet)) {
    if (value === undefined) return undefined;
    const record = /^groups\/[^/]+\/records\/[^/]+/.exec(path)?.[0];
    if (record !== undefined) stated.set(record, true);
    const score = /^(?:groups\/[^/]+\/records\/[^/]+\/)?scores\/[^/]+\//.exec(path)?.[0];
    if (score !== undefined) for (const [other, own] of sheet) if (other.startsWith(score)) stated.set(other, own);
    stated.set(path, value);
  }
  return stated;
}

/** Whether the file says the same of each of its patients over the base as it does by itself. */
export function saysTheSame(compiled: CompiledRuleSet, extending: string, alone: string, base: Patient): boolean {
  const outcomes = (text: string, extended: Patient | undefined) => {
    const own = readPatient(parseDocument(text), 'made');
    const whole = extended ? extendPatient(own, extended) : own;
    const patients = [whole, ...casesOf(own).patients.map(row => extendCase(row, whole))];
    return patients.map(patient => JSON.stringify(answer(compiled, stateOf(compiled.layout, patient))));
  };
  const [here, there] = [outcomes(extending, base), outcomes(alone, undefined)];
  return here.length === there.length && here.every((outcome, i) => outcome === there[i]);
}
