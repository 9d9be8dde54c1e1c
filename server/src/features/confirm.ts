/** Confirming what a program proposed to expect: the mark is taken away, of one case or of all in the file. Only a person may; nothing does it on saving. */
import type { Diagnostic, Fix } from '../diagnostics/define.ts';
import type { Node } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { removalEdit } from './insert.ts';
import { stepsAt } from './refactor-scene.ts';

const CODE = 'unconfirmed-expectation';

/** `all` are the findings of the file. None for what stands in another file. */
export function confirmations(one: Diagnostic, all: readonly Diagnostic[], root: Node | undefined): Fix[] {
  if (one.code !== CODE) return [];
  const own = markRemoved(one, root);
  if (!own) return [];
  const edits = all.flatMap(each => (each.code === CODE ? (markRemoved(each, root) ?? []) : []));
  const single = { title: 'Confirm this expectation', edits: [own] };
  return edits.length < 2 ? [single] : [single, { title: `Confirm all ${edits.length} expectations in this file`, edits }];
}

/** The mark is a key of an entry or of a row; in a row of cells it is one of them, and an empty text says nothing. */
function markRemoved({ span }: Diagnostic, root: Node | undefined): Edit | undefined {
  const [mark, holder] = stepsAt(root, span);
  if (mark?.node.type !== 'boolean' || !mark.node.value || !holder) return undefined;
  if (holder.node.type === 'array') return { span: { start: mark.node.start, end: mark.node.end }, newText: '""' };
  if (holder.node.type !== 'object') return undefined;
  const index = holder.node.properties.findIndex(({ value }) => value === mark.node);
  return removalEdit(holder.node, index);
}
