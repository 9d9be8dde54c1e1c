/** Our plain values as the protocol's: the only place that knows both. */
import type {
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  Diagnostic as LspDiagnostic,
  Range,
} from 'vscode-languageserver/node';
import type { Diagnostic, Severity } from '../diagnostics/define.ts';
import type { Snapshot } from '../snapshot.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { Place } from '../text/span.ts';

export const SOURCE = 'clinical-rules';
/** Numbers of the protocol. */
const HINT: DiagnosticSeverity = 4;
const UNNECESSARY: DiagnosticTag = 1;

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
