/** What samples/README.md tells a newcomer to try comes out as it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../../server/src/diagnostics/check.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { casesIn } from '../../server/src/testing/cases.ts';
import { Recorder } from '../../server/src/testing/coverage.ts';
import { type CaseResult, Runner } from '../../server/src/testing/run.ts';
import { Workspace } from '../../server/src/workspace.ts';

const FOLDER = `${process.cwd()}/samples/bone-metastasis`;

describe('samples/README.md', () => {
  it('s13: contraindicated because of the femur, which the stable vertebra does not offset', () => {
    const { clearance } = outcome('patients/s13', 'pt-approaches').decisions;
    assert.equal(clearance?.value, 'contraindicated');
    assert.deepEqual(clearance?.by, ['high-risk-long-bone']);
  });

  it('s13 with the femur stabilised: no answer', () => {
    const edited = (text: string) => text.replace(/("site": "femur-shaft".*"stabilised": )false/, '$1true');
    assert.equal(outcome('patients/s13', 'pt-approaches', edited).decisions.clearance?.status, 'no-answer');
  });

  it('s15: totals 5, 6, 8; with mechanical pain 8 and modify', () => {
    const before = outcome('patients/s15', 'pt-approaches');
    assert.deepEqual(before.scores.find(({ id }) => id === 'sins')?.totals, ['5', '6', '8']);
    assert.equal(before.decisions.clearance?.status, 'undetermined');
    const after = outcome('patients/s15', 'pt-approaches', text => text.replace('"bone-lesion"', '"pain": "mechanical", "bone-lesion"'));
    assert.equal(after.scores.find(({ id }) => id === 'sins')?.total, '8');
    assert.equal(after.decisions.clearance?.value, 'modify');
  });

  it('s08 under all five: proceed, and conflicts over the limb', () => {
    const { decisions, conflicts } = outcome('patients/s08', 'all-five');
    assert.equal(decisions.clearance?.value, 'proceed');
    assert.ok(conflicts.some(({ rules }) => rules.includes('immobilise-the-limb')));
  });

  it('the same calcium in mg/dL: contraindicated', () => {
    const edited = (text: string) =>
      text
        .replace(/"calcium": \{[^}]*\}/, '"calcium": { "value": 14.008, "unit": "mg/dL" }')
        .replace(/"albumin": \{[^}]*\}/, '"albumin": { "value": 4.0, "unit": "g/dL" }');
    assert.equal(outcome('branches/calcium-3-495', 'pt-approaches').decisions.clearance?.value, 'proceed');
    assert.equal(outcome('branches/calcium-3-495', 'pt-approaches', edited).decisions.clearance?.value, 'contraindicated');
  });

  it('a misspelt band: the error names the one that was meant', () => {
    const messages = findings('pt-approaches.clinical.json', text => text.replace('"in": ["unstable"]', '"in": ["unstabel"]'));
    assert.ok(
      messages.some(message => message.includes('unstabel') && message.includes('“unstable”')),
      messages.join('\n'),
    );
  });

  it('a band that ends one point early: the gap at 6', () => {
    const messages = findings('scores/sins.clinical.json', text => text.replace('"atMost": 6', '"atMost": 5'));
    assert.ok(
      messages.some(message => /\b6\b/.test(message)),
      messages.join('\n') || 'nothing is found',
    );
  });

  it('a D-dimer raised from 501 on: the rows of 500 fail, and no others', () => {
    const failed = ran('wells', 'wells.clinical.json', text => text.replace('"atLeast": 500', '"atLeast": 501')).results;
    assert.deepEqual(
      failed.filter(({ status }) => status !== 'passed').map(one => one.case.patient.title),
      ['D-dimer 500 is raised', 'D-dimer 500 ug/L'],
    );
  });

  it('no row of 501: the bound of 500 is not met from just above', () => {
    const edited = (text: string) => text.replace(/,\s*\["D-dimer 501[^\]]*\[[^\]]*\][^\]]*\]/, '');
    const { results, lacking } = ran('wells', 'patients/embolism-edges.patient.json', edited);
    assert.ok(results.every(({ status }) => status === 'passed'));
    assert.deepEqual(lacking, ['500 above']);
    assert.deepEqual(ran('wells', 'patients/embolism-edges.patient.json', AS_IS).lacking, []);
  });
});

type Edit = (text: string) => string;
const AS_IS: Edit = text => text;

function outcome(name: string, ruleSet: string, edit: Edit = AS_IS): Outcome {
  const { workspace, file } = opened(`${name}.patient.json`, edit);
  const whole = workspace.patient(file);
  const found = whole?.ruleSets.find(({ root }) => root.id?.value === ruleSet);
  assert.ok(whole && found);
  return evaluate(compile(found), whole.patient, { trace: false });
}

function findings(name: string, edit: Edit): readonly string[] {
  const { workspace, file } = opened(name, edit);
  return check(workspace.subject(file)!).map(({ message }) => message);
}

function opened(name: string, edit: Edit): { workspace: Workspace; file: string } {
  const workspace = new Workspace(diskFiles([FOLDER]), () => undefined);
  const file = `${FOLDER}/${name}`;
  const text = readFileSync(file, 'utf8');
  const changed = edit(text);
  assert.ok(edit === AS_IS || changed !== text, `the edit finds nothing to change in ${name}`);
  workspace.setText(file, changed);
  return { workspace, file };
}

/** The cases of a folder with one file edited, and the sides of boundaries that they do not show. */
function ran(folder: string, name: string, edit: Edit): { results: readonly CaseResult[]; lacking: readonly string[] } {
  const root = `${process.cwd()}/samples/${folder}`;
  const workspace = new Workspace(diskFiles([root]), () => undefined);
  const text = readFileSync(`${root}/${name}`, 'utf8');
  workspace.setText(`${root}/${name}`, edit(text));
  const recorders = new Map<CompiledRuleSet, Recorder>();
  const runner = new Runner((compiled, state, judgement) => {
    const recorder = recorders.get(compiled) ?? new Recorder(compiled);
    recorders.set(compiled, recorder);
    recorder.observe(state, judgement);
  });
  const cases = casesIn(workspace, workspace.known(), file => check(workspace.subject(file)!));
  const results = cases.map(one => runner.run(one));
  const points = [...recorders.values()].flatMap(recorder => recorder.coverage().points);
  const lacking = points.flatMap(({ boundary, ways }) =>
    boundary ? ways.flatMap(({ name, state }) => (state === 'not-seen' ? [`${boundary.number} ${name}`] : [])) : [],
  );
  return { results, lacking };
}
