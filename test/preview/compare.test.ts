/** Patients side by side: what each cell says is what the evaluator gives, and what differs from another version is marked. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { summarise } from '../../server/src/evaluation/summary.ts';
import { byText } from '../../server/src/evaluation/values.ts';
import { compareGrid } from '../../server/src/features/compare.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';
import { patientFile, ruleSetFile } from './previewed.ts';

const ROOT = 'samples/bone-metastasis';
const names = readdirSync(`${ROOT}/patients`).filter(name => /^s\d+\.patient\.json$/.test(name));
const patients = names.map(name => ({
  uri: name,
  title: name.slice(0, 3).toUpperCase(),
  patient: patientFile(`${ROOT}/patients/${name}`),
}));
const ruleSet = ruleSetFile(`${ROOT}/pt-approaches.clinical.json`);

describe('patients compared', () => {
  it('have the decisions and scores that the evaluator gives', () => {
    forSeeds(60, random => {
      const json = randomRuleSet(random, { appliesTo: true });
      const compiled = compiledOf(json);
      const patient = patientOf(randomPatient(random, json.scores, random.pick([0.5, 1])));
      const { decisions, scores } = evaluate(compiled, patient, { trace: false, missing: false });
      const summary = summarise(compiled, patient);
      assert.deepEqual({ ...summary.decisions }, decisions);
      const inOrder = [...summary.scores].sort((a, b) => byText(a.id, b.id) || byText(a.record ?? '', b.record ?? ''));
      assert.deepEqual(
        inOrder,
        scores.map(({ id, record, state, total, totals }) => ({
          id,
          record,
          state,
          ...(total !== undefined && { total }),
          ...(totals && { totals }),
        })),
      );
    });
  });

  it('have a row each, the worst record counting, and a total that is open as all that are possible', () => {
    const { columns, rows } = compareGrid(compile(ruleSet), undefined, patients);
    assert.equal(rows.length, patients.length);
    const cell = (patient: string, column: string) =>
      rows.find(({ title }) => title === patient)!.cells[columns.findIndex(({ title }) => title.startsWith(column))]!;
    assert.deepEqual([cell('S13', 'Decision').text, cell('S13', 'Decision').tone], ['contraindicated', 'contraindicated']);
    assert.equal(cell('S13', 'SINS').text, '5');
    assert.equal(cell('S13', 'Mirels').text, '9');
    assert.equal(cell('S15', 'Decision').text, 'undetermined');
    assert.match(cell('S15', 'SINS').text, /5, 6 or 8/);
    assert.equal(cell('S31', 'Mirels').text, '–');
    assert.ok(rows.every(({ differs }) => !differs));
    for (const { patient, title } of patients) {
      const { decisions } = evaluate(compile(ruleSet), patient, { trace: false, missing: false });
      const { status, value } = decisions.clearance!;
      assert.equal(cell(title, 'Decision').text.replaceAll(' ', '-'), status === 'decided' ? value : status, title);
    }
  });

  it('say what they were under another version, where that differs and only there', () => {
    const rules = new Map([...ruleSet.rules].filter(([id]) => id !== 'high-risk-long-bone'));
    const other = compile({ ...ruleSet, rules });
    const { rows, differing, columns } = compareGrid(compile(ruleSet), other, patients);
    const decision = columns.findIndex(({ kind }) => kind === 'decision');
    let differ = 0;
    for (const [i, { patient }] of patients.entries()) {
      const of = (compiled: ReturnType<typeof compile>) => {
        const { status, value } = evaluate(compiled, patient, { trace: false, missing: false }).decisions.clearance!;
        return JSON.stringify([status, value]);
      };
      const differs = of(compile(ruleSet)) !== of(other);
      assert.equal(rows[i]!.cells[decision]!.was !== undefined, differs, rows[i]!.title);
      if (differs) differ++;
    }
    assert.ok(differ > 0);
    assert.equal(differing, differ);
  });
});
