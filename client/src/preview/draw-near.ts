/** Rules that nearly fired, each with a gauge, and the smallest sets of rules that make the decision. */
import type { PreviewNear, PreviewSmallest } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { type Page, ruleJump, section } from './parts.ts';

export function drawNear(near: readonly PreviewNear[], page: Page): HTMLElement | undefined {
  if (!near.length) return undefined;
  const head = h(
    'thead',
    { class: 'vh' },
    h('tr', {}, ...['Condition', 'Value', 'Gauge', 'Distance', 'Rule'].map(text => h('th', { scope: 'col' }, text))),
  );
  const rows = near.map((each, index) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, each.text),
      h('td', { class: 'num' }, each.value),
      h('td', { status: each.tone }, gauge(each)),
      h('td', { class: 'r' }, each.distance),
      h('td', { class: 'r' }, ruleJump(page, each.rule, `near-${index}`)),
    ),
  );
  return section('h-near', 'Nearly fired', 'one number in the way', h('table', { class: 'near' }, head, h('tbody', {}, rows)));
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
