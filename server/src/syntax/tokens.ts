/**
 * The tokens of a damaged text, from `jsonc-parser`'s scanner, which never fails. Blanks and comments are stepped over (comments are
 * told), and what the scanner cuts into pieces is put together again: `01`, `1.`, `'a b'`, “a b”.
 */
import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Tell } from './well-formed.ts';

/** `literal` is a number or one of the three words, `damaged` anything that is no token of JSON. */
export type TokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'literal' | 'damaged' | 'end';

/** By the scanner's `SyntaxKind`, a `const enum` that only types can name. */
const KINDS: readonly (TokenKind | 'line-break' | 'comment' | 'blank')[] = [
  'damaged',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'literal',
  'literal',
  'literal',
  'string',
  'literal',
  'comment',
  'comment',
  'line-break',
  'blank',
  'damaged',
  'end',
];
const UNCLOSED_COMMENT = 1;
const UNCLOSED_STRING = 2;
const DAMAGED_NUMBER = 3;

/** White space that JSON does not know, as it comes along with text pasted from a web page or a word processor. */
const ODD_BLANKS = /[\s\u200b-\u200d\u2060\ufeff]+/y;
/** A string in quotes that JSON does not know, on one line and followed by what may follow a string. */
const ODD_STRING = /['‘’‚“”„`«]([^\n\r"]{0,300}?)['‘’“”`»](?=\s{0,30}(?:[,:\]}]|$))/my;
const KEY_AHEAD = /"(?:[^"\\\n\r]|\\.)*"\s*:/y;
const KEY_AFTER_COMMA = /\s*,\s*"(?:[^"\\\n\r]|\\.)*"\s*:/y;
const CLOSER_AHEAD = /\s*[\]}]/y;
/** Escapes as they should be, escapes as they should not, and characters that must be escaped. */
const IN_STRING = /\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|(\\u[0-9a-fA-F]{0,3}|\\[^\n\r]?|[^\x20-\uffff])/g;

export class Tokens {
  readonly text: string;
  kind: TokenKind = 'end';
  start = 0;
  end = 0;
  /** The decoded string; for anything else as written. */
  value = '';
  /** Behind the token before this one. */
  previousEnd = 0;
  /** Whether this token stands on a later line than the one before. */
  onNewLine = false;
  /** Whether this token is a string that its line ended before it was closed: it may have swallowed a colon or a comma. */
  swallowed = false;
  /** Whether it was told that the text ends too early. */
  endTold = false;

  readonly #tell: Tell;
  readonly #scanner: JSONScanner;

  constructor(text: string, tell: Tell) {
    this.text = text;
    this.#tell = tell;
    this.#scanner = createScanner(text, false);
    if (text.charCodeAt(0) === 0xfeff) this.#scanner.setPosition(1);
    this.next();
  }

  next(): void {
    this.previousEnd = this.end;
    this.#scanToken();
    if (this.kind === 'string') this.#checkString();
    else if (this.kind === 'literal' || this.kind === 'damaged') this.#putTogether();
  }

  is(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  /** Whether this token is a string that a colon follows. */
  isKey(): boolean {
    return this.kind === 'string' && matchAt(KEY_AHEAD, this.text, this.start) !== undefined;
  }

  /** Whether a comma and a further key follow this token. */
  isBeforeKey(): boolean {
    return matchAt(KEY_AFTER_COMMA, this.text, this.end) !== undefined;
  }

  /** Whether the next thing after this token is a closing bracket. */
  isBeforeCloser(): boolean {
    return matchAt(CLOSER_AHEAD, this.text, this.end) !== undefined;
  }

  #scanToken(): void {
    this.onNewLine = false;
    this.swallowed = false;
    for (;;) {
      const kind = KINDS[this.#scanner.scan()]!;
      this.start = this.#scanner.getTokenOffset();
      if (kind === 'line-break') this.onNewLine = true;
      else if (kind === 'comment') this.#tellComment();
      else if (kind === 'damaged' && this.#skipOddBlanks()) this.#tell('odd-blank', this.start, this.#scanner.getPosition());
      else if (kind !== 'blank') {
        this.kind = kind;
        this.#take(this.#scanner.getPosition(), this.#scanner.getTokenValue());
        return;
      }
    }
  }

  #take(end: number, value: string): void {
    this.end = end;
    this.value = value;
    if (this.#scanner.getPosition() !== end) this.#scanner.setPosition(end);
  }

  #tellComment(): void {
    const unclosed = this.#scanner.getTokenError() === UNCLOSED_COMMENT;
    if (unclosed) this.endTold = true;
    this.#tell(unclosed ? 'unclosed-comment' : 'comment', this.start, Math.min(this.#scanner.getPosition(), this.text.length));
    if (this.text.slice(this.start, this.#scanner.getPosition()).includes('\n')) this.onNewLine = true;
  }

  #skipOddBlanks(): boolean {
    const blanks = matchAt(ODD_BLANKS, this.text, this.start);
    if (blanks) this.#scanner.setPosition(this.start + blanks[0].length);
    return blanks !== undefined;
  }

  #checkString(): void {
    if (this.#scanner.getTokenError() === 0) return;
    if (this.#scanner.getTokenError() === UNCLOSED_STRING) {
      this.swallowed = true;
      const atEnd = this.end === this.text.length;
      this.#tell(atEnd ? 'unexpected-end' : 'unclosed-string', this.start, this.end);
      if (atEnd) this.endTold = true;
    }
    for (const { 0: written, 1: damage, index } of this.text.slice(this.start, this.end).matchAll(IN_STRING)) {
      if (damage === undefined) continue;
      const start = this.start + index;
      this.#tell(written.startsWith('\\') ? 'bad-escape' : 'control-character', start, start + written.length);
    }
  }

  /** A literal with something glued to it is one damaged literal; a string in odd quotes is a string. */
  #putTogether(): void {
    const quoted = matchAt(ODD_STRING, this.text, this.start);
    if (quoted) {
      this.kind = 'string';
      this.#take(this.start + quoted[0].length, quoted[1]!);
      this.#tell('odd-quotes', this.start, this.end);
      return;
    }
    let { kind, end } = this;
    if (this.#scanner.getTokenError() === DAMAGED_NUMBER) kind = 'damaged';
    for (
      let scanned = KINDS[this.#scanner.scan()]!;
      scanned === 'literal' || scanned === 'damaged';
      scanned = KINDS[this.#scanner.scan()]!
    ) {
      if (scanned === 'damaged' && matchAt(ODD_BLANKS, this.text, end)) break;
      end = this.#scanner.getPosition();
      kind = 'damaged';
    }
    this.kind = kind;
    this.#scanner.setPosition(end);
    this.#take(end, this.text.slice(this.start, end));
  }
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text) ?? undefined;
}
