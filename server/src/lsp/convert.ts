/** Our plain values as the protocol's: the only place that knows both. */
import type {
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  Diagnostic as LspDiagnostic,
  Range,
} from 'vscode-languageserver/node';
import type { Diagnostic, Related, Severity } from '../diagnostics/define.ts';
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

/**
 * A waived finding stays visible where it is, and out of the list of problems. `before` is what the client has of it, of the same id: given back
 * where it says just that, it is neither made nor compared nor written out once more.
 */
export function toDiagnostic(
  diagnostic: Diagnostic,
  lines: LineIndex,
  converter: Converter,
  waived: boolean,
  before?: LspDiagnostic,
): LspDiagnostic {
  const { code, id, span } = diagnostic;
  const severity = waived ? HINT : SEVERITIES[diagnostic.severity];
  const message = waived ? `Waived: ${diagnostic.message}` : diagnostic.message;
  const isTagged = converter.tags && diagnostic.unnecessary === true;
  const related = (converter.relatedInformation && diagnostic.related) || [];
  if (before?.message === message && before.severity === severity && !before.tags !== isTagged)
    if (lines.isRange(before.range, span) && isRelated(before, related, converter)) return before;
  const href = converter.docsOf(code);
  const relatedInformation = toRelated(related, converter);
  return {
    range: lines.range(span),
    severity,
    code,
    source: SOURCE,
    message,
    ...(href ? { codeDescription: { href } } : {}),
    ...(relatedInformation.length > 0 ? { relatedInformation } : {}),
    ...(isTagged ? { tags: [UNNECESSARY] } : {}),
    data: id,
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
};

/** Whether it points at these places, all of which are still there. */
function isRelated({ relatedInformation = [] }: LspDiagnostic, related: readonly Related[], { snapshot, uriOf }: Converter): boolean {
  if (relatedInformation.length !== related.length) return false;
  return related.every(({ place: { file, span }, message }, i) => {
    const { location, message: said } = relatedInformation[i]!;
    const there = snapshot(file);
    return said === message && location.uri === uriOf(file) && typeof there !== 'string' && there.lines().isRange(location.range, span);
  });
}

/** Places in files that are gone since are left out. */
function toRelated(related: readonly Related[], converter: Converter): DiagnosticRelatedInformation[] {
  return related.flatMap(({ place, message }) => {
    const location = toLocation(place, converter);
    return location ? [{ location, message }] : [];
  });
}

export function toLocation({ file, span }: Place, converter: Converter): { uri: string; range: Range } | undefined {
  const snapshot = converter.snapshot(file);
  return typeof snapshot === 'string' ? undefined : { uri: converter.uriOf(file), range: snapshot.lines().range(span) };
}
