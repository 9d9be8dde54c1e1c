/** Changes tried out on a sample patient. They are told as a patient that extends the one shown, so that trying, saving and running mean the same. */
import { extendPatient } from '../model/extend-patient.ts';
import type { Patient, PatientFact, PatientRecord, PatientScore } from '../model/patient.ts';
import { readPatient } from '../model/read-patient.ts';
import { parseDocument } from '../syntax/document.ts';

/**
 * One value changed. `path` is `facts FACT`, `scores SCORE COMPONENT`, either of them after `groups GROUP RECORD`, or `groups GROUP RECORD` itself, or
 * `groups GROUP`. `value` is what a patient's file would hold there, `null` for what is not known; of a record `added` or `removed`; of a group whether its
 * list is complete.
 */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

type Written = Record<string, unknown>;

/** The patient as it would be. Of two changes of one path the last counts; a path that leads nowhere changes nothing. */
export function changedPatient(base: Patient, changes: readonly Change[]): Patient {
  const text = JSON.stringify(changesAsPatient(base, changes));
  return { ...extendPatient(readPatient(parseDocument(text), base.file), base), id: base.id, expected: [] };
}

/** What differs, in the form of a patient's file: `facts`, `scores` and `groups`, each only where something changed. */
export function changesAsPatient(base: Patient, changes: readonly Change[]): Written {
  const own: Written = {};
  for (const { path, value } of changes) {
    const [section, group, record, ...rest] = path;
    if (section !== 'groups') write(own, base, path, value, base.asOf?.value);
    else if (group !== undefined && record === undefined) inside(inside(own, 'groups'), group).complete = value === true;
    else if (group !== undefined && record !== undefined) writeRecord(own, base, { group, record, rest, value });
  }
  return own;
}

interface RecordChange {
  readonly group: string;
  readonly record: string;
  readonly rest: readonly string[];
  readonly value: unknown;
}

function writeRecord(own: Written, base: Patient, { group, record, rest, value }: RecordChange): void {
  const records = inside(inside(own, 'groups'), group);
  const list = (records.records as Written[] | undefined) ?? [];
  records.records = list;
  // Nobody has said that no other records exist.
  if (!base.groups.has(group)) records.complete ??= false;
  const known = list.find(({ id }) => id === record);
  const entry = known ?? { id: record };
  if (!known) list.push(entry);
  if (rest.length === 0) {
    if (value === 'removed') list.splice(list.indexOf(entry), 1, { id: record, remove: true });
    return;
  }
  write(
    entry,
    base.groups.get(group)?.records.find(({ id }) => id === record),
    rest,
    value,
    base.asOf?.value,
  );
}

function write(
  own: Written,
  base: Patient | PatientRecord | undefined,
  path: readonly string[],
  value: unknown,
  asOf: string | undefined,
): void {
  const [section, id, component] = path;
  if (id === undefined) return;
  if (section === 'facts') inside(own, 'facts')[id] = value;
  if (section === 'scores' && component !== undefined) {
    const scores = inside(own, 'scores');
    scores[id] ??= scoreAsWritten(base?.scores.get(id), asOf);
    const options = inside(scores[id] as Written, 'options');
    // An option that is not known is not written.
    if (value === null) delete options[component];
    else options[component] = value;
  }
}

function inside(holder: Written, key: string): Written {
  holder[key] ??= {};
  return holder[key] as Written;
}

/** A score is written anew as a whole: its options belong to its date. One that was never recorded is dated the day of the patient. */
function scoreAsWritten(score: PatientScore | undefined, asOf: string | undefined): Written {
  const on = score ? score.on?.value : asOf?.slice(0, 10);
  const known = [...(score?.options ?? [])].filter(([, { values }]) => values.length > 0);
  const options = known.map(([id, recorded]) => [id, optionAsWritten(recorded)]);
  return { ...(on === undefined ? {} : { on }), options: Object.fromEntries(options) };
}

function optionAsWritten({ values }: PatientFact): unknown {
  return values.length === 1 ? values[0]!.value : { oneOf: values.map(({ value }) => value) };
}
