/**
 * What is being typed: the token at the cursor and what stands before and behind it. Read from the characters alone, so that it is right in a text
 * that is no JSON yet: a string ends with its line, and a quote that closes nothing sensible belongs to the next string.
 */
import type { Span } from '../../text/span.ts';

export interface Token {
  /** What an accepted proposal replaces; empty between two tokens. */
  readonly span: Span;
  /** Whether it begins with a quote. */
  readonly quoted: boolean;
  /** The last sign before it that is no blank, and where; '' at the beginning of the text. */
  readonly before: string;
  readonly beforeEnd: number;
  /** The first sign behind it that is no blank; '' at the end. */
  readonly after: string;
  readonly afterStart: number;
}

const WORD = /[\w.+\-/%*]/;
const IN_NAME = /^[\w.+\-/%*]*$/;
const BLANK = /[\s\ufeff]/;
/** What may follow a string that was closed. */
const BEHIND_STRING = /^[ \t]*(?:[,:}\]\r\n]|$)/;

/** The token at the offset. A key or item that begins right behind the cursor is not touched; one that ends there is, and so is the value of a key. */
export function tokenAt(text: string, offset: number): Token {
  const span = spanAt(text, offset);
  const quoted = text[span.start] === '"' && span.start < span.end;
  let beforeEnd = span.start;
  while (beforeEnd > 0 && BLANK.test(text[beforeEnd - 1]!)) beforeEnd--;
  let afterStart = span.end;
  while (afterStart < text.length && BLANK.test(text[afterStart]!)) afterStart++;
  return {
    span,
    quoted,
    before: text[beforeEnd - 1] ?? '',
    beforeEnd,
    after: text[afterStart] ?? '',
    afterStart,
  };
}

function spanAt(text: string, offset: number): Span {
  const quote = openQuote(text, offset);
  if (quote !== undefined) return { start: quote, end: stringEnd(text, quote, offset) };
  const word = wordAt(text, offset);
  if (word.start < word.end || !/:\s*$/.test(text.slice(Math.max(0, offset - 40), offset))) return word;
  // Right behind a colon there can be one value only: it is the one that begins here.
  if (text[offset] === '"') return { start: offset, end: stringEnd(text, offset, offset + 1) };
  return wordAt(text, offset, true);
}

/** The quote that opens the string the cursor is in, or right behind. */
function openQuote(text: string, offset: number): number | undefined {
  let open: number | undefined;
  for (let i = lineStart(text, offset); i < offset; i++) {
    if (open !== undefined && text[i] === '\\') i++;
    else if (text[i] === '"') {
      if (open !== undefined && i === offset - 1) return open;
      open = open === undefined ? i : undefined;
    }
  }
  return open;
}

function lineStart(text: string, offset: number): number {
  for (let i = offset - 1; i >= 0; i--) if (text[i] === '\n' || text[i] === '\r') return i + 1;
  return 0;
}

function stringEnd(text: string, quote: number, offset: number): number {
  for (let i = quote + 1; i < text.length && text[i] !== '\n' && text[i] !== '\r'; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"' && i >= offset - 1) {
      if (IN_NAME.test(text.slice(offset, i)) || BEHIND_STRING.test(lineFrom(text, i + 1))) return i + 1;
      break;
    }
  }
  let end = offset;
  while (end < text.length && WORD.test(text[end]!)) end++;
  return end;
}

/** Enough of the line to see what follows. */
function lineFrom(text: string, start: number): string {
  return text.slice(start, start + 80).split('\n', 1)[0]!;
}

function wordAt(text: string, offset: number, ahead = false): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && WORD.test(text[start - 1]!)) start--;
  while ((ahead || start < offset) && end < text.length && WORD.test(text[end]!)) end++;
  return { start, end };
}
