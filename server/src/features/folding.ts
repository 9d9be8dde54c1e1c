/** What can be folded away: every object and list, from the bracket that opens it to the one that closes it. */
import type { Node } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';

/** Outer before inner, in the order of the text. The whole file itself is left out: folding it away leaves nothing. */
export function foldableSpans(root: Node | undefined): readonly Span[] {
  const spans: Span[] = [];
  for (const child of childrenOf(root)) gather(child, spans);
  return spans;
}

function gather(node: Node, into: Span[]): void {
  if (node.type !== 'object' && node.type !== 'array') return;
  into.push({ start: node.start, end: node.end });
  for (const child of childrenOf(node)) gather(child, into);
}

function childrenOf(node: Node | undefined): readonly Node[] {
  if (node?.type === 'array') return node.items;
  return node?.type === 'object' ? node.properties.flatMap(({ value }) => value ?? []) : [];
}
