/** Formatting as the client asks for it: a text, some of its lines, what was just typed. Loaded with the first request. */
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatEdits, formatRangeEdits, formatTypedEdits, type Layout, LINE_WIDTH } from '../features/format.ts';
import type { ParsedDocument } from '../syntax/document.ts';
import type { Edit } from '../text/span.ts';
import { fileOf, type Session } from './session.ts';

export function formatDocument(session: Session, { textDocument, options }: DocumentFormattingParams): Promise<TextEdit[]> {
  return formatted(session, textDocument.uri, options, formatEdits);
}

export function formatRange(session: Session, { textDocument, options, range }: DocumentRangeFormattingParams): Promise<TextEdit[]> {
  return formatted(session, textDocument.uri, options, (document, layout, text) =>
    formatRangeEdits(document, layout, { start: text.offsetAt(range.start), end: text.offsetAt(range.end) }),
  );
}

export function formatTyped(
  session: Session,
  { textDocument, options, position, ch }: DocumentOnTypeFormattingParams,
): Promise<TextEdit[]> {
  return formatted(session, textDocument.uri, options, (document, layout, text) =>
    formatTypedEdits(document, layout, text.offsetAt(position), ch),
  );
}

type Format = (document: ParsedDocument, layout: Layout, text: TextDocument) => readonly Edit[];

/** Only of a text that is open. One that was edited while we asked for the width has no answer: its places are others now. */
async function formatted(session: Session, uri: string, options: FormattingOptions, format: Format): Promise<TextEdit[]> {
  const version = session.documents.get(uri)?.version;
  const lineWidth = await widthFor(session, uri);
  const text = session.documents.get(uri);
  const snapshot = session.workspace.snapshot(fileOf(session, uri));
  if (!text || text.version !== version || typeof snapshot === 'string') return [];
  const layout = { lineWidth, tabSize: options.tabSize, insertSpaces: options.insertSpaces };
  return format(snapshot.document(), layout, text).map(({ span, newText }) => ({ range: snapshot.lines().range(span), newText }));
}

/** What makes no sense counts as not set. */
async function widthFor({ abilities, wire }: Session, uri: string): Promise<number> {
  if (!abilities.configuration) return LINE_WIDTH;
  const items = [{ section: 'clinicalRules.format', scopeUri: uri }];
  const answer = (await wire.request('workspace/configuration', { items })) as ({ readonly lineWidth?: unknown } | null)[] | null;
  const width = answer?.[0]?.lineWidth;
  return typeof width === 'number' && width >= 20 ? width : LINE_WIDTH;
}
