/** What was found out about each rule set as a whole, made in a thread of its own and kept until something the whole is made of changes. */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Analysed, PlainlyAnalysed } from '../analysed.ts';
import { withDigests } from '../digested.ts';
import type { Remembered } from '../kept.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Workspace } from '../workspace.ts';
import type { HandedOver } from './handed-over.ts';
import type { AnalysisSettings } from './settings.ts';

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

export interface AnalysisAnswer {
  readonly id: number;
  readonly analysed: HandedOver | undefined;
  /** Where it failed; undefined where it did not. */
  readonly failed: string | undefined;
}

interface Surroundings {
  readonly workspace: Workspace;
  folders(): readonly string[];
  settings(root: string): AnalysisSettings;
  failed(where: string): void;
}

interface Running {
  readonly id: number;
  readonly ruleSet: RuleSet;
  readonly done: Promise<void>;
  end(plain: PlainlyAnalysed | undefined, where: string | undefined): void;
  stop(): void;
}

interface Thread {
  readonly worker: Worker;
  /** The id of the task that is wanted: the thread looks at it while it works, and gives up any other. */
  readonly wanted: Int32Array;
  /** By root and file the texts it has. */
  readonly sent: Map<string, ReadonlyMap<string, string>>;
  /** By root the last of its answers. */
  readonly taken: Map<string, { readonly id: number; readonly plain: PlainlyAnalysed }>;
}

/** What is needed once there is an answer: until then nothing has to be loaded. */
interface Later {
  readonly kept: typeof import('../kept.ts');
  readonly handedOver: typeof import('./handed-over.ts');
}

export class Analyses {
  readonly #surroundings: Surroundings;
  /** By the whole itself: with a newer version of any of its files there is a new one, and this goes. */
  readonly #results = new WeakMap<RuleSet, { readonly steps: number | undefined; readonly analysed: Analysed | undefined }>();
  /** By root what the last analysis found, and for a version that is not analysed what of it can still be said. */
  readonly #last = new Map<string, Remembered>();
  readonly #kept = new WeakMap<RuleSet, Analysed>();
  #later: Later | undefined;
  #thread: Thread | undefined;
  #running: Running | undefined;
  #lastId = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** What is known of this very version of the whole. */
  of(ruleSet: RuleSet): Analysed | undefined {
    const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
    const result = this.#results.get(ruleSet);
    return enabled && result && result.steps === steps ? result.analysed : undefined;
  }

  /** The same, or while that is not known what can still be said of the version before it: of that nothing is proved. */
  shown(ruleSet: RuleSet): { readonly analysed: Analysed; readonly isCurrent: boolean } | undefined {
    const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
    const current = this.of(ruleSet);
    if (current) return { analysed: current, isCurrent: true };
    const last = this.#last.get(ruleSet.root.file);
    if (!enabled || !last || !this.#later || this.#isDone(ruleSet, steps)) return undefined;
    const kept = this.#kept.get(ruleSet) ?? this.#later.kept.stillSaid(last, ruleSet);
    this.#kept.set(ruleSet, kept);
    return { analysed: kept, isCurrent: false };
  }

  /** Whether it is, or will be, analysed: nothing failed, and it is not switched off. */
  isWanted(ruleSet: RuleSet): boolean {
    const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
    return enabled && (!this.#isDone(ruleSet, steps) || this.of(ruleSet) !== undefined);
  }

  /** Resolves once the whole as it is now is analysed, or given up because it changed meanwhile. */
  async bring(ruleSet: RuleSet): Promise<void> {
    for (;;) {
      // Settings may change while we wait: two who wait for different budgets would undo each other's work.
      const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
      if (!enabled || !this.#isCurrent(ruleSet) || this.#isDone(ruleSet, steps)) return;
      if (!this.#running) this.#start(ruleSet, steps);
      await this.#running!.done;
    }
  }

  /** Something changed: what is analysed for a whole that is no more is given up. */
  changed(): void {
    if (this.#running && !this.#isCurrent(this.#running.ruleSet)) this.#running.stop();
  }

  #isDone(ruleSet: RuleSet, steps: number | undefined): boolean {
    const result = this.#results.get(ruleSet);
    return result !== undefined && result.steps === steps;
  }

  #isCurrent(ruleSet: RuleSet): boolean {
    return this.#surroundings.workspace.linked(ruleSet.root.file)?.ruleSet === ruleSet;
  }

  #start(ruleSet: RuleSet, steps: number | undefined): void {
    const thread = this.#thread ?? this.#newThread();
    const { promise, resolve } = deferred();
    const end = (plain: PlainlyAnalysed | undefined, where: string | undefined) => {
      this.#running = undefined;
      const analysed = plain && withDigests(plain, ruleSet);
      // Asked once a version: what failed would only fail again.
      this.#results.set(ruleSet, { steps, analysed });
      if (plain && this.#later) this.#last.set(ruleSet.root.file, this.#later.kept.remember(plain, ruleSet));
      if (where !== undefined) this.#surroundings.failed(where);
      resolve();
    };
    const stop = () => {
      this.#running = undefined;
      Atomics.store(thread.wanted, 0, 0);
      resolve();
    };
    const task = this.#taskFor(ruleSet, steps, thread);
    this.#running = { id: task.id, ruleSet, done: promise, end, stop };
    Atomics.store(thread.wanted, 0, task.id);
    thread.worker.postMessage(task);
  }

  #taskFor(ruleSet: RuleSet, steps: number | undefined, { sent, taken }: Thread): AnalysisTask {
    const { workspace, folders } = this.#surroundings;
    const root = ruleSet.root.file;
    const before = sent.get(root) ?? new Map<string, string>();
    const texts = ruleSet.files.flatMap(({ file }): [string, string][] => {
      const snapshot = workspace.snapshot(file);
      return typeof snapshot === 'string' ? [] : [[file, snapshot.text]];
    });
    const now = new Map(texts);
    sent.set(root, now);
    const changed = texts.filter(([file, text]) => before.get(file) !== text);
    const gone = [...before.keys()].filter(file => !now.has(file));
    return { id: ++this.#lastId, root, texts: changed, gone, folders: folders(), steps, since: taken.get(root)?.id };
  }

  /** An answer that is wanted no more is not compared with later either. */
  async #take({ id, analysed, failed }: AnalysisAnswer, { taken }: Thread): Promise<void> {
    const later = this.#later ?? (await loadLater());
    this.#later = later;
    if (this.#running?.id !== id) return;
    const { root } = this.#running.ruleSet;
    const plain = analysed && later.handedOver.wholeAgain(taken.get(root.file)?.plain, analysed);
    if (plain) taken.set(root.file, { id, plain });
    this.#running.end(plain, failed);
  }

  /** Started with the first question and kept, for what it remembers saves most of the work. It keeps no process alive. */
  #newThread(): Thread {
    const wanted = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(join(dirname(process.argv[1] ?? '.'), 'analysis.cjs'), { workerData: wanted });
    const thread: Thread = { worker, wanted, sent: new Map(), taken: new Map() };
    const lost = () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#running?.end(undefined, 'in its thread');
    };
    worker.on('message', (answer: AnalysisAnswer) => this.#take(answer, thread));
    worker.on('error', lost);
    worker.on('exit', lost);
    worker.unref();
    this.#thread = thread;
    return thread;
  }
}

async function loadLater(): Promise<Later> {
  const [kept, handedOver] = await Promise.all([import('../kept.ts'), import('./handed-over.ts')]);
  return { kept, handedOver };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(done => (resolve = done));
  return { promise, resolve };
}
