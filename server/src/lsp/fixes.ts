/** Fixes as the protocol's actions. */
import type { CodeAction, Diagnostic as LspDiagnostic, Range } from 'vscode-languageserver/node';
import type { Diagnostic } from '../diagnostics/define.ts';
import type { LineIndex } from '../text/line-index.ts';

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
