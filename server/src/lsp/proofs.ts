/** What is proved of a rule set, as the client shows it. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver/node';
import { proofLenses } from '../features/proof-lens.ts';
import type { Proofs } from './protocol.ts';
import { fileOf, type Session } from './session.ts';

export function answerProofs(session: Session, { uri }: { readonly uri: string }): Proofs | null {
  const found = analysedAt(session, uri);
  return found ? { proved: found.analysed.proved, notProved: found.analysed.notProved } : null;
}

/** Lines to read, with nothing to press. */
export function codeLenses(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const found = analysedAt(session, textDocument.uri);
  const snapshot = session.workspace.snapshot(fileOf(session, textDocument.uri));
  if (!found || typeof snapshot === 'string') return [];
  return proofLenses(found.ruleSet, found.analysed.answered).map(({ span, text }) => ({
    range: snapshot.lines().range(span),
    command: { title: text, command: '' },
  }));
}

function analysedAt(session: Session, uri: string) {
  const ruleSet = session.workspace.linked(fileOf(session, uri))?.ruleSet;
  const analysed = ruleSet && session.analyses.of(ruleSet);
  return ruleSet && analysed ? { ruleSet, analysed } : undefined;
}
