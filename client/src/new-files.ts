/** New Rule Set and New Sample Patient: asks of what kind and where, writes a file that is complete and valid, and opens it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { NewPatientParameters } from '../../server/src/lsp/protocol.ts';

import { chooseRuleSet } from './preview/choose.ts';
import { NEW_PATIENT } from './requests.ts';
import { askWhere, isThere } from './save-as.ts';
import { patientText, ruleSetText, STARTERS, type Starter } from './starters.ts';

/** Also with a sample patient of its own, for who wants one. */
export async function newRuleSet(): Promise<void> {
  const items = STARTERS.map(starter => ({ label: starter.title, detail: starter.detail, starter }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'New Rule Set',
    placeHolder: 'What does it begin with?',
    matchOnDetail: true,
  });
  if (!chosen) return;
  const { starter } = chosen;
  const target = await askWhere({
    title: 'New Rule Set',
    suggested: inFolder('my-rules.clinical.json'),
    filters: { 'Rule sets': ['json'] },
    ending: '.clinical.json',
  });
  if (!target) return;
  await writeAndOpen(target, ruleSetText(starter, idOf(target, '.clinical.json'), new Date()));
  if (starter.patient) await offerPatient(starter, target);
}

const ADD_PATIENT = 'Add and Preview';

/** Never over a file that is there. */
async function offerPatient(starter: Starter, ruleSet: vscode.Uri): Promise<void> {
  const patient = ruleSet.with({ path: ruleSet.path.replace(/\.clinical\.json$/, '.patient.json') });
  if (await isThere(patient)) return;
  const answer = await vscode.window.showInformationMessage('Add a sample patient, and see what the rule set decides?', ADD_PATIENT);
  if (answer !== ADD_PATIENT) return;
  const name = ruleSet.path.slice(ruleSet.path.lastIndexOf('/') + 1);
  const text = patientText(starter, idOf(ruleSet, '.clinical.json'), name, new Date());
  await vscode.workspace.fs.writeFile(patient, new TextEncoder().encode(text));
  await vscode.commands.executeCommand('clinical-rules.preview', ruleSet, patient);
}

/** Made for a rule set: the one named, shown, or chosen; it names every fact that can be recorded. */
export async function newSamplePatient(client: LanguageClient, named: vscode.Uri | undefined): Promise<void> {
  const ruleSet = named ?? (await chooseRuleSet('Which rule set is the sample patient for?'));
  if (!ruleSet) return;
  const beside = vscode.Uri.joinPath(ruleSet, '..', 'my-patient.patient.json');
  const target = await askWhere({
    title: 'New Sample Patient',
    suggested: beside,
    filters: { 'Sample patients': ['json'] },
    ending: '.patient.json',
  });
  if (!target) return;
  const asOf = `${new Date().toISOString().slice(0, 10)}T12:00:00Z`;
  const parameters: NewPatientParameters = { ruleSet: ruleSet.toString(), patient: target.toString(), asOf };
  const text = await client.sendRequest<string>(NEW_PATIENT, parameters);
  await writeAndOpen(target, text);
}

/** In the folder that is open. */
function inFolder(name: string): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, name);
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
