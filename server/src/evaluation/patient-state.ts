/** A sample patient made ready for a rule set. Whatever is wrong with a value makes it absent, and is told. */
import { isDay, readMomentsAround } from '../model/dates.ts';
import type { Exact } from '../model/exact.ts';
import type { Patient, PatientFact, PatientRecord, PatientScore, PatientValue } from '../model/patient.ts';
import type { Fact } from '../model/rule-set.ts';
import type { RecordedFact } from './compiling.ts';
import type { Layout } from './layout.ts';
import type { PatientProblem } from './outcome.ts';
import type { CompiledScore } from './scores.ts';
import { emptyHolder, type GroupState, type Holder, type PatientState, type RecordedScore } from './state.ts';
import { byText, distinct, type MomentValue, NEVER, type Possible, point, type Value } from './values.ts';
import { convert, momentsOf } from './vocabulary.ts';

/** What reading one patient carries along. */
interface Reading {
  readonly layout: Layout;
  readonly asOf: MomentValue | undefined;
  readonly asOfText: string;
  readonly problems: PatientProblem[];
  /** Whether names the rule set does not know are told: not for a patient meant for several rule sets. */
  readonly tellNames: boolean;
}

export function stateOf(layout: Layout, patient: Patient): PatientState {
  const problems: PatientProblem[] = [];
  const asOf = patient.asOf && momentsOf(patient.asOf.value);
  const reading: Reading = { layout, asOf, asOfText: patient.asOf?.value ?? '', problems, tellNames: patient.for.length < 2 };
  if (!asOf) problems.push({ code: 'as-of-missing', path: 'asOf', data: {} });
  const holder = readHolder(reading, undefined, null, '', patient);
  const groups = layout.groups.map((_, index) => readGroup(reading, index, patient));
  tellUnknownNames(reading, patient);
  problems.sort((a, b) => byText(a.path, b.path) || byText(a.code, b.code));
  return { holder, groups, asOf, problems };
}

/** A list that is not there is not complete, and empty. */
function readGroup(reading: Reading, index: number, patient: Patient): GroupState {
  const { id } = reading.layout.groups[index]!;
  const written = patient.groups.get(id);
  const complete = written !== undefined && (written.complete ?? true);
  const records = (written?.records ?? [])
    .filter(record => !record.remove)
    .map(record => readHolder(reading, index, record.id, `${id}.${record.id}.`, record));
  return { complete, records, unlisted: complete ? undefined : blankHolder(reading.layout, index, null) };
}

/** A holder of which nothing is known. */
export function blankHolder(layout: Layout, group: number | undefined, id: string | null): Holder {
  const { facts, scores } = layout.holders(group);
  return emptyHolder(
    id,
    facts.map(() => undefined),
    scores.map(() => undefined),
  );
}

function readHolder(
  reading: Reading,
  group: number | undefined,
  id: string | null,
  path: string,
  written: Patient | PatientRecord,
): Holder {
  const { facts, scores } = reading.layout.holders(group);
  const read = facts.map(fact => {
    const recorded = written.facts.get(fact.fact.id);
    return recorded && readFact(reading, fact, recorded, path + fact.fact.id);
  });
  tellAbsent(reading, facts, read, path);
  const scored = scores.map(score => {
    const recorded = written.scores.get(score.score.id);
    return recorded && readScore(reading, score, recorded, path + score.score.id);
  });
  return emptyHolder(id, read, scored);
}

function tellAbsent({ problems }: Reading, facts: readonly RecordedFact[], read: readonly Possible[], path: string): void {
  for (const [i, { fact }] of facts.entries())
    if (fact.required && read[i] === undefined)
      problems.push({ code: 'patient-required-missing', path: path + fact.id, data: { fact: fact.id } });
}

type Wrong = Omit<PatientProblem, 'path' | 'place'>;

function readFact(reading: Reading, recorded: RecordedFact, written: PatientFact, path: string): Possible {
  if (written.values.length === 0 || recorded.fact.type === 'text') return undefined;
  const found: Value[] = [];
  let sound = true;
  for (const value of written.values) {
    const read = readValue(recorded, value, reading);
    if (Array.isArray(read)) {
      found.push(...read);
      continue;
    }
    // Leaving out the one value that is wrong would be to know more than was written.
    sound = false;
    reading.problems.push({ ...(read as Wrong), path, place: { file: written.file, span: value.span } });
  }
  return sound ? distinct(found) : undefined;
}

function readValue({ fact, codes }: RecordedFact, { value, unit }: PatientValue, reading: Reading): Value[] | Wrong {
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' ? [{ kind: 'boolean', value }] : wrongType(fact);
    case 'code':
    case 'side':
      if (typeof value !== 'string') return wrongType(fact);
      if (!codes.has(value)) return { code: 'patient-unknown-value', data: { name: value, fact: fact.id } };
      return codes.leavesBelow(value).map(id => ({ kind: 'code', id }));
    case 'date':
      return typeof value === 'string' ? readDate(fact, value, reading) : wrongType(fact);
    default:
      return typeof value === 'object' ? readNumber(fact, value, unit?.value) : wrongType(fact);
  }
}

function wrongType(fact: Fact): Wrong {
  return { code: 'patient-wrong-type', data: { fact: fact.id, type: fact.type } };
}

