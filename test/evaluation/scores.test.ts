/** Scores: possible totals, whether they apply, staleness, bands, components. */
import assert from 'node:assert/strict';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { outcomeOf } from '../support/rule-sets.ts';

const SINS = {
  sites: { spine: {}, L3: { partOf: 'spine' }, rib: {} },
  facts: { 'new-pain-on': { type: 'date' } },
  groups: { lesions: { facts: { site: { type: 'code', values: 'sites' } } } },
  scores: {
    sins: {
      of: 'lesions',
      when: { fact: 'site', is: 'spine' },
      components: {
        pain: { options: { mechanical: 3, occasional: 1, none: 0 }, undefined: { refused: 'No points.' } },
        rest: { options: { five: 5, nine: 9 } },
      },
      bands: { stable: { atMost: 6 }, potential: { atLeast: 7, atMost: 12 }, unstable: { atLeast: 13 } },
      validFor: '30 d',
      voidedBy: ['new-pain-on'],
      worst: 'highest',
    },
  },
  rules: [
    { id: 'two-bands', of: 'lesions', when: { score: 'sins', in: ['stable', 'potential'] } },
    {
      id: 'any-of-two',
      of: 'lesions',
      when: {
        any: [
          { score: 'sins', in: ['stable'] },
          { score: 'sins', in: ['potential'] },
        ],
      },
    },
    { id: 'unstable', of: 'lesions', when: { score: 'sins', in: ['unstable'] } },
    { id: 'not-unstable', of: 'lesions', when: { not: { score: 'sins', in: ['unstable'] } } },
    { id: 'total', of: 'lesions', when: { score: 'sins', total: { atLeast: 5 } } },
    { id: 'red', of: 'lesions', when: { score: 'sins', anyComponent: { is: 5 } } },
    { id: 'applies', of: 'lesions', when: { score: 'sins', applies: true } },
    { id: 'applies-not', of: 'lesions', when: { score: 'sins', applies: false } },
    { id: 'unknown', of: 'lesions', when: { unknown: { score: 'sins' } } },
  ],
};

const TODAY = '2026-11-22T08:00:00Z';

function lesion(site: unknown, options: object, on: string | undefined = TODAY, pain: unknown = 'never'): Outcome {
  const scores = { sins: { ...(on && { on }), options } };
  const facts = site === undefined ? {} : { site };
  return outcomeOf(SINS, {
    facts: { 'new-pain-on': pain },
    groups: { lesions: { records: [{ id: 'a', facts, scores }] } },
  });
}

const statuses = ({ rules }: Outcome) => {
  const of = (wanted: string) => rules.filter(({ status }) => status === wanted).map(({ id }) => id);
  return { fired: of('fired').join(' '), open: of('undetermined').join(' ') };
};
const score = ({ scores }: Outcome) => scores[0]!;

