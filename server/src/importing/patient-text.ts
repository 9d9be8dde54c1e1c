/** The text of an imported sample patient. */
import type { ComponentSource, Group, RuleSet, Score } from '../model/rule-set.ts';
import type { FactJson, Settled } from './collect.ts';
import { isDateOrTime } from './dates.ts';

export interface Target {
  /** Path of the rule set, relative to the patient's file. */
  readonly ruleSet: string;
}

interface Heading extends Target {
  readonly id: string;
  readonly title: string;
  readonly asOf: string;
}

/** By score: the date and what was recorded for its components. */
export type RecordedScores = Map<string, RecordedScore>;

interface RecordedScore {
  readonly on?: string;
  readonly options?: Readonly<Record<string, string | { readonly oneOf: readonly string[] }>>;
}

export interface GroupRecords {
  readonly group: Group;
  readonly records: readonly (readonly [string, ReadonlyMap<string, Settled>, RecordedScores?])[];
  readonly complete: boolean;
}

export function patientText(
  ruleSet: RuleSet,
  { id, title, asOf, ruleSet: path }: Heading,
  facts: ReadonlyMap<string, Settled>,
  groups: readonly GroupRecords[],
  scores?: RecordedScores,
): string {
  const lists = groups.map(({ group, records, complete }) => {
    const list = records.map(([record, values, recorded]) => ({
      id: record,
      facts: valuesOf(values),
      ...scoresOf(ruleSet, group.id, values, recorded),
    }));
    return [group.id, { complete, records: list }] as const;
  });
  const patient = {
    id,
    title,
    asOf,
    for: [path],
    facts: valuesOf(facts),
    ...scoresOf(ruleSet, undefined, facts, scores),
    ...(lists.length ? { groups: Object.fromEntries(lists) } : {}),
  };
  return `${JSON.stringify(patient, null, 2)}\n`;
}

function valuesOf(facts: ReadonlyMap<string, Settled>): Record<string, FactJson> {
  return Object.fromEntries([...facts].map(([id, { value }]) => [id, value]));
}

/** A score that holds for a time, and is made of facts that were all found on one date, was scored then. */
function scoresOf(
  ruleSet: RuleSet,
  group: string | undefined,
  facts: ReadonlyMap<string, Settled>,
  recorded: RecordedScores = new Map(),
): { readonly scores?: Readonly<Record<string, RecordedScore>> } {
  const scores = [...ruleSet.scores.values()].flatMap(score => {
    const known = recorded.get(score.id);
    if (known) return [[score.id, known] as const];
    const on = score.of?.value === group && (score.validFor || score.voidedBy.length) ? dateOf(score, facts) : undefined;
    return on === undefined ? [] : [[score.id, { on }] as const];
  });
  return scores.length ? { scores: Object.fromEntries(scores) } : {};
}

function dateOf(score: Score, facts: ReadonlyMap<string, Settled>): string | undefined {
  const dates = new Set([...score.components.values()].map(({ how }) => facts.get(factOf(how) ?? '')?.date));
  const [date] = dates;
  return dates.size === 1 && date !== undefined && isDateOrTime(date) ? date : undefined;
}

function factOf(how: ComponentSource | undefined): string | undefined {
  if (how?.kind === 'options') return how.from?.value;
  return how?.kind === 'intervals' || how?.kind === 'value' ? how.fact.value : undefined;
}
