/** A FHIR R4 Bundle as sample patients for a rule set, with a report of what was taken over and what was left out. */
import type { Fact, Group, RuleSet } from '../model/rule-set.ts';
import { type Bindings, bindingsOf } from './bindings.ts';
import { type Bundle, type BundlePatient, type Entry, readBundle } from './bundle.ts';
import { FactValues, type Settled } from './collect.ts';
import { isAfter, isDate, isDateOrTime, yearsBetween } from './dates.ts';
import { type FhirPaths, fhirPathsOf } from './fhir-path.ts';
import { listUnder, textUnder } from './json.ts';
import { patientText, type Target } from './patient-text.ts';
import { addRecords, addUnplaced, type Records } from './records.ts';
import { type Imported, type ImportedPatient, LeftOutList, type Taken } from './report.ts';
import { type Answer, type Held, type Statement, statementsOf } from './statements.ts';
import { ADMINISTRATIVE_GENDER, codingsOf, keyOf, LOINC, toldCode } from './systems.ts';

/** `asOf` is a day or a moment; without one the bundle's own moment is taken, or the latest date in it. */
export async function importBundle(ruleSet: RuleSet, text: string, target: Target, asOf?: string): Promise<Imported> {
  const bundle = readBundle(text);
  if ('problem' in bundle) return { patients: [], problems: [bundle.problem], stopped: true, needsDay: false };
  const paths = await fhirPathsOf(ruleSet);
  const bindings = bindingsOf(ruleSet);
  const problems = [...bundle.problems, ...paths.problems];
  const strays = new LeftOutList();
  for (const { entry, why } of bundle.strays) strays.add(`${entry.type}, entry ${entry.number}`, '', why);
  problems.push(
    ...strays.list().map(({ from, why, count }) => `Not imported: ${from}${count > 1 ? ` and ${count - 1} more` : ''}: ${why}.`),
  );
  if (!bundle.patients.length) problems.push('No patient was found in the bundle.');
  const patients: ImportedPatient[] = [];
  for (const [i, patient] of bundle.patients.entries()) {
    const day = asOf ?? dayOf(bundle, patient);
    if (day === undefined) problems.push(`Patient ${i + 1}: the bundle has no date, so the day to describe the patient for must be given.`);
    else patients.push(importPatient({ bindings, bundle, paths, asOf: day }, patient, target, i + 1));
  }
  return {
    patients,
    problems,
    stopped: patients.length === 0 || patients.length < bundle.patients.length,
    needsDay: patients.length < bundle.patients.length,
  };
}

/** Never the clock's: the same bundle always gives the same patient. */
function dayOf(bundle: Bundle, { entries }: BundlePatient): string | undefined {
  if (bundle.timestamp !== undefined && isDateOrTime(bundle.timestamp)) return bundle.timestamp;
  let last: string | undefined;
  for (const entry of entries)
    for (const key of ['effectiveDateTime', 'effectiveInstant', 'performedDateTime', 'authoredOn', 'recordedDate', 'onsetDateTime']) {
      const date = textUnder(entry.resource, key);
      if (date !== undefined && isDateOrTime(date) && (last === undefined || isAfter(date, last))) last = date;
    }
  return last?.slice(0, 10);
}

interface Surroundings {
  readonly bindings: Bindings;
  readonly bundle: Bundle;
  readonly paths: FhirPaths;
  readonly asOf: string;
}

interface Reading extends Surroundings {
  readonly facts: FactValues;
  readonly records: Records;
  readonly leftOut: LeftOutList;
  /** Groups of which the bundle says that there is nothing. */
  readonly none: Set<Group>;
}

function importPatient(surroundings: Surroundings, { patient, entries }: BundlePatient, target: Target, number: number): ImportedPatient {
  const { bindings, asOf } = surroundings;
  const leftOut = new LeftOutList();
  const facts = new FactValues(bindings, asOf, leftOut);
  const records: Records = { ...surroundings, leftOut, groups: new Map(), unplaced: new Map() };
  const reading: Reading = { ...surroundings, facts, records, leftOut, none: new Set() };
  if (patient) readPatient(reading, patient);
  for (const entry of entries) readEntry(reading, entry);
  addUnplaced(records);
  return settled(reading, target, number);
}

function settled({ bindings: { ruleSet }, facts, records, leftOut, none, asOf }: Reading, target: Target, number: number): ImportedPatient {
  const taken: Taken[] = [];
  const own = facts.settle(ruleSet.facts.values(), fact => fact.id, taken);
  const groups = [...ruleSet.groups.values()].map(group => {
    const lists = [...(records.groups.get(group)?.values() ?? [])].map((values, i): readonly [string, ReadonlyMap<string, Settled>] => {
      const id = recordId(i);
      return [id, values.settle(group.facts.values(), fact => `${group.id}.${id}.${fact.id}`, taken)];
    });
    return { group, records: lists, complete: none.has(group) && !lists.length };
  });
  const id = `imported-${number}`;
  const title = `Imported from a FHIR bundle: patient ${number}`;
  return { id, text: patientText(ruleSet, { ...target, id, title, asOf }, own, groups), taken, leftOut: leftOut.list() };
}

function recordId(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `r${index + 1}`;
}

const AGE = ['30525-0', '21612-7'].map(code => keyOf({ system: LOINC, code }));
const SEX = ['46098-0', '76689-9'].map(code => keyOf({ system: LOINC, code }));
const BORN = keyOf({ system: LOINC, code: '21112-8' });

