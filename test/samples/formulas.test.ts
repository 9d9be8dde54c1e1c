/** The formulas and tables of the score files against the published ones, worked out here a second time and otherwise. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { compiledWhole, ruleSetFile } from './load.ts';

const SCORES = 'samples/bone-metastasis/scores';
const year = (value: number) => ({ value, unit: 'a' });
const woman = { sex: 'female', age: year(70), weight: { value: 64, unit: 'kg' }, height: { value: 160, unit: 'cm' } };
const man = { sex: 'male', age: year(70), weight: { value: 81, unit: 'kg' }, height: { value: 180, unit: 'cm' } };

/** File, derived fact, unit, patient, and the value by another way of writing the formula. */
const FORMULAS: readonly (readonly [file: string, fact: string, unit: string, facts: object, value: number])[] = [
  ['six-minute-walk', 'body-mass-index', 'kg/m2', man, 81 / 1.8 ** 2],
  ['six-minute-walk', 'body-mass-index', 'kg/m2', woman, 25],
  ['six-minute-walk', 'six-minute-walk-predicted-men', 'm', man, 7.57 * 180 - 5.02 * 70 - 1.76 * 81 - 309],
  ['six-minute-walk', 'six-minute-walk-predicted-women', 'm', woman, 2.11 * 160 - 2.29 * 64 - 5.78 * 70 + 667],
  ['six-minute-walk', 'six-minute-walk-predicted-by-bmi-men', 'm', man, 1140 - 5.61 * 25 - 6.94 * 70],
  ['six-minute-walk', 'six-minute-walk-predicted-by-bmi-women', 'm', woman, 1017 - 6.24 * 25 - 5.83 * 70],
  ['corrected-calcium', 'corrected-calcium', 'mg/dL', calcium(13.6, 'mg/dL', 3, 'g/dL'), 14.4],
  ['corrected-calcium', 'corrected-calcium', 'mmol/L', calcium(3.2, 'mmol/L', 28, 'g/L'), 3.44],
  ['corrected-calcium', 'corrected-calcium', 'mmol/L', calcium(3.2, 'mmol/L', 2.8, 'g/dL'), 3.44],
  [
    'creatinine-clearance',
    'cockcroft-gault-clearance',
    'mL/min',
    { ...woman, 'serum-creatinine': { value: 1.2, unit: 'mg/dL' } },
    (70 * 64 * 0.85) / 86.4,
  ],
  [
    'creatinine-clearance',
    'cockcroft-gault-clearance',
    'mL/min',
    { ...man, 'serum-creatinine': { value: 1.2, unit: 'mg/dL' } },
    (70 * 81) / 86.4,
  ],
];

function calcium(value: number, unit: string, albumin: number, albuminUnit: string): object {
  return { calcium: { value, unit }, albumin: { value: albumin, unit: albuminUnit } };
}

describe('formulas', () => {
  for (const [file, fact, unit, facts, value] of FORMULAS) {
    it(`${fact}: ${value.toFixed(3)} ${unit}`, () => {
      const near = { fact, atLeast: Number((value - 0.001).toFixed(6)), atMost: Number((value + 0.001).toFixed(6)), unit };
      assert.equal(holds(file, near, facts), true);
      assert.equal(holds(file, { fact, above: Number((value + 0.001).toFixed(6)), unit }, facts), false);
    });
  }

  it('six-minute walk: the lower limit is 153 m (men) and 139 m (women) below the prediction', () => {
    const below = { fact: 'six-minute-walk-below-normal', is: true };
    const walked = (who: object, value: number) => ({ ...who, 'six-minute-walk-distance': { value, unit: 'm' } });
    assert.deepEqual(
      [406, 407].map(m => holds('six-minute-walk-norms', below, walked(man, m))),
      [true, false],
    );
    assert.deepEqual(
      [314, 315].map(m => holds('six-minute-walk-norms', below, walked(woman, m))),
      [true, false],
    );
    assert.equal(holds('six-minute-walk-norms', below, { ...walked(man, 350), sex: { oneOf: ['female', 'male'] } }), 'unknown');
  });
});

describe('30-second sit-to-stand', () => {
  /** First age of the row: below this many stands is below average, for men and women. */
  const BELOW: Readonly<Record<number, readonly [number, number]>> = {
    60: [14, 12],
    65: [12, 11],
    70: [12, 10],
    75: [11, 10],
    80: [10, 9],
    85: [8, 8],
    90: [7, 4],
  };
  const below = { fact: 'sit-to-stand-below-average', is: true };
  const who = (age: number, sex: string, stands: number) => ({ age: year(age), sex, 'stands-in-30-s': stands });

  for (const [first, [men, women]] of Object.entries(BELOW)) {
    it(`${first} to ${Number(first) + 4} years`, () => {
      for (const age of [Number(first), Number(first) + 4, Number(first) + 4.9])
        for (const [sex, least] of [
          ['male', men],
          ['female', women],
        ] as const) {
          assert.equal(holds('sit-to-stand-norms', below, who(age, sex, least - 1)), true, `${sex} of ${age}, ${least - 1}`);
          assert.equal(holds('sit-to-stand-norms', below, who(age, sex, least)), false, `${sex} of ${age}, ${least}`);
        }
    });
  }

  it('says nothing below 60, from 95, or without the sex', () => {
    for (const facts of [who(59, 'male', 3), who(95, 'female', 3), { age: year(70), 'stands-in-30-s': 11 }])
      assert.equal(holds('sit-to-stand-norms', below, facts), 'unknown');
  });
});

