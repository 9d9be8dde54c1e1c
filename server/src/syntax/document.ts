/** Text to tree and problems. Never throws: a damaged text gives the part of the tree that could be read, and says what is wrong where. */
import type { Span } from '../text/span.ts';
import type { Node } from './node.ts';
import { parseStrictly } from './strict-parser.ts';
import { parseTolerantly } from './tolerant-parser.ts';
import { type SyntaxCode, type Tell, tellLoneSurrogates } from './well-formed.ts';

/** Beyond this many nobody reads on, and a file that is no JSON at all would have one a word. */
const MAX_PROBLEMS = 200;

export type { SyntaxCode };

export interface SyntaxProblem {
  /** The words are made by the diagnostic of that name (`duplicate-key`, `number-too-long`) or by `json-syntax`. */
  readonly code: SyntaxCode;
  readonly span: Span;
}

export interface ParsedDocument {
  readonly text: string;
  /** Undefined for an empty file. */
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** A byte order mark, CRLF and any blank that JSON allows are accepted. Comments, trailing commas and the like are told, never accepted in silence. */
export function parseDocument(text: string): ParsedDocument {
  const strict = collector();
  let root = parseStrictly(text, strict.tell);
  const { problems, tell } = root ? strict : collector();
  root ??= parseTolerantly(text, tell);
  tellLoneSurrogates(text, tell);
  return { text, root, problems: problems.sort((a, b) => a.span.start - b.span.start) };
}

function collector(): { problems: SyntaxProblem[]; tell: Tell } {
  const problems: SyntaxProblem[] = [];
  const tell: Tell = (code, start, end) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ code, span: { start, end } });
  };
  return { problems, tell };
}
