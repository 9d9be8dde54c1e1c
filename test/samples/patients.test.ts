/** Every sample patient comes out as its author expects. */
import assert from 'node:assert/strict';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { decide, prepare } from '../../server/src/evaluation/decide.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { differencesFrom } from '../../server/src/features/expectations.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { compiledWhole, patientFiles, ruleSetOf, SAMPLES, wholePatient } from './load.ts';

describe('sample patients', () => {
  for (const file of patientFiles) {
    const patient = wholePatient(file);
    for (const expected of patient.expected) {
      const id = expected.ruleSet?.value ?? '';
      it(`${file.slice(SAMPLES.length + 1)} under ${id}`, () => {
        const compiled = compiledWhole(ruleSetOf(patient, id));
        const outcome = evaluate(compiled, patient, { trace: false });
        // A sample may show what an absent required fact does; nothing else may be wrong with its data.
        assert.deepEqual(
          outcome.problems.filter(({ code }) => code !== 'patient-required-missing'),
          [],
        );
        assert.deepEqual(
          differencesFrom(expected, outcome, compiled.ruleSet).map(({ message }) => message),
          [],
        );
        assertShortWayAgrees(compiled, patient, outcome);
      });
    }
  }

  it('has all 29 worked cases, each with both expectations', () => {
    const cases = patientFiles.filter(file => /patients\/s\d\d\.patient\.json$/.test(file));
    assert.equal(cases.length, 29);
    for (const file of cases) {
      const expected = wholePatient(file).expected.map(({ ruleSet }) => ruleSet?.value);
      assert.deepEqual(expected, ['pt-approaches', 'all-five'], file);
    }
  });
});

/** The short way, for many patients, gives the same answers and the same rules. */
function assertShortWayAgrees(compiled: CompiledRuleSet, patient: Patient, outcome: Outcome): void {
  const { decisions, fired } = decide(compiled, prepare(compiled, patient));
  for (const [id, { status, value }] of Object.entries(outcome.decisions)) assert.deepEqual(decisions[id], { status, value });
  const inFull = outcome.rules.filter(({ status }) => status === 'fired').map(({ id }) => id);
  assert.deepEqual([...fired].sort(), [...new Set(inFull)].sort());
}
