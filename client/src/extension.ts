/** The extension's entry: starts the language server's client and registers what the user can do. No logic here. */
import * as vscode from 'vscode';
import { createClient } from './client.ts';
import { showDocs } from './docs-pages.ts';
import { fillIn } from './fill-in.ts';
import { fixAll } from './fix-all.ts';
import { removeIdentifiers } from './identifiers.ts';
import { importPatients } from './import.ts';
import { newRuleSet, newSamplePatient } from './new-files.ts';
import { registerPlain } from './plain.ts';
import { registerPreview } from './preview/panel.ts';
import { showProofs } from './proofs.ts';
import { showReferences } from './references.ts';
import { FILL_IN, PREVIEW_WITNESS, SAVE_WITNESS, SHOW_REFERENCES } from './requests.ts';
import { registerStatus } from './status.ts';
import { openTeamSettings } from './team-settings.ts';
import { registerTesting } from './testing/view.ts';
import { registerFirstUse } from './walkthrough.ts';
import { previewWitness, saveWitness } from './witness.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Clinical Rules', { log: true });
  const client = createClient(context, output);
  const command = (name: string, run: (...args: never[]) => unknown) => vscode.commands.registerCommand(`clinical-rules.${name}`, run);
  context.subscriptions.push(
    output,
    { dispose: () => void client.dispose() },
    registerStatus(client),
    registerPreview(context, client),
    registerPlain(context, client),
    registerTesting(client),
    command('newRuleSet', () => newRuleSet()),
    command('newSamplePatient', (ruleSet?: vscode.Uri) => newSamplePatient(client, ruleSet)),
    vscode.commands.registerCommand(PREVIEW_WITNESS, previewWitness),
    vscode.commands.registerCommand(SAVE_WITNESS, saveWitness),
    vscode.commands.registerCommand(SHOW_REFERENCES, showReferences),
    vscode.commands.registerCommand(FILL_IN, fillIn),
    registerFirstUse(),
    command('teamSettings', () => openTeamSettings()),
    command('showDocs', (page?: string) => showDocs(context, page)),
    command('fixAll', (code?: string) => fixAll(client, code)),
    command('importPatients', (ruleSet?: vscode.Uri, file?: vscode.Uri, folder?: vscode.Uri) =>
      importPatients(client, { ...(ruleSet && { ruleSet }), ...(file && { file }), ...(folder && { folder }) }),
    ),
    command('removeIdentifiers', (patient?: vscode.Uri) => removeIdentifiers(client, patient)),
    command('showProofs', () => showProofs(client)),
    command('restartServer', () => client.restart()),
    command('showOutput', () => output.show()),
  );
  await client.start();
}
