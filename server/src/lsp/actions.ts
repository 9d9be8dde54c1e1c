/** Code actions: the fixes of findings, one by one and all at once, and refactorings. Loaded when the first is asked for. */
import type { CodeAction, CodeActionParams, Diagnostic as LspDiagnostic, Range, WorkspaceEdit } from 'vscode-languageserver/node';
import { confirmations } from '../features/confirm.ts';
import { fixableCodes, fixesOf } from '../features/fix-all.ts';
import { doubleRemoved, fixChoices } from '../features/fix-choices.ts';
import { refactorings } from '../features/refactor.ts';
import { declareMissing } from '../features/refactor-declare.ts';
import { type FileEdits, sceneAt } from '../features/refactor-scene.ts';
import { useDeclaring } from '../features/refactor-use.ts';
import type { ToldFinding } from '../told.ts';
import type { Found } from './findings.ts';
import { toCodeAction, touches } from './fixes.ts';
import type { FixAllAnswer } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { settlingActions } from './settling.ts';

/** What editors may run on saving. */
const FIX_ALL_KIND = 'source.fixAll.clinical-rules';
/** The protocol's number for what was not asked for by a person. */
const AUTOMATIC = 2;

/** For the text as it is now: what was found in an older one is not mended. */
export async function codeActions(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
  const { textDocument, range, context } = params;
  const file = fileOf(session, textDocument.uri);
  const version = session.documents.get(textDocument.uri)?.version;
  const wants = (kind: string) => !context.only || context.only.some(one => one === '' || kind === one || kind.startsWith(`${one}.`));
  const found = await session.findings.of(file, () => session.documents.get(textDocument.uri)?.version === version);
  if (!found || session.documents.get(textDocument.uri)?.version !== version) return [];
  const asked: Asked = { session, uri: textDocument.uri, file, range, found };
  // A lamp at every condition says nothing: unasked, only what mends is offered.
  const isAsked = context.triggerKind !== AUTOMATIC || context.only !== undefined || !isEmpty(range);
  return [
    ...(wants('quickfix') ? quickFixes(asked) : []),
    ...(context.only && wants(FIX_ALL_KIND) ? sureFixes(asked) : []),
    ...(isAsked ? refactoringActions(asked).filter(({ kind }) => wants(kind!)) : []),
  ];
}

interface Asked {
  readonly session: Session;
  readonly uri: string;
  readonly file: string;
  readonly range: Range;
  readonly found: Found;
}

function isEmpty({ start, end }: Range): boolean {
  return start.line === end.line && start.character === end.character;
}

/** The fix of each finding in the range, what settles it, and what declares a name that is missing; then those of its kind together. */
function quickFixes(asked: Asked): CodeAction[] {
  const { session, uri, file, range, found } = asked;
  const snapshot = session.workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const edited = { uri, version: session.documents.get(uri)?.version ?? null, lines: snapshot.lines() };
  const here = found.told.flatMap((one, i) => (touches(found.shown[i]!.range, range) ? [{ one, shown: found.shown[i]! }] : []));
  const single = here.flatMap(({ one, shown }) => {
    const action = toCodeAction(one.diagnostic, shown, edited, session.abilities.versionedEdits);
    return [
      ...(action ? [action] : []),
      ...settlingActions(session, one, shown),
      ...choosing(asked, one, shown),
      ...declaring(asked, one, shown),
    ];
  });
  const codes = new Set(here.flatMap(({ one }) => (one.diagnostic.fix ? [one.diagnostic.code] : [])));
  return [
    ...single,
    ...[...codes].flatMap(code =>
      fixesOfKind(
        asked,
        code,
        here.filter(({ one }) => one.diagnostic.code === code),
      ),
    ),
  ];
}

/** None is preferred: the author chooses. */
function choosing({ session, file, found }: Asked, { diagnostic }: ToldFinding, shown: LspDiagnostic): CodeAction[] {
  const snapshot = session.workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const scene = sceneAt(session.workspace, file, diagnostic.span);
  const doubled = doubleRemoved(diagnostic, snapshot.text, snapshot.document().root);
  const confirmed = confirmations(diagnostic, openIn(found), snapshot.document().root);
  const fixes = [...(scene ? fixChoices(diagnostic, scene) : []), ...doubled, ...confirmed];
  return fixes.map(({ title, edits }) => ({ title, kind: 'quickfix', diagnostics: [shown], edit: editOf(session, [{ file, edits }]) }));
}

