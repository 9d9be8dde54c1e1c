/** `clinical-rules check`: every finding of the files and of what they use. */

import { check } from '../diagnostics/check.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { diskFiles } from '../disk.ts';
import { loadUnits } from '../model/units.ts';
import type { LineIndex } from '../text/line-index.ts';
import { isWaived } from '../waived.ts';
import { Workspace } from '../workspace.ts';
import { errorsIn, type Locate, type Report, type ReportedFinding, reported } from './report.ts';
import { toSarif } from './sarif.ts';
import { type Scope, scopeOf, shortName } from './scope.ts';
import { styleFor } from './style.ts';
import { reportText } from './text.ts';
import type { Arguments } from './usage.ts';

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
  /** The date, `2026-11-22`: only `check` asks for it. */
  readonly today: () => string;
  readonly color: boolean;
}

export async function checkCommand({ paths, format, asOf, workspace }: Arguments, surroundings: Surroundings): Promise<Result> {
  const scope = scopeOf(paths, surroundings.cwd, workspace);
  const date = asOf ?? surroundings.today();
  const report = await reportOn(scope, date, surroundings.cwd);
  const output =
    format === 'text'
      ? reportText(report, styleFor(surroundings.color))
      : `${JSON.stringify(format === 'sarif' ? toSarif(report, surroundings.version) : report, null, 2)}\n`;
  return { exitCode: errorsIn(report).length > 0 ? 1 : 0, output, complaint: '' };
}

export async function reportOn(scope: Scope, asOf: string, cwd: string): Promise<Report> {
  const workspace = new Workspace(diskFiles(scope.folders), () => asOf);
  const files = [...new Set(scope.files.flatMap(file => workspace.wholeOf(file)))].sort();
  await learnUnits(workspace, files);
  const findings = files.flatMap(file => findingsIn(workspace, file, cwd));
  return { version: 1, asOf, files: files.length, findings, proved: [], notProved: [] };
}

/** Loads the unit library if a file has a unit that only it can tell about. */
export async function learnUnits(workspace: Workspace, files: readonly string[]): Promise<void> {
  if (files.some(file => workspace.needsUnits(file))) await loadUnits();
}

function findingsIn(workspace: Workspace, file: string, cwd: string): readonly ReportedFinding[] {
  const subject = workspace.subject(file);
  const shorten = (other: string) => shortName(other, cwd);
  return findingsOf(workspace, file).map(one => reported(one, file, isWaived(one, subject), locateIn(workspace), shorten));
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
