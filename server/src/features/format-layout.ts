/**
 * How a JSON text is laid out: every gap between its tokens as it should be. Only blanks are ever touched, so a value, the spelling of a number
 * and the escapes of a string stay as they are. A container keeps the lines its author gave it; one that is written on a single line stays there
 * while it fits, and is broken when it does not.
 */
import type { ArrayNode, Node, ObjectNode } from '../syntax/node.ts';

export interface Layout {
  readonly lineWidth: number;
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** What stands between two tokens, and what should. */
export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

type Container = ObjectNode | ArrayNode;

/** A property or an item of a list, in one form. */
interface Member {
  readonly start: number;
  readonly end: number;
  readonly key: { readonly start: number; readonly end: number } | undefined;
  readonly value: Node;
}

/** What the layout of one text needs to know of it. */
export interface Page {
  readonly text: string;
  readonly layout: Layout;
  readonly lineEnd: string;
  /** Containers with a mistake in them, however deep: their own lines stay as they are. */
  readonly isDamaged: (node: Container) => boolean;
  readonly gaps: Gap[];
  readonly lengths: Map<Node, number>;
}

const BROKEN = Number.POSITIVE_INFINITY;

/** Lays out a node that begins in `column` of a line indented by `depth` steps behind `base`. What follows it on its line takes `tail` columns. */
export function layOut(
  page: Page,
  node: Node,
  at: { readonly base: string; readonly depth: number; readonly column: number },
  tail = 0,
): void {
  if (node.type !== 'object' && node.type !== 'array') return;
  if (page.isDamaged(node)) return layOutWithin(page, node);
  if (at.column + flatLength(page, node) + tail <= page.layout.lineWidth) return flatten(page, node);
  breakUp(page, node, at);
}

/** Of a container with a mistake: what stands first on its line, from where its author has put it. What stands behind others would move with them. */
function layOutWithin(page: Page, node: Container): void {
  for (const { key, value } of membersOf(node)) {
    const line = page.text.slice(lineStart(page.text, value.start), value.start);
    const base = /^[ \t]*/.exec(line)![0];
    if (base.length !== line.length && (!key || value.start - key.start !== line.length - base.length)) continue;
    layOut(page, value, { base, depth: 0, column: columns(line, page.layout) });
  }
}

/** How long the node is on one line; endless if it was written on several, or must not be touched. */
function flatLength(page: Page, node: Node): number {
  if (node.type !== 'object' && node.type !== 'array') return node.end - node.start;
  const known = page.lengths.get(node);
  if (known !== undefined) return known;
  const members = membersOf(node);
  const length = page.isDamaged(node) || hasOwnBreak(page, node, members) ? BROKEN : sumLengths(page, node, members);
  page.lengths.set(node, length);
  return length;
}

function sumLengths(page: Page, node: Container, members: readonly Member[]): number {
  if (members.length === 0) return 2;
  const around = node.type === 'object' ? 4 : 2;
  return members.reduce((sum, member) => sum + memberLength(page, member) + 2, around - 2);
}

function memberLength(page: Page, { key, value }: Member): number {
  return (key ? key.end - key.start + 2 : 0) + flatLength(page, value);
}

/** An empty container is written without anything in it, whatever stood there. */
function hasOwnBreak({ text }: Page, node: Container, members: readonly Member[]): boolean {
  if (members.length === 0) return false;
  return [node.start + 1, ...members.map(({ end }) => end)].some((start, i) => hasBreak(text, start, members[i]?.start ?? node.end - 1));
}

function flatten(page: Page, node: Container): void {
  const members = membersOf(node);
  const edge = node.type === 'object' && members.length > 0 ? ' ' : '';
  put(page, node.start + 1, members[0]?.start ?? node.end - 1, edge);
  for (const [i, member] of members.entries()) {
    joinKey(page, member);
    if (member.value.type === 'object' || member.value.type === 'array') flatten(page, member.value);
    const next = members[i + 1];
    if (next) put(page, member.end, next.start, ', ');
    else put(page, member.end, node.end - 1, edge);
  }
}

/** Several members stay on one line if they were written on one, and fit; a list of plain values written on one line fills its lines. */
function breakUp(page: Page, node: Container, { base, depth }: { readonly base: string; readonly depth: number }): void {
  const { text, layout } = page;
  const members = membersOf(node);
  const shares = hasOwnBreak(page, node, members) || members.every(({ value }) => value.type !== 'object' && value.type !== 'array');
  const inner = base + step(layout).repeat(depth + 1);
  const from = columns(inner, layout);
  let column = from;
  for (const [i, member] of members.entries()) {
    const before = members[i - 1];
    const tail = i < members.length - 1 ? 1 : 0;
    const length = memberLength(page, member);
    const beside =
      before !== undefined &&
      shares &&
      Number.isFinite(memberLength(page, before)) &&
      !hasBreak(text, before.end, member.start) &&
      column + 2 + length + tail <= layout.lineWidth;
    const separator = before ? ',' : '';
    put(page, before?.end ?? node.start + 1, member.start, beside ? ', ' : separator + lineBreaks(page, before?.end, member.start) + inner);
    column = (beside ? column + 2 : from) + (Number.isFinite(length) ? length : 0);
    joinKey(page, member);
    const start = (beside ? column - length : from) + (member.key ? member.key.end - member.key.start + 2 : 0);
    layOut(page, member.value, { base, depth: depth + 1, column: start }, tail);
  }
  const last = members.at(-1);
  if (last) put(page, last.end, node.end - 1, page.lineEnd + base + step(layout).repeat(depth));
}

/** One blank line between two members is kept. */
function lineBreaks({ text, lineEnd }: Page, from: number | undefined, to: number): string {
  const breaks = from === undefined ? 1 : (text.slice(from, to).match(/\r\n|\r|\n/g)?.length ?? 1);
  return breaks > 1 ? lineEnd + lineEnd : lineEnd;
}

function joinKey(page: Page, { key, value }: Member): void {
  if (key) put(page, key.end, value.start, ': ');
}

function put(page: Page, start: number, end: number, newText: string): void {
  if (page.text.slice(start, end) !== newText) page.gaps.push({ start, end, newText });
}

function membersOf(node: Container): readonly Member[] {
  if (node.type === 'array') return node.items.map(value => ({ start: value.start, end: value.end, key: undefined, value }));
  return node.properties.flatMap(({ keyStart, keyEnd, value }) =>
    value ? [{ start: keyStart, end: value.end, key: { start: keyStart, end: keyEnd }, value }] : [],
  );
}

/** Whether between the tokens of the container stands nothing but what belongs there. */
export function isWellFormed(text: string, node: Container): boolean {
  if (node.type === 'object' && node.properties.some(({ value }) => value === undefined)) return false;
  const brackets = node.type === 'object' ? '{}' : '[]';
  if (text[node.start] !== brackets[0] || text[node.end - 1] !== brackets[1] || node.end - node.start < 2) return false;
  const members = membersOf(node);
  const between = members.every(
    ({ key, value, end }, i) =>
      (!key || /^[ \t\r\n]*:[ \t\r\n]*$/.test(text.slice(key.end, value.start))) &&
      (i === members.length - 1 || /^[ \t\r\n]*,[ \t\r\n]*$/.test(text.slice(end, members[i + 1]!.start))),
  );
  const blank = (start: number, end: number) => start <= end && /^[ \t\r\n]*$/.test(text.slice(start, end));
  const first = members[0]?.start ?? node.end - 1;
  return between && blank(node.start + 1, first) && (members.length === 0 || blank(members.at(-1)!.end, node.end - 1));
}

export function lineStart(text: string, offset: number): number {
  for (let at = offset; at > 0; at--) if (text[at - 1] === '\n' || text[at - 1] === '\r') return at;
  return 0;
}

function hasBreak(text: string, start: number, end: number): boolean {
  return /[\r\n]/.test(text.slice(start, end));
}

export function step({ insertSpaces, tabSize }: Layout): string {
  return insertSpaces ? ' '.repeat(tabSize) : '\t';
}

function columns(line: string, { tabSize }: Layout): number {
  let column = 0;
  for (const unit of line) column += unit === '\t' ? tabSize : unit.length;
  return column;
}
