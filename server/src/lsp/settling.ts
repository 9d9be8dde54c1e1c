/** Quick fixes for what was found out about a whole: settle it, or see and keep the patient who shows it. */
import type { CodeAction, Diagnostic as LspDiagnostic, Position, WorkspaceEdit } from 'vscode-languageserver/node';
import { digestOf } from '../digest.ts';
import { overrideSettlements, type Settlement, waiverSettlement } from '../features/settle.ts';
import { gapSettlement } from '../features/settle-gap.ts';
import { witnessName, witnessPatientText } from '../features/witness-patient.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import { replayWith } from '../replay.ts';
import type { Edit } from '../text/span.ts';
import type { ToldFinding } from '../told.ts';
import { nameOf } from './choices.ts';
import { FILL_IN, PREVIEW_WITNESS, SAVE_WITNESS } from './protocol.ts';
import type { Session } from './session.ts';

/** None for what is waived already, or was found in the file alone. */
export function settlingActions(session: Session, { diagnostic, waived, root }: ToldFinding, shown: LspDiagnostic): CodeAction[] {
  const ruleSet = root === undefined ? undefined : session.workspace.linked(root)?.ruleSet;
  if (!ruleSet || root === undefined || waived) return [];
  const textOf = (file: string) => {
    const snapshot = session.workspace.snapshot(file);
    return typeof snapshot === 'string' ? undefined : { text: snapshot.text, root: snapshot.document().root };
  };
  const sees = (file: string, rule: string) => session.workspace.linked(file)?.ruleSet.rules.has(rule) === true;
  const settling = { ruleSet, textOf, sees, replayOf: replayWith };
  const settlements = [
    ...gapSettlement(diagnostic, settling),
    ...overrideSettlements(diagnostic, settling),
    ...waiverSettlement(diagnostic, digestOf(diagnostic, ruleSet), root, halfAYearOn(), textOf),
  ];
  const action = (one: Omit<CodeAction, 'kind' | 'diagnostics'>): CodeAction => ({ ...one, kind: 'quickfix', diagnostics: [shown] });
  return [...witnessActions(session, { diagnostic, root }).map(action), ...settlements.flatMap(one => editOf(session, one)).map(action)];
}

/** A waiver is for a time: its author may choose another. */
function halfAYearOn(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 6, now.getUTCDate())).toISOString().slice(0, 10);
}

function editOf({ workspace, converter, documents, abilities }: Session, { title, file, edits }: Settlement) {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const uri = converter.uriOf(file);
  const changes = edits.map(({ span, newText }) => ({ range: snapshot.lines().range(span), newText }));
  const version = documents.get(uri)?.version ?? null;
  const edit = abilities.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] }
    : { changes: { [uri]: changes } };
  const place = abilities.witnessPreview ? leftEmpty(snapshot.text, edits) : undefined;
  return [{ title, edit, ...(place ? { command: { title, command: FILL_IN, arguments: [uri, place] } } : {}) }];
}

/** Where the author writes on, once the edits are made: within the first quotes that hold nothing yet. */
function leftEmpty(text: string, edits: readonly Edit[]): Position | undefined {
  const [edit, ...others] = edits;
  const at = edit?.newText.indexOf('""') ?? -1;
  if (!edit || at < 0 || others.length > 0) return undefined;
  const lines = (text.slice(0, edit.span.start) + edit.newText.slice(0, at + 1)).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/** The patient is written beside the rule set that shows the finding. */
function witnessActions(session: Session, { diagnostic, root }: { diagnostic: ToldFinding['diagnostic']; root: string }) {
  if (!diagnostic.witness) return [];
  const ruleSet = session.converter.uriOf(root);
  const folder = ruleSet.slice(0, ruleSet.lastIndexOf('/'));
  const taken = new Set(session.workspace.known());
  const name = witnessName(diagnostic);
  // Held against the names that files are known by, which may be spelled otherwise than the editor does.
  const known = root.slice(0, root.lastIndexOf('/'));
  let free = name;
  for (let count = 2; taken.has(`${known}/${free}${PATIENT_SUFFIX}`); count++) free = `${name}-${count}`;
  const uri = `${folder}/${free}${PATIENT_SUFFIX}`;
  const text = witnessPatientText(diagnostic, { name: free, ruleSet: nameOf(root), schema: undefined });
  const start = { line: 0, character: 0 };
  const create = {
    documentChanges: [
      { kind: 'create' as const, uri },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ],
  };
  return [
    ...(session.abilities.witnessPreview
      ? [
          {
            title: 'Preview this patient',
            command: { title: 'Preview this patient', command: PREVIEW_WITNESS, arguments: [ruleSet, uri, text] },
          },
        ]
      : []),
    ...saveAction(session, uri, text, create),
  ];
}

/** Our own client writes the file itself; others are given the edit, if they can make files. */
function saveAction({ abilities }: Session, uri: string, text: string, edit: WorkspaceEdit): Omit<CodeAction, 'kind' | 'diagnostics'>[] {
  const title = 'Save as sample patient';
  if (abilities.witnessPreview) return [{ title, command: { title, command: SAVE_WITNESS, arguments: [uri, text] } }];
  return abilities.createsFiles ? [{ title, edit }] : [];
}
