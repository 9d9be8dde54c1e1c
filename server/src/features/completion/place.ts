/** Where in a file the cursor is: the containers around it, and whether a key or a value is wanted. */
import type { SyntaxCode } from '../../syntax/document.ts';
import type { ArrayNode, Node, ObjectNode, Property } from '../../syntax/node.ts';
import type { Token } from './token.ts';

/** One container around the cursor. */
export interface Step {
  readonly container: ObjectNode | ArrayNode;
  /** Of an object: the key that leads on towards the cursor; undefined where a key is wanted. */
  readonly key: string | undefined;
}

export interface Place {
  readonly token: Token;
  /** From the outermost container to the one the cursor is in. What stands at the cursor itself is left out of that one. Empty in an empty file. */
  readonly path: readonly Step[];
  readonly wanted: 'key' | 'value';
  /** Whether the token at the cursor stands before a colon: then only the key is replaced. */
  readonly hasColon: boolean;
}

/** Stands for what is not typed yet in a text made whole. No file has such a name. */
export const STAND_IN = '\u2316';

/** What may be wrong and still leaves the tree whole. */
const HARMLESS: ReadonlySet<SyntaxCode> = new Set([
  'duplicate-key',
  'number-too-long',
  'lone-surrogate',
  'trailing-comma',
  'extra-comma',
  'unquoted-key',
]);

/** Whether the tree of the text is whole, so that the cursor's place can be looked up in it. */
export function isWhole(problems: readonly { readonly code: SyntaxCode }[]): boolean {
  return problems.every(({ code }) => HARMLESS.has(code));
}

/**
 * The text with something whole in place of the half-typed token, to be read for the names and the shape of the rest; `at` is where that begins.
 * `closed`: what was opened on the line and is not closed there ends behind it too, as if the line had been finished.
 */
export function madeWhole(text: string, token: Token, closed: boolean): { text: string; at: number } {
  const isKey = token.after !== ':' && token.before !== ':' && innermostBracket(text, token.span.start) === '{';
  const comma = isBehindValue(token) ? ',' : '';
  const { start, end } = token.span;
  const closers = closed ? closersOf(text.slice(text.lastIndexOf('\n', start - 1) + 1, start)) : '';
  const more = isBeforeValue(token) ? ',' : '';
  const whole = `${text.slice(0, start)}${comma}"${STAND_IN}"${isKey ? ': null' : ''}${closers}${more}${text.slice(end)}`;
  return { text: whole, at: start + comma.length };
}

/** A value ends before the token, so that a comma is missing. */
export function isBehindValue({ before }: Token): boolean {
  return before !== '' && !'{[,:'.includes(before);
}

/** Another key or value begins behind the token without a comma. */
export function isBeforeValue({ after }: Token): boolean {
  return after !== '' && !',}]:'.includes(after);
}

/** The bracket that is open at the offset. */
function innermostBracket(text: string, end: number): string | undefined {
  return openBrackets(text, end).at(-1);
}

function closersOf(line: string): string {
  return openBrackets(line, line.length)
    .reverse()
    .map(sign => (sign === '{' ? '}' : ']'))
    .join('');
}

/** Brackets open at the offset, innermost last; strings end with their line. */
function openBrackets(text: string, end: number): string[] {
  const open: string[] = [];
  for (let i = 0; i < end; i++) {
    const sign = text[i];
    if (sign === '{' || sign === '[') open.push(sign);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') i = skipString(text, i);
  }
  return open;
}

function skipString(text: string, quote: number): number {
  for (let i = quote + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"' || text[i] === '\n') return i;
  }
  return text.length;
}

/**
 * The place of the cursor. `root` is the tree of the text itself, or of the text made whole, in which the stand-in begins at `at`. Undefined where
 * nothing can be typed.
 */
export function placeAt(token: Token, root: Node | undefined, at: number): Place | undefined {
  const place = { token, hasColon: token.after === ':' };
  if (root === undefined) return { ...place, path: [], wanted: 'value' };
  const path: Step[] = [];
  for (let node: Node | undefined = root; node && isAround(node, at); ) {
    if (node.type === 'array') {
      path.push({ container: withoutScalar(node, at), key: undefined });
      node = node.items.find(item => isAround(item, at));
      continue;
    }
    const found: Property | undefined = node.properties.findLast(({ keyStart }) => keyStart <= at);
    if (found?.value && isAround(found.value, at)) {
      path.push({ container: node, key: found.key });
      node = found.value;
      continue;
    }
    const inKey = found?.keyStart === at;
    if (inKey) return { ...place, path: [...path, { container: without(node, found), key: undefined }], wanted: 'key' };
    if (!found || (token.before !== ':' && !isAt(found.value, at)))
      return isBetweenKeyAndColon(token) ? undefined : { ...place, path: [...path, { container: node, key: undefined }], wanted: 'key' };
    const isFree = found.value === undefined || (isAt(found.value, at) && isScalar(found.value));
    return isFree ? { ...place, path: [...path, { container: node, key: found.key }], wanted: 'value' } : undefined;
  }
  return path.length > 0 ? { ...place, path, wanted: 'value' } : undefined;
}

function isBetweenKeyAndColon({ after }: Token): boolean {
  return after === ':';
}

function isAround(node: Node, at: number): node is ObjectNode | ArrayNode {
  return !isScalar(node) && node.start < at && at < node.end;
}

function isAt(node: Node | undefined, at: number): boolean {
  return node?.start === at;
}

function isScalar({ type }: Node): boolean {
  return type !== 'object' && type !== 'array';
}

function without(node: ObjectNode, property: Property): ObjectNode {
  return { ...node, properties: node.properties.filter(other => other !== property) };
}

/** The list without what is being typed in it. */
function withoutScalar(node: ArrayNode, at: number): ArrayNode {
  return { ...node, items: node.items.filter(item => item.start !== at || !isScalar(item)) };
}
