/** Changes of a rule set that no sample patient notices, for the editor. Loaded when they are first looked for. */
import { patientsFor } from '../features/lens.ts';
import { witnessName, witnessPatientText } from '../features/witness-patient.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import { casesIn } from '../testing/cases.ts';
import { type MutantResult, mutantRun } from '../testing/survivors.ts';
import { witnessWords } from '../testing/witness-words.ts';
import { nameOf } from './choices.ts';
import { MUTANTS_DONE, type MutantsAnswer, type MutantsDone, type MutantsParameters, type SurvivedMutant } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { locator, pauses, settled } from './testing.ts';
import type { CancellationToken } from './wire.ts';

/** Tried in slices. What was tried until it was cancelled is answered all the same: the client may have stopped because it saw enough. */
export async function answerMutants(session: Session, asked: MutantsParameters, token: CancellationToken): Promise<MutantsAnswer | null> {
  const { workspace, findings, converter, wire } = session;
  const root = fileOf(session, asked.ruleSet);
  if (!workspace.linked(root)) return null;
  await settled(session, patientsFor(workspace, root), token);
  const ruleSet = workspace.linked(root)?.ruleSet;
  if (!ruleSet) return null;
  const cases = casesIn(workspace, patientsFor(workspace, root), file => findings.last(file)?.all ?? [], new Set([root]));
  const locate = locator(session, cases);
  const run = mutantRun(ruleSet, cases);
  const tally = { noticed: 0, equivalent: 0, survived: [] as SurvivedMutant[] };
  let done = 0;
  const pause = pauses(() => wire.notify(MUTANTS_DONE, { run: asked.run, done, of: run.of } satisfies MutantsDone));
  await pause();
  for (const result of token.isCancellationRequested ? [] : run.results) {
    done++;
    if (result.status === 'survived') tally.survived.push(survivor(result, locate(result.mutant.place), root, converter.uriOf(root)));
    else tally[result.status]++;
    await pause();
    if (token.isCancellationRequested) break;
  }
  return {
    title: ruleSet.root.title ?? ruleSet.root.id?.value ?? nameOf(root),
    files: ruleSet.files.map(({ file }) => converter.uriOf(file)),
    cases: run.cases,
    failing: run.failing.map(({ title }) => title),
    ...tally,
    stopped: done < run.of,
  };
}

function survivor(
  { mutant, witness }: MutantResult,
  link: Pick<SurvivedMutant, 'uri' | 'range'>,
  root: string,
  rootUri: string,
): SurvivedMutant {
  const { item, was, is } = mutant;
  const who = witness
    ? `A patient who would notice: ${witnessWords(witness)}. Add one like this with what you expect.`
    : 'No patient was found who would notice, and it is not proved that there is none: look at what it should do.';
  const message = `No sample patient notices if this changes: “${item.id}”, ${was} → ${is}. ${who}`;
  if (!witness) return { ...link, message, witness: null };
  const finding = { code: 'mutant', names: [item.id, was, is], rules: [item.id], witness };
  const text = witnessPatientText(finding, { ruleSet: nameOf(root), schema: undefined });
  const folder = rootUri.slice(0, rootUri.lastIndexOf('/'));
  return { ...link, message, witness: { uri: `${folder}/${witnessName(finding)}${PATIENT_SUFFIX}`, text } };
}
