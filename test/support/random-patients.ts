/** Random patients for random rule sets, what they may turn out to be, and what they were before something was known. */

import type { Random } from './random.ts';
import type { ScoreJson } from './random-rule-sets.ts';
import { BROAD, FACTS, type FactKind, GROUPS, NARROW } from './random-vocabulary.ts';
import { NOON } from './rule-sets.ts';

type Facts = Readonly<Record<string, unknown>>;

export interface ScoredJson {
  readonly on?: string;
  readonly options: Facts;
}

export interface RecordJson {
  readonly id: string;
  readonly facts: Facts;
  readonly scores: Readonly<Record<string, ScoredJson>>;
}

export interface PatientJson {
  readonly id: string;
  readonly asOf: string;
  readonly facts: Facts;
  readonly scores: Readonly<Record<string, ScoredJson>>;
  readonly groups: Readonly<Record<string, { readonly complete: boolean; readonly records: readonly RecordJson[] }>>;
}

type Scores = Readonly<Record<string, ScoreJson>>;

/** `known` 1: everything is known; 0: nothing. */
export function randomPatient(random: Random, scores: Scores, known: number): PatientJson {
  const group = (id: string): [string, PatientJson['groups'][string]] => [
    id,
    {
      complete: random.chance(0.5 + known / 2),
      records: random.list(0, id === 'lesions' ? 3 : 2, index => randomRecord(random, scores, id, `r${index}`, known)),
    },
  ];
  return {
    id: 'random',
    asOf: NOON,
    facts: randomFacts(random, FACTS, known),
    scores: randomScored(random, scores, undefined, known),
    groups: Object.fromEntries(
      Object.keys(GROUPS)
        .filter(() => known === 1 || random.chance(0.5 + known / 2))
        .map(group),
    ),
  };
}

function randomRecord(random: Random, scores: Scores, group: string, id: string, known: number): RecordJson {
  return { id, facts: randomFacts(random, GROUPS[group]!, known), scores: randomScored(random, scores, group, known) };
}

function randomFacts(random: Random, kinds: Readonly<Record<string, FactKind>>, known: number): Facts {
  return Object.fromEntries(Object.entries(kinds).flatMap(([id, { values }]) => withId(id, randomValue(random, values, BROAD[id], known))));
}

function withId(id: string, value: unknown): [string, unknown][] {
  return value === undefined ? [] : [[id, value]];
}

function randomValue(random: Random, values: readonly unknown[], broad: readonly unknown[] | undefined, known: number): unknown {
  if (random.chance(known)) return random.pick(values);
  if (random.chance(0.4)) return undefined;
  if (broad && random.chance(0.4)) return random.pick(broad);
  return { oneOf: random.shuffled(values).slice(0, 2) };
}

const DATES = ['2026-11-22T12:00:00Z', '2026-11-22T02:00:00Z', '2026-11-12T12:00:00Z', '2026-10-01T12:00:00Z'];
const DAYS = ['2026-11-22', '2026-11-12', '2026-10-23'];

function randomScored(random: Random, scores: Scores, group: string | undefined, known: number): Record<string, ScoredJson> {
  const own = Object.entries(scores).filter(([, { of }]) => of === group);
  return Object.fromEntries(
    own.flatMap(([id, { components }]) => {
      if (!random.chance(0.5 + known / 2)) return [];
      const on = random.chance(0.4 + 0.6 * known) ? { on: random.pick(random.chance(known) ? DATES : DAYS) } : {};
      const recordable = Object.entries(components).filter(([, { options, from }]) => options && !from);
      const options = recordable.flatMap(([component, { options, undefined: unscored }]) => {
        const values = [...Object.keys(options as object), ...Object.keys((unscored ?? {}) as object)];
        return withId(component, randomValue(random, values, undefined, known));
      });
      return [[id, { ...on, options: Object.fromEntries(options) }]];
    }),
  );
}

