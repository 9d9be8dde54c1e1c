/** The samples are what a newcomer copies: nothing in them is found fault with, and they are laid out to be read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../../server/src/diagnostics/check.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { document, patientFiles, ruleSetFiles, SAMPLES } from './load.ts';

/** Strings cannot be broken in JSON; everything else is kept this short. */
const WIDTH = 140;
/** Patients that show what an absent required fact does. */
const WITHOUT_REQUIRED = new Set(['cord-compression-not-recorded', 'unknown-beside-forbidden']);

describe('samples', () => {
  const workspace = new Workspace(diskFiles([`${process.cwd()}/${SAMPLES}`]), () => '2026-11-22');

  for (const file of [...ruleSetFiles, ...patientFiles]) {
    it(`${file.slice(SAMPLES.length + 1)} is sound`, () => {
      assert.deepEqual(checkSchema(document(file), file.endsWith('.patient.json') ? 'patient' : 'rule-set'), []);
      const subject = workspace.subject(`${process.cwd()}/${file}`);
      assert.ok(subject);
      const absent = [...WITHOUT_REQUIRED].some(name => file.endsWith(`${name}.patient.json`));
      const findings = check(subject).filter(({ code, severity }) => severity !== 'information' && !(absent && code.includes('required')));
      assert.deepEqual(
        findings.map(({ code, message }) => `${code}: ${message}`),
        [],
      );
    });
  }

  it('are laid out to be read', () => {
    for (const file of [...ruleSetFiles, ...patientFiles]) {
      const text = readFileSync(file, 'utf8');
      assert.ok(text.endsWith('\n') && !text.includes('\t') && !text.includes('\r'), file);
      // The name of a finding is as long as what it names.
      const long = text.split('\n').findIndex(line => line.length > WIDTH && !/^ *"finding": /.test(line));
      assert.equal(long, -1, `${file}: line ${long + 1} is longer than ${WIDTH}`);
    }
  });

  it('name no file and no machine of their makers', () => {
    for (const file of [...ruleSetFiles, ...patientFiles, `${SAMPLES}/README.md`])
      assert.doesNotMatch(readFileSync(file, 'utf8'), /\/work\/|seed/i);
  });
});
