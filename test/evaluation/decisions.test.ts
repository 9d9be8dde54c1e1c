/** How rules become decisions: each way to resolve, records by themselves, overriding, waiting, scope. */
import assert from 'node:assert/strict';
import type { DecisionOutcome, Outcome } from '../../server/src/evaluation/outcome.ts';
import { outcomeOf } from '../support/rule-sets.ts';

const FACTS = { a: { type: 'boolean' }, b: { type: 'boolean' }, c: { type: 'boolean' } };
const VALUES = ['stop', 'careful', 'go'];

/** Rules `{ fact: value }`: each fires where its fact is true. */
function decided(resolve: string, rules: Record<string, string>, facts: object): DecisionOutcome {
  const written = Object.entries(rules).map(([fact, as]) => ({ id: fact, when: { fact, is: true }, ...effect(as) }));
  return outcomeOf({ facts: FACTS, decisions: { d: { values: VALUES, resolve } }, rules: written }, { facts }).decisions.d!;
}

const effect = (as: string, decide = 'd') => ({ then: [{ decide, as }] });

const short = ({ status, value, possible, meanwhile, by }: DecisionOutcome) => [status, value, possible.join(' '), meanwhile, by.join(' ')];
const RULES = { a: 'stop', b: 'go' };

describe('decisions', () => {
  const cases: [string, DecisionOutcome, unknown[]][] = [
    ['strictest takes the strictest', decided('strictest', RULES, { a: true, b: true }), ['decided', 'stop', 'stop', 'stop', 'a']],
    ['strictest waits for a stricter', decided('strictest', RULES, { b: true }), ['undetermined', null, 'stop go', 'stop', 'a']],
    ['strictest does not wait for a looser', decided('strictest', RULES, { a: true }), ['decided', 'stop', 'stop', 'stop', 'a']],
    ['nothing fired, one open', decided('strictest', RULES, { a: false }), ['undetermined', null, 'go no-answer', 'go', 'b']],
    ['nothing fired, nothing open', decided('strictest', RULES, { a: false, b: false }), ['no-answer', null, 'no-answer', null, '']],
    ['single disagrees', decided('single', RULES, { a: true, b: true }), ['conflict', null, 'stop go', 'stop', 'a b']],
    ['single waits for another value', decided('single', RULES, { b: true }), ['undetermined', null, 'stop go', 'stop', 'a']],
    ['single does not wait for the same value', decided('single', { a: 'go', b: 'go' }, { b: true }), ['decided', 'go', 'go', 'go', 'b']],
    ['first not ruled out, fired', decided('first', RULES, { a: false, b: true }), ['decided', 'go', 'go', 'go', 'b']],
    ['first not ruled out, open', decided('first', { a: 'go', b: 'stop' }, { b: true }), ['undetermined', null, 'stop go', 'stop', 'a']],
    ['first decides before the others', decided('first', RULES, { a: true, b: true }), ['decided', 'stop', 'stop', 'stop', 'a']],
    ['collect takes all', decided('collect', RULES, { a: true, b: true }), ['decided', ['stop', 'go'] as never, 'stop go', 'stop', 'a b']],
    ['collect waits while any is open', decided('collect', { a: 'go', b: 'go' }, { a: true }), ['undetermined', null, 'go', 'go', 'b']],
  ];
  for (const [name, outcome, expected] of cases) it(name, () => assert.deepEqual(short(outcome), expected));

  it('a value nobody declared may stand for the strictest', () => {
    const outcome = decided('strictest', { a: 'stpo', b: 'go' }, { a: true, b: true });
    assert.deepEqual(short(outcome), ['undetermined', null, 'stop go', 'stop', 'a']);
  });
});

const LESIONS = {
  sites: { spine: {}, L3: { partOf: 'spine' }, T5: { partOf: 'spine' }, femur: { paired: true }, rib: {} },
  facts: { healthy: { type: 'boolean' } },
  groups: {
    lesions: {
      facts: { site: { type: 'code', values: 'sites' }, side: { type: 'side' }, unstable: { type: 'boolean' }, fixed: { type: 'boolean' } },
    },
  },
  decisions: { clearance: { values: VALUES, resolve: 'strictest', each: 'lesions' } },
  rules: [
    {
      id: 'unstable',
      of: 'lesions',
      when: { fact: 'unstable', is: true },
      until: { fact: 'fixed', is: true },
      ...effect('stop', 'clearance'),
    },
    {
      id: 'stable',
      of: 'lesions',
      when: {
        all: [
          { fact: 'site', is: 'spine' },
          { fact: 'unstable', is: false },
        ],
      },
      ...effect('go', 'clearance'),
    },
    { id: 'fixed', of: 'lesions', when: { fact: 'fixed', is: true }, ...effect('careful', 'clearance') },
    { id: 'healthy', when: { fact: 'healthy', is: true }, ...effect('go', 'clearance') },
  ],
};

