/** Keeps what was tried out in the preview: as a new sample patient, or in the open one, where it can be undone. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Change, SaveParameters } from '../../../server/src/lsp/protocol.ts';
import { SAVE_CHANGES } from '../requests.ts';
import { askWhere, type NewFile } from '../save-as.ts';
import type { Subject } from './choose.ts';

/** `shown` hears which patient is to be shown from now on, without changes. */
export async function saveChanges(
  client: LanguageClient,
  { patient }: Subject,
  changes: readonly Change[],
  where: 'new' | 'open',
  shown: (patient: vscode.Uri) => void,
): Promise<void> {
  if (patient.fragment !== '') {
    await vscode.window.showWarningMessage('This patient is a row of a table, and is no file of its own: change the row in the table.');
    return;
  }
  const target = where === 'new' ? await askWhere(besideOf(patient)) : undefined;
  if (where === 'new' && !target) return;
  const parameters: SaveParameters = { patient: patient.toString(), changes, target: target?.toString() };
  const text = await client.sendRequest<string>(SAVE_CHANGES, parameters);
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  else if (!(await replaceText(patient, text))) return;
  shown(target ?? patient);
  await vscode.window.showTextDocument(target ?? patient, { viewColumn: vscode.ViewColumn.One, preserveFocus: true });
}

function besideOf(patient: vscode.Uri): NewFile {
  const name = patient.path.slice(patient.path.lastIndexOf('/') + 1).replace(/(\.patient)?\.json$/, '');
  const suggested = vscode.Uri.joinPath(patient, '..', `${name}-changed.patient.json`);
  return { title: 'Save as New Sample Patient', filters: { 'Sample patients': ['json'] }, ending: '.patient.json', suggested };
}

/** As one edit of what differs: the file is not saved, and the edit can be undone. */
export async function replaceText(patient: vscode.Uri, text: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(patient);
  const before = document.getText();
  let start = 0;
  while (start < before.length && before[start] === text[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, text.length) - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(patient, range, text.slice(start, text.length - end));
  return vscode.workspace.applyEdit(edit);
}
