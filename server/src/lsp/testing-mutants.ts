/** Changes of a rule set that no sample patient notices, for the editor: looked for in a thread of its own, which starts with the question and ends with the answer. */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PATIENT_SUFFIX } from '../files.ts';
import type { Place } from '../text/span.ts';
import { nameOf } from './choices.ts';
import { MUTANTS_DONE, type MutantsAnswer, type MutantsDone, type MutantsParameters, type SurvivedMutant } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { locator } from './testing.ts';
import type { CancellationToken } from './wire.ts';

/** Everything by value: the thread shares nothing with us but whether it shall stop. */
export interface MutantsTask {
  readonly root: string;
  readonly folders: readonly string[];
  /** The open texts, saved or not. */
  readonly texts: readonly (readonly [string, string])[];
  /** One number: 1 once it shall stop, and tell what was tried so far. */
  readonly stopped: Int32Array;
}

export type MutantsTold =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  /** Null where there is no such rule set. */
  | { readonly kind: 'done'; readonly found: MutantsFound | null };

export interface MutantsFound extends Pick<MutantsAnswer, 'cases' | 'failing' | 'noticed' | 'equivalent' | 'stopped'> {
  readonly open: readonly OpenMutant[];
}

/** A mutant that no case notices. */
export interface OpenMutant {
  readonly place: Place;
  readonly message: string;
  /** Who would notice, with the file of the rule set that shows it. */
  readonly witness: { readonly ruleSet: string; readonly name: string; readonly text: string } | null;
}

/** What was tried until it was cancelled is answered all the same: the client may have stopped because it saw enough. */
export async function answerMutants(session: Session, asked: MutantsParameters, token: CancellationToken): Promise<MutantsAnswer | null> {
  const { workspace, converter, wire } = session;
  const root = fileOf(session, asked.ruleSet);
  const ruleSet = workspace.linked(root)?.ruleSet;
  if (!ruleSet) return null;
  const locate = locator(session);
  // Where things are in the texts as they are now, whatever is edited meanwhile.
  for (const { file } of ruleSet.files) locate({ file, span: { start: 0, end: 0 } });
  const found = await triedApart(session, root, token, (done, of) =>
    wire.notify(MUTANTS_DONE, { run: asked.run, done, of } satisfies MutantsDone),
  );
  if (!found) return null;
  const { open, ...rest } = found;
  return {
    title: ruleSet.root.title ?? ruleSet.root.id?.value ?? nameOf(root),
    files: ruleSet.files.map(({ file }) => converter.uriOf(file)),
    ...rest,
    survived: open.map(({ place, message, witness }): SurvivedMutant => {
      const link = locate(place);
      if (!witness) return { ...link, message, witness: null };
      const uri = converter.uriOf(witness.ruleSet);
      const file = `${uri.slice(0, uri.lastIndexOf('/'))}/${witness.name}${PATIENT_SUFFIX}`;
      return { ...link, message, witness: { uri: file, text: witness.text } };
    }),
  };
}

function triedApart(
  { workspace, folders }: Session,
  root: string,
  token: CancellationToken,
  progress: (done: number, of: number) => void,
): Promise<MutantsFound | null> {
  const texts = workspace.known().flatMap((file): [string, string][] => {
    const snapshot = workspace.isOpen(file) ? workspace.snapshot(file) : '';
    return typeof snapshot === 'string' ? [] : [[file, snapshot.text]];
  });
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  const task: MutantsTask = { root, folders, texts, stopped };
  const worker = new Worker(join(dirname(process.argv[1] ?? '.'), 'mutants.cjs'), { workerData: task });
  const listener = token.onCancellationRequested(() => Atomics.store(stopped, 0, 1));
  if (token.isCancellationRequested) Atomics.store(stopped, 0, 1);
  return new Promise<MutantsFound | null>((resolve, reject) => {
    worker.on('message', (told: MutantsTold) => (told.kind === 'progress' ? progress(told.done, told.of) : resolve(told.found)));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread that tries mutants ended.')));
  }).finally(() => {
    listener.dispose();
    void worker.terminate();
  });
}