describe('NEWS2 chart', () => {
  /** The published chart, as the least value of each step and its points. */
  const CHART: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
    'respiration-rate': [
      [0, 3],
      [9, 1],
      [12, 0],
      [21, 2],
      [25, 3],
    ],
    'oxygen-saturation': [
      [0, 3],
      [92, 2],
      [94, 1],
      [96, 0],
    ],
    'systolic-blood-pressure': [
      [0, 3],
      [91, 2],
      [101, 1],
      [111, 0],
      [220, 3],
    ],
    pulse: [
      [0, 3],
      [41, 1],
      [51, 0],
      [91, 1],
      [111, 2],
      [131, 3],
    ],
  };
  const SCALE_2 = [
    [0, 3],
    [84, 2],
    [86, 1],
    [88, 0],
    [93, 1],
    [95, 2],
    [97, 3],
  ] as const;
  const well = {
    'respiration-rate': 16,
    'oxygen-saturation': 97,
    'on-oxygen': false,
    'hypercapnic-failure': false,
    'systolic-blood-pressure': 120,
    pulse: 70,
    consciousness: 'alert',
    temperature: { value: 37, unit: 'Cel' },
  };

  for (const [fact, steps] of Object.entries(CHART)) {
    it(fact, () => {
      const highest = fact === 'pulse' || fact === 'systolic-blood-pressure' ? 250 : 100;
      for (let value = 0; value <= highest; value++) assert.equal(news2({ [fact]: value }), pointsOn(steps, value), `${fact} ${value}`);
    });
  }

  it('oxygen saturation on scale 2, with and without oxygen', () => {
    for (let value = 0; value <= 100; value++) {
      const scale2 = { 'hypercapnic-failure': true, 'oxygen-saturation': value };
      assert.equal(news2({ ...scale2, 'on-oxygen': true }), pointsOn(SCALE_2, value) + 2, `${value} on oxygen`);
      assert.equal(news2(scale2), value >= 93 ? 0 : pointsOn(SCALE_2, value), `${value} on air`);
    }
  });

  it('temperature, by tenths', () => {
    for (let tenths = 300; tenths <= 430; tenths++) {
      const points = tenths <= 350 ? 3 : tenths <= 360 ? 1 : tenths <= 380 ? 0 : tenths <= 390 ? 1 : 2;
      assert.equal(news2({ temperature: { value: tenths / 10, unit: 'Cel' } }), points, `${tenths / 10}`);
    }
  });

  it('oxygen and consciousness', () => {
    assert.equal(news2({ 'on-oxygen': true }), 2);
    for (const consciousness of ['new-confusion', 'voice', 'pain', 'unresponsive']) assert.equal(news2({ consciousness }), 3);
  });

  function news2(changed: object): number {
    const { scores } = evaluate(compiledWhole('samples/news2/news2.clinical.json'), patientOf({ ...well, ...changed }), { trace: false });
    return Number(scores.find(({ total }) => total !== undefined)?.total);
  }
});

function pointsOn(steps: readonly (readonly [number, number])[], value: number): number {
  return steps.filter(([least]) => least <= value).at(-1)![1];
}

/** Whether a condition on what a score file declares holds for a patient. */
function holds(file: string, when: object, facts: object): boolean | 'unknown' {
  const path = `${SCORES}/probe.clinical.json`;
  const rule = { id: 'probe', title: 'Probe', when, then: [{ decide: 'answer', as: 'yes' }] };
  const decisions = { answer: { title: 'Does it hold?', values: ['yes'], resolve: 'strictest' } };
  const probe = { id: 'probe', title: 'Probe', version: '1.0.0', uses: [`${file}.clinical.json`], decisions, rules: [rule] };
  const load = (_: unknown, { value }: { readonly value: string }) =>
    ruleSetFile(`samples/bone-metastasis/${value.startsWith('..') ? value.slice(3) : `scores/${value}`}`);
  const { ruleSet, problems } = linkRuleSet(readRuleSet(parseDocument(JSON.stringify(probe)), path), load);
  assert.deepEqual(problems, []);
  const outcome = evaluate(compile(ruleSet), patientOf(facts), { trace: false });
  const status = outcome.rules.find(({ id }) => id === 'probe')!.status;
  return status === 'undetermined' ? 'unknown' : status === 'fired';
}

function patientOf(facts: object) {
  return readPatient(parseDocument(JSON.stringify({ id: 'x', asOf: '2026-11-22T12:00:00Z', facts })), 'x.patient.json');
}
