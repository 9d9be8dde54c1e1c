/** Where names are declared and used, what depends on what, and how a text is built. Loaded with the first request. */
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DefinitionLink,
  DocumentHighlight,
  DocumentLink,
  DocumentLinkParams,
  FoldingRange,
  FoldingRangeParams,
  Location,
  LocationLink,
  ReferenceParams,
  SelectionRange,
  SelectionRangeParams,
  SymbolInformation,
  TextDocumentPositionParams,
  WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import { nameAt } from '../features/at.ts';
import { type Dependency, hierarchyAt, incoming, outgoing } from '../features/call-hierarchy.ts';
import type { Named } from '../features/declared.ts';
import { type DefinitionTarget, definitionAt } from '../features/definition.ts';
import { foldableSpans } from '../features/folding.ts';
import { highlightsAt } from '../features/highlights.ts';
import { linksIn } from '../features/links.ts';
import { aKind } from '../features/name-words.ts';
import { referencesAt } from '../features/references.ts';
import { selectionsAt } from '../features/selection.ts';
import { symbolsNamed } from '../features/symbols.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import { toLocation } from './convert.ts';
import { symbolKind } from './outlines.ts';
import { fileOf, type Session } from './session.ts';

/** A place in a text that can be read. */
export interface Asked {
  readonly file: string;
  readonly snapshot: Snapshot;
  readonly offset: number;
}

/** Undefined for a text that is gone. A place beyond the end is the end. */
export function asked(session: Session, { textDocument, position }: TextDocumentPositionParams): Asked | undefined {
  const file = fileOf(session, textDocument.uri);
  const snapshot = session.workspace.snapshot(file);
  return typeof snapshot === 'string' ? undefined : { file, snapshot, offset: snapshot.lines().offset(position, snapshot.text.length) };
}

export function definition(session: Session, params: TextDocumentPositionParams): Location[] | DefinitionLink[] {
  const at = asked(session, params);
  const found = at && definitionAt(session.workspace, at.file, at.offset);
  if (!at || !found) return [];
  const { abilities, converter } = session;
  if (!abilities.definitionLinks) return found.targets.flatMap(target => toLocation(target, converter) ?? []);
  const originSelectionRange = at.snapshot.lines().range(found.from);
  return found.targets.flatMap(target => toLink(session, target).map(link => ({ originSelectionRange, ...link })));
}

function toLink({ converter }: Session, { file, span, whole }: DefinitionTarget): LocationLink[] {
  const target = toLocation({ file, span }, converter);
  const around = { start: Math.min(span.start, whole.start), end: Math.max(span.end, whole.end) };
  const all = toLocation({ file, span: around }, converter);
  return target && all ? [{ targetUri: target.uri, targetRange: all.range, targetSelectionRange: target.range }] : [];
}

export function references(session: Session, params: ReferenceParams): Location[] {
  const at = asked(session, params);
  if (!at) return [];
  const places = referencesAt(session.workspace, at.file, at.offset, params.context.includeDeclaration);
  return places.flatMap(place => toLocation(place, session.converter) ?? []);
}

/** Numbers of the protocol. */
const [READ, WRITE] = [2, 3] as const;

export function highlights(session: Session, params: TextDocumentPositionParams): DocumentHighlight[] {
  const at = asked(session, params);
  if (!at) return [];
  const found = highlightsAt(session.workspace, at.file, at.offset);
  return found.map(({ span, kind }) => ({ range: at.snapshot.lines().range(span), kind: kind === 'write' ? WRITE : READ }));
}

export function prepareCallHierarchy(session: Session, params: TextDocumentPositionParams): CallHierarchyItem[] {
  const at = asked(session, params);
  return at ? hierarchyAt(session.workspace, at.file, at.offset).flatMap(named => toItem(session, named)) : [];
}

