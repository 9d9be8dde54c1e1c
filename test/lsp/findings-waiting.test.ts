/** While the findings of a file wait for those of its wholes, other things happen: what was found before is then told no more. */
import assert from 'node:assert/strict';
import { type Analysed, analysed } from '../../server/src/analysed.ts';
import type { Converter } from '../../server/src/lsp/convert.ts';
import { Findings, type Found } from '../../server/src/lsp/findings.ts';
import { answerProofs, codeLenses } from '../../server/src/lsp/proofs.ts';
import type { Session } from '../../server/src/lsp/session.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { Server } from '../support/language-server.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const ROOT = '/walking.clinical.json';
const WORDS = '/words.clinical.json';

const textWith = (unit: string, title = 'Heavy') => `{
  "id": "walking", "title": "Walking", "version": "1.0.0", "uses": ["words.clinical.json"],
  "facts": { "weight": { "title": "Weight", "type": "quantity", "unit": "${unit}" } },
  "rules": [
    { "id": "heavy", "title": "${title}", "when": { "fact": "weight", "atLeast": 100, "unit": "${unit}" }, "then": [{ "forbid": "walking" }] }
  ]
}`;
const wordsWith = (id: string) =>
  `{ "id": "words", "title": "Words", "version": "1.0.0", "role": "library", "activities": { "${id}": { "title": "Walking" } } }`;

/** Waits as the analysis does, until the test lets go. */
function waiting(files: Readonly<Record<string, string>> = { [ROOT]: textWith('kg'), [WORDS]: wordsWith('walking') }) {
  const workspace = new Workspace(new MemoryFiles(files), () => undefined);
  let letGo: (() => void) | undefined;
  let isHeld = false;
  const held: RuleSet[] = [];
  const givenUp: RuleSet[] = [];
  const wanted: (() => boolean)[] = [];
  const nothing: Analysed = { root: ROOT, findings: new Map(), proved: [], notProved: [], answered: [] };
  const analyses = {
    shown: () => ({ analysed: nothing, isCurrent: false }),
    giveUp: (ruleSets: readonly RuleSet[]) => void givenUp.push(...ruleSets),
    soon: (ruleSets: readonly RuleSet[], isWanted = () => true) => {
      held.push(...ruleSets);
      wanted.push(isWanted);
      return isHeld ? new Promise<void>(resolve => (letGo = resolve)) : Promise.resolve();
    },
  };
  const converter: Converter = {
    uriOf: file => file,
    snapshot: file => workspace.snapshot(file),
    docsOf: () => undefined,
    relatedInformation: false,
    tags: false,
  };
  const failures: unknown[] = [];
  const findings = new Findings(workspace, converter, () => found => found, analyses, {
    failed: error => failures.push(error),
    unitsLoaded: () => findings.forget(),
  });
  /** Resolves to a promise of what is found, once that waits. */
  const startedToWait = async (): Promise<{ found: Promise<Found | undefined> }> => {
    isHeld = true;
    const found = findings.of(ROOT, () => true, true);
    while (!letGo) await new Promise(resolve => setImmediate(resolve));
    return { found };
  };
  const end = () => {
    isHeld = false;
    letGo?.();
  };
  return { workspace, findings, startedToWait, end, held, givenUp, wanted, failures };
}

const codesOf = (found: Found | undefined) => found?.all.map(({ code }) => code);

