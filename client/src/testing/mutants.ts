/** Find Mutants No Case Notices: looks for them with progress, and shows each where the rule set could be changed unnoticed. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { MutantsAnswer, MutantsDone, SurvivedMutant } from '../../../server/src/lsp/protocol.ts';
import { chooseRuleSet } from '../preview/choose.ts';
import { MUTANTS, MUTANTS_DONE, PREVIEW_WITNESS } from '../requests.ts';

interface Found {
  readonly ruleSet: string;
  readonly answer: MutantsAnswer;
}

let last = 0;

export function registerMutants(client: LanguageClient): vscode.Disposable {
  const shown = vscode.languages.createDiagnosticCollection('clinical-rules-mutants');
  const found = new Map<string, Found>();
  const underWay = new Map<number, (told: MutantsDone) => void>();
  const showAll = () => showFound(shown, [...found.values()]);
  const clear = (uri: vscode.Uri) => {
    const stale = [...found.values()].filter(({ answer }) =>
      answer.files.some(file => vscode.Uri.parse(file).toString() === uri.toString()),
    );
    for (const { ruleSet } of stale) found.delete(ruleSet);
    if (stale.length > 0) showAll();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.clinical.json', true);
  return vscode.Disposable.from(
    shown,
    watcher,
    watcher.onDidDelete(clear),
    // What is found holds for the text it was found in.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && clear(document.uri)),
    client.onNotification(MUTANTS_DONE, (told: MutantsDone) => underWay.get(told.run)?.(told)),
    vscode.commands.registerCommand('clinical-rules.findMutants', async (named?: vscode.Uri) => {
      const ruleSet = await ruleSetFor(named);
      if (!ruleSet) return;
      const answer = await lookFor(client, ruleSet, underWay);
      if (!answer) return;
      found.set(ruleSet.toString(), { ruleSet: ruleSet.toString(), answer });
      showAll();
      await tellSum(answer);
    }),
    vscode.commands.registerCommand(ADD_CASE, addCase),
    vscode.languages.registerCodeActionsProvider(
      { language: 'clinical-rules' },
      { provideCodeActions: (document, _, context) => actionsFor([...found.values()], document, context) },
    ),
  );
}

async function ruleSetFor(named: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const open = named instanceof vscode.Uri ? named : vscode.window.activeTextEditor?.document.uri;
  return open?.path.endsWith('.clinical.json') ? open : chooseRuleSet('Whose sample patients are to be tried?');
}

async function lookFor(
  client: LanguageClient,
  ruleSet: vscode.Uri,
  underWay: Map<number, (told: MutantsDone) => void>,
): Promise<MutantsAnswer | null> {
  await client.start();
  const run = ++last;
  const options = { location: vscode.ProgressLocation.Notification, title: 'Looking for mutants that no case notices', cancellable: true };
  try {
    return await vscode.window.withProgress(options, (progress, token) => {
      let before = 0;
      underWay.set(run, ({ done, of }) => {
        progress.report({ message: `${done} of ${of}`, increment: (100 * (done - before)) / of });
        before = done;
      });
      return client.sendRequest<MutantsAnswer | null>(MUTANTS, { run, ruleSet: ruleSet.toString() }, token);
    });
  } finally {
    underWay.delete(run);
  }
}

/** A file of several rule sets shows what was found of each. */
function showFound(shown: vscode.DiagnosticCollection, found: readonly Found[]): void {
  const files = new Map<string, vscode.Diagnostic[]>();
  for (const mutant of found.flatMap(({ answer }) => answer.survived))
    files.set(mutant.uri, [...(files.get(mutant.uri) ?? []), diagnosticOf(mutant)]);
  shown.clear();
  for (const [uri, diagnostics] of files) shown.set(vscode.Uri.parse(uri), diagnostics);
}

function diagnosticOf({ range: { start, end }, message }: SurvivedMutant): vscode.Diagnostic {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'clinical-rules';
  diagnostic.code = 'mutant';
  return diagnostic;
}

async function tellSum({ title, cases, failing, noticed, equivalent, survived, stopped }: MutantsAnswer): Promise<void> {
  const counted = `${noticed} of ${noticed + survived.length} mutants noticed by ${cases} ${cases === 1 ? 'case' : 'cases'}`;
  const equal = equivalent > 0 ? `; ${equivalent} more change nothing that a case could expect, as is proved` : '';
  const words = `${title}: ${counted}${equal}.${stopped ? ' Not all were tried.' : ''}`;
  if (failing.length === 0 && survived.length === 0 && !stopped && cases > 0) {
    await vscode.window.showInformationMessage(words);
    return;
  }
  const broken =
    failing.length > 0
      ? ` ${failing.length === 1 ? 'One case fails' : `${failing.length} cases fail`} without any change and can notice nothing: ${failing.slice(0, 3).join(', ')}${failing.length > 3 ? ' …' : ''}.`
      : '';
  const show = 'Show Problems';
  if ((await vscode.window.showWarningMessage(words + broken, ...(survived.length > 0 ? [show] : []))) === show)
    await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** The patient who would notice is shown before it is a file, or made one at once. */
function actionsFor(found: readonly Found[], document: vscode.TextDocument, context: vscode.CodeActionContext): vscode.CodeAction[] {
  const here = context.diagnostics.filter(({ code }) => code === 'mutant');
  return found.flatMap(({ ruleSet, answer }) =>
    answer.survived.flatMap(({ uri, message, witness }) => {
      const diagnostic = here.find(each => each.message === message);
      if (!diagnostic || !witness || vscode.Uri.parse(uri).toString() !== document.uri.toString()) return [];
      const made = (title: string, command: string, ...args: readonly string[]) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.command = { title, command, arguments: [...args] };
        return action;
      };
      return [
        made('Add this patient as a case', ADD_CASE, witness.uri, witness.text),
        made('Preview a patient who would notice', PREVIEW_WITNESS, ruleSet, witness.uri, witness.text),
      ];
    }),
  );
}

const ADD_CASE = 'clinical-rules.addWitnessCase';

/** Beside the rule set, under a name that is free; opened, for what is expected is to be confirmed. */
async function addCase(proposed: string, text: string): Promise<void> {
  const name = proposed.slice(proposed.lastIndexOf('/') + 1).replace(/\.patient\.json$/, '');
  for (let count = 1; ; count++) {
    const own = count === 1 ? name : `${name}-${count}`;
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(proposed), '..', `${own}.patient.json`);
    if (await isThere(uri)) continue;
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(text.replace(`"id": "${name}"`, `"id": "${own}"`)) });
    await vscode.workspace.applyEdit(edit);
    await vscode.window.showTextDocument(uri);
    return;
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
