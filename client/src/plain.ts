/** Rule sets in plain words, beside their texts: one panel a rule set, following every edit. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { PlainPage } from '../../server/src/lsp/protocol.ts';
import { onChanged } from './changed.ts';
import { pageFrame } from './page-frame.ts';
import type { FromPlainPage, KeptPlain } from './plain-messages.ts';
import { openLink } from './preview/panel.ts';
import { PLAIN } from './requests.ts';

const VIEW = 'clinical-rules.plain';

interface Plain {
  readonly context: vscode.ExtensionContext;
  readonly client: LanguageClient;
  /** By the rule set's URI. */
  readonly open: Map<string, vscode.WebviewPanel>;
  /** By the rule set's URI, the request under way: an answer that comes after a newer question is dropped. */
  readonly asked: Map<string, symbol>;
}

export function registerPlain(context: vscode.ExtensionContext, client: LanguageClient): vscode.Disposable {
  const plain: Plain = { context, client, open: new Map(), asked: new Map() };
  const refreshAll = () => {
    for (const [uri, panel] of plain.open) void refresh(plain, uri, panel);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(VIEW, (file?: vscode.Uri) => show(plain, file)),
    vscode.window.registerWebviewPanelSerializer(VIEW, {
      deserializeWebviewPanel: async (panel, kept) => {
        const { ruleSet } = (kept ?? {}) as Partial<KeptPlain>;
        if (typeof ruleSet === 'string') attach(plain, panel, ruleSet);
        else panel.dispose();
      },
    }),
    onChanged(client, refreshAll),
    client.onDidChangeState(({ newState }) => newState === State.Running && refreshAll()),
  );
}

async function show(plain: Plain, file: vscode.Uri | undefined): Promise<void> {
  const uri = file instanceof vscode.Uri ? file : vscode.window.activeTextEditor?.document.uri;
  if (!uri?.path.endsWith('.clinical.json')) {
    void vscode.window.showInformationMessage('Open a rule set (*.clinical.json) first: it is what can be shown in plain language.');
    return;
  }
  const open = plain.open.get(uri.toString());
  if (open) return open.reveal(undefined, true);
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  attach(plain, vscode.window.createWebviewPanel(VIEW, 'Plain Language', column, { enableFindWidget: true }), uri.toString());
}

function attach(plain: Plain, panel: vscode.WebviewPanel, uri: string): void {
  const root = vscode.Uri.joinPath(plain.context.extensionUri, 'dist', 'plain');
  plain.open.get(uri)?.dispose();
  plain.open.set(uri, panel);
  panel.iconPath = vscode.Uri.joinPath(plain.context.extensionUri, 'client', 'images', 'icon.png');
  panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
  panel.webview.onDidReceiveMessage((message: FromPlainPage) => {
    if (message.kind === 'open') return openLink(panel, message.link);
    return plain.client.start().then(() => refresh(plain, uri, panel));
  });
  panel.onDidDispose(() => {
    if (plain.open.get(uri) === panel) plain.open.delete(uri);
  });
  panel.webview.html = pageFrame(panel.webview, root, { title: 'Rule set in plain language', name: 'plain-page', main: 'plain' });
}

async function refresh(plain: Plain, uri: string, panel: vscode.WebviewPanel): Promise<void> {
  const mine = Symbol(uri);
  plain.asked.set(uri, mine);
  try {
    const page = await plain.client.sendRequest<PlainPage | null>(PLAIN, { uri });
    if (plain.asked.get(uri) !== mine || plain.open.get(uri) !== panel) return;
    if (page) panel.title = `Plain: ${page.title}`;
    void panel.webview.postMessage(page ? { kind: 'page', ruleSet: uri, page } : { kind: 'gone' });
  } catch {
    // The server is stopping or has failed, which its own messages tell: what is shown stays.
  }
}
