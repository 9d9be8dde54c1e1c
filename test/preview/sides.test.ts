/** One patient under two versions of a rule set. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { compareSides } from '../../server/src/features/compare-sides.ts';
import type { Reading } from '../../server/src/features/reading.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';
import { patientFile, ruleSetFile } from './previewed.ts';

const ROOT = 'samples/bone-metastasis';
const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });

function reading(ruleSet: RuleSet, patient: Patient): Reading {
  return { ruleSet, patient, link, outcome: evaluate(compile(ruleSet), patient, { trace: false, missing: false }) };
}

describe('one patient under two versions of a rule set', () => {
  it('has every answer and score side by side, and the rules and precautions that differ', () => {
    const ruleSet = ruleSetFile(`${ROOT}/pt-approaches.clinical.json`);
    const without = { ...ruleSet, rules: new Map([...ruleSet.rules].filter(([id]) => id !== 'high-risk-long-bone')) };
    const patient = patientFile(`${ROOT}/patients/s13.patient.json`);
    const sides = compareSides(reading(ruleSet, patient), reading(without, patient));
    const told = sides.answers.map(({ what, now, then, differs }) => `${what}: ${now.text} | ${then.text} ${differs ? '≠' : '='}`);
    assert.ok(
      told.some(text => /contraindicated \| no answer ≠/.test(text)),
      told.join('\n'),
    );
    assert.ok(
      told.some(text => /^Mirels, b .*: 9, high risk \| 9, high risk =$/.test(text)),
      told.join('\n'),
    );
    assert.deepEqual(
      sides.rules.map(({ now, then, rule }) => [rule?.id, now.text, then.text]),
      [['high-risk-long-bone', 'fired for b (left shaft of the femur); ruled out for a (L4)', 'not there']],
    );
    const other = compareSides(reading(without, patient), reading(ruleSet, patient));
    assert.deepEqual(
      other.rules.map(({ now, then, rule }) => [rule, now.text, then.text]),
      [[undefined, 'not there', 'fired for b (left shaft of the femur); ruled out for a (L4)']],
    );
  });

  it('differs in nothing from itself, and in every rule whose state is another', () => {
    let differing = 0;
    forSeeds(60, random => {
      const json = randomRuleSet(random, { appliesTo: true });
      const { ruleSet } = compiledOf(json);
      const patient = patientOf(randomPatient(random, json.scores, random.pick([0.5, 1])));
      const now = reading(ruleSet, patient);
      const same = compareSides(now, now);
      assert.ok([...same.answers, ...same.rules, ...same.precautions].every(({ differs }) => !differs));
      assert.deepEqual([same.rules, same.precautions, same.more], [[], [], 0]);
      const gone = random.pick([...ruleSet.rules.keys()]);
      const then = reading({ ...ruleSet, rules: new Map([...ruleSet.rules].filter(([id]) => id !== gone)) }, patient);
      const states = ({ outcome }: Reading, id: string) =>
        outcome.rules
          .filter(rule => rule.id === id)
          .map(({ record, status }) => `${record} ${status}`)
          .sort();
      const other = [...ruleSet.rules.keys()].filter(id => `${states(now, id)}` !== `${states(then, id)}`);
      const told = compareSides(now, then);
      assert.deepEqual(told.rules.flatMap(({ rule }) => rule?.id ?? []).sort(), other.sort());
      differing += told.answers.filter(({ differs }) => differs).length;
    });
    assert.ok(process.env.SEED !== undefined || differing > 5, `only ${differing} answers differ`);
  });
});
