/** `clinical-rules check`: every finding of the files and of what they use. */

import { check } from '../diagnostics/check.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { diskFiles, PATHS } from '../disk.ts';
import { loadUnits } from '../model/units.ts';
import type { LineIndex } from '../text/line-index.ts';
import { Workspace } from '../workspace.ts';
import { asAgreed, requireSound } from './agreed.ts';
import { explained } from './explain.ts';
import { errorsIn, type Locate, type Report, reported } from './report.ts';
import { toSarif } from './sarif.ts';
import { type Scope, scopeOf, shortName } from './scope.ts';
import { styleFor } from './style.ts';
import { reportText } from './text.ts';
import type { Arguments } from './usage.ts';
import { analysedIn, toldIn, type Whole } from './wholes.ts';
import { type Witness, writeWitnesses } from './witnesses.ts';

/** What a command gives back; `main.ts` alone touches the process. */
export interface Result {
  readonly exitCode: 0 | 1;
  readonly output: string;
  /** For standard error. */
  readonly complaint: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly version: string;
  /** The folder of the schemas, as installed. */
  readonly schemas: string;
  /** The date, `2026-11-22`: only `check` asks for it. */
  readonly today: () => string;
  readonly color: boolean;
  /** One line that says how far a long command is; the empty text takes it away. Written only where somebody watches. */
  readonly progress: (text: string) => void;
  /** From the call on, an interruption (Ctrl-C) no longer ends the process but is what the function given back tells. A second one ends it. */
  readonly interrupted: () => () => boolean;
}

export async function checkCommand(given: Arguments, surroundings: Surroundings): Promise<Result> {
  const { paths, format, asOf, workspace, witness, budget } = given;
  if (given.explain !== undefined) return { exitCode: 0, output: explained(given.explain), complaint: '' };
  const scope = scopeOf(paths, surroundings.cwd, workspace);
  const { report, witnesses } = await reportOn(scope, asOf ?? surroundings.today(), surroundings.cwd, budget);
  if (witness !== undefined) writeWitnesses(witnesses, witness, surroundings);
  const output =
    format === 'text'
      ? reportText(report, styleFor(surroundings.color))
      : `${JSON.stringify(format === 'sarif' ? toSarif(report, surroundings.version) : report, null, 2)}\n`;
  return { exitCode: errorsIn(report).length > 0 ? 1 : 0, output, complaint: '' };
}

interface Reported {
  readonly report: Report;
  readonly witnesses: readonly Witness[];
}

/** `budget` is the number of steps for each rule set; undefined: what the team has agreed on, else the usual one. */
async function reportOn(scope: Scope, asOf: string, cwd: string, budget: number | undefined): Promise<Reported> {
  const { configs } = scope;
  const workspace = new Workspace(
    diskFiles(scope.folders, PATHS, path => configs.isExcluded(path)),
    () => asOf,
  );
  const files = [...new Set(scope.files.flatMap(file => workspace.wholeOf(file)))].sort();
  const shorten = (file: string) => shortName(file, cwd);
  requireSound(configs, files, shorten);
  await learnUnits(workspace, files);
  const plain = new Map(files.map(file => [file, findingsOf(workspace, file)]));
  const wholes = analysedIn(workspace, scope.files, plain, root => {
    const config = configs.for(root);
    return { enabled: config?.enabled !== false, steps: budget ?? config?.steps };
  });
  const all = files.flatMap(file => toldIn(workspace, file, plain.get(file)!, wholes).map(one => ({ ...one, file })));
  const { told: found, switchedOff } = asAgreed(configs, files, all);
  const proofs = (pick: (whole: Whole) => readonly string[]) =>
    wholes.flatMap(whole => pick(whole).map(text => ({ file: shorten(whole.root), text })));
  return {
    report: {
      version: 1,
      asOf,
      files: files.length,
      findings: found.map(({ diagnostic, waived, file }) => reported(diagnostic, file, waived, locateIn(workspace), shorten)),
      proved: proofs(({ analysed }) => analysed?.proved ?? []),
      notProved: proofs(({ analysed, why }) => analysed?.notProved ?? [why]),
      switchedOff: switchedOff.map(one => ({ ...one, file: shorten(one.file) })),
    },
    witnesses: found.flatMap(({ diagnostic, root }) => (diagnostic.witness && root !== undefined ? [{ diagnostic, ruleSet: root }] : [])),
  };
}

/** Loads the unit library if a file has a unit that only it can tell about. */
export async function learnUnits(workspace: Workspace, files: readonly string[]): Promise<void> {
  if (files.some(file => workspace.needsUnits(file))) await loadUnits();
}

export function findingsOf(workspace: Workspace, file: string): readonly Diagnostic[] {
  const subject = workspace.subject(file);
  return subject ? check(subject) : [unreadable(workspace, file)];
}

export function locateIn(workspace: Workspace): Locate {
  const lines = (file: string): LineIndex | undefined => {
    const snapshot = workspace.snapshot(file);
    return typeof snapshot === 'string' ? undefined : snapshot.lines();
  };
  return (file, span) => lines(file)?.range(span);
}

function unreadable(workspace: Workspace, file: string): Diagnostic {
  const problem = workspace.snapshot(file);
  const message =
    problem === 'not-a-file'
      ? 'This is no regular file, so it cannot be checked.'
      : 'This file cannot be read, so it is not checked: it may be locked, larger than 64 MB or not written in UTF-8. Save it as UTF-8 text.';
  return {
    code: 'unreadable-file',
    severity: 'error',
    id: 'unreadable-file:',
    message,
    names: [],
    span: { start: 0, end: 0 },
    fix: undefined,
  };
}
