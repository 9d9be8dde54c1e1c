/**
 * The life of the thread that analyses: what it is given, what it hands back, and that it is lost. A thread that crashes, fails, or does not let go
 * of what is wanted no more is ended; whoever started it hears of that and may start another.
 */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlainlyAnalysed } from '../analysed.ts';
import { type HandedOver, wholeAgain } from './handed-over.ts';

/** Everything by value: the thread shares nothing with us but which task is wanted. */
export interface AnalysisTask {
  readonly id: number;
  readonly root: string;
  /** The files of the whole as they are now, saved or not, that differ from the last task of this root. */
  readonly texts: readonly (readonly [string, string])[];
  /** Files that belonged to the whole then and do no more. */
  readonly gone: readonly string[];
  readonly folders: readonly string[];
  readonly steps: number | undefined;
  /** The last answer for this root that was taken in: only what differs from it is handed over. */
  readonly since: number | undefined;
}

/** Texts of the last task that have changed since: what is foreseen is read before anybody asks. */
export interface Foreseen {
  readonly root: string;
  readonly texts: AnalysisTask['texts'];
}

/** To every task there is one; without anything where it was given up. */
export interface AnalysisAnswer {
  readonly id: number;
  readonly analysed: HandedOver | undefined;
  /** Where it failed; undefined where it did not. */
  readonly failed: string | undefined;
}

/** What is to be analysed, with all its texts. */
export interface Wanted extends Pick<AnalysisTask, 'root' | 'folders' | 'steps'> {
  readonly texts: ReadonlyMap<string, string>;
}

export interface AnalysisThread {
  /** Gives up what was put before. The answer has the same number. */
  put(id: number, wanted: Wanted): void;
  /** Nothing is wanted any more. */
  stop(): void;
  /** A text may be part of what is put next. */
  foresee(file: string, text: string): void;
}

export interface Heard {
  answered(id: number, plain: PlainlyAnalysed | undefined): void;
  /** It has ended, and whatever was put will not be answered. */
  lost(where: string): void;
}

/** How long a thread may take to let go of what is wanted no more, and to answer at all, in milliseconds. */
export interface Patience {
  readonly letGo: number;
  readonly answer: number;
}

export const PATIENCE: Patience = { letGo: 60_000, answer: 600_000 };

/** The shared number is the task that is wanted: the thread looks at it while it works, and gives up any other. */
export type StartWorker = (wanted: Int32Array) => Worker;

export const startWorker: StartWorker = wanted => new Worker(join(dirname(process.argv[1] ?? '.'), 'analysis.cjs'), { workerData: wanted });

/** It keeps no process alive. */
export function startThread(start: StartWorker, patience: Patience, heard: Heard): AnalysisThread {
  const wanted = new Int32Array(new SharedArrayBuffer(4));
  const worker = start(wanted);
  const sent = new Map<string, ReadonlyMap<string, string>>();
  const taken = new Map<string, { readonly id: number; readonly plain: PlainlyAnalysed }>();
  /** With the answer that its own is compared with. */
  const unanswered = new Map<number, { readonly root: string; readonly before: PlainlyAnalysed | undefined; timer: NodeJS.Timeout }>();
  let lastRoot: string | undefined;
  let isLost = false;

  const lose = (where: string) => {
    if (isLost) return;
    isLost = true;
    for (const { timer } of unanswered.values()) clearTimeout(timer);
    void worker.terminate();
    heard.lost(where);
  };
  const watched = (milliseconds: number) => setTimeout(() => lose('it does not answer'), milliseconds).unref();
  const letGo = () => {
    for (const task of unanswered.values()) {
      clearTimeout(task.timer);
      task.timer = watched(patience.letGo);
    }
  };

  worker.on('message', ({ id, analysed, failed }: AnalysisAnswer) => {
    const task = unanswered.get(id);
    if (isLost || !task) return;
    clearTimeout(task.timer);
    unanswered.delete(id);
    if (failed !== undefined) return lose(failed);
    const plain = analysed && wholeAgain(task.before, analysed);
    if (plain) taken.set(task.root, { id, plain });
    heard.answered(id, plain);
  });
  worker.on('error', () => lose('in its thread'));
  worker.on('exit', () => lose('in its thread'));
  worker.unref();

  return {
    put(id, { root, texts, folders, steps }) {
      letGo();
      lastRoot = root;
      const before = sent.get(root) ?? new Map<string, string>();
      sent.set(root, texts);
      const task: AnalysisTask = {
        id,
        root,
        texts: [...texts].filter(([file, text]) => before.get(file) !== text),
        gone: [...before.keys()].filter(file => !texts.has(file)),
        folders,
        steps,
        since: taken.get(root)?.id,
      };
      unanswered.set(id, { root, before: taken.get(root)?.plain, timer: watched(patience.answer) });
      Atomics.store(wanted, 0, id);
      worker.postMessage(task);
    },
    stop() {
      Atomics.store(wanted, 0, 0);
      letGo();
    },
    foresee(file, text) {
      const before = lastRoot === undefined ? undefined : sent.get(lastRoot);
      if (lastRoot === undefined || !before?.has(file) || before.get(file) === text) return;
      sent.set(lastRoot, new Map(before).set(file, text));
      const foreseen: Foreseen = { root: lastRoot, texts: [[file, text]] };
      worker.postMessage(foreseen);
    },
  };
}
