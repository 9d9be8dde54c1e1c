/** What stands in and around a text beside its diagnostics: inlay hints, the kinds of its names, and places that are typed together. Loaded with the first request. */
import type {
  InlayHint,
  InlayHintParams,
  LinkedEditingRanges,
  SemanticTokens,
  SemanticTokensParams,
  SemanticTokensRangeParams,
  TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { type Hint, type HintChoice, hintsIn } from '../features/inlay.ts';
import { linkedSpans } from '../features/linked.ts';
import { TOKEN_TYPES } from '../features/token-types.ts';
import { type Token, tokensIn } from '../features/tokens.ts';
import type { Snapshot } from '../snapshot.ts';
import { toLocation } from './convert.ts';
import { fileOf, type Session } from './session.ts';

const NONE: HintChoice = { totals: false, units: false, titles: false, bands: false };

/** Only of a text that has stayed the same while we asked what is wanted. */
export async function inlayHints(session: Session, { textDocument, range }: InlayHintParams): Promise<InlayHint[]> {
  const version = session.documents.get(textDocument.uri)?.version;
  const choice = await choiceFor(session, textDocument.uri);
  const found = read(session, textDocument.uri);
  if (!found || session.documents.get(textDocument.uri)?.version !== version) return [];
  const { file, snapshot } = found;
  const within = { start: offsetAt(snapshot, range.start), end: offsetAt(snapshot, range.end) };
  return hintsIn(session.workspace, file, within, choice).map(hint => toInlayHint(session, snapshot, hint));
}

function toInlayHint({ converter }: Session, snapshot: Snapshot, { offset, text, tooltip, place }: Hint): InlayHint {
  const location = place && toLocation(place, converter);
  return {
    position: snapshot.lines().position(offset),
    label: [{ value: text, ...(location ? { location } : {}) }],
    ...(tooltip ? { tooltip } : {}),
    paddingLeft: true,
  };
}

/** What makes no sense counts as not set. */
async function choiceFor({ abilities, wire }: Session, uri: string): Promise<HintChoice> {
  if (!abilities.configuration) return { totals: true, units: true, titles: true, bands: true };
  const items = [{ section: 'clinicalRules.inlayHints', scopeUri: uri }];
  const [given] = ((await wire.request('workspace/configuration', { items })) as (Record<string, unknown> | null)[] | null) ?? [];
  if (given?.enabled === false) return NONE;
  const wanted = (name: keyof HintChoice) => given?.[name] !== false;
  return { totals: wanted('totals'), units: wanted('units'), titles: wanted('titles'), bands: wanted('bands') };
}

export function semanticTokens(session: Session, { textDocument }: SemanticTokensParams): SemanticTokens {
  const found = read(session, textDocument.uri);
  return { data: found ? encoded(found.snapshot, tokensIn(session.workspace, found.file)) : [] };
}

export function semanticTokensOfRange(session: Session, { textDocument, range }: SemanticTokensRangeParams): SemanticTokens {
  const found = read(session, textDocument.uri);
  if (!found) return { data: [] };
  const within = { start: offsetAt(found.snapshot, range.start), end: offsetAt(found.snapshot, range.end) };
  return { data: encoded(found.snapshot, tokensIn(session.workspace, found.file, within)) };
}

/** Five numbers a token: lines and columns since the one before, its length, its type and its modifiers. */
function encoded(snapshot: Snapshot, tokens: readonly Token[]): number[] {
  const lines = snapshot.lines();
  let [line, character] = [0, 0];
  return tokens.flatMap(({ span, type, declaration }) => {
    const at = lines.position(span.start);
    const numbers = [
      at.line - line,
      at.line === line ? at.character - character : at.character,
      span.end - span.start,
      TOKEN_TYPES.indexOf(type),
      declaration ? 1 : 0,
    ];
    line = at.line;
    character = at.character;
    return numbers;
  });
}

export function linkedEditing(session: Session, { textDocument, position }: TextDocumentPositionParams): LinkedEditingRanges | null {
  const found = read(session, textDocument.uri);
  if (!found) return null;
  const spans = linkedSpans(session.workspace, found.file, offsetAt(found.snapshot, position));
  const ranges = spans?.map(span => found.snapshot.lines().range(span));
  return ranges ? { ranges, wordPattern: '[A-Za-z0-9-]*' } : null;
}

function read(session: Session, uri: string): { readonly file: string; readonly snapshot: Snapshot } | undefined {
  const file = fileOf(session, uri);
  const snapshot = session.workspace.snapshot(file);
  return typeof snapshot === 'string' ? undefined : { file, snapshot };
}

function offsetAt(snapshot: Snapshot, position: { readonly line: number; readonly character: number }): number {
  return snapshot.lines().offset(position, snapshot.text.length);
}
