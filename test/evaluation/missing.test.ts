/** What a missing input would decide is what a patient who has that value is decided. */
import assert from 'node:assert/strict';
import { choicesOf } from '../../server/src/evaluation/choices.ts';
import { dependenceOn } from '../../server/src/evaluation/dependencies.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import { needsOf } from '../../server/src/evaluation/needs.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

describe('missing inputs on random rule sets', function () {
  this.timeout(60_000);

  it('asking only the rules that depend on an input gives what asking all of them gives', () => {
    let asked = 0;
    forSeeds(40, random => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 3; i++) {
        const patient = stateOf(compiled.layout, patientOf(randomPatient(random, ruleSet.scores, random.pick([0.3, 0.7, 0.9]))));
        const before = judge(compiled, patient);
        for (const need of needsOf(compiled, before)) {
          const depends = dependenceOn(need, compiled);
          const known = before.own.map((truths, rule) => (depends(rule) ? undefined : truths));
          for (const choice of choicesOf(need, compiled, patient).slice(0, 4)) {
            const [few, all] = [judge(compiled, choice.patient, known), judge(compiled, choice.patient)];
            assert.deepEqual(few.truths, all.truths, need.input);
            assert.deepEqual(few.decisions, all.decisions, need.input);
            asked++;
          }
        }
      }
    });
    assert.ok(process.env.SEED !== undefined || asked > 300, `only ${asked} choices`);
  });
});
