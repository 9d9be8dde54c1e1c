/** The decision in words: the answer, its one sentence, what follows, the ladder. */
import assert from 'node:assert/strict';
import { CLINIC, patientWith } from './clinic.ts';
import { previewed } from './previewed.ts';

const UNSTABLE = { site: 'L3', options: { location: 'mobile', pain: 'mechanical' } } as const;
const STABLE = { site: 'L4', options: { location: 'rigid', pain: 'none' } } as const;

function decisionOf(...given: Parameters<typeof patientWith>) {
  return previewed(CLINIC, patientWith(...given)).decisions[0]!;
}

describe('the decision of a preview', () => {
  it('says the record, the score, the band and what is not recorded', () => {
    const decision = decisionOf([UNSTABLE, STABLE]);
    assert.equal(decision.answer, 'Contraindicated');
    assert.equal(decision.tone, 'contraindicated');
    assert.equal(
      decision.why,
      'The lesion in L3 has a SINS score of 5, in the unstable band that starts at 5, and is not recorded as stabilised.',
    );
    assert.equal(decision.follows.text, 'Holds until stabilised is yes. The other record that allows more does not offset it.');
  });

  it('shows what is decided and what is excluded on the ladder', () => {
    const { ladder, ladderTitle } = decisionOf([UNSTABLE]);
    assert.deepEqual(
      ladder.map(({ title, tone, state }) => [title, tone, state]),
      [
        ['contraindicated', 'contraindicated', 'decided'],
        ['modify', 'modify', 'excluded'],
        ['proceed', 'proceed', 'excluded'],
      ],
    );
    assert.equal(ladderTitle, 'Decided; nothing looser is possible');
  });

  it('names what is missing where it is undetermined, and what holds meanwhile', () => {
    const decision = decisionOf([{ site: 'L3', options: { location: 'rigid' } }]);
    assert.equal(decision.status, 'undetermined');
    assert.equal(decision.why, 'SINS of L3 can be 0, 1 or 3 because pain is not recorded, and these totals fall in two bands.');
    assert.deepEqual(decision.follows.value, { title: 'modify', tone: 'modify' });
    assert.match(decision.follows.text, /Contraindicated is excluded whatever is missing/);
    assert.deepEqual(
      decision.ladder.map(({ state, meanwhile }) => [state, meanwhile]),
      [
        ['excluded', false],
        ['possible', true],
        ['possible', false],
      ],
    );
  });

  it('says that no answer is no permission', () => {
    const decision = decisionOf([{ site: 'tibia', side: 'left' }]);
    assert.equal(decision.tone, 'no-answer');
    assert.equal(decision.why, 'No rule decides for the lesion in the left tibia, and no score applies to it.');
    assert.match(decision.follows.text, /^No answer is not permission/);
    assert.ok(decision.ladder.every(({ state }) => state === 'excluded'));
    assert.equal(decision.ladderTitle, 'Possible: only no answer');
  });

  it('says that a list is not complete', () => {
    const decision = decisionOf([STABLE], {}, false);
    assert.equal(decision.status, 'undetermined');
    assert.match(decision.why, /^The list “lesion” is not complete/);
  });

  it('says a threshold with the value and the bound', () => {
    const decision = decisionOf([STABLE], { platelets: { value: 49, unit: '10*9/L' } });
    assert.equal(decision.answer, 'Modify');
    assert.equal(decision.why, 'Platelets are 49 ×10⁹/L, which is low platelets (below 50 ×10⁹/L).');
  });

  it('names other records the same rule fired for, and other rules that decide the same', () => {
    const unsure = { options: { location: 'mobile', pain: 'none' } };
    const decision = decisionOf(
      [
        { site: 'L3', ...unsure },
        { site: 'L4', ...unsure },
      ],
      { platelets: { value: 49, unit: '10*9/L' } },
    );
    assert.match(decision.why, /Platelets are 49/);
    assert.match(decision.why, /“Modify on an unsure spine” also decides modify/);
  });

  it('says how few points more reach a stricter band', () => {
    const { follows } = decisionOf([{ site: 'L3', options: { location: 'rigid', pain: 'occasional' } }]);
    assert.match(follows.text, /1 point more of SINS, L3, reaches the unsure band/);
  });

  it('names the total where a rule is stricter within the band', () => {
    const four = {
      id: 'four',
      of: 'lesions',
      when: { score: 'sins', total: { is: 4 } },
      then: [{ decide: 'clearance', as: 'contraindicated' }],
      source: { id: 'book' },
    };
    const patient = patientWith([{ site: 'L3', options: { location: 'mobile', pain: 'occasional' } }]);
    const { follows } = previewed({ ...CLINIC, rules: [...CLINIC.rules, four] }, patient).decisions[0]!;
    assert.match(follows.text, /1 point more of SINS, L3, reaches a total of 4, which is decided more strictly\./);
  });

  it('says whom the rule set is for where it does not apply', () => {
    const adults = {
      ...CLINIC,
      facts: { ...CLINIC.facts, age: { title: 'Age', type: 'quantity', unit: 'a' } },
      appliesTo: { fact: 'age', atLeast: 18, unit: 'a' },
    };
    const preview = previewed(adults, patientWith([STABLE], { age: { value: 7, unit: 'a' } }));
    assert.equal(
      preview.decisions[0]!.why,
      'The rule set does not apply to this patient: it is for patients where age is at least 18 years.',
    );
  });

  it('tells rules that disagree', () => {
    const single = {
      facts: { fever: { title: 'Fever', type: 'boolean' } },
      decisions: { visit: { title: 'May visitors come?', values: ['yes', 'no'], resolve: 'single' } },
      rules: [
        { id: 'one', title: 'Visitors', then: [{ decide: 'visit', as: 'yes' }] },
        { id: 'two', title: 'Fever', when: { fact: 'fever', is: true }, then: [{ decide: 'visit', as: 'no' }] },
      ],
    };
    const decision = previewed(single, { facts: { fever: true } }).decisions[0]!;
    assert.equal(decision.tone, 'conflict');
    assert.equal(decision.why, 'Rules that fired disagree: “Visitors” decides yes and “Fever” decides no.');
    assert.ok(decision.ladder.every(({ tone }) => tone === 'value'));
  });
});
