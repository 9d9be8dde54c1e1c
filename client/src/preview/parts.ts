/** Small parts that several sections draw. */
import type { Link, PreviewRuleLink, Tone } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

/** What a drawing can ask of the extension, and what it keeps of the reader's own choices. */
export interface Page {
  open(link: Link): void;
  send(kind: 'choose-patient' | 'show-outcome' | 'save-report' | 'remove-identifiers' | 'restart'): void;
  /** What the reader opened or closed, by key: kept over the next drawing. */
  readonly opened: Map<string, boolean>;
}

/** A status with its shape and its word. */
export function tag(title: string, tone: Tone, className = ''): HTMLElement {
  return h('span', { class: `tag ${className}`.trim(), status: tone }, icon(tone), title);
}

export function section(
  id: string,
  title: string,
  aside: HTMLElement | string | undefined,
  ...content: readonly HTMLElement[]
): HTMLElement {
  const side = typeof aside === 'string' ? h('small', {}, aside) : aside;
  return h('section', { 'aria-labelledby': id }, h('header', {}, h('h2', { id }, title), side), ...content);
}

/** A button that goes to a place in a file. `key` names it, so that the focus survives the next drawing. */
export function jump(page: Page, text: string | readonly (HTMLElement | string)[], link: Link, label: string, key: string): HTMLElement {
  const attributes = { type: 'button', class: 'jump id', title: label, 'aria-label': label, 'data-key': key, click: () => page.open(link) };
  return h('button', attributes, text);
}

/** `R000-09:61`: where it comes from, and the line it is written at. A long id is cut; its whole name is in the label. */
export function ruleJump(page: Page, rule: PreviewRuleLink, key: string, withLine = false): HTMLElement {
  const line = rule.link.range.start.line + 1;
  const text = [h('span', { class: 'cut' }, rule.label), withLine ? `:${line}` : ''];
  return jump(page, text, rule.link, `${rule.label}${withLine ? `:${line}` : ''}: go to the rule “${rule.title}”, line ${line}`, key);
}

/** A part that opens and closes, drawn when it is first opened. */
export function disclosure(page: Page, key: string, openAtFirst: boolean, summary: HTMLElement, content: () => HTMLElement): HTMLElement {
  const open = page.opened.get(key) ?? openAtFirst;
  summary.dataset.key = key;
  const details = h('details', { open }, summary) as HTMLDetailsElement;
  const fill = () => {
    if (details.open && details.childElementCount === 1) details.append(content());
  };
  fill();
  details.addEventListener('toggle', () => {
    page.opened.set(key, details.open);
    fill();
  });
  return details;
}
