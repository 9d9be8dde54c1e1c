/** Asks for the rule set and the sample patient of a preview. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PatientChoice } from '../../../server/src/lsp/protocol.ts';
import { PATIENTS, RULE_SETS } from '../requests.ts';

interface Pick extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** What a preview shows. */
export interface Subject {
  readonly ruleSet: vscode.Uri;
  readonly patient: vscode.Uri;
}

const NEW_PATIENT = '$(person-add) New sample patient…';

/**
 * The rule set and patient for a preview started on a file of either kind; undefined where the user goes no further. The patient
 * last used with a rule set, or the one that previews start with, is taken without asking: the preview itself offers another.
 */
export async function chooseSubject(
  client: LanguageClient,
  file: vscode.Uri | undefined,
  last: (ruleSet: vscode.Uri) => string | undefined,
): Promise<Subject | undefined> {
  if (file && isPatient(file)) {
    const ruleSet = await chooseRuleSetOf(client, file);
    return ruleSet && { ruleSet, patient: file };
  }
  const ruleSet = file ?? (await chooseRuleSet('Which rule set?'));
  if (!ruleSet) return undefined;
  const choices = await patientsOf(client, ruleSet);
  const remembered = choices.find(choice => choice.uri === last(ruleSet)) ?? choices.find(choice => choice.preferred);
  const patient = remembered ? vscode.Uri.parse(remembered.uri) : await pickPatient(ruleSet, choices, undefined);
  return patient && { ruleSet, patient };
}

export function isPatient(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.patient.json') || languageOf(uri) === 'clinical-patient';
}

export function isRuleSet(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.clinical.json') || languageOf(uri) === 'clinical-rules';
}

function languageOf(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString())?.languageId;
}

export async function choosePatient(
  client: LanguageClient,
  ruleSet: vscode.Uri,
  last: string | undefined,
): Promise<vscode.Uri | undefined> {
  return pickPatient(ruleSet, await patientsOf(client, ruleSet), last);
}

function patientsOf(client: LanguageClient, ruleSet: vscode.Uri): Promise<PatientChoice[]> {
  return client.sendRequest<PatientChoice[]>(PATIENTS, { ruleSet: ruleSet.toString() });
}

/** Those that fit first; the one used last at the top. */
async function pickPatient(
  ruleSet: vscode.Uri,
  choices: readonly PatientChoice[],
  last: string | undefined,
): Promise<vscode.Uri | undefined> {
  const rest = choices.filter(choice => choice.uri !== last);
  const items = [
    ...picks(
      'shown now',
      choices.filter(choice => choice.uri === last),
    ),
    ...picks(
      'made for this rule set',
      rest.filter(choice => choice.fits),
    ),
    ...picks(
      'other sample patients',
      rest.filter(choice => !choice.fits),
    ),
    ...separated('new', [{ label: NEW_PATIENT, uri: ruleSet }]),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Preview on Sample Patient',
    placeHolder: 'Which sample patient is run through the rule set?',
    matchOnDescription: true,
  });
  if (chosen?.label !== NEW_PATIENT) return chosen?.uri;
  await vscode.commands.executeCommand('clinical-rules.newSamplePatient', ruleSet);
  return undefined;
}

/** The only one it names is taken without asking. */
async function chooseRuleSetOf(client: LanguageClient, patient: vscode.Uri): Promise<vscode.Uri | undefined> {
  const choices = await client.sendRequest<PatientChoice[]>(RULE_SETS, { patient: patient.toString() });
  const named = choices.filter(choice => choice.fits);
  if (named.length === 1) return vscode.Uri.parse(named[0]!.uri);
  const items = [
    ...picks('it is meant for', named),
    ...picks(
      'other rule sets',
      choices.filter(choice => !choice.fits),
    ),
  ];
  if (!items.length)
    void vscode.window.showInformationMessage('There is no rule set in this workspace. Make one with “Clinical Rules: New Rule Set”.');
  return items.length
    ? (
        await vscode.window.showQuickPick(items, {
          title: 'Preview on Sample Patient',
          placeHolder: 'Which rule set is the patient run through?',
        })
      )?.uri
    : undefined;
}

/** The rule set shown in the editor, else one of the workspace's. */
export async function chooseRuleSet(placeHolder: string): Promise<vscode.Uri | undefined> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  if (shown && isRuleSet(shown)) return shown;
  const files = await vscode.workspace.findFiles('**/*.clinical.json', '**/node_modules/**');
  if (!files.length) {
    void vscode.window.showInformationMessage('There is no rule set in this workspace. Make one with “Clinical Rules: New Rule Set”.');
    return undefined;
  }
  const items = files.sort((a, b) => a.path.localeCompare(b.path)).map(uri => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

function picks(title: string, choices: readonly PatientChoice[]): Pick[] {
  const items = choices.map(({ uri, title: label, description }) => ({ label, description, uri: vscode.Uri.parse(uri) }));
  return items.length ? separated(title, items) : [];
}

function separated(label: string, items: readonly Pick[]): Pick[] {
  return [{ label, kind: vscode.QuickPickItemKind.Separator, uri: items[0]!.uri }, ...items];
}