export function incomingCalls(session: Session, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  return dependencies(session, item, incoming).flatMap(({ of, spans }) =>
    toItem(session, of).map(from => ({ from, fromRanges: rangesIn(session, of.file, spans) })),
  );
}

export function outgoingCalls(session: Session, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const file = fileOf(session, item.uri);
  return dependencies(session, item, outgoing).flatMap(({ of, spans }) =>
    toItem(session, of).map(to => ({ to, fromRanges: rangesIn(session, file, spans) })),
  );
}

/** The item is found again by its place: texts may have changed since it was shown. */
function dependencies(
  session: Session,
  { uri, selectionRange }: CallHierarchyItem,
  follow: (workspace: Session['workspace'], named: Named) => readonly Dependency[],
): readonly Dependency[] {
  const at = asked(session, { textDocument: { uri }, position: selectionRange.start });
  const named = at && nameAt(session.workspace, at.file, at.offset)?.named[0];
  return named ? follow(session.workspace, named) : [];
}

function toItem(session: Session, { id, kind, file, span, idSpan, item }: Named): CallHierarchyItem[] {
  const around = { start: Math.min(span.start, idSpan.start), end: Math.max(span.end, idSpan.end) };
  const [whole, name] = [toLocation({ file, span: around }, session.converter), toLocation({ file, span: idSpan }, session.converter)];
  const detail = item?.id === id ? (item.title ?? aKind(kind)) : aKind(kind);
  return whole && name
    ? [{ name: id, kind: symbolKind(kind), detail, uri: whole.uri, range: whole.range, selectionRange: name.range }]
    : [];
}

function rangesIn({ workspace }: Session, file: string, spans: readonly Span[]) {
  const snapshot = workspace.snapshot(file);
  return typeof snapshot === 'string' ? [] : spans.map(span => snapshot.lines().range(span));
}

export function workspaceSymbols(session: Session, { query }: WorkspaceSymbolParams): SymbolInformation[] {
  return symbolsNamed(session.workspace, query).flatMap(({ name, detail, kind, file, span }) => {
    const location = toLocation({ file, span }, session.converter);
    return location ? [{ name, kind: symbolKind(kind), location, containerName: detail }] : [];
  });
}

/** Whole lines; the line of the closing bracket stays. Of several that begin on one line the outermost is folded. */
export function foldingRanges(session: Session, { textDocument }: FoldingRangeParams): FoldingRange[] {
  const snapshot = session.workspace.snapshot(fileOf(session, textDocument.uri));
  if (typeof snapshot === 'string') return [];
  const byLine = new Map<number, FoldingRange>();
  for (const span of foldableSpans(snapshot.document().root)) {
    const { start, end } = snapshot.lines().range(span);
    const endLine = end.line - 1;
    if (endLine > start.line && !byLine.has(start.line)) byLine.set(start.line, { startLine: start.line, endLine });
  }
  return [...byLine.values()];
}

export function selectionRanges(session: Session, { textDocument, positions }: SelectionRangeParams): SelectionRange[] {
  const whole = (position: TextDocumentPositionParams['position']) => ({ range: { start: position, end: position } });
  return positions.map(position => {
    const at = asked(session, { textDocument, position });
    if (!at) return whole(position);
    const name = nameAt(session.workspace, at.file, at.offset)?.mention.span;
    const spans = selectionsAt(at.snapshot.text, at.snapshot.document().root, at.offset, name);
    const grown = spans.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: at.snapshot.lines().range(span), ...(parent ? { parent } : {}) }),
      undefined,
    );
    return grown ?? whole(position);
  });
}

export function documentLinks(session: Session, { textDocument }: DocumentLinkParams): DocumentLink[] {
  const file = fileOf(session, textDocument.uri);
  const snapshot = session.workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  return linksIn(session.workspace, file).map(link => ({
    range: snapshot.lines().range(link.span),
    target: 'file' in link ? session.converter.uriOf(link.file) : link.address,
    tooltip: link.tooltip,
  }));
}
