/** Random rule sets so small that every patient can be tried, made so that many mutants of one kind make no difference and many others do. */
import type { Random } from './random.ts';
import { type Axis, type Json, PATIENT, type SmallRuleSet } from './small-rule-sets.ts';

const FACTS: Readonly<Record<string, { readonly json: Json; readonly values: readonly unknown[] }>> = {
  whole: { json: { type: 'integer', minimum: 0, maximum: 3 }, values: [0, 1, 2, 3] },
  flag: { json: { type: 'boolean' }, values: [false, true] },
  sign: { json: { type: 'boolean' }, values: [false, true] },
  kind: {
    json: {
      type: 'code',
      values: { solid: { title: 's' }, breast: { title: 'b', isA: 'solid' }, lung: { title: 'l', isA: 'solid' }, other: { title: 'o' } },
    },
    values: ['breast', 'lung', 'other'],
  },
  level: {
    json: { type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } },
    values: [
      ...[0, 8, 8.6, 9, 10, 12, 24].map(value => ({ value, unit: 'mg/dL' })),
      ...[1, 2, 2.2, 2.3, 2.5, 3, 6].map(value => ({ value, unit: 'mmol/L' })),
    ],
  },
};
const LESION = {
  site: { json: { type: 'code', values: 'sites' }, values: ['L1', 'L2', 'femur'] },
  fixed: { json: { type: 'boolean' }, values: [false, true] },
};
const VALUES = ['stop', 'care', 'go'];

interface Part {
  readonly facts: readonly (keyof typeof FACTS & string)[];
  readonly lesions?: true;
  readonly json: Json;
}

const rule = (id: string, when: Json | undefined, then: Json, more: Json = {}): Json => ({
  id,
  title: id,
  ...(when && { when }),
  then: [then],
  source: { id: 'one' },
  ...more,
});
const decide = (random: Random, decision = 'go'): Json => ({ decide: decision, as: random.pick(VALUES) });

function ofWhole(random: Random): Json {
  const low = random.pick([0, 1, 2, 3]);
  return random.pick<Json>([
    { fact: 'whole', is: low },
    { fact: 'whole', atLeast: low },
    { fact: 'whole', below: low + 1 },
    { fact: 'whole', atLeast: low, atMost: low + 1 },
  ]);
}

function plain(random: Random): Json {
  const flag = { fact: random.pick(['flag', 'sign']), is: random.chance(0.5) };
  return random.pick<Json>([flag, ofWhole(random), { all: [flag, ofWhole(random)] }, { any: [flag, ofWhole(random)] }]);
}

