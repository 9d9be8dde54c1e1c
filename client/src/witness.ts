/** A patient found by the analysis, shown in the preview before it is a file. */
import * as vscode from 'vscode';

/** Where the patient is changed, or saved, the preview follows. */
export async function previewWitness(ruleSet: string, patient: string, text: string): Promise<void> {
  const uri = vscode.Uri.parse(patient).with({ scheme: 'untitled' });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false });
  await vscode.commands.executeCommand('clinical-rules.preview', vscode.Uri.parse(ruleSet), uri);
}

/** Written whole: an edit that makes a file and fills it may leave it empty on the disk. The server has chosen a name that no file has. */
export async function saveWitness(patient: string, text: string): Promise<void> {
  const uri = vscode.Uri.parse(patient);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri, { preview: false, viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}
