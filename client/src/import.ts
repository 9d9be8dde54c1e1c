/** Import Patients: asks for a rule set, a file and a folder, writes the sample patients there, and shows the report and the first of them. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ImportAnswer, ImportParameters } from '../../server/src/lsp/protocol.ts';
import { chooseRuleSet } from './preview/choose.ts';
import { IMPORT } from './requests.ts';
import { isThere } from './save-as.ts';

const TITLE = 'Import Patients';

/** What is named is not asked for. */
export async function importPatients(
  client: LanguageClient,
  named: { readonly ruleSet?: vscode.Uri; readonly file?: vscode.Uri; readonly folder?: vscode.Uri } = {},
): Promise<void> {
  const ruleSet = named.ruleSet ?? (await chooseRuleSet('Which rule set are the patients for?'));
  if (!ruleSet) return;
  const file = named.file ?? (await askForFile());
  const folder = file && (named.folder ?? (await askForFolder(vscode.Uri.joinPath(ruleSet, '..'))));
  if (!file || !folder) return;
  await client.start();
  const answer = await ask(client, { ruleSet: ruleSet.toString(), file: file.toString(), folder: folder.toString() });
  if (!answer) return;
  const written = await write(answer, folder);
  if (!written) return;
  const [first] = written;
  if (first) await vscode.commands.executeCommand('clinical-rules.preview', ruleSet, first);
  const report = await vscode.workspace.openTextDocument({ language: 'markdown', content: answer.report });
  await vscode.window.showTextDocument(report, { preview: false, viewColumn: vscode.ViewColumn.One });
}

/** Where nothing says for which day, the user does. */
async function ask(client: LanguageClient, parameters: ImportParameters): Promise<ImportAnswer | undefined> {
  const title = `${TITLE}: reading`;
  const send = (more: Partial<ImportParameters> = {}) =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      client.sendRequest<ImportAnswer>(IMPORT, { ...parameters, ...more }),
    );
  const answer = await send();
  if (!answer.needsDay) return answer;
  const asOf = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'The file does not say for which day the patients are described. Times since an event are counted to it.',
    placeHolder: '2026-11-22',
    validateInput: text => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? undefined : 'A date such as 2026-11-22.'),
  });
  return asOf === undefined ? undefined : send({ asOf });
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const filters = { 'FHIR bundles and tables': ['json', 'csv'] };
  return (await vscode.window.showOpenDialog({ title: `${TITLE}: FHIR bundle or CSV file`, filters, openLabel: 'Import' }))?.[0];
}

async function askForFolder(defaultUri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const only = { canSelectFiles: false, canSelectFolders: true };
  return (
    await vscode.window.showOpenDialog({ title: `${TITLE}: folder for the patients`, defaultUri, ...only, openLabel: 'Write Here' })
  )?.[0];
}

/** Nothing is written where a file is there already. */
async function write({ patients }: ImportAnswer, folder: vscode.Uri): Promise<vscode.Uri[] | undefined> {
  const files = patients.map(({ name, text }) => ({ uri: vscode.Uri.joinPath(folder, name), text }));
  for (const { uri } of files) {
    if (!(await isThere(uri))) continue;
    await vscode.window.showWarningMessage(
      `${vscode.workspace.asRelativePath(uri)} is there already. Nothing was written: choose another folder.`,
    );
    return undefined;
  }
  for (const { uri, text } of files) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return files.map(({ uri }) => uri);
}
