/** The thread that tries mutants, so that typing never waits for it: one run, with the texts as they were when it was asked for, and then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { Configs } from '../config-files.ts';
import { check } from '../diagnostics/check.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { diskFiles } from '../disk.ts';
import { loadUnits } from '../model/units.ts';
import { casesIn } from '../testing/cases.ts';
import { filesIn, soundRuleSets, usersOf } from '../testing/mutated-files.ts';
import { type MutantResult, mutationRun } from '../testing/mutation.ts';
import { witnessCases, witnessCaseText } from '../testing/witness-cases.ts';
import { differenceWords, witnessWords } from '../testing/witness-words.ts';
import { Workspace } from '../workspace.ts';
import { nameOf } from './choices.ts';
import type { MutantsTask, MutantsTold, OpenMutant } from './testing-mutants.ts';
import { URIS } from './uris.ts';

/** Told this often how far it is. */
const TELL_MS = 100;

const { stopped, ...task } = workerData as MutantsTask;
const tell = (told: MutantsTold) => parentPort?.postMessage(told);

void tried();

async function tried(): Promise<void> {
  const workspace = workspaceFor(task);
  const patients = workspace.known().filter(file => workspace.patient(file));
  if ([task.root, ...patients].some(file => workspace.needsUnits(file))) await loadUnits();
  const ruleSet = workspace.linked(task.root)?.ruleSet;
  if (!ruleSet) return tell({ kind: 'done', found: null });
  const files = new Set(filesIn(ruleSet));
  const findings = findingsIn(workspace);
  const all = casesIn(workspace, patients, findings);
  const candidates = [ruleSet, ...all.flatMap(one => one.ruleSet ?? []), ...soundRuleSets(workspace, workspace.known(), findings)];
  const ruleSets = usersOf(files, candidates);
  const cases = all.filter(one => one.ruleSet && ruleSets.includes(one.ruleSet));
  const run = mutationRun(ruleSets, cases, file => files.has(file));
  const counts = { noticed: 0, equivalent: 0 };
  const open: OpenMutant[] = [];
  let done = 0;
  let since = performance.now();
  const isStopped = () => Atomics.load(stopped, 0) === 1;
  for (const result of isStopped() ? [] : run.results) {
    done++;
    if (result.status === 'noticed' || result.status === 'equivalent') counts[result.status]++;
    else open.push(openMutant(result));
    if (performance.now() - since > TELL_MS) {
      tell({ kind: 'progress', done, of: run.of });
      since = performance.now();
    }
    if (isStopped()) break;
  }
  tell({
    kind: 'done',
    found: {
      ...counts,
      open,
      cases: run.passing.length,
      failing: run.failing.map(({ title }) => title),
      stopped: done < run.of,
    },
  });
}

/** As the server has it: saved or not, and without what the team excludes. */
function workspaceFor({ folders, texts }: Omit<MutantsTask, 'stopped'>): Workspace {
  const configs = new Configs(folders);
  const workspace = new Workspace(
    diskFiles(folders, URIS, path => configs.isExcluded(path)),
    () => undefined,
  );
  for (const [file, text] of texts) workspace.setText(file, text);
  return workspace;
}

function findingsIn(workspace: Workspace): (file: string) => readonly Diagnostic[] {
  const known = new Map<string, readonly Diagnostic[]>();
  return file => {
    const subject = workspace.subject(file);
    const found = known.get(file) ?? (subject ? check(subject) : []);
    known.set(file, found);
    return found;
  };
}

function openMutant(result: MutantResult): OpenMutant {
  const { place, item, was, is } = result.mutant;
  const { telling } = result;
  const who = telling
    ? `A patient who would notice: ${witnessWords(telling.patient)}. ${differenceWords(telling.differences)}. Add one like this with what you expect.`
    : 'No patient was found who would notice, and it is not proved that there is none: look at what it should do.';
  const message = `No sample patient notices if this changes: “${item.id}”, ${was} → ${is}. ${who}`;
  const [made] = witnessCases([result]);
  if (!made) return { place, message, witness: null };
  const { file } = made.ruleSet.root;
  return {
    place,
    message,
    witness: { ruleSet: file, name: made.name, text: witnessCaseText(made, { ruleSet: nameOf(file), schema: undefined }) },
  };
}
