/** Rules that one number alone keeps from firing, and the smallest sets of rules that make a decision. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { smallestRules } from '../../server/src/evaluation/smallest.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf, ruleSetOf } from '../support/rule-sets.ts';
import { CLINIC, patientWith } from './clinic.ts';
import { previewed } from './previewed.ts';

const STABLE = { site: 'L4', options: { location: 'rigid', pain: 'occasional' } } as const;

describe('rules that nearly fired', () => {
  it('are told with the value, the bound and what lies between', () => {
    const { near, rules } = previewed(CLINIC, patientWith([STABLE], { platelets: { value: 62, unit: '10*9/L' } }));
    const platelets = near.find(({ value }) => value === '62 ×10⁹/L')!;
    assert.equal(platelets.distance, '12 ×10⁹/L above');
    assert.ok(platelets.valueAt > platelets.boundAt && !platelets.up);
    const sins = near.find(({ value }) => value === '1')!;
    assert.equal(sins.distance, '1 below');
    assert.ok(sins.valueAt < sins.boundAt && sins.up);
    for (const { rule } of near)
      assert.ok(
        rules.some(({ id, status }) => id === rule.id && status === 'ruled-out'),
        rule.id,
      );
  });

  it('are not those that more than one number, or something else, keeps from firing', () => {
    const { near } = previewed(CLINIC, patientWith([]));
    assert.deepEqual(
      near.filter(({ text }) => /SINS/.test(text)),
      [],
    );
  });
});

describe('the smallest sets of rules that make a decision', () => {
  it('make it by themselves, and no smaller set does', () => {
    let compared = 0;
    forSeeds(250, random => {
      const json = randomRuleSet(random, { appliesTo: true });
      const compiled = compiledOf(json);
      const patient = patientOf(randomPatient(random, json.scores, 1));
      const { decisions } = evaluate(compiled, patient, { trace: false, missing: false });
      for (const [id, { status, value, by }] of Object.entries(decisions)) {
        const sets = smallestRules(compiled, stateOf(compiled.layout, patient), id);
        if (status !== 'decided') assert.deepEqual(sets, []);
        const [size] = sets.map(set => set.length);
        if (!sets.length || json.rules.some(({ override }) => override)) continue;
        // Without overrides, to leave the other rules out of the text is the same as to silence them.
        const alone = (ids: readonly string[]) => {
          const rules = json.rules.filter(rule => ids.includes(rule.id));
          return evaluate(compile(ruleSetOf({ ...json, rules, waivers: [] })), patient, { trace: false, missing: false }).decisions[id];
        };
        for (const set of sets) assert.deepEqual(alone(set)?.value, value, `${id} by ${set.join(', ')}`);
        if (size === 2) for (const rule of by) assert.notDeepEqual(alone([rule])?.value, value, `${id} by ${rule} alone`);
        compared += sets.length;
      }
    });
    assert.ok(process.env.SEED !== undefined || compared > 20, `only ${compared}`);
  });
});
