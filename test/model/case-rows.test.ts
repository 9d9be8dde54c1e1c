/** Rows of a table that name their columns themselves, and headings for what is there, what is complete and what is proposed. */
import assert from 'node:assert/strict';
import { casesOf, extendCase } from '../../server/src/model/case-table.ts';
import { patientOf } from '../support/rule-sets.ts';

const BASE = {
  id: 'base',
  facts: { age: { value: 50, unit: 'a' }, frail: true },
  groups: { lesions: { records: [{ id: 'a', facts: { site: 'L3' }, scores: { sins: { on: '2026-11-22', options: { pain: 'none' } } } }] } },
};

function read(...rows: readonly unknown[]) {
  const own = patientOf({ ...BASE, cases: { ruleSet: 'main', columns: ['case', 'age in a'], rows } });
  const { patients, problems } = casesOf(own);
  return { patients: patients.map(row => extendCase(row, own)), problems: problems.map(({ kind, data }) => [kind, data.name]) };
}

describe('a row of a table of cases', () => {
  it('may name its columns itself, beside rows of cells', () => {
    const { patients, problems } = read(['seventy', 70], { case: 'not frail', frail: false }, {});
    assert.deepEqual(problems, []);
    const said = patients.map(({ title, facts }) => [
      title,
      String(facts.get('age')!.values[0]!.value),
      facts.get('frail')!.values[0]!.value,
    ]);
    assert.deepEqual(said, [
      ['seventy', '70', true],
      ['not frail', '50', false],
      ['Row 3', '50', true],
    ]);
  });

  it('may leave a record out, and say that a list may hold more', () => {
    const { patients } = read({ 'lesions.a.remove': true }, { 'lesions.complete': false }, { 'lesions.b.site': 'T4' });
    const lists = patients.map(({ groups }) => [
      groups.get('lesions')!.complete ?? true,
      groups.get('lesions')!.records.map(({ id }) => id),
    ]);
    assert.deepEqual(lists, [
      [true, []],
      [false, ['a']],
      [true, ['a', 'b']],
    ]);
  });

  it('takes the date of a score away with null, and keeps it otherwise', () => {
    const { patients } = read({ 'lesions.a.sins.on': null }, { 'lesions.a.sins.pain': 'mechanical' });
    assert.deepEqual(
      patients.map(({ groups }) => groups.get('lesions')!.records[0]!.scores.get('sins')!.on?.value),
      [undefined, '2026-11-22'],
    );
  });

  it('may expect effects, and be a proposal', () => {
    const [patient] = read({ 'expected.effects': [{ avoid: 'running', at: ['L3'] }], 'expected.proposed': true }).patients;
    const [expected] = patient!.expected;
    assert.deepEqual([expected!.effects[0]!.what!.value, expected!.proposed!.value, expected!.ruleSet!.value], ['running', true, 'main']);
  });

  it('tells of a column it does not understand', () => {
    assert.deepEqual(read({ 'expected.speed': 1 }).problems, [['column', 'expected.speed']]);
  });

  it('of plain text expects no effects: they have parts', () => {
    const own = patientOf({ ...BASE, cases: { ruleSet: 'main', csv: 'edges.csv' } });
    const { problems } = casesOf(own, { file: 'edges.csv', text: 'age in a,expected.effects\n70,running\n' });
    assert.deepEqual(
      problems.map(({ kind, data }) => [kind, data.name]),
      [['column', 'expected.effects']],
    );
  });
});
