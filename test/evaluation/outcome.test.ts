/** What else an outcome says: missing inputs, problems of the patient, cautions, the trace. */
import assert from 'node:assert/strict';
import type { Outcome, TraceNode } from '../../server/src/evaluation/outcome.ts';
import { outcomeOf } from '../support/rule-sets.ts';

const DECLARED = {
  id: 'rules',
  version: '1.0.0',
  status: 'active',
  facts: {
    flag: { type: 'boolean', required: true },
    tired: { type: 'integer', minimum: 0, maximum: 10 },
    calcium: { type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } },
    albumin: { type: 'quantity', unit: 'g/dL', minimum: 0, maximum: 8 },
    ended: { type: 'date' },
    kind: { type: 'code', values: { solid: {}, breast: { isA: 'solid' }, lung: { isA: 'solid' }, blood: {} } },
  },
  groups: { lesions: { facts: { unstable: { type: 'boolean' } } } },
  derived: {
    hours: { type: 'quantity', unit: 'h', since: 'ended' },
    corrected: {
      type: 'quantity',
      unit: 'mg/dL',
      sum: [{ fact: 'calcium' }, { product: [0.8, { difference: [4, { fact: 'albumin' }] }] }],
    },
  },
  decisions: { d: { values: ['stop', 'go'], resolve: 'strictest' } },
};
const go = { id: 'go', then: [{ decide: 'd', as: 'go' }] };
const stop = (when: object, id = 'stop') => ({ id, when, then: [{ decide: 'd', as: 'stop' }] });

function run(when: object, facts: object, rest: object = {}): Outcome {
  return outcomeOf({ ...DECLARED, rules: [go, stop(when)] }, { facts: { flag: true, ...facts }, ...rest });
}

/** `input: value gives decision`. */
function missing({ missing }: Outcome): string[] {
  return missing.map(
    ({ input, outcomes }) =>
      `${input}: ${outcomes.map(({ value, decisions }) => `${value} ${decisions.d!.value ?? decisions.d!.status}`).join('; ')}`,
  );
}

const mgdl = (value: number) => ({ value, unit: 'mg/dL' });

describe('missing inputs', () => {
  it('each value with what it would decide', () => {
    assert.deepEqual(missing(run({ fact: 'flag', is: true }, { flag: null })), ['flag: true stop; false go']);
    assert.deepEqual(missing(run({ fact: 'kind', is: 'solid' }, {})), ['kind: breast, lung stop; blood go']);
    assert.deepEqual(missing(run({ fact: 'kind', is: 'breast' }, { kind: 'solid' })), ['kind: breast stop; lung go']);
  });
  it('numbers by the cells between the bounds named, neighbours with one outcome together', () => {
    assert.deepEqual(missing(run({ fact: 'tired', atLeast: 7 }, {})), ['tired: <= 6 go; >= 7 stop']);
    assert.deepEqual(missing(run({ fact: 'tired', atLeast: 4, atMost: 6 }, {})), ['tired: <= 3 go; >= 4 and <= 6 stop; >= 7 go']);
    assert.deepEqual(missing(run({ fact: 'calcium', above: 14, unit: 'mg/dL' }, {})), ['calcium: <= 14 mg/dL go; > 14 mg/dL stop']);
  });
  it('follows a formula backwards, exactly', () => {
    const high = { fact: 'corrected', atLeast: 14, unit: 'mg/dL' };
    assert.deepEqual(missing(run(high, { calcium: mgdl(13) })), ['albumin: <= 2.75 g/dL stop; > 2.75 g/dL go']);
    assert.deepEqual(missing(run(high, { albumin: { value: 4, unit: 'g/dL' } })), ['calcium: < 14 mg/dL go; >= 14 mg/dL stop']);
    // With both missing neither alone settles anything.
    assert.deepEqual(missing(run(high, {})), ['albumin: any value g/dL undetermined', 'calcium: any value mg/dL undetermined']);
  });
  it('a date by the moments that make a difference, and never', () => {
    const recent = { fact: 'hours', atMost: 48, unit: 'h' };
    assert.deepEqual(missing(run(recent, {})), ['ended: < 2026-11-20T12:00Z go; >= 2026-11-20T12:00Z stop; never go']);
    assert.deepEqual(missing(run(recent, { ended: '2026-11-20' })), ['ended: < 2026-11-20T12:00Z go; >= 2026-11-20T12:00Z stop']);
  });
  it('a list that may not be complete', () => {
    const outcome = run(
      { some: 'lesions', where: { fact: 'unstable', is: true } },
      {},
      { groups: { lesions: { complete: false, records: [{ id: 'a' }] } } },
    );
    assert.deepEqual(missing(outcome), ['lesions.a.unstable: true stop; false undetermined', 'lesions: complete undetermined']);
  });
  it('ordered by the rules settled, then by name; what cannot matter any more is left out', () => {
    const rules = [
      stop({ fact: 'tired', atLeast: 7 }, 'a'),
      stop(
        {
          all: [
            { fact: 'tired', atLeast: 5 },
            { fact: 'kind', is: 'blood' },
          ],
        },
        'b',
      ),
      stop(
        {
          all: [
            { fact: 'flag', is: false },
            { fact: 'calcium', atLeast: 3, unit: 'mg/dL' },
          ],
        },
        'c',
      ),
    ];
    const { missing } = outcomeOf({ ...DECLARED, rules }, { facts: { flag: true } });
    assert.deepEqual(
      missing.map(({ input, rules }) => [input, rules.join(' ')]),
      [
        ['tired', 'a b'],
        ['kind', 'b'],
      ],
    );
  });
  it('the scope waits too', () => {
    const outcome = outcomeOf({ ...DECLARED, appliesTo: { fact: 'tired', atLeast: 3 }, rules: [go] }, { facts: { flag: true } });
    assert.deepEqual(missing(outcome), ['tired: <= 2 no-answer; >= 3 go']);
  });
});

