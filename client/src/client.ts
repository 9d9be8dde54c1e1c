/** The connection to the language server. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Only texts that have a place of their own: not the old side of a comparison, which is no file of the workspace. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web'];
export const LANGUAGES = ['clinical-rules', 'clinical-patient'];
export const SELECTOR = SCHEMES.flatMap(scheme => LANGUAGES.map(language => ({ scheme, language })));

/** An edit of a large file makes more that is short-lived than the usual room holds: with more, less of it is moved about. */
const ROOM = '--max-semi-space-size=64';

export function createClient(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): LanguageClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  return new LanguageClient(
    'clinicalRules',
    'Clinical Rules',
    {
      run: { module, transport: TransportKind.ipc, options: { execArgv: [ROOM] } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [ROOM, '--nolazy', '--inspect=6019'] } },
    },
    {
      documentSelector: SELECTOR,
      outputChannel: output,
      traceOutputChannel: output,
      // The command that shows a patient found by the analysis is ours.
      initializationOptions: { witnessPreview: true },
    },
  );
}
