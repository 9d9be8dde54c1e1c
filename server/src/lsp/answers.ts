/** Answers about one text: its outline, and the fixes of its findings. */
import type { CodeAction, CodeActionParams, DocumentSymbol, DocumentSymbolParams } from 'vscode-languageserver/node';
import { type OutlineItem, outline } from '../features/outline.ts';
import type { Span } from '../text/span.ts';
import { toCodeAction, toSymbol, touches } from './convert.ts';
import { fileOf, type Session } from './session.ts';

/** The fixes of the findings in the range, if what was found is still what is there. */
export async function codeActions(session: Session, { textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
  if (context.only && !context.only.some(kind => kind === '' || kind === 'quickfix')) return [];
  const file = fileOf(session, textDocument.uri);
  const document = session.documents.get(textDocument.uri);
  const found = await session.findings.of(file, () => session.documents.get(textDocument.uri)?.version === document?.version);
  const snapshot = session.workspace.snapshot(file);
  if (!found || typeof snapshot === 'string') return [];
  const edited = { uri: textDocument.uri, version: document?.version ?? null, lines: snapshot.lines() };
  // Loaded with the first question: nothing of it is needed at start.
  const { settlingActions } = await import('./settling.ts');
  return found.told.flatMap((one, i) => {
    const shown = found.shown[i]!;
    if (!touches(shown.range, range)) return [];
    const action = toCodeAction(one.diagnostic, shown, edited, session.abilities.versionedEdits);
    return [...(action ? [action] : []), ...settlingActions(session, one, shown)];
  });
}

/** By file, the last outline of a text without syntax problems. */
const lastGood = new WeakMap<Session, Map<string, readonly OutlineItem[]>>();

/** While a text is broken its last good outline stays: an outline that empties and fills at every keystroke is of no use. */
export function documentSymbols(session: Session, { textDocument: { uri } }: DocumentSymbolParams): DocumentSymbol[] {
  const file = fileOf(session, uri);
  const snapshot = session.workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const { root, problems } = snapshot.document();
  const kept = lastGood.get(session) ?? new Map<string, readonly OutlineItem[]>();
  lastGood.set(session, kept);
  const good = problems.length === 0 ? outline(root) : (kept.get(file) ?? outline(root));
  if (problems.length === 0) kept.set(file, good);
  return good.map(item => toSymbol(clipped(item, snapshot.text.length), snapshot.lines()));
}

/** An outline of an earlier text may reach beyond the end of this one. */
function clipped(item: OutlineItem, end: number): OutlineItem {
  const clip = (span: Span) => ({ start: Math.min(span.start, end), end: Math.min(span.end, end) });
  return { ...item, span: clip(item.span), idSpan: clip(item.idSpan), items: item.items.map(child => clipped(child, end)) };
}
