/** Everything that is declared in the workspace, found by parts of its id or title. */
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { declaredIn, type Named, type NameKind } from './declared.ts';

export interface Symbol {
  readonly name: string;
  /** The title, where it has one. */
  readonly detail: string;
  readonly kind: NameKind | 'patient';
  readonly file: string;
  readonly span: Span;
}

/** More than anyone reads; the editor asks again with every letter. */
const MOST = 300;

/** The best first: names that begin so before those that only have the letters in that order. */
export function symbolsNamed(workspace: Workspace, query: string): readonly Symbol[] {
  const wanted = plain(query);
  const found = workspace.known().flatMap(file => symbolsIn(workspace, file).map(symbol => ({ symbol, rank: rankOf(symbol, wanted) })));
  return found
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || (a.symbol.name < b.symbol.name ? -1 : a.symbol.name > b.symbol.name ? 1 : 0))
    .slice(0, MOST)
    .map(({ symbol }) => symbol);
}

function symbolsIn(workspace: Workspace, file: string): readonly Symbol[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  if (snapshot.kind() === 'rule-set') return declaredIn(snapshot.ruleSet()).map(named => symbolOf(named, snapshot.ruleSet().title ?? ''));
  const { id, title = '' } = snapshot.patient();
  return id ? [{ name: id.value, detail: title, kind: 'patient', file, span: id.span }] : [];
}

function symbolOf(named: Named, titleOfFile: string): Symbol {
  const { id: name, kind, file, idSpan: span, item } = named;
  const detail = kind === 'rule-set' ? titleOfFile : item?.id === name ? (item.title ?? '') : (item?.title ?? item?.id ?? '');
  return { name, detail, kind, file, span };
}

/** 0: neither the name nor the title has the letters in that order. */
function rankOf({ name, detail, kind }: Symbol, wanted: string): number {
  const rank = Math.max(2 * nearness(plain(name), wanted), nearness(plain(detail), wanted));
  return rank === 0 ? 0 : rank - (PARTS.has(kind) ? 1 : 0);
}

/** What only has a meaning within something else comes after things of its own; so does a file, which often has the name of what is in it, and a patient, of what they show. */
const PARTS: ReadonlySet<Symbol['kind']> = new Set([
  'rule-set',
  'patient',
  'value',
  'place',
  'component',
  'option',
  'band',
  'decision-value',
]);

function nearness(text: string, wanted: string): number {
  if (text === wanted) return 60;
  if (text.startsWith(wanted)) return 50;
  if (text.includes(` ${wanted}`)) return 40;
  if (text.includes(wanted)) return 30;
  if (initialsOf(text).startsWith(wanted)) return 25;
  return isSpread(text, wanted) ? 10 : 0;
}

function initialsOf(text: string): string {
  return text.replace(/([^ ])[^ ]* ?/g, '$1');
}

/** Each letter later than the one before. */
function isSpread(text: string, wanted: string): boolean {
  let at = -1;
  for (const letter of wanted) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Words in small letters, however they are joined. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
