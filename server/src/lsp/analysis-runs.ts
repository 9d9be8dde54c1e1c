/** What is put to the thread that analyses, one whole at a time. Nothing of this is loaded before something is analysed. */
import type { PlainlyAnalysed } from '../analysed.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Surroundings } from './analyses.ts';
import { type AnalysisThread, PATIENCE, startThread, startWorker } from './analysis-thread.ts';

/** What came of it; without anything where the analysis broke off, twice. */
export type Ended = (ruleSet: RuleSet, steps: number | undefined, plain: PlainlyAnalysed | undefined) => void;

export interface Runs {
  /** Puts the whole, unless another is under way; resolves when what is under way has ended or was given up. */
  run(ruleSet: RuleSet, steps: number | undefined): Promise<void>;
  /** What is analysed, if anything is. */
  running(): RuleSet | undefined;
  giveUp(): void;
  /** Resolves when all of these do, or after a short while. */
  soon(brought: readonly Promise<void>[]): Promise<void>;
  /** A text of the last whole changed: the thread reads it already, while nobody has asked yet. */
  foresee(file: string, text: string): void;
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

export function startRuns({ workspace, folders, failed, thread: own }: Surroundings, ended: Ended): Runs {
  const { start, patience } = own ?? { start: startWorker, patience: PATIENCE };
  let thread: AnalysisThread | undefined;
  let running: Running | undefined;
  let lastId = 0;

  const put = (one: Running) => {
    running = one;
    const { id, ruleSet, steps } = one;
    const texts = ruleSet.files.flatMap(({ file }): [string, string][] => {
      const snapshot = workspace.snapshot(file);
      return typeof snapshot === 'string' ? [] : [[file, snapshot.text]];
    });
    try {
      thread ??= newThread();
      thread.put(id, { root: ruleSet.root.file, texts: new Map(texts), folders: folders(), steps });
    } catch {
      // A machine may have no room for a thread: whoever waits must not wait for ever.
      failed('no thread could be started');
      end(one, undefined);
    }
  };

  /** What broke off twice is not asked a third time: of that version it is said that nothing is proved. */
  const end = ({ ruleSet, steps, resolve }: Running, plain: PlainlyAnalysed | undefined) => {
    running = undefined;
    ended(ruleSet, steps, plain);
    resolve();
  };

  /** Started with the first question and kept, for what it remembers saves most of the work. */
  const newThread = (): AnalysisThread => {
    const made = startThread(start, patience, {
      answered: (id, plain) => {
        if (running?.id === id) end(running, plain);
      },
      lost: where => {
        if (thread === made) thread = undefined;
        failed(where);
        if (running?.isSecond) end(running, undefined);
        else if (running) put({ ...running, id: ++lastId, isSecond: true });
      },
    });
    return made;
  };

  return {
    run(ruleSet, steps) {
      if (running) return running.done;
      const { promise, resolve } = deferred();
      put({ id: ++lastId, ruleSet, steps, isSecond: false, done: promise, resolve });
      return promise;
    },
    running: () => running?.ruleSet,
    giveUp() {
      const last = running;
      running = undefined;
      thread?.stop();
      last?.resolve();
    },
    soon,
    foresee: (file, text) => thread?.foresee(file, text),
  };
}

/** Whoever is about to tell findings waits so long for those of the wholes, in milliseconds: mostly they are there sooner, and all is told at once. */
const SOON_MS = 250;

async function soon(brought: readonly Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>(resolve => {
    timer = setTimeout(resolve, SOON_MS);
  });
  await Promise.race([Promise.all(brought), patience]);
  clearTimeout(timer);
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(done => (resolve = done));
  return { promise, resolve };
}
