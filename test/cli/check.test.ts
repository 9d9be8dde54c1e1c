/** `clinical-rules check` as a user and as a program calls it. */
import assert from 'node:assert/strict';
import type { Report } from '../../server/src/cli/report.ts';
import { cli, folderWith } from '../support/command-line.ts';
import { RULES, SMALL, VOCABULARY } from '../support/small.ts';

const BROKEN = { ...SMALL, 'rules.clinical.json': RULES.replace('"fact": "pain"', '"fact": "pian"') };

describe('clinical-rules check', () => {
  let folder: ReturnType<typeof folderWith>;
  afterEach(() => folder.remove());

  const report = (...args: string[]) => {
    const { code, out, err } = cli(['check', ...args, '--format', 'json'], folder.path);
    assert.equal(err, '');
    return { code, ...(JSON.parse(out) as Report) };
  };

  it('passes sound files, and says how many they are', () => {
    folder = folderWith(SMALL);
    const { code, out, err } = cli(['check', '.'], folder.path);
    const proved =
      'rules.clinical.json\n  Proved: No two of 2 rules conflict for any patient in scope.\n  Proved: Each of 2 rules holds for some patient in scope.\n';
    assert.deepEqual({ code, out, err }, { code: 0, out: `${proved}\nNo findings in 3 files.\n`, err: '' });
  });

  it('fails on an error and shows it with its place', () => {
    folder = folderWith(BROKEN);
    const { code, out } = cli(['check', '.'], folder.path);
    assert.equal(code, 1);
    assert.match(out, /^rules\.clinical\.json\n {2}24:25 {2}error {4}No fact “pian”[\s\S]*\[undefined-name\]$/m);
    assert.match(out, /1 error/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no colour codes where the output is no terminal
    assert.doesNotMatch(out, /\x1b/);
  });

  it('writes the JSON other programs rely on', () => {
    folder = folderWith(BROKEN);
    const { code, version, asOf, files, findings, proved, notProved } = report('.', '--as-of', '2026-11-22');
    assert.deepEqual(
      { code, version, asOf, files, proved, notProved },
      { code: 1, version: 1, asOf: '2026-11-22', files: 3, proved: [], notProved },
    );
    // What has errors is not analysed, and that is said.
    assert.deepEqual(
      notProved.map(({ file }) => file),
      ['rules.clinical.json'],
    );
    const finding = findings.find(({ code: one }) => one === 'undefined-name')!;
    assert.deepEqual(Object.keys(finding), ['id', 'file', 'code', 'severity', 'message', 'range', 'related', 'rules', 'witness', 'waived']);
    assert.equal(finding.file, 'rules.clinical.json');
    assert.deepEqual(finding.range, { start: { line: 23, character: 24 }, end: { line: 23, character: 30 } });
    assert.equal(finding.severity, 'error');
    assert.equal(finding.witness, null);
    assert.equal(finding.waived, false);
    assert.match(finding.id, /^undefined-name:.*pian/);
  });

  it('checks a file with everything it uses', () => {
    folder = folderWith({ ...SMALL, 'vocabulary.clinical.json': VOCABULARY.replace('"boolean"', '"bool"') });
    const { code, files, findings } = report('rules.clinical.json');
    assert.deepEqual({ code, files }, { code: 1, files: 2 });
    assert.ok(findings.some(({ file }) => file === 'vocabulary.clinical.json'));
  });

  it('takes the date of reviews from --as-of', () => {
    folder = folderWith({ ...SMALL, 'rules.clinical.json': RULES.replace('"status"', '"reviewBy": "2026-06-30", "status"') });
    const codes = (date: string) => report('rules.clinical.json', '--as-of', date).findings.map(({ code }) => code);
    assert.deepEqual(codes('2026-06-30'), []);
    assert.deepEqual(codes('2026-07-01'), ['review-date-passed']);
  });

  it('lists a waived finding and does not count it, until the waiver expires', () => {
    const waiver = (until: string) =>
      `"waivers": [{ "finding": "undefined-name:fact,pian", "reason": "known", "by": "A. Reviewer", "until": "${until}" }], "status"`;
    folder = folderWith(BROKEN);
    const { id } = report('rules.clinical.json').findings.find(({ code }) => code === 'undefined-name')!;
    folder.remove();
    const waived = BROKEN['rules.clinical.json'].replace('"status"', waiver('2026-12-31').replace('undefined-name:fact,pian', id));
    folder = folderWith({ ...BROKEN, 'rules.clinical.json': waived });
    const during = report('rules.clinical.json', '--as-of', '2026-12-31');
    assert.equal(during.code, 0);
    assert.deepEqual(
      during.findings.filter(finding => finding.id === id).map(finding => finding.waived),
      [true],
    );
    assert.equal(report('rules.clinical.json', '--as-of', '2027-01-01').code, 1);
  });

  it('colours when asked, and not with NO_COLOR or --no-color', () => {
    folder = folderWith(BROKEN);
    assert.ok(cli(['check', '.', '--color'], folder.path).out.includes('\x1b[31merror'));
    assert.ok(!cli(['check', '.', '--no-color'], folder.path).out.includes('\x1b'));
    assert.ok(!cli(['check', '.'], folder.path, { NO_COLOR: '1' }).out.includes('\x1b'));
  });

  it('knows units outside its own table', () => {
    const dyne = VOCABULARY.replaceAll('mmol/L', '[lbf_av]/[sin_i]');
    folder = folderWith({ 'vocabulary.clinical.json': dyne.replace('"maximum": 6', '"maximum": 6, "alsoIn": { "[lbf_av]/[sin_x]": 2 }') });
    const messages = report('.').findings.map(({ message }) => message);
    assert.ok(messages.some(message => message.includes('[lbf_av]/[sin_x]')));
    assert.ok(!messages.some(message => message.includes('[lbf_av]/[sin_i]')));
  });
});

describe('clinical-rules used wrongly', () => {
  const wrong: readonly [readonly string[], RegExp][] = [
    [['chekc', 'x'], /Unknown command “chekc”/],
    [['check'], /needs at least one file or folder/],
    [['check', 'nowhere'], /nowhere: no such file or folder/],
    [['check', 'docs'], /docs: this folder has no \*\.clinical\.json/],
    [['check', 'samples', '--format', 'xml'], /--format xml: check can write text, json, sarif/],
    [['run', 'samples', 'x', '--format', 'sarif'], /run can write text, json/],
    [['check', 'samples', '--as-of', '2026-02-30'], /--as-of 2026-02-30: write a date as/],
    [['check', 'samples', '--as-of', 'today'], /write a date as/],
    [['check', 'samples', '--formt', 'json'], /Unknown option '--formt'/],
    [['check', 'samples', '--format'], /--format/],
    [['--unknown'], /Unknown option/],
    [['run', 'x'], /needs a rule set and at least one patient/],
    [['run', 'samples', 'samples'], /run needs one rule set, not a folder/],
    [['run', 'a', 'b', '--as-of', '2026-11-22'], /run has no --as-of/],
    [['run', 'a', 'b', '--witness', 'c'], /run has no --witness/],
    [['check', 'samples', '--budget', 'much'], /--budget much: write a whole number/],
    [['check', '--explain', 'conflicting-efects'], /no such diagnostic\. Did you mean conflicting-effects\?/],
    [['check', 'samples', '--workspace', 'nowhere'], /--workspace nowhere: no such folder/],
  ];
  for (const [args, message] of wrong) {
    it(`says so in one line and exits 2: ${args.join(' ')}`, () => {
      const { code, out, err } = cli(args);
      assert.deepEqual({ code, out }, { code: 2, out: '' });
      assert.match(err, message);
      assert.equal(err.trimEnd().split('\n').length, 1);
    });
  }

  it('helps, for all and for each command', () => {
    for (const args of [['--help'], ['-h'], ['help'], []]) {
      const { code, out } = cli(args);
      assert.equal(code, 0);
      assert.match(out, /check PATH…[\s\S]*run RULESET PATIENT…/);
    }
    for (const command of ['check', 'run']) {
      for (const args of [
        [command, '--help'],
        ['help', command],
      ]) {
        const { code, out } = cli(args);
        assert.equal(code, 0);
        assert.match(out, new RegExp(`^Usage: clinical-rules ${command} `));
        for (const word of ['--format', '--workspace', '--no-color', 'Exit codes', 'Examples']) assert.ok(out.includes(word), word);
      }
    }
  });

  it('tells its version', () => {
    const { code, out } = cli(['--version']);
    assert.equal(code, 0);
    assert.match(out, /^\d+\.\d+\.\d+\n$/);
  });
});
