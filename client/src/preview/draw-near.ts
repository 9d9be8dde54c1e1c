/** Rules that nearly fired, each with a gauge, and the smallest sets of rules that make the decision. */
import type { PreviewNear, PreviewSmallest } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { type Page, ruleJump, section } from './parts.ts';

export function drawNear(near: readonly PreviewNear[], page: Page): HTMLElement | undefined {
  if (!near.length) return undefined;
  const head = h(
    'thead',
    { class: 'vh', role: 'rowgroup' },
    h(
      'tr',
      { role: 'row' },
      ...['Condition', 'Value', 'Gauge', 'Distance', 'Rule'].map(text => h('th', { scope: 'col', role: 'columnheader' }, text)),
    ),
  );
  const rows = near.map((each, index) =>
    h(
      'tr',
      { role: 'row' },
      h('th', { scope: 'row', role: 'rowheader' }, each.text),
      h('td', { class: 'num', role: 'cell' }, each.value),
      h('td', { status: each.tone, role: 'cell' }, gauge(each)),
      h('td', { class: 'far', role: 'cell' }, each.distance),
      h('td', { class: 'r', role: 'cell' }, ruleJump(page, each.rule, `near-${index}`)),
    ),
  );
  // Narrow columns lay the rows out as grids, which would take the roles of a table away.
  const table = h('table', { class: 'near', role: 'table' }, head, h('tbody', { role: 'rowgroup' }, rows));
  return section('h-near', 'Nearly fired', 'one number in the way', table);
}

/** Value (dot), bound (tick), and the side on which the rule holds. */
function gauge({ valueAt, boundAt, up }: PreviewNear): HTMLElement {
  const place = (tag: string, at: number) => {
    const element = h(tag);
    element.style.setProperty('left', `${at}%`);
    return element;
  };
  const side = h('u');
  return h(
    'span',
    { class: up ? 'gauge' : 'gauge down', 'aria-hidden': 'true', vars: { '--b': `${boundAt}%` } },
    side,
    place('i', boundAt),
    place('b', valueAt),
  );
}

export function drawSmallest(smallest: readonly PreviewSmallest[], page: Page): HTMLElement | undefined {
  if (!smallest.length) return undefined;
  const items = smallest.map(({ decision, sets }, at) => {
    const links = sets.map((set, index) => {
      const rules = set.map((rule, i) => [i ? ' with ' : '', ruleJump(page, rule, `smallest-${at}-${index}-${i}`)]);
      return [index ? ', or ' : '', ...rules.flat()];
    });
    const one = sets.length === 1 && sets[0]!.length === 1;
    const whose = smallest.length > 1 ? [h('b', {}, decision), ': '] : [];
    return h('li', { class: 'say' }, ...whose, ...links.flat(), one ? ' alone.' : sets[0]!.length === 1 ? ', each alone.' : ' together.');
  });
  return section('h-smallest', 'Smallest set of rules that makes this decision', undefined, h('ul', {}, items));
}
