/** Mutants: each changes one thing, is noticed by just the cases that a whole new evaluation says, and is called equivalent only if nobody differs. */
import assert from 'node:assert/strict';
import { type Answer, answer } from '../../server/src/evaluation/answer.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { differencesFrom } from '../../server/src/features/expectations.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import type { Case } from '../../server/src/testing/cases.ts';
import { baselinesOf, mutatedRuleSet, noticedBy, noticersOf } from '../../server/src/testing/mutant-run.ts';
import { mutantsOf } from '../../server/src/testing/mutants.ts';
import { mutationRun, runMutants } from '../../server/src/testing/mutation.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { type RuleSetJson, randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf } from '../support/rule-sets.ts';

/** Cases that expect some of what the rule set answers now. */
function casesOf(ruleSet: object, patients: readonly object[], expects: (said: Answer) => object, proposed = false): Case[] {
  const compiled = compiledOf(ruleSet);
  return patients.map((json, i) => {
    const read = (expected: object[]) => readPatient(parseDocument(JSON.stringify({ ...json, id: `p${i}`, expected })), 'p');
    const said = answer(compiled, stateOf(compiled.layout, read([])));
    const patient = read([{ ruleSet: 'x', ...expects(said) }]);
    const place = { file: 'p', span: { start: 0, end: 1 } };
    const rest = { file: 'p', title: `${i}`, row: undefined, place, obstacles: [], proposed };
    return { id: `${i}`, ...rest, patient, expected: patient.expected[0]!, ruleSet: compiled.ruleSet };
  });
}

function randomExpectation(random: Random, said: Answer): object {
  const decisions = Object.entries(said.decisions).filter(() => random.chance(0.7));
  const answerOf = ({ status, value }: Answer['decisions'][string]) => (status === 'decided' ? (value ?? status) : status);
  const fired = [...new Set(said.rules.filter(({ status }) => status === 'fired').map(({ id }) => id))];
  return {
    decisions: Object.fromEntries(decisions.map(([id, decision]) => [id, answerOf(decision)])),
    ...(random.chance(0.5) && { fired }),
    ...(random.chance(0.5) && {
      totals: Object.fromEntries(
        said.scores.filter(({ record, total }) => record === null && total !== undefined).map(({ id, total }) => [id, Number(total)]),
      ),
    }),
  };
}

const patientsFor = (random: Random, { scores }: RuleSetJson) =>
  Array.from({ length: 8 }, () => ({ ...randomPatient(random, scores, random.pick([0.6, 1])) }));

describe('mutants', () => {
  it('are noticed by just the cases that a whole new evaluation says', () =>
    forSeeds(12, (random, seed) => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const cases = casesOf(ruleSet, patientsFor(random, ruleSet), said => randomExpectation(random, said));
      const baselines = baselinesOf(compiledOf(ruleSet).ruleSet, cases);
      assert.equal(baselines.passing.length, cases.length, `seed ${seed}`);
      let [count, noticed] = [0, 0];
      for (const mutant of mutantsOf(baselines.compiled.ruleSet)) {
        count++;
        const changed = compile(mutatedRuleSet(baselines.compiled.ruleSet, mutant));
        const all = cases.filter(({ patient, expected }) => {
          return differencesFrom(expected, answer(changed, stateOf(changed.layout, patient)), changed.ruleSet).length > 0;
        });
        if (all.length > 0) noticed++;
        const what = `seed ${seed}: ${mutant.item.id} ${mutant.kind} ${mutant.was} → ${mutant.is}`;
        const one = noticedBy(baselines, mutant);
        assert.ok(one ? all.includes(one) : all.length === 0, what);
        assert.deepEqual(noticersOf(baselines, mutant), all, what);
      }
      assert.ok(count > 20 && noticed > 0, `seed ${seed}: ${noticed} of ${count}`);
    })).timeout(120_000);

  const AGE = { title: 'Age', type: 'integer', minimum: 0, maximum: 120 };
  const SMALL = {
    facts: { age: AGE, frail: { title: 'Frail', type: 'boolean' } },
    decisions: { go: { title: 'Go', values: ['no', 'yes'], resolve: 'strictest' } },
    rules: [
      {
        id: 'old',
        when: {
          any: [
            { fact: 'age', atLeast: 65 },
            { fact: 'frail', is: true },
          ],
        },
        then: [{ decide: 'go', as: 'no' }],
      },
      {
        id: 'young',
        when: {
          all: [
            { fact: 'age', below: 65 },
            { fact: 'age', below: 80 },
          ],
        },
        then: [{ decide: 'go', as: 'yes' }],
      },
    ],
  };
  const told = (patients: readonly object[], proposed = false) => {
    const cases = casesOf(
      SMALL,
      patients.map(facts => ({ asOf: '2026-11-22', facts })),
      said => ({ decisions: { go: said.decisions.go!.value ?? said.decisions.go!.status } }),
      proposed,
    );
    return runMutants([cases[0]?.ruleSet ?? compiledOf(SMALL).ruleSet], cases);
  };
  const shown = (results: ReturnType<typeof told>, status: string) =>
    results.filter(each => each.status === status).map(({ mutant }) => `${mutant.item.id}: ${mutant.was} → ${mutant.is}`);

  it('change one thing at a time', () => {
    assert.deepEqual(
      shown(told([]), 'survived')
        .concat(shown(told([]), 'equivalent'))
        .sort(),
      [
        'go: no before yes → after it',
        'go: resolved by strictest → single',
        'old: a part of “any” → left out',
        'old: a part of “any” → left out',
        'old: any → all',
        'old: as no → as yes',
        'old: at least 65 → at least 64',
        'old: at least 65 → at least 66',
        'old: at least → above',
        'old: decide no → left out',
        'old: is true → is false',
        'old: rule old → disabled',
        'young: a part of “all” → left out',
        'young: a part of “all” → left out',
        'young: all → any',
        'young: as yes → as no',
        'young: below 65 → below 64',
        'young: below 65 → below 66',
        'young: below 80 → below 79',
        'young: below 80 → below 81',
        'young: below → at most',
        'young: below → at most',
        'young: decide yes → left out',
        'young: rule young → disabled',
      ],
    );
  });

  it('that change nothing for anybody are equivalent, and no others', () => {
    assert.deepEqual(shown(told([]), 'equivalent'), [
      'young: a part of “all” → left out',
      'young: below 80 → below 79',
      'young: below 80 → below 81',
      'young: below → at most',
    ]);
  });

  it('survive with a patient who tells them apart, until a case like that notices', () => {
    const results = told([{ age: 64, frail: false }]);
    const moved = results.find(({ mutant }) => mutant.is === 'at least 66')!;
    assert.equal(moved.status, 'survived');
    assert.deepEqual(moved.telling!.patient.facts.age, 65);
    const after = told([
      { age: 64, frail: false },
      { age: 65, frail: false },
    ]);
    assert.equal(after.find(({ mutant }) => mutant.is === 'at least 66')!.by!.id, '1');
  });

  it('are not noticed by what nobody has confirmed', () => {
    assert.deepEqual(shown(told([{ age: 64, frail: false }], true), 'noticed'), []);
    assert.ok(shown(told([{ age: 64, frail: false }]), 'noticed').length > 3);
  });

  it('are settled only as far as somebody asks', () => {
    const { of, results } = mutationRun([compiledOf(SMALL).ruleSet], []);
    const [first] = results;
    assert.ok(first && of > 20);
  });
});
