/** Changes of a rule set that no sample patient notices, for the editor. Loaded when they are first looked for. */
import { patientsFor } from '../features/lens.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { casesIn } from '../testing/cases.ts';
import { filesIn, soundRuleSets, usersOf } from '../testing/mutated-files.ts';
import { type MutantResult, mutationRun } from '../testing/mutation.ts';
import { witnessCases, witnessCaseText } from '../testing/witness-cases.ts';
import { differenceWords, witnessWords } from '../testing/witness-words.ts';
import { nameOf } from './choices.ts';
import { MUTANTS_DONE, type MutantsAnswer, type MutantsDone, type MutantsParameters, type SurvivedMutant } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { locator, pauses, settled } from './testing.ts';
import type { CancellationToken } from './wire.ts';

/** Tried in slices. What was tried until it was cancelled is answered all the same: the client may have stopped because it saw enough. */
export async function answerMutants(session: Session, asked: MutantsParameters, token: CancellationToken): Promise<MutantsAnswer | null> {
  const { workspace, findings, converter, wire } = session;
  const root = fileOf(session, asked.ruleSet);
  const first = workspace.linked(root)?.ruleSet;
  if (!first) return null;
  const wholes = usersOf(new Set(filesIn(first)), ruleSetsIn(session)).map(ruleSet => ruleSet.root.file);
  const patients = () => [...new Set(wholes.flatMap(file => patientsFor(workspace, file)))];
  await settled(session, patients(), token);
  const ruleSet = workspace.linked(root)?.ruleSet;
  if (!ruleSet) return null;
  const last = (file: string) => findings.last(file)?.all ?? [];
  const files = new Set(filesIn(ruleSet));
  const all = casesIn(workspace, patients(), last);
  const ruleSets = usersOf(files, [
    ruleSet,
    ...all.flatMap(one => one.ruleSet ?? []),
    ...soundRuleSets(workspace, workspace.known(), last),
  ]);
  const cases = all.filter(one => one.ruleSet && ruleSets.includes(one.ruleSet));
  const locate = locator(session, cases);
  const run = mutationRun(ruleSets, cases, file => files.has(file));
  const tally = { noticed: 0, equivalent: 0, survived: [] as SurvivedMutant[] };
  let done = 0;
  const pause = pauses(() => wire.notify(MUTANTS_DONE, { run: asked.run, done, of: run.of } satisfies MutantsDone));
  await pause();
  for (const result of token.isCancellationRequested ? [] : run.results) {
    done++;
    if (result.status === 'noticed' || result.status === 'equivalent') tally[result.status]++;
    else tally.survived.push(survivor(result, locate(result.mutant.place), converter));
    await pause();
    if (token.isCancellationRequested) break;
  }
  return {
    title: ruleSet.root.title ?? ruleSet.root.id?.value ?? nameOf(root),
    files: ruleSet.files.map(({ file }) => converter.uriOf(file)),
    cases: run.passing.length,
    failing: run.failing.map(({ title }) => title),
    ...tally,
    stopped: done < run.of,
  };
}

function ruleSetsIn({ workspace }: Session): RuleSet[] {
  return workspace.known().flatMap(file => {
    const ruleSet = workspace.linked(file)?.ruleSet;
    return ruleSet?.root.role === 'rule-set' ? [ruleSet] : [];
  });
}

function survivor(
  result: MutantResult,
  link: Pick<SurvivedMutant, 'uri' | 'range'>,
  converter: Pick<Session['converter'], 'uriOf'>,
): SurvivedMutant {
  const { mutant, telling } = result;
  const { item, was, is } = mutant;
  const who = telling
    ? `A patient who would notice: ${witnessWords(telling.patient)}. ${differenceWords(telling.differences)}. Add one like this with what you expect.`
    : 'No patient was found who would notice, and it is not proved that there is none: look at what it should do.';
  const message = `No sample patient notices if this changes: “${item.id}”, ${was} → ${is}. ${who}`;
  const [made] = witnessCases([result]);
  if (!made) return { ...link, message, witness: null };
  const { file } = made.ruleSet.root;
  const uri = converter.uriOf(file);
  const text = witnessCaseText(made, { ruleSet: nameOf(file), schema: undefined });
  return { ...link, message, witness: { uri: `${uri.slice(0, uri.lastIndexOf('/'))}/${made.name}${PATIENT_SUFFIX}`, text } };
}
