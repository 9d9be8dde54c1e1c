/** `clinical-rules test`: sample patients held against what they expect. The clock is never read. */
import type { Diagnostic } from '../diagnostics/define.ts';
import { diskFiles } from '../disk.ts';
import { casesIn } from '../testing/cases.ts';
import { Runner } from '../testing/run.ts';
import { Workspace } from '../workspace.ts';
import { findingsOf, learnUnits, locateIn, type Result, type Surroundings } from './check.ts';
import { type Scope, scopeOf, shortName } from './scope.ts';
import { styleFor } from './style.ts';
import { github, junit, testText } from './test-formats.ts';
import { hasFailed, reportOf, type TestReport } from './test-report.ts';
import { type Arguments, UsageError } from './usage.ts';
import { watched } from './watch.ts';

export async function testCommand(given: Arguments, surroundings: Surroundings): Promise<Result> {
  const run = () => testOnce(given, surroundings);
  if (!given.watch) return run();
  return watched(scopeOf(given.paths, surroundings.cwd, given.workspace).folders, run);
}

async function testOnce(given: Arguments, { cwd, color }: Surroundings): Promise<Result> {
  const scope = scopeOf(given.paths, cwd, given.workspace);
  const { workspace, files, only, findings } = await gathered(scope);
  const cases = casesIn(workspace, files, findings, only);
  if (cases.length === 0) throw new UsageError(`${given.paths.join(' ')}: no sample patient there has anything under “expected”.`);
  const runner = new Runner();
  const results = cases.map(one => runner.run(one));
  const report = reportOf(results, locateIn(workspace), file => shortName(file, cwd));
  return { exitCode: hasFailed(report) ? 1 : 0, output: written(report, given, color), complaint: '' };
}

/** Rule sets among the paths stand for all patients of the workspace that are meant for them. */
export async function gathered({ files: named, folders }: Scope) {
  const workspace = new Workspace(diskFiles(folders), () => undefined);
  const ruleSets = named.filter(file => workspace.linked(file));
  const patients = named.filter(file => workspace.patient(file));
  const isAlone = patients.length === 0 && ruleSets.length > 0;
  const files = isAlone ? workspace.known().filter(file => workspace.patient(file)) : patients;
  await learnUnits(workspace, [...files, ...ruleSets]);
  const known = new Map<string, readonly Diagnostic[]>();
  const findings = (file: string) => {
    const found = known.get(file) ?? findingsOf(workspace, file);
    known.set(file, found);
    return found;
  };
  return { workspace, files, findings, only: isAlone ? new Set(ruleSets) : undefined };
}

function written(report: TestReport, { format }: Arguments, color: boolean): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'junit':
      return junit(report);
    case 'github':
      return github(report, styleFor(false));
    default:
      return testText(report, styleFor(color));
  }
}
