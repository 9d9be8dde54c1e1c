/** The documentation, as installed: each page, and each diagnostic, in the editor's own Markdown preview. Nothing is fetched. */
import * as vscode from 'vscode';

const PAGES: Readonly<Record<string, string>> = {
  'first-rule-set': 'Write your first rule set',
  language: 'The rule language',
  diagnostics: 'Diagnostics',
  commands: 'In the editor',
  settings: 'Settings',
  cli: 'The command line',
  automation: 'In a pipeline',
  import: 'Patients from FHIR and CSV',
  features: 'Features, beside those of other language servers',
};

/** `named` is a page, a page with a heading (`language#decisions`) or the code of a diagnostic; undefined: asks which page. */
export async function showDocs(context: vscode.ExtensionContext, named: unknown): Promise<void> {
  const wanted = typeof named === 'string' ? named : await choosePage();
  if (wanted === undefined) return;
  const [first = '', heading] = wanted.split('#');
  const isPage = Object.hasOwn(PAGES, first);
  const page = vscode.Uri.joinPath(context.extensionUri, 'docs', `${isPage ? first : 'diagnostics'}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment: isPage ? (heading ?? '') : first }));
}

async function choosePage(): Promise<string | undefined> {
  const items = Object.entries(PAGES).map(([page, label]) => ({ label, page }));
  return (await vscode.window.showQuickPick(items, { title: 'Clinical Rules: Documentation', placeHolder: 'Which page?' }))?.page;
}
