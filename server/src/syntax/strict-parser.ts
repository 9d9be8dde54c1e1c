/**
 * The fast parser: one pass over well-formed JSON. At the first sign of damage it gives up, and `tolerant-parser.ts` reads the text
 * again. What is well-formed and still wrong (a key written twice, a number too long) is told.
 */
import { detached } from '../text/detached.ts';
import type { Node, Property } from './node.ts';
import { isTooLong, MAX_DEPTH, type Tell, tellDoubles } from './well-formed.ts';

const BYTE_ORDER_MARK = 0xfeff;
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Keys repeat thousands of times: one string for each, found by a hash of length and ends and confirmed against the text, so a stale entry does no harm. */
const KEYS: string[] = new Array(1024).fill('');

/** The tree, or undefined where the text is not well-formed or nests too deep. Then whatever was told is void. */
export function parseStrictly(text: string, tell: Tell): Node | undefined {
  const parser = new StrictParser(text, tell);
  return parser.root();
}

class StrictParser {
  private readonly text: string;
  private readonly tell: Tell;
  private at: number;
  private depth = 0;
  /** Members of the objects and items of the lists that are being read, innermost last; each is cut off at its exact length in the end. */
  private readonly open: (Property | Node)[] = [];
  private openEnd = 0;
  /** Whether the string just skipped has no escapes; set by `skipString`, which would otherwise have to return a pair. */
  private simple = true;

  constructor(text: string, tell: Tell) {
    this.text = text;
    this.tell = tell;
    this.at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  }

  root(): Node | undefined {
    this.skipBlanks();
    const root = this.value();
    this.skipBlanks();
    return this.at === this.text.length ? root : undefined;
  }

