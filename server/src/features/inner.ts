/** A string without its quotes: what is shown as a name and replaced by another. */
import type { Span } from '../text/span.ts';

/** The span itself where there are no quotes: a name within a longer text, or a key written without. A quote not yet typed is none. */
export function innerSpan(text: string, { start, end }: Span): Span {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return { start, end };
  const closed = end - start > 1 && text[end - 1] === quote;
  return { start: start + 1, end: closed ? end - 1 : end };
}