describe('problems of a patient', () => {
  const problems = (patient: object, ruleSet: object = {}) =>
    outcomeOf({ ...DECLARED, rules: [], ...ruleSet }, patient).problems.map(({ code, path }) => `${code} ${path}`);
  const cases: [string, object, string[]][] = [
    ['sound', { facts: { flag: true } }, []],
    ['a required fact that is absent', { facts: {} }, ['patient-required-missing flag']],
    ['an unknown name', { facts: { flag: true, flga: true } }, ['patient-unknown-name flga']],
    ['an unknown group', { facts: { flag: true }, groups: { lesion: {} } }, ['patient-unknown-name lesion']],
    [
      'an unknown fact of a record',
      { facts: { flag: true }, groups: { lesions: { records: [{ id: 'a', facts: { x: 1 } }] } } },
      ['patient-unknown-name lesions.a.x'],
    ],
    ['a value nobody declared', { facts: { flag: true, kind: 'gas' } }, ['patient-unknown-value kind']],
    ['a value outside its domain', { facts: { flag: true, calcium: mgdl(25) } }, ['patient-outside-domain calcium']],
    ['a domain in another unit', { facts: { flag: true, calcium: { value: 6.1, unit: 'mmol/L' } } }, ['patient-outside-domain calcium']],
    ['an undeclared unit', { facts: { flag: true, calcium: { value: 6, unit: 'g/L' } } }, ['patient-undeclared-unit calcium']],
    ['a number without its unit', { facts: { flag: true, calcium: 6 } }, ['patient-undeclared-unit calcium']],
    ['a value of another type', { facts: { flag: 'yes' } }, ['patient-required-missing flag', 'patient-wrong-type flag']],
    ['part of a whole', { facts: { flag: true, tired: 2.5 } }, ['patient-wrong-type tired']],
    ['an event to come', { facts: { flag: true, ended: '2026-11-23' } }, ['patient-event-after-as-of ended']],
    ['an event later today', { facts: { flag: true, ended: '2026-11-22T12:00:01Z' } }, ['patient-event-after-as-of ended']],
    ['no date', { asOf: 'today', facts: { flag: true } }, ['as-of-missing asOf']],
  ];
  for (const [name, patient, expected] of cases) it(name, () => assert.deepEqual(problems(patient), expected));

  it('one wrong value among several leaves the fact absent, not narrowed', () => {
    const outcome = run({ fact: 'tired', atLeast: 7 }, { tired: { oneOf: [3, 11] } });
    assert.equal(outcome.decisions.d!.status, 'undetermined');
  });
  it('a patient that cannot be', () => {
    const impossible = [
      {
        id: 'no-gas',
        when: {
          all: [
            { fact: 'flag', is: true },
            { fact: 'tired', is: 0 },
          ],
        },
        reason: 'Never seen.',
      },
    ];
    assert.deepEqual(problems({ facts: { flag: true, tired: 0 } }, { impossible }), ['impossible-patient ']);
    assert.deepEqual(problems({ facts: { flag: true } }, { impossible }), []);
  });
  it('names that another of its rule sets may know are not told', () =>
    assert.deepEqual(problems({ facts: { flag: true, other: 1 }, for: ['a.clinical.json', 'b.clinical.json'] }), []));
});

