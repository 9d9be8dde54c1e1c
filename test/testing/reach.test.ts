/** For what no case shows: a patient said to show it does, and what is said never to be shown nobody shows. */
import assert from 'node:assert/strict';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { type Point, Recorder } from '../../server/src/testing/coverage.ts';
import { Reach } from '../../server/src/testing/reach.ts';
import { witnessWords } from '../../server/src/testing/witness-words.ts';
import { forSeeds } from '../support/random.ts';
import { type PatientJson, randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

function pointsSeenIn(compiled: CompiledRuleSet, patients: readonly object[]): readonly Point[] {
  const recorder = new Recorder(compiled);
  for (const patient of patients) {
    const state = stateOf(compiled.layout, patientOf(patient as PatientJson));
    recorder.observe(state, judge(compiled, state));
  }
  return recorder.coverage().points;
}

function isSeen(points: readonly Point[], point: number, way: string): boolean {
  return points[point]!.ways.find(({ name }) => name === way)!.state === 'seen';
}

describe('what no case shows', () => {
  it('is shown by the patient that is found for it, and by nobody where it is said that no patient can', () =>
    forSeeds(8, (random, seed) => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const compiled = compiledOf(ruleSet);
      const reach = new Reach(compiled);
      const crowd = pointsSeenIn(
        compiled,
        Array.from({ length: 150 }, () => randomPatient(random, ruleSet.scores, random.pick([0.5, 0.8, 1]))),
      );
      let witnesses = 0;
      for (const [i, point] of pointsSeenIn(compiled, []).entries())
        for (const { name, state } of point.ways) {
          if (state !== 'not-seen') continue;
          const verdict = reach.verdict(point, name);
          const what = `seed ${seed}: ${point.kind} ${point.item?.id} ${name}`;
          if (verdict.kind === 'never') assert.ok(!isSeen(crowd, i, name), `${what} is seen, and was said never to be`);
          if (verdict.kind !== 'witness') continue;
          witnesses++;
          assert.ok(isSeen(pointsSeenIn(compiled, [verdict.patient]), i, name), `${what} is not seen on ${witnessWords(verdict.patient)}`);
        }
      assert.ok(witnesses > 20, `seed ${seed}: only ${witnesses} witnesses`);
    })).timeout(120_000);

  const OLD = {
    facts: { age: { title: 'Age', type: 'integer', minimum: 0, maximum: 120, required: true } },
    rules: [
      {
        id: 'old',
        when: {
          all: [
            { fact: 'age', atLeast: 65 },
            { fact: 'age', atLeast: 18 },
          ],
        },
        then: [],
      },
      { id: 'nobody', when: { fact: 'age', above: 120 }, then: [] },
      { id: 'everybody', then: [] },
    ],
  };

  it('is proved impossible where it is', () => {
    const compiled = compiledOf(OLD);
    const reach = new Reach(compiled);
    const verdicts = pointsSeenIn(compiled, []).flatMap(point =>
      point.kind === 'rule' ? point.ways.map(({ name }) => `${point.item!.id} ${name}: ${reach.verdict(point, name).kind}`) : [],
    );
    assert.deepEqual(verdicts, [
      'old fired: witness',
      'old undetermined: never',
      'old ruled out: witness',
      'nobody fired: never',
      'nobody undetermined: never',
      'nobody ruled out: witness',
      'everybody fired: witness',
      'everybody undetermined: never',
      'everybody ruled out: never',
    ]);
  });

  it('is said in one line', () => {
    assert.equal(
      witnessWords({
        asOf: '2026-11-22',
        facts: { age: { value: 65, unit: 'a' }, sex: { oneOf: ['female', 'male'] }, frail: true },
        scores: { risk: { on: '2026-11-22', options: { pain: 'none' } } },
        groups: {
          lesions: {
            complete: false,
            records: [
              { id: 'a', facts: { site: 'L3' } },
              { id: 'b', facts: {} },
            ],
          },
        },
      }),
      'age 65 a, sex female or male, frail true, risk pain none; lesions a: site L3; lesions b: nothing known; lesions not complete',
    );
    assert.equal(witnessWords({ asOf: '2026-11-22', facts: {} }), 'nothing known');
  });
});
