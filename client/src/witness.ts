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