describe('findings that wait for those of their wholes', function () {
  this.timeout(20_000);
  it('another file changes: what is found is of the files as they are then', async () => {
    const { workspace, findings, startedToWait, end, failures } = waiting();
    const sound = await findings.of(ROOT, () => true);
    await findings.of(WORDS, () => true);
    workspace.setText(ROOT, textWith('kg', 'Stout'));
    const { found } = await startedToWait();
    workspace.setText(WORDS, wordsWith('running'));
    end();
    const codes = codesOf(await found)!;
    assert.ok(!codesOf(sound)!.includes('unknown-reference') && codes.some(code => !codesOf(sound)!.includes(code)), String(codes));
    assert.deepEqual(codesOf(findings.last(ROOT)), codes);
    assert.deepEqual(failures, []);
  });

  it('the file itself changes: whoever asks for no version is told of the text as it is then', async () => {
    const { workspace, findings, startedToWait, end } = waiting();
    await findings.of(ROOT, () => true);
    workspace.setText(ROOT, textWith('kg', 'Stout'));
    const { found } = await startedToWait();
    workspace.setText(ROOT, '{ "id": "walking", "rules": 5 }');
    end();
    assert.ok((await found)!.all.some(({ severity }) => severity === 'error'));
  });

  it('units are known meanwhile: one that is none is told, then and later', async () => {
    // In a server of its own: here another test may have loaded them.
    const server = new Server({ 'walking.clinical.json': textWith('kg'), 'words.clinical.json': wordsWith('walking') });
    try {
      await server.initialize('pull');
      server.open('walking.clinical.json', textWith('kg'));
      await server.request('clinicalRules/proofs', { uri: server.uri('walking.clinical.json') });
      const codes = async () => (await server.pull('walking.clinical.json')).items.map(({ code }) => code);
      assert.ok(!(await codes()).includes('unknown-unit'));
      server.change('walking.clinical.json', { text: textWith('kkg') });
      for (let i = 0; i < 200 && !(await codes()).includes('unknown-unit'); i++) await new Promise(resolve => setTimeout(resolve, 20));
      assert.ok((await codes()).includes('unknown-unit'));
    } finally {
      server.kill();
    }
  });

  it('a file that is gone meanwhile has nothing to show', async () => {
    const { workspace, findings, startedToWait, end } = waiting();
    await findings.of(ROOT, () => true);
    workspace.setText(ROOT, textWith('kg', 'Stout'));
    const { found } = await startedToWait();
    workspace.replaceFiles(new MemoryFiles({}));
    workspace.close(ROOT);
    end();
    assert.deepEqual((await found)!.shown, []);
    assert.deepEqual(findings.last(ROOT)!.shown, []);
  });

  describe('the whole is asked for before anybody has looked for errors', () => {
    const alone = (title: string) =>
      textWith('kg', title).replace('"uses": ["words.clinical.json"]', '"activities": { "walking": { "title": "W" } }');
    const edited = async (text: string) => {
      const { findings, workspace, ...rest } = waiting({ [ROOT]: alone('Heavy') });
      await findings.of(ROOT, () => true);
      workspace.setText(ROOT, text);
      const found = await findings.of(ROOT, () => true, true);
      return { ...rest, found: found!, ruleSet: workspace.linked(ROOT)!.ruleSet };
    };

    it('and is waited for where there are none', async () => {
      const { held, givenUp, wanted, ruleSet } = await edited(alone('Stout'));
      assert.deepEqual([held.length, held[0] === ruleSet, givenUp.length, wanted[0]!()], [1, true, 0, true]);
    });

    it('and is given up where there are any', async () => {
      const { held, givenUp, wanted, ruleSet, found } = await edited(alone('Stout').replace('"fact": "weight"', '"fact": "wait"'));
      assert.ok(codesOf(found)!.includes('undefined-name'));
      assert.deepEqual([held.length, givenUp.length, givenUp[0] === ruleSet, wanted[0]!()], [1, 1, true, false]);
    });

    it('and stays asked for where there is something else to tell at once', async () => {
      const { held, givenUp, wanted, found } = await edited(
        alone('Stout').replace('"rules"', '"sources": { "book": { "title": "B" } }, "rules"'),
      );
      assert.ok(codesOf(found)!.includes('unused-name'), String(codesOf(found)));
      assert.deepEqual([held.length, givenUp.length, wanted[0]!()], [1, 0, true]);
    });
  });

  it('whoever goes through many files does not wait for any', async () => {
    const { workspace, findings, held } = waiting();
    await findings.of(ROOT, () => true);
    workspace.setText(ROOT, textWith('kg', 'Stout'));
    await findings.of(ROOT, () => true);
    assert.deepEqual(held, []);
  });

  it('no lens calls a version proved in which nobody has looked for errors yet', async () => {
    const decision = '"decisions": { "may": { "title": "May", "values": ["no", "yes"], "resolve": "strictest", "mustDecide": true } }';
    const text = textWith('kg')
      .replace('"uses"', `"complete": true, ${decision}, "uses"`)
      .replace('{ "forbid": "walking" }', '{ "decide": "may", "as": "no" }')
      .replace(/"when": \{[^}]*\}, /, '');
    const workspace = new Workspace(new MemoryFiles({ [ROOT]: text, [WORDS]: wordsWith('walking') }), () => undefined);
    const known = new Set([ROOT]);
    const session = {
      workspace,
      analyses: { isWanted: () => true, of: (ruleSet: RuleSet) => analysed(ruleSet), isBrokenOff: () => false },
      findings: { last: () => undefined, isSound: (file: string) => known.has(file) },
      folders: [],
    } as unknown as Session;
    const lenses = () => codeLenses(session, { textDocument: { uri: ROOT } }).map(({ command }) => command!.title);
    assert.deepEqual(lenses(), ['Checking whether every patient in scope has an answer …']);
    known.add(WORDS);
    assert.deepEqual(lenses(), ['Proved: no patient in scope is left without an answer']);
  });

  it('nothing is called proved of a text that was edited while its findings were waited for', async () => {
    const { workspace } = waiting();
    const edits = [textWith('kg', 'Stout')];
    const session = {
      workspace,
      analyses: { isWanted: () => true, bring: async () => {}, of: () => ({ proved: ['Each rule holds.'], notProved: [] }) },
      findings: {
        last: () => undefined,
        of: async (file: string) => {
          for (const text of edits.splice(0)) workspace.setText(file, text);
        },
      },
      folders: [],
    } as unknown as Session;
    assert.equal(await answerProofs(session, { uri: ROOT }), null);
    assert.deepEqual((await answerProofs(session, { uri: ROOT }))?.proved, ['Each rule holds.']);
  });
});
