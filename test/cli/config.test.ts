/** `clinical-rules.json`: found upwards, the same for the command line and the editor, and what it switches off is seen. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../server/src/cli/report.ts';
import { isExcludedBy, readConfig } from '../../server/src/config.ts';
import { problemsOf } from '../../server/src/config-problems.ts';
import { analysedRules } from '../../server/src/diagnostics/analysed-rules.ts';
import { registry } from '../../server/src/diagnostics/registry.ts';
import { cli, folderWith } from '../support/command-line.ts';
import { assertGenerated } from '../support/generated.ts';
import { RULES, SMALL } from '../support/small.ts';

const TYPO = RULES.replace('"fact": "pain"', '"fact": "pian"');

describe('the settings of a team', () => {
  let folder: ReturnType<typeof folderWith>;
  afterEach(() => folder?.remove());

  const check = (files: Readonly<Record<string, string>>, ...args: string[]) => {
    folder = folderWith(files);
    mkdirSync(join(folder.path, '.git'));
    return cli(['check', ...args], folder.path);
  };
  const report = (files: Readonly<Record<string, string>>, ...args: string[]) => {
    const { code, out, err } = check(files, ...args, '--format', 'json');
    assert.equal(err, '');
    return { code, ...(JSON.parse(out) as Report) };
  };

  it('have a schema that knows every diagnostic', () => {
    const file = 'schemas/config.schema.json';
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    const rules = [...registry, ...analysedRules].sort((a, b) => (a.code < b.code ? -1 : 1));
    schema.properties.severity.properties = Object.fromEntries(
      rules.map(({ code, summary, severity }) => [
        code,
        { $ref: '#/$defs/severity', title: code, description: summary, examples: [severity] },
      ]),
    );
    assertGenerated(file, `${JSON.stringify(schema, null, 2)}\n`);
  });

  it('choose severities, from the nearest file upwards', () => {
    const files = {
      ...Object.fromEntries(Object.entries(SMALL).map(([name, text]) => [`ward/rules/${name}`, text])),
      'ward/rules/rules.clinical.json': TYPO,
      'clinical-rules.json': '{ "severity": { "undefined-name": "off" } }',
      'ward/clinical-rules.json': '{ "severity": { "undefined-name": "warning" } }',
    };
    const { code, findings } = report(files, 'ward');
    assert.deepEqual(
      findings.filter(one => one.code === 'undefined-name').map(({ severity }) => severity),
      ['warning'],
    );
    assert.equal(code, 0);
  });

  it('are not read from above the working tree', () => {
    const inside = Object.fromEntries(
      Object.entries({ ...SMALL, 'rules.clinical.json': TYPO }).map(([name, text]) => [`repo/${name}`, text]),
    );
    folder = folderWith({ ...inside, 'clinical-rules.json': '{ "severity": { "undefined-name": "off" } }' });
    assert.equal(cli(['check', 'repo'], folder.path).code, 0);
    mkdirSync(join(folder.path, 'repo/.git'));
    assert.equal(cli(['check', 'repo'], folder.path).code, 1);
  });

  it('show what they switch off, and how much of it there is', () => {
    const files = {
      ...SMALL,
      'rules.clinical.json': TYPO,
      'clinical-rules.json': '{ "severity": { "undefined-name": "off", "missing-rule": "off" } }',
    };
    const { code, switchedOff, findings } = report(files, '.');
    assert.deepEqual(switchedOff, [
      { file: 'clinical-rules.json', code: 'missing-rule', count: 0 },
      { file: 'clinical-rules.json', code: 'undefined-name', count: 1 },
    ]);
    assert.ok(findings.every(one => one.code !== 'undefined-name'));
    assert.equal(code, 0);
    folder.remove();
    assert.match(
      check(files, '.').out,
      /^clinical-rules\.json\n {2}Switched off: missing-rule \(none found\), undefined-name \(1 found\)$/m,
    );
    const { code: ran, err } = cli(['run', 'rules.clinical.json', 'jane.patient.json'], folder.path);
    assert.equal(ran, 1, 'what is broken is not run, whatever is switched off');
    assert.match(err, /undefined-name/);
  });

  it('leave files out of what is looked for, not out of what is used or named', () => {
    const files = { ...SMALL, 'old/broken.clinical.json': '{', 'clinical-rules.json': '{ "exclude": ["old", "vocab*"] }' };
    const { files: count, code } = report(files, '.');
    assert.deepEqual({ count, code }, { count: 3, code: 0 }, 'the vocabulary is used');
    assert.equal(cli(['check', 'old/broken.clinical.json'], folder.path).code, 1);
  });

  it('set the steps of the analysis, unless the command line does; and may switch it off, which is told', () => {
    const few = { ...SMALL, 'clinical-rules.json': '{ "analysis": { "steps": 1 } }' };
    assert.ok(report(few, '.').notProved.length > 0);
    folder.remove();
    assert.deepEqual(report(few, '.', '--budget', '20000000').notProved, []);
    folder.remove();
    const off = report({ ...SMALL, 'clinical-rules.json': '{ "analysis": { "enabled": false } }' }, '.');
    assert.match(off.notProved[0]!.text, /switched off in clinical-rules\.json/);
  });

  it('are told with their place where they are wrong, and nothing passes', () => {
    const wrong = (text: string) => check({ ...SMALL, 'clinical-rules.json': text }, '.');
    const cases: readonly (readonly [string, RegExp])[] = [
      ['{\n  "severity": { "unused-nam": "off" } }', /clinical-rules\.json:2:17: .*unused-nam.*Did you mean “unused-name”\?/],
      ['{ "severity": { "unused-name": "none" } }', /clinical-rules\.json:1:32: /],
      ['{ "exclude": "old" }', /clinical-rules\.json:1:14: /],
      ['{ "analysis": { "steps": 0 } }', /clinical-rules\.json:1:26: /],
      ['{ "exclude": [] ', /clinical-rules\.json:1:\d+: /],
      ['', /clinical-rules\.json:1:1: This file is empty/],
    ];
    for (const [text, expected] of cases) {
      const { code, err, out } = wrong(text);
      folder.remove();
      assert.deepEqual({ code, out }, { code: 2, out: '' }, text);
      assert.match(err, expected);
    }
  });

  it('count entry by entry in the editor, where they cannot stop anything', () => {
    const config = readConfig(
      '{ "severity": { "unused-name": "off", "band-gap": "none" }, "exclude": ["a", 1], "analysis": { "steps": -1 } }',
      'x',
    );
    assert.deepEqual([...config.severity], [['unused-name', 'off']]);
    assert.deepEqual(config.exclude, ['a']);
    assert.equal(config.steps, undefined);
    assert.equal(problemsOf(config).length, 3);
  });

  it('match paths as people expect', () => {
    const matches = (pattern: string, ...paths: string[]) => paths.map(path => isExcludedBy([pattern], path));
    assert.deepEqual(matches('old', 'old', 'old/a/b.json', 'older', 'a/old'), [true, true, false, false]);
    assert.deepEqual(matches('./old/', 'old/a'), [true]);
    assert.deepEqual(matches('**/old', 'old/a', 'x/y/old/a', 'xold'), [true, true, false]);
    assert.deepEqual(matches('*.clinical.json', 'a.clinical.json', 'b/a.clinical.json', 'aXclinical.json'), [true, false, false]);
    assert.deepEqual(matches('a/**/b?.json', 'a/b1.json', 'a/x/y/b2.json', 'a/b.json'), [true, true, false]);
    assert.deepEqual(matches('a/**', 'a/b', 'a/b/c'), [true, true]);
  });
});
