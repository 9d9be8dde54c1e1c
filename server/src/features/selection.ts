/** What a selection grows to, step by step: the name, the text with its quotes, key and value, what stands between the brackets, the whole. */
import type { Node, Property } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import { innerSpan } from './inner.ts';

/** From the innermost place around the offset to the whole file, each really larger than the one before. `name` is the name at the offset, if there is one. */
export function selectionsAt(text: string, root: Node | undefined, offset: number, name: Span | undefined): readonly Span[] {
  const outermostFirst: Span[] = [{ start: 0, end: text.length }];
  if (root && touches(root, offset)) gather(text, root, offset, outermostFirst);
  if (name) outermostFirst.push(innerSpan(text, name));
  const grown: Span[] = [];
  for (const span of outermostFirst.reverse()) {
    const last = grown.at(-1);
    if (!last || (span.start <= last.start && span.end >= last.end && length(span) > length(last))) grown.push(span);
  }
  return grown;
}

function gather(text: string, node: Node, offset: number, into: Span[]): void {
  into.push(spanOf(node));
  if (node.type === 'string') into.push(innerSpan(text, node));
  if (node.type !== 'object' && node.type !== 'array') return;
  const parts = node.type === 'object' ? node.properties.map(spanOfProperty) : node.items.map(spanOf);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || offset <= node.start || offset >= node.end) return;
  into.push({ start: first.start, end: last.end });
  if (node.type === 'array') {
    const item = node.items.find(each => touches(each, offset));
    if (item) gather(text, item, offset, into);
    return;
  }
  const property = node.properties.find(each => touches(spanOfProperty(each), offset));
  if (property) ofProperty(text, property, offset, into);
}

function ofProperty(text: string, property: Property, offset: number, into: Span[]): void {
  into.push(spanOfProperty(property));
  const key = { start: property.keyStart, end: property.keyEnd };
  if (touches(key, offset)) into.push(key, innerSpan(text, key));
  else if (property.value && touches(property.value, offset)) gather(text, property.value, offset, into);
}

function spanOf({ start, end }: Node): Span {
  return { start, end };
}

function spanOfProperty({ keyStart, keyEnd, value }: Property): Span {
  return { start: keyStart, end: value?.end ?? keyEnd };
}

function touches({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function length({ start, end }: Span): number {
  return end - start;
}
