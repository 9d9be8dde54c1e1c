/** Every kind of bad file through the command line: a clear message, exit code 1, and never a crash. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import type { Report } from '../../server/src/cli/report.ts';
import { cli, folderWith } from '../support/command-line.ts';
import { PATIENT, RULES, SMALL } from '../support/small.ts';

const HEAD = '"id": "x", "title": "X", "version": "1.0.0"';
const uses = (path: string) => `{ ${HEAD}, "uses": ["${path}"] }`;

describe('bad input', function () {
  this.timeout(30_000);
  let folder: ReturnType<typeof folderWith>;
  afterEach(() => folder.remove());

  function findings(name = 'x.clinical.json') {
    const { code, out, err } = cli(['check', name, '--format', 'json'], folder.path);
    assert.equal(err, '');
    const report = JSON.parse(out) as Report;
    assert.equal(code, report.findings.some(({ severity }) => severity === 'error') ? 1 : 0);
    return report.findings;
  }

  const texts: readonly [string, string | Buffer][] = [
    ['an empty file', ''],
    ['only space', ' \n\t '],
    ['not JSON', 'Patients over 65 must not run.'],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['null', 'null'],
    ['a number', '1e400'],
    ['NaN', `{ ${HEAD}, "x": NaN }`],
    ['an opened string', `{ ${HEAD}, "description": "x`],
    ['10,000 brackets', '['.repeat(10_000)],
    ['10,000 objects, closed', `${'{"all":['.repeat(10_000)}${']}'.repeat(10_000)}`],
    ['a key written twice', `{ ${HEAD}, "id": "y" }`],
    ['prototype keys', `{ ${HEAD}, "__proto__": { "facts": {} }, "constructor": 1 }`],
    [
      'prototype keys as ids',
      `{ ${HEAD}, "facts": { "__proto__": { "type": "x" }, "constructor": { "title": "C", "type": "quantity" } } }`,
    ],
    ['a number of 400 digits', `{ ${HEAD}, "facts": { "a": { "title": "A", "type": "integer", "minimum": ${'9'.repeat(400)} } } }`],
    ['a comment', `{ ${HEAD} // comment\n }`],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['zero bytes', Buffer.alloc(100)],
  ];
  for (const [what, text] of texts) {
    it(`${what}: is an error in words, placed in the file`, () => {
      folder = folderWith({ 'x.clinical.json': text, 'x.patient.json': text });
      for (const name of ['x.clinical.json', 'x.patient.json']) {
        const errors = findings(name).filter(({ severity }) => severity === 'error');
        assert.ok(errors.length > 0 && errors.length < 25, `${errors.length} errors`);
        const lines = String(text).split('\n').length;
        for (const { file, message, range } of errors) {
          assert.equal(file, name);
          assert.ok(message.length > 20 && message.length < 600, message);
          assert.doesNotMatch(message, /undefined|\[object|NaN of/);
          assert.ok(range.start.line < lines && range.end.line < lines);
        }
      }
    });
  }

  it('a lone surrogate is refused in words', () => {
    folder = folderWith({ 'x.clinical.json': `{ ${HEAD}, "description": "\\ud83e" }` });
    assert.deepEqual(
      findings().map(({ code, severity }) => [code, severity]),
      [['json-syntax', 'error']],
    );
  });

  it('a byte order mark and foreign line ends change nothing', () => {
    const foreign = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    folder = folderWith(Object.fromEntries(Object.entries(SMALL).map(([name, text]) => [name, foreign(text)])));
    assert.match(cli(['check', '.'], folder.path).out, /No findings in 3 files\.\n$/);
  });

  it('10 MB are checked within seconds', () => {
    const facts = Array.from(
      { length: 100_000 },
      (_, i) => `"fact-${i}": { "title": "A fact of some length, number ${i}", "type": "boolean", "required": tru }`,
    );
    folder = folderWith({
      'x.clinical.json': `{ ${HEAD}, "role": "library", "facts": { ${facts.join(',\n').slice(0, 10_000_000).replaceAll('tru }', 'true }')} } }`,
    });
    const start = Date.now();
    assert.ok(findings().length < 200);
    assert.ok(Date.now() - start < 15_000);
  });

  describe('uses', () => {
    const cases: readonly [string, string, string, (() => void)?][] = [
      ['a missing file', 'gone.clinical.json', 'missing-file'],
      ['a folder', 'folder', 'not-a-file', () => mkdirSync(folder.at('folder'))],
      [
        'a loop of links',
        'loop.clinical.json',
        'unreadable-file',
        () => symlinkSync('loop.clinical.json', folder.at('loop.clinical.json')),
      ],
      ['a file outside', '../../../../../../etc/hosts', 'outside-workspace'],
      ['an absolute path', '/etc/hosts', 'outside-workspace'],
      [
        'a link to the outside',
        'link.clinical.json',
        'outside-workspace',
        () => symlinkSync('/etc/hosts', folder.at('link.clinical.json')),
      ],
      ['itself', 'x.clinical.json', 'uses-cycle'],
      ['a pipe', 'pipe.clinical.json', 'not-a-file', () => execFileSync('mkfifo', [folder.at('pipe.clinical.json')])],
    ];
    for (const [what, path, , prepare] of cases) {
      it(`${what}: is an error at the path, and the rest is checked`, () => {
        folder = folderWith({ 'x.clinical.json': `{ ${HEAD},\n"uses": ["${path}"],\n"appliesTo": { "fact": "nowhere", "is": true } }` });
        prepare?.();
        const found = findings();
        const atPath = found.filter(({ range }) => range.start.line === 1);
        assert.equal(atPath.length, 1);
        assert.equal(atPath[0]!.severity, 'error');
        assert.ok(atPath[0]!.message.includes(path), atPath[0]!.message);
        assert.ok(found.some(({ code }) => code === 'undefined-name'));
      });
    }

    it('a cycle of files is told in each of them', () => {
      folder = folderWith({
        'x.clinical.json': uses('y.clinical.json'),
        'y.clinical.json': uses('x.clinical.json').replace('"id": "x"', '"id": "y"'),
      });
      const cyclic = findings().filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        cyclic.map(({ file }) => file),
        ['x.clinical.json', 'y.clinical.json'],
      );
    });
  });

  it('nothing is run that cannot be read, and nothing is written to standard output', () => {
    const broken: readonly [Record<string, string>, RegExp][] = [
      [{ 'rules.clinical.json': RULES.replace('"fact": "pain"', '"fact": "pian"') }, /rules\.clinical\.json\n {2}24:25 {2}error/],
      [{ 'vocabulary.clinical.json': '{' }, /vocabulary\.clinical\.json\n/],
      [{ 'jane.patient.json': PATIENT.slice(0, -4) }, /jane\.patient\.json\n/],
      [{ 'jane.patient.json': '' }, /jane\.patient\.json\n/],
      [{ 'jane.patient.json': PATIENT.replace('"for"', '"extends": "gone.patient.json", "for"') }, /gone\.patient\.json/],
      [{ 'jane.patient.json': PATIENT.replace('"asOf": "2026-11-22T12:00:00Z",', '') }, /asOf/],
    ];
    for (const [files, message] of broken) {
      folder = folderWith({ ...SMALL, ...files });
      for (const format of ['text', 'json']) {
        const { code, out, err } = cli(['run', 'rules.clinical.json', 'jane.patient.json', '--format', format], folder.path);
        assert.deepEqual({ code, out }, { code: 1, out: '' }, JSON.stringify(files));
        assert.match(err, /^Nothing was run/);
        assert.match(err, message);
      }
      folder.remove();
    }
    folder = folderWith({});
  });
});
