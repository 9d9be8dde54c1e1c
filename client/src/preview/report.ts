/** Takes the outcome away as a document for a review: Markdown or HTML, by the name the reader gives it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Change, ReportParameters } from '../../../server/src/lsp/protocol.ts';
import { REPORT } from '../requests.ts';
import type { Subject } from './choose.ts';

export async function saveReport(client: LanguageClient, { ruleSet, patient }: Subject, changes: readonly Change[]): Promise<void> {
  const name = patient.path.slice(patient.path.lastIndexOf('/') + 1).replace(/(\.patient)?\.json$/, '');
  const defaultUri = vscode.Uri.joinPath(patient, '..', `${name}.md`);
  const target = await vscode.window.showSaveDialog({
    title: 'Save the Outcome',
    filters: { Markdown: ['md'], HTML: ['html'] },
    defaultUri,
  });
  if (!target) return;
  const format = /\.html?$/.test(target.path) ? 'html' : 'markdown';
  const parameters: ReportParameters = { ruleSet: ruleSet.toString(), patient: patient.toString(), changes, format };
  const text = await client.sendRequest<string | null>(REPORT, parameters);
  if (text === null) {
    await vscode.window.showWarningMessage('Nothing was saved: the rule set or the sample patient has errors.');
    return;
  }
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(target, { viewColumn: vscode.ViewColumn.One });
}
