/** What is proved of nobody, one reason at a time; and beside each the nearest that somebody shows, which must not be proved. */
import assert from 'node:assert/strict';
import type { Rule } from '../../server/src/model/rule-set.ts';
import { isNeverTrue, isNeverUndetermined, isNeverUnknown } from '../../server/src/testing/nobody.ts';
import { outcomeOf, ruleSetOf } from '../support/rule-sets.ts';

const FACTS = {
  facts: {
    frail: { title: 'Frail', type: 'boolean' },
    lives: { title: 'Lives alone', type: 'boolean' },
    count: { title: 'Count', type: 'integer', minimum: 0, maximum: 3 },
    fall: { title: 'Fall', type: 'date', required: true },
  },
  groups: {
    lesions: { title: 'Lesion', facts: { long: { title: 'Long', type: 'boolean' }, wide: { title: 'Wide', type: 'boolean' } } },
  },
  derived: {
    since: { title: 'Since', type: 'quantity', unit: 'h', since: 'fall' },
    twice: { title: 'Twice', type: 'integer', sum: [{ fact: 'count' }, { fact: 'count' }] },
    kind: {
      title: 'Kind',
      type: 'code',
      values: ['some', 'other'],
      table: [
        { when: { fact: 'twice', atLeast: 4 }, value: 'some' },
        { when: { fact: 'count', atMost: 1 }, value: 'some' },
        { value: 'other' },
      ],
    },
  },
  scores: {
    pain: {
      title: 'Pain',
      components: { now: { title: 'Now', options: { none: 0, some: 5, much: 9 } } },
      bands: {
        low: { title: 'Low', atMost: 2 },
        middle: { title: 'Middle', atLeast: 3, atMost: 6 },
        high: { title: 'High', above: 6, when: { fact: 'frail', is: true } },
        highest: { title: 'Highest', atMost: 6, when: { fact: 'frail', is: true } },
      },
    },
    break: {
      title: 'Break',
      of: 'lesions',
      when: { fact: 'long', is: true },
      components: { wide: { title: 'Wide', conditions: [{ when: { fact: 'wide', is: true }, points: 2 }], otherwise: 1 } },
      bands: { low: { title: 'Low', atMost: 1 }, high: { title: 'High', atLeast: 2 } },
    },
  },
  decisions: { go: { title: 'Go?', values: ['no', 'care', 'yes'], resolve: 'strictest' } },
};

const is = (fact: string) => ({ fact, is: true });
const unknown = (fact: string) => ({ unknown: { fact } });

function ruleOf(rule: object, more: object = {}) {
  const written = {
    ...FACTS,
    ...more,
    rules: [
      { id: 'asked', then: [], ...rule },
      { id: 'stops', when: is('frail'), then: [{ decide: 'go', as: 'no' }] },
    ],
  };
  const ruleSet = ruleSetOf(written);
  return { written, ruleSet, rule: ruleSet.rules.get('asked') as Rule };
}

function undetermined(rule: object, more: object = {}): boolean {
  const made = ruleOf(rule, more);
  return !isNeverUndetermined(made.ruleSet, made.rule);
}

/** That the proof is not had and the patient shows why. */
function assertShown(rule: object, patient: object, more: object = {}, status = 'undetermined'): void {
  const { written, ruleSet, rule: read } = ruleOf(rule, more);
  const said = outcomeOf(written, patient).rules.find(each => each.id === 'asked');
  assert.equal(said?.status, status);
  const proved = status === 'fired' ? isNeverTrue(ruleSet, read.when!, undefined) : isNeverUndetermined(ruleSet, read);
  assert.ok(!proved, `${JSON.stringify(rule)} was said never to be ${status}`);
}

