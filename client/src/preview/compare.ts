/** Fetches the grid of patients, against the rule set as saved, at the last commit, or another file. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CompareAnswer, CompareParameters } from '../../../server/src/lsp/protocol.ts';
import { COMPARE } from '../requests.ts';
import { chooseRuleSet } from './choose.ts';
import type { Against, Comparison } from './messages.ts';

/** `shown` is what the preview shows, `files` are the URIs of its rule set's files. Undefined where the reader chose no other file. */
export async function compare(
  client: LanguageClient,
  shown: Pick<CompareParameters, 'ruleSet' | 'patient' | 'changes'>,
  against: Against,
  files: readonly string[],
): Promise<Comparison | undefined> {
  const version = await versionOf(against, files);
  if (version === undefined) return undefined;
  if (typeof version === 'string') return { against, label: '', answer: { kind: 'broken', message: version } };
  const parameters: CompareParameters = { ...shown, ...(version.against && { against: version.against }) };
  const answer = await client.sendRequest<CompareAnswer>(COMPARE, parameters);
  return { against: version.chosen ?? against, label: version.label, answer };
}

interface Version {
  readonly against: CompareParameters['against'];
  /** `HEAD`, `the saved file`. */
  readonly label: string;
  readonly chosen?: Against;
}

/** A text says why it cannot be had. */
async function versionOf(against: Against, files: readonly string[]): Promise<Version | string | undefined> {
  if (against === 'nothing') return { against: undefined, label: '' };
  if (against === 'saved') return { against: { kind: 'saved' }, label: 'the files as saved' };
  if (against === 'head') return headVersion(files);
  const uri = against === 'file' ? await chooseRuleSet('Compare with which rule set?') : vscode.Uri.parse(against.file);
  if (!uri) return undefined;
  const label = decodeURIComponent(uri.path.slice(uri.path.lastIndexOf('/') + 1));
  return { against: { kind: 'file', uri: uri.toString() }, label, chosen: { file: uri.toString() } };
}

interface Git {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): { show(ref: string, path: string): Promise<string> } | null };
}

/** What the editor's own Git knows. A file that was not there at HEAD keeps the text it has on disk. */
async function headVersion(files: readonly string[]): Promise<Version | string> {
  const git = vscode.extensions.getExtension<Git>('vscode.git');
  if (!git) return 'This editor has no Git.';
  const exported = await git.activate();
  if (!exported.enabled) return 'Git is switched off in this editor.';
  const api = exported.getAPI(1);
  const texts = [];
  for (const file of files) {
    const uri = vscode.Uri.parse(file);
    const repository = api.getRepository(uri);
    if (!repository) continue;
    try {
      texts.push({ uri: file, text: await repository.show('HEAD', uri.fsPath) });
    } catch {
      // New since.
    }
  }
  if (!texts.length) return 'No file of this rule set is known to Git at HEAD.';
  return { against: { kind: 'texts', texts }, label: 'HEAD' };
}