const KINDS: Readonly<Record<string, (random: Random) => Part>> = {
  /** Rules that mostly exclude each other, by a number or by a total. */
  decisions: random => {
    const total = (test: Json): Json => ({ score: 'points', total: test });
    const made = random.list(2, 4, i => {
      const when = random.pick<() => Json>([
        () => ofWhole(random),
        () => total(random.pick<Json>([{ is: i }, { atLeast: i }, { atMost: i }])),
        () => ({ all: [{ score: 'points', anyComponent: { is: 2 } }, total({ atMost: random.pick([2, 3]) })] }),
      ])();
      const override = i > 0 && random.chance(0.3) && { override: { rules: [`r${i - 1}`], reason: 'So.' } };
      return rule(`r${i}`, when, decide(random), override || {});
    });
    const options = { title: 'O', conditions: [{ when: { fact: 'flag', is: true }, points: random.pick([1, 2]) }], otherwise: 0 };
    const intervals = [
      { atMost: 1, points: 0 },
      { above: 1, atMost: 2, points: random.pick([1, 2]) },
      { above: 2, points: 2 },
    ];
    return {
      facts: ['whole', 'flag'],
      json: {
        scores: {
          points: { title: 'P', components: { of: { title: 'I', fact: 'whole', intervals }, and: options }, source: { id: 'one' } },
        },
        decisions: { go: { title: 'G', values: VALUES, resolve: random.pick(['strictest', 'single', 'first', 'collect']) } },
        rules: made,
      },
    };
  },
  /** Rows that others have before them, values that nobody tells apart, and what nobody reads. */
  tables: random => {
    const value = () => random.pick([0, 1, 2, 3]);
    const rows = random.list(2, 4, () => ({ when: plain(random), value: value() }));
    const readers = random.pick<() => Json[]>([
      () => [rule('r0', { fact: 'class', atLeast: random.pick([1, 2]) }, decide(random))],
      () => [rule('r0', { fact: 'less', below: random.pick([0, 1]) }, decide(random))],
      () => [rule('r0', { score: 'points', total: { atLeast: 1 } }, decide(random))],
      () => [rule('r0', ofWhole(random), decide(random))],
    ])();
    const least = { title: 'L', type: 'integer', [random.pick(['least', 'difference'])]: [{ fact: 'whole' }, { fact: 'class' }] };
    const read = JSON.stringify(readers).includes('points') || random.chance(0.3);
    const intervals = [
      { atMost: 1, points: 0 },
      { above: 1, points: 2 },
    ];
    return {
      facts: ['whole', 'flag', 'sign'],
      json: {
        derived: { class: { title: 'C', type: 'integer', table: random.chance(0.6) ? [...rows, { value: value() }] : rows }, less: least },
        ...(read && {
          scores: {
            points: {
              title: 'P',
              components: { of: { title: 'I', fact: random.pick(['class', 'less']), intervals } },
              source: { id: 'one' },
            },
          },
        }),
        decisions: { go: { title: 'G', values: VALUES, resolve: 'strictest' } },
        rules: readers,
      },
    };
  },
  /** Cut-offs and formulas of each unit, or of one. */
  units: random => {
    const perUnit = { atLeast: { 'mg/dL': random.pick([8, 10]), 'mmol/L': random.pick([2, 2.5]) } };
    const ownUnit = random.pick<Json>([
      { atLeast: 9, unit: 'mg/dL' },
      { below: 2.2, unit: 'mmol/L' },
    ]);
    const test = random.pick<Json>([
      { threshold: 'high' },
      { threshold: 'high' },
      { fact: 'level', ...ownUnit },
      { fact: 'twice', ...perUnit },
    ]);
    const twice = (unit: string) => ({ product: [2, { fact: 'level', unit }] });
    const formulas = random.chance(0.6) ? { 'mg/dL': twice('mg/dL'), 'mmol/L': twice('mmol/L') } : { 'mg/dL': twice('mg/dL') };
    return {
      facts: ['level', 'flag'],
      json: {
        derived: { twice: { title: 'T', type: 'quantity', unit: 'mg/dL', alsoIn: { 'mmol/L': 0.25 }, by: 'level', formulas } },
        thresholds: { high: { title: 'H', fact: 'level', ...perUnit, source: { id: 'one' } } },
        decisions: { go: { title: 'G', values: VALUES, resolve: 'strictest' } },
        rules: [rule('r0', test, decide(random)), rule('r1', { fact: 'flag', is: true }, decide(random))],
      },
    };
  },
  /** What waits for a decision that the same patients have, or that each record must answer. */
  waiting: random => {
    const own = plain(random);
    const each = random.chance(0.5);
    const sited = { fact: 'site', is: random.pick(['spine', 'L1', 'femur']) };
    const answers = random.list(1, 2, i =>
      rule(`a${i}`, random.chance(0.7) ? sited : { fact: 'fixed', is: true }, decide(random), { of: 'lesions' }),
    );
    const waits = { given: { decision: 'go', in: random.pick([['care', 'go'], ['care'], ['stop', 'go'], VALUES]) } };
    const recommend = { recommend: 'walk' };
    const waiting = random.chance(0.5)
      ? rule('w', random.chance(0.7) ? own : plain(random), recommend, waits)
      : { id: 'w', title: 'w', site: random.pick(['spine', 'L1', ['L1', 'femur']]), then: [recommend], source: { id: 'one' }, ...waits };
    return {
      facts: ['whole', 'flag'],
      lesions: true,
      json: {
        decisions: { go: { title: 'G', values: VALUES, resolve: 'strictest', ...(each && { each: 'lesions' }) } },
        rules: [rule('r0', own, { decide: 'go', as: random.pick(['stop', 'care']) }), ...answers, ...('site' in waiting ? [] : [waiting])],
        ...('site' in waiting && { precautions: [waiting] }),
      },
    };
  },
  /** Rules that only require something, of which a case cannot tell that they are undetermined. */
  records: random => {
    const where = random.pick<Json>([
      { fact: 'site', is: random.pick(['spine', 'L1']) },
      { fact: 'fixed', is: true },
    ]);
    const count = random.pick<Json>([{ is: 1 }, { atMost: 1 }, { atLeast: 1 }]);
    const when = {
      all: [
        { count: 'lesions', ...count },
        { [random.pick(['some', 'every', 'none'])]: 'lesions', where },
      ],
    };
    const sites = random.pick([['spine'], ['L1', 'femur']]);
    return {
      facts: ['flag'],
      lesions: true,
      json: {
        decisions: { go: { title: 'G', values: VALUES, resolve: 'strictest' } },
        rules: [rule('r0', when, { require: 'look' }), rule('r1', { fact: 'flag', is: true }, decide(random))],
        precautions: random.chance(0.7)
          ? [{ id: 'p', title: 'p', site: sites, then: [{ avoid: 'walk', at: 'here' }], source: { id: 'one' } }]
          : [],
      },
    };
  },
  /** Values and sites above others, of which alone may be recorded. */
  links: random => ({
    facts: ['kind', 'flag'],
    lesions: true,
    json: {
      derived: {
        class: {
          title: 'C',
          type: 'integer',
          table: [
            { when: { fact: 'kind', is: random.pick(['breast', 'lung']) }, value: 1 },
            { when: { fact: 'kind', is: 'solid' }, value: 2 },
          ],
        },
      },
      decisions: { go: { title: 'G', values: VALUES, resolve: 'strictest' } },
      rules: [
        rule(
          'r0',
          random.pick<Json>([
            { fact: 'kind', is: 'solid' },
            { fact: 'class', is: 2 },
            { fact: 'flag', is: true },
          ]),
          decide(random),
        ),
        ...(random.chance(0.5)
          ? [rule('r1', { fact: 'site', is: random.pick(['spine', 'L1']) }, { require: 'look' }, { of: 'lesions' })]
          : []),
      ],
    },
  }),
};

