/** What New Rule Set and New Sample Patient write: valid, without an error, and a patient that can be previewed at once. */
import assert from 'node:assert/strict';
import { patientText, ruleSetText, STARTERS } from '../../client/src/starters.ts';
import { analysed } from '../../server/src/analysed.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { newPatientText, relativePath } from '../../server/src/features/new-patient.ts';
import type { Preview } from '../../server/src/features/preview-model.ts';
import { loadUnits } from '../../server/src/model/units.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { CLINIC } from './clinic.ts';
import { previewFor } from './previewed.ts';

const RULES = '/my-rules.clinical.json';
const PATIENT = '/patients/my-patient.patient.json';
const NEW = { name: 'My patient.patient.json', ruleSet: '../my-rules.clinical.json', asOf: '2026-11-22T12:00:00Z' };
const NOW = new Date('2026-11-22T23:00:00Z');
const STARTER = ruleSetText(STARTERS[0]!, 'my-rules', NOW);
const WHOLE_CLINIC = JSON.stringify({ id: 'clinic', title: 'Clinic', version: '1.0.0', ...CLINIC });

before(loadUnits);

describe('a new rule set', () => {
  it('has no error and no warning, and is to be reviewed in a year', () => {
    assert.deepEqual(findings({ [RULES]: STARTER }, RULES), []);
    assert.match(STARTER, /"reviewBy": "2027-11-22"/);
  });

  for (const [facts, answer] of [
    [{ 'chest-pain': true }, 'Contraindicated'],
    [{ 'chest-pain': false, haemoglobin: { value: 7.9, unit: 'g/dL' } }, 'Modify'],
    [{ 'chest-pain': false, haemoglobin: { value: 130, unit: 'g/L' } }, 'Proceed'],
    [{ 'chest-pain': false }, 'Undetermined'],
  ] as const)
    it(`decides ${answer} for ${JSON.stringify(facts)}`, () => {
      const text = JSON.stringify({ ...JSON.parse(newPatient(STARTER)), facts });
      assert.equal(preview(STARTER, text).decisions[0]!.answer, answer);
    });
});

describe('what a new rule set can begin with', () => {
  /** What its patient is answered, or is to avoid. */
  const SHOWN: Readonly<Record<string, string>> = { thresholds: 'Modify', score: 'Instructed', 'decision-table': 'Half dose' };

  for (const starter of STARTERS) {
    const text = ruleSetText(starter, 'my-rules', NOW);
    const patient = patientText(starter, 'my-rules', '../my-rules.clinical.json', NOW);

    it(`${starter.id}: nothing is found, not even by the analysis, and everything is proved`, () => {
      const files = workspace({ [RULES]: text });
      assert.deepEqual(check(files.subject(RULES)!), []);
      const { findings: found, notProved } = analysed(files.linked(RULES)!.ruleSet, undefined);
      assert.deepEqual([[...found.values()].flat().map(({ message }) => message), notProved], [[], []]);
    });

    if (starter.patient)
      it(`${starter.id}: its patient is without findings, and shows what it decides`, () => {
        assert.deepEqual(check(workspace({ [RULES]: text, [PATIENT]: patient }).subject(PATIENT)!), []);
        const shown = preview(text, patient);
        if (SHOWN[starter.id]) assert.equal(shown.decisions[0]!.answer, SHOWN[starter.id]);
        else assert.ok(shown.outcome.effects.some(({ verb, state }) => verb === 'avoid' && state === 'in-force'));
      });
  }

  it('is laid out as people write it', () => {
    assert.match(STARTER, /^ {4}"chest-pain": \{ "title": "Chest pain", "type": "boolean" \}$/m);
    assert.ok(STARTER.split('\n').every(line => line.length <= 130));
  });
});

describe('a new sample patient', () => {
  for (const [name, ruleSet] of [
    ['the new rule set', STARTER],
    ['a rule set with lesions and scores', WHOLE_CLINIC],
  ] as const)
    it(`has no finding beside ${name}, and records nothing`, () => {
      const patient = newPatient(ruleSet);
      assert.deepEqual(findings({ [RULES]: ruleSet, [PATIENT]: patient }, PATIENT), []);
      const shown = preview(ruleSet, patient);
      assert.equal(shown.decisions[0]!.answer, 'Undetermined');
      assert.deepEqual(shown.problems, []);
    });

  it('names every fact that can be recorded, and its rule set', () => {
    const patient = JSON.parse(newPatient(WHOLE_CLINIC));
    assert.deepEqual(patient.for, ['../my-rules.clinical.json']);
    assert.deepEqual(patient.facts, { fever: null, platelets: null, calcium: null });
    assert.deepEqual(patient.groups.lesions.records[0].facts, { site: null, side: null, stabilised: null });
    assert.deepEqual(Object.keys(patient.groups.lesions.records[0].scores), ['sins']);
    assert.equal(patient.id, 'my-patient');
  });
});

describe('a path from one file to another', () => {
  for (const [from, to, path] of [
    ['/a/p.json', '/a/r.json', 'r.json'],
    ['/a/b/p.json', '/a/r.json', '../r.json'],
    ['/a/p.json', '/a/b/r.json', 'b/r.json'],
    ['/a/b/p.json', '/c/r.json', '../../c/r.json'],
  ] as const)
    it(`${from} to ${to} is ${path}`, () => assert.equal(relativePath(from, to), path));
});

function workspace(files: Readonly<Record<string, string>>): Workspace {
  return new Workspace(new MemoryFiles(files), () => '2026-11-22');
}

function newPatient(ruleSet: string): string {
  return newPatientText(workspace({ [RULES]: ruleSet }).linked(RULES)!.ruleSet, NEW);
}

function findings(files: Readonly<Record<string, string>>, file: string): string[] {
  return check(workspace(files).subject(file)!)
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, message }) => `${code}: ${message}`);
}

function preview(ruleSet: string, patient: string): Preview {
  const files = workspace({ [RULES]: ruleSet, [PATIENT]: patient });
  const textOf = (file: string) => (file === RULES ? ruleSet : patient);
  return previewFor(files.linked(RULES)!.ruleSet, files.patient(PATIENT)!.patient, textOf);
}
