/** The status item: whether the server runs, and what is wrong with the file shown. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { Proofs } from '../../server/src/lsp/protocol.ts';
import { SELECTOR } from './client.ts';
import { PROOFS } from './requests.ts';

export function registerStatus(client: LanguageClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('clinical-rules.server', SELECTOR);
  item.name = 'Clinical Rules';
  const show = () => showStatus(item, client, client.state);
  show();
  return vscode.Disposable.from(
    item,
    client.onDidChangeState(show),
    vscode.languages.onDidChangeDiagnostics(show),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) show();
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
}

function showStatus(item: vscode.LanguageStatusItem, client: LanguageClient, state: State): void {
  item.busy = state === State.Starting;
  item.severity = state === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  if (state === State.Running) {
    const uri = vscode.window.activeTextEditor?.document.uri;
    item.text = findings(uri);
    item.detail = 'Clinical Rules';
    if (uri) void showProofs(item, client, uri);
    item.command = uri?.path.endsWith('.clinical.json')
      ? { title: 'Show What Is Proved', command: 'clinical-rules.showProofs' }
      : { title: 'Show Output', command: 'clinical-rules.showOutput' };
    return;
  }
  item.text = state === State.Starting ? 'Clinical Rules is starting' : 'Clinical Rules has stopped';
  item.detail = state === State.Starting ? '' : 'Nothing is checked until the server runs again';
  item.command = { title: 'Restart Server', command: 'clinical-rules.restartServer' };
}

let asked = 0;

/** What is proved of the rule set shown. What was proved of the text before counts no more: until it is known anew, it is being checked. */
async function showProofs(item: vscode.LanguageStatusItem, client: LanguageClient, uri: vscode.Uri): Promise<void> {
  const mine = ++asked;
  item.detail = 'Checking …';
  // Typing asks once, when it pauses.
  await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  if (mine !== asked) return;
  const proofs = await client.sendRequest<Proofs | null>(PROOFS, { uri: uri.toString() });
  if (mine === asked) item.detail = proofs ? `${proofs.proved.length} proved, ${proofs.notProved.length} not proved` : 'Clinical Rules';
}

const PAUSE_MS = 200;

function findings(uri: vscode.Uri | undefined): string {
  const all = uri ? vscode.languages.getDiagnostics(uri) : [];
  const count = (severity: vscode.DiagnosticSeverity, word: string) => {
    const number = all.filter(diagnostic => diagnostic.severity === severity).length;
    return number ? [`${number} ${word}${number === 1 ? '' : 's'}`] : [];
  };
  const found = [...count(vscode.DiagnosticSeverity.Error, 'error'), ...count(vscode.DiagnosticSeverity.Warning, 'warning')];
  return found.length ? found.join(', ') : 'No errors';
}
