/** Random rule sets, well typed, with every form of condition, score, derived fact, decision and effect. The same seed gives the same text. */
import type { Random } from './random.ts';
import { type Condition, numberTest, randomCondition, type Scope } from './random-conditions.ts';
import { FACTS, type FactKind, GROUPS, SITES, titled } from './random-vocabulary.ts';

export interface Options {
  /** Whether rules may test what is `unknown`. */
  readonly unknown?: boolean;
  /** Whether the rule set may be for some patients only. */
  readonly appliesTo?: boolean;
  /** Whether scores and tables read nothing but these facts, tables and the options of scores: then every total can be tried. */
  readonly only?: readonly string[];
}

/** A rule set as it is written. */
export interface RuleSetJson {
  readonly appliesTo?: Condition;
  readonly derived: Readonly<Record<string, Condition>>;
  readonly scores: Readonly<Record<string, ScoreJson>>;
  readonly thresholds: Readonly<Record<string, Condition>>;
  readonly decisions: typeof DECISIONS;
  readonly rules: readonly RuleJson[];
  readonly [key: string]: unknown;
}

export interface ScoreJson {
  readonly of?: string;
  readonly when?: Condition;
  readonly components: Readonly<Record<string, Condition>>;
  readonly bands: Readonly<Record<string, Condition>>;
  readonly validFor?: string;
  readonly voidedBy?: readonly string[];
  readonly [key: string]: unknown;
}

export interface RuleJson {
  readonly id: string;
  readonly of?: string;
  readonly when?: Condition;
  readonly until?: Condition;
  readonly then: readonly Condition[];
  readonly override?: { readonly rules: readonly string[]; readonly reason: string };
  readonly given?: { readonly decision: string; readonly in: readonly string[] };
  readonly [key: string]: unknown;
}

export const VALUES = ['contraindicated', 'modify', 'proceed'];

export const DECISIONS = {
  clearance: { title: 'Clearance', values: VALUES, resolve: 'strictest' },
  'clearance-of-lesions': { title: 'Clearance', values: VALUES, resolve: 'strictest', each: 'lesions' },
  dose: { title: 'Dose', values: VALUES, resolve: 'single' },
  order: { title: 'Order', values: VALUES, resolve: 'first' },
  advice: { title: 'Advice', values: VALUES, resolve: 'collect' },
} as const;

export function randomRuleSet(random: Random, options: Options = {}): RuleSetJson {
  const thresholds = {
    'high-level': { title: 'High', fact: 'level', atLeast: { 'mg/dL': random.pick([8, 10]), 'mmol/L': random.pick([2, 2.5]) } },
    'low-amount': { title: 'Low', fact: 'amount', below: random.pick([1.5, 3]) },
  };
  const { only } = options;
  const bare: Scope = {
    group: undefined,
    derived: {},
    derivedOf: {},
    scores: {},
    thresholds: only ? [] : Object.keys(thresholds),
    unknown: false,
    groups: !only,
    ...(only && { only }),
  };
  const derived = randomDerived(random, bare);
  const withDerived = { ...bare, derived: derived.kinds, derivedOf: { lesions: derived.kindsOfLesions } };
  const scores = randomScores(random, withDerived);
  const bands = Object.entries(scores).map(([id, score]) => [id, { of: score.of, bands: Object.keys(score.bands) }] as const);
  const scope: Scope = { ...withDerived, scores: Object.fromEntries(bands), unknown: options.unknown ?? false };
  return {
    id: 'random',
    title: 'Random',
    version: '1.0.0',
    status: 'active',
    ...(options.appliesTo && random.chance(0.4) && { appliesTo: randomCondition(random, { ...scope, unknown: false }, 1) }),
    sites: titledAll(SITES),
    activities: titledAll({ load: {}, squat: { isA: 'load' }, walk: {}, swim: {} }),
    parameters: { minutes: { title: 'Minutes', unit: 'min' }, effort: { title: 'Effort', order: ['light', 'moderate', 'vigorous'] } },
    facts: titled(FACTS),
    groups: Object.fromEntries(Object.entries(GROUPS).map(([id, facts]) => [id, { title: id, facts: titled(facts) }])),
    derived: derived.written,
    scores,
    thresholds,
    decisions: DECISIONS,
    rules: randomRules(random, scope),
  };
}