/** Part of the day of `asOf` may lie after it: that part is left out, for an event is in the past. */
function readDate(fact: Fact, text: string, reading: Reading): Value[] | Wrong {
  if (text === 'never') return [NEVER];
  const moments = momentsOf(text);
  if (!moments) return wrongType(fact);
  if (!reading.asOf) return [moments];
  const past = pastOf(text, moments, reading);
  return past ? [past] : { code: 'patient-event-after-as-of', data: { fact: fact.id, date: text } };
}

/** What of it does not lie after `asOf`; undefined where all of it does. */
function pastOf(text: string, moments: MomentValue, { asOf, asOfText }: Reading): MomentValue | undefined {
  const around = readMomentsAround(text, asOfText)!;
  if (around.from > asOf!.to) return undefined;
  const past = { ...moments, from: Math.min(moments.from, asOf!.to), to: Math.min(moments.to, asOf!.to) };
  return isDay(text) ? { ...past, day: { from: around.from, to: Math.min(around.to, asOf!.to) } } : past;
}

function readNumber(fact: Fact, number: Exact, unit: string | undefined): Value[] | Wrong {
  const declared = [fact.unit?.value, ...fact.alsoIn.map(other => other.unit.value)];
  if (!declared.includes(unit))
    return { code: 'patient-undeclared-unit', data: { fact: fact.id, unit: unit ?? '', declared: fact.unit?.value ?? '' } };
  if (fact.type === 'integer' && !number.isInteger()) return wrongType(fact);
  const own = convert(fact, number, unit, fact.unit?.value);
  if (!own) return { code: 'patient-undeclared-unit', data: { fact: fact.id, unit: unit ?? '', declared: fact.unit?.value ?? '' } };
  const [low, high] = [fact.minimum?.value, fact.maximum?.value];
  if ((low && own.compare(low) < 0) || (high && own.compare(high) > 0))
    return { code: 'patient-outside-domain', data: { fact: fact.id, value: number.toString(), unit: unit ?? '' } };
  return [point(number, unit)];
}

function readScore(reading: Reading, score: CompiledScore, written: PatientScore, path: string): RecordedScore {
  const options = new Map<string, readonly string[]>();
  for (const component of score.components) {
    const recorded = written.options.get(component.id);
    const read = recorded && component.recordable ? readOptions(reading, score, component.id, recorded, path) : undefined;
    if (read) options.set(component.id, read);
  }
  for (const [id, recorded] of written.options)
    if (!score.components.some(component => component.id === id && component.recordable))
      tell(reading, 'patient-unknown-name', `${path}.${id}`, recorded, { name: id, score: score.score.id });
  return { on: readOn(reading, written, path), options };
}

function readOptions(
  reading: Reading,
  score: CompiledScore,
  id: string,
  written: PatientFact,
  path: string,
): readonly string[] | undefined {
  const how = score.score.components.get(id)?.how;
  if (how?.kind !== 'options' || written.values.length === 0) return undefined;
  const known = (value: PatientValue) => {
    return typeof value.value === 'string' && (how.options.has(value.value) || how.undefinedOptions.has(value.value));
  };
  const wrong = written.values.filter(value => !known(value));
  for (const { value } of wrong)
    tell(reading, 'patient-unknown-value', `${path}.${id}`, written, { name: String(value), score: score.score.id });
  return wrong.length > 0 ? undefined : [...new Set(written.values.map(({ value }) => value as string))];
}

function readOn(reading: Reading, { on, file }: PatientScore, path: string): MomentValue | undefined {
  const moments = on && momentsOf(on.value);
  if (!on || !reading.asOf) return moments;
  const place = { file, span: on.span };
  if (!moments) reading.problems.push({ code: 'patient-wrong-type', path: `${path}.on`, place, data: { type: 'date' } });
  if (!moments) return undefined;
  const past = pastOf(on.value, moments, reading);
  if (!past) reading.problems.push({ code: 'patient-event-after-as-of', path: `${path}.on`, place, data: { date: on.value } });
  return past;
}

interface Named {
  readonly file: string;
  readonly idSpan: { readonly start: number; readonly end: number };
}

function tell({ problems }: Reading, code: string, path: string, { file, idSpan }: Named, data: Record<string, string>): void {
  problems.push({ code, path, place: { file, span: idSpan }, data });
}

/** A name the rule set does not know has no effect; a misspelled one leaves the fact that was meant absent. */
function tellUnknownNames(reading: Reading, patient: Patient): void {
  if (!reading.tellNames) return;
  const among = (path: string, group: number | undefined, written: Patient | PatientRecord) => {
    const { facts, scores } = reading.layout.holders(group);
    for (const fact of written.facts.values())
      if (!facts.some(each => each.fact.id === fact.id)) tell(reading, 'patient-unknown-name', path + fact.id, fact, { name: fact.id });
    for (const score of written.scores.values())
      if (!scores.some(each => each.score.id === score.id))
        tell(reading, 'patient-unknown-name', path + score.id, score, { name: score.id });
  };
  among('', undefined, patient);
  for (const group of patient.groups.values()) {
    const index = reading.layout.groups.findIndex(({ id }) => id === group.id);
    if (index < 0) tell(reading, 'patient-unknown-name', group.id, group, { name: group.id });
    else for (const record of group.records) among(`${group.id}.${record.id}.`, index, record);
  }
}
