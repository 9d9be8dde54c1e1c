/** Tables of cases that are being edited: the server is told how they stand while they are not saved, so that cases follow every edit. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { TableText } from '../../../server/src/lsp/protocol.ts';
import { TABLE_TEXT } from '../requests.ts';

/** A table is told whole; not for every key. */
const PAUSE_MS = 200;

/** A CSV file is nobody's document but the one it was: nothing else of ours is offered for it. */
export function tellOfTables(client: LanguageClient): vscode.Disposable {
  const told = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const tell = (document: vscode.TextDocument, isDraft: boolean) => {
    const uri = document.uri.toString();
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    if (!client.isRunning() || (!isDraft && !told.delete(uri))) return;
    if (isDraft) told.add(uri);
    const table: TableText = { uri, text: isDraft ? document.getText() : null };
    // A server that ends says so itself.
    client.sendNotification(TABLE_TEXT, table).catch(() => undefined);
  };
  const tellAll = () => {
    told.clear();
    for (const document of vscode.workspace.textDocuments) if (isTable(document) && document.isDirty) tell(document, true);
  };
  const schedule = (document: vscode.TextDocument) => {
    if (!isTable(document)) return;
    const uri = document.uri.toString();
    clearTimeout(waiting.get(uri));
    waiting.set(
      uri,
      setTimeout(() => tell(document, document.isDirty), PAUSE_MS),
    );
  };
  const end = (document: vscode.TextDocument) => isTable(document) && tell(document, false);
  if (client.isRunning()) tellAll();
  return vscode.Disposable.from(
    client.onDidChangeState(({ newState }) => newState === State.Running && tellAll()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => schedule(document)),
    vscode.workspace.onDidSaveTextDocument(end),
    vscode.workspace.onDidCloseTextDocument(end),
    {
      dispose: () => {
        for (const timer of waiting.values()) clearTimeout(timer);
      },
    },
  );
}

function isTable({ uri }: vscode.TextDocument): boolean {
  return uri.path.endsWith('.csv');
}
