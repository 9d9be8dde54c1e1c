/** Advice of the sources that collides for a patient is listed as a conflict: the contradictions an outcome can show. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { compiledWhole, ruleSetOf, wholePatient } from './load.ts';

/** A contradiction between or within the documents, a patient who shows it, and the two rules that collide. */
const CONTRADICTIONS: readonly (readonly [id: string, patient: string, ruleSet: string, kind: string, a: string, b: string])[] = [
  ['C02, gait training', 'patients/s11', 'all-five', 'barred', 'gait', 'no-physiotherapy'],
  ['C04', 'patients/s33', 'all-five', 'barred', 'mobilise-and-support-axial-tumours', 'no-heat-at-the-tumour'],
  ['C05, standing on one leg', 'patients/s25', 'all-five', 'barred', 'balance-tests', 'spare-the-leg'],
  ['C05, walking and rising', 'patients/s25', 'all-five', 'barred', 'function-tests', 'spare-the-leg'],
  ['C06', 'patients/s08', 'all-five', 'barred', 'function-tests', 'immobilise-the-limb'],
  ['C07', 'patients/s25', 'pt-approaches', 'dose', 'aerobic-target', 'severe-fatigue'],
  ['C08', 'patients/s18', 'pt-approaches', 'barred', 'calcium-and-vitamin-d', 'severe-calcium'],
  ['C08, not severe', 'patients/s19', 'all-five', 'barred', 'calcium-and-vitamin-d', 'no-calcium-in-hypercalcaemia'],
  ['C10', 'patients/s34', 'all-five', 'dose', 'clodronic-acid-hypercalcaemia', 'clodronic-acid-in-renal-failure'],
  ['C11, volume', 'branches/bondronat-two-doses', 'all-five', 'dose', 'ibandronic-acid-breast', 'ibandronic-acid-preparation'],
  ['C11, time', 'branches/bondronat-two-doses', 'all-five', 'dose', 'ibandronic-acid-breast', 'ibandronic-acid-severe-hypercalcaemia'],
  ['C15', 'branches/loaded-spine', 'pt-approaches', 'barred', 'function-tests', 'spine-loading'],
];

describe('contradictions of the sources', () => {
  for (const [id, patient, ruleSet, kind, a, b] of CONTRADICTIONS) {
    it(`${id}: ${a} against ${b} for ${patient}`, () => {
      const { conflicts } = outcomeOf(patient, ruleSet);
      const found = conflicts.filter(({ rules }) => rules.includes(a) && rules.includes(b));
      assert.ok(found.length, `only ${conflicts.map(({ rules }) => rules.join(' against ')).join('; ') || 'no conflict'}`);
      assert.ok(found.every(conflict => conflict.kind === kind && conflict.state === 'in-force'));
    });
  }

  it('are none for a patient whose only lesion the first source clears without precaution', () => {
    assert.deepEqual(outcomeOf('patients/s11', 'pt-approaches').conflicts, []);
  });
});

describe('unaffected limbs', () => {
  it('are not trained while a lesion of every limb has no answer', () => {
    const { effects } = outcomeOf('branches/all-four-limbs', 'pt-approaches');
    assert.ok(!effects.some(({ rule }) => rule === 'low-load-unaffected-limbs'));
  });

  it('leave nothing where a bone of every limb is diseased, and the outcome says so', () => {
    const { effects } = outcomeOf('branches/four-long-bones', 'pt-approaches');
    for (const rule of ['low-load-unaffected-limbs', 'train-unaffected-limbs']) {
      const found = effects.filter(effect => effect.rule === rule);
      assert.ok(found.length > 0);
      for (const { at, state } of found) assert.deepEqual([at, state], [[], 'in-force']);
    }
    const target = effects.find(({ rule }) => rule === 'resistance-target');
    const left = target && target.at !== 'everywhere' ? target.at.map(({ site }) => site) : [];
    assert.ok(left.includes('sternum') && !left.includes('patella'), left.join(', '));
  });

  it('leave out both sides where the side is not recorded', () => {
    const sites = trained('branches/side-not-recorded');
    assert.ok(sites.length > 0);
    assert.ok(!sites.some(site => /^(femoral-head|tibia|foot)/.test(site)), sites.join(', '));
    assert.ok(sites.includes('radius'), sites.join(', '));
  });

  it('keep the other side of a sided lesion', () => {
    const sites = trained('patients/s11');
    assert.ok(sites.includes('radius left') && !sites.some(site => /^(radius|ulna|hand)( right)?$/.test(site)), sites.join(', '));
  });
});

/** Where low-load exercise is recommended, as `site side`. */
function trained(patient: string): readonly string[] {
  const { effects } = outcomeOf(patient, 'pt-approaches');
  const found = effects.filter(({ rule }) => rule === 'low-load-unaffected-limbs');
  assert.equal(found.length, 1);
  const { at } = found[0]!;
  assert.notEqual(at, 'everywhere');
  return at === 'everywhere' ? [] : at.map(({ site, side }) => `${site} ${side ?? ''}`.trim());
}

function outcomeOf(name: string, ruleSet: string): Outcome {
  const patient = wholePatient(`samples/bone-metastasis/${name}.patient.json`);
  return evaluate(compiledWhole(ruleSetOf(patient, ruleSet)), patient, { trace: false });
}
