/** Edits that add to an object or a list of a JSON text, or take from it, laid out as what stands beside it. */
import type { ArrayNode, Node, ObjectNode } from '../syntax/node.ts';
import type { Edit, Span } from '../text/span.ts';

/** A property at the end of the object. */
export function propertyEdit(text: string, object: ObjectNode, key: string, value: unknown): Edit {
  const last = object.properties.at(-1);
  const indent = last ? indentAt(text, last.keyStart) : '';
  const start = `${indent}${JSON.stringify(key)}: `;
  return propertyTextEdit(text, object, key, laidOut(value, { indent, column: start.length, ...stepOf(text, object) }));
}

/** The same with a value that is JSON text already: numbers keep their digits. */
export function propertyTextEdit(text: string, object: ObjectNode, key: string, value: string): Edit {
  const last = object.properties.at(-1);
  return after(text, object, last && { start: last.keyStart, end: last.value?.end ?? last.keyEnd }, `${JSON.stringify(key)}: ${value}`);
}

/** An item at the end of the list: an entry a line where the item before it is so, or where one line would be too long. */
export function itemEdit(text: string, list: ArrayNode, value: unknown): Edit {
  const last = list.items.at(-1);
  if (!last) return after(text, list, last, written(value));
  const indent = indentAt(text, last.start);
  const isOpen = last.type === 'object' && text.slice(last.start, last.end).includes('\n');
  return after(text, list, last, laidOut(value, { indent, column: isOpen ? WIDEST : indent.length, ...stepOf(text, last) }));
}

/** An item, as text, behind one of the list. */
export function itemTextEdit(text: string, list: ArrayNode, behind: Node, value: string): Edit {
  return after(text, list, behind, value);
}

/** Takes entry number `index` out of an object or a list, with the comma that joins it to the others. */
export function removalEdit(holder: ObjectNode | ArrayNode, index: number): Edit {
  const entries = entriesOf(holder);
  const entry = entries[index]!;
  const [before, next] = [entries[index - 1], entries[index + 1]];
  if (before) return { span: { start: before.end, end: entry.end }, newText: '' };
  if (next) return { span: { start: entry.start, end: next.start }, newText: '' };
  return { span: { start: holder.start + 1, end: holder.end - 1 }, newText: '' };
}

/** The places of the properties, each with its key, or of the items. */
export function entriesOf(holder: ObjectNode | ArrayNode): readonly Span[] {
  if (holder.type === 'array') return holder.items.map(({ start, end }) => ({ start, end }));
  return holder.properties.map(({ keyStart, keyEnd, value }) => ({ start: keyStart, end: value?.end ?? keyEnd }));
}

/** The node that stands at exactly this place. */
export function nodeAt(node: Node | undefined, span: { readonly start: number; readonly end: number }): Node | undefined {
  if (!node || node.start > span.start || node.end < span.end) return undefined;
  if (node.start === span.start && node.end === span.end) return node;
  const children = node.type === 'object' ? node.properties.map(({ value }) => value) : node.type === 'array' ? node.items : [];
  for (const child of children) {
    const found = nodeAt(child, span);
    if (found) return found;
  }
  return undefined;
}

/** A value as people write it on one line: `{ "fact": "age", "in": [1, 2] }`. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const properties = Object.entries(value).flatMap(([key, each]) =>
    each === undefined ? [] : [`${JSON.stringify(key)}: ${written(each)}`],
  );
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`;
}

/** The longest line that is written. */
const WIDEST = 130;

interface Place {
  readonly indent: string;
  /** Where the value begins in its line. */
  readonly column: number;
  /** By how much more what is inside stands to the right. */
  readonly step: string;
  readonly lineEnd: string;
}

/** A value on one line where it fits, else with an entry a line. */
function laidOut(value: unknown, { indent, column, step, lineEnd }: Place): string {
  const line = written(value);
  if (typeof value !== 'object' || value === null || line.length <= 2 || column + line.length <= WIDEST) return line;
  const inner = indent + step;
  const entry = (start: string, each: unknown) => start + laidOut(each, { indent: inner, column: start.length, step, lineEnd });
  const entries = Array.isArray(value)
    ? value.map(each => entry(inner, each))
    : Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [entry(`${inner}${JSON.stringify(key)}: `, each)]));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return [open, entries.join(`,${lineEnd}`), indent + close].join(lineEnd);
}

/** How the text around is indented: by what stands in `holder`, if it has lines of its own. */
function stepOf(text: string, holder: Node): Pick<Place, 'step' | 'lineEnd'> {
  const first = holder.type === 'object' || holder.type === 'array' ? entriesOf(holder)[0] : undefined;
  const [outer, inner] = [indentAt(text, holder.start), first ? indentAt(text, first.start) : ''];
  return {
    step: inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : outer.includes('\t') ? '\t' : '  ',
    lineEnd: lineEndOf(text),
  };
}

/** What ends a line in this text. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks at the start of the line a place is on, whatever else stands before it there. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))![0];
}

function after(text: string, holder: Node, last: { readonly start: number; readonly end: number } | undefined, newEntry: string): Edit {
  if (!last) return { span: { start: holder.start + 1, end: holder.end - 1 }, newText: ` ${newEntry} ` };
  const line = text.slice(text.lastIndexOf('\n', last.start - 1) + 1, last.start);
  const separator = /^[ \t]*$/.test(line) ? `,${lineEndOf(text)}${line}` : ', ';
  return { span: { start: last.end, end: last.end }, newText: `${separator}${newEntry}` };
}
