/** A waiver that wrote down what it is about counts after a renaming as before, and what a renaming writes is undone by the reverse one. */
import assert from 'node:assert/strict';
import { type Analysed, analysed } from '../../server/src/analysed.ts';
import type { Waiver } from '../../server/src/model/rule-set.ts';
import { renameAll } from '../../server/src/renaming.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const FILE = '/walking.clinical.json';
const WORDS = '/words.clinical.json';
const VOCABULARY = {
  id: 'words',
  title: 'Words',
  version: '1.0.0',
  role: 'library',
  activities: { walking: { title: 'Walking' } },
  facts: { pain: { title: 'Pain', type: 'integer', minimum: 0, maximum: 10, required: true } },
};
const RULE_SET = {
  id: 'walking-rules',
  title: 'Walking',
  version: '1.0.0',
  uses: ['words.clinical.json'],
  complete: true,
  sources: { book: { title: 'A book' } },
  decisions: {
    clearance: { title: 'May this patient walk?', values: ['no', 'yes'], resolve: 'strictest', mustDecide: true },
    order: { title: 'What first?', values: ['a', 'b'], resolve: 'first' },
  },
  rules: [
    rule('mild', { atMost: 5 }, [{ decide: 'clearance', as: 'yes' }, { recommend: 'walking' }]),
    rule('severe', { atLeast: 7 }, [{ decide: 'clearance', as: 'no' }]),
    rule('sore', { atLeast: 5 }, [{ forbid: 'walking' }]),
    rule('wide', { atLeast: 2 }, [{ decide: 'order', as: 'a' }]),
    rule('narrow', { atLeast: 3 }, [{ decide: 'order', as: 'b' }]),
  ],
};
/** About what it names; about a patient as well; about rules that it does not name. */
const CODES = ['conflicting-effects', 'missing-rule', 'hidden-rule'];

function rule(id: string, test: object, then: readonly object[]) {
  return { id, title: id, when: { fact: 'pain', ...test }, then, source: { id: 'book' } };
}

function analysedIn(workspace: Workspace): Analysed {
  return analysed(workspace.linked(FILE)!.ruleSet);
}

function opened(waivers: readonly object[]): Workspace {
  const texts = { [FILE]: JSON.stringify({ ...RULE_SET, waivers }, null, 2), [WORDS]: JSON.stringify(VOCABULARY, null, 2) };
  return new Workspace(new MemoryFiles(texts), () => '2026-11-22');
}

/** Each finding waived with its digest, or with the one given. */
function withWaivers(digest?: string): Workspace {
  const found = [...analysedIn(opened([])).findings.values()].flat();
  assert.deepEqual(new Set(found.map(({ code }) => code)), new Set(CODES));
  const waiver = { reason: 'Known', by: 'A. Reviewer', until: '2027-01-01' };
  return opened(found.map(one => ({ finding: one.id, ...waiver, digest: digest ?? one.digest })));
}

function textOf(workspace: Workspace, file: string): string {
  const snapshot = workspace.snapshot(file);
  assert.ok(typeof snapshot !== 'string');
  return snapshot.text;
}

function renameTo(workspace: Workspace, file: string, name: string, newName: string): void {
  const renaming = renameAll(workspace, file, textOf(workspace, file).indexOf(`"${name}"`) + 1, newName);
  assert.ok(renaming.kind === 'edits', renaming.kind === 'refused' ? renaming.why : '');
  for (const [one, edits] of renaming.edits) workspace.setText(one, applyEdits(textOf(workspace, one), edits));
}

function waiversOf(workspace: Workspace): readonly Waiver[] {
  return workspace.linked(FILE)!.ruleSet.root.waivers;
}

function assertCount(workspace: Workspace): void {
  const found = [...analysedIn(workspace).findings.values()].flat().map(({ id, digest }) => `${id} ${digest}`);
  assert.deepEqual(
    waiversOf(workspace)
      .map(({ finding, digest }) => `${finding.value} ${digest?.value}`)
      .sort(),
    found.sort(),
  );
}

describe('waivers with a digest', function () {
  this.timeout(30_000);

  for (const [file, name] of [
    [WORDS, 'pain'],
    [WORDS, 'walking'],
    [FILE, 'clearance'],
    [FILE, 'yes'],
    [FILE, 'mild'],
    [FILE, 'wide'],
    [FILE, 'narrow'],
    [FILE, 'book'],
  ] as const)
    it(`count when “${name}” is renamed, and are as they were when it is renamed back`, () => {
      const workspace = withWaivers();
      const before = [FILE, WORDS].map(one => textOf(workspace, one));
      renameTo(workspace, file, name, `z-${name}`);
      assert.notDeepEqual(
        [FILE, WORDS].map(one => textOf(workspace, one)),
        before,
      );
      assertCount(workspace);
      renameTo(workspace, file, `z-${name}`, name);
      assert.deepEqual(
        [FILE, WORDS].map(one => textOf(workspace, one)),
        before,
      );
    });

  it('that have lapsed stay so', () => {
    const workspace = withWaivers('0123456789abcdef');
    renameTo(workspace, WORDS, 'pain', 'ache');
    assert.deepEqual(new Set(waiversOf(workspace).map(({ digest }) => digest?.value)), new Set(['0123456789abcdef']));
  });
});
