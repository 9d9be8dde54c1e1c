/** The words for the region of a finding: the fewest that are true. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { regionConditions } from '../../server/src/diagnostics/region-condition.ts';
import { recordText, regionText } from '../../server/src/diagnostics/region-text.ts';
import { replayWith } from '../../server/src/replay.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

const SITES = {
  spine: { title: 'Spine' },
  L3: { title: 'L3', partOf: 'spine' },
  L4: { title: 'L4', partOf: 'spine' },
  limb: { title: 'Limb' },
  femur: { title: 'Femur', partOf: 'limb' },
  hand: { title: 'Hand', partOf: 'limb' },
  rib: { title: 'Rib' },
};

const FACTS = {
  pain: { title: 'Pain', type: 'integer', minimum: 0, maximum: 10 },
  temperature: { title: 'Temperature', type: 'quantity', unit: 'Cel', minimum: 30, maximum: 45 },
  calcium: { title: 'Calcium', type: 'quantity', unit: 'mmol/L', minimum: 0, maximum: 6, alsoIn: { 'mg/dL': 4 } },
  fever: { title: 'Fever', type: 'boolean' },
  cough: { title: 'Cough', type: 'boolean' },
  rash: { title: 'Rash, itching', type: 'boolean' },
  sex: { title: 'Sex', type: 'code', values: ['female', 'male', 'intersex'] },
  'surgery-on': { title: 'Last surgery', type: 'date' },
};

const WHOLE = {
  id: 'words',
  title: 'Words',
  version: '1.0.0',
  sites: SITES,
  facts: FACTS,
  groups: {
    lesions: {
      title: 'Bone lesion',
      facts: { site: { title: 'Site', type: 'code', values: 'sites' }, fixed: { title: 'Fixed', type: 'boolean' } },
    },
  },
  derived: { 'time-since-surgery': { title: 'Time since surgery', type: 'quantity', unit: 'h', since: 'surgery-on' } },
  scores: {
    grip: {
      title: 'GRIP',
      components: {
        move: { title: 'Movement', options: { none: 3, some: 1, full: 0 } },
        hold: { title: 'Hold', options: { none: 3, some: 1, full: 0 } },
      },
      bands: { weak: { atLeast: 4 }, strong: { atMost: 3 } },
    },
  },
  thresholds: { 'high-calcium': { title: 'High calcium', fact: 'calcium', atLeast: { 'mmol/L': 3, 'mg/dL': 12 } } },
  decisions: { go: { title: 'Go?', values: ['no', 'yes'], resolve: 'single' } },
};

/** What is said of the patients for whom the rules `one` and `other` both fire. */
function said(one: object | undefined, other: object | undefined, more: object = {}, of?: string): string {
  const rule = (id: string, when: object | undefined, as: string) => ({
    id,
    title: id,
    ...(of ? { of } : {}),
    ...(when ? { when } : {}),
    then: [{ decide: 'go', as }],
  });
  const ruleSet = ruleSetOf({ ...WHOLE, ...more, rules: [rule('one', one, 'no'), rule('other', other, 'yes')] });
  const [clash] = analyse(ruleSet, replayWith(ruleSet)).decisionClashes;
  assert.ok(clash, 'the rules do not meet');
  return regionText(ruleSet, clash.answer);
}

