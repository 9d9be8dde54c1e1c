/** Places in a text, as offsets in UTF-16 units. Plain values: this folder imports nothing. */

/** Half-open: `start` is the first unit of the place, `end` the first one behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in one file. `file` is the key under which the workspace knows the file (a URI in the server, an absolute path in the command line). */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits that do not overlap; the order in which they are given does not matter. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const lastFirst = [...edits].sort((a, b) => b.span.start - a.span.start);
  return lastFirst.reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}
