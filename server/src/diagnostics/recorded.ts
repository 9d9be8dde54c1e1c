/** What a patient file records, each with what the rule sets it is meant for declare under that name. */
import { factIn } from '../model/names.ts';
import type { PatientFact, PatientRecord, PatientScore, PatientValue } from '../model/patient.ts';
import type { Component, DerivedFact, Fact, RuleSet, Score } from '../model/rule-set.ts';
import type { PatientSubject } from './define.ts';
import { isDerived } from './scope.ts';

/** A recorded fact. `path` is its stable name within the patient: `lesions.a.site`. */
export interface RecordedFact {
  readonly recorded: PatientFact;
  readonly path: string;
  readonly group: string | undefined;
  readonly record: PatientRecord | undefined;
  /** Undefined where no rule set declares it there. */
  readonly fact: Fact | DerivedFact | undefined;
  /** The rule set that declares it. */
  readonly ruleSet: RuleSet | undefined;
}

export interface RecordedScore {
  readonly recorded: PatientScore;
  readonly path: string;
  readonly group: string | undefined;
  /** Undefined where no rule set declares it there. */
  readonly score: Score | undefined;
}

export interface RecordedOption {
  readonly recorded: PatientFact;
  readonly path: string;
  readonly score: Score;
  readonly component: Component | undefined;
}

/** A value of a fact that is declared and not derived: what can be held against its type, unit and domain. */
export interface RecordedValue extends RecordedFact {
  readonly value: PatientValue;
  readonly fact: Fact;
  readonly ruleSet: RuleSet;
}

/** The facts that this file itself records. */
export function* recordedFacts({ own, ruleSets }: PatientSubject): Generator<RecordedFact> {
  for (const recorded of own.facts.values()) yield factOf(recorded, recorded.id, undefined, undefined, ruleSets);
  for (const { id: group, records } of own.groups.values())
    for (const record of records)
      for (const recorded of record.facts.values()) yield factOf(recorded, `${group}.${record.id}.${recorded.id}`, group, record, ruleSets);
}

export function* recordedValues(subject: PatientSubject): Generator<RecordedValue> {
  for (const entry of recordedFacts(subject)) {
    const { fact, ruleSet } = entry;
    if (!fact || !ruleSet || isDerived(fact)) continue;
    for (const value of entry.recorded.values) yield { ...entry, value, fact, ruleSet };
  }
}

export function* recordedScores({ own, ruleSets }: PatientSubject): Generator<RecordedScore> {
  for (const recorded of own.scores.values()) yield scoreOf(recorded, recorded.id, undefined, ruleSets);
  for (const { id: group, records } of own.groups.values())
    for (const record of records)
      for (const recorded of record.scores.values()) yield scoreOf(recorded, `${group}.${record.id}.${recorded.id}`, group, ruleSets);
}

export function* recordedOptions(subject: PatientSubject): Generator<RecordedOption> {
  for (const { recorded, path, score } of recordedScores(subject)) {
    if (!score) continue;
    for (const option of recorded.options.values())
      yield { recorded: option, path: `${path}.${option.id}`, score, component: score.components.get(option.id) };
  }
}

function factOf(
  recorded: PatientFact,
  path: string,
  group: string | undefined,
  record: PatientRecord | undefined,
  ruleSets: readonly RuleSet[],
): RecordedFact {
  for (const ruleSet of ruleSets) {
    const fact = factIn(ruleSet, group, recorded.id);
    // Within a record a fact of the patient would be in sight, but it is recorded with the patient.
    if (fact && fact.group === group) return { recorded, path, group, record, fact, ruleSet };
  }
  return { recorded, path, group, record, fact: undefined, ruleSet: undefined };
}

function scoreOf(recorded: PatientScore, path: string, group: string | undefined, ruleSets: readonly RuleSet[]): RecordedScore {
  const score = ruleSets.map(({ scores }) => scores.get(recorded.id)).find(found => found !== undefined && found.of?.value === group);
  return { recorded, path, group, score };
}
