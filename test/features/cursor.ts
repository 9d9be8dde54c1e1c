/** Files with marks in their texts, opened in a workspace: `‸` is the cursor, `⟦…⟧` are spans. What a feature is asked and answers is read off the text. */
import assert from 'node:assert/strict';
import type { Span } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

export interface Opened {
  readonly workspace: Workspace;
  /** The file with the cursor; the first where none has. */
  readonly file: string;
  /** Of the cursor; -1 where there is none. */
  readonly offset: number;
  /** By file, in the order of the text. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  /** Without the marks. */
  readonly texts: ReadonlyMap<string, string>;
}

/** `files` by path from `/`, which is the workspace; those with a cursor are open, the others on disk. */
export function opened(files: Readonly<Record<string, string>>): Opened {
  const read = Object.entries(files).map(([file, text]) => ({ file, ...unmarked(text) }));
  const workspace = new Workspace(new MemoryFiles(Object.fromEntries(read.map(({ file, text }) => [file, text]))), () => '2026-11-22');
  const withCursor = read.filter(({ offset }) => offset >= 0);
  assert.ok(withCursor.length <= 1, 'one cursor at most');
  for (const { file, text } of withCursor) workspace.setText(file, text);
  return {
    workspace,
    file: (withCursor[0] ?? read[0])!.file,
    offset: withCursor[0]?.offset ?? -1,
    spans: new Map(read.map(({ file, spans }) => [file, spans])),
    texts: new Map(read.map(({ file, text }) => [file, text])),
  };
}

/** The text without its marks, and where they stood. Spans may lie in each other. */
export function unmarked(marked: string): { text: string; offset: number; spans: readonly Span[] } {
  let text = '';
  let offset = -1;
  const begun: number[] = [];
  const spans: Span[] = [];
  for (const character of marked) {
    if (character === '‸') offset = text.length;
    else if (character === '⟦') begun.push(text.length);
    else if (character === '⟧') spans.push({ start: begun.pop()!, end: text.length });
    else text += character;
  }
  return { text, offset, spans: spans.sort((a, b) => a.start - b.start || b.end - a.end) };
}
