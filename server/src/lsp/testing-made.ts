/** Made cases for the editor: the sample patients that a rule set still lacks. Loaded when they are first asked for. */
import { patientsFor } from '../features/lens.ts';
import { relativePath } from '../features/new-patient.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import { ruleSetObstacles } from '../obstacles.ts';
import { casesIn } from '../testing/cases.ts';
import { madeText, rowsOf } from '../testing/made/file.ts';
import { type Made, make, type Step } from '../testing/made/make.ts';
import { sharedBaseOf } from '../testing/made/shared.ts';
import { pointWords, wayWords } from '../testing/point-words.ts';
import type { Workspace } from '../workspace.ts';
import { nameOf } from './choices.ts';
import { MADE_CASES_DONE, type MadeCasesAnswer, type MadeCasesDone, type MadeCasesParameters } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { pauses, settled } from './testing.ts';
import type { CancellationToken } from './wire.ts';

interface Kept {
  readonly revision: number;
  readonly made: Made;
}

/** What was made last, for the second question: only the place of the file is another one. */
const kept = new WeakMap<Session, Map<string, Kept>>();

/** Null for what is no rule set, and once it was cancelled. */
export async function answerMadeCases(
  session: Session,
  asked: MadeCasesParameters,
  token: CancellationToken,
): Promise<MadeCasesAnswer | null> {
  const { workspace, findings } = session;
  const root = fileOf(session, asked.ruleSet);
  if (!workspace.linked(root) || !(await settled(session, [root, ...patientsFor(workspace, root)], token))) return null;
  const ruleSet = workspace.linked(root)?.ruleSet;
  if (!ruleSet) return null;
  const title = ruleSet.root.title ?? ruleSet.root.id?.value ?? nameOf(root);
  const broken = ruleSetObstacles(workspace, root, file => findings.last(file)?.all ?? []).length > 0;
  const made = broken ? undefined : await madeFor(session, root, asked.run, token);
  if (token.isCancellationRequested) return null;
  if (!made) return { title, why: broken ? 'errors' : 'nobody-in-scope', count: 0, before: 0, notFound: [], uri: asked.ruleSet, text: '' };
  const target = asked.target === undefined ? targetFor(workspace, root) : fileOf(session, asked.target);
  const rows = rowsOf(made);
  const path = decodeURIComponent(relativePath(target, root));
  const base = made.shared && decodeURIComponent(relativePath(target, made.shared.file));
  return {
    title,
    why: null,
    count: rows.length,
    before: made.existing.length,
    notFound: [...made.notFound].map(place => wayText(made, place)),
    uri: target,
    text: madeText(made, rows, { name: nameOf(target), ruleSet: path, schema: undefined, extends: base }),
  };
}

function wayText({ looking }: Made, place: number): string {
  const { point, name } = looking.ways[place]!;
  return `${pointWords(point)} ${wayWords(name)}`;
}

/** Made in slices, and told how far it is. */
async function madeFor(session: Session, root: string, run: number, token: CancellationToken): Promise<Made | undefined> {
  const { workspace, findings, wire } = session;
  const byRoot = kept.get(session) ?? new Map<string, Kept>();
  kept.set(session, byRoot);
  const revision = workspace.revision;
  const known = byRoot.get(root);
  if (known?.revision === revision) return known.made;
  const cases = casesIn(workspace, patientsFor(workspace, root), file => findings.last(file)?.all ?? [], new Set([root]));
  const sound = cases.filter(({ obstacles }) => obstacles.length === 0);
  const shared = sharedBaseOf(workspace, [...new Set(sound.map(one => one.file))]);
  let step: Step | undefined;
  const pause = pauses(() => step && wire.notify(MADE_CASES_DONE, { run, ...step } satisfies MadeCasesDone));
  const existing = sound.map(({ patient }) => patient);
  const steps = make(workspace.linked(root)!.ruleSet, existing, undefined, shared);
  for (;;) {
    const next = steps.next();
    if (next.done) {
      if (next.value) byRoot.set(root, { revision, made: next.value });
      return next.value;
    }
    step = next.value;
    await pause();
    if (token.isCancellationRequested) return undefined;
  }
}

/** Where most sample patients of the rule set are, else beside it; under a name that is free. */
function targetFor(workspace: Workspace, root: string): string {
  const folders = new Map<string, number>();
  for (const file of patientsFor(workspace, root)) folders.set(folderOf(file), (folders.get(folderOf(file)) ?? 0) + 1);
  const [folder = folderOf(root)] = [...folders].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([each]) => each);
  const taken = new Set(workspace.known());
  for (let i = 1; ; i++) {
    const file = `${folder}/made${i === 1 ? '' : `-${i}`}${PATIENT_SUFFIX}`;
    if (!taken.has(file)) return file;
  }
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}
