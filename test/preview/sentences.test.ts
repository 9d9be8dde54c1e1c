/** Every form of condition, and rules, as sentences. */
import assert from 'node:assert/strict';
import { readValue } from '../../server/src/features/conditions-read.ts';
import type { Reading } from '../../server/src/features/reading.ts';
import { conditionText } from '../../server/src/features/sentences.ts';
import { ruleText } from '../../server/src/features/sentences-rules.ts';
import { amountText, dateText, inSentence, isOrAre, numbersText, shortList, unitText } from '../../server/src/features/words.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { CLINIC } from './clinic.ts';

const CONDITIONS: readonly (readonly [condition: object, text: string])[] = [
  [{ fact: 'fever', is: true }, 'fever is yes'],
  [{ fact: 'platelets', atLeast: 20, below: 50, unit: '10*9/L' }, 'platelets are at least 20 ×10⁹/L and below 50 ×10⁹/L'],
  [{ fact: 'calcium', above: { 'mmol/L': 3.5, 'mg/dL': 14 } }, 'calcium is above 3.5 mmol/L or 14 mg/dL'],
  [{ threshold: 'low' }, 'low platelets (platelets are below 50 ×10⁹/L)'],
  [
    { all: [{ fact: 'fever', is: true }, { any: [{ threshold: 'low' }, { not: { fact: 'fever', is: false } }] }] },
    'fever is yes and (low platelets (platelets are below 50 ×10⁹/L) or not (fever is no))',
  ],
  [{ some: 'lesions', where: { fact: 'site', in: ['spine', 'femur'] } }, 'there is a lesion where site is spine or femur'],
  [{ every: 'lesions', where: { fact: 'stabilised', is: true } }, 'for every lesion stabilised is yes'],
  [{ none: 'lesions' }, 'there is no lesion'],
  [{ count: 'lesions', where: { score: 'sins', applies: true }, atLeast: 2 }, 'there are at least 2 records “lesion” where SINS applies'],
  [
    { count: [{ fact: 'fever', is: true }, { threshold: 'low' }], is: 1 },
    'exactly 1 of: fever is yes; low platelets (platelets are below 50 ×10⁹/L)',
  ],
  [
    { some: 'lesions', where: { score: 'sins', in: ['unsure', 'unstable'] } },
    'there is a lesion where SINS is unsure (2 to 4) or unstable (at least 5)',
  ],
  [{ some: 'lesions', where: { score: 'sins', total: { above: 3 } } }, 'there is a lesion where the SINS total is above 3'],
  [{ some: 'lesions', where: { score: 'sins', anyComponent: { is: 3 } } }, 'there is a lesion where a component of SINS has 3 points'],
  [{ some: 'lesions', where: { score: 'sins', total: { atLeast: 2, atMost: 3 } } }, 'there is a lesion where the SINS total is 2 to 3'],
  [{ unknown: { fact: 'fever' } }, 'fever is not known'],
  [{ unknown: { score: 'sins' } }, 'SINS is not known'],
  [{ unknown: { group: 'lesions' } }, 'the list “lesion” is not known'],
  [{ not: { some: 'lesions', where: { fact: 'site', is: 'L3' } } }, 'not (there is a lesion where site is L3)'],
  [{ every: 'lesions', where: { not: { fact: 'site', is: 'L3' } } }, 'for every lesion site is not L3'],
  [{ nonsense: 1 }, 'a condition that cannot be read'],
];

describe('a condition as a sentence', () => {
  for (const [when, text] of CONDITIONS)
    it(text, () => {
      const ruleSet = ruleSetOf({ ...CLINIC, rules: [{ id: 'it', title: 'It', when, then: [] }] });
      assert.equal(conditionText(ruleSet, ruleSet.rules.get('it')!.when, undefined), text);
    });
});

