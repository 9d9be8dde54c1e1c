/** Fix All of a Kind: asks which kind, unless it is named, and makes every fix of it in the workspace as one change that can be undone. */
import * as vscode from 'vscode';
import type { LanguageClient, WorkspaceEdit } from 'vscode-languageclient/node';
import type { FixAllAnswer } from '../../server/src/lsp/protocol.ts';
import { FIX_ALL } from './requests.ts';

export async function fixAll(client: LanguageClient, named: unknown): Promise<void> {
  const code = typeof named === 'string' ? named : await chooseKind(client);
  if (code === undefined) return;
  const { edit, kinds } = await client.sendRequest<FixAllAnswer>(FIX_ALL, { code });
  const count = kinds.find(kind => kind.code === code)?.count ?? 0;
  const change = await client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit);
  const isDone = count > 0 && (await vscode.workspace.applyEdit(change));
  void vscode.window.showInformationMessage(
    isDone ? `${count} ${count === 1 ? 'fix' : 'fixes'} of “${code}” made.` : `Nothing of “${code}” was changed.`,
  );
}

async function chooseKind(client: LanguageClient): Promise<string | undefined> {
  const { kinds } = await client.sendRequest<FixAllAnswer>(FIX_ALL, {});
  if (kinds.length === 0) {
    void vscode.window.showInformationMessage('There is no finding with a fix in this workspace.');
    return undefined;
  }
  const items = kinds.map(({ code, count }) => ({ label: code, description: `${count} ${count === 1 ? 'fix' : 'fixes'}` }));
  return (await vscode.window.showQuickPick(items, { title: 'Fix All of a Kind in the Workspace', placeHolder: 'Which findings?' }))?.label;
}
