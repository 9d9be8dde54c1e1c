/** Every sample through the shipped command line, as a newcomer would try them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '../../server/src/cli/report.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { cli } from '../support/command-line.ts';

const files = readdirSync('samples', { recursive: true, encoding: 'utf8' }).map(path => join('samples', path));
const patients = files.filter(path => path.endsWith('.patient.json'));

/** By rule set, the patients that name it themselves. */
const runs = new Map<string, string[]>();
for (const patient of patients) {
  const { for: named = [] } = JSON.parse(readFileSync(patient, 'utf8')) as { for?: string[] };
  for (const path of named) {
    const ruleSet = join(dirname(patient), path);
    runs.set(ruleSet, [...(runs.get(ruleSet) ?? []), patient]);
  }
}

describe('samples through the command line', function () {
  this.timeout(60_000);

  it('are all checked and have no errors', () => {
    const { code, out } = cli(['check', 'samples', '--format', 'json', '--as-of', '2026-11-22']);
    const report = JSON.parse(out) as Report;
    assert.equal(report.files, files.filter(path => /\.(clinical|patient)\.json$/.test(path)).length);
    assert.deepEqual(
      report.findings.filter(({ severity, waived }) => severity === 'error' && !waived).map(({ file, message }) => `${file}: ${message}`),
      [],
    );
    assert.equal(code, 0);
  });

  it('are enough to mean something', () =>
    assert.ok(runs.size >= 5 && patients.length >= 40, `${runs.size} rule sets, ${patients.length} patients`));

  for (const [ruleSet, itsPatients] of runs) {
    it(`${ruleSet} runs its ${itsPatients.length} patients`, () => {
      const json = cli(['run', ruleSet, ...itsPatients, '--format', 'json']);
      assert.equal(json.err, '');
      assert.equal(json.code, 0);
      const outcomes = JSON.parse(json.out) as Outcome[];
      assert.deepEqual(
        outcomes.map(({ patient }) => patient),
        itsPatients.map(patient => (JSON.parse(readFileSync(patient, 'utf8')) as { id: string }).id),
      );
      const text = cli(['run', ruleSet, ...itsPatients]);
      assert.deepEqual([text.code, text.err], [0, '']);
      assert.equal(text.out.split('\nWhy\n').length - 1, itsPatients.length);
      assert.doesNotMatch(text.out, /undefined\b|\[object|NaN/);
    });
  }
});
