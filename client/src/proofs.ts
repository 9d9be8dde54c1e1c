/** What is proved of the rule set in front, and what is not and why: a list to read. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Proofs } from '../../server/src/lsp/protocol.ts';
import { PROOFS } from './requests.ts';

const BECAUSE = ', because ';

export async function showProofs(client: LanguageClient): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (!uri?.path.endsWith('.clinical.json')) {
    void vscode.window.showInformationMessage('Open a rule set (*.clinical.json) first: it is what something can be proved of.');
    return;
  }
  const proofs = await client.sendRequest<Proofs | null>(PROOFS, { uri: uri.toString() });
  await vscode.window.showQuickPick(listed(proofs), { title: 'What Is Proved', placeHolder: 'For every patient in scope' });
}

function listed(proofs: Proofs | null): vscode.QuickPickItem[] {
  const heading = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  if (!proofs) {
    const detail = 'It, or a file it uses, has errors; it is a library, which decides nothing by itself; or analysis is switched off.';
    return [heading('Not proved'), { label: '$(question) Nothing about this rule set as a whole', detail }];
  }
  const { proved, notProved } = proofs;
  return [
    ...(proved.length > 0 ? [heading('Proved')] : []),
    ...proved.map(text => ({ label: `$(pass) ${text}` })),
    ...(notProved.length > 0 ? [heading('Not proved')] : []),
    ...notProved.map(notProvedItem),
  ];
}

/** The reason stands below: a line of the list is short. */
function notProvedItem(text: string): vscode.QuickPickItem {
  const at = text.indexOf(BECAUSE);
  return at < 0 ? { label: `$(question) ${text}` } : { label: `$(question) ${text.slice(0, at)}`, detail: text.slice(at + 2) };
}
