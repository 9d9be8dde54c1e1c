/** Text to tree and problems. Never throws: a damaged text gives the part of the tree that could be read, and says what is wrong where. */
import type { Span } from '../text/span.ts';
import type { Node } from './node.ts';

export interface SyntaxProblem {
  /** A stable code such as `value-expected`, `comma-expected`, `comment`, `too-deep`, `duplicate-key`; the words are made by the diagnostic. */
  readonly code: string;
  readonly span: Span;
}

export interface ParsedDocument {
  readonly text: string;
  /** Undefined for an empty file. */
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
}
