/** Makes elements. Styles that depend on data are set through the CSSOM: the page's policy allows no style attribute. */

type Child = Node | string | undefined | readonly Child[];

interface Attributes {
  readonly class?: string | undefined;
  /** A status shape's colour. */
  readonly status?: string | undefined;
  /** Custom properties of the style sheet. */
  readonly vars?: Readonly<Record<string, string | number>>;
  readonly click?: () => void;
  /** Anything else: written as it is; `undefined` and `false` leave it out. */
  readonly [name: string]: unknown;
}

export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  const { class: name, status, vars, click, ...others } = attributes;
  if (name) element.className = name;
  if (status) element.dataset.status = status;
  for (const [property, value] of Object.entries(vars ?? {})) element.style.setProperty(property, String(value));
  if (click) element.addEventListener('click', click);
  for (const [key, value] of Object.entries(others))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== undefined) element.append(child as Node | string);
  }
}

/** Words that only a screen reader says. */
export function unseen(text: string): HTMLElement {
  return h('span', { class: 'vh' }, text);
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag: string, attributes: Readonly<Record<string, string>> = {}, ...children: readonly Element[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
