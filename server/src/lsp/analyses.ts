/** What was found out about each rule set as a whole, made in a thread of its own and kept until something the whole is made of changes. */
import type { Analysed, PlainlyAnalysed } from '../analysed.ts';
import { withDigests } from '../digested.ts';
import type { Remembered } from '../kept.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Workspace } from '../workspace.ts';
import type { AnalysisThread, Patience, StartWorker } from './analysis-thread.ts';
import type { AnalysisSettings } from './settings.ts';

interface Surroundings {
  readonly workspace: Workspace;
  folders(): readonly string[];
  settings(root: string): AnalysisSettings;
  failed(where: string): void;
  /** How a thread is started; undefined: as it is shipped. */
  readonly thread?: { readonly start: StartWorker; readonly patience: Patience };
}

interface Running {
  readonly id: number;
  readonly ruleSet: RuleSet;
  readonly steps: number | undefined;
  /** A thread that was lost may have been worn out by what it did before: the question is put once more, to a new one. */
  readonly isSecond: boolean;
  readonly done: Promise<void>;
  /** To whoever waits for it. */
  resolve(): void;
}

/** What is needed once something is analysed: before that nothing of it has to be loaded. */
interface Later {
  readonly kept: typeof import('../kept.ts');
  readonly threads: typeof import('./analysis-thread.ts');
}

interface Result {
  readonly steps: number | undefined;
  /** Undefined where the analysis broke off. */
  readonly analysed: Analysed | undefined;
}

export class Analyses {
  readonly #surroundings: Surroundings;
  /** By the whole itself: with a newer version of any of its files there is a new one, and this goes. */
  readonly #results = new WeakMap<RuleSet, Result>();
  /** By root what the last analysis found, and for a version that is not analysed what of it can still be said. */
  readonly #last = new Map<string, Remembered>();
  readonly #kept = new WeakMap<RuleSet, Analysed>();
  #later: Later | undefined;
  #thread: AnalysisThread | undefined;
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
    const { enabled } = this.#surroundings.settings(ruleSet.root.file);
    const current = this.of(ruleSet);
    if (current) return { analysed: current, isCurrent: true };
    const last = this.#last.get(ruleSet.root.file);
    if (!enabled || !last || !this.#later) return undefined;
    const kept = this.#kept.get(ruleSet) ?? this.#later.kept.stillSaid(last, ruleSet);
    this.#kept.set(ruleSet, kept);
    return { analysed: kept, isCurrent: false };
  }

  /** Whether it is not switched off. */
  isWanted(ruleSet: RuleSet): boolean {
    return this.#surroundings.settings(ruleSet.root.file).enabled;
  }

  /** Whether the analysis of this very version broke off: then nothing is known of it, and will not be. */
  isBrokenOff(ruleSet: RuleSet): boolean {
    const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
    return enabled && this.#isDone(ruleSet, steps) && this.of(ruleSet) === undefined;
  }

  /** Resolves once the whole as it is now is analysed, or given up because it changed meanwhile. */
  async bring(ruleSet: RuleSet): Promise<void> {
    for (;;) {
      // Settings may change while we wait: two who wait for different budgets would undo each other's work.
      const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
      if (!enabled || !this.#isCurrent(ruleSet) || this.#isDone(ruleSet, steps)) return;
      const later = this.#later ?? (await loadLater());
      if (!this.#later) {
        this.#later = later;
        continue;
      }
      if (!this.#running) this.#start(ruleSet, steps, later);
      await this.#running!.done;
    }
  }

  /** Something changed: what is analysed for a whole that is no more is given up. */
  changed(): void {
    const running = this.#running;
    if (!running || this.#isCurrent(running.ruleSet)) return;
    this.#running = undefined;
    this.#thread?.stop();
    running.resolve();
  }

  #isDone(ruleSet: RuleSet, steps: number | undefined): boolean {
    const result = this.#results.get(ruleSet);
    return result !== undefined && result.steps === steps;
  }

  #isCurrent(ruleSet: RuleSet): boolean {
    return this.#surroundings.workspace.linked(ruleSet.root.file)?.ruleSet === ruleSet;
  }

  #start(ruleSet: RuleSet, steps: number | undefined, later: Later): void {
    const { promise, resolve } = deferred();
    this.#put({ id: ++this.#lastId, ruleSet, steps, isSecond: false, done: promise, resolve }, later);
  }

  #put(running: Running, later: Later): void {
    this.#running = running;
    const { id, ruleSet, steps } = running;
    const { workspace, folders } = this.#surroundings;
    const texts = ruleSet.files.flatMap(({ file }): [string, string][] => {
      const snapshot = workspace.snapshot(file);
      return typeof snapshot === 'string' ? [] : [[file, snapshot.text]];
    });
    this.#thread ??= this.#newThread(later);
    this.#thread.put(id, { root: ruleSet.root.file, texts: new Map(texts), folders: folders(), steps });
  }

  /** Started with the first question and kept, for what it remembers saves most of the work. */
  #newThread(later: Later): AnalysisThread {
    const { startThread, startWorker, PATIENCE } = later.threads;
    const { start, patience } = this.#surroundings.thread ?? { start: startWorker, patience: PATIENCE };
    const thread = startThread(start, patience, {
      answered: (id, plain) => {
        const running = this.#running;
        if (running?.id === id) this.#end(running, plain, later);
      },
      lost: where => {
        if (this.#thread === thread) this.#thread = undefined;
        this.#surroundings.failed(where);
        const running = this.#running;
        if (running?.isSecond) this.#end(running, undefined, later);
        else if (running) this.#put({ ...running, id: ++this.#lastId, isSecond: true }, later);
      },
    });
    return thread;
  }

  /** What broke off twice is not asked a third time: of that version it is said that nothing is proved. */
  #end({ ruleSet, steps, resolve }: Running, plain: PlainlyAnalysed | undefined, { kept }: Later): void {
    this.#running = undefined;
    this.#results.set(ruleSet, { steps, analysed: plain && withDigests(plain, ruleSet) });
    if (plain) this.#last.set(ruleSet.root.file, kept.remember(plain, ruleSet));
    resolve();
  }
}

async function loadLater(): Promise<Later> {
  const [kept, threads] = await Promise.all([import('../kept.ts'), import('./analysis-thread.ts')]);
  return { kept, threads };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(done => (resolve = done));
  return { promise, resolve };
}
