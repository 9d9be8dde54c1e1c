/** What was found out about each rule set as a whole, made in a thread of its own and kept until something the whole is made of changes. */
import type { PlainlyAnalysed } from '../analysed.ts';
import type { Remembered } from '../kept.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Workspace } from '../workspace.ts';
import type { Runs } from './analysis-runs.ts';
import type { Patience, StartWorker } from './analysis-thread.ts';
import type { AnalysisSettings } from './settings.ts';

export interface Surroundings {
  readonly workspace: Workspace;
  folders(): readonly string[];
  settings(root: string): AnalysisSettings;
  failed(where: string): void;
  /** How a thread is started; undefined: as it is shipped. */
  readonly thread?: { readonly start: StartWorker; readonly patience: Patience };
}

/** What is needed once something is analysed: before that nothing of it has to be loaded. */
interface Later {
  readonly kept: typeof import('../kept.ts');
  readonly runs: Runs;
}

interface Result {
  readonly steps: number | undefined;
  /** Undefined where the analysis broke off. */
  readonly analysed: PlainlyAnalysed | undefined;
}

export class Analyses {
  readonly #surroundings: Surroundings;
  /** By the whole itself: with a newer version of any of its files there is a new one, and this goes. */
  readonly #results = new WeakMap<RuleSet, Result>();
  /** By root what was found and shown last, and for a version that is not analysed what of it can still be said. */
  readonly #last = new Map<string, Remembered>();
  readonly #kept = new WeakMap<RuleSet, PlainlyAnalysed>();
  #later: Later | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** What is known of this very version of the whole. */
  of(ruleSet: RuleSet): PlainlyAnalysed | undefined {
    const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
    const result = this.#results.get(ruleSet);
    return enabled && result && result.steps === steps ? result.analysed : undefined;
  }

  /**
   * The same, or while that is not known, or the whole is not known to be sound, what can still be said of the version before it: of that nothing
   * is proved.
   */
  shown(ruleSet: RuleSet, isSound: boolean): { readonly analysed: PlainlyAnalysed; readonly isCurrent: boolean } | undefined {
    const { enabled } = this.#surroundings.settings(ruleSet.root.file);
    const { kept: keeping } = this.#later ?? {};
    if (!enabled || !keeping) return undefined;
    const { file } = ruleSet.root;
    const current = isSound && this.of(ruleSet);
    if (current) {
      this.#last.set(file, keeping.remember(current, ruleSet));
      // While a file beside it is looked at anew, this version is still that of which it was found, but nothing is proved.
      if (this.#kept.get(ruleSet)?.findings !== current.findings)
        this.#kept.set(ruleSet, { ...current, proved: [], notProved: [], answered: [] });
      return { analysed: current, isCurrent: true };
    }
    const last = this.#last.get(file);
    if (!last) return undefined;
    const kept = this.#kept.get(ruleSet) ?? keeping.stillSaid(last, ruleSet);
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

  /** Resolves once the whole as it is now is analysed, or given up because it changed meanwhile, or is wanted no more. */
  async bring(ruleSet: RuleSet, isWanted = () => true): Promise<void> {
    for (;;) {
      // Settings may change while we wait: two who wait for different budgets would undo each other's work.
      const { enabled, steps } = this.#surroundings.settings(ruleSet.root.file);
      if (!enabled || !isWanted() || !this.#isCurrent(ruleSet) || this.#isDone(ruleSet, steps)) return;
      if (this.#later) await this.#later.runs.run(ruleSet, steps);
      else await this.#load();
    }
  }

  /** Resolves once they are brought, or after a short while. */
  async soon(ruleSets: readonly RuleSet[], isWanted?: () => boolean): Promise<void> {
    await this.#later?.runs.soon(ruleSets.map(one => this.bring(one, isWanted)));
  }

  /** They were asked for before it was known that they have errors. */
  giveUp(ruleSets: readonly RuleSet[]): void {
    const running = this.#later?.runs.running();
    if (running && ruleSets.includes(running)) this.#later?.runs.giveUp();
  }

  /** Something changed: what is analysed for a whole that is no more is given up. */
  changed(): void {
    const running = this.#later?.runs.running();
    if (running && !this.#isCurrent(running)) this.#later?.runs.giveUp();
  }

  /** A text has changed. */
  foresee(file: string, text: string): void {
    this.#later?.runs.foresee(file, text);
  }

  #isDone(ruleSet: RuleSet, steps: number | undefined): boolean {
    const result = this.#results.get(ruleSet);
    return result !== undefined && result.steps === steps;
  }

  #isCurrent(ruleSet: RuleSet): boolean {
    return this.#surroundings.workspace.linked(ruleSet.root.file)?.ruleSet === ruleSet;
  }

  async #load(): Promise<void> {
    const [kept, { startRuns }] = await Promise.all([import('../kept.ts'), import('./analysis-runs.ts')]);
    this.#later ??= {
      kept,
      runs: startRuns(this.#surroundings, (ruleSet, steps, analysed) => {
        this.#results.set(ruleSet, { steps, analysed });
      }),
    };
  }
}
