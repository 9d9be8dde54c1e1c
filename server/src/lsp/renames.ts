/** Renaming of names and of files as the client asks for it. Loaded with the first request. */
import type { PrepareRenameParams, Range, RenameFilesParams, RenameParams, WorkspaceEdit } from 'vscode-languageserver/node';
import { prepareRename, type Refusal } from '../features/rename.ts';
import { editsForMoves } from '../features/rename-files.ts';
import { renameAll } from '../renaming.ts';
import type { Edit } from '../text/span.ts';
import { asked } from './navigation.ts';
import { fileOf, type Session } from './session.ts';
import { ResponseError, RPC } from './wire.ts';

/** Where the name stands and what it is; a refusal is an error with its reason, which the client shows. */
export function answerPrepareRename(session: Session, params: PrepareRenameParams): { range: Range; placeholder: string } {
  const at = asked(session, params);
  if (!at) throw gone();
  const found = prepareRename(session.workspace, at.file, at.offset);
  if (found.kind === 'refused') throw refusal(found);
  return { range: at.snapshot.lines().range(found.span), placeholder: found.name };
}

export function answerRename(session: Session, params: RenameParams): WorkspaceEdit {
  const at = asked(session, params);
  if (!at) throw gone();
  const renaming = renameAll(session.workspace, at.file, at.offset, params.newName);
  if (renaming.kind === 'refused') throw refusal(renaming);
  return toWorkspaceEdit(session, renaming.edits);
}

/** What the paths must be once the files have moved: the client makes these edits first. */
export function answerWillRenameFiles(session: Session, { files }: RenameFilesParams): WorkspaceEdit {
  const moves = files.map(({ oldUri, newUri }) => ({ from: fileOf(session, oldUri), to: fileOf(session, newUri) }));
  return toWorkspaceEdit(session, editsForMoves(session.workspace, moves));
}

function toWorkspaceEdit(
  { workspace, converter, documents, abilities }: Session,
  edits: ReadonlyMap<string, readonly Edit[]>,
): WorkspaceEdit {
  const files = [...edits].flatMap(([file, own]) => {
    const snapshot = workspace.snapshot(file);
    if (typeof snapshot === 'string') return [];
    const uri = converter.uriOf(file);
    return [{ uri, edits: own.map(({ span, newText }) => ({ range: snapshot.lines().range(span), newText })) }];
  });
  if (!abilities.versionedEdits) return { changes: Object.fromEntries(files.map(({ uri, edits: own }) => [uri, own])) };
  const versioned = files.map(({ uri, edits: own }) => ({
    textDocument: { uri, version: documents.get(uri)?.version ?? null },
    edits: own,
  }));
  return { documentChanges: versioned };
}

function refusal({ why }: Refusal): ResponseError<void> {
  return new ResponseError(RPC.requestFailed, why);
}

function gone(): ResponseError<void> {
  return new ResponseError(RPC.requestFailed, 'This file cannot be read any more.');
}
