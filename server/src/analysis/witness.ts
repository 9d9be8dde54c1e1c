/** A patient, in plain JSON, out of what a solution leaves: the simplest value of each cell, then nothing that can be left out. */
import { type Bits, firstBit } from './bits.ts';
import { factNamed, isDerived } from './gather.ts';
import type { Space } from './space.ts';
import type { Cell } from './variables.ts';
import type { Fact } from '../model/rule-set.ts';

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

/** What the evaluator says of a patient. `fired` has a rule's id, and `rule@record` for a rule of a group. */
export interface Replayed {
  readonly fired: ReadonlySet<string>;
  readonly ruledOut: ReadonlySet<string>;
  /** By decision: the value decided, or the status. */
  readonly decisions: ReadonlyMap<string, string>;
  /** Pairs of rules whose effects collide, in force: `a+b`, sorted. */
  readonly collisions: ReadonlySet<string>;
}

export type Replay = (patient: WitnessPatient) => Replayed;

const AS_OF = '2026-01-01T12:00:00Z';
const AS_OF_MS = Date.parse(AS_OF);

/** `box` leaves every variable of the space at least one cell; the first is taken. */
export function witnessOf(space: Space, box: readonly Bits[]): WitnessPatient {
  const patient: WitnessPatient = { asOf: AS_OF, facts: {} };
  const records = recordsOf(space, box, patient);
  space.variables.forEach(({ key, cells, free }, index) => {
    const cell = cells[firstBit(box[index]!)]!;
    const [, group, slot, name] = /^(?:(.+)#(\d+)\.)?(.+)$/.exec(key)!;
    const holder = group === undefined ? patient : records.get(`${group}#${slot}`);
    if (!holder || free || cell.kind === 'absent' || /#\d+$/.test(key)) return;
    write(space, holder, name!, group, cell);
  });
  // Undated scores are stale, and so are those that a later event voids.
  for (const holder of [patient, ...records.values()]) for (const score of Object.values(holder.scores ?? {})) score.on = AS_OF;
  addVoidingEvents(space, patient);
  return patient;
}

function recordsOf(space: Space, box: readonly Bits[], patient: WitnessPatient): Map<string, WitnessRecord> {
  const records = new Map<string, WitnessRecord>();
  for (const [group, count] of space.slots) {
    const list: WitnessRecord[] = [];
    for (let slot = 0; slot < count; slot++) {
      const index = space.variables.findIndex(({ key }) => key === `${group}#${slot}`);
      if (index >= 0 && firstBit(box[index]!) === 0) continue;
      const record: WitnessRecord = { id: String.fromCharCode(97 + list.length), facts: {} };
      list.push(record);
      records.set(`${group}#${slot}`, record);
    }
    patient.groups ??= {};
    patient.groups[group] = { complete: true, records: list };
  }
  return records;
}

function write(space: Space, holder: WitnessPatient | WitnessRecord, name: string, group: string | undefined, cell: Cell): void {
  const [score, component] = name.split(':');
  if (component !== undefined) {
    holder.scores ??= {};
    holder.scores[score!] ??= { on: AS_OF, options: {} };
    holder.scores[score!]!.options[component] = cell.kind === 'code' ? cell.values[0] : null;
    return;
  }
  const fact = factNamed(space.ruleSet, name, group);
  if (fact && !isDerived(fact)) holder.facts[name] = valueOf(fact, cell);
}

const HOUR = 3_600_000;

/** A moment that long before `asOf`; an event of which only the day matters is put on that day. */
function eventText({ since, day }: Extract<Cell, { kind: 'event' }>): string {
  if (day !== undefined && since === undefined) return day;
  return new Date(AS_OF_MS - Math.round((since?.double ?? 24) * HOUR)).toISOString().replace('.000Z', 'Z');
}

function valueOf(fact: Fact, cell: Cell): unknown {
  switch (cell.kind) {
    case 'boolean':
      return cell.value;
    case 'code':
      return cell.values[0];
    case 'never':
      return 'never';
    case 'event':
      return eventText(cell);
    case 'number': {
      const number = Number(cell.value.toString(30).replace('≈', ''));
      return fact.type === 'quantity' ? { value: number, unit: cell.unit } : number;
    }
    case 'absent':
      return null;
  }
}

function addVoidingEvents(space: Space, patient: WitnessPatient): void {
  const scored = new Set([patient, ...Object.values(patient.groups ?? {}).flatMap(({ records }) => records)].flatMap(({ scores }) => Object.keys(scores ?? {})));
  for (const id of scored) {
    const score = space.ruleSet.scores.get(id);
    for (const { value } of score?.voidedBy ?? []) {
      const fact = factNamed(space.ruleSet, value, score?.of?.value);
      if (fact?.group === undefined) patient.facts[value] ??= 'never';
      else for (const record of patient.groups?.[fact.group]?.records ?? []) record.facts[value] ??= 'never';
    }
  }
}

/** Leaves out, one by one, every fact, option, score and record without which `shows` still holds. Keeps what `keep` names. */
export function smallest(patient: WitnessPatient, shows: (patient: WitnessPatient) => boolean, keep: ReadonlySet<string>): WitnessPatient {
  let best = patient;
  for (;;) {
    const smaller = without(best, keep).find(shows);
    if (!smaller) return best;
    best = smaller;
  }
}

/** The patient with one thing less, each way. Records first: the most goes at once. */
function without(patient: WitnessPatient, keep: ReadonlySet<string>): WitnessPatient[] {
  const ways: WitnessPatient[] = [];
  const change = (edit: (copy: WitnessPatient) => void) => {
    const copy = structuredClone(patient);
    edit(copy);
    ways.push(copy);
  };
  for (const [group, { records }] of Object.entries(patient.groups ?? {})) {
    for (let i = records.length - 1; i >= 0; i--) change(copy => void copy.groups![group]!.records.splice(i, 1));
    if (records.length === 0) change(copy => void delete copy.groups![group]);
  }
  withoutIn(patient, keep, change, copy => copy);
  for (const [group, { records }] of Object.entries(patient.groups ?? {})) {
    records.forEach((record, i) => withoutIn(record, keep, change, copy => copy.groups![group]!.records[i]!));
  }
  return ways;
}

type Holder = WitnessPatient | WitnessRecord;

function withoutIn(holder: Holder, keep: ReadonlySet<string>, change: (edit: (copy: WitnessPatient) => void) => void, find: (copy: WitnessPatient) => Holder): void {
  for (const id of Object.keys(holder.facts)) if (!keep.has(id)) change(copy => void delete find(copy).facts[id]);
  for (const [score, { options }] of Object.entries(holder.scores ?? {})) {
    change(copy => void delete find(copy).scores![score]);
    for (const component of Object.keys(options)) change(copy => void delete find(copy).scores![score]!.options[component]);
  }
}
