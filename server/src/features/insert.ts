/** Edits that add to an object or a list of a JSON text, laid out as what stands beside it. */
import type { ArrayNode, Node, ObjectNode } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';

/** A property at the end of the object. */
export function propertyEdit(text: string, object: ObjectNode, key: string, value: unknown): Edit {
  const last = object.properties.at(-1);
  const written = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  return after(text, object, last && { start: last.keyStart, end: last.value?.end ?? last.keyEnd }, written);
}

/** An item at the end of the list. */
export function itemEdit(text: string, list: ArrayNode, value: unknown): Edit {
  return after(text, list, list.items.at(-1), JSON.stringify(value));
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

function after(text: string, holder: Node, last: { readonly start: number; readonly end: number } | undefined, written: string): Edit {
  if (!last) return { span: { start: holder.start + 1, end: holder.start + 1 }, newText: ` ${written} ` };
  const line = text.slice(text.lastIndexOf('\n', last.start - 1) + 1, last.start);
  const separator = /^[ \t]*$/.test(line) ? `,\n${line}` : ', ';
  return { span: { start: last.end, end: last.end }, newText: `${separator}${written}` };
}
