/** The Testing view: what sample patients expect, run one by one or all together. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { LANGUAGES } from '../client.ts';
import { registerMadeCases } from './made.ts';
import { registerMutants } from './mutants.ts';
import { registerRuns } from './run.ts';
import { tellOfTables } from './tables.ts';
import { type CaseTree, createTree } from './tree.ts';

/** Nothing is read for it before the view is shown or a file of ours is open: the marks beside its lines come with the tree. */
export function registerTesting(client: LanguageClient): vscode.Disposable {
  const controller = vscode.tests.createTestController('clinical-rules', 'Clinical Rules');
  const tree = createTree(client, controller);
  const loadFor = ({ languageId }: vscode.TextDocument) => LANGUAGES.includes(languageId) && void tree.load();
  controller.resolveHandler = () => tree.load();
  for (const document of vscode.workspace.textDocuments) loadFor(document);
  return vscode.Disposable.from(
    tree,
    controller,
    registerRuns(client, tree),
    registerMutants(client),
    registerMadeCases(client),
    tellOfTables(client),
    vscode.workspace.onDidOpenTextDocument(loadFor),
    vscode.commands.registerCommand('clinical-rules.previewCase', (from?: vscode.TestItem | Message) => previewCase(tree, from)),
  );
}

/** What a command in the menus of a message is given. */
interface Message {
  readonly test: vscode.TestItem | undefined;
}

async function previewCase(tree: CaseTree, from: vscode.TestItem | Message | undefined): Promise<void> {
  const item = from && ('test' in from ? from.test : from);
  const one = item && tree.caseOf(item);
  if (!one?.ruleSet.uri) return;
  const patient = vscode.Uri.parse(one.patient.uri);
  // A row of a table is no file: it is named by its number.
  const shown = one.row === null ? patient : patient.with({ fragment: `row-${one.row}` });
  await vscode.commands.executeCommand('clinical-rules.preview', vscode.Uri.parse(one.ruleSet.uri), shown);
}
