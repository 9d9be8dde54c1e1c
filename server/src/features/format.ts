/** Formatting: of a whole text, of some of its lines, and of what was just typed. Blanks change and nothing else does; what has mistakes is left as it is. */
import type { ParsedDocument } from '../syntax/document.ts';
import type { ArrayNode, Node, ObjectNode } from '../syntax/node.ts';
import type { Edit, Span } from '../text/span.ts';
import { type Gap, isWellFormed, type Layout, layOut, lineStart, type Page, step } from './format-layout.ts';

export type { Layout } from './format-layout.ts';

/** As wide as the samples are. */
export const LINE_WIDTH = 130;
/** So many problems are not all told: where the others are nobody knows. */
const TOO_MANY_PROBLEMS = 200;
/** Wrong, and yet every token stands where it should; a missing comma is found between the tokens. */
const HARMLESS: ReadonlySet<string> = new Set(['duplicate-key', 'number-too-long', 'lone-surrogate', 'comma-expected']);

/** The edits that format the text, each as small as can be. None for a text that has nothing to format. */
export function formatEdits(document: ParsedDocument, layout: Layout): readonly Edit[] {
  return gapsOf(document, layout).map(gap => smallest(document.text, gap));
}

/** Those of the edits that lie in the lines the span touches. */
export function formatRangeEdits(document: ParsedDocument, layout: Layout, span: Span): readonly Edit[] {
  const { text } = document;
  const start = lineStart(text, span.start);
  const end = lineEndAfter(text, span.end > span.start && lineStart(text, span.end) === span.end ? span.end - 1 : span.end);
  return within(formatEdits(document, layout), { start, end });
}

/** After a line break the line that was left, and the indentation of the new one; after a closing bracket what it closes. */
export function formatTypedEdits(document: ParsedDocument, layout: Layout, offset: number, typed: string): readonly Edit[] {
  if (typed === '\n') return formatNewLine(document, layout, offset);
  const closed = document.root && closedAt(document.root, offset);
  return closed ? within(formatEdits(document, layout), { start: closed.start + 1, end: closed.end - 1 }) : [];
}

/** No line is joined or broken: it would undo what was just typed. */
function formatNewLine(document: ParsedDocument, layout: Layout, offset: number): readonly Edit[] {
  const { text } = document;
  const start = lineStart(text, offset);
  const before = { start: lineStart(text, Math.max(0, start - 1)), end: start };
  const spacing = gapsOf(document, layout).filter(({ start: from, end, newText }) => !/[\r\n]/.test(text.slice(from, end) + newText));
  const indentation = /^[ \t]*/.exec(text.slice(start))![0];
  const wanted = indentationAt(document, layout, start, /^[}\]]/.test(text.slice(start + indentation.length)));
  const indent =
    wanted === undefined || wanted === indentation ? [] : [{ span: { start, end: start + indentation.length }, newText: wanted }];
  return [
    ...within(
      spacing.map(gap => smallest(text, gap)),
      before,
    ),
    ...indent,
  ];
}

/** One step deeper than the line on which the innermost container around the place was opened. Undefined outside all of them. */
function indentationAt({ root, text }: ParsedDocument, layout: Layout, offset: number, closes: boolean): string | undefined {
  const around = root && innermost(text, root, offset);
  if (!around) return undefined;
  const opened = text.slice(lineStart(text, around.start), around.start);
  return /^[ \t]*/.exec(opened)![0] + (closes ? '' : step(layout));
}

function innermost(text: string, node: Node, offset: number): Node | undefined {
  if ((node.type !== 'object' && node.type !== 'array') || node.start >= offset) return undefined;
  const children = childrenOf(node);
  // One that is not closed yet goes on to the end of the text.
  const isOpen =
    text[node.end - 1] !== (node.type === 'object' ? '}' : ']') || children.at(-1)?.end === node.end || node.end - node.start < 2;
  if (node.end <= offset && !(isOpen && text.slice(node.end, offset).trim() === '')) return undefined;
  for (const child of children) {
    const found = innermost(text, child, offset);
    if (found) return found;
  }
  return node;
}

