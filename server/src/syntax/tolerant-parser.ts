/**
 * The parser for damaged text: reads what can be read and tells each mistake once, on the spot. On well-formed text it gives the
 * same tree as `strict-parser.ts`, only slower. It goes on where a person would: a bracket that closes something further out closes
 * what is inside, and a key within a list ends the list.
 */
import type { Node, Property } from './node.ts';
import { Tokens } from './tokens.ts';
import { isTooLong, MAX_DEPTH, type Tell, tellDoubles } from './well-formed.ts';

export function parseTolerantly(text: string, tell: Tell): Node | undefined {
  return new TolerantParser(text, tell).root();
}

class TolerantParser {
  readonly #tokens: Tokens;
  readonly #tell: Tell;
  /** The closing brackets still to come, innermost last. */
  readonly #closers: ('}' | ']')[] = [];
  /** How many of them are braces. */
  #braces = 0;
  /** True from a token that fits nowhere to the next one that does: what lies between is one mistake. */
  #lost = false;
  #depthTold = false;

  constructor(text: string, tell: Tell) {
    this.#tell = tell;
    this.#tokens = new Tokens(text, tell);
  }

  root(): Node | undefined {
    const tokens = this.#tokens;
    if (tokens.kind === 'end') {
      this.#tell('empty-file', 0, Math.min(1, tokens.text.length));
      return undefined;
    }
    let root: Node | undefined;
    while (root === undefined && !tokens.is('end')) {
      if (this.#startsValue()) root = this.#value();
      else this.#skipStray();
    }
    if (!tokens.is('end')) this.#tell('end-expected', tokens.start, tokens.end);
    return root;
  }

  #startsValue(): boolean {
    const { kind } = this.#tokens;
    return kind === '{' || kind === '[' || kind === 'string' || kind === 'literal' || kind === 'damaged';
  }

  /** Takes at least one token where one starts a value. Undefined where there is none that could be read. */
  #value(): Node | undefined {
    const { kind, start, end, value, swallowed } = this.#tokens;
    if (kind === '{' || kind === '[') return this.#container(kind);
    if (kind === 'damaged' && !this.#lost) this.#tell(/^[-+]?\.?\d/.test(value) ? 'bad-number' : 'not-a-value', start, end);
    this.#lost = kind === 'damaged' || swallowed;
    this.#tokens.next();
    if (kind === 'string') return { type: 'string', start, end, value };
    return kind === 'literal' ? this.#literal(value, start, end) : undefined;
  }

