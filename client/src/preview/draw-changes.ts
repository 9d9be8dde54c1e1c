/** What would change the decision: the least changes, counted, and the fewest inputs to obtain. */
import type { PreviewChange } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { section } from './parts.ts';

/** `undefined`: still being worked out. */
export function drawChanges(changes: readonly PreviewChange[] | undefined): HTMLElement {
  const fine = h('p', { class: 'sources fine' }, 'These sentences describe the rules. They are no advice to alter a record.');
  if (!changes) return section('h-changes', 'What would change it', undefined, h('p', { class: 'say' }, 'Trying every value …'));
  if (!changes.length)
    return section('h-changes', 'What would change it', undefined, h('p', { class: 'say' }, 'Nothing that could be tried.'));
  const items = changes.map(({ tone, before, answer, after }) =>
    h('li', { status: tone }, icon(tone), h('span', {}, before, answer ? h('em', {}, answer) : undefined, after)),
  );
  return section('h-changes', 'What would change it', undefined, h('ul', { class: 'flip' }, items), fine);
}
