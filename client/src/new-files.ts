/** New Rule Set and New Sample Patient: asks where, writes a file that is complete and valid, and opens it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { NewPatientParameters } from '../../server/src/lsp/protocol.ts';

import { chooseRuleSet } from './preview/choose.ts';
import { NEW_PATIENT } from './requests.ts';
import { ruleSetText } from './starters.ts';

export async function newRuleSet(): Promise<void> {
  const target = await askWhere('New Rule Set', 'my-rules.clinical.json', { 'Rule sets': ['json'] }, '.clinical.json');
  if (target) await writeAndOpen(target, ruleSetText(idOf(target, '.clinical.json'), new Date()));
}

/** Made for a rule set: the one named, shown, or chosen; it names every fact that can be recorded. */
export async function newSamplePatient(client: LanguageClient, named: vscode.Uri | undefined): Promise<void> {
  const ruleSet = named ?? (await chooseRuleSet('Which rule set is the sample patient for?'));
  if (!ruleSet) return;
  const beside = vscode.Uri.joinPath(ruleSet, '..', 'my-patient.patient.json');
  const target = await askWhere('New Sample Patient', beside, { 'Sample patients': ['json'] }, '.patient.json');
  if (!target) return;
  const asOf = `${new Date().toISOString().slice(0, 10)}T12:00:00Z`;
  const parameters: NewPatientParameters = { ruleSet: ruleSet.toString(), patient: target.toString(), asOf };
  const text = await client.sendRequest<string>(NEW_PATIENT, parameters);
  await writeAndOpen(target, text);
}

async function askWhere(
  title: string,
  suggested: string | vscode.Uri,
  filters: Record<string, string[]>,
  ending: string,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const start = typeof suggested !== 'string' ? suggested : folder ? vscode.Uri.joinPath(folder, suggested) : undefined;
  const chosen = await vscode.window.showSaveDialog({ title, filters, ...(start ? { defaultUri: start } : {}) });
  return chosen && withEnding(chosen, ending);
}

/** The language is told by the file's name: `a.json` or `a` would be no rule set. */
function withEnding(uri: vscode.Uri, ending: string): vscode.Uri {
  if (uri.path.endsWith(ending)) return uri;
  return uri.with({ path: `${uri.path.replace(/(\.clinical|\.patient)?\.json$/, '')}${ending}` });
}

function idOf(uri: vscode.Uri, ending: string): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1, -ending.length);
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return id || 'my-rules';
}

async function writeAndOpen(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}