function readPatient({ bindings, facts, paths, leftOut, asOf }: Reading, entry: Entry): void {
  const from = `Patient, entry ${entry.number}`;
  const about = { from, date: undefined };
  const born = textUnder(entry.resource, 'birthDate');
  const bound = (keys: readonly string[]) => new Set(keys.flatMap(key => bindings.facts.get(key) ?? []));
  if (born !== undefined && isDate(born) && !isAfter(born, asOf))
    for (const fact of bound(AGE)) for (const years of yearsBetween(born, asOf)) facts.add(fact, ageOf(fact, years), about);
  for (const fact of bound([BORN])) leftOut.add(from, fact.id, 'the date of birth is not carried over: it may tell who the patient is');
  const gender = textUnder(entry.resource, 'gender');
  if (gender !== undefined)
    for (const fact of bound(SEX)) {
      const coded = bindings.valuesOf(fact).byCode.has(keyOf({ system: ADMINISTRATIVE_GENDER, code: gender }));
      const codes = [{ system: ADMINISTRATIVE_GENDER, code: gender }];
      facts.add(fact, coded ? { kind: 'codes', codes } : { kind: 'id', id: gender }, about);
    }
  readPaths({ bindings, facts, paths }, entry, from, undefined);
}

function ageOf(fact: Fact, years: number) {
  return { kind: 'number', value: years, unit: fact.type === 'quantity' ? 'a' : undefined } as const;
}

function readPaths(
  { bindings, facts, paths }: Pick<Reading, 'bindings' | 'facts' | 'paths'>,
  entry: Entry,
  from: string,
  date: string | undefined,
): boolean {
  let found = false;
  for (const fact of bindings.ruleSet.facts.values())
    for (const raw of paths.valuesOf(fact, entry.resource) ?? []) {
      found = true;
      facts.add(fact, raw, { from, date });
    }
  return found;
}

function readEntry(reading: Reading, entry: Entry): void {
  if (entry.type === 'List') {
    readList(reading, entry);
    return;
  }
  const statements = statementsOf(entry, reading.bundle, reading.asOf);
  const [first] = statements;
  // What is not read by code, such as another type of resource, may be by FHIRPath; what has the wrong status may not.
  const isOpen = first !== undefined && (first.kind !== 'unread' || first.why === OTHER_TYPE);
  const found = isOpen && readPaths(reading, entry, first.from, first.date);
  for (const statement of statements) if (!readStatement(reading, statement) && !found) leaveOut(reading, statement);
}

const OTHER_TYPE = 'resources of this type are not read';

function leaveOut({ leftOut, bindings }: Reading, statement: Statement): void {
  const code = statement.codes.slice(0, 3).map(toldCode).join(', ');
  const derived = statement.codes.map(keyOf).flatMap(key => bindings.derived.get(key) ?? [])[0];
  const calculated =
    derived === undefined ? 'nothing in the rule set has this code' : `${derived} is calculated from other facts, never recorded`;
  const why = statement.kind === 'unread' ? statement.why : code ? calculated : 'it has no code of a known system';
  leftOut.add(statement.from, code, why);
}

/** Whether something was made of it, or it was told why not. */
function readStatement(reading: Reading, statement: Statement): boolean {
  if (statement.kind === 'answer') return readAnswer(reading, statement);
  return statement.kind === 'held' && readHeld(reading, statement);
}

function readAnswer({ bindings, facts }: Reading, answer: Answer): boolean {
  const bound = new Set(answer.codes.map(keyOf).flatMap(key => bindings.facts.get(key) ?? []));
  for (const fact of bound) {
    const codes = [...(answer.raw.kind === 'codes' ? answer.raw.codes : []), ...answer.interpretation];
    facts.add(fact, fact.type === 'code' && codes.length ? { kind: 'codes', codes } : answer.raw, answer);
  }
  return bound.size > 0;
}

function readHeld(reading: Reading, held: Held): boolean {
  const { bindings, facts } = reading;
  const keys = held.codes.map(keyOf);
  const bound = new Set(keys.flatMap(key => bindings.facts.get(key) ?? []));
  for (const fact of bound) {
    if (fact.type === 'date' && held.since !== undefined)
      facts.add(fact, { kind: 'date', date: held.since }, { from: held.from, date: held.since });
    else if (fact.type === 'boolean') facts.add(fact, { kind: 'boolean', value: true }, { from: held.from, date: undefined });
    else facts.add(fact, { kind: 'none', why: 'that it holds is no value of the fact' }, held);
  }
  const named = new Set(keys.flatMap(key => bindings.byValue.get(key) ?? []));
  for (const fact of named) facts.add(fact, { kind: 'codes', codes: held.codes }, { from: held.from, date: undefined });
  return addRecords(reading.records, held) || bound.size + named.size > 0;
}

/** Only a list that says it is empty because there is known to be nothing makes a group complete. */
function readList({ bindings, none, leftOut }: Reading, entry: Entry): void {
  const codes = codingsOf({ coding: listUnder(entry.resource, 'code', 'coding') });
  const groups = new Set(codes.map(keyOf).flatMap(key => bindings.groups.get(key) ?? []));
  const reasons = listUnder(entry.resource, 'emptyReason', 'coding').map(reason => textUnder(reason, 'code'));
  const isNone =
    textUnder(entry.resource, 'status') === 'current' && reasons.includes('nilknown') && !listUnder(entry.resource, 'entry').length;
  if (groups.size && isNone) for (const group of groups) none.add(group);
  else
    leftOut.add(
      `List, entry ${entry.number}`,
      codes.slice(0, 3).map(toldCode).join(', '),
      'a list is read only where it says that nothing is known of',
    );
}
