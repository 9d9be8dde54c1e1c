/** First use: the walkthrough, and a view that helps on where a folder meant for rule sets has none. */
import * as vscode from 'vscode';

const WALKTHROUGH = 'clinical-rules.clinical-rules#getStarted';
const NONE = 'clinical-rules.hasNoRuleSet';

export function registerFirstUse(): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.clinical.json', false, true, false);
  const look = () => void lookForRuleSets();
  look();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(look),
    watcher.onDidDelete(look),
    vscode.workspace.onDidChangeWorkspaceFolders(look),
    // The view has nothing but its welcome.
    vscode.window.registerTreeDataProvider('clinical-rules.welcome', {
      getChildren: () => [],
      getTreeItem: (item: vscode.TreeItem) => item,
    }),
    vscode.commands.registerCommand('clinical-rules.getStarted', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    ),
  );
}

async function lookForRuleSets(): Promise<void> {
  const [found] = await vscode.workspace.findFiles('**/*.clinical.json', '**/node_modules/**', 1);
  const isOpen = (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  await vscode.commands.executeCommand('setContext', NONE, isOpen && !found);
}