/** A complete patient that the given one may turn out to be. */
export function completionOf(random: Random, patient: PatientJson, scores: Scores): PatientJson {
  const groups = Object.keys(GROUPS).map(id => {
    const { complete, records } = patient.groups[id] ?? { complete: false, records: [] };
    const listed = records.map(record => ({
      id: record.id,
      facts: completeFacts(random, GROUPS[id]!, record.facts),
      scores: completeScored(random, scores, id, record.scores),
    }));
    const more = complete ? [] : random.list(0, 2, index => randomRecord(random, scores, id, `more${index}`, 1));
    return [id, { complete: true, records: [...listed, ...more] }];
  });
  return {
    ...patient,
    facts: completeFacts(random, FACTS, patient.facts),
    scores: completeScored(random, scores, undefined, patient.scores),
    groups: Object.fromEntries(groups),
  };
}

function completeFacts(random: Random, kinds: Readonly<Record<string, FactKind>>, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(kinds).map(([id, { values }]) => [id, completeValue(random, values, facts[id])]));
}

function completeValue(random: Random, values: readonly unknown[], value: unknown): unknown {
  if (value === undefined) return random.pick(values);
  const one = isOneOf(value) ? random.pick(value.oneOf) : value;
  return typeof one === 'string' && NARROW[one] ? random.pick(NARROW[one]) : one;
}

function isOneOf(value: unknown): value is { readonly oneOf: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'oneOf' in value;
}

const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  '2026-11-22': ['2026-11-22T00:00:00Z', '2026-11-22T09:00:00Z', '2026-11-22T12:00:00Z'],
  '2026-11-12': ['2026-11-12T00:00:00Z', '2026-11-12T12:00:00Z', '2026-11-12T23:00:00Z'],
  '2026-10-23': ['2026-10-23T00:00:00Z', '2026-10-23T13:00:00Z'],
};

function completeScored(random: Random, scores: Scores, group: string | undefined, scored: PatientJson['scores']): PatientJson['scores'] {
  const own = Object.entries(scores).filter(([, { of }]) => of === group);
  return Object.fromEntries(
    own.map(([id, { components }]) => {
      const on = scored[id]?.on ?? random.pick(DATES);
      const recordable = Object.entries(components).filter(([, { options, from }]) => options && !from);
      const options = recordable.map(([component, { options }]) => [
        component,
        completeValue(random, Object.keys(options as object), scored[id]?.options[component]),
      ]);
      return [id, { on: random.pick(MOMENTS[on] ?? [on]), options: Object.fromEntries(options) }];
    }),
  );
}

/** The same patient with something less known: a value gone or one of several, a record not listed, a score not dated. */
export function lessKnown(random: Random, patient: PatientJson, scores: Scores): PatientJson {
  const groups = Object.entries(patient.groups).flatMap(([id, { complete, records }]) => {
    if (random.chance(0.1)) return [];
    const listed = random.chance(0.25) ? records.slice(0, -1) : records;
    const still = complete && listed.length === records.length && random.chance(0.8);
    const lesser = listed.map(record => ({
      ...record,
      facts: lessFacts(random, GROUPS[id]!, record.facts),
      scores: lessScored(random, scores, record.scores),
    }));
    return [[id, { complete: still, records: lesser }]];
  });
  return {
    ...patient,
    facts: lessFacts(random, FACTS, patient.facts),
    scores: lessScored(random, scores, patient.scores),
    groups: Object.fromEntries(groups),
  };
}

function lessFacts(random: Random, kinds: Readonly<Record<string, FactKind>>, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).flatMap(([id, value]) => withId(id, lessValue(random, kinds[id]!.values, value))));
}

function lessValue(random: Random, values: readonly unknown[], value: unknown): unknown {
  if (random.chance(0.75)) return value;
  if (random.chance(0.5)) return undefined;
  const known = isOneOf(value) ? value.oneOf : [value];
  return { oneOf: [...known, random.pick(values)] };
}

function lessScored(random: Random, scores: Scores, scored: PatientJson['scores']): PatientJson['scores'] {
  return Object.fromEntries(
    Object.entries(scored).flatMap(([id, { on, options }]) => {
      if (random.chance(0.1)) return [];
      const components = scores[id]!.components;
      const lesser = Object.entries(options).flatMap(([component, value]) =>
        withId(component, lessValue(random, Object.keys((components[component]!.options ?? {}) as object), value)),
      );
      const dated = on !== undefined && random.chance(0.85) ? { on: random.chance(0.2) ? on.slice(0, 10) : on } : {};
      return [[id, { ...dated, options: Object.fromEntries(lesser) }]];
    }),
  );
}
