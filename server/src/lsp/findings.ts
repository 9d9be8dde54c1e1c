/** The findings of each file, made in slices so that a newer edit always gets in between, and kept until something they rest on changes. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver/node';
import type { PlainlyAnalysed } from '../analysed.ts';
import { check } from '../diagnostics/check.ts';
import type { Diagnostic, Subject } from '../diagnostics/define.ts';
import { isAlike, PLACES } from '../model/alike.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { loadUnits } from '../model/units.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Part, type ToldFinding, told } from '../told.ts';
import type { Workspace } from '../workspace.ts';
import type { Analyses } from './analyses.ts';
import { type Converter, toDiagnostic } from './convert.ts';

export interface Found {
  /** Changes only when `shown` does: clients are told "unchanged" by it. */
  readonly id: string;
  /** All that was found in the file itself, whatever the user's settings hide. What its rule sets show as wholes is not among it: that keeps nothing from being run. */
  readonly all: readonly Diagnostic[];
  /** All that is told. */
  readonly told: readonly ToldFinding[];
  /** The same, one to one, as the client sees them. */
  readonly shown: readonly LspDiagnostic[];
  readonly subject: Subject | undefined;
  /** What was known of the wholes it is part of. */
  readonly parts: readonly PlainlyAnalysed[];
}

export interface Told {
  /** A failure of ours. */
  failed(error: unknown): void;
  /** Units are known now that were not: files that were found sound may not be. */
  unitsLoaded(): void;
}

export type Choose = (file: string) => (found: Diagnostic) => Diagnostic | undefined;

/** A slice of work this long lets waiting messages in before the next. */
const SLICE_MS = 5;

export class Findings {
  readonly #workspace: Workspace;
  readonly #converter: Converter;
  readonly #choose: Choose;
  readonly #analyses: Pick<Analyses, 'shown' | 'soon' | 'giveUp'>;
  readonly #failed: (error: unknown) => void;
  readonly #found = new Map<string, Found>();
  /** What files show by themselves, until more is known of units. */
  #checks = new WeakMap<Subject, readonly Diagnostic[]>();
  #lastId = 0;
  #warm = false;
  #unitsAsked = false;
  readonly #unitsLoaded: () => void;

  /** `choose` applies the user's settings to what was found; `heard` hears what happens beside the answers. */
  constructor(
    workspace: Workspace,
    converter: Converter,
    choose: Choose,
    analyses: Pick<Analyses, 'shown' | 'soon' | 'giveUp'>,
    heard: Told,
  ) {
    this.#workspace = workspace;
    this.#converter = converter;
    this.#choose = choose;
    this.#analyses = analyses;
    this.#failed = heard.failed;
    this.#unitsLoaded = heard.unitsLoaded;
  }

  /** The last findings, however old. */
  last(file: string): Found | undefined {
    return this.#found.get(file);
  }

