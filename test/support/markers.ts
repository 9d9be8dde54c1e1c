/** Fixtures are JSON plus marker lines: `^^^ severity: message` points at the line above. */
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';

/** No line of valid JSON starts with `^`, so a marker line can never be mistaken for content. */
const MARKER_LINE = /^\s*\^+ (error|warning|information): .+$/;

/** Drops the marker lines, leaving the JSON a user would have. */
export function withoutMarkers(fixture: string): string {
  return fixture
    .split('\n')
    .filter(line => !MARKER_LINE.test(line))
    .join('\n');
}

/** Writes each finding under its line: a failing test prints the text to paste. A place of several lines is marked to the end of its first. */
export function withMarkers(text: string, diagnostics: readonly Pick<Diagnostic, 'span' | 'severity' | 'message'>[]): string {
  let end = -1;
  return text
    .split('\n')
    .flatMap(line => {
      const start = end + 1;
      end = start + line.length;
      const here = diagnostics.filter(({ span }) => start <= span.start && span.start <= end);
      return [line, ...here.map(({ span, severity, message }) => `${marker(span, start, end)} ${severity}: ${message}`)];
    })
    .join('\n');
}

function marker(span: { start: number; end: number }, lineStart: number, lineEnd: number): string {
  return ' '.repeat(span.start - lineStart) + '^'.repeat(Math.max(1, Math.min(span.end, lineEnd) - span.start));
}
