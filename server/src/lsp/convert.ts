/** Our plain values as the protocol's: the only place that knows both. */
import type {
  CodeAction,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentSymbol,
  Diagnostic as LspDiagnostic,
  Range,
  SymbolKind,
} from 'vscode-languageserver/node';
import type { Diagnostic, Severity } from '../diagnostics/define.ts';
import type { OutlineItem } from '../features/outline.ts';
import type { Snapshot } from '../snapshot.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { Place, Span } from '../text/span.ts';

export const SOURCE = 'clinical-rules';
/** Numbers of the protocol. */
const HINT: DiagnosticSeverity = 4;
const UNNECESSARY: DiagnosticTag = 1;
const OBJECT: SymbolKind = 19;

export interface Converter {
  /** The client's name of a file. */
  uriOf(file: string): string;
  snapshot(file: string): Snapshot | string;
  /** Where a diagnostic is explained. */
  docsOf(code: string): string | undefined;
  readonly relatedInformation: boolean;
  readonly tags: boolean;
}

/** A waived finding stays visible where it is, and out of the list of problems. */
export function toDiagnostic(diagnostic: Diagnostic, lines: LineIndex, converter: Converter, waived: boolean): LspDiagnostic {
  const href = converter.docsOf(diagnostic.code);
  const related = converter.relatedInformation ? toRelated(diagnostic, converter) : [];
  return {
    range: lines.range(diagnostic.span),
    severity: waived ? HINT : SEVERITIES[diagnostic.severity],
    code: diagnostic.code,
    source: SOURCE,
    message: waived ? `Waived: ${diagnostic.message}` : diagnostic.message,
    ...(href ? { codeDescription: { href } } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(converter.tags && diagnostic.unnecessary ? { tags: [UNNECESSARY] } : {}),
    data: diagnostic.id,
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
};

/** Places in files that are gone since are left out. */
function toRelated(diagnostic: Diagnostic, converter: Converter): DiagnosticRelatedInformation[] {
  return (diagnostic.related ?? []).flatMap(({ place, message }) => {
    const location = toLocation(place, converter);
    return location ? [{ location, message }] : [];
  });
}

export function toLocation({ file, span }: Place, converter: Converter): { uri: string; range: Range } | undefined {
  const snapshot = converter.snapshot(file);
  return typeof snapshot === 'string' ? undefined : { uri: converter.uriOf(file), range: snapshot.lines().range(span) };
}

export interface EditedFile {
  readonly uri: string;
  /** The version the fix was made for; null for a file that is not open. */
  readonly version: number | null;
  readonly lines: LineIndex;
}

/** The fix of a diagnostic as an action on the version it was made for. */
export function toCodeAction(diagnostic: Diagnostic, shown: LspDiagnostic, file: EditedFile, versioned: boolean): CodeAction | undefined {
  if (!diagnostic.fix) return undefined;
  const edits = diagnostic.fix.edits.map(({ span, newText }) => ({ range: file.lines.range(span), newText }));
  const edit = versioned
    ? { documentChanges: [{ textDocument: { uri: file.uri, version: file.version }, edits }] }
    : { changes: { [file.uri]: edits } };
  return { title: diagnostic.fix.title, kind: 'quickfix', diagnostics: [shown], isPreferred: true, edit };
}

export function touches(range: Range, other: Range): boolean {
  return !isBefore(range.end, other.start) && !isBefore(other.end, range.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

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
