/** What is changed in a rule set: each kind with what was and what is instead, and what is left alone. */
import assert from 'node:assert/strict';
import { mutantsOf } from '../../server/src/testing/mutants.ts';
import { compiledOf } from '../support/rule-sets.ts';

const AGE = { fact: 'age', atLeast: 65 };
const FRAIL = { fact: 'frail', is: true };

/** One thing of each form that the language has. */
const EVERYTHING = {
  appliesTo: { fact: 'age', atLeast: 18 },
  sites: { trunk: { title: 'Trunk' }, spine: { title: 'Spine', partOf: 'trunk' }, rib: { title: 'Rib', partOf: 'trunk' } },
  activities: { walk: { title: 'Walk' }, swim: { title: 'Swim' }, squat: { title: 'Squat' } },
  assessments: { scan: { title: 'Scan' } },
  parameters: { minutes: { title: 'Minutes', unit: 'min' }, effort: { title: 'Effort', order: ['light', 'moderate', 'vigorous'] } },
  phases: { early: { title: 'Early' } },
  facts: {
    age: { title: 'Age', type: 'integer', minimum: 0, maximum: 120 },
    frail: { title: 'Frail', type: 'boolean' },
    urea: { title: 'Urea', type: 'quantity', unit: 'mmol/L', alsoIn: { 'mg/dL': 2.8 } },
    kind: {
      title: 'Kind',
      type: 'code',
      values: { solid: { title: 'Solid' }, breast: { title: 'Breast', isA: 'solid' }, blood: { title: 'Blood' } },
    },
    fall: { title: 'Fall', type: 'date' },
  },
  groups: { lesions: { title: 'Lesions', facts: { site: { title: 'Site', type: 'code', values: 'sites' } } } },
  derived: {
    since: { title: 'Since', type: 'quantity', unit: 'mo', since: 'fall' },
    double: { title: 'Double', type: 'quantity', unit: 'mmol/L', product: [2, { fact: 'urea' }] },
    level: { title: 'Level', type: 'integer', table: [{ when: FRAIL, value: 1 }, { value: 0 }] },
  },
  thresholds: { raised: { title: 'Raised', fact: 'urea', above: { 'mmol/L': 7, 'mg/dL': 19 } } },
  scores: {
    risk: {
      title: 'Risk',
      when: { fact: 'age', atLeast: 16 },
      components: {
        seen: { title: 'Seen', options: { yes: 2, no: 0 }, undefined: { refused: 'None.' } },
        rate: {
          title: 'Rate',
          fact: 'age',
          intervals: [
            { atMost: 40, points: 0 },
            { above: 40, points: 1 },
          ],
        },
        more: { title: 'More', conditions: [{ when: FRAIL, points: 3 }], otherwise: 0 },
      },
      bands: { low: { atMost: 2 }, high: { atLeast: 3 } },
      validFor: '30 d',
      voidedBy: ['fall'],
      worst: 'highest',
      range: [0, 6],
    },
  },
  decisions: { go: { title: 'Go', values: ['no', 'yes'], resolve: 'strictest' } },
  rules: [
    {
      id: 'first',
      when: {
        all: [
          AGE,
          { any: [FRAIL, { unknown: { fact: 'urea' } }] },
          { not: { threshold: 'raised' } },
          { fact: 'fall', above: '2026-03-01' },
        ],
      },
      until: { score: 'risk', in: ['low'] },
      then: [
        { decide: 'go', as: 'no' },
        { limit: 'effort', of: 'walk', atMost: 'moderate' },
      ],
      override: { rules: ['second'], reason: 'R' },
    },
    {
      id: 'second',
      when: {
        all: [
          { fact: 'since', below: 3, unit: 'mo' },
          { count: 'lesions', atLeast: 2 },
          { fact: 'kind', is: 'breast' },
          { score: 'risk', total: { atLeast: 3 } },
        ],
      },
      then: [
        { decide: 'go', as: 'yes' },
        { require: 'scan', every: '7 d' },
        { avoid: 'squat', at: ['spine', 'rib'], during: ['early'] },
      ],
    },
    {
      id: 'third',
      when: { some: 'lesions', where: { fact: 'site', is: 'spine' } },
      given: { decision: 'go', in: ['yes', 'no'] },
      then: [
        {
          recommend: { oneOf: ['walk', 'swim'] },
          with: { minutes: { atLeast: 20, unit: 'min' }, effort: { is: 'light' } },
          maximum: { minutes: { value: 60, unit: 'min' } },
        },
      ],
    },
  ],
  precautions: [
    {
      id: 'ribs',
      site: 'rib',
      then: [
        { forbid: 'squat', at: 'here' },
        { avoid: 'walk', at: { below: 'trunk', except: { group: 'lesions' } } },
      ],
    },
  ],
};

