/** What is worked out only when it is asked for is what is worked out at once, whatever is asked first. */
import assert from 'node:assert/strict';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { effectOutcomes, rulesInCollision } from '../../server/src/evaluation/effects.ts';
import { judge, judgeLazily } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import type { PatientState } from '../../server/src/evaluation/state.ts';
import { touching } from '../../server/src/evaluation/touching.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

const ADVICE = [
  { forbid: 'load' },
  { avoid: 'squat' },
  { avoid: 'swim' },
  { recommend: 'squat', with: { minutes: { atLeast: 20, unit: 'min' } } },
  { recommend: { oneOf: ['squat', 'swim'] }, maximum: { minutes: { value: 15, unit: 'min' } } },
  { recommend: 'squat', with: { minutes: { atMost: 10, unit: 'min' } } },
  { limit: 'minutes', atMost: 10, unit: 'min' },
];

describe('a lazy judgement', function () {
  this.timeout(60_000);

  it('has the same truths, decisions and collisions in force', () => {
    let collisions = 0;
    forSeeds(60, random => {
      const made = randomRuleSet(random, { unknown: true, appliesTo: random.chance(0.3) });
      const always = random.list(2, 5, i => ({ id: `always-${i}`, title: 'Always', then: [random.pick(ADVICE)] }));
      const ruleSet = { ...made, rules: [...made.rules, ...always] };
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 5; i++) {
        const patient = patientOf(randomPatient(random, ruleSet.scores, random.pick([0.3, 0.9, 1])));
        const fresh = () => stateOf(compiled.layout, patient);
        compareJudgements(compiled, fresh, random);
        collisions += compareCollisions(compiled, fresh());
      }
    });
    assert.ok(collisions > 100, `${collisions} collisions`);
  });
});

function compareJudgements(compiled: CompiledRuleSet, fresh: () => PatientState, random: Random): void {
  const whole = judge(compiled, fresh());
  const lazy = judgeLazily(compiled, fresh());
  assert.equal(lazy.scope, whole.scope);
  const questions = [
    ...compiled.rules.map(rule => () => assert.deepEqual(lazy.truthsOf(rule), whole.truths[rule.index], rule.rule.id)),
    ...compiled.decisions.map(
      ({ decision: { id } }) =>
        () =>
          assert.deepEqual(lazy.decision(id), whole.decisions[id], id),
    ),
  ];
  for (const question of random.shuffled(questions)) question();
}

/** Of each rule alone, and of all. How many there are. */
function compareCollisions(compiled: CompiledRuleSet, state: PatientState): number {
  const { ruleSet, effects } = compiled;
  const { conflicts } = effectOutcomes(effects, judge(compiled, state), ruleSet);
  const inForce = conflicts.filter(conflict => conflict.state === 'in-force').map(({ rules }) => rules.join('+'));
  const lazy = judgeLazily(compiled, state);
  const touch = touching(effects, ruleSet);
  for (const id of ruleSet.rules.keys()) {
    const found = rulesInCollision(touch(id), lazy, ruleSet).filter(rules => rules.includes(id));
    const expected = inForce.filter(rules => rules.split('+').includes(id));
    assert.deepEqual(new Set(found.map(rules => rules.join('+'))), new Set(expected), id);
  }
  return inForce.length;
}