describe('cautions', () => {
  const cautions = (root: object, asOf = '2026-11-22T12:00:00Z') =>
    outcomeOf({ ...DECLARED, rules: [], ...root }, { asOf, facts: { flag: true } }).ruleSet.cautions;
  it('none for an active rule set within its review date', () => assert.deepEqual(cautions({ reviewBy: '2026-11-22' }), []));
  it('a draft, or a retired one', () => {
    assert.deepEqual(cautions({ status: 'draft' }), ['draft']);
    assert.deepEqual(cautions({ status: 'retired' }), ['retired']);
  });
  it('past its review date, by the date of the patient', () => {
    assert.deepEqual(cautions({ reviewBy: '2026-11-21' }), ['review-date-passed']);
    assert.deepEqual(cautions({ reviewBy: '2026-11-21' }, '2026-11-21T23:00:00Z'), []);
  });
});

describe('the trace', () => {
  const shape = ({ kind, truth, name, values, test, record, items }: TraceNode): unknown[] => [
    kind,
    truth,
    ...[name, values?.join(), test, record].filter(part => part !== undefined),
    ...(items ?? []).map(shape),
  ];
  const when = {
    all: [
      { fact: 'calcium', atLeast: { 'mg/dL': 14, 'mmol/L': 3.5 } },
      { not: { fact: 'kind', is: 'blood' } },
      { some: 'lesions', where: { fact: 'unstable', is: true } },
    ],
  };
  const patient = {
    facts: { flag: true, calcium: { value: 3.6, unit: 'mmol/L' } },
    groups: { lesions: { records: [{ id: 'a', facts: { unstable: true } }] } },
  };

  it('records at each node the value compared, in the unit recorded', () => {
    const outcome = outcomeOf({ ...DECLARED, rules: [{ id: 'r', when, until: { fact: 'flag', is: false } }] }, patient, true);
    const { trace, status } = outcome.rules[0]!;
    assert.equal(status, 'undetermined');
    assert.deepEqual(shape(trace!.when!), [
      'all',
      'unknown',
      ['fact', 'true', 'calcium', '3.6 mmol/L', '>= 3.5 mmol/L'],
      ['not', 'unknown', ['fact', 'unknown', 'kind', '', 'is blood']],
      ['some', 'true', 'lesions', 'some', ['fact', 'true', 'unstable', 'true', 'is true', 'a']],
    ]);
    assert.deepEqual(shape(trace!.until!), ['fact', 'false', 'flag', 'true', 'is false']);
  });
  it('knows the place of every condition', () => {
    const text = JSON.stringify({ ...DECLARED, rules: [{ id: 'r', when }] });
    const { trace } = outcomeOf(text, patient, true).rules[0]!;
    const { file, span } = trace!.when!.items![1]!.place;
    assert.equal(file, 'test.clinical.json');
    assert.equal(text.slice(span.start, span.end), JSON.stringify(when.all[1]));
  });
  it('is made only when asked for', () => assert.equal(outcomeOf({ ...DECLARED, rules: [go] }, patient).rules[0]!.trace, undefined));
  it('shows what a waiting rule waits for, and who overrides', () => {
    const rules = [
      go,
      { id: 'walk', then: [{ recommend: 'walk' }], given: { decision: 'd', in: ['go'] } },
      { id: 'over', override: { rules: ['go'], reason: 'Because.' } },
    ];
    const [first, , walk] = outcomeOf({ ...DECLARED, rules }, patient, true).rules;
    assert.deepEqual([first!.id, first!.status, first!.overriddenBy], ['go', 'ruled-out', ['over']]);
    assert.deepEqual([walk!.id, walk!.trace!.given], ['walk', 'false']);
  });
});
