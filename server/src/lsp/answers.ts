/** The outline of a text. */
import type { DocumentSymbol, DocumentSymbolParams } from 'vscode-languageserver/node';
import { type OutlineItem, outline } from '../features/outline.ts';
import type { Span } from '../text/span.ts';
import { toSymbol } from './outlines.ts';
import { fileOf, type Session } from './session.ts';

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
