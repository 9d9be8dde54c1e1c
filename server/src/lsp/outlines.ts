/** The outline as the protocol's symbols. */
import type { DocumentSymbol, SymbolKind } from 'vscode-languageserver/node';
import type { OutlineItem } from '../features/outline.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';

/** A number of the protocol. */
const OBJECT: SymbolKind = 19;

export function toSymbol(item: OutlineItem, lines: LineIndex): DocumentSymbol {
  return {
    name: item.name || '(no id)',
    detail: item.detail,
    kind: symbolKind(item.kind),
    range: lines.range(item.span),
    selectionRange: lines.range(within(item.idSpan, item.span)),
    children: item.items.map(child => toSymbol(child, lines)),
  };
}

/** The protocol wants the name inside the whole. */
function within(inner: Span, outer: Span): Span {
  return { start: Math.max(inner.start, outer.start), end: Math.min(Math.max(inner.end, outer.start), outer.end) };
}

/** The icon of what is declared, by its kind or its section. */
export function symbolKind(kind: string): SymbolKind {
  return SYMBOLS[kind] ?? OBJECT;
}

const [EVENT, FUNCTION, ENUM_MEMBER] = [24, 12, 22] as const;
const SYMBOLS: Readonly<Record<string, SymbolKind>> = {
  'rule-set': 2,
  section: 3,
  source: 1,
  note: 15,
  site: ENUM_MEMBER,
  advice: EVENT,
  activity: EVENT,
  intervention: EVENT,
  assessment: EVENT,
  referral: EVENT,
  approval: EVENT,
  phase: EVENT,
  parameter: 13,
  place: ENUM_MEMBER,
  fact: 8,
  'derived-fact': 8,
  value: ENUM_MEMBER,
  group: 23,
  score: 16,
  component: 7,
  option: ENUM_MEMBER,
  band: ENUM_MEMBER,
  threshold: 14,
  decision: 10,
  'decision-value': ENUM_MEMBER,
  rule: FUNCTION,
  precaution: FUNCTION,
  impossible: FUNCTION,
  record: 19,
};
