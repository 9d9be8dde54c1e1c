/** What the client tells us has changed: texts, files, folders and settings. */
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diskFiles } from '../disk.ts';
import { CONFIG_NAME, isOurs } from '../files.ts';
import type { Background } from './background.ts';
import type { TableText } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { analysisSettings, type Settings, textsIn } from './settings.ts';
import { pathOf, URIS } from './uris.ts';
import { logFailure } from './wire.ts';

/** The section of the client's settings that is ours. */
export const SECTION = 'clinicalRules';

export function openText(session: Session, background: Background, { textDocument }: DidOpenTextDocumentParams): void {
  const { uri, languageId, version, text } = textDocument;
  const file = fileOf(session, uri);
  session.spelling.set(file, uri);
  take(session, background, file, TextDocument.create(uri, languageId, version, text));
}

/** Edits of a text that is not open rest on nothing, and are passed over. */
export function changeText(session: Session, background: Background, { textDocument, contentChanges }: DidChangeTextDocumentParams): void {
  const document = session.documents.get(textDocument.uri);
  if (document)
    take(session, background, fileOf(session, textDocument.uri), TextDocument.update(document, contentChanges, textDocument.version));
}

/** The server's text and the client's are the same again. */
function take(session: Session, background: Background, file: string, document: TextDocument): void {
  session.documents.set(document.uri, document);
  const text = document.getText();
  session.analyses.foresee(file, text);
  session.workspace.setText(file, text);
  background.changed(file);
}

export function closeText(session: Session, background: Background, { textDocument: { uri } }: DidCloseTextDocumentParams): void {
  const file = fileOf(session, uri);
  session.documents.delete(uri);
  session.spelling.delete(file);
  session.workspace.close(file);
  background.changed();
}

/** A table of cases is no text of ours, so that it gets none of our features: the client tells of it only while it is not saved. */
export function changeTable(session: Session, background: Background, { uri, text }: TableText): void {
  const file = fileOf(session, uri);
  session.workspace.setDraft(file, text ?? undefined);
  if (session.workspace.users(file).length > 0) background.changed();
}

/** Files of other names matter only where one of ours names them, or they are folders of ours. */
export function changeOnDisk(session: Session, background: Background, changes: readonly { readonly uri: string }[]): void {
  if (changes.some(({ uri }) => uri.endsWith(`/${CONFIG_NAME}`))) readTeams(session, background);
  const files = changes.map(({ uri }) => fileOf(session, uri));
  const known = session.workspace.known();
  const isNamed = (file: string) => session.workspace.users(file).length > 0;
  const ours = files.filter(
    file => isOurs(file) || isNamed(file) || known.some(one => one.startsWith(`${file}/`)) || isNewFolder(session, file),
  );
  if (ours.length === 0) return;
  for (const file of ours) session.workspace.changedOnDisk(file);
  background.changed();
}

function isNewFolder({ workspace }: Session, file: string): boolean {
  return workspace.snapshot(file) === 'not-a-file';
}

export function changeFolders(session: Session, background: Background, { added, removed }: WorkspaceFoldersChangeEvent): void {
  const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
  const come = added.flatMap(({ uri }) => pathOf(uri) ?? []);
  session.folders = [...session.folders.filter(folder => !gone.has(folder)), ...come];
  readTeams(session, background);
}

/** What teams have agreed on is read anew; which files there are follows from it. */
function readTeams(session: Session, background: Background): void {
  const { configs, folders, workspace } = session;
  configs.reset(folders, session.exclude);
  workspace.replaceFiles(diskFiles(folders, URIS, path => configs.isExcluded(path)));
  tellWrongTeams(session).catch(error => logFailure(session.wire, 'settings', error));
  background.all();
}

/** What is wrong with the settings of a team is told where the editor shows its messages; what is sound in them counts all the same. */
export async function tellWrongTeams({ configs, workspace, wire }: Session): Promise<void> {
  const { problemsOf } = await import('../config-problems.ts');
  for (const file of workspace.known()) {
    const path = pathOf(file);
    if (path !== undefined) configs.for(path);
  }
  for (const config of configs.met())
    for (const { at, message } of problemsOf(config).slice(0, 3))
      wire.notify('window/showMessage', { type: 2, message: `${config.file}:${at.line + 1}:${at.character + 1}: ${message}` });
}

/** Reads the severities the user has set, and shows everything anew. A client that answers nothing keeps the defaults. */
export async function readSettings(session: Session, background: Background): Promise<void> {
  if (!session.abilities.configuration) return;
  try {
    const items = ['severity', 'analysis', 'exclude', 'defaultPatient'].map(key => ({ section: `${SECTION}.${key}` }));
    const answer = (await session.wire.request('workspace/configuration', { items })) as (Settings | null)[] | null;
    const settings = answer?.[0] ?? {};
    const analysis = analysisSettings(answer?.[1]);
    const exclude = textsIn(answer?.[2]);
    const patient: unknown = answer?.[3];
    session.defaultPatient = typeof patient === 'string' && patient !== '' ? patient : undefined;
    const isSame = JSON.stringify([settings, analysis, exclude]) === JSON.stringify([session.settings, session.analysis, session.exclude]);
    if (isSame) return;
    const isMoved = JSON.stringify(exclude) !== JSON.stringify(session.exclude);
    session.settings = settings;
    session.analysis = analysis;
    session.exclude = exclude;
    if (isMoved) readTeams(session, background);
    else background.all();
  } catch (error) {
    logFailure(session.wire, 'settings', error);
  }
}
