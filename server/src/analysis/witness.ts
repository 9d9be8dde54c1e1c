/** A patient, in plain JSON, out of what a solution leaves: the simplest value of each cell, then nothing that can be left out. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { Fact, Rule } from '../model/rule-set.ts';
import { type Input, inputsFor } from './arithmetic.ts';
import { type Bits, firstBit } from './bits.ts';
import { convert } from './cells.ts';
import { momentOf } from './event-cells.ts';
import { isDerived } from './gather.ts';
import { PATIENT, type Scope, type Space } from './space.ts';
import type { Cell, Variable } from './variables.ts';

/** As in a `*.patient.json`. */
export interface WitnessPatient {
  readonly asOf: string;
  facts: Record<string, unknown>;
  scores?: Record<string, { on: string; options: Record<string, unknown> }>;
  groups?: Record<string, { complete: boolean; records: WitnessRecord[] }>;
}

export interface WitnessRecord {
  readonly id: string;
  facts: Record<string, unknown>;
  scores?: Record<string, { on: string; options: Record<string, unknown> }>;
}

/** A rule's id, and `rule@record` for a rule of a group; each rule is looked at only when it is asked for. */
export interface RuleKeys extends Pick<ReadonlySet<string>, 'has'> {
  /** All keys of one rule. */
  of(rule: string): ReadonlySet<string>;
}

/** What the evaluator says of a patient. */
export interface Replayed {
  /** Within `appliesTo` for certain, and not what the rule set calls impossible. */
  readonly inScope: boolean;
  readonly fired: RuleKeys;
  readonly ruledOut: RuleKeys;
  /** By decision: the value decided, or the status. */
  readonly decisions: Pick<ReadonlyMap<string, string>, 'get'>;
  /** By rule the sets of rules whose effects collide with its own, in force: `a+b`, sorted, itself among them. */
  readonly collisions: { of(rule: string): ReadonlySet<string> };
}

type Holder = WitnessPatient | WitnessRecord;

export interface Replay {
  (patient: WitnessPatient): Replayed;
  /** Where no other rules have a say in what is asked, these may be run without the others. */
  ofFew(rules: readonly Rule[]): (patient: WitnessPatient) => Replayed;
  /** With these instead of all rules. */
  instead(rules: readonly Rule[]): (patient: WitnessPatient) => Replayed;
}

const AS_OF = '2026-01-01T12:00:00Z';

/** `box` leaves every variable of the space at least one cell; the first is taken. Only what the question reads (`used`) is written. */
export function witnessOf(space: Space, box: readonly Bits[], used: ReadonlySet<number>): WitnessPatient {
  const patient: WitnessPatient = { asOf: asOfFor(space, box, used), facts: {} };
  const records = recordsOf(space, box, used, patient);
  const derived: { variable: Variable; cell: Cell; holder: Holder }[] = [];
  for (const index of [...used].sort((a, b) => a - b)) {
    const variable = space.variables[index]!;
    const cell = variable.cells[firstBit(box[index]!)]!;
    const holder = variable.group === undefined ? patient : records.get(`${variable.group}#${variable.slot}`);
    if (!holder || variable.stale !== undefined) continue;
    if (cell.kind === 'absent') {
      writeDayAlone(patient.asOf, holder, variable);
      continue;
    }
    if (variable.free) derived.push({ variable, cell, holder });
    else write(space, patient.asOf, holder, variable, cell);
  }
  for (const one of derived) writeInputs(space, patient, one);
  const stale = staleScores(space, box, used);
  dateScores(space, patient.asOf, patient, PATIENT, stale);
  for (const [key, record] of records) dateScores(space, patient.asOf, record, scopeOfKey(key), stale);
  addVoidingEvents(space, patient);
  return patient;
}

function recordsOf(space: Space, box: readonly Bits[], used: ReadonlySet<number>, patient: WitnessPatient): Map<string, WitnessRecord> {
  const records = new Map<string, WitnessRecord>();
  // A group that nobody asks for is complete and empty: left out it would be incomplete.
  for (const group of space.ruleSet.groups.keys()) {
    const count = space.slots.get(group) ?? 0;
    const list: WitnessRecord[] = [];
    for (let slot = 0; slot < count; slot++) {
      const index = space.variables.findIndex(({ key }) => key === `${group}#${slot}`);
      if (index < 0 || !used.has(index) || firstBit(box[index]!) === 0) continue;
      const record: WitnessRecord = { id: String.fromCharCode(97 + list.length), facts: {} };
      list.push(record);
      records.set(`${group}#${slot}`, record);
    }
    patient.groups ??= {};
    const open = space.variables.findIndex(({ key }) => key === `${group}?`);
    patient.groups[group] = { complete: !(used.has(open) && firstBit(box[open]!) === 1), records: list };
  }
  return records;
}

function scopeOfKey(key: string): Scope {
  const at = key.lastIndexOf('#');
  return { group: key.slice(0, at), slot: Number(key.slice(at + 1)) };
}