function lesions(records: object[], rest: object = {}, ruleSet: object = LESIONS): Outcome {
  const listed = records.map((facts, i) => ({ id: `r${i}`, facts: { fixed: false, side: 'left', ...facts } }));
  return outcomeOf(ruleSet, { facts: { healthy: false }, groups: { lesions: { complete: true, records: listed } }, ...rest });
}

const L3 = { site: 'L3', unstable: false };
const answer = (outcome: Outcome) => {
  const { status, value, possible } = outcome.decisions.clearance!;
  return [status, value, possible.join(' ')];
};

describe('a decision for each record', () => {
  it('a rib beside a stable L3 gives no answer', () => {
    assert.deepEqual(answer(lesions([L3, { site: 'rib', unstable: false }])), ['no-answer', null, 'no-answer']);
  });
  it("the patient's own rules answer for no record", () => {
    const outcome = lesions([L3, { site: 'rib', unstable: false }], { facts: { healthy: true } });
    assert.deepEqual(answer(outcome), ['no-answer', null, 'no-answer']);
  });
  it('the strictest value anywhere decides, whatever else is missing', () => {
    assert.deepEqual(answer(lesions([{ site: 'T5', unstable: true }, { site: 'rib' }])), ['decided', 'stop', 'stop']);
  });
  it('a stabilised femur beside an unstable vertebra does not clear it', () => {
    assert.deepEqual(
      answer(
        lesions([
          { site: 'femur', unstable: true, fixed: true },
          { site: 'L3', unstable: true },
        ]),
      ),
      ['decided', 'stop', 'stop'],
    );
  });
  it('a stabilised femur beside a stable vertebra is careful', () => {
    const outcome = lesions([{ site: 'femur', unstable: true, fixed: true }, L3]);
    assert.deepEqual(answer(outcome), ['decided', 'careful', 'careful']);
    assert.deepEqual(outcome.decisions.clearance!.records.r1!.value, 'go');
  });
  it('any undetermined part leaves the whole undetermined, and what every record can be stays possible', () => {
    assert.deepEqual(answer(lesions([L3, { site: 'T5' }])), ['undetermined', null, 'stop go no-answer']);
  });
  it('a value that a record without answer excludes is not possible', () =>
    assert.deepEqual(answer(lesions([{ site: 'rib', unstable: false }, { site: 'T5' }])), ['undetermined', null, 'stop no-answer']));
  it('a list that is not complete is undetermined', () => {
    const outcome = lesions([L3], { groups: { lesions: { complete: false, records: [{ id: 'a', facts: { ...L3, fixed: false } }] } } });
    assert.deepEqual(answer(outcome), ['undetermined', null, 'stop careful go no-answer']);
    assert.deepEqual(
      outcome.missing.map(({ input, kind }) => [input, kind]),
      [['lesions', 'group']],
    );
    assert.equal(outcome.missing[0]!.outcomes[0]!.decisions.clearance!.value, 'go');
  });
  it('an absent list is not complete, and empty', () => {
    assert.deepEqual(answer(outcomeOf(LESIONS, { facts: { healthy: true } })), ['undetermined', null, 'stop careful go no-answer']);
  });
  it("without records the patient's own rules must answer", () => {
    assert.deepEqual(answer(lesions([], { facts: { healthy: true } })), ['decided', 'go', 'go']);
    assert.deepEqual(answer(lesions([], { facts: { healthy: false } })), ['no-answer', null, 'no-answer']);
    assert.deepEqual(answer(lesions([], { facts: {} })), ['undetermined', null, 'go no-answer']);
  });
  it('a record that is not listed may still decide a decision that is not for each', () => {
    const { each: _, ...whole } = LESIONS.decisions.clearance;
    const ruleSet = { ...LESIONS, decisions: { clearance: whole } };
    const open = { facts: { healthy: true }, groups: { lesions: { complete: false, records: [] } } };
    assert.deepEqual(answer(lesions([], open, ruleSet)), ['undetermined', null, 'stop careful go']);
    assert.deepEqual(answer(lesions([], { facts: { healthy: true } }, ruleSet)), ['decided', 'go', 'go']);
  });
});