  private skipBlanks(): void {
    const { text } = this;
    let at = this.at;
    let unit = text.charCodeAt(at);
    // Most values follow a single blank or none; `<=` keeps the loop to one comparison a unit.
    while (unit <= 32) {
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) break;
      unit = text.charCodeAt(++at);
    }
    this.at = at;
  }

  private value(): Node | undefined {
    const unit = this.text.charCodeAt(this.at);
    if (unit === QUOTE) return this.stringNode();
    if (unit === OPEN_OBJECT) return this.object();
    if (unit === OPEN_ARRAY) return this.array();
    if (unit === MINUS || (unit >= ZERO && unit <= NINE)) return this.number();
    return this.word();
  }

  private object(): Node | undefined {
    if (++this.depth > MAX_DEPTH) return undefined;
    const start = this.at++;
    const first = this.openEnd;
    this.skipBlanks();
    if (this.text.charCodeAt(this.at) !== CLOSE_OBJECT) {
      for (;;) {
        const property = this.keyAndValue();
        if (property === undefined) return undefined;
        this.open[this.openEnd++] = property;
        this.skipBlanks();
        const unit = this.text.charCodeAt(this.at);
        if (unit === CLOSE_OBJECT) break;
        if (unit !== COMMA) return undefined;
        this.at++;
        this.skipBlanks();
      }
    }
    const properties = this.take(first) as Property[];
    if (properties.length > 1) tellDoubles(properties, this.tell);
    this.depth--;
    return { type: 'object', start, end: ++this.at, properties };
  }

  private take(first: number): (Property | Node)[] {
    const taken = this.open.slice(first, this.openEnd);
    this.openEnd = first;
    return taken;
  }

  private keyAndValue(): Property | undefined {
    const keyStart = this.at;
    if (this.text.charCodeAt(this.at) !== QUOTE || !this.skipString()) return undefined;
    const keyEnd = this.at;
    const key = this.simple ? this.shared(keyStart + 1, keyEnd - 1) : this.unescaped(keyStart, keyEnd);
    if (key === undefined) return undefined;
    this.skipBlanks();
    if (this.text.charCodeAt(this.at) !== COLON) return undefined;
    this.at++;
    this.skipBlanks();
    const found = this.value();
    return found && { key, keyStart, keyEnd, value: found };
  }

  private array(): Node | undefined {
    if (++this.depth > MAX_DEPTH) return undefined;
    const start = this.at++;
    const first = this.openEnd;
    this.skipBlanks();
    if (this.text.charCodeAt(this.at) !== CLOSE_ARRAY) {
      for (;;) {
        const item = this.value();
        if (item === undefined) return undefined;
        this.open[this.openEnd++] = item;
        this.skipBlanks();
        const unit = this.text.charCodeAt(this.at);
        if (unit === CLOSE_ARRAY) break;
        if (unit !== COMMA) return undefined;
        this.at++;
        this.skipBlanks();
      }
    }
    this.depth--;
    return { type: 'array', start, end: ++this.at, items: this.take(first) as Node[] };
  }

  private stringNode(): Node | undefined {
    const start = this.at;
    if (!this.skipString()) return undefined;
    const found = this.simple ? this.known(start + 1, this.at - 1) : this.unescaped(start, this.at);
    return found === undefined ? undefined : { type: 'string', start, end: this.at, value: found };
  }

  /** From the opening quote to behind the closing one. False where there is none on the line. */
  private skipString(): boolean {
    const { text } = this;
    let at = this.at + 1;
    this.simple = true;
    for (;;) {
      const unit = text.charCodeAt(at++);
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) {
        this.simple = false;
        at++;
      } else if (!(unit >= 32)) return false;
    }
    this.at = at;
    return true;
  }

  private unescaped(start: number, end: number): string | undefined {
    try {
      return JSON.parse(this.text.slice(start, end));
    } catch {
      return undefined;
    }
  }

  private shared(start: number, end: number): string {
    const { text } = this;
    const length = end - start;
    const slot = this.slotOf(start, end);
    const known = KEYS[slot]!;
    if (known.length === length && text.startsWith(known, start)) return known;
    const key = text.slice(start, end);
    if (length > 0 && length < 40) KEYS[slot] = detached(key);
    return key;
  }

  /** A value is mostly the name of something that stands as a key: names are looked up the faster the fewer strings they are. */
  private known(start: number, end: number): string {
    const known = KEYS[this.slotOf(start, end)]!;
    return known.length === end - start && this.text.startsWith(known, start) ? known : this.text.slice(start, end);
  }

  private slotOf(start: number, end: number): number {
    const { text } = this;
    const length = end - start;
    return (length * 31 + text.charCodeAt(start) * 7 + text.charCodeAt(start + (length >> 1)) * 17 + text.charCodeAt(end - 1) * 131) & 1023;
  }

  private number(): Node | undefined {
    const start = this.at;
    if (this.text.charCodeAt(this.at) === MINUS) this.at++;
    if (this.text.charCodeAt(this.at) === ZERO) this.at++;
    else if (!this.digits()) return undefined;
    if (this.text.charCodeAt(this.at) === DOT) {
      this.at++;
      if (!this.digits()) return undefined;
    }
    // `e` or `E`.
    const hasExponent = (this.text.charCodeAt(this.at) | 32) === 101;
    if (hasExponent) {
      const sign = this.text.charCodeAt(++this.at);
      if (sign === 43 || sign === MINUS) this.at++;
      if (!this.digits()) return undefined;
    }
    const written = this.text.slice(start, this.at);
    if ((hasExponent || written.length > 20) && isTooLong(written)) this.tell('number-too-long', start, this.at);
    return { type: 'number', start, end: this.at, text: written };
  }

  private digits(): boolean {
    const start = this.at;
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (!(unit >= ZERO && unit <= NINE)) return this.at > start;
      this.at++;
    }
  }

  private word(): Node | undefined {
    const start = this.at;
    if (this.text.startsWith('true', start)) return { type: 'boolean', start, end: this.skip(4), value: true };
    if (this.text.startsWith('false', start)) return { type: 'boolean', start, end: this.skip(5), value: false };
    if (this.text.startsWith('null', start)) return { type: 'null', start, end: this.skip(4) };
    return undefined;
  }

  private skip(length: number): number {
    this.at += length;
    return this.at;
  }
}
