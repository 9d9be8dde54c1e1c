/** `clinical-rules import`, as built: what it writes, prints and refuses. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cli, folderWith } from '../support/command-line.ts';
import { BONE_METASTASIS, bundle, condition, drug, LEFT, observation, patient, quantity, SECRETS, site } from './bundles.ts';

const RULES = resolve('samples/bone-metastasis/pt-approaches.clinical.json');
const BUNDLE = bundle([
  patient(),
  observation('777-3', '2026-11-20', quantity(62, '10*9/L')),
  condition(BONE_METASTASIS, { bodySite: [site('71341001', LEFT)] }),
  drug('MedicationAdministration', { effectiveDateTime: '2026-11-01' }),
]);

describe('clinical-rules import', () => {
  it('writes patients that check and run, and prints the report', () => {
    const folder = folderWith({ 'bundle.json': BUNDLE });
    const { code, out, err } = cli(['import', RULES, 'bundle.json', '--out', 'patients'], folder.path);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^# Import: 1 patient\n\n## imported-1: patients\/imported-1\.patient\.json\n/);
    assert.match(out, /- `platelets`: 62 10\*9\/L on 2026-11-20 \(Observation, entry 2\)/);
    assert.match(out, /- `medications\.a\.last-given-on`: 2026-11-01/);
    const text = readFileSync(folder.at('patients/imported-1.patient.json'), 'utf8');
    for (const secret of SECRETS) assert.ok(!(text + out).includes(secret), secret);
    const ran = cli(['run', RULES, folder.at('patients/imported-1.patient.json'), '--format', 'json'], folder.path);
    assert.equal(ran.code, 0, ran.err);
    folder.remove();
  }).timeout(20_000);

  it('never writes over a file, and writes nothing then', () => {
    const folder = folderWith({ 'table.csv': 'sex\nmale\nfemale\n', 'out/imported-2.patient.json': 'mine' });
    const { code, err } = cli(['import', RULES, 'table.csv', '--out', 'out', '--as-of', '2026-11-22'], folder.path);
    assert.equal(code, 2);
    assert.match(err, /out\/imported-2\.patient\.json is there already/);
    assert.equal(readFileSync(folder.at('out/imported-2.patient.json'), 'utf8'), 'mine');
    assert.ok(!existsSync(folder.at('out/imported-1.patient.json')));
    folder.remove();
  });

  it('gives programs the patients and the report', () => {
    const folder = folderWith({ 'table.csv': 'sex,age [a]\nmale,61\n' });
    const { code, out } = cli(['import', RULES, 'table.csv', '--as-of', '2026-11-22', '--format', 'json'], folder.path);
    const { patients, problems } = JSON.parse(out) as { patients: { file: null; patient: { facts: unknown } }[]; problems: unknown[] };
    assert.deepEqual([code, problems, patients.length, patients[0]!.file], [0, [], 1, null]);
    assert.deepEqual(patients[0]!.patient.facts, { sex: 'male', age: { value: 61, unit: 'a' } });
    folder.remove();
  });

  it('says what it cannot import with exit code 1, and wrong use with 2', () => {
    const folder = folderWith({ 'cut.json': BUNDLE.slice(0, 50), 'broken.clinical.json': '{ "id": "x" }', 'bundle.json': BUNDLE });
    const run = (...words: string[]) => cli(['import', ...words], folder.path);
    const cut = run(RULES, 'cut.json');
    assert.deepEqual(
      [cut.code, cut.out],
      [
        1,
        '# Import: 0 patients\n\n- The file is no sound JSON, so it cannot be read as a FHIR bundle. Export it again: it may have been cut off.\n',
      ],
    );
    const broken = run('broken.clinical.json', 'bundle.json');
    assert.deepEqual([broken.code, broken.out], [1, '']);
    assert.match(broken.err, /the rule set has errors/);
    for (const words of [[RULES], [RULES, 'none.json'], [RULES, 'bundle.json', 'more.json'], [RULES, 'bundle.json', '--format', 'sarif']])
      assert.equal(run(...words).code, 2, words.join(' '));
    folder.remove();
  }).timeout(20_000);
});
