/** `clinical-rules format`: files laid out where they stand, and nothing else of them changed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cli, folderWith } from '../support/command-line.ts';

const MESSY = '\ufeff{"id":"a",\r\n"range":[ 0,18 ],"number": 1.50}';
const NEAT = '\ufeff{\r\n  "id": "a",\r\n  "range": [0, 18], "number": 1.50\r\n}\r\n';
const BROKEN = '{"id":"b",\n}';

describe('clinical-rules format', () => {
  let folder: ReturnType<typeof folderWith>;
  afterEach(() => folder.remove());
  const read = (name: string) => readFileSync(folder.at(name), 'utf8');

  it('lays out rule sets and patients of a folder, and names those it changed', () => {
    folder = folderWith({ 'a.clinical.json': MESSY, 'more/b.patient.json': '{}', 'other.json': '{ }' });
    assert.deepEqual(cli(['format', '.'], folder.path), {
      code: 0,
      out: 'a.clinical.json\nmore/b.patient.json\n2 of 2 files changed\n',
      err: '',
    });
    assert.deepEqual([read('a.clinical.json'), read('more/b.patient.json'), read('other.json')], [NEAT, '{}\n', '{ }']);
    assert.deepEqual(cli(['format', '.'], folder.path), { code: 0, out: '0 of 2 files changed\n', err: '' });
  });

  it('with --check changes nothing and tells by its exit code', () => {
    folder = folderWith({ 'a.clinical.json': MESSY, 'b.clinical.json': NEAT });
    const { code, out } = cli(['format', '--check', '.'], folder.path);
    assert.deepEqual({ code, out }, { code: 1, out: 'a.clinical.json\n1 of 2 files not laid out\n' });
    assert.equal(read('a.clinical.json'), MESSY);
    assert.equal(cli(['format', '--check', 'b.clinical.json'], folder.path).code, 0);
  });

  it('leaves what is no sound JSON, or no text, as it is, says so and lays out the rest', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    folder = folderWith({ 'a.clinical.json': MESSY, 'b.clinical.json': BROKEN, 'c.clinical.json': bytes });
    const { code, out, err } = cli(['format', '.'], folder.path);
    assert.equal(code, 1);
    assert.equal(out, 'a.clinical.json\n1 of 3 files changed\n');
    assert.match(err, /^b\.clinical\.json: line 1, column 10 is no sound JSON.*\nc\.clinical\.json: this file cannot be read.*\n$/);
    assert.equal(read('b.clinical.json'), BROKEN);
    assert.deepEqual(readFileSync(folder.at('c.clinical.json')), bytes);
  });

  it('holds to the width that is given', () => {
    folder = folderWith({ 'a.clinical.json': '{ "title": "A title", "list": [1, 2, 3] }\n' });
    cli(['format', '--width', '30', '.'], folder.path);
    assert.equal(read('a.clinical.json'), '{\n  "title": "A title",\n  "list": [1, 2, 3]\n}\n');
  });

  it('finds the samples laid out', () => {
    folder = folderWith({});
    assert.equal(cli(['format', '--check', 'samples']).code, 0);
  });

  for (const [args, message] of [
    [['format'], /format needs at least one file or folder/],
    [['format', 'samples', '--width', 'wide'], /--width wide: write a number/],
    [['format', 'samples', '--format', 'json'], /format has no --format: that is for check and run/],
    [['check', 'samples', '--width', '90'], /check has no --width: that is for format/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      folder = folderWith({});
      const { code, err } = cli(args);
      assert.equal(code, 2);
      assert.match(err, message);
    });
});
