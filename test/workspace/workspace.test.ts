/** The workspace: what follows from texts and files is made anew exactly when something it rests on has changed. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const VOCABULARY = `{ "id": "vocabulary", "title": "Vocabulary", "version": "1.0.0", "role": "library",
  "facts": { "pain": { "title": "Pain", "type": "boolean" } } }`;
const RULES = `{ "id": "rules", "title": "Rules", "version": "1.0.0", "uses": ["vocabulary.clinical.json"],
  "appliesTo": { "fact": "pain", "is": true } }`;
const MIDDLE = '{ "id": "middle", "title": "Middle", "version": "1.0.0", "uses": ["rules.clinical.json"] }';
const PATIENT = `{ "id": "p", "title": "P", "asOf": "2026-11-22T12:00:00Z", "for": ["rules.clinical.json"], "extends": "base.patient.json" }`;
const BASE = '{ "id": "base", "title": "Base", "asOf": "2026-11-21T12:00:00Z", "facts": { "pain": true } }';

function sample(more: Readonly<Record<string, string>> = {}) {
  const files = new MemoryFiles({
    '/vocabulary.clinical.json': VOCABULARY,
    '/rules.clinical.json': RULES,
    '/middle.clinical.json': MIDDLE,
    '/p.patient.json': PATIENT,
    '/base.patient.json': BASE,
    ...more,
  });
  return { files, workspace: new Workspace(files, () => '2026-11-22') };
}

describe('workspace', () => {
  it('puts a rule set together with what it uses', () => {
    const { workspace } = sample();
    const linked = workspace.linked('/middle.clinical.json')!;
    assert.deepEqual(
      linked.ruleSet.files.map(({ file }) => file),
      ['/vocabulary.clinical.json', '/rules.clinical.json', '/middle.clinical.json'],
    );
    assert.deepEqual(linked.problems, []);
  });

  it('merges a patient with its base and finds its rule sets', () => {
    const whole = sample().workspace.patient('/p.patient.json')!;
    assert.equal(whole.patient.asOf?.value, '2026-11-22T12:00:00Z');
    assert.ok(whole.patient.facts.has('pain'));
    assert.deepEqual(
      whole.ruleSets.map(({ root }) => root.file),
      ['/rules.clinical.json'],
    );
  });

  it('knows who uses a file, directly or not', () => {
    const users = sample().workspace.usedBy('/vocabulary.clinical.json');
    assert.deepEqual(
      users.map(({ ruleSet }) => ruleSet.root.file),
      ['/middle.clinical.json', '/rules.clinical.json'],
    );
  });

  it('gives the same subject until something it rests on changes', () => {
    const { workspace } = sample();
    const before = workspace.subject('/middle.clinical.json');
    workspace.setText('/base.patient.json', `${BASE} `);
    assert.equal(workspace.subject('/middle.clinical.json'), before);
    workspace.setText('/vocabulary.clinical.json', `${VOCABULARY} `);
    assert.notEqual(workspace.subject('/middle.clinical.json'), before);
  });

  it('gives a patient anew when its base changes', () => {
    const { workspace } = sample();
    const before = workspace.subject('/p.patient.json');
    workspace.setText('/base.patient.json', BASE.replace('true', 'false'));
    const after = workspace.subject('/p.patient.json');
    assert.ok(after !== before && after?.kind === 'patient');
    assert.equal(after.patient.facts.get('pain')?.values[0]?.value, false);
  });

  it('tells which files a change concerns, opened or not: those that use it and those they use', () => {
    const { workspace } = sample({ '/alone.clinical.json': '{ "id": "alone" }' });
    workspace.subject('/middle.clinical.json');
    workspace.takeAffected();
    workspace.setText('/rules.clinical.json', RULES.replace('"pain"', '"pan"'));
    assert.deepEqual([...workspace.takeAffected()].sort(), [
      '/base.patient.json',
      '/middle.clinical.json',
      '/p.patient.json',
      '/rules.clinical.json',
      '/vocabulary.clinical.json',
    ]);
    assert.deepEqual(workspace.takeAffected(), []);
  });

  it('tells of a file that is used no longer', () => {
    const { workspace } = sample();
    workspace.subject('/rules.clinical.json');
    workspace.setText('/rules.clinical.json', RULES.replace('"vocabulary.clinical.json"', ''));
    assert.ok(workspace.takeAffected().includes('/vocabulary.clinical.json'));
  });

  it('reads a file anew that was deleted, and one that came', () => {
    const { files, workspace } = sample();
    assert.deepEqual(workspace.linked('/rules.clinical.json')!.problems, []);
    files.texts.delete('/vocabulary.clinical.json');
    workspace.changedOnDisk('/vocabulary.clinical.json');
    assert.equal(workspace.linked('/rules.clinical.json')!.problems[0]?.kind, 'missing-file');
    assert.ok(workspace.takeAffected().includes('/rules.clinical.json'));
    files.texts.set('/vocabulary.clinical.json', VOCABULARY);
    workspace.changedOnDisk('/vocabulary.clinical.json');
    assert.deepEqual(workspace.linked('/rules.clinical.json')!.problems, []);
    assert.ok(workspace.takeAffected().includes('/rules.clinical.json'));
  });

  it('finds a file that was missing when it was first looked for', () => {
    const { files, workspace } = sample({ '/early.clinical.json': RULES.replace('vocabulary', 'late') });
    assert.equal(workspace.subject('/early.clinical.json')!.linkProblems[0]?.kind, 'missing-file');
    workspace.takeAffected();
    files.texts.set('/late.clinical.json', VOCABULARY);
    workspace.changedOnDisk('/late.clinical.json');
    assert.ok(workspace.takeAffected().includes('/early.clinical.json'));
    assert.deepEqual(workspace.subject('/early.clinical.json')!.linkProblems, []);
  });

  it('reads all files of a folder anew that was renamed', () => {
    const { files, workspace } = sample({ '/a/x.clinical.json': VOCABULARY, '/y.clinical.json': RULES.replace('vocabulary', 'a/x') });
    assert.deepEqual(workspace.linked('/y.clinical.json')!.problems, []);
    files.texts.delete('/a/x.clinical.json');
    files.texts.set('/b/x.clinical.json', VOCABULARY);
    workspace.changedOnDisk('/a');
    assert.equal(workspace.linked('/y.clinical.json')!.problems[0]?.kind, 'missing-file');
    assert.ok(workspace.known().includes('/b/x.clinical.json') && !workspace.known().includes('/a/x.clinical.json'));
  });

  it('takes an open text before the disk, even where there is no file, and the disk again once it is closed', () => {
    const { workspace } = sample();
    workspace.setText('/new.clinical.json', VOCABULARY);
    workspace.setText('/rules.clinical.json', RULES.replace('vocabulary.clinical.json', 'new.clinical.json'));
    assert.deepEqual(workspace.linked('/rules.clinical.json')!.problems, []);
    workspace.close('/new.clinical.json');
    assert.equal(workspace.linked('/rules.clinical.json')!.problems[0]?.kind, 'missing-file');
    workspace.close('/rules.clinical.json');
    assert.deepEqual(workspace.linked('/rules.clinical.json')!.problems, []);
  });

  it('keeps what it knows when a file is saved as it was', () => {
    const { workspace } = sample();
    const before = workspace.subject('/rules.clinical.json');
    workspace.changedOnDisk('/vocabulary.clinical.json');
    assert.equal(workspace.subject('/rules.clinical.json'), before);
  });

  it('says what is wrong with the paths of a patient, in the file that has them', () => {
    const { workspace } = sample({
      '/loop.patient.json': '{ "id": "a", "extends": "pool.patient.json" }',
      '/pool.patient.json': '{ "id": "b", "extends": "loop.patient.json", "for": ["gone.clinical.json", "base.patient.json"] }',
    });
    const kinds = (file: string) => workspace.subject(file)!.linkProblems.map(({ kind }) => kind);
    assert.deepEqual(kinds('/pool.patient.json'), ['uses-cycle', 'missing-file', 'unreadable-file']);
    assert.deepEqual(kinds('/loop.patient.json'), ['uses-cycle']);
    assert.equal(
      workspace.patient('/loop.patient.json')!.problems.some(({ kind }) => kind === 'uses-cycle'),
      true,
    );
  });

  it('gives each problem of a whole to the file it is placed in, once', () => {
    const { workspace } = sample({
      '/a.clinical.json': '{ "id": "a", "uses": ["b.clinical.json"] }',
      '/b.clinical.json': '{ "id": "b", "uses": ["a.clinical.json"] }',
    });
    for (const file of ['/a.clinical.json', '/b.clinical.json'])
      assert.deepEqual(
        workspace.subject(file)!.linkProblems.map(({ kind }) => kind),
        ['uses-cycle'],
      );
  });

  it('takes a text without a name of ours for what it looks like', () => {
    const { workspace } = sample();
    workspace.setText('untitled:1', '{ "asOf": "2026-11-22" }');
    workspace.setText('untitled:2', '{ "title": "x" }');
    assert.equal(workspace.subject('untitled:1')?.kind, 'patient');
    assert.equal(workspace.subject('untitled:2')?.kind, 'rule-set');
  });

  it('finds in a used file that is open what is found on disk once it is closed', () => {
    const { workspace } = sample();
    const onDisk = check(workspace.subject('/rules.clinical.json')!);
    workspace.setText('/vocabulary.clinical.json', VOCABULARY.replace('"pain"', '"ache"'));
    assert.notDeepEqual(check(workspace.subject('/rules.clinical.json')!), onDisk);
    workspace.close('/vocabulary.clinical.json');
    assert.deepEqual(check(workspace.subject('/rules.clinical.json')!), onDisk);
  });
});
