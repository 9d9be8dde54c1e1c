/** A sample patient that extends another: everything of the base, one by one, unless it is written anew. */
import type { Patient, PatientGroup, PatientRecord } from './patient.ts';

/**
 * The patient with its base merged in. Facts and scores are taken over one by one, a score as a whole (its options belong to its date), a group's
 * records by their ids; `null` takes a fact away; `expected` is the patient's own. `base` has its own base merged in already.
 */
export function extendPatient(patient: Patient, base: Patient): Patient {
  return {
    ...patient,
    title: patient.title ?? base.title,
    asOf: patient.asOf ?? base.asOf,
    for: patient.for.length > 0 ? patient.for : base.for,
    facts: over(base.facts, patient.facts),
    scores: over(base.scores, patient.scores),
    groups: over(base.groups, patient.groups, extendGroup),
  };
}

/** The base's entries in their order, each replaced or extended by the one of the same key, then the new ones. */
function over<T>(base: ReadonlyMap<string, T>, own: ReadonlyMap<string, T>, extend?: (own: T, base: T) => T): ReadonlyMap<string, T> {
  const merged = new Map(base);
  for (const [key, value] of own) {
    const below = base.get(key);
    merged.set(key, below !== undefined && extend ? extend(value, below) : value);
  }
  return merged;
}

/** An id written twice is an error told elsewhere; here both records stay, for a lesion lost would be a danger missed. */
function extendGroup(own: PatientGroup, base: PatientGroup): PatientGroup {
  const taken = new Set<PatientRecord>();
  const theirs = base.records.flatMap(record => {
    const mine = own.records.find(other => other.id === record.id && !taken.has(other));
    if (!mine) return [record];
    taken.add(mine);
    return mine.remove ? [] : [extendRecord(mine, record)];
  });
  const added = own.records.filter(record => !taken.has(record) && !record.remove);
  return { ...own, complete: own.complete ?? base.complete, records: [...theirs, ...added] };
}

function extendRecord(own: PatientRecord, base: PatientRecord): PatientRecord {
  return { ...own, facts: over(base.facts, own.facts), scores: over(base.scores, own.scores) };
}