describe('scores', () => {
  it('totals {5, 6, 8}: `any` of two bands is unknown, `in` both is true', () => {
    const outcome = lesion('L3', { rest: 'five' });
    assert.deepEqual(score(outcome).totals, ['5', '6', '8']);
    assert.deepEqual(score(outcome).bands, ['stable', 'potential']);
    assert.equal(score(outcome).state, 'partly-known');
    assert.deepEqual(statuses(outcome), { fired: 'applies not-unstable red total two-bands unknown', open: 'any-of-two' });
    assert.deepEqual(
      outcome.missing.map(({ input, rules, outcomes }) => [input, rules, outcomes.map(({ value }) => value)]),
      [['lesions.a.sins.pain', ['any-of-two'], ['mechanical', 'occasional', 'none', 'refused']]],
    );
  });
  it('a known total is scored, in its band', () => {
    const outcome = lesion('L3', { rest: 'five', pain: 'none' });
    const { state, total, totals, band, worst } = score(outcome);
    assert.deepEqual([state, total, totals, band, worst], ['scored', '5', undefined, 'stable', true]);
    assert.deepEqual(statuses(outcome), { fired: 'any-of-two applies not-unstable red total two-bands', open: '' });
  });
  it('an option without points may have any of the component', () =>
    assert.deepEqual(score(lesion('L3', { rest: 'five', pain: 'refused' })).totals, ['5', '6', '8']));
  it('not scorable: every test is false, and nothing is unknown', () => {
    const outcome = lesion('rib', {});
    assert.deepEqual([score(outcome).state, score(outcome).totals], ['not-scorable', undefined]);
    assert.deepEqual(statuses(outcome), { fired: 'applies-not not-unstable', open: '' });
  });
  it('where it is not known whether it applies, no test is true', () => {
    const outcome = lesion({ oneOf: ['L3', 'rib'] }, { rest: 'five', pain: 'none' });
    assert.equal(score(outcome).state, 'scorable-unknown');
    assert.deepEqual(statuses(outcome), { fired: 'not-unstable unknown', open: 'any-of-two applies applies-not red total two-bands' });
    assert.deepEqual(
      outcome.missing.map(({ input }) => input),
      ['lesions.a.site'],
    );
  });

  const ALL = ['5', '6', '8', '9', '10', '12'];
  const full = { rest: 'five', pain: 'none' };
  const stale: [string, Outcome, string | undefined][] = [
    ['undated', lesion('L3', full, ''), 'undated'],
    ['older than it is valid', lesion('L3', full, '2026-10-23T11:59:59Z'), 'expired'],
    ['exactly as old as it is valid', lesion('L3', full, '2026-10-23T12:00:00Z'), undefined],
    ['of a day that may be too long ago', lesion('L3', full, '2026-10-23'), 'expired'],
    ['followed by the event', lesion('L3', full, '2026-11-20', '2026-11-21'), 'voided-by:new-pain-on'],
    ['after the event', lesion('L3', full, '2026-11-21', '2026-11-20'), undefined],
    ['of the same day, without times', lesion('L3', full, '2026-11-20', '2026-11-20'), 'voided-by:new-pain-on'],
    ['of the same day, later', lesion('L3', full, '2026-11-20T10:00:00Z', '2026-11-20T09:00:00Z'), undefined],
    ['where the event is not recorded', lesion('L3', full, TODAY, null), 'voided-by:new-pain-on'],
    ['where the event may be later', lesion('L3', full, '2026-11-20', { oneOf: ['never', '2026-11-21'] }), 'voided-by:new-pain-on'],
    ['where the event never was', lesion('L3', full), undefined],
    ['of a day to come', lesion('L3', full, '2026-11-23'), 'undated'],
  ];
  for (const [name, outcome, why] of stale)
    it(`stale: ${name}`, () => {
      const found = score(outcome);
      assert.deepEqual([found.state, found.why, found.totals], why ? ['stale', why, ALL] : ['scored', undefined, undefined]);
      assert.equal(statuses(outcome).fired.includes('unknown'), why !== undefined);
    });
  it('a stale score waits for its date, and for the event that was not recorded', () => {
    assert.equal(lesion('L3', full, '').missing[0]!.input, 'lesions.a.sins.on');
    assert.deepEqual(lesion('L3', full, '').missing[0]!.outcomes.length, 1);
    assert.equal(lesion('L3', full, TODAY, null).missing[0]!.input, 'new-pain-on');
  });
  it('says that a score lies in the future', () =>
    assert.deepEqual(
      lesion('L3', full, '2026-11-23').problems.map(({ code, path }) => [code, path]),
      [['patient-event-after-as-of', 'lesions.a.sins.on']],
    ));
});

