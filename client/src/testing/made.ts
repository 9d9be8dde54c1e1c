/** Add Missing Cases: the sample patients a rule set still lacks, made with progress, written where the user says, and shown to be confirmed. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { MadeCasesAnswer, MadeCasesDone, MadeCasesParameters } from '../../../server/src/lsp/protocol.ts';
import { chooseRuleSet, isRuleSet } from '../preview/choose.ts';
import { MADE_CASES, MADE_CASES_DONE } from '../requests.ts';
import { isThere } from '../save-as.ts';

let last = 0;

export function registerMadeCases(client: LanguageClient): vscode.Disposable {
  const underWay = new Map<number, (told: MadeCasesDone) => void>();
  return vscode.Disposable.from(
    client.onNotification(MADE_CASES_DONE, (told: MadeCasesDone) => underWay.get(told.run)?.(told)),
    vscode.commands.registerCommand('clinical-rules.addMissingCases', async (named?: vscode.Uri, target?: vscode.Uri) => {
      const ruleSet = await ruleSetFor(named);
      if (ruleSet) await addMissing(client, underWay, ruleSet, target);
    }),
  );
}

async function ruleSetFor(named: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const open = named instanceof vscode.Uri ? named : vscode.window.activeTextEditor?.document.uri;
  return open && isRuleSet(open) ? open : chooseRuleSet('Whose missing cases are to be made?');
}

type UnderWay = Map<number, (told: MadeCasesDone) => void>;

async function addMissing(client: LanguageClient, underWay: UnderWay, ruleSet: vscode.Uri, named: vscode.Uri | undefined): Promise<void> {
  await client.start();
  const first = await ask(client, underWay, { ruleSet: ruleSet.toString(), ...(named && { target: named.toString() }) });
  if (!first || !(await isMade(first))) return;
  const target = named ?? (await askWhere(vscode.Uri.parse(first.uri)));
  if (!target) return;
  if (await isThere(target)) {
    await vscode.window.showErrorMessage('There is a file of this name already, and it is not overwritten. Choose another name.');
    return;
  }
  const made =
    target.toString() === first.uri ? first : await ask(client, underWay, { ruleSet: ruleSet.toString(), target: target.toString() });
  if (!made?.text) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(made.text));
  await vscode.window.showTextDocument(target);
  void vscode.window.showInformationMessage(summary(made));
}

async function ask(client: LanguageClient, underWay: UnderWay, about: Omit<MadeCasesParameters, 'run'>): Promise<MadeCasesAnswer | null> {
  const run = ++last;
  const options = { location: vscode.ProgressLocation.Notification, title: 'Making the cases that are missing', cancellable: true };
  try {
    return await vscode.window.withProgress(options, (progress, token) => {
      underWay.set(run, ({ doing, done, of }) => progress.report({ message: `${doing}, ${done} of ${of}` }));
      return client.sendRequest<MadeCasesAnswer | null>(MADE_CASES, { run, ...about }, token);
    });
  } finally {
    underWay.delete(run);
  }
}

/** Says why where there is nothing to write. */
async function isMade({ title, why, count, before, notFound }: MadeCasesAnswer): Promise<boolean> {
  if (why === 'errors')
    await vscode.window.showErrorMessage(`${title} has errors, and cases would show what it does not say. Mend them first: see Problems.`);
  else if (why)
    await vscode.window.showErrorMessage(`${title}: no patient is known to be in its scope (“appliesTo”), so there is nothing to make.`);
  else if (count === 0)
    await vscode.window.showInformationMessage(
      `${title}: its ${before} cases lack nothing that a patient was found for.${openText(notFound)}`,
    );
  return count > 0;
}

function summary({ title, count, notFound }: MadeCasesAnswer): string {
  return `${title}: ${count} ${count === 1 ? 'case was' : 'cases were'} made. They expect what it answers now: confirm or correct each.${openText(notFound)}`;
}

function openText(notFound: readonly string[]): string {
  if (notFound.length === 0) return '';
  return ` For ${notFound.length} more neither a patient nor a proof that there is none was found: ${notFound.slice(0, 3).join('; ')}${notFound.length > 3 ? ' …' : ''}.`;
}

async function askWhere(suggested: vscode.Uri): Promise<vscode.Uri | undefined> {
  const filters = { 'Sample patients': ['json'] };
  const chosen = await vscode.window.showSaveDialog({ title: 'Add Missing Cases', filters, defaultUri: suggested });
  if (!chosen || chosen.path.endsWith('.patient.json')) return chosen;
  return chosen.with({ path: `${chosen.path.replace(/(\.patient)?\.json$/, '')}.patient.json` });
}