/** By kind, what must be among its changes. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  rule: ['first: rule first → disabled'],
  scope: ['appliesTo: whom it applies to → left out', 'risk: when it applies → left out'],
  bound: [
    'appliesTo: at least 18 → at least 17',
    'first: at least 65 → at least 66',
    'first: above 2026-03-01 → above 2026-02-28',
    'raised: above 7 mmol/L → above 8 mmol/L',
    'second: below 3 → below 2',
    'second: at least 2 → at least 1',
    'first: at most moderate → at most vigorous',
    'risk: at most 40 → at most 41',
  ],
  comparison: ['first: at least → above', 'risk: band high at least → above'],
  unit: ['raised: mmol/L and mg/dL → swapped', 'urea: 2.8 mg/dL → 2.7 mg/dL', 'double: mmol/L → mg/dL'],
  value: ['first: is true → is false', 'third: is spine → is rib'],
  'all-any': ['first: all → any', 'first: any → all'],
  part: ['first: a part of “all” → left out'],
  negation: ['first: not → no “not”'],
  'group-test': ['third: some → every'],
  until: ['first: until → left out'],
  band: ['first: band low → band high', 'risk: band low at most 2 → at most 3'],
  points: ['risk: 2 points for yes → 3', 'risk: no points for refused → 0', 'risk: otherwise 0 points → 1', 'risk: 3 points → 2'],
  validity: ['risk: 30 d → 31 d', 'risk: voided by fall → left out'],
  effect: [
    'first: decide no → left out',
    'first: as no → as yes',
    'second: require → recommend',
    'second: avoid → forbid',
    'second: during early → left out',
    'first: of walk → left out',
    'third: one of them swim → left out',
  ],
  amount: [
    'second: 7 d → 8 d',
    'third: minutes 20 → 21',
    'third: effort light → moderate',
    'third: maximum minutes 60 → 61',
    'third: with effort → left out',
  ],
  site: ['ribs: site rib → site spine', 'ribs: here → everywhere', 'ribs: except → left out', 'second: site rib → left out'],
  override: ['first: override of second → left out'],
  given: ['third: given go → left out', 'third: given go yes → left out'],
  constant: ['double: 2 → 3', 'double: product → quotient'],
  row: ['level: a row → left out', 'level: value 1 → 2'],
  link: ['kind: breast is a solid → left out', 'spine: spine is part of trunk → left out'],
  decision: ['go: resolved by strictest → single', 'go: no before yes → after it'],
};

describe('kinds of mutants', () => {
  const all = [...mutantsOf(compiledOf(EVERYTHING).ruleSet)];
  const said = ({ kind, item, was, is }: (typeof all)[number]) => `${kind} ${item.id}: ${was} → ${is}`;

  for (const [kind, changes] of Object.entries(CHANGES))
    it(`${kind}: ${changes[0]}`, () => {
      const found = all.filter(each => each.kind === kind).map(said);
      for (const change of changes) assert.ok(found.includes(`${kind} ${change}`), `${change}, not among:\n${found.join('\n')}`);
    });

  it('are all in the table', () => {
    const kinds = new Set(all.map(({ kind }) => kind));
    assert.deepEqual(
      [...kinds].filter(kind => !CHANGES[kind]),
      [],
    );
  });

  it('leave out that something is unknown where that is all a list has of it', () => {
    const { ruleSet } = compiledOf({
      ...EVERYTHING,
      rules: [{ id: 'r', when: { any: [{ unknown: { fact: 'urea' } }] }, then: [{ decide: 'go', as: 'no' }] }],
      precautions: [],
    });
    assert.ok([...mutantsOf(ruleSet)].map(said).includes('unknown r: unknown urea → never'));
  });

  it('leave titles, domains, ranges and the worst record alone, and change no place twice in one way', () => {
    const plain = { ...EVERYTHING, facts: { ...EVERYTHING.facts, age: { title: 'Years', type: 'integer', minimum: 1, maximum: 110 } } };
    assert.deepEqual([...mutantsOf(compiledOf(plain).ruleSet)].map(said), all.map(said));
    const keys = all.map(({ place, kind, was, is }) => JSON.stringify([place, kind, was, is]));
    assert.equal(new Set(keys).size, keys.length);
  });
});