function titledAll(items: Readonly<Record<string, object>>): Record<string, object> {
  return Object.fromEntries(Object.entries(items).map(([id, item]) => [id, { title: id, ...item }]));
}

const NUMBER: FactKind = { written: { type: 'decimal' }, values: [] };
const DAYS: FactKind = { written: { type: 'quantity', unit: 'd' }, values: [] };

function randomDerived(random: Random, scope: Scope) {
  const ofLesions: Scope = { ...scope, group: 'lesions', groups: false };
  const codes = ['p', 'q', 'r'];
  const kind: FactKind = { written: { type: 'code' }, values: codes };
  const table = (inner: Scope, values: readonly unknown[]) => [
    ...random.list(1, 3, () => ({ when: randomCondition(random, inner, 1), value: random.pick(values) })),
    ...(random.chance(0.6) ? [{ value: random.pick(values) }] : []),
  ];
  const written = {
    worked: { title: 'Worked out', type: 'decimal', ...randomTerm(random, 2) },
    days: { title: 'Days', type: 'quantity', unit: 'd', since: 'day' },
    corrected: {
      title: 'Corrected',
      type: 'quantity',
      unit: 'mg/dL',
      alsoIn: { 'mmol/L': 0.25 },
      by: 'level',
      formulas: {
        'mg/dL': { sum: [{ fact: 'level', unit: 'mg/dL' }, { fact: 'whole' }] },
        'mmol/L': { difference: [{ fact: 'level', unit: 'mmol/L' }, 1] },
      },
    },
    class: { title: 'Class', type: 'code', values: codes, table: table(scope, codes) },
    grade: { title: 'Grade', type: 'integer', table: table(scope, [0, 1, 2]) },
    place: { title: 'Place', type: 'code', of: 'lesions', values: codes, table: table(ofLesions, codes) },
    burden: {
      title: 'Burden',
      type: 'decimal',
      of: 'lesions',
      sum: [{ fact: 'size' }, random.pick<unknown>([1, { fact: 'size' }, { fact: 'whole' }])],
    },
  };
  const corrected: FactKind = { written: { type: 'quantity', unit: 'mg/dL' }, values: [] };
  const kinds = { worked: NUMBER, days: DAYS, corrected, class: kind, grade: { written: { type: 'integer' }, values: [] } };
  if (scope.only) {
    const { class: class_, grade, place } = written;
    return { written: { class: class_, grade, place }, kinds: { class: kind, grade: kinds.grade }, kindsOfLesions: { place: kind } };
  }
  return { written, kinds, kindsOfLesions: { place: kind, burden: NUMBER } };
}

function randomTerm(random: Random, depth: number): Condition {
  const operation = random.pick(['sum', 'product', 'least', 'greatest', 'difference', 'quotient']);
  const term = (): unknown => {
    if (depth > 1 && random.chance(0.3)) return randomTerm(random, depth - 1);
    return random.chance(0.3) ? random.pick([0, 1, 2, 0.5]) : { fact: random.pick(['whole', 'amount']) };
  };
  return { [operation]: [term(), term()] };
}

function randomScores(random: Random, scope: Scope): Record<string, ScoreJson> {
  const ofLesions: Scope = { ...scope, group: 'lesions', groups: false };
  const ages = !scope.only;
  const wears = ages && random.chance(0.4) && { validFor: random.pick(['30 d', '12 h']) };
  const voided = ages && random.chance(0.4) && { voidedBy: ['event'] };
  return {
    tally: {
      title: 'Tally',
      ...(random.chance(0.4) && { when: randomCondition(random, scope, 1) }),
      components: randomComponents(random, scope, 'class', 'whole'),
      bands: randomBands(random, scope),
      ...wears,
      ...voided,
    },
    stability: {
      title: 'Stability',
      of: 'lesions',
      ...(random.chance(0.6) && { when: random.chance(0.5) ? { fact: 'site', is: 'spine' } : randomCondition(random, ofLesions, 1) }),
      components: randomComponents(random, ofLesions, 'place', 'size'),
      bands: randomBands(random, ofLesions),
      worst: random.pick(['highest', 'lowest']),
      ...(ages && random.chance(0.4) && { validFor: '30 d' }),
      ...(ages && random.chance(0.4) && { voidedBy: ['event'] }),
    },
  };
}

const POINTS = [0, 1, 2, 3, 0.5, -1];

