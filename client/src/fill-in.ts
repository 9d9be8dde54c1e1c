/** The cursor goes where a fix has left something for its author to write: a reason is never made up. */
import * as vscode from 'vscode';
import type { Link } from '../../server/src/lsp/protocol.ts';

/** In the editor the file is shown in already, else in a new one. */
export async function fillIn(uri: string, { line, character }: Link['range']['start']): Promise<void> {
  const place = new vscode.Position(line, character);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === vscode.Uri.parse(uri).toString());
  const column = shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn };
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { ...column, selection: new vscode.Range(place, place) });
}
