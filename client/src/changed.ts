/** What the server tells of changes, for as many as want to hear of them: the client itself keeps one listener a message. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { CHANGED } from './requests.ts';

interface Changed {
  readonly uris: readonly string[];
}

const emitters = new WeakMap<LanguageClient, vscode.EventEmitter<Changed>>();

/** Hears which rule sets and patients mean something else than before. */
export function onChanged(client: LanguageClient, hear: (changed: Changed) => void): vscode.Disposable {
  return emitterFor(client).event(hear);
}

function emitterFor(client: LanguageClient): vscode.EventEmitter<Changed> {
  const known = emitters.get(client);
  if (known) return known;
  const emitter = new vscode.EventEmitter<Changed>();
  emitters.set(client, emitter);
  client.onNotification(CHANGED, (changed: Changed) => emitter.fire(changed));
  return emitter;
}