describe('overriding', () => {
  const rule = (id: string, over: string[] = [], of?: string) => ({
    id,
    ...(of && { of }),
    when: { fact: of ? 'x' : id, is: true },
    ...(over.length > 0 && { override: { rules: over, reason: 'Because.' } }),
    ...effect('go'),
  });
  const run = (rules: object[], patient: object) => {
    const ruleSet = { facts: FACTS, groups: { g: { facts: { x: { type: 'boolean' } } }, h: { facts: { x: { type: 'boolean' } } } }, rules };
    return Object.fromEntries(outcomeOf(ruleSet, patient).rules.map(({ id, record, status }) => [record ? `${id}.${record}` : id, status]));
  };

  it('an overridden rule is ruled out', () => {
    assert.deepEqual(run([rule('a'), rule('b', ['a'])], { facts: { a: true, b: true } }), { a: 'ruled-out', b: 'fired' });
  });
  it('an overriding rule that is not known leaves it undetermined', () => {
    assert.deepEqual(run([rule('a'), rule('b', ['a'])], { facts: { a: true } }), { a: 'undetermined', b: 'undetermined' });
  });
  it('an overridden rule overrides nothing', () => {
    const chain = [rule('a'), rule('b', ['a']), rule('c', ['b'])];
    assert.deepEqual(run(chain, { facts: { a: true, b: true, c: true } }), { a: 'fired', b: 'ruled-out', c: 'fired' });
  });
  it('in a ring of overriding rules none is certain, in whatever order they stand', () => {
    const ring = [rule('a', ['b']), rule('b', ['a'])];
    const facts = { a: true, b: true };
    assert.deepEqual(run(ring, { facts }), { a: 'undetermined', b: 'undetermined' });
    assert.deepEqual(run([...ring].reverse(), { facts }), { a: 'undetermined', b: 'undetermined' });
  });
  it('a rule of a group overrides its own record only, and no rule of another group or of the patient', () => {
    const records = (...values: boolean[]) => ({ records: values.map((x, i) => ({ id: `r${i}`, facts: { x } })) });
    const rules = [
      rule('a'),
      { ...rule('all', [], 'g'), when: undefined },
      rule('other', [], 'h'),
      rule('over', ['a', 'all', 'other'], 'g'),
    ];
    assert.deepEqual(run(rules, { facts: { a: true }, groups: { g: records(true, false), h: records(true) } }), {
      a: 'fired',
      'all.r0': 'ruled-out',
      'all.r1': 'fired',
      'other.r0': 'fired',
      'over.r0': 'fired',
      'over.r1': 'ruled-out',
    });
  });
});

describe('waiting for a decision, and scope', () => {
  const ruleSet = {
    facts: FACTS,
    appliesTo: { fact: 'c', is: true },
    decisions: { d: { values: VALUES, resolve: 'strictest' } },
    rules: [
      { id: 'stop', when: { fact: 'a', is: true }, ...effect('stop') },
      { id: 'go', when: { fact: 'b', is: true }, ...effect('go') },
      { id: 'walk', then: [{ recommend: 'walk' }], given: { decision: 'd', in: ['go'] } },
      { id: 'bad', then: [{ forbid: 'walk' }], given: { decision: 'd', in: ['go'] } },
    ],
  };
  const status = (facts: object, id: string) => outcomeOf(ruleSet, { facts }).rules.find(rule => rule.id === id)!.status;

  it('fires when the value is decided', () => assert.equal(status({ a: false, b: true, c: true }, 'walk'), 'fired'));
  it('is ruled out by another value and by no answer', () => {
    assert.equal(status({ a: true, b: true, c: true }, 'walk'), 'ruled-out');
    assert.equal(status({ a: false, b: false, c: true }, 'walk'), 'ruled-out');
  });
  it('is undetermined while the value is possible', () => assert.equal(status({ b: true, c: true }, 'walk'), 'undetermined'));
  it('is never certain for a rule that does more than recommend', () =>
    assert.equal(status({ a: false, b: true, c: true }, 'bad'), 'undetermined'));
  it('outside the scope nothing is answered, and it says why', () => {
    const { decisions, rules, scope } = outcomeOf(ruleSet, { facts: { a: true, c: false } });
    assert.deepEqual([scope, decisions.d!.status, decisions.d!.because], ['false', 'no-answer', 'out-of-scope']);
    assert.ok(rules.every(rule => rule.status === 'ruled-out'));
  });
  it('while the scope is unknown, what would be decided is undetermined', () => {
    const { decisions } = outcomeOf(ruleSet, { facts: { a: true } });
    assert.deepEqual(
      [...short(decisions.d!), decisions.d!.because],
      ['undetermined', null, 'stop go no-answer', 'stop', 'go stop', 'scope-unknown'],
    );
  });
});