/** Scores of which the question wants that they are stale, by holder. */
function staleScores(space: Space, box: readonly Bits[], used: ReadonlySet<number>): ReadonlySet<string> {
  const chosen = [...used].filter(index => space.variables[index]!.stale !== undefined && firstBit(box[index]!) === 1);
  return new Set(chosen.map(index => staleKey(space.variables[index]!, space.variables[index]!.stale!)));
}

function staleKey({ group, slot }: Scope, score: string): string {
  return `${group ?? ''}#${slot} ${score}`;
}

/** Undated scores are stale: also those whose components are all read from facts need their date. */
function dateScores(space: Space, asOf: string, holder: Holder, scope: Scope, stale: ReadonlySet<string>): void {
  for (const { id, of, validFor, voidedBy } of space.ruleSet.scores.values()) {
    if (of?.value !== scope.group || (!validFor && voidedBy.length === 0)) continue;
    if (stale.has(staleKey(scope, id))) {
      delete holder.scores?.[id];
      continue;
    }
    holder.scores ??= {};
    holder.scores[id] ??= { on: asOf, options: {} };
  }
}

function write({ gathered }: Space, asOf: string, holder: Holder, { fact, option, cells }: Variable, cell: Cell): void {
  // Where it is asked whether the event is unknown, its day alone would not do.
  const isExact = cells.some(({ kind }) => kind === 'absent') || (fact && gathered.facts.get(fact)?.unknownTested) === true;
  if (fact) holder.facts[fact.id] = cell.kind === 'event' ? eventText(cell, asOf, isExact) : writtenValue(fact, cell);
  if (!option || cell.kind !== 'code') return;
  holder.scores ??= {};
  holder.scores[option.score] ??= { on: asOf, options: {} };
  holder.scores[option.score]!.options[option.component] = cell.values[0];
}

/** An event that must be recorded is unknown where no more than its day is. */
function writeDayAlone(asOf: string, holder: Holder, { fact }: Variable): void {
  if (fact?.required && fact.type === 'date') holder.facts[fact.id] = momentText(Date.parse(asOf) - 7 * 24 * HOUR).slice(0, 10);
}

/** A derived number is had through the facts it is computed from; those already written stay. */
function writeInputs(
  space: Space,
  patient: WitnessPatient,
  { variable, cell, holder }: { variable: Variable; cell: Cell; holder: Holder },
): void {
  const { fact } = variable;
  if (!fact || !isDerived(fact) || cell.kind !== 'number') return;
  const known = new Map<Fact, Input>();
  const holderOf = (one: Fact) => (one.group === undefined ? patient : holder);
  const facts = [...space.ruleSet.facts.values(), ...(space.ruleSet.groups.get(fact.group ?? '')?.facts.values() ?? [])];
  for (const one of facts) {
    const input = readInput(one, holderOf(one).facts[one.id]);
    if (input) known.set(one, input);
  }
  for (const input of inputsFor(space.ruleSet, fact, cell.value, cell.unit, known) ?? []) {
    const cellOf: Cell = { kind: 'number', value: input.value, unit: input.unit, above: undefined, below: undefined };
    holderOf(input.fact).facts[input.fact.id] = writtenValue(input.fact, cellOf);
  }
}

function readInput(fact: Fact, value: unknown): Input | undefined {
  const number = typeof value === 'object' && value !== null && 'value' in value ? value : { value, unit: undefined };
  return typeof number.value === 'number' ? { fact, value: Exact.of(number.value), unit: (number as { unit?: string }).unit } : undefined;
}

const HOUR = 3_600_000;

/** A moment that long before `asOf`; an event of which only the day matters is put on that day. */
function eventText({ since, day }: EventCell, asOf: string, isExact: boolean): string {
  if (day !== undefined && since === undefined) return isExact ? momentText(momentOf(day)) : day;
  return momentText(Date.parse(asOf) - Math.round((since?.double ?? 24) * HOUR));
}

type EventCell = Extract<Cell, { kind: 'event' }>;

/** As a patient's file has it. */
export function momentText(moment: number): string {
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}

/** Late enough for every event: an event on a day, and so long ago, says when the patient is seen. */
function asOfFor(space: Space, box: readonly Bits[], used: ReadonlySet<number>): string {
  const events = [...used].flatMap(index => {
    const cell = space.variables[index]!.cells[firstBit(box[index]!)]!;
    return cell.kind === 'event' && cell.day !== undefined ? [{ moment: momentOf(cell.day), since: cell.since }] : [];
  });
  const both = events.find(({ since }) => since !== undefined);
  if (both) return momentText(both.moment + Math.round(both.since!.double * HOUR));
  return momentText(Math.max(Date.parse(AS_OF), ...events.map(({ moment }) => moment + 24 * HOUR)));
}