describe('that nobody shows something', () => {
  it('is proved where a fact is asked to be unknown beside what it is', () => {
    assert.ok(!undetermined({ when: { any: [is('frail'), unknown('frail')] } }));
    assert.ok(!undetermined({ when: { any: [{ not: is('frail') }, unknown('frail')] } }));
    assertShown({ when: { any: [is('frail'), unknown('lives')] } }, { facts: { lives: true } });
    assertShown({ when: { all: [is('frail'), unknown('frail')] } }, { facts: {} });
  });

  it('is proved where nothing is asked but what is unknown', () => {
    assert.ok(!undetermined({ when: { any: [unknown('frail'), unknown('lives')] } }));
    assert.ok(!undetermined({ when: { all: [unknown('frail'), { unknown: { score: 'pain' } }, { unknown: { group: 'lesions' } }] } }));
    assertShown({ when: { any: [unknown('frail'), is('lives')] } }, { facts: { frail: true } });
  });

  it('is proved of a score that is unknown only where it may apply', () => {
    const of = { of: 'lesions' };
    const alone = { all: [{ not: is('long') }, { unknown: { score: 'break' } }] };
    const proof = ruleOf({ ...of, when: alone });
    assert.ok(isNeverTrue(proof.ruleSet, proof.rule.when!, 'lesions'));
    const other = ruleOf({ ...of, when: { all: [{ not: is('wide') }, { unknown: { score: 'break' } }] } });
    assert.ok(!isNeverTrue(other.ruleSet, other.rule.when!, 'lesions'));
  });

  it('is proved of a rule that waits for what nobody decides, and of no other', () => {
    const waiting = (...values: string[]) => ({ when: is('lives'), given: { decision: 'go', in: values }, then: [{ recommend: 'walk' }] });
    assert.ok(!undetermined(waiting('care', 'yes')));
    assertShown(waiting('no', 'yes'), { facts: { lives: true } });
  });

  it('is not proved of bands that hold together while several totals are possible', () => {
    const middling = { scores: { pain: { options: { now: { oneOf: ['none', 'some'] } } } } };
    const low = { score: 'pain', in: ['low'] };
    assertShown({ when: low }, middling, { appliesTo: { score: 'pain', in: ['low', 'middle'] } });
    const frail = { ...middling, facts: { frail: true } };
    assertShown({ when: low }, frail, { appliesTo: { score: 'pain', in: ['middle', 'highest'] } });
    const wide = { facts: { frail: true }, scores: { pain: { options: { now: { oneOf: ['some', 'much'] } } } } };
    assertShown({ when: { score: 'pain', in: ['high'] } }, wide, { appliesTo: { score: 'pain', in: ['high', 'highest'] } });
  });

  it('is not proved where a table reads a number and what it is computed from', () => {
    const either = {
      any: [
        { fact: 'twice', atLeast: 4 },
        { fact: 'count', atMost: 1 },
      ],
    };
    assertShown({ when: either }, { facts: { count: { oneOf: [1, 2] } } }, { appliesTo: { fact: 'kind', is: 'some' } });
  });

  it('is not proved where the day alone of an event is known that must be recorded', () =>
    assertShown({ when: { fact: 'since', atMost: 20, unit: 'h' } }, { facts: { fall: '2026-11-21' } }));

  it('is proved within the scope, and not where the scope itself is asked', () => {
    const scope = { appliesTo: is('frail') };
    assert.ok(!undetermined({ when: is('frail') }, scope));
    assertShown({ when: is('lives') }, { facts: { frail: true } }, scope);
    assertShown({ when: is('frail'), until: is('lives') }, { facts: { frail: true } }, scope);
  });

  it('is not proved of a rule that another may override', () => {
    const overriding = { id: 'over', when: is('lives'), then: [], override: { rules: ['asked'], reason: 'It is safer.' } };
    const { ruleSet } = ruleOf({ when: { any: [is('frail'), unknown('frail')] } });
    const over = ruleSetOf({ ...FACTS, rules: [{ id: 'asked', when: { any: [is('frail'), unknown('frail')] }, then: [] }, overriding] });
    assert.ok(isNeverUndetermined(ruleSet, ruleSet.rules.get('asked')!));
    assert.ok(!isNeverUndetermined(over, over.rules.get('asked')!));
  });

  it('is proved of conditions about records, however many', () => {
    const asks = { some: 'lesions', where: { any: [is('long'), unknown('long')] } };
    const { ruleSet, rule } = ruleOf({ when: { any: [asks, { unknown: { group: 'lesions' } }] } });
    assert.ok(isNeverUnknown(ruleSet, rule.when!, undefined));
    assertShown({ when: asks }, { groups: { lesions: { complete: false, records: [] } } });
  });
});
