/** What the thread that analyses hands over, however fast somebody types: put together with the answer that it was compared with it is what a fresh analysis tells. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type PlainlyAnalysed, plainlyAnalysed } from '../../server/src/analysed.ts';
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { type AnalysisTask, startThread } from '../../server/src/lsp/analysis-thread.ts';
import { changedSince } from '../../server/src/lsp/handed-over.ts';
import { URIS } from '../../server/src/lsp/uris.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { built } from '../support/built.ts';
import { randomOf, SEED } from '../support/random.ts';

const PATIENCE = { letGo: 20_000, answer: 20_000 };
const EDITS = 60;

/** Each rule contradicts the one before it, and the first. */
function textWith(titles: readonly string[]): string {
  const rules = titles.map((title, i) => ({
    id: `r${i}`,
    title,
    when: { fact: 'f', atLeast: i === 0 ? 0 : 10 * i, atMost: i === 0 ? 99 : 10 * i + 15 },
    then: [{ decide: 'd', as: ['stop', 'go'][i % 2] }],
    source: { id: 'one' },
  }));
  const whole = {
    ...{ id: 'walking', title: 'Walking', version: '1.0.0', sources: { one: { title: 'One' } } },
    facts: { f: { title: 'F', type: 'integer', minimum: 0, maximum: 99 } },
    decisions: { d: { title: 'D', values: ['stop', 'go'], resolve: 'single' } },
    rules,
  };
  return JSON.stringify(whole, undefined, 2);
}

describe('what the thread hands over', function () {
  this.timeout(60_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clinical-rules-thread-')));
  const path = join(folder, 'rules.clinical.json');
  const root = URIS.toKey(path);
  let worker: Worker | undefined;
  let isOver = false;

  before(() => writeFileSync(path, textWith(['A'])));
  after(async () => {
    isOver = true;
    await worker?.terminate();
    rmSync(folder, { recursive: true });
  });

  function fresh(text: string): PlainlyAnalysed {
    const workspace = new Workspace(diskFiles([folder], URIS), () => undefined);
    workspace.setText(root, text);
    return plainlyAnalysed(workspace.linked(root)!.ruleSet);
  }

  it('is compared with the answer that was there when it was asked for, though another has come since', () => {
    const versions = [
      ['A', 'B'],
      ['New', 'B'],
      ['A', 'B', 'C'],
    ]
      .map(textWith)
      .map(fresh);
    const asked: AnalysisTask[] = [];
    const stub = Object.assign(new EventEmitter(), { postMessage: (task: AnalysisTask) => asked.push(task), unref: () => stub });
    const heard: (PlainlyAnalysed | undefined)[] = [];
    const start = () => stub as unknown as Worker;
    const thread = startThread(start, PATIENCE, { answered: (_, plain) => heard.push(plain), lost: assert.fail });
    const put = (id: number) => thread.put(id, { root, texts: new Map([[root, String(id)]]), folders: [], steps: undefined });
    const answer = (id: number, since?: number) => {
      const analysed = structuredClone(changedSince(since === undefined ? undefined : versions[since - 1], versions[id - 1]!));
      stub.emit('message', { id, analysed, failed: undefined });
    };
    put(1);
    answer(1);
    put(2);
    put(3);
    assert.deepEqual(
      asked.map(({ since }) => since),
      [undefined, 1, 1],
    );
    answer(2, 1);
    answer(3, 1);
    assert.deepEqual(heard, versions);
  });

  it(`is what a fresh analysis tells, whatever was given up before (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const heard = new Map<number, PlainlyAnalysed>();
    const start = (wanted: Int32Array) => {
      worker = new Worker(built('analysis.cjs'), { workerData: wanted });
      return worker;
    };
    const answered = (id: number, plain: PlainlyAnalysed | undefined) => plain && heard.set(id, plain);
    const thread = startThread(start, PATIENCE, { answered, lost: where => assert.ok(isOver, where) });
    let titles: readonly string[] = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    for (let id = 1; id <= EDITS; id++) {
      const at = random.pick([...titles.keys()]);
      titles = random.chance(0.2) ? [...titles.slice(1), titles[0]!] : titles.with(at, `${titles[at]}${random.pick(['', 'x', 'yy'])}`);
      const text = textWith(titles);
      if (random.chance(0.5)) thread.foresee(root, text);
      thread.put(id, { root, texts: new Map([[root, text]]), folders: [folder], steps: undefined });
      for (let i = random.pick([0, 1, 2, 500]); i > 0 && !heard.has(id); i--) await wait(id === EDITS ? 20 : 2);
      for (let i = 0; i < 500 && id === EDITS && !heard.has(id); i++) await wait(20);
      if (heard.has(id)) assert.deepEqual(heard.get(id), fresh(text), `edit ${id}`);
    }
    const shared = [...heard.values()].filter(
      (plain, i, all) => i > 0 && findingsOf(plain).some(one => findingsOf(all[i - 1]!).includes(one)),
    );
    assert.ok(shared.length > heard.size / 2, `${shared.length} of ${heard.size} share anything`);
    assert.ok(heard.has(EDITS) && heard.size > EDITS / 5 && heard.size < EDITS, `${heard.size} heard`);
  });
});

function findingsOf({ findings }: PlainlyAnalysed): readonly Diagnostic[] {
  return [...findings.values()].flat();
}