function randomComponents(random: Random, scope: Scope, code: string, number: string): Record<string, Condition> {
  const points = () => random.pick(POINTS);
  const unscored = () => random.chance(0.3) && { undefined: { refused: 'No points.' } };
  const all: Record<string, () => Condition> = {
    pain: () => ({ options: { strong: points(), weak: points(), none: 0 }, ...unscored() }),
    move: () => ({ options: { much: points(), little: points() } }),
    class: () => ({ options: { p: points(), q: points(), ...(random.chance(0.5) && { r: points() }) }, from: code }),
    interval: () => ({
      fact: number,
      intervals: [
        { atMost: 1, points: points() },
        { atLeast: 2, ...(random.chance(0.5) && { atMost: 3 }), points: points() },
      ],
    }),
    value: () => ({ fact: number }),
    conditions: () => ({
      conditions: random.list(1, 2, () => ({ when: randomCondition(random, { ...scope, scores: {} }, 1), points: points() })),
      ...(random.chance(0.7) && { otherwise: points() }),
    }),
  };
  return Object.fromEntries(random.some(Object.keys(all)).map(id => [id, { title: id, ...all[id]!() }]));
}

function randomBands(random: Random, scope: Scope): Record<string, Condition> {
  const cut = random.pick([1, 2, 3, 4]);
  return {
    low: { title: 'low', below: cut },
    high: {
      title: 'high',
      atLeast: cut,
      ...(random.chance(0.2) && { when: randomCondition(random, { ...scope, scores: {}, groups: false }, 0) }),
    },
    top: { title: 'top', ...numberTest(random, [3, 4, 5]) },
  };
}

function randomRules(random: Random, scope: Scope): RuleJson[] {
  const rules: RuleJson[] = [];
  const count = 4 + random.list(0, 8, () => 0).length;
  for (let i = 0; i < count; i++) rules.push(randomRule(random, scope, `rule-${i}`, rules));
  return rules;
}

export function randomRule(random: Random, scope: Scope, id: string, before: readonly RuleJson[], mayOverride = true): RuleJson {
  const of = random.pick([undefined, undefined, 'lesions', 'lesions', 'drugs']);
  const then = random.chance(0.75) ? [randomDecide(random)] : randomEffects(random, of);
  const waits = then.every(effect => 'recommend' in effect) && random.chance(0.5);
  const override = mayOverride && before.length > 0 && random.chance(0.25);
  const loosest = then.some(effect => effect.as === VALUES.at(-1));
  const inside: Scope = { ...scope, group: of, unknown: scope.unknown && !override && !loosest };
  const until = random.chance(0.25) && { until: randomCondition(random, { ...inside, unknown: false }, 1) };
  return {
    id,
    title: id,
    ...(of !== undefined && { of }),
    ...(random.chance(0.9) && { when: randomCondition(random, inside) }),
    ...until,
    then,
    ...(override && {
      override: {
        rules: random
          .some(before)
          .slice(0, 2)
          .map(rule => rule.id),
        reason: 'Because.',
      },
    }),
    ...(waits && { given: { decision: random.pick(['clearance', 'clearance-of-lesions', 'dose']), in: random.some(VALUES) } }),
  };
}

function randomDecide(random: Random): Condition {
  return { decide: random.pick(Object.keys(DECISIONS)), as: random.pick(VALUES) };
}

function randomEffects(random: Random, of: string | undefined): Condition[] {
  const at = random.pick<unknown>([
    undefined,
    ['spine'],
    { below: 'limb' },
    { below: 'spine', except: { group: 'lesions', ...(random.chance(0.5) && { where: { fact: 'fixed', is: true } }) } },
    ...(of === 'lesions' ? ['here', 'here'] : []),
  ]);
  const effects: Condition[] = [
    { avoid: random.pick(['load', 'squat', 'walk']) },
    { forbid: random.pick(['load', 'squat']) },
    { require: random.pick(['walk', 'swim']), every: '7 d' },
    { recommend: 'squat', with: { minutes: { atLeast: 20, unit: 'min' } } },
    { recommend: { oneOf: ['squat', 'swim'] }, maximum: { minutes: { value: 40, unit: 'min' } } },
    { limit: 'minutes', atMost: random.pick([10, 30]), unit: 'min' },
    { limit: 'effort', of: 'load', atMost: random.pick(['light', 'moderate']) },
  ];
  return random.some(random.shuffled(effects).slice(0, 3)).map(effect => ({ ...effect, ...(at !== undefined && { at }) }));
}
