/** Care with what seems to tell who a patient is: it is asked about before it is written anywhere, and can be taken out. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DeIdentifyParameters } from '../../server/src/lsp/protocol.ts';
import { replaceText } from './preview/save.ts';
import { DE_IDENTIFY } from './requests.ts';

/** Asked before a patient is written to another file. */
export async function mayBeKept(kinds: readonly string[]): Promise<boolean> {
  if (!kinds.length) return true;
  const message = `The sample patient holds what looks like ${kinds.join(', ')}.`;
  const detail = 'A file for others should not tell who a person is. Remove it first: the preview offers that at the top.';
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, 'Write it all the same')) !== undefined;
}

/** The dates go back by a number of days nobody is told, between a month and a year, so that what lies between them stays. */
export async function removeIdentifiers(client: LanguageClient, named: vscode.Uri | undefined): Promise<void> {
  const patient = named ?? vscode.window.activeTextEditor?.document.uri;
  if (!patient?.path.endsWith('.patient.json')) {
    await vscode.window.showInformationMessage('Open a sample patient (*.patient.json) first.');
    return;
  }
  await client.start();
  const parameters: DeIdentifyParameters = { patient: patient.toString(), days: 30 + Math.floor(Math.random() * 335) };
  const text = await client.sendRequest<string>(DE_IDENTIFY, parameters);
  await replaceText(patient, text);
  await vscode.window.showTextDocument(patient, { viewColumn: vscode.ViewColumn.One, preserveFocus: true });
}
