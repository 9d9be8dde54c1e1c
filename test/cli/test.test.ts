/** `clinical-rules test`: what passes, what fails and where, in every format, with its exit codes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { TestReport } from '../../server/src/cli/test-report.ts';
import { built } from '../support/built.ts';
import { cli, folderWith } from '../support/command-line.ts';

const RULES = `{
  "id": "falls", "title": "Falls", "version": "1.0.0",
  "sources": { "guide": { "title": "Guide" } },
  "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 0, "maximum": 120 } },
  "decisions": { "class": { "title": "Balance class?", "values": ["yes", "no"], "resolve": "strictest" } },
  "rules": [
    { "id": "old", "when": { "fact": "age", "atLeast": 65, "unit": "a" }, "then": [{ "decide": "class", "as": "yes" }], "source": { "id": "guide" } },
    { "id": "young", "when": { "fact": "age", "below": 65, "unit": "a" }, "then": [{ "decide": "class", "as": "no" }], "source": { "id": "guide" } }
  ]
}`;
const patient = (expected: string, more = '') => `{
  "id": "edge", "title": "On the <edge>", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "age": { "value": 65, "unit": "a" } }${more},
  "expected": [
    { "ruleSet": "falls",
      "decisions": { "class": ${expected} }, "fired": ["old"] }
  ]
}`;
const TABLE = `,
  "cases": { "ruleSet": "falls", "columns": ["case", "age in a", "expected.decisions.class"], "rows": [
    ["just below", 64, "no"],
    ["just above", 66, "no"]
  ] }`;

describe('clinical-rules test', () => {
  let folder: ReturnType<typeof folderWith>;
  beforeEach(() => {
    folder = folderWith({ 'rules.clinical.json': RULES, 'edge.patient.json': patient('"yes"') });
  });
  afterEach(() => folder.remove());

  const test = (...args: string[]) => cli(['test', ...args], folder.path);
  const edge = (text: string) => writeFileSync(folder.at('edge.patient.json'), text);

  it('passes what is as expected, with exit code 0', () => {
    assert.deepEqual(test('.'), { code: 0, out: '1 case: 1 passed.\n', err: '' });
  });

  it('passes over nobody of whom it cannot be read what they expect: damaged files, empty tables, other dividers', () => {
    const table = (csv: string) =>
      `{ "id": "t", "title": "T", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "cases": { "ruleSet": "falls", "csv": "${csv}" } }`;
    const unread: Record<string, string> = {
      'empty.patient.json': table('empty.csv'),
      'tabs.patient.json': table('tabs.csv'),
      'nowhere.patient.json': table('nowhere.csv'),
      'form.patient.json': table('empty.csv').replace(/\{ "ruleSet.*? \}/, '"empty.csv"'),
      'list.patient.json': table('empty.csv').replace(/"cases": .*? \}/, '"expected": { "ruleSet": "falls" }'),
      'cut.patient.json': '{ "id": "cut", "title": "Cut", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "facts": {',
    };
    writeFileSync(folder.at('empty.csv'), '');
    writeFileSync(folder.at('tabs.csv'), 'case\tage in a\texpected.decisions.class\nold\t65\tno\n');
    for (const [name, text] of Object.entries(unread)) {
      writeFileSync(folder.at(name), text);
      for (const named of ['.', 'rules.clinical.json']) {
        const { code, out } = test(named);
        assert.equal(code, 1, `${name}, ${named}: ${out}`);
        assert.match(out, /NOT RUN .*\n {2}(?:\w+\.patient\.json|\w+\.csv):\d+/, name);
        assert.match(out, /1 passed, 1 not run/, name);
      }
      rmSync(folder.at(name));
    }
    writeFileSync(folder.at('plain.patient.json'), table('').replace(/, "cases".*\}/, ', "expected": [] }'));
    assert.equal(test('.').code, 0);
  });

  it('tells what fails at the line that expects it, with exit code 1', () => {
    edge(patient('"no"', TABLE));
    const { code, out } = test('.');
    assert.equal(code, 1);
    assert.equal(
      out,
      `FAILED On the <edge> [falls]
  edge.patient.json:10:31
    Expected no for “class”, but it came out as yes by “old”.

FAILED On the <edge>: just above [falls]
  edge.patient.json:6:24
    Expected no for “class”, but it came out as yes by “old”.

3 cases: 1 passed, 2 failed.
`,
    );
  });

  it('does not run what has errors, names that do not exist among them', () => {
    edge(patient('"maybe"'));
    const { code, out } = test('.');
    assert.equal(code, 1);
    assert.match(out, /^NOT RUN On the <edge> \[falls\]\n.*\n {2}There is no value of “class” called “maybe”/);
    assert.match(out, /1 case: 0 passed, 1 not run\.\n$/);
    edge(patient('"yes"').replace('"falls"', '"hips"'));
    assert.match(test('.').out, /no rule set of this patient called “hips”/);
    writeFileSync(folder.at('rules.clinical.json'), RULES.replace('"atLeast": 65', '"atLeast": 165'));
    edge(patient('"yes"'));
    assert.equal(test('.').code, 1);
  });

  it('takes a rule set for all patients that are meant for it', () => {
    edge(patient('"yes"', TABLE.replace('66, "no"', '66, "yes"')));
    assert.deepEqual(test('rules.clinical.json', '--workspace', '.'), { code: 0, out: '3 cases: 3 passed.\n', err: '' });
  });

  it('says that nobody has confirmed a proposal', () => {
    edge(patient('"yes"').replace('"ruleSet"', '"proposed": true, "ruleSet"'));
    assert.equal(test('.').out, '1 case: 1 passed. Of 1 nobody has confirmed what they expect.\n');
    const { cases, proposed } = JSON.parse(test('.', '--format', 'json').out) as {
      cases: { status: string; proposed: boolean }[];
      proposed: number;
    };
    assert.deepEqual([cases.map(({ status, proposed }) => [status, proposed]), proposed], [[['passed', true]], 1]);
    assert.match(
      test('.', '--format', 'junit').out,
      /<testcase [^>]*[^/]>\s*<system-out>Nobody has confirmed what this case expects\.<\/system-out>/,
    );
    assert.match(test('.', '--format', 'github').out, /^::warning .*::Nobody has confirmed what this case expects\./);
  });

  it('is wrong use where nothing is expected: exit code 2', () => {
    edge(patient('"yes"').replace(/,\s*"expected"[\s\S]*/, '}'));
    const { code, err } = test('.');
    assert.deepEqual(
      [code, err],
      [2, 'clinical-rules: .: no sample patient there has anything under “expected”. See clinical-rules --help.\n'],
    );
    assert.equal(test('.', '--format', 'sarif').code, 2);
    assert.equal(cli(['run', 'rules.clinical.json', 'edge.patient.json', '--watch'], folder.path).code, 2);
  });

  it('writes JSON with places from zero', () => {
    edge(patient('"no"'));
    const report = JSON.parse(test('.', '--format', 'json').out) as TestReport;
    const [one] = report.cases;
    assert.deepEqual([report.version, report.passed, report.failed, report.errors, report.proposed], [1, 0, 1, 0, 0]);
    assert.deepEqual([one!.id, one!.ruleSet, one!.status, one!.why], ['edge.patient.json#edge@falls', 'falls', 'failed', null]);
    assert.deepEqual(one!.differences, [
      {
        about: 'decision',
        name: 'class',
        message: 'Expected no for “class”, but it came out as yes by “old”.',
        expected: 'no',
        actual: 'yes',
        file: 'edge.patient.json',
        range: { start: { line: 5, character: 30 }, end: { line: 5, character: 34 } },
      },
    ]);
  });

  it('writes JUnit and GitHub messages, with what is special in them escaped', () => {
    edge(patient('"no"'));
    assert.equal(
      test('.', '--format', 'junit').out,
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="clinical-rules" tests="1" failures="1" errors="0">
  <testsuite name="edge.patient.json" tests="1" failures="1" errors="0">
    <testcase name="On the &lt;edge&gt;" classname="falls" file="edge.patient.json" line="5">
      <failure message="Expected no for “class”, but it came out as yes by “old”.">edge.patient.json:6: Expected no for “class”, but it came out as yes by “old”.</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
    assert.equal(
      test('.', '--format', 'github').out,
      `::error file=edge.patient.json,line=6,endLine=6,col=31,title=On the <edge>::Expected no for “class”, but it came out as yes by “old”.\n1 case: 0 passed, 1 failed.\n`,
    );
  });

  it('tells what no case shows, with a patient who would, and leaves out what no patient can show', () => {
    const { code, out } = test('.', '--coverage', 'text');
    assert.equal(code, 0);
    assert.equal(
      out,
      `1 case: 1 passed.

Coverage of Falls rules.clinical.json, 1 case
  rules           2 of 6   33.3 %
  conditions      2 of 6   33.3 %
  alone deciding  none
  thresholds      none
  bands           none
  effects         1 of 2   50 %
  boundaries      2 of 6   33.3 %
  all             7 of 20  35 %
  rules.clinical.json:7 rule “old”: not undetermined, not ruled out
      undetermined: nothing known
      ruled out: age 0 a
  rules.clinical.json:8 rule “young”: not fired, not undetermined
      fired: age 0 a
      undetermined: nothing known
  rules.clinical.json:7 condition of “old”: not unknown, not false
      unknown: nothing known
      false: age 0 a
  rules.clinical.json:8 condition of “young”: not true, not unknown
      true: age 0 a
      unknown: nothing known
  rules.clinical.json:8 effect of “young”: not in force
      in force: age 0 a
  rules.clinical.json:7 boundary 65 a of “old”: not just below, not just above
      just below: age 64 a
      just above: age 65.1 a
  rules.clinical.json:8 boundary 65 a of “young”: not just below, not just above
      just below: age 64 a
      just above: age 65.1 a
  Not full: 13 ways are not seen.
`,
    );
    writeFileSync(folder.at('rules.clinical.json'), RULES.replace('"maximum": 120', '"maximum": 65'));
    const capped = test('.', '--coverage', 'text').out;
    assert.match(capped, /boundaries +2 of 4/);
    assert.match(capped, /Not full: 11 ways are not seen. Not counted: 2 ways proved to be of no patient./);
    assert.doesNotMatch(capped, /just above/);
  });

  it('writes coverage as LCOV and Cobertura, the same bytes every time', () => {
    const files = ['lcov.info', 'cobertura.xml'];
    const write = () => {
      assert.equal(test('.', '--coverage', 'lcov', '--coverage', 'cobertura', '--coverage-dir', 'out').out, '1 case: 1 passed.\n');
      return files.map(name => readFileSync(folder.at(`out/${name}`), 'utf8'));
    };
    const [lcov, cobertura] = write();
    assert.deepEqual(write(), [lcov, cobertura]);
    const [branches, seen] = ['BRF', 'BRH'].map(key => Number(new RegExp(`^${key}:(\\d+)$`, 'm').exec(lcov!)![1]));
    assert.deepEqual([branches, seen], [20, 7]);
    assert.equal([...lcov!.matchAll(/^BRDA:/gm)].length, 20);
    assert.equal([...lcov!.matchAll(/^BRDA:\d+,0,\d+,1$/gm)].length, 7);
    assert.match(lcov!, /^TN:falls\nSF:rules\.clinical\.json\n/);
    assert.match(lcov!, /\nDA:7,1\nDA:8,1\nLF:2\nLH:2\nend_of_record\n$/);
    assert.match(
      cobertura!,
      /<coverage line-rate="1" branch-rate="0.35" lines-covered="2" lines-valid="2" branches-covered="7" branches-valid="20"/,
    );
    assert.match(cobertura!, /<line number="7" hits="1" branch="true" condition-coverage="\d+% \(\d+\/10\)"\/>/);
    assert.equal(test('.', '--coverage', 'html').code, 2);
  });

  it('runs again when a file changes, with --watch', async () => {
    const child = spawn(process.execPath, [built('cli.cjs'), 'test', '.', '--watch'], { cwd: folder.path });
    try {
      let out = '';
      const said = (text: string) =>
        new Promise<void>(resolve => {
          const look = () => out.includes(text) && resolve();
          child.stdout.on('data', look);
          look();
        });
      child.stdout.on('data', chunk => {
        out += chunk;
      });
      await said('1 case: 1 passed.');
      // The folder is watched from just after the first run on.
      const writing = setInterval(() => edge(patient('"no"')), 200);
      await said('1 case: 0 passed, 1 failed.');
      clearInterval(writing);
    } finally {
      child.kill();
    }
  }).timeout(30_000);
});
