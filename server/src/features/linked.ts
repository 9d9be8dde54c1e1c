/** Linked editing: the places that change together while one of them is typed. */
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { nameAt, occurrencesOf } from './at.ts';

/**
 * The name at the offset, without its quotes, and its other places in the file. Undefined for what has no name of its own, is spelt with escapes,
 * or is named in another file too: linked editing would leave that file behind, which a rename does not.
 */
export function linkedSpans(workspace: Workspace, file: string, offset: number): readonly Span[] | undefined {
  const snapshot = workspace.snapshot(file);
  const found = nameAt(workspace, file, offset);
  if (typeof snapshot === 'string' || !found || found.named.length === 0 || found.mention.sense.kind === 'path') return undefined;
  const { name } = found.mention;
  const mentions = occurrencesOf(workspace, found.mention);
  if (mentions.some(mention => mention.file !== file)) return undefined;
  const spans = mentions.map(({ span }) => inner(snapshot.text, span));
  return spans.every(({ start, end }) => snapshot.text.slice(start, end) === name) ? spans : undefined;
}

/** A name within a longer text has no quotes of its own. */
export function inner(text: string, { start, end }: Span): Span {
  const quoted = text[start] === '"' && text[end - 1] === '"' && end - start >= 2;
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}
