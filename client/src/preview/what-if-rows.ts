/** The controls of What if: one row an input, which stays while its value changes, so that a slider can be dragged and a number typed. */
import type { WhatIfInput } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';

export interface Row {
  readonly element: HTMLElement;
  update(input: WhatIfInput): void;
}

/** Hears of a new value, as a patient's file would hold it; `undefined` takes the change back. */
export type Set = (path: readonly string[], value: unknown) => void;

interface Control {
  readonly element: HTMLElement;
  show(input: WhatIfInput): void;
}

let lastId = 0;

export function makeRow(first: WhatIfInput, set: Set): Row {
  const id = `what-if-${++lastId}`;
  const was = h('span', { class: 'was' });
  const control = CONTROLS[first.kind](first, id, value => set(first.path, value));
  const isGroup = first.kind === 'yes-no';
  const name = h(isGroup ? 'span' : 'label', isGroup ? { class: 'nm', id } : { for: id }, first.title);
  const reset = h(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-label': `Reset ${first.title}`,
      'data-key': `reset-${first.path.join('/')}`,
      click: () => set(first.path, undefined),
    },
    'reset',
  );
  const element = h(
    'div',
    { class: 'fact', 'data-path': first.path.join('/') },
    h('div', { class: 'lab' }, name, was, reset),
    control.element,
  );
  const update = (input: WhatIfInput) => {
    element.classList.toggle('changed', input.was !== undefined);
    was.textContent = input.was === undefined ? (input.several ? `one of: ${input.several}` : '') : `was ${input.was}`;
    reset.hidden = input.was === undefined;
    control.show(input);
  };
  update(first);
  return { element, update };
}

type MakeControl = (input: WhatIfInput, id: string, set: (value: unknown) => void) => Control;

const CONTROLS: Readonly<Record<WhatIfInput['kind'], MakeControl>> = {
  'yes-no': yesNo,
  choice,
  number,
  date: (input, id, set) => plain(input, id, set, 'YYYY-MM-DD, or never'),
  text: (input, id, set) => plain(input, id, set, '?'),
};

function yesNo(input: WhatIfInput, id: string, set: (value: unknown) => void): Control {
  const options = [
    ['yes', true],
    ['no', false],
    ['unknown', null],
  ] as const;
  const radios = options.map(([word, value]) => {
    const radio = h('input', { type: 'radio', name: `${id}-radio`, 'data-key': `${input.path.join('/')}-${word}` }) as HTMLInputElement;
    radio.addEventListener('change', () => set(value));
    return { radio, word, value };
  });
  const labels = radios.map(({ radio, word }) => h('label', {}, radio, h('span', {}, word)));
  return {
    element: h('div', { class: 'tri', role: 'radiogroup', 'aria-labelledby': id }, labels),
    show: ({ value, several }) => {
      for (const each of radios) each.radio.checked = several === undefined && (value ?? null) === each.value;
    },
  };
}

const UNKNOWN = '';
const SEVERAL = '\u0000';

function choice(input: WhatIfInput, id: string, set: (value: unknown) => void): Control {
  const select = h('select', { id, 'data-key': input.path.join('/') }) as HTMLSelectElement;
  const several = h('option', { value: SEVERAL, disabled: true, hidden: true }) as HTMLOptionElement;
  const options = input.choices.map(({ value, title, depth }) => h('option', { value }, `${'\u2003'.repeat(depth)}${title}`));
  select.append(...options, h('option', { value: UNKNOWN }, 'unknown'), several);
  select.addEventListener('change', () => set(select.value === UNKNOWN ? null : select.value));
  return {
    element: h('div', { class: 'row' }, select),
    show: ({ value, several: words }) => {
      several.textContent = words ?? '';
      select.value = words === undefined ? (typeof value === 'string' ? value : UNKNOWN) : SEVERAL;
    },
  };
}

function plain(input: WhatIfInput, id: string, set: (value: unknown) => void, placeholder: string): Control {
  const field = h('input', { type: 'text', id, class: 'field', placeholder, 'data-key': input.path.join('/') }) as HTMLInputElement;
  field.addEventListener('change', () => set(field.value.trim() === '' ? null : field.value.trim()));
  return {
    element: h('div', { class: 'row' }, field),
    show: ({ value }) => {
      if (document.activeElement !== field) field.value = typeof value === 'string' ? value : '';
    },
  };
}

