/** The text of a new sample patient for a rule set: every fact that can be recorded is named, and none is recorded. */
import type { Fact, RuleSet, Score } from '../model/rule-set.ts';
import { capitalised, spoken } from './words.ts';

export interface NewPatient {
  /** The file's name: the id is made of it. */
  readonly name: string;
  /** Path of the rule set, relative to the patient's file. */
  readonly ruleSet: string;
  /** The moment the patient is described for. */
  readonly asOf: string;
}

export function newPatientText(ruleSet: RuleSet, { name, ruleSet: path, asOf }: NewPatient): string {
  const id = patientId(name);
  const groups = [...ruleSet.groups.values()].map(group => {
    const scores = scoresOf(ruleSet, group.id, asOf);
    const record = { id: 'a', facts: namesOf(group.facts.values()), ...scores };
    return [group.id, { complete: true, records: [record] }] as const;
  });
  const patient = {
    id,
    title: capitalised(spoken(id)),
    asOf,
    for: [path],
    facts: namesOf(ruleSet.facts.values()),
    ...scoresOf(ruleSet, undefined, asOf),
    ...(groups.length ? { groups: Object.fromEntries(groups) } : {}),
  };
  return `${JSON.stringify(patient, null, 2)}\n`;
}

/** The id a patient's file gives it by its name. */
export function patientId(name: string): string {
  const id = name
    .replace(/(\.patient)?\.json$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return id || 'my-patient';
}

/** `null` stands for a value that is not recorded; a text is no input of any rule. */
function namesOf(facts: Iterable<Fact>): Record<string, null> {
  return Object.fromEntries([...facts].filter(fact => fact.type !== 'text').map(fact => [fact.id, null]));
}

/** Scores with options to record, dated the day they are for; without any option recorded. */
function scoresOf(ruleSet: RuleSet, group: string | undefined, asOf: string): { scores?: Record<string, unknown> } {
  const recorded = [...ruleSet.scores.values()].filter(score => score.of?.value === group && hasOptions(score));
  if (!recorded.length) return {};
  return { scores: Object.fromEntries(recorded.map(score => [score.id, { on: asOf.slice(0, 10), options: {} }])) };
}

function hasOptions(score: Score): boolean {
  return [...score.components.values()].some(({ how }) => how?.kind === 'options' && !how.from);
}

/** The path from one file to another, both with forward slashes and under one root. */
export function relativePath(from: string, to: string): string {
  const [own, other] = [from.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < own.length && shared < other.length - 1 && own[shared] === other[shared]) shared++;
  return [...own.slice(shared).map(() => '..'), ...other.slice(shared)].join('/');
}