export const PROOF_KINDS: readonly string[] = Object.keys(KINDS);

export function proofRuleSet(kind: string, random: Random): SmallRuleSet {
  const { facts, lesions, json } = KINDS[kind]!(random);
  const groups = lesions ? ['lesions'] : [];
  const titled = (id: string, own: Json) => [id, { title: id, ...own }] as const;
  const axes: Axis[] = [
    ...facts.map(fact => ({ group: undefined, fact, values: FACTS[fact]!.values })),
    ...(lesions ? Object.entries(LESION).map(([fact, { values }]) => ({ group: 'lesions', fact, values })) : []),
  ];
  return {
    axes,
    groups,
    incomplete: [],
    exact: true,
    json: {
      id: 'proof',
      title: PATIENT,
      version: '1.0.0',
      status: 'active',
      sources: { one: { title: 'One' } },
      sites: Object.fromEntries([
        titled('spine', {}),
        titled('L1', { partOf: 'spine' }),
        titled('L2', { partOf: 'spine' }),
        titled('femur', {}),
      ]),
      assessments: { look: { title: 'Look' } },
      activities: { walk: { title: 'Walk' } },
      facts: Object.fromEntries(facts.map(fact => titled(fact, FACTS[fact]!.json))),
      groups: Object.fromEntries(
        groups.map(id => [
          id,
          { title: id, facts: Object.fromEntries(Object.entries(LESION).map(([fact, each]) => titled(fact, each.json))) },
        ]),
      ),
      ...json,
    },
  };
}
