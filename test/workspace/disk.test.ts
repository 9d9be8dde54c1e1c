/** The disk as the workspace sees it: links resolved, nothing outside opened, every odd file told by what it is. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalPath, diskFiles, filesBelow, MAX_BYTES } from '../../server/src/disk.ts';

describe('disk', () => {
  let top: string;
  let root: string;

  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'clinical-rules-disk-')));
    root = join(top, 'workspace');
    mkdirSync(join(root, 'a', 'b'), { recursive: true });
    writeFileSync(join(root, 'a', 'one.clinical.json'), '{}');
    writeFileSync(join(root, 'two.patient.json'), '{}');
    writeFileSync(join(root, 'other.json'), '{}');
    writeFileSync(join(top, 'outside.clinical.json'), '{}');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  const at = (...names: string[]) => join(root, ...names);
  const resolved = (path: string) => diskFiles([root]).resolve(at('a', 'one.clinical.json'), path);

  it('finds files relative to the file that names them', () => {
    assert.deepEqual(resolved('../two.patient.json'), { file: at('two.patient.json'), problem: undefined });
    assert.deepEqual(resolved('one.clinical.json'), { file: at('a', 'one.clinical.json'), problem: undefined });
  });

  it('says what a path leads to that is no file', () => {
    assert.equal(resolved('gone.clinical.json').problem, 'missing-file');
    assert.equal(resolved('one.clinical.json/x').problem, 'missing-file');
    assert.equal(resolved('').problem, 'missing-file');
    assert.equal(resolved('a\0b').problem, 'missing-file');
    assert.equal(resolved(`${'x'.repeat(300)}.json`).problem, 'missing-file');
    assert.equal(diskFiles([root]).read(at('a')), 'not-a-file');
    assert.equal(diskFiles([root]).read(at('gone')), 'missing-file');
  });

  it('never leaves the workspace, by path or by link', () => {
    assert.equal(resolved('../../outside.clinical.json').problem, 'outside-workspace');
    assert.equal(resolved('../../gone.clinical.json').problem, 'outside-workspace');
    assert.equal(resolved(join(top, 'outside.clinical.json')).problem, 'outside-workspace');
    assert.equal(resolved(at('two.patient.json')).problem, 'outside-workspace');
    symlinkSync(join(top, 'outside.clinical.json'), at('a', 'link.clinical.json'));
    assert.equal(resolved('link.clinical.json').problem, 'outside-workspace');
    symlinkSync(top, at('up'));
    assert.equal(resolved('../up/outside.clinical.json').problem, 'outside-workspace');
  });

  it('does not take a folder for the workspace whose name only begins alike', () => {
    mkdirSync(join(top, 'workspace-2'));
    writeFileSync(join(top, 'workspace-2', 'x.clinical.json'), '{}');
    assert.equal(resolved('../../workspace-2/x.clinical.json').problem, 'outside-workspace');
  });

  it('knows a file by one name, whatever links lead to it', () => {
    symlinkSync(at('a'), at('same'));
    assert.equal(resolved('../same/one.clinical.json').file, at('a', 'one.clinical.json'));
    symlinkSync(root, join(top, 'linked-workspace'));
    const linked = join(top, 'linked-workspace');
    assert.equal(
      diskFiles([linked]).resolve(join(linked, 'two.patient.json'), 'a/one.clinical.json').file,
      join(linked, 'a', 'one.clinical.json'),
    );
    assert.equal(canonicalPath(join(linked, 'same', 'one.clinical.json'), [linked]), join(linked, 'a', 'one.clinical.json'));
  });

  it('survives loops of links', () => {
    symlinkSync('loop.clinical.json', at('a', 'loop.clinical.json'));
    symlinkSync(root, at('a', 'b', 'round'));
    assert.equal(resolved('loop.clinical.json').problem, 'unreadable-file');
    assert.deepEqual(diskFiles([root]).list(), [at('a', 'one.clinical.json'), at('two.patient.json')]);
  });

  it('lists rule sets and patients only, links to them once, and nothing of packages or hidden folders', () => {
    symlinkSync(at('a', 'one.clinical.json'), at('again.clinical.json'));
    symlinkSync(join(top, 'outside.clinical.json'), at('out.clinical.json'));
    symlinkSync(at('gone'), at('dangling.clinical.json'));
    for (const folder of ['node_modules', '.hidden']) {
      mkdirSync(at(folder));
      writeFileSync(at(folder, 'x.clinical.json'), '{}');
    }
    mkdirSync(at('folder.clinical.json'));
    assert.deepEqual(diskFiles([root]).list(), [at('a', 'one.clinical.json'), at('two.patient.json')]);
    assert.deepEqual(filesBelow(at('a')), [at('a', 'one.clinical.json')]);
  });

  it('reads text without its byte order mark and refuses what is no UTF-8, no regular file or enormous', () => {
    writeFileSync(at('bom.clinical.json'), '\uFEFF{}');
    writeFileSync(at('latin.clinical.json'), Buffer.from([0x22, 0xe9, 0x22]));
    writeFileSync(at('huge.clinical.json'), '');
    truncateSync(at('huge.clinical.json'), MAX_BYTES + 1);
    execFileSync('mkfifo', [at('pipe.clinical.json')]);
    const files = diskFiles([root]);
    assert.deepEqual(files.read(at('bom.clinical.json')), { text: '{}' });
    assert.equal(files.read(at('latin.clinical.json')), 'unreadable-file');
    assert.equal(files.read(at('huge.clinical.json')), 'unreadable-file');
    assert.equal(files.read(at('pipe.clinical.json')), 'not-a-file');
  });

  it('gives a file outside every folder its own folder and no more', () => {
    const files = diskFiles([root]);
    writeFileSync(join(top, 'beside.clinical.json'), '{}');
    assert.equal(files.resolve(join(top, 'outside.clinical.json'), 'beside.clinical.json').problem, undefined);
    assert.equal(files.resolve(join(top, 'outside.clinical.json'), '../x.json').problem, 'outside-workspace');
  });
});
