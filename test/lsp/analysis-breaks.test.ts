/** A thread that crashes, fails or hangs while it analyses: the question is put again, or it is said that nothing is proved; never what was proved before. */
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { Analyses } from '../../server/src/lsp/analyses.ts';
import { answerProofs, codeLenses } from '../../server/src/lsp/proofs.ts';
import type { Session } from '../../server/src/lsp/session.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { BROKEN_OFF } from '../../server/src/proofs.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

/** Breaks as the title of the rule set says, and otherwise says that all is proved. Each thread is told which it is. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', ({ id, root, texts }) => {
  const title = /"title": "([^"]*)"/.exec(texts.map(([, text]) => text).join())?.[1] ?? '';
  const breaks = !title.startsWith('once') || workerData === 1;
  if (breaks && title.includes('throw')) throw new Error('Mrs Secret');
  if (breaks && title.includes('exit')) process.exit(3);
  if (breaks && title.includes('hang')) for (;;);
  if (breaks && title.includes('memory')) for (const kept = []; ; ) kept.push(new Array(1e5).fill(kept.length));
  if (breaks && title.includes('fail')) return parentPort.postMessage({ id, analysed: undefined, failed: 'at somewhere' });
  const answered = [{ decision: 'may', state: 'proved', text: 'Proved' }];
  parentPort.postMessage({ id, failed: undefined, analysed: { root, findings: new Map([[root, []]]), proved: ['All.'], notProved: [], answered } });
});
`;
const BREAKS = ['throw', 'exit', 'hang', 'memory', 'fail'];

const FILE = 'rules.clinical.json';
const textWith = (title: string) => `{
  "id": "walking", "title": "${title}", "version": "1.0.0", "complete": true,
  "decisions": { "may": { "title": "May", "values": ["no", "yes"], "resolve": "strictest", "mustDecide": true } },
  "rules": []
}`;

describe('an analysis that breaks off', function () {
  this.timeout(30_000);
  let threads: Worker[] = [];
  afterEach(async () => {
    await Promise.all(threads.map(thread => thread.terminate()));
    threads = [];
  });

  function start(title: string) {
    const workspace = new Workspace(new MemoryFiles({ [FILE]: textWith(title) }), () => undefined);
    const heard: string[] = [];
    const thread = {
      patience: { letGo: 300, answer: 2000 },
      start: () => {
        const worker = new Worker(THREAD, { eval: true, workerData: threads.length + 1, resourceLimits: { maxOldGenerationSizeMb: 24 } });
        threads.push(worker);
        return worker;
      },
    };
    const settings = () => ({ enabled: true, steps: undefined });
    const analyses = new Analyses({ workspace, folders: () => [], settings, failed: where => heard.push(where), thread });
    const session = {
      workspace,
      analyses,
      findings: { last: () => undefined, of: async () => undefined, isSound: () => true },
      converter: { fileOf: () => FILE },
    } as unknown as Session;
    const now = () => workspace.linked(FILE)!.ruleSet;
    const edit = (to: string) => {
      workspace.setText(FILE, textWith(to));
      analyses.changed();
    };
    const proofs = () => answerProofs(session, { uri: FILE });
    const lens = () => codeLenses(session, { textDocument: { uri: FILE } }).map(({ command }) => command!.title);
    return { analyses, heard, now, edit, proofs, lens };
  }

  it('no thread can be started: nothing is proved, and nobody waits for ever', async () => {
    const workspace = new Workspace(new MemoryFiles({ [FILE]: textWith('sound') }), () => undefined);
    const heard: string[] = [];
    const start = () => {
      throw new Error('no room');
    };
    const thread = { patience: { letGo: 300, answer: 2000 }, start };
    const settings = () => ({ enabled: true, steps: undefined });
    const analyses = new Analyses({ workspace, folders: () => [], settings, failed: where => heard.push(where), thread });
    const now = () => workspace.linked(FILE)!.ruleSet;
    await analyses.bring(now());
    assert.deepEqual([heard.length, analyses.of(now()), analyses.isBrokenOff(now())], [1, undefined, true]);
    workspace.setText(FILE, textWith('other'));
    analyses.changed();
    await analyses.soon([now()]);
    assert.deepEqual([heard.length, analyses.isBrokenOff(now())], [2, true]);
  });

  const isProved = (analyses: Analyses, ruleSet: RuleSet) => (analyses.of(ruleSet)?.proved.length ?? 0) > 0;

  for (const how of BREAKS) {
    it(`is put again to another thread: ${how}`, async () => {
      const { analyses, heard, now } = start(`once ${how}`);
      await analyses.bring(now());
      assert.ok(isProved(analyses, now()));
      assert.equal(threads.length, 2);
      assert.equal(heard.length, 1);
    });

    it(`twice says that nothing is proved, and the next version is analysed as ever: ${how}`, async () => {
      const { analyses, heard, now, edit, proofs, lens } = start('good');
      assert.deepEqual(await proofs(), { proved: ['All.'], notProved: [] });
      assert.deepEqual(lens(), ['Proved']);
      assert.ok(analyses.shown(now(), true)!.isCurrent);
      edit(how);
      assert.deepEqual(lens(), ['Checking whether every patient in scope has an answer …']);
      assert.deepEqual(await proofs(), { proved: [], notProved: [BROKEN_OFF] });
      assert.deepEqual(lens(), ['Not proved that every patient in scope has an answer: the analysis broke off']);
      assert.ok(analyses.isBrokenOff(now()) && !isProved(analyses, now()));
      assert.deepEqual([analyses.shown(now(), true)!.isCurrent, analyses.shown(now(), true)!.analysed.proved], [false, []]);
      assert.equal(heard.length, 2);
      assert.ok(!heard.join().includes('Secret'), 'words of a file are in the log');
      await analyses.bring(now());
      assert.equal(threads.length, 2, 'what broke off twice is not asked a third time');
      edit('good again');
      assert.deepEqual(await proofs(), { proved: ['All.'], notProved: [] });
    });
  }

  it('what is wanted no more is given up at once, and whoever still wants it is answered', async () => {
    const { analyses, heard, now, edit } = start('good');
    await analyses.bring(now());
    edit('good again');
    let isWanted = true;
    const [first, second] = [analyses.bring(now(), () => isWanted), analyses.bring(now())];
    isWanted = false;
    analyses.giveUp([now()]);
    await first;
    assert.equal(analyses.of(now()), undefined);
    await second;
    assert.ok(isProved(analyses, now()));
    edit('hang');
    isWanted = true;
    const hanging = analyses.bring(now(), () => isWanted);
    analyses.giveUp([]);
    isWanted = false;
    assert.equal(await Promise.race([hanging.then(() => 'ended'), new Promise(resolve => setTimeout(resolve, 100, 'goes on'))]), 'goes on');
    analyses.giveUp([now()]);
    await hanging;
    assert.deepEqual([heard, analyses.isBrokenOff(now())], [[], false]);
  });

  it('what was found in a version that was not known to be sound is not said of the next', async () => {
    const { analyses, now, edit } = start('good');
    await analyses.bring(now());
    assert.equal(analyses.shown(now(), false), undefined);
    edit('good again');
    assert.equal(analyses.shown(now(), true), undefined);
    await analyses.bring(now());
    assert.equal(analyses.shown(now(), true)!.isCurrent, true);
    assert.equal(analyses.shown(now(), false)!.isCurrent, false);
    edit('good for ever');
    assert.equal(analyses.shown(now(), true)!.isCurrent, false);
  });

  it('and does not let go of what is wanted no more is ended, and what is wanted is analysed', async () => {
    const { analyses, now, edit } = start('hang');
    const first = analyses.bring(now());
    await new Promise(resolve => setTimeout(resolve, 200));
    edit('good');
    await Promise.all([first, analyses.bring(now())]);
    assert.ok(isProved(analyses, now()));
    assert.equal(threads.length, 2);
  });
});