  /** The files with findings to show. */
  shown(): readonly string[] {
    return [...this.#found].filter(([, { shown }]) => shown.length > 0).map(([file]) => file);
  }

  /** Settings changed: everything is shown anew. */
  forget(): void {
    this.#checks = new WeakMap();
    for (const [file, found] of this.#found) this.#found.set(file, { ...found, subject: undefined });
  }

  /**
   * Undefined once `isWanted` says no: a newer edit has made the work useless. A failure of ours is a finding: silence would read as an all-clear.
   * `mayWait`: for what its wholes show, a short while. Whoever goes through many files must not: each would wait for those before it.
   */
  async of(file: string, isWanted: () => boolean, mayWait = false): Promise<Found | undefined> {
    try {
      return await this.#find(file, pauses(isWanted), mayWait);
    } catch (error) {
      this.#failed(error);
      return this.#keep(file, undefined, [failure()]);
    }
  }

  async #find(file: string, pause: () => Promise<boolean>, mayWait: boolean): Promise<Found | undefined> {
    if (!(await this.#warmUp(pause))) return undefined;
    const snapshot = this.#workspace.snapshot(file);
    if (typeof snapshot === 'string') return this.#keep(file, undefined, []);
    this.#letGo(file, snapshot);
    for (const stage of [snapshot.document, snapshot.schemaProblems, snapshot.names]) {
      stage();
      if (!(await pause())) return undefined;
    }
    const subject = this.#workspace.subject(file);
    const last = this.#found.get(file);
    if (subject && last?.subject === subject) {
      const { parts, whole } = this.#parts(subject, last.all);
      const same = parts.length === last.parts.length && parts.every(({ analysed }, i) => analysed === last.parts[i]);
      return same ? last : this.#keep(file, subject, last.all, parts, whole);
    }
    if (!(await pause())) return undefined;
    if (this.#workspace.needsUnits(file)) this.#loadUnits();
    const soon = mayWait && subject && last && !hasErrors(last.all) ? this.#ask(subject) : undefined;
    const all = subject ? this.#checked(subject) : [];
    if (hasErrors(all)) soon?.giveUp();
    else if (soon && last && !isNews(all, last)) {
      await soon.brought;
      if (!(await pause())) return undefined;
      // Meanwhile another file may have changed, more may be known of units, or somebody else may have found it all.
      return this.#find(file, pause, false);
    }
    const { parts, whole } = subject ? this.#parts(subject, all) : NO_PARTS;
    return this.#keep(file, subject, all, parts, whole);
  }

  /** Asks for the wholes of the file before it is known whether it has errors itself: what has is given up. */
  #ask(subject: Subject): { readonly brought: Promise<void>; giveUp(): void } {
    const wholes = wholesOf(subject).filter(whole => this.#isSoundBeside(subject.file, whole));
    let isWanted = true;
    const giveUp = () => {
      isWanted = false;
      this.#analyses.giveUp(wholes);
    };
    const brought = this.#analyses.soon(wholes, () => isWanted);
    brought.catch(this.#failed);
    return { brought, giveUp };
  }

  /** Once for all who ask at the same time. */
  #checked(subject: Subject): readonly Diagnostic[] {
    const all = this.#checks.get(subject) ?? check(subject);
    this.#checks.set(subject, all);
    return all;
  }

  /** Whether the file is known to have no errors as it is now. */
  isSound(file: string): boolean {
    const found = this.#found.get(file);
    return found?.subject !== undefined && found.subject === this.#workspace.subject(file) && !hasErrors(found.all);
  }

  /** Of the other files of the whole: what has errors is not analysed. */
  #isSoundBeside(own: string, { files }: RuleSet): boolean {
    return files.every(({ file }) => file === own || this.isSound(file));
  }

  /** Nothing waits for the unit library: what it changes is found again once it is there. */
  #loadUnits(): void {
    if (this.#unitsAsked) return;
    this.#unitsAsked = true;
    loadUnits().then(this.#unitsLoaded, this.#failed);
  }

  /** Reads the files of the workspace once, in slices, so that the first question about who uses whom does not hold everything up. */
  async #warmUp(pause: () => Promise<boolean>): Promise<boolean> {
    if (this.#warm) return true;
    for (const file of this.#workspace.known()) {
      const snapshot = this.#workspace.snapshot(file);
      if (typeof snapshot !== 'string') snapshot.names();
      if (!(await pause())) return false;
    }
    this.#warm = true;
    return true;
  }

  /** The tree of a text that is no more must not be kept beside the new one's. */
  #letGo(file: string, { text }: Snapshot): void {
    const last = this.#found.get(file);
    if (last?.subject && last.subject.document.text !== text) this.#found.set(file, { ...last, subject: undefined });
  }

  /** The rule sets the file is part of, as far as they are analysed. Whoever asked for one may not have known of its errors. */
  #parts(subject: Subject, all: readonly Diagnostic[]): { parts: readonly Part[]; whole: boolean } {
    if (subject.kind !== 'rule-set') return NO_PARTS;
    const around = wholesOf(subject);
    const shown = around.map(ruleSet => this.#analyses.shown(ruleSet, !hasErrors(all) && this.#isSoundBeside(subject.file, ruleSet)));
    const parts = around.flatMap((ruleSet, i): Part[] => {
      const analysed = shown[i]?.analysed;
      return analysed ? [{ analysed, ruleSet }] : [];
    });
    return { parts, whole: shown.every(one => one?.isCurrent === true) };
  }

  #keep(file: string, subject: Subject | undefined, all: readonly Diagnostic[], parts: readonly Part[] = [], whole = false): Found {
    const snapshot = this.#workspace.snapshot(file);
    const everything = subject ? told(subject, all, parts, whole) : all.map(untold);
    const choose = this.#choose(file);
    const chosen = everything.flatMap(one => {
      const diagnostic = choose(one.diagnostic);
      return diagnostic ? [diagnostic === one.diagnostic ? one : { ...one, diagnostic }] : [];
    });
    const last = this.#found.get(file);
    const before = new Map(last?.shown.map(one => [one.data, one]));
    const shown =
      typeof snapshot === 'string'
        ? []
        : chosen.map(({ diagnostic, waived }) =>
            toDiagnostic(diagnostic, snapshot.lines(), this.#converter, waived, before.get(diagnostic.id)),
          );
    const same = last && isAlike(last.shown, shown);
    const kept = {
      id: same ? last.id : String(++this.#lastId),
      all,
      told: chosen,
      shown: same ? last.shown : shown,
      subject,
      parts: parts.map(({ analysed }) => analysed),
    };
    this.#found.set(file, kept);
    return kept;
  }
}

const NO_PARTS = { parts: [], whole: false };

/** The rule sets that are analysed of which the file is part. */
function wholesOf(subject: Subject): readonly RuleSet[] {
  return subject.kind === 'rule-set' ? [subject.ruleSet, ...subject.usedBy].filter(({ root }) => root.role === 'rule-set') : [];
}

export function hasErrors(all: readonly Diagnostic[]): boolean {
  return all.some(({ severity }) => severity === 'error');
}

/** Whether the file itself shows anything that was not told of it before: that is told at once, and what has errors is not analysed. */
function isNews(all: readonly Diagnostic[], last: Found): boolean {
  return last.parts.length === 0 || !isAlike(all, last.all, PLACES) || hasErrors(all);
}

function untold(diagnostic: Diagnostic): ToldFinding {
  return { diagnostic, waived: false, root: undefined };
}

function pauses(isWanted: () => boolean): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return isWanted();
    await nextTurn();
    since = performance.now();
    return isWanted();
  };
}

/** The file could not be checked at all. The words name no value of it: it may hold a patient's data. */
function failure(): Diagnostic {
  const message =
    'Clinical Rules failed on this file, so it is not checked at all. Please report this as a mistake in Clinical Rules, without patient data.';
  return {
    code: 'internal-error',
    severity: 'error',
    id: 'internal-error:file',
    message,
    names: ['file'],
    span: { start: 0, end: 0 },
    fix: undefined,
  };
}