describe('a rule as a sentence', () => {
  const ruleSet = ruleSetOf(CLINIC);
  for (const [id, text] of [
    [
      'unstable',
      'For each lesion, if SINS is unstable (at least 5), until stabilised is yes: the answer to “May this patient exercise now?” is “contraindicated”.',
    ],
    ['no-loading', 'For each lesion in the spine: axial loading is to be avoided there.'],
    ['squats', 'Always: squat is recommended.'],
  ] as const)
    it(text, () => assert.equal(ruleText(ruleSet, ruleSet.rules.get(id)!), text));
});

describe('words', () => {
  it('write units, amounts and dates as they are printed', () => {
    assert.deepEqual(['10*9/L', '/uL', 'kg/m2', 'mm[Hg]', '{score}', '{breaths}/min', 'ug/mL', 'mL/min/{1.73_m2}'].map(unitText), [
      '×10⁹/L',
      '/µL',
      'kg/m²',
      'mmHg',
      '',
      'breaths/min',
      'µg/mL',
      'mL/min/1.73 m²',
    ]);
    assert.deepEqual(
      [amountText('1', 'd'), amountText('2', 'd'), amountText('5', '{score}'), amountText('7', undefined)],
      ['1 day', '2 days', '5', '7'],
    );
    assert.deepEqual(['2026-11-22', '2026-11-22T09:05:00Z', '2026-11-22T09:05+01:00', '2026-13-01', 'soon'].map(dateText), [
      '22 Nov 2026',
      '22 Nov 2026, 09:05 UTC',
      '22 Nov 2026, 09:05 +01:00',
      '2026-13-01',
      'soon',
    ]);
  });

  it('keep names and abbreviations as they are inside a sentence', () => {
    assert.deepEqual(['Left femur', 'L3', 'SINS', 'HER2 status', 'Low-impact', 'Timed Up and Go'].map(inSentence), [
      'left femur',
      'L3',
      'SINS',
      'HER2 status',
      'low-impact',
      'Timed Up and Go',
    ]);
  });

  it('shorten lists and runs of numbers', () => {
    assert.equal(shortList(['a', 'b', 'c', 'd'], 3), 'a, b, c and d');
    assert.equal(shortList(['a', 'b', 'c', 'd', 'e'], 3), 'a, b, c and 2 more');
    assert.equal(numbersText(['0', '1', '2', '3', '5', '6']), '0 to 3, 5 and 6');
    assert.equal(numbersText(Array.from({ length: 20 }, (_, index) => String(index / 2))), '0 to 9.5, 20 values');
    assert.equal(numbersText(['-2', '-1', '0', '1', '2.5']), '-2 to 1 and 2.5');
  });

  it('takes a verb that begins a title for no plural', () => {
    const words = ['platelets', 'lives alone', 'smokes', 'diagnosis', 'falls last year', 'SINS', 'Mirels'].map(title => isOrAre(title));
    assert.deepEqual(words, ['are', 'is', 'is', 'is', 'are', 'is', 'is']);
  });
});

describe('a value of the outcome', () => {
  const reading = { ruleSet: ruleSetOf(CLINIC) } as Reading;
  const fact = (id: string) => reading.ruleSet.facts.get(id) ?? reading.ruleSet.groups.get('lesions')!.facts.get(id);
  for (const [id, value, text] of [
    ['fever', 'true', 'yes'],
    ['platelets', '9.4 10*9/L', '9.4 ×10⁹/L'],
    ['platelets', '>= 18 and < 65 a', 'at least 18 and below 65 years'],
    ['platelets', '<= 100', 'at most 100'],
    ['platelets', '≈36 to 60 h', '≈36 to 60 hours'],
    ['site', 'femur', 'femur'],
    ['none', '2026-11-20', '20 Nov 2026'],
    ['none', '>= 2026-11-20T12:00Z and < 2026-11-21T00:00Z', 'from 20 Nov 2026, 12:00 UTC and before 21 Nov 2026, 00:00 UTC'],
  ] as const)
    it(`${value} of ${id} is ${text}`, () => assert.equal(readValue(reading, fact(id), value), text));
});
