/** Mutants that no case notices: whoever is said to notice one does, and where it is proved that nobody could, nobody does. */
import assert from 'node:assert/strict';
import { answer } from '../../server/src/evaluation/answer.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { differencesFrom } from '../../server/src/features/expectations.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { witnessText } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { mutatedRuleSet } from '../../server/src/testing/mutant-run.ts';
import { runMutants } from '../../server/src/testing/mutation.ts';
import { expectedOf, toldApart } from '../../server/src/testing/told-apart.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf } from '../support/rule-sets.ts';

describe('mutants that no case notices', () => {
  it('are told by the patient they are given, and by nobody where they are proved equivalent', () =>
    forSeeds(2, (random, seed) => {
      const json = randomRuleSet(random);
      const compiled = compiledOf(json);
      const patients = Array.from({ length: 40 }, () => randomPatient(random, json.scores, 1));
      const counts = { survived: 0, equivalent: 0 };
      for (const { mutant, status, telling } of runMutants([compiled.ruleSet], [])) {
        const changed = compile(mutatedRuleSet(compiled.ruleSet, mutant));
        const saidOf = (text: string, one = compiled) => answer(one, stateOf(one.layout, readPatient(parseDocument(text), 'p')));
        const what = `seed ${seed}: ${mutant.item.id} ${mutant.kind} ${mutant.was} → ${mutant.is}`;
        if (status === 'survived') {
          counts.survived++;
          const expected = expectedOf(telling!.expected);
          const text = witnessText(telling!.patient);
          assert.deepEqual(differencesFrom(expected, saidOf(text), compiled.ruleSet), [], what);
          assert.ok(differencesFrom(expected, saidOf(text, changed), changed.ruleSet).length > 0, what);
        }
        if (status !== 'equivalent') continue;
        counts.equivalent++;
        for (const patient of patients) {
          const text = JSON.stringify(patient);
          const apart = toldApart(
            { ruleSet: compiled.ruleSet, answer: saidOf(text) },
            { ruleSet: changed.ruleSet, answer: saidOf(text, changed) },
          );
          assert.equal(apart, undefined, `${what}: ${text}`);
        }
      }
      assert.ok(counts.survived > 20, `seed ${seed}: ${JSON.stringify(counts)}`);
    })).timeout(240_000);
});