describe('the region of a finding in words', () => {
  it('of every patient is nothing', () => {
    assert.equal(said(undefined, undefined), '');
  });

  it('merges neighbouring numbers into ranges', () => {
    const pain = (test: object) => ({ fact: 'pain', ...test });
    assert.equal(said(pain({ atLeast: 3 }), pain({ atLeast: 7 })), 'pain 7 or more');
    assert.equal(said(pain({ atLeast: 3 }), pain({ atMost: 6 })), 'pain from 3 to 6');
    assert.equal(said(pain({ atLeast: 3 }), pain({ atMost: 4 })), 'pain 3 or 4');
    assert.equal(said(pain({ above: 3 }), pain({ below: 9 })), 'pain from 4 to 8');
    assert.equal(said(pain({ atMost: 3 }), pain({ atLeast: 3 })), 'pain 3');
    assert.equal(said(pain({ below: 3 }), undefined), 'pain 2 or less');
    assert.equal(said({ not: pain({ atLeast: 3, atMost: 5 }) }, undefined), 'pain 2 or less or 6 or more');
    const temperature = (test: object) => ({ fact: 'temperature', unit: 'Cel', ...test });
    assert.equal(said(temperature({ above: 38.5 }), undefined), 'temperature above 38.5 °C');
    assert.equal(said(temperature({ atLeast: 36 }), temperature({ below: 38.5 })), 'temperature from 36 to below 38.5 °C');
    assert.equal(said(temperature({ above: 36 }), temperature({ atMost: 38.5 })), 'temperature above 36 and at most 38.5 °C');
  });

  it('says a threshold by its name, and the bounds of each unit once', () => {
    assert.equal(said({ threshold: 'high-calcium' }, undefined), 'high calcium');
    assert.equal(said({ not: { threshold: 'high-calcium' } }, { fact: 'fever', is: true }), 'fever yes and high calcium no');
    const low = { fact: 'calcium', below: { 'mmol/L': 2, 'mg/dL': 8 } };
    assert.equal(said(low, undefined), 'calcium below 2 mmol/L or 8 mg/dL');
  });

  it('gathers what is answered with no', () => {
    const no = (...facts: string[]) => ({ all: facts.map(fact => ({ fact, is: false })) });
    assert.equal(said(no('fever'), undefined), 'fever no');
    assert.equal(said(no('fever', 'cough'), { fact: 'pain', is: 4 }), 'pain 4; fever and cough both no');
    assert.equal(said(no('fever', 'cough', 'rash'), undefined), 'fever; cough; rash, itching: all no');
  });

  it('says the total of a score rather than the facts its points come from', () => {
    const holds = (fact: string) => ({ title: fact, conditions: [{ when: { fact, is: true }, points: 1 }], otherwise: 0 });
    const pain = {
      title: 'Pain',
      fact: 'pain',
      intervals: [
        { atMost: 3, points: 0 },
        { atLeast: 4, points: 1 },
      ],
    };
    const bands = { low: { title: 'low', atMost: 1 }, high: { title: 'high', atLeast: 3 } };
    const scores = {
      signs: { title: 'Signs', components: { fever: holds('fever'), cough: holds('cough'), rash: holds('rash'), pain }, bands },
    };
    assert.equal(said({ score: 'signs', total: { atLeast: 2 } }, undefined, { scores }), 'Signs 2 or more');
    assert.equal(said({ score: 'signs', in: ['high'] }, undefined, { scores }), 'Signs high');
    // What is asked for by itself stays said.
    const both = said({ score: 'signs', total: { atMost: 1 } }, { fact: 'fever', is: true }, { scores });
    assert.equal(both, 'fever yes and Signs low');
    // Of one fact alone its own value says as much.
    const alone = { ache: { title: 'Ache', components: { pain } } };
    assert.equal(said({ score: 'ache', total: { atLeast: 1 } }, undefined, { scores: alone }), 'pain 4 or more');
  });

  it('says known and unknown where that is what it is', () => {
    const fever = { fact: 'fever', is: true };
    assert.equal(said({ unknown: { fact: 'fever' } }, undefined), 'fever unknown');
    assert.equal(said({ any: [fever, { unknown: { fact: 'fever' } }] }, undefined), 'fever yes, or unknown');
    assert.equal(said({ any: [{ unknown: { fact: 'pain' } }, { fact: 'pain', atLeast: 8 }] }, undefined), 'pain 8 or more, or unknown');
  });

  it('names the highest that covers the values, or what is left out', () => {
    const sex = (...ids: string[]) => ({ fact: 'sex', in: ids });
    assert.equal(said(sex('female'), undefined), 'sex female');
    assert.equal(said({ not: sex('male') }, { fact: 'fever', is: true }), 'fever yes and sex other than male');
    const site = (...ids: string[]) => ({ some: 'lesions', where: { fact: 'site', in: ids } });
    assert.equal(said(site('L3', 'L4'), undefined), 'a bone lesion with site spine');
    assert.equal(said(site('spine', 'femur', 'rib'), undefined), 'a bone lesion with site other than hand');
    assert.equal(said(site('L3'), site('femur')), 'a bone lesion with site femur and another bone lesion with site L3');
  });

  it('says which records must be there, and which not', () => {
    assert.equal(said({ some: 'lesions' }, { fact: 'pain', is: 4 }), 'pain 4 and a bone lesion');
    assert.equal(said({ none: 'lesions' }, undefined), 'no bone lesion');
    const fixed = {
      all: [
        { fact: 'site', is: 'limb' },
        { fact: 'fixed', is: false },
      ],
    };
    assert.equal(said({ some: 'lesions', where: fixed }, undefined), 'a bone lesion with site limb and fixed no');
  });

  it('says totals by their band, or as a range', () => {
    assert.equal(said({ score: 'grip', in: ['weak'] }, undefined), 'GRIP weak');
    assert.equal(said({ score: 'grip', total: { atLeast: 2 } }, { score: 'grip', in: ['strong'] }), 'GRIP 2 or 3');
    assert.equal(said({ score: 'grip', total: { above: 3 } }, { score: 'grip', total: { below: 5 } }), 'GRIP 4');
  });

  it('says how long ago an event was, or when', () => {
    const since = (test: object) => ({ fact: 'time-since-surgery', ...test });
    assert.equal(said(since({ above: 48, unit: 'h' }), undefined), 'last surgery more than 48 hours ago');
    assert.equal(
      said(since({ atLeast: 10, unit: 'd' }), since({ below: 30, unit: 'd' })),
      'last surgery at least 10 days and less than 30 days ago',
    );
    assert.equal(said({ not: since({ atMost: 48, unit: 'h' }) }, undefined), 'last surgery never or more than 48 hours ago');
    assert.equal(said({ fact: 'surgery-on', atLeast: '2025-03-01' }, undefined), 'last surgery since 1 Mar 2025');
    assert.equal(said({ fact: 'surgery-on', is: 'never' }, undefined), 'last surgery never');
  });

  it('of a record begins with the record', () => {
    const decisions = { go: { title: 'Go?', values: ['no', 'yes'], resolve: 'strictest', each: 'lesions', mustDecide: true } };
    const when = {
      any: [
        { fact: 'site', is: 'spine' },
        { fact: 'pain', atLeast: 4 },
      ],
    };
    const rules = [
      { id: 'one', title: 'one', of: 'lesions', when, then: [{ decide: 'go', as: 'yes' }] },
      { id: 'whole', title: 'whole', then: [{ decide: 'go', as: 'yes' }] },
    ];
    const ruleSet = ruleSetOf({ ...WHOLE, complete: true, decisions, rules });
    const [gap] = analyse(ruleSet, replayWith(ruleSet)).gaps;
    assert.equal(recordText(ruleSet, gap!.answer, 'lesions'), 'a bone lesion with site other than spine, in a patient with pain 3 or less');
  });

  it('says of which records it is where a rule of a group answers for the patient', () => {
    const ruleSet = ruleSetOf({
      ...WHOLE,
      complete: true,
      decisions: { go: { title: 'Go?', values: ['no', 'yes'], resolve: 'single', mustDecide: true } },
      groups: { lesions: { title: 'Lesion', facts: { fixed: { title: 'Fixed', type: 'boolean' } } } },
      rules: [{ id: 'one', title: 'one', of: 'lesions', when: { fact: 'fixed', is: true }, then: [{ decide: 'go', as: 'no' }] }],
    });
    const [gap] = analyse(ruleSet, replayWith(ruleSet)).gaps;
    assert.equal(regionText(ruleSet, gap!.answer), 'every lesion, if any, with fixed no');
    assert.deepEqual(regionConditions(ruleSet, gap!.answer, undefined), [
      { none: 'lesions', where: { not: { fact: 'fixed', is: false } } },
    ]);
  });

  it('gives a rule the same by the time since an event, by its day, and by never', () => {
    const gapOf = (when: object) => {
      const ruleSet = ruleSetOf({
        ...WHOLE,
        complete: true,
        facts: { seen: { title: 'Seen', type: 'date', required: true } },
        derived: { ago: { title: 'Ago', type: 'quantity', unit: 'h', since: 'seen' } },
        decisions: { go: { title: 'Go?', values: ['no', 'yes'], resolve: 'single', mustDecide: true } },
        rules: [{ id: 'one', title: 'one', when, then: [{ decide: 'go', as: 'no' }] }],
      });
      return regionConditions(ruleSet, analyse(ruleSet, replayWith(ruleSet)).gaps[0]!.answer, undefined);
    };
    const never = { fact: 'seen', is: 'never' };
    assert.deepEqual(gapOf(never), [{ not: never }]);
    assert.deepEqual(gapOf({ any: [never, { fact: 'ago', above: 48, unit: 'h' }] }), [{ fact: 'ago', atMost: 48, unit: 'h' }]);
    assert.deepEqual(gapOf({ fact: 'seen', above: '2025-06-10' }), [{ any: [never, { fact: 'seen', atMost: '2025-06-10' }] }]);
  });
});