/** As a patient file has it. */
export function writtenValue(fact: Fact, cell: Cell): unknown {
  switch (cell.kind) {
    case 'boolean':
      return cell.value;
    case 'code':
      return cell.several ? { oneOf: cell.values } : cell.values[0];
    case 'never':
      return 'never';
    case 'number':
      return fact.type === 'quantity' ? writtenAmount(fact, cell.value, cell.unit) : (writtenNumber(cell.value) ?? cell.value.double);
    default:
      return null;
  }
}

/** In another unit of the fact where it has no end in this one. */
function writtenAmount(fact: Fact, value: Exact, unit: string | undefined): unknown {
  const units = [unit, fact.unit?.value, ...fact.alsoIn.map(other => other.unit.value)];
  for (const other of units) {
    const converted = convert(value, unit, fact, other);
    const number = converted && writtenNumber(converted);
    if (number !== undefined) return { value: number, unit: other };
  }
  return { value: value.double, unit };
}

/** More places than this no file has. */
const MOST_PLACES = 100;

/** A number that no double holds is put down by its digits: see `withExactNumbers`. Undefined where its digits have no end. */
function writtenNumber(value: Exact): unknown {
  if (value.short) return value.double;
  const text = value.toString(MOST_PLACES);
  return text.startsWith('≈') ? undefined : { exactly: text };
}

/** The JSON text of a witness with every number as a plain numeral. */
export function withExactNumbers(json: string): string {
  return json.replace(/\{\s*"exactly":\s*"(-?[\d.]+)"\s*\}/g, '$1');
}

function addVoidingEvents(space: Space, patient: WitnessPatient): void {
  const scored = new Set(
    [patient, ...Object.values(patient.groups ?? {}).flatMap(({ records }) => records)].flatMap(({ scores }) => Object.keys(scores ?? {})),
  );
  for (const id of scored) {
    const score = space.ruleSet.scores.get(id);
    for (const { value } of score?.voidedBy ?? []) {
      const fact = factIn(space.ruleSet, score?.of?.value, value);
      if (fact?.group === undefined) patient.facts[value] ??= 'never';
      else for (const record of patient.groups?.[fact.group]?.records ?? []) record.facts[value] ??= 'never';
    }
  }
}

/**
 * Leaves out, one by one, every fact, option, score and record without which `shows` still holds; keeps what `keep` names. What could not be
 * left out once is tried again only when something else went.
 */
export function smallest(patient: WitnessPatient, shows: (patient: WitnessPatient) => boolean, keep: ReadonlySet<string>): WitnessPatient {
  let best = patient;
  for (;;) {
    const before = best;
    let ways = omissions(best, keep);
    for (let i = 0; i < ways.length; ) {
      const smaller = changed(best, ways[i]!);
      if (!shows(smaller)) i++;
      else {
        best = smaller;
        ways = omissions(best, keep);
      }
    }
    if (best === before) return tidied(best);
  }
}

/** Without the empty lists of scores that leaving out has left behind. */
function tidied(patient: WitnessPatient): WitnessPatient {
  const copy = structuredClone(patient);
  for (const holder of [copy, ...Object.values(copy.groups ?? {}).flatMap(({ records }) => records)]) {
    if (Object.keys(holder.scores ?? {}).length === 0) delete holder.scores;
  }
  return copy;
}

type Change = (copy: WitnessPatient) => unknown;

/** Ways to leave one thing out. Records first: the most goes at once. */
function omissions(patient: WitnessPatient, keep: ReadonlySet<string>): Change[] {
  const groups = Object.entries(patient.groups ?? {});
  const ofGroups = groups.flatMap(([group, { records }]): Change[] => {
    const each = records
      .map(
        (_, i): Change =>
          copy =>
            copy.groups![group]!.records.splice(i, 1),
      )
      .reverse();
    return records.length > 0 ? each : [copy => delete copy.groups![group]];
  });
  const ofRecords = groups.flatMap(([group, { records }]) =>
    records.flatMap((record, i) => omissionsIn(record, keep, copy => copy.groups![group]!.records[i]!)),
  );
  return [...ofGroups, ...omissionsIn(patient, keep, copy => copy), ...ofRecords];
}

function omissionsIn({ facts, scores }: Holder, keep: ReadonlySet<string>, find: (copy: WitnessPatient) => Holder): Change[] {
  const ofFacts = Object.keys(facts).filter(id => !keep.has(id));
  return [
    ...ofFacts.map(
      (id): Change =>
        copy =>
          delete find(copy).facts[id],
    ),
    ...Object.entries(scores ?? {}).flatMap(([score, { options }]): Change[] => [
      copy => delete find(copy).scores![score],
      ...Object.keys(options).map(
        (component): Change =>
          copy =>
            delete find(copy).scores![score]!.options[component],
      ),
    ]),
  ];
}

function changed(patient: WitnessPatient, change: Change): WitnessPatient {
  const copy = structuredClone(patient);
  change(copy);
  return copy;
}
