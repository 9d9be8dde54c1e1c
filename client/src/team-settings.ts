/** Open Team Settings: the `clinical-rules.json` that holds for the file shown, or a new one where there is none. */
import * as vscode from 'vscode';

const NAME = 'clinical-rules.json';
const NEW = `${JSON.stringify({ severity: {}, exclude: [] }, null, 2)}\n`;

export async function openTeamSettings(): Promise<void> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const folder = (shown && vscode.workspace.getWorkspaceFolder(shown)) ?? vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    void vscode.window.showInformationMessage('Open the folder of your rule sets first: the settings of a team are a file in it.');
    return;
  }
  const all = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, `**/${NAME}`), '**/node_modules/**');
  const target = nearest(all, shown) ?? vscode.Uri.joinPath(folder.uri, NAME);
  if (!all.includes(target)) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(NEW));
  await vscode.window.showTextDocument(target);
}

/** The deepest of those in a folder around the file shown. */
function nearest(all: readonly vscode.Uri[], shown: vscode.Uri | undefined): vscode.Uri | undefined {
  const around = all.filter(({ path }) => !shown || shown.path.startsWith(path.slice(0, -NAME.length)));
  return [...around].sort((a, b) => b.path.length - a.path.length)[0];
}
