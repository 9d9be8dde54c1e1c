/** Draws a rule set in plain words. Knows no rules and nothing of the editor but its messages. */
import type { Link, PlainBlock, PlainItem, PlainPage } from '../../server/src/lsp/protocol.ts';
import type { FromPlainPage, KeptPlain, ToPlainPage } from './plain-messages.ts';
import { h } from './preview/dom.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPlainPage): void; setState(state: KeptPlain): void };

const editor = acquireVsCodeApi();
const main = document.getElementById('plain')!;
let shown = '';

window.addEventListener('message', ({ data }: MessageEvent<ToPlainPage>) => {
  if (data.kind === 'gone') return main.replaceChildren(h('p', { role: 'status' }, 'This file cannot be read as a rule set.'));
  editor.setState({ ruleSet: data.ruleSet });
  // Typing elsewhere must not take the reader's selection or place away.
  const text = JSON.stringify(data.page);
  if (text === shown) return;
  shown = text;
  draw(data.page);
});
editor.postMessage({ kind: 'ready' });

function draw({ broken, blocks }: PlainPage): void {
  const top = document.documentElement.scrollTop;
  const warning = h(
    'p',
    { class: 'warning', role: 'status' },
    'Something in this rule set, or in a file it uses, has a mistake: what cannot be read is missing here.',
  );
  main.replaceChildren(...(broken ? [warning] : []), ...blocks.map(element));
  document.documentElement.scrollTop = top;
}

function element(block: PlainBlock<Link>): HTMLElement {
  switch (block.kind) {
    case 'heading':
      return h(`h${block.level}`, {}, named(block.text, block.place));
    case 'text':
      return h('p', {}, block.text);
    case 'list':
      return h('ul', {}, block.items.map(item));
    case 'table':
      return h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            block.head.map(cell => h('th', { scope: 'col' }, cell)),
          ),
        ),
        h(
          'tbody',
          {},
          block.rows.map(row =>
            h(
              'tr',
              {},
              row.cells.map((cell, i) => h('td', {}, i === 0 && cell ? named(cell, row.place) : cell)),
            ),
          ),
        ),
      );
  }
}

function item({ title, text, details, place }: PlainItem<Link>): HTMLElement {
  const name = title === '' ? undefined : h('strong', {}, named(title, place), text === '' || /[.:!?]$/.test(title) ? '' : ':');
  return h(
    'li',
    {},
    name,
    name && text ? ' ' : undefined,
    text,
    details.length
      ? h(
          'ul',
          { class: 'details' },
          details.map(each => h('li', {}, each)),
        )
      : undefined,
  );
}

/** A name that leads to the line it was written at. */
function named(text: string, link: Link | undefined): HTMLElement | string {
  return link
    ? h('button', { type: 'button', title: 'Go to the line', click: () => editor.postMessage({ kind: 'open', link }) }, text)
    : text;
}
