/** `clinical-rules explain`: a rule set in plain words on standard output, and what keeps it from being all. */
import assert from 'node:assert/strict';
import { cli, folderWith } from '../support/command-line.ts';
import { SMALL } from '../support/small.ts';

describe('clinical-rules explain', () => {
  let folder: ReturnType<typeof folderWith> | undefined;
  afterEach(() => folder?.remove());

  it('prints a rule set with all it uses as Markdown', () => {
    const { code, out, err } = cli(['explain', 'samples/curb-65/curb-65.clinical.json']);
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    assert.match(out, /^# Pneumonia acquired in the community: where to treat\n\nVersion 1\.0\.0, in use\./);
    assert.match(
      out,
      /\n- \*\*No penicillin in allergy\*\*: If penicillin allergy is yes: penicillin is forbidden\.\n {2}- Source: British Thoracic Society/,
    );
    assert.match(
      out,
      /\n\| Blood pressure \| Systolic blood pressure is below 90 mmHg or diastolic blood pressure is at most 60 mmHg \| 1 \|\n/,
    );
  });

  it('says which file has errors, and tells what can be read', () => {
    folder = folderWith({ ...SMALL, 'rules.clinical.json': SMALL['rules.clinical.json']!.replace('"when"', '"whenn"') });
    const { code, out, err } = cli(['explain', 'rules.clinical.json'], folder.path);
    assert.equal(code, 1);
    assert.match(out, /^# /);
    assert.match(err, /^rules\.clinical\.json has errors, so that something may be missing/);
  });

  it('keeps several rule sets apart', () => {
    const { out } = cli(['explain', 'samples/wells', 'samples/curb-65/curb-65.clinical.json']);
    assert.deepEqual(out.match(/^# .*$|^---$/gm)?.slice(1), ['---', '# Pneumonia acquired in the community: where to treat']);
  });

  for (const [args, message] of [
    [['explain'], /explain needs at least one rule set/],
    [['explain', 'samples/curb-65/patients/base.patient.json'], /base\.patient\.json: this is no rule set that can be read/],
    [['explain', 'samples', '--format', 'json'], /explain has no --format/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const { code, err } = cli(args);
      assert.equal(code, 2);
      assert.match(err, message);
    });

  it('leaves check --explain as it was', () => {
    assert.match(cli(['check', '--explain', 'undefined-name']).out, /^undefined-name \(error\)/);
  });
});
