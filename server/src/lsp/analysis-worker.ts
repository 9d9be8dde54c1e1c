/**
 * The thread that analyses rule sets, so that typing never waits for it: one whole at a time, as it was when asked. It lives through edits, with
 * all it has read and solved; a task that is wanted no more is given up.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type PlainlyAnalysed, plainlyAnalysed } from '../analysed.ts';
import { Memory } from '../analysis/memory.ts';
import { ToldBefore } from '../diagnostics/told-before.ts';
import { diskFiles } from '../disk.ts';
import { loadUnits } from '../model/units.ts';
import { Workspace } from '../workspace.ts';
import type { AnalysisAnswer, AnalysisTask, Foreseen } from './analysis-thread.ts';
import { changedSince } from './handed-over.ts';
import { URIS } from './uris.ts';

parentPort?.on('message', async (task: AnalysisTask | Foreseen) => {
  if (!('id' in task)) return foresee(task);
  let answer: AnalysisAnswer;
  // The texts are taken in even then: the next task tells only what differs from them.
  const ofRoot = readFor(task);
  const givenUp: AnalysisAnswer = { id: task.id, analysed: undefined, failed: undefined };
  if (!isWanted(task.id)) return parentPort?.postMessage(givenUp);
  try {
    const plain = await analysedFrom(task, ofRoot);
    const last = ofRoot.answers.get(task.since ?? 0);
    // Those from before it will not be spoken of again.
    for (const id of ofRoot.answers.keys()) if (id < (task.since ?? 0)) ofRoot.answers.delete(id);
    if (plain && isWanted(task.id)) ofRoot.answers.set(task.id, plain);
    answer = { id: task.id, analysed: plain && changedSince(last, plain), failed: undefined };
  } catch (error) {
    if (!isWanted(task.id)) return parentPort?.postMessage(givenUp);
    // Only where it failed: the words may hold what a file says.
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    answer = {
      id: task.id,
      analysed: undefined,
      failed: stack
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 8)
        .join('\n'),
    };
  }
  parentPort?.postMessage(isWanted(task.id) ? answer : givenUp);
});

/** Of several in a row only the last is read before it is asked for. */
function foresee({ root, texts }: Foreseen): void {
  const workspace = roots.get(root)?.workspace;
  for (const [file, text] of texts) workspace?.setText(file, text);
  const mine = ++foreseen;
  setImmediate(() => {
    if (mine === foreseen) workspace?.linked(root);
  });
}

let foreseen = 0;

interface OfRoot {
  readonly workspace: Workspace;
  /** What was solved for the versions before. */
  readonly memory: Memory;
  /** What was told of the last version. */
  readonly told: ToldBefore;
  /** The last answer that is known to be taken in, and those that may be since: the next is compared with one of them. */
  readonly answers: Map<number, PlainlyAnalysed>;
  /** The task under way. */
  id: number;
  folders: string;
}

const roots = new Map<string, OfRoot>();

function isWanted(id: number): boolean {
  return Atomics.load(workerData as Int32Array, 0) === id;
}

/** The whole with the texts of the task; what they leave as it was is not read again. */
function readFor({ id, root, texts, gone, folders }: AnalysisTask): OfRoot {
  const found = roots.get(root) ?? newFor(folders);
  roots.set(root, found);
  found.id = id;
  if (found.folders !== folders.join('\n')) found.workspace.replaceFiles(diskFiles(folders, URIS));
  found.folders = folders.join('\n');
  for (const [file, text] of texts) found.workspace.setText(file, text);
  for (const file of gone) found.workspace.close(file);
  // Where a path leads may have changed with what is on disk.
  found.workspace.changedOnDisk(root);
  return found;
}

function newFor(folders: readonly string[]): OfRoot {
  const workspace = new Workspace(diskFiles(folders, URIS), () => undefined);
  const textOf = (file: string) => textIn(workspace, file);
  const ofRoot: OfRoot = {
    workspace,
    memory: new Memory(() => !isWanted(ofRoot.id), textOf),
    told: new ToldBefore(textOf),
    answers: new Map(),
    id: 0,
    folders: folders.join('\n'),
  };
  return ofRoot;
}

function textIn(workspace: Workspace, file: string): string | undefined {
  const snapshot = workspace.snapshot(file);
  return typeof snapshot === 'string' ? undefined : snapshot.text;
}

async function analysedFrom({ id, root, steps }: AnalysisTask, { workspace, memory, told }: OfRoot) {
  if (workspace.needsUnits(root)) await loadUnits();
  if (!isWanted(id)) return undefined;
  const ruleSet = workspace.linked(root)?.ruleSet;
  return ruleSet && plainlyAnalysed(ruleSet, steps, memory, told);
}