  #literal(written: string, start: number, end: number): Node {
    if (written === 'null') return { type: 'null', start, end };
    if (written === 'true' || written === 'false') return { type: 'boolean', start, end, value: written === 'true' };
    if (isTooLong(written)) this.#tell('number-too-long', start, end);
    return { type: 'number', start, end, text: written };
  }

  #container(kind: '{' | '['): Node | undefined {
    if (this.#closers.length === MAX_DEPTH) return this.#skipTooDeep();
    this.#lost = false;
    this.#closers.push(kind === '{' ? '}' : ']');
    if (kind === '{') this.#braces++;
    const node = kind === '{' ? this.#object() : this.#array();
    this.#closers.pop();
    if (kind === '{') this.#braces--;
    return node;
  }

  #object(): Node {
    const tokens = this.#tokens;
    const { start } = tokens;
    const properties: Property[] = [];
    tokens.next();
    while (!this.#closes(start)) {
      if (tokens.kind === ',') this.#skipComma();
      else if (!this.#startsProperty()) this.#skipStray();
      else {
        const property = this.#property();
        if (property) properties.push(property);
        this.#separator();
      }
    }
    tellDoubles(properties, this.#tell);
    return { type: 'object', start, end: tokens.previousEnd, properties };
  }

  #array(): Node {
    const tokens = this.#tokens;
    const { start } = tokens;
    const items: Node[] = [];
    tokens.next();
    while (!this.#closes(start)) {
      if (tokens.kind === ',') this.#skipComma();
      else if (!this.#startsValue()) this.#skipStray();
      else {
        const item = this.#value();
        if (item) items.push(item);
        this.#separator();
      }
    }
    return { type: 'array', start, end: tokens.previousEnd, items };
  }

  /** Whether the innermost bracket ends here: closed, or left open by what comes next. */
  #closes(start: number): boolean {
    const tokens = this.#tokens;
    const closer = this.#closers.at(-1);
    if (tokens.kind === 'end') {
      this.#tellEnd();
      return true;
    }
    if (tokens.kind === closer || this.#isWrongBracket()) {
      if (tokens.kind !== closer) this.#tell('wrong-bracket', tokens.start, tokens.end);
      if (this.#closers.length === 1 && closer === '}' && tokens.isBeforeKey()) return false;
      tokens.next();
      this.#lost = false;
      return true;
    }
    const outer = (tokens.kind === '}' && this.#braces > 0) || (tokens.kind === ']' && this.#braces < this.#closers.length);
    if (!outer && !this.#isKeyInList()) return false;
    this.#tell(closer === '}' ? 'unclosed-object' : 'unclosed-array', start, start + 1);
    this.#lost = true;
    return true;
  }

  /** The list it stands in was not closed. */
  #isKeyInList(): boolean {
    return this.#closers.at(-1) === ']' && this.#braces > 0 && this.#tokens.isKey();
  }

  /** A closing bracket of the wrong kind with no partner further out stands for the right one, unless the right one follows. */
  #isWrongBracket(): boolean {
    const tokens = this.#tokens;
    const isCloser = tokens.kind === '}' || tokens.kind === ']';
    return isCloser && !this.#closers.includes(tokens.kind as '}' | ']') && !tokens.isBeforeCloser();
  }

  /** One mistake for all that the end of the text cuts off, at the last thing it has. */
  #tellEnd(): void {
    const { endTold, previousEnd } = this.#tokens;
    if (!endTold) this.#tell('unexpected-end', Math.max(0, previousEnd - 1), previousEnd);
    this.#tokens.endTold = true;
  }

  #startsProperty(): boolean {
    const { kind } = this.#tokens;
    return kind === 'string' || kind === 'literal' || kind === 'damaged';
  }

  /** Undefined where a word stands alone in an object. */
  #property(): Property | undefined {
    const tokens = this.#tokens;
    const { kind, value: key, start: keyStart, end: keyEnd, swallowed } = tokens;
    tokens.next();
    const hasColon = tokens.kind === ':';
    if (kind !== 'string' && !hasColon) {
      if (!this.#lost) this.#tell('property-expected', keyStart, keyEnd);
      this.#lost = true;
      return undefined;
    }
    if (kind !== 'string') this.#tell('unquoted-key', keyStart, keyEnd);
    this.#lost = false;
    return { key, keyStart, keyEnd, value: hasColon ? this.#afterColon() : this.#withoutColon(keyEnd, swallowed) };
  }

  #afterColon(): Node | undefined {
    const tokens = this.#tokens;
    const { start, end } = tokens;
    tokens.next();
    if (this.#startsValue() && !(tokens.onNewLine && tokens.isKey())) return this.#value();
    if (tokens.kind !== 'end') this.#tell('value-expected', start, end);
    this.#lost = true;
    return undefined;
  }

  #withoutColon(keyEnd: number, swallowed: boolean): Node | undefined {
    const tokens = this.#tokens;
    if (!swallowed && tokens.kind !== 'end') this.#tell('colon-expected', keyEnd - 1, keyEnd);
    this.#lost = true;
    const isValue = this.#startsValue() && !tokens.onNewLine && !tokens.isKey();
    return isValue ? this.#value() : undefined;
  }

  /** Takes the comma between two values, or tells that it is missing or one too many. */
  #separator(): void {
    const tokens = this.#tokens;
    const { start, end } = tokens;
    if (tokens.kind === ',') {
      tokens.next();
      this.#lost = false;
      if (tokens.is('}') || tokens.is(']')) this.#tell('trailing-comma', start, end);
    } else if (this.#startsValue() && !this.#lost && !this.#isKeyInList()) {
      this.#tell('comma-expected', tokens.previousEnd - 1, tokens.previousEnd);
    }
  }

  #skipComma(): void {
    if (!this.#lost) this.#tell('extra-comma', this.#tokens.start, this.#tokens.end);
    this.#tokens.next();
  }

  #skipStray(): void {
    const { kind, start, end } = this.#tokens;
    if (!this.#lost) this.#tell('unexpected-token', start, end);
    if (kind === '{' || kind === '[') this.#container(kind);
    else this.#tokens.next();
    this.#lost = true;
  }

  /** Steps over a value without reading it, and without recursion. */
  #skipTooDeep(): undefined {
    const tokens = this.#tokens;
    if (!this.#depthTold) this.#tell('too-deep', tokens.start, tokens.end);
    this.#depthTold = true;
    let depth = 0;
    do {
      if (tokens.kind === '{' || tokens.kind === '[') depth++;
      if (tokens.kind === '}' || tokens.kind === ']') depth--;
      tokens.next();
    } while (depth > 0 && tokens.kind !== 'end');
    return undefined;
  }
}