function number(input: WhatIfInput, id: string, set: (value: unknown) => void): Control {
  let unit = input.unit;
  const take = (text: string) => {
    const value = Number(text);
    if (text.trim() === '') set(null);
    else if (Number.isFinite(value)) set(unit === undefined ? value : { value, unit });
  };
  const key = input.path.join('/');
  const field = h('input', { type: 'number', id, step: 'any', placeholder: '?', 'data-key': key }) as HTMLInputElement;
  field.addEventListener('input', () => field.validity.badInput || take(field.value));
  const words = h('small', {}, input.unitText);
  const none = h(
    'button',
    { type: 'button', class: 'plain', 'aria-label': `${input.title}: unknown`, 'data-key': `${key}-none`, click: () => set(null) },
    'unknown',
  );
  const slide = slider(input, text => take(text));
  return {
    element: h('div', { class: 'row' }, field, words, slide?.element, none),
    show: now => {
      unit = now.unit;
      words.textContent = now.unitText;
      const text = typeof now.value === 'string' ? now.value : '';
      if (document.activeElement !== field) field.value = text;
      none.hidden = now.value === undefined && now.several === undefined;
      slide?.show(now);
    },
  };
}

/** Only where both ends of the domain are known. */
function slider(input: WhatIfInput, take: (text: string) => void): Control | undefined {
  const { least, most } = input;
  if (least === undefined || most === undefined || !(Number(least) < Number(most))) return undefined;
  const [low, high] = [Number(least), Number(most)];
  const label = `${input.title}${input.unitText ? `, ${input.unitText}` : ''}`;
  const range = h('input', {
    type: 'range',
    min: least,
    max: most,
    step: stepOf(low, high, input.whole),
    'aria-label': label,
    'data-key': `${input.path.join('/')}-slider`,
  });
  const field = range as HTMLInputElement;
  field.addEventListener('input', () => take(field.value));
  const inside = input.marks.filter(({ at }) => Number(at) >= low && Number(at) <= high);
  const shares = inside.map(({ at }) => (Number(at) - low) / (high - low));
  const labelled = withLabels(inside.map(({ at }, index) => ({ share: shares[index]!, length: at.length })));
  const marks = inside.map(({ at, title }, index) => {
    const share = shares[index]!;
    const label = labelled.has(index) ? h('span', {}, at) : undefined;
    const mark = h('span', { class: isAtEnd(share) ? 'th end' : 'th', status: 'value', title: `${title}: ${at}` }, label);
    // The thumb's middle runs from half its width to half its width before the end.
    mark.style.setProperty('left', `calc(6px + ${share * 100}% - ${share * 12}px)`);
    return mark;
  });
  return {
    element: h('span', { class: 'slider' }, marks, range),
    show: ({ value }) => {
      if (document.activeElement !== field) field.value = typeof value === 'string' ? value : least;
      field.classList.toggle('unknown', value === undefined);
      field.setAttribute('aria-valuetext', value === undefined ? 'unknown' : `${String(value)} ${input.unitText}`.trim());
    },
  };
}

/** The narrowest slider, and the width of a figure below it, in pixels. */
const NARROW = 120;
const FIGURE = 6;

function isAtEnd(share: number): boolean {
  return share > 0.9;
}

/** Which marks have their number below them: not one that would stand on the number before it; its name and number are in its title. */
function withLabels(marks: readonly { readonly share: number; readonly length: number }[]): ReadonlySet<number> {
  const chosen = new Set<number>();
  let taken = Number.NEGATIVE_INFINITY;
  for (const [index, { share, length }] of marks.entries()) {
    const width = length * FIGURE;
    const right = share * NARROW + (isAtEnd(share) ? 0 : width / 2);
    if (right - width < taken + FIGURE / 2) continue;
    chosen.add(index);
    taken = right;
  }
  return chosen;
}

/** About two hundred steps, each a round number. */
function stepOf(low: number, high: number, whole: boolean): string {
  const raw = (high - low) / 200;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(times => times * power).find(each => each >= raw * 0.999) ?? raw;
  return whole ? String(Math.max(1, Math.round(step))) : String(Number(step.toPrecision(3)));
}
