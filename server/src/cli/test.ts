/** `clinical-rules test`: sample patients held against what they expect. The clock is never read. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/define.ts';
import { diskFiles } from '../disk.ts';
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import { casesIn } from '../testing/cases.ts';
import { type Coverage, Recorder } from '../testing/coverage.ts';
import { wayWords } from '../testing/point-words.ts';
import { Runner, type Watcher } from '../testing/run.ts';
import { settledPoints, type Verdicts } from '../testing/settled.ts';
import { witnessWords } from '../testing/witness-words.ts';
import { Workspace } from '../workspace.ts';
import { findingsOf, learnUnits, locateIn, type Result, type Surroundings } from './check.ts';
import { cobertura, coverageText, lcov, type Places, type Tell } from './coverage-formats.ts';
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
  const recorders = new Map<CompiledRuleSet, Recorder>();
  const runner = new Runner(given.coverage.length > 0 ? watcherFor(recorders) : undefined);
  const results = cases.map(one => runner.run(one));
  const places = { locate: locateIn(workspace), shorten: (file: string) => shortName(file, cwd) };
  const report = reportOf(results, places.locate, places.shorten);
  const covered = [...recorders.values()].map(recorder => recorder.coverage());
  const verdicts: Verdicts = new Map();
  const settled = covered.map(coverage => settledBy(coverage, verdicts));
  writeCoverage(settled, given, places, cwd);
  const text = given.coverage.includes('text') ? `\n${coverageText(settled, places, styleFor(color), tellerFor(verdicts))}` : '';
  return {
    exitCode: hasFailed(report) ? 1 : 0,
    output: written(report, given, color) + (given.format === 'text' ? text : ''),
    complaint: '',
  };
}

/** What no case shows is put to the analysis: what no patient can show does not count. */
function settledBy(coverage: Coverage, verdicts: Verdicts): Coverage {
  return { ...coverage, points: [...settledPoints(coverage, verdicts)] };
}

function tellerFor(verdicts: Verdicts): Tell {
  return (_, point, { name }) => {
    const verdict = verdicts.get(point)?.get(name);
    return verdict?.kind === 'witness'
      ? `${wayWords(name)}: ${witnessWords(verdict.patient)}`
      : `${wayWords(name)}: no patient was found, and it is not proved that there is none`;
  };
}

function watcherFor(recorders: Map<CompiledRuleSet, Recorder>): Watcher {
  return (compiled, state, judgement) => {
    const recorder = recorders.get(compiled) ?? new Recorder(compiled);
    recorders.set(compiled, recorder);
    recorder.observe(state, judgement);
  };
}

function writeCoverage(covered: readonly Coverage[], { coverage, coverageFolder }: Arguments, places: Places, cwd: string): void {
  const folder = resolve(cwd, coverageFolder);
  const write = (name: string, text: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  if (coverage.includes('lcov')) write('lcov.info', lcov(covered, places));
  if (coverage.includes('cobertura')) write('cobertura.xml', cobertura(covered, places));
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
