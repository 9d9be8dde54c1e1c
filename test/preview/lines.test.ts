/** What the outcome says at the lines of the rule set. */
import assert from 'node:assert/strict';
import { CLINIC, patientWith } from './clinic.ts';
import { previewed } from './previewed.ts';

const UNSTABLE = { site: 'L3', options: { location: 'mobile', pain: 'mechanical' } } as const;
const PARTLY = { site: 'L4', options: { location: 'rigid' } } as const;

function linesOf(...given: Parameters<typeof patientWith>) {
  return previewed(CLINIC, patientWith(...given));
}

describe('the lines of a rule set under an outcome', () => {
  it('has one for each rule, with its state, and why it did not fire', () => {
    const preview = linesOf([UNSTABLE]);
    const rules = preview.lines.filter(({ rule }) => rule !== undefined);
    assert.deepEqual(new Set(rules.map(({ rule }) => rule)), new Set(preview.outcome.rules.map(({ id }) => id)));
    for (const { rule, state } of rules) {
      const states = preview.outcome.rules.filter(({ id }) => id === rule).map(({ status }) => status);
      assert.ok(states.includes(state as 'fired'), rule);
      if (states.includes('fired')) assert.equal(state, 'fired', rule);
    }
    assert.ok(
      rules.some(({ text }) => /^fired for a \(L3\)$/.test(text)),
      rules.map(({ text }) => text).join('\n'),
    );
    assert.ok(
      rules.some(({ text }) => /^ruled out.*: .*\d/.test(text)),
      rules.map(({ text }) => text).join('\n'),
    );
  });

  it('has the value beside its threshold, and totals at their bands, possible ones as such', () => {
    const { lines } = linesOf([UNSTABLE, PARTLY], { platelets: { value: 62, unit: '10*9/L' } });
    const values = lines.filter(({ state }) => state === 'value').map(({ text }) => text);
    assert.ok(
      values.some(text => /^62 ×10⁹\/L, 12 ×10⁹\/L above$/.test(text)),
      values.join('\n'),
    );
    assert.ok(values.includes('a: total 5'), values.join('\n'));
    assert.ok(
      values.some(text => /^b: possible, total 0, 1 or 3$/.test(text)),
      values.join('\n'),
    );
  });
});
