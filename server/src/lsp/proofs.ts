/** What is proved of a rule set, as the client shows it. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver/node';
import { proofLenses } from '../features/proof-lens.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { BROKEN_OFF, notYetAnswered } from '../proofs.ts';
import { hasErrors } from './findings.ts';
import type { Proofs } from './protocol.ts';
import { fileOf, type Session } from './session.ts';

/** Answered once it is known: null where the rule set is not analysed at all, or changed meanwhile. */
export async function answerProofs(session: Session, { uri }: { readonly uri: string }): Promise<Proofs | null> {
  const ruleSet = session.workspace.linked(fileOf(session, uri))?.ruleSet;
  if (!ruleSet || !session.analyses.isWanted(ruleSet) || !isSound(session, ruleSet)) return null;
  await session.analyses.bring(ruleSet, () => isSound(session, ruleSet));
  // It was asked about before anybody looked whether it has errors now.
  for (const file of session.workspace.wholeOf(ruleSet.root.file)) await session.findings.of(file, () => true);
  if (!isSound(session, ruleSet) || session.workspace.linked(ruleSet.root.file)?.ruleSet !== ruleSet) return null;
  const analysed = session.analyses.of(ruleSet);
  if (analysed) return { proved: analysed.proved, notProved: analysed.notProved };
  return session.analyses.isBrokenOff(ruleSet) ? { proved: [], notProved: [BROKEN_OFF] } : null;
}

/** Lines to read, with nothing to press. While nothing is known of the rule set as it is now, they say so: nothing is proved then. */
export function codeLenses(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const file = fileOf(session, textDocument.uri);
  const ruleSet = session.workspace.linked(file)?.ruleSet;
  const snapshot = session.workspace.snapshot(file);
  if (!ruleSet || typeof snapshot === 'string' || !session.analyses.isWanted(ruleSet)) return [];
  // It may have been asked about before anybody has looked whether it has errors now.
  const isKnown = session.workspace.wholeOf(file).every(one => session.findings.isSound(one));
  const analysed = isKnown ? session.analyses.of(ruleSet) : undefined;
  const answered = analysed?.answered ?? notYetAnswered(ruleSet, stateOf(session, ruleSet));
  return proofLenses(ruleSet, answered).map(({ span, text }) => ({
    range: snapshot.lines().range(span),
    command: { title: text, command: '' },
  }));
}

function stateOf(session: Session, ruleSet: RuleSet): Parameters<typeof notYetAnswered>[1] {
  if (!isSound(session, ruleSet)) return 'errors';
  return session.analyses.isBrokenOff(ruleSet) ? 'broken-off' : 'checking';
}

/** What has errors is not analysed. What was found last is enough: whoever is told so asks again. */
function isSound({ workspace, findings }: Session, ruleSet: RuleSet): boolean {
  return workspace.wholeOf(ruleSet.root.file).every(file => !hasErrors(findings.last(file)?.all ?? []));
}
