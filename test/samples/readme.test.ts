/** What samples/README.md tells a newcomer to try comes out as it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../../server/src/diagnostics/check.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
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