describe('components', () => {
  const facts = {
    age: { type: 'integer', minimum: 0, maximum: 120 },
    mild: { type: 'boolean' },
    tiredness: { type: 'integer', minimum: 0, maximum: 3 },
    load: { type: 'decimal' },
    kind: { type: 'code', values: { solid: {}, breast: { isA: 'solid' }, lung: { isA: 'solid' }, blood: {} } },
  };
  const totals = (components: object, patient: object) => {
    const outcome = outcomeOf({ facts, scores: { s: { components } } }, { facts: patient });
    return outcome.scores[0]!.totals ?? outcome.scores[0]!.total ?? null;
  };
  const old = {
    conditions: [
      { when: { fact: 'age', atLeast: 75 }, points: 2 },
      { when: { fact: 'age', atLeast: 65 }, points: 1 },
    ],
    otherwise: 0,
  };
  const young = {
    fact: 'age',
    intervals: [
      { atMost: 17, points: 1 },
      { atLeast: 18, points: 0 },
    ],
  };

  it('the first condition that holds gives the points', () => {
    assert.equal(totals({ old }, { age: 80 }), '2');
    assert.equal(totals({ old }, { age: 70 }), '1');
    assert.equal(totals({ old }, { age: 20 }), '0');
  });
  it('values of one fact are taken together within a component', () =>
    assert.deepEqual(totals({ old }, { age: { oneOf: [20, 80] } }), ['0', '2']));
  it('components that read one fact are taken together', () => {
    assert.deepEqual(totals({ old, young }, { age: { oneOf: [10, 80] } }), ['1', '2']);
    const flags = { yes: { conditions: [{ when: { fact: 'mild', is: true }, points: 1 }], otherwise: 0 } };
    const no = { conditions: [{ when: { fact: 'mild', is: false }, points: 1 }], otherwise: 0 };
    assert.equal(totals({ ...flags, no }, {}), '1');
  });
  it('an absent number is taken together too', () => assert.deepEqual(totals({ old, young }, {}), ['0', '1', '2']));
  it('without `otherwise` none holding leaves the points unknown', () =>
    assert.deepEqual(totals({ old: { conditions: old.conditions } }, { age: 20 }), ['1', '2']));
  it('a value in no interval has unknown points', () => {
    const gap = {
      fact: 'load',
      intervals: [
        { atMost: 89, points: 1 },
        { atLeast: 90, points: 2 },
      ],
    };
    assert.deepEqual(totals({ gap }, { load: 89.5 }), ['1', '2']);
    assert.equal(totals({ gap }, { load: 90 }), '2');
  });
  it('its own value is the points; absent, any whole number of the domain', () => {
    assert.equal(totals({ t: { fact: 'tiredness' } }, { tiredness: 3 }), '3');
    assert.deepEqual(totals({ t: { fact: 'tiredness' } }, {}), ['0', '1', '2', '3']);
  });
  it('its own value without a domain leaves the total open', () => assert.equal(totals({ t: { fact: 'load' } }, {}), null));
  it('an option is read from a code, or from what lies above it', () => {
    const from = { options: { solid: 2, blood: 5 }, from: 'kind' };
    assert.equal(totals({ from }, { kind: 'lung' }), '2');
    assert.equal(totals({ from }, { kind: 'solid' }), '2');
    assert.deepEqual(totals({ from }, {}), ['2', '5']);
  });
  it('points need not be whole, and add exactly', () => {
    const tenth = { options: { yes: 0.1 } };
    const fifth = { options: { yes: 0.2 } };
    const scored = { scores: { s: { options: { tenth: 'yes', fifth: 'yes' } } } };
    const ruleSet = { scores: { s: { components: { tenth, fifth } } }, rules: [{ id: 'r', when: { score: 's', total: { is: 0.3 } } }] };
    const outcome = outcomeOf(ruleSet, scored);
    assert.equal(outcome.scores[0]!.total, '0.3');
    assert.equal(outcome.rules[0]!.status, 'fired');
  });
  it('a band may hold by condition', () => {
    const bands = { low: { atMost: 4, when: { fact: 'mild', is: true } }, high: { atLeast: 0, when: { fact: 'mild', is: false } } };
    const ruleSet = {
      facts,
      scores: { s: { components: { t: { fact: 'tiredness' } }, bands } },
      rules: [{ id: 'low', when: { score: 's', in: ['low'] } }],
    };
    const run = (patient: object) => outcomeOf(ruleSet, { facts: { tiredness: 1, ...patient } });
    assert.deepEqual([run({ mild: true }).scores[0]!.band, run({ mild: true }).rules[0]!.status], ['low', 'fired']);
    assert.deepEqual([run({}).scores[0]!.bands, run({}).rules[0]!.status], [['low', 'high'], 'undetermined']);
  });
});
