/** The unit a value is recorded in changes nothing, except where a cut-off or a formula is given for that unit. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { forSeeds } from '../support/random.ts';
import { type PatientJson, randomPatient } from '../support/random-patients.ts';
import { type RuleSetJson, randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, outcomeOf, patientOf } from '../support/rule-sets.ts';

interface Amount {
  readonly value: number;
  readonly unit: string;
}

/** The same amount in the other unit; 1 mg/dL is 0.25 mmol/L here. */
function other({ value, unit }: Amount): Amount {
  return unit === 'mg/dL' ? { value: value * 0.25, unit: 'mmol/L' } : { value: value * 4, unit: 'mg/dL' };
}

function inOtherUnit(patient: PatientJson): PatientJson {
  const { level, ...facts } = patient.facts as { level?: Amount | { oneOf: Amount[] } };
  if (!level) return patient;
  const moved = 'oneOf' in level ? { oneOf: level.oneOf.map(other) } : other(level);
  return { ...patient, facts: { ...facts, level: moved } };
}

describe('units', function () {
  this.timeout(30_000);

  it('a conversion changes no outcome where nothing is given by unit', () =>
    forSeeds(80, random => {
      const text = JSON.stringify(randomRuleSet(random, { unknown: true, appliesTo: true }));
      // A cut-off for each unit becomes one, and the formula by unit another.
      const single = text
        .replaceAll(/\{"mg\/dL":(\d+),"mmol\/L":[\d.]+\}/g, '$1,"unit":"mg/dL"')
        .replaceAll(
          /"by":"level","formulas":\{.*?\}\]\},"mmol\/L":\{.*?\]\}\}/g,
          '"sum":[{"fact":"level","unit":"mg/dL"},{"fact":"whole"}]',
        );
      const ruleSet = JSON.parse(single) as RuleSetJson;
      assert.ok(!single.includes('formulas'));
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 4; i++) {
        const patient = randomPatient(random, ruleSet.scores, random.pick([0.5, 0.9, 1]));
        const [one, moved] = [patient, inOtherUnit(patient)].map(each => evaluate(compiled, patientOf(each), { trace: false }));
        assert.deepEqual(moved!.decisions, one!.decisions);
        assert.deepEqual(moved!.rules, one!.rules);
        assert.deepEqual(moved!.scores, one!.scores);
      }
    }));

  const calcium = {
    facts: { calcium: { type: 'quantity', unit: 'mmol/L', alsoIn: { 'mg/dL': 4.008 }, minimum: 0, maximum: 6 } },
    thresholds: {
      'by-unit': { fact: 'calcium', atLeast: { 'mmol/L': 3.5, 'mg/dL': 14 } },
      'in-one': { fact: 'calcium', atLeast: 3.5, unit: 'mmol/L' },
    },
    rules: [
      { id: 'by-unit', when: { threshold: 'by-unit' } },
      { id: 'in-one', when: { threshold: 'in-one' } },
    ],
  };
  const fired = (value: number, unit: string) => {
    const { rules } = outcomeOf(calcium, { facts: { calcium: { value, unit } } });
    return rules.filter(({ status }) => status === 'fired').map(({ id }) => id);
  };

  it('takes the cut-off of the recorded unit: 14.0 mg/dL is 3.493 mmol/L, and severe', () =>
    assert.deepEqual(fired(14.0, 'mg/dL'), ['by-unit']));
  it('takes the cut-off of the recorded unit: 3.495 mmol/L is 14.008 mg/dL, and not severe', () =>
    assert.deepEqual(fired(3.495, 'mmol/L'), []));
  it('converts exactly where no cut-off is given for the unit', () => {
    assert.deepEqual(fired(14.028, 'mg/dL'), ['by-unit', 'in-one']);
    assert.deepEqual(fired(14.027, 'mg/dL'), ['by-unit']);
  });
  it('counts an undeclared unit as absent, and says so', () => {
    const { rules, problems } = outcomeOf(calcium, { facts: { calcium: { value: 3.6, unit: 'mol/L' } } });
    assert.deepEqual(new Set(rules.map(({ status }) => status)), new Set(['undetermined']));
    assert.deepEqual(
      problems.map(({ code, path }) => [code, path]),
      [['patient-undeclared-unit', 'calcium']],
    );
  });
});
