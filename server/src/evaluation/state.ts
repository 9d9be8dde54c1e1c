/** A patient made ready for one rule set: what is known of the patient and of each record, and what was worked out from it so far. */
import type { PatientProblem } from './outcome.ts';
import type { ScoreState } from './scores.ts';
import type { MomentValue, Possible } from './values.ts';

/** The patient, or one record of a group. */
export interface Holder {
  /** The record's id; null for the patient, and for the record that an incomplete list may still hold. */
  readonly id: string | null;
  /** By slot: the possible values of each recorded fact. Slots of derived facts are never filled here. */
  readonly facts: readonly Possible[];
  readonly scores: readonly (RecordedScore | undefined)[];
  /** Values of derived facts and states of scores, by slot, once asked for. They belong to one context: see `assume`. */
  readonly derived: (Possible | null)[];
  readonly states: (ScoreState | undefined)[];
}

export interface RecordedScore {
  /** When it was scored; undefined where that is not known. */
  readonly on: MomentValue | undefined;
  /** Possible options by component; a component that is not recorded is not there. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

export interface GroupState {
  readonly complete: boolean;
  readonly records: readonly Holder[];
  /** What a record not listed would be: nothing is known of it. Undefined where the list is complete. */
  readonly unlisted: Holder | undefined;
}

export interface PatientState {
  readonly holder: Holder;
  readonly groups: readonly GroupState[];
  readonly asOf: MomentValue | undefined;
  readonly problems: readonly PatientProblem[];
}

/** What a condition sees: the patient, and inside a group one record. */
export interface Context {
  readonly patient: PatientState;
  readonly record: Holder | undefined;
}

/** A fact or score by the place it is stored at: `group` undefined for the patient. */
export interface Slot {
  readonly group: number | undefined;
  readonly index: number;
}

export function holderOf(context: Context, slot: Slot): Holder | undefined {
  return slot.group === undefined ? context.patient.holder : context.record;
}

export function emptyHolder(id: string | null, facts: readonly Possible[], scores: readonly (RecordedScore | undefined)[]): Holder {
  return { id, facts, scores, derived: [], states: [] };
}

export interface Assumption {
  readonly slot: Slot;
  readonly values: Possible;
}

/**
 * The context in which some facts have only the values given. Everything worked out from the old values is forgotten, in other records too:
 * their scores may read the patient's facts.
 */
export function assume(context: Context, assumptions: readonly Assumption[]): Context {
  const { patient, record } = context;
  const fresh = (holder: Holder) => emptyHolder(holder.id, holder.facts, holder.scores);
  const groups = patient.groups.map(group => ({
    ...group,
    records: group.records.map(fresh),
    unlisted: group.unlisted && fresh(group.unlisted),
  }));
  const holder = withFacts(patient.holder, assumptions, undefined);
  const changed = record && withFacts(record, assumptions, 0);
  const place = (each: Holder, old: Holder | undefined) => (old === record && changed ? changed : each);
  const placed = record
    ? groups.map((group, g) => ({ ...group, records: group.records.map((each, i) => place(each, patient.groups[g]!.records[i])) }))
    : groups;
  return { patient: { ...patient, holder, groups: placed }, record: changed };
}

/** With the facts that belong to it replaced; `group` only tells the patient from a record. */
function withFacts(holder: Holder, assumptions: readonly Assumption[], group: number | undefined): Holder {
  const facts = [...holder.facts];
  for (const { slot, values } of assumptions) if ((slot.group === undefined) === (group === undefined)) facts[slot.index] = values;
  return emptyHolder(holder.id, facts, holder.scores);
}