function declaring({ session, file }: Asked, { diagnostic }: ToldFinding, shown: LspDiagnostic): CodeAction[] {
  const subject = session.workspace.subject(file);
  if ((diagnostic.code !== 'undefined-name' && diagnostic.code !== 'undefined-value') || subject?.kind !== 'rule-set') return [];
  const scene = sceneAt(session.workspace, file, diagnostic.span);
  const offered = scene ? [...useDeclaring(scene, subject, session.workspace), ...declareMissing(scene, subject)] : [];
  return offered.map(({ title, edits }) => ({ title, kind: 'quickfix', diagnostics: [shown], edit: editOf(session, edits) }));
}

/** In this file, and in the workspace where the client has our command for it. */
function fixesOfKind({ session, file, found }: Asked, code: string, here: readonly { readonly shown: LspDiagnostic }[]): CodeAction[] {
  const diagnostics = here.map(({ shown }) => shown);
  const { count, edits } = fixesOf(openIn(found), code);
  const inFile: CodeAction[] =
    count < 2
      ? []
      : [{ title: `Fix all ${count} of “${code}” in this file`, kind: 'quickfix', diagnostics, edit: editOf(session, [{ file, edits }]) }];
  if (!session.abilities.witnessPreview) return inFile;
  const title = `Fix all of “${code}” in the workspace`;
  const inWorkspace = { title, kind: 'quickfix', diagnostics, command: { title, command: FIX_ALL_COMMAND, arguments: [code] } };
  return [...inFile, inWorkspace];
}

const FIX_ALL_COMMAND = 'clinical-rules.fixAll';

/** What is waived stays as it is. */
function openIn({ told }: Found) {
  return told.flatMap(({ diagnostic, waived }) => (waived ? [] : [diagnostic]));
}

function sureFixes({ session, file, found }: Asked): CodeAction[] {
  const { edits } = fixesOf(openIn(found), undefined);
  return edits.length === 0
    ? []
    : [{ title: 'Fix all that needs no decision', kind: FIX_ALL_KIND, edit: editOf(session, [{ file, edits }]) }];
}

/** Only for texts that are open: there a person sees what changes. */
function refactoringActions({ session, uri, file, range }: Asked): CodeAction[] {
  const document = session.documents.get(uri);
  const scene = document && sceneAt(session.workspace, file, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) });
  if (!scene) return [];
  return refactorings(scene).map(({ title, kind, edits }) => ({ title, kind: `refactor.${kind}`, edit: editOf(session, edits) }));
}

/** Edits of files, open or not, as the client takes them. */
function editOf({ workspace, converter, documents, abilities }: Session, all: readonly FileEdits[]): WorkspaceEdit {
  const changed = all.flatMap(({ file, edits }) => {
    const snapshot = workspace.snapshot(file);
    if (typeof snapshot === 'string') return [];
    const uri = converter.uriOf(file);
    const ranged = edits.map(({ span, newText }) => ({ range: snapshot.lines().range(span), newText }));
    return [{ textDocument: { uri, version: documents.get(uri)?.version ?? null }, edits: ranged }];
  });
  if (abilities.versionedEdits) return { documentChanges: changed };
  return { changes: Object.fromEntries(changed.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}

/** All fixes of a kind in the workspace; without a kind, only which kinds there are. */
export async function answerFixAll(session: Session, { code }: { readonly code?: string | null }): Promise<FixAllAnswer> {
  const counts = new Map<string, number>();
  const edits: FileEdits[] = [];
  for (const file of session.workspace.known()) {
    const found = await session.findings.of(file, () => true);
    const open = found ? openIn(found) : [];
    for (const each of fixableCodes(open)) counts.set(each, (counts.get(each) ?? 0) + fixesOf(open, each).count);
    const own = code ? fixesOf(open, code).edits : [];
    if (own.length > 0) edits.push({ file, edits: own });
  }
  return { kinds: [...counts].sort().map(([each, count]) => ({ code: each, count })), edit: editOf(session, edits) };
}
