/** What the client tells us has changed: texts, files, folders and settings. */
import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diskFiles } from '../disk.ts';
import { isOurs } from '../files.ts';
import type { Background } from './background.ts';
import { fileOf, logFailure, type Session } from './session.ts';
import type { Settings } from './settings.ts';
import { pathOf, URIS } from './uris.ts';

/** The section of the client's settings that is ours. */
export const SECTION = 'clinicalRules';

/** Opened or edited: the server's text and the client's are the same again. */
export function openText(session: Session, background: Background, document: TextDocument): void {
  const file = fileOf(session, document.uri);
  session.spelling.set(file, document.uri);
  session.workspace.setText(file, document.getText());
  background.changed(file);
}

export function closeText(session: Session, background: Background, uri: string): void {
  const file = fileOf(session, uri);
  session.spelling.delete(file);
  session.workspace.close(file);
  background.changed();
}

/** Files of other names matter only where they are folders of ours. */
export function changeOnDisk(session: Session, background: Background, changes: readonly { readonly uri: string }[]): void {
  const files = changes.map(({ uri }) => fileOf(session, uri));
  const known = session.workspace.known();
  const ours = files.filter(file => isOurs(file) || known.some(one => one.startsWith(`${file}/`)) || isNewFolder(session, file));
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
  session.workspace.replaceFiles(diskFiles(session.folders, URIS));
  background.changed();
}

/** Reads the severities the user has set, and shows everything anew. A client that answers nothing keeps the defaults. */
export async function readSettings(session: Session, background: Background): Promise<void> {
  if (!session.abilities.configuration) return;
  try {
    const section: unknown = await session.connection.workspace.getConfiguration({ section: `${SECTION}.severity` });
    const settings = (section ?? {}) as Settings;
    if (JSON.stringify(settings) === JSON.stringify(session.settings)) return;
    session.settings = settings;
    background.all();
  } catch (error) {
    logFailure(session.connection, 'settings', error);
  }
}
