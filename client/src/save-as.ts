/** Asks where a new file goes. Its kind is told by its ending, so it has the right one whatever was typed. */
import * as vscode from 'vscode';

export interface NewFile {
  readonly title: string;
  readonly filters: Record<string, string[]>;
  /** `.patient.json`. */
  readonly ending: string;
  /** Where the dialog starts. */
  readonly suggested: vscode.Uri | undefined;
}

/** Undefined where the user goes no further. */
export async function askWhere({ title, filters, ending, suggested }: NewFile): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showSaveDialog({ title, filters, ...(suggested ? { defaultUri: suggested } : {}) });
  if (!chosen) return undefined;
  const target = withEnding(chosen, ending);
  return target.path === chosen.path || (await mayReplace(target)) ? target : undefined;
}

/** `a.json` or `a` would be no rule set and no sample patient. */
function withEnding(uri: vscode.Uri, ending: string): vscode.Uri {
  if (uri.path.endsWith(ending)) return uri;
  return uri.with({ path: `${uri.path.replace(/(\.clinical|\.patient)?\.json$/, '')}${ending}` });
}

const REPLACE = 'Replace';

/** The dialog has asked about the name that was typed, not about this one. */
async function mayReplace(target: vscode.Uri): Promise<boolean> {
  if (!(await isThere(target))) return true;
  const question = `${vscode.workspace.asRelativePath(target)} is there already. Replace it?`;
  return (await vscode.window.showWarningMessage(question, { modal: true }, REPLACE)) === REPLACE;
}

/** Whether something has this name already. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
