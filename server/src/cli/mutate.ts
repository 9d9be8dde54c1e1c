/** `clinical-rules mutate`: changes one thing of a file at a time, and tells which changes no case notices. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RuleSet } from '../model/rule-set.ts';
import { casesIn } from '../testing/cases.ts';
import { filesIn, soundRuleSets, usersOf } from '../testing/mutated-files.ts';
import { type MutantResult, type MutationRun, mutationRun } from '../testing/mutation.ts';
import { witnessCases, witnessCaseText } from '../testing/witness-cases.ts';
import type { Workspace } from '../workspace.ts';
import { locateIn, type Result, type Surroundings } from './check.ts';
import { countsOf, isClean, type MutateReport, mutateText, type Places, reportedMutant } from './mutate-report.ts';
import { type Paths, writePatients } from './patient-files.ts';
import { scopeOf, shortName } from './scope.ts';
import { styleFor } from './style.ts';
import { gathered } from './test.ts';
import { type Arguments, UsageError } from './usage.ts';

export async function mutateCommand(given: Arguments, surroundings: Surroundings): Promise<Result> {
  const { cwd, color } = surroundings;
  const scope = scopeOf(given.paths, cwd, given.workspace);
  const { workspace, files, only, findings } = await gathered(scope);
  const named = only ? [...only] : scope.files.filter(file => workspace.linked(file));
  const all = casesIn(workspace, files, findings);
  const ofCases = all.flatMap(({ ruleSet }) => ruleSet ?? []);
  const asked = new Set([...named.flatMap(file => filesOf(workspace, file)), ...(only ? [] : ofCases.flatMap(filesIn))]);
  const ruleSets = usersOf(asked, [...ofCases, ...soundRuleSets(workspace, only ? workspace.known() : named, findings)]);
  const cases = all.filter(({ ruleSet }) => ruleSet && ruleSets.includes(ruleSet));
  if (cases.length === 0) throw new UsageError(`${given.paths.join(' ')}: no sample patient there has anything under “expected”.`);
  const run = mutationRun(ruleSets, cases, file => asked.has(file));
  const results = await tried(run, surroundings);
  if (given.cases !== undefined) writeCases(results, given.cases, surroundings);
  const report = reportOf(run, results, ruleSets, { locate: locateIn(workspace), shorten: file => shortName(file, cwd) });
  const output = given.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : mutateText(report, styleFor(color));
  return { exitCode: isClean(report) ? 0 : 1, output, complaint: '' };
}

function filesOf(workspace: Workspace, root: string): readonly string[] {
  const ruleSet = workspace.linked(root)?.ruleSet;
  return ruleSet ? filesIn(ruleSet) : [];
}

/** Long enough that nobody waits, and short enough for whoever wants to stop it. */
const SLICE_MS = 50;

async function tried({ results, of }: MutationRun, { progress, interrupted }: Surroundings): Promise<MutantResult[]> {
  const found: MutantResult[] = [];
  let since = performance.now();
  const isStopped = interrupted();
  for (const result of results) {
    found.push(result);
    if (performance.now() - since < SLICE_MS) continue;
    progress(`${found.length} of ${of} mutants`);
    await nextTurn();
    if (isStopped()) break;
    since = performance.now();
  }
  progress('');
  return found;
}

function reportOf(run: MutationRun, results: readonly MutantResult[], ruleSets: readonly RuleSet[], places: Places): MutateReport {
  const inOrder = [...results].sort((a, b) => a.mutant.place.span.start - b.mutant.place.span.start);
  const all = inOrder.map(result => ({ ...result, reported: reportedMutant(result, places) }));
  const files = [...new Set(all.map(({ mutant }) => mutant.place.file))].sort();
  const mutants = (isOf: (result: MutantResult) => boolean) => all.filter(isOf).map(({ reported }) => reported);
  return {
    version: 1,
    files: files.map(file => {
      const own = mutants(({ mutant }) => mutant.place.file === file);
      return { file: places.shorten(file), ...countsOf(own), mutants: own };
    }),
    total: countsOf(all),
    ruleSets: ruleSets.map(ruleSet => {
      const own = mutants(result => result.ruleSets.includes(ruleSet));
      const { root } = ruleSet;
      return {
        file: places.shorten(root.file),
        title: root.title ?? root.id?.value ?? '',
        cases: run.passing.filter(one => one.ruleSet === ruleSet).length,
        failing: run.failing.filter(one => one.ruleSet === ruleSet).map(({ title }) => title),
        ...countsOf(own),
        mutants: own,
      };
    }),
    of: run.of,
    stopped: results.length < run.of,
  };
}

/** A patient file for each who would notice. What is there is never overwritten: somebody may have confirmed it. */
function writeCases(results: readonly MutantResult[], folder: string, surroundings: Surroundings): void {
  const patients = witnessCases(results).map(one => ({
    name: one.name,
    text: (name: string, { to, schema }: Paths) => witnessCaseText({ ...one, name }, { ruleSet: to(one.ruleSet.root.file), schema }),
  }));
  writePatients(patients, folder, surroundings);
}
