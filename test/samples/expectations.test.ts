/** What a patient expects is held against the outcome, and every kind of difference is told, once and in words. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { differencesFrom } from '../../server/src/features/expectations.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { compiledWhole, wholePatient } from './load.ts';

const RULE_SET = 'samples/bone-metastasis/pt-approaches.clinical.json';
const STRADDLES = 'samples/bone-metastasis/patients/s15.patient.json';
const CHA2DS2 = 'samples/cha2ds2-vasc/cha2ds2-vasc.clinical.json';

/** The messages for an expectation of a patient. */
function told(expected: object, patient = STRADDLES, ruleSet = RULE_SET): readonly string[] {
  const text = JSON.stringify({ id: 'x', expected: [expected] });
  const compiled = compiledWhole(ruleSet);
  const outcome = evaluate(compiled, wholePatient(patient), { trace: false });
  const differences = differencesFrom(readPatient(parseDocument(text), 'x').expected[0]!, outcome, compiled.ruleSet);
  for (const { span } of differences) assert.ok(span.end > span.start && span.end <= text.length);
  return differences.map(({ message }) => message);
}

describe('expectations', () => {
  it('are met by the answer, by one of several, by the exact totals in any order', () => {
    assert.deepEqual(told({ decisions: { clearance: 'undetermined' } }), []);
    assert.deepEqual(
      told({ decisions: { clearance: ['no-answer', 'undetermined'] }, totals: { sins: { a: [8, 5, 6] }, mirels: { a: null } } }),
      [],
    );
    assert.deepEqual(told({ totals: { sins: { a: { within: [5, 8] } } } }), []);
  });

  it('tell another answer, and a decision that does not exist', () => {
    assert.deepEqual(told({ decisions: { clearance: 'proceed' } }), [
      'Expected proceed for “clearance”, but it came out as undetermined by “potentially-unstable-spine” and “stable-spine”.',
    ]);
    assert.deepEqual(told({ decisions: { clearance: ['modify', 'proceed', 'conflict'] } }), [
      'Expected modify, proceed or conflict for “clearance”, but it came out as undetermined by “potentially-unstable-spine” and “stable-spine”.',
    ]);
    assert.deepEqual(told({ decisions: { clearence: 'proceed' } }), [
      'Expected proceed for “clearence”, but the rule set has no such decision.',
    ]);
  });

  it('of a decision that collects name all its values and no others', () => {
    const highest = 'samples/cha2ds2-vasc/patients/highest.patient.json';
    const expect = (values: readonly string[]) => told({ decisions: { 'bleeding-risks-to-change': values } }, highest, CHA2DS2);
    assert.deepEqual(expect(['drugs', 'alcohol', 'high-pressure']), []);
    assert.equal(expect(['drugs', 'alcohol']).length, 1);
    assert.equal(expect(['drugs', 'alcohol', 'high-pressure', 'undetermined']).length, 1);
  });

  it('tell other totals', () => {
    const sins = (a: unknown) => told({ totals: { sins: { a } } });
    assert.deepEqual(sins([5, 6, 7, 8]), [
      'sins of a: expected the possible totals 5, 6, 7 and 8, but its possible totals are 5, 6 and 8.',
    ]);
    assert.deepEqual(sins(5), ['sins of a: expected a total of 5, but its possible totals are 5, 6 and 8.']);
    assert.deepEqual(sins({ within: [6, 8] }), ['sins of a: expected totals between 6 and 8, but its possible totals are 5, 6 and 8.']);
    assert.deepEqual(sins(null), ['sins of a: expected that it does not apply, but its possible totals are 5, 6 and 8.']);
    assert.deepEqual(told({ totals: { mirels: { a: 5 } } }), ['mirels of a: expected a total of 5, but it does not apply.']);
    assert.deepEqual(told({ totals: { sins: { z: 5 } } }), ['sins of z: expected a total of 5, but the outcome does not have it.']);
    assert.deepEqual(told({ totals: { 'esas-fatigue': 3 } }), ['esas-fatigue: expected a total of 3, but its total is 2.']);
  });

  it('tell how a rule went that should have fired, or should not', () => {
    assert.deepEqual(told({ fired: ['spine-loading'], notFired: ['stable-spine', 'cord-compression'] }), []);
    assert.deepEqual(told({ fired: ['stable-spine', 'cord-compression', 'stabel-spine'] }), [
      'Expected the rule “stable-spine” to fire, but it is undetermined.',
      'Expected the rule “cord-compression” to fire, but it is ruled out.',
      'Expected the rule “stabel-spine” to fire, but the rule set has no such rule.',
    ]);
    assert.deepEqual(told({ notFired: ['spine-loading', 'spine-loadding'] }), [
      'Expected the rule “spine-loading” not to fire, but it fired.',
      'Expected the rule “spine-loadding” not to fire, but the rule set has no such rule.',
    ]);
  });

  it('tell a statement that no fired rule cites', () => {
    assert.deepEqual(told({ statements: ['R000-24', 'R000-05', 'R009-99'] }), [
      'Expected statement R000-05 to take effect, but no rule that fired cites it.',
      'Expected statement R009-99 to take effect, but no rule of the rule set cites it.',
    ]);
  });

  it('tell an input that is not reported', () => {
    assert.deepEqual(told({ missing: ['lesions.a.sins.pain'] }), []);
    assert.equal(told({ missing: ['lesions.a.sins.collapse'] }).length, 1);
  });

  it('count a component as reported where it is open, though every total gives the same answer', () => {
    const settled = 'samples/bone-metastasis/patients/s16.patient.json';
    assert.deepEqual(told({ decisions: { clearance: 'contraindicated' }, missing: ['lesions.a.mirels.pain'] }, settled), []);
    assert.equal(told({ missing: ['lesions.a.mirels.size'] }, settled).length, 1);
  });

  it('tell the band a score is in, or may be in', () => {
    assert.deepEqual(told({ bands: { sins: { a: ['potentially-unstable', 'stable'] }, mirels: { a: 'low' }, 'esas-fatigue': 'mild' } }), [
      'mirels of a: expected the band low, but it does not apply.',
    ]);
    assert.deepEqual(told({ bands: { sins: { a: 'stable' }, 'esas-fatigue': null } }), [
      'sins of a: expected the band stable, but it is in stable or potentially-unstable (its possible totals are 5, 6 and 8).',
      'esas-fatigue: expected no band, but it is in mild (its total is 2).',
    ]);
  });

  it('tell an effect that is not in force, not there, or not as it should be', () => {
    assert.deepEqual(
      told({ effects: [{ forbid: 'heat-therapy' }, { forbid: 'heat-therapy', at: ['T5'] }, { recommend: 'denosumab', at: 'everywhere' }] }),
      [],
    );
    assert.deepEqual(
      told({
        effects: [
          { forbid: 'heat-therapy', at: ['T4', 'T5'] },
          { forbid: 'heat-therapy', at: 'everywhere' },
        ],
      }),
      [
        'Expected forbid heat-therapy at T4 and T5, but “no-heat-at-the-tumour” of a gives it at T5.',
        'Expected forbid heat-therapy everywhere, but “no-heat-at-the-tumour” of a gives it at T5.',
      ],
    );
    assert.deepEqual(told({ effects: [{ avoid: 'heat-therapy' }, { require: 'red-flag-screen', during: ['session-end'] }] }), [
      'Expected avoid heat-therapy, but no rule gives it.',
      'Expected require red-flag-screen during ["session-end"], but “look-for-red-flags” says during ["session-start"], not ["session-end"].',
    ]);
  });

  it('tell an effect that should not be there', () => {
    assert.deepEqual(told({ noEffects: [{ forbid: 'heat-therapy', at: ['L1', 'femur'] }, { avoid: 'heat-therapy' }] }), []);
    assert.deepEqual(told({ noEffects: [{ forbid: 'heat-therapy', at: ['spine'] }] }), [
      'Expected no effect “forbid heat-therapy at spine”, but “no-heat-at-the-tumour” of a gives it at T5.',
    ]);
  });

  it('stand at the very place that expects, with both sides in short', () => {
    const text = '{ "id": "x", "expected": [ { "totals": { "sins": { "a": 5 } }, "decisions": { "clearance": "proceed" } } ] }';
    const compiled = compiledWhole(RULE_SET);
    const outcome = evaluate(compiled, wholePatient(STRADDLES), { trace: false });
    const found = differencesFrom(readPatient(parseDocument(text), 'x').expected[0]!, outcome, compiled.ruleSet);
    assert.deepEqual(
      found.map(({ span, expected, actual }) => [text.slice(span.start, span.end), expected, actual]),
      [
        ['"proceed"', 'proceed', 'undetermined'],
        ['5', 'a total of 5', 'its possible totals are 5, 6 and 8'],
      ],
    );
  });
});
