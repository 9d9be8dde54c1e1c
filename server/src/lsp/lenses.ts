/** Code lenses: placed at once, put into words when they come into sight. Loaded with the first request. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CodeLens, CodeLensParams, Command } from 'vscode-languageserver/node';
import { type LensPlace, type LensWords, lensPlaces, patientsFor, samplesLens, usesLens } from '../features/lens.ts';
import type { Snapshot } from '../snapshot.ts';
import { toLocation } from './convert.ts';
import { codeLenses as proofLenses } from './proofs.ts';
import { SHOW_REFERENCES } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import type { CancellationToken } from './wire.ts';

interface LensData {
  readonly uri: string;
  readonly kind: 'uses' | 'samples';
  /** Offset of the name. */
  readonly start: number;
}

/** What is proved, to read; what is used, and which sample patients fire it, to go to. */
export function codeLenses(session: Session, params: CodeLensParams): CodeLens[] {
  const { uri } = params.textDocument;
  const file = fileOf(session, uri);
  const snapshot = session.workspace.snapshot(file);
  if (typeof snapshot === 'string' || snapshot.kind() !== 'rule-set') return [];
  const places = lensPlaces(snapshot.ruleSet(), patientsFor(session.workspace, file).length > 0);
  return [...proofLenses(session, params), ...places.flatMap(place => lensAt(session, uri, snapshot, place))];
}

function lensAt({ abilities }: Session, uri: string, snapshot: Snapshot, { kind, span }: LensPlace): CodeLens[] {
  const range = snapshot.lines().range(span);
  if (kind !== 'preview') return [{ range, data: { uri, kind, start: span.start } satisfies LensData }];
  if (!abilities.witnessPreview) return [];
  return [
    { range, command: { title: 'preview', command: 'clinical-rules.preview' } },
    { range, command: { title: 'plain language', command: 'clinical-rules.plain' } },
    { range, command: { title: 'add missing cases', command: 'clinical-rules.addMissingCases' } },
  ];
}

/** A lens of a text that has changed since says nothing: the client asks for new ones. */
export async function resolveLens(session: Session, lens: CodeLens, token: CancellationToken): Promise<CodeLens> {
  // Some clients resolve also what came with its words.
  if (lens.data === undefined) return lens;
  const { uri, kind, start } = lens.data as LensData;
  const file = fileOf(session, uri);
  const words = kind === 'uses' ? usesLens(session.workspace, file, start) : await samplesWords(session, file, start, token);
  return { ...lens, command: words ? commandFor(session, uri, lens, words) : { title: '', command: '' } };
}

/** Clients that do not know our command show the words alone. */
function commandFor({ abilities, converter }: Session, uri: string, lens: CodeLens, { text, places }: LensWords): Command {
  const locations = places.flatMap(place => toLocation(place, converter) ?? []);
  if (!abilities.witnessPreview || locations.length === 0) return { title: text, command: '' };
  return { title: text, command: SHOW_REFERENCES, arguments: [uri, lens.range.start, locations] };
}

interface Fired {
  readonly revision: number;
  readonly patients: number;
  /** By rule, the files of the patients who make it fire. */
  readonly byRule: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<Session, Map<string, Fired>>();

async function samplesWords(session: Session, file: string, start: number, token: CancellationToken): Promise<LensWords | undefined> {
  const byFile = known.get(session) ?? new Map<string, Fired>();
  known.set(session, byFile);
  const before = byFile.get(file);
  const fired = before?.revision === session.workspace.revision ? before : await firedIn(session, file, token);
  if (!fired) return undefined;
  byFile.set(file, fired);
  return samplesLens(session.workspace, file, start, fired.byRule, fired.patients);
}

/** One patient a turn, so that typing never waits. Undefined once a text has changed or nobody waits for it any more. */
async function firedIn({ workspace }: Session, file: string, token: CancellationToken): Promise<Fired | undefined> {
  const { compiled, evaluate } = await import('./evaluator.ts');
  const { revision } = workspace;
  const ruleSet = workspace.linked(file)?.ruleSet;
  if (!ruleSet) return undefined;
  const patients = patientsFor(workspace, file);
  const byRule = new Map<string, string[]>();
  for (const patient of patients) {
    await nextTurn();
    const whole = workspace.revision === revision && !token.isCancellationRequested ? workspace.patient(patient) : undefined;
    if (!whole) return undefined;
    const { rules } = evaluate(compiled(ruleSet), whole.patient, { trace: false, missing: false });
    const ids = new Set(rules.filter(({ status }) => status === 'fired').map(({ id }) => id));
    for (const id of ids) byRule.set(id, [...(byRule.get(id) ?? []), patient]);
  }
  return { revision, patients: patients.length, byRule };
}