function closedAt(node: Node, offset: number): Node | undefined {
  if (node.start >= offset || node.end < offset || (node.type !== 'object' && node.type !== 'array')) return undefined;
  if (node.end === offset) return node;
  for (const child of childrenOf(node)) {
    const found = closedAt(child, offset);
    if (found) return found;
  }
  return undefined;
}

function childrenOf(node: ObjectNode | ArrayNode): readonly Node[] {
  return node.type === 'array' ? node.items : node.properties.flatMap(({ value }) => value ?? []);
}

function gapsOf({ text, root, problems }: ParsedDocument, layout: Layout): readonly Gap[] {
  if (!root || problems.length >= TOO_MANY_PROBLEMS) return [];
  const damage = problems.filter(({ code }) => !HARMLESS.has(code)).map(({ span }) => span);
  const damaged = new Set(damage.flatMap(span => ownersOf(root, span)));
  const known = new Map<Node, boolean>();
  const isDamaged = (node: ObjectNode | ArrayNode): boolean => {
    const found =
      known.get(node) ??
      (damaged.has(node) ||
        !isWellFormed(text, node) ||
        childrenOf(node).some(child => (child.type === 'object' || child.type === 'array') && isDamaged(child)));
    known.set(node, found);
    return found;
  };
  const page: Page = { text, layout, lineEnd: lineEndOf(text), isDamaged, gaps: [], lengths: new Map() };
  // What stands before or behind the value is no gap if it holds more than blanks.
  if (damage.length === 0 && problems.every(({ code }) => code !== 'comma-expected')) around(page, root);
  layOut(page, root, { base: '', depth: 0, column: 0 });
  return page.gaps.sort((a, b) => a.start - b.start);
}

/** A byte order mark stays; a line break ends the text. */
function around({ text, gaps, lineEnd }: Page, root: Node): void {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  if (/^[ \t\r\n]+$/.test(text.slice(start, root.start))) gaps.push({ start, end: root.start, newText: '' });
  if (/^[ \t\r\n]*$/.test(text.slice(root.end)) && text.slice(root.end) !== lineEnd)
    gaps.push({ start: root.end, end: text.length, newText: lineEnd });
}

/** The innermost container with the mistake, and every container the mistake reaches out of. */
function ownersOf(root: Node, { start, end }: Span): readonly Node[] {
  const owners: Node[] = [];
  let node: Node | undefined = root;
  while (node && (node.type === 'object' || node.type === 'array')) {
    const inside: Node | undefined = childrenOf(node).find(child => child.start <= start && end <= child.end && start < child.end);
    if (!inside || (inside.type !== 'object' && inside.type !== 'array') || inside.end === end) owners.push(node);
    node = inside;
  }
  return owners;
}

function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

function lineEndAfter(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}

function within(edits: readonly Edit[], { start, end }: Span): readonly Edit[] {
  return edits.filter(({ span }) => span.start >= start && span.end <= end);
}

/** Without what is the same at both ends; the two halves of a line end stay together. */
function smallest(text: string, { start, end, newText }: Gap): Edit {
  const old = text.slice(start, end);
  let head = 0;
  while (head < old.length && head < newText.length && old[head] === newText[head]) head++;
  if (head > 0 && old[head - 1] === '\r') head--;
  let tail = 0;
  while (tail < old.length - head && tail < newText.length - head && old.at(-1 - tail) === newText.at(-1 - tail)) tail++;
  const splits = (one: string) => one[one.length - tail] === '\n' && one[one.length - tail - 1] === '\r';
  if (tail > 0 && (splits(old) || splits(newText))) tail--;
  return { span: { start: start + head, end: end - tail }, newText: newText.slice(head, newText.length - tail) };
}
