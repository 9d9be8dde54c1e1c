/** What if: every fact of the patient can be changed in place, and the outcome follows. Rows stay while their values change. */
import type { Change, PreviewWhatIf, WhatIfGroup, WhatIfInput } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { section } from './parts.ts';
import { makeRow, type Row } from './what-if-rows.ts';

export interface WhatIfActions {
  /** A changed value; without `value` the change is taken back. */
  set(change: { readonly path: readonly string[]; readonly value?: unknown }): void;
  reset(): void;
  /** As a new sample patient, or into the file that is shown. */
  save(where: 'new' | 'open'): void;
}

/** A list longer than this can be filtered. */
const MANY = 10;

export class WhatIf {
  readonly element = h('div', { class: 'piece' });
  readonly #actions: WhatIfActions;
  readonly #rows = new Map<string, Row>();
  readonly #count = h('small', { role: 'status' });
  readonly #opened = new Map<string, boolean>();
  #drawn = '';
  #filter = '';

  constructor(actions: WhatIfActions) {
    this.#actions = actions;
  }

  /** Nothing is shown any more: the next patient's rows are its own. */
  clear(): void {
    this.#rows.clear();
    this.#drawn = '';
    this.element.replaceChildren();
  }

  draw(whatIf: PreviewWhatIf, changes: readonly Change[]): void {
    this.#count.textContent = changes.length
      ? `${changes.length} changed ${changes.length === 1 ? 'value' : 'values'}; the file stays as it is until you save`
      : 'no changed values; the outcome follows each change';
    const shape = JSON.stringify(shapeOf(whatIf));
    if (shape !== this.#drawn) this.#build(whatIf);
    this.#drawn = shape;
    for (const input of allInputs(whatIf)) this.#row(input).update(input);
    for (const button of this.element.querySelectorAll<HTMLButtonElement>('.actions button')) button.disabled = changes.length === 0;
  }

  #row(input: WhatIfInput): Row {
    const key = input.path.join('/');
    const row = this.#rows.get(key) ?? makeRow(input, (path, value) => this.#actions.set(value === undefined ? { path } : { path, value }));
    this.#rows.set(key, row);
    return row;
  }

  #build(whatIf: PreviewWhatIf): void {
    const { shown, negative, others } = partsOf(whatIf.inputs);
    const more = (key: string, words: string, inputs: readonly WhatIfInput[], open: boolean) =>
      inputs.length
        ? [
            this.#disclosure(
              key,
              `${inputs.length} ${words}`,
              () => this.#facts(inputs),
              open || inputs.some(({ was }) => was !== undefined),
            ),
          ]
        : [];
    const parts = [
      ...(whatIf.groups.length
        ? [
            h(
              'div',
              { class: 'facts' },
              whatIf.groups.map(group => this.#groupPart(group)),
            ),
          ]
        : []),
      this.#facts(shown),
      ...more('negative', 'more, recorded as no', negative, shown.length === 0),
      ...more('others', 'more, not recorded', others, shown.length === 0 && negative.length === 0),
    ];
    const filter = allInputs(whatIf).length > MANY ? [this.#filterField()] : [];
    const action = (text: string, name: string, click: () => void) =>
      h('button', { type: 'button', class: name, 'data-key': `what-if ${text}`, click }, text);
    const actions = h(
      'div',
      { class: 'actions' },
      action('Save as new patient…', 'b', () => this.#actions.save('new')),
      action('Save into this patient', 'b two', () => this.#actions.save('open')),
      action('Reset all', 'b two', () => this.#actions.reset()),
      this.#count,
    );
    this.element.replaceChildren(section('h-what-if', 'What if', 'marks on a slider are thresholds', ...filter, ...parts, actions));
    this.#applyFilter();
  }

  #facts(inputs: readonly WhatIfInput[]): HTMLElement {
    return h(
      'div',
      { class: 'facts' },
      inputs.map(input => this.#row(input).element),
    );
  }

  #disclosure(key: string, title: string | HTMLElement[], content: () => HTMLElement, open: boolean): HTMLElement {
    const details = h(
      'details',
      { open: this.#opened.get(key) ?? open, class: 'inputs-more' },
      h('summary', { class: 'group', 'data-key': `what-if-${key}` }, title),
    );
    details.append(content());
    details.addEventListener('toggle', () => this.#opened.set(key, (details as HTMLDetailsElement).open));
    return details;
  }

  #groupPart(group: WhatIfGroup): HTMLElement {
    const records = group.records.map(({ id, name, added, inputs }) => {
      const label = [h('span', { class: 'key' }, id), h('span', {}, name === id ? group.one : name)];
      const text = added ? [...label, h('small', {}, 'added')] : label;
      const remove = h(
        'button',
        {
          type: 'button',
          class: 'plain',
          'data-key': `remove-${group.id}-${id}`,
          'aria-label': `Remove ${group.one} ${id}, ${name}`,
          click: () => this.#actions.set({ path: ['groups', group.id, id], ...(added ? {} : { value: 'removed' }) }),
        },
        'remove',
      );
      return h(
        'li',
        {},
        this.#disclosure(`${group.id}-${id}`, text, () => this.#facts(inputs), added),
        remove,
      );
    });
    const removed = group.removed.map(id =>
      h(
        'li',
        { class: 'gone' },
        h('span', {}, h('span', { class: 'key' }, id), ` ${group.one} removed`),
        h(
          'button',
          {
            type: 'button',
            class: 'plain',
            'data-key': `back-${group.id}-${id}`,
            click: () => this.#actions.set({ path: ['groups', group.id, id] }),
          },
          'put back',
        ),
      ),
    );
    const add = h(
      'button',
      {
        type: 'button',
        class: 'plain',
        'data-key': `add-${group.id}`,
        click: () => this.#actions.set({ path: ['groups', group.id, group.next], value: 'added' }),
      },
      `Add ${group.one}…`,
    );
    const box = h('input', { type: 'checkbox', checked: group.complete, 'data-key': `complete-${group.id}` }) as HTMLInputElement;
    box.addEventListener('change', () => this.#actions.set({ path: ['groups', group.id], value: box.checked }));
    const list = h('label', { class: 'dim' }, box, ' complete list');
    const lab = h('div', { class: 'lab' }, h('span', { class: 'nm' }, group.title), list);
    return h('div', { class: 'fact recs-all' }, lab, h('ul', { class: 'recs' }, records, removed), add);
  }

  #filterField(): HTMLElement {
    const field = h('input', {
      type: 'search',
      id: 'what-if-filter',
      placeholder: 'Filter inputs',
      'aria-label': 'Filter inputs',
      'data-key': 'what-if-filter',
    }) as HTMLInputElement;
    field.value = this.#filter;
    field.addEventListener('input', () => {
      this.#filter = field.value;
      this.#applyFilter();
    });
    return h('div', { class: 'filters' }, field);
  }

  #applyFilter(): void {
    const wanted = this.#filter.trim().toLowerCase();
    for (const { element } of this.#rows.values())
      element.hidden = wanted !== '' && !(element.textContent ?? '').toLowerCase().includes(wanted);
    if (wanted === '') return;
    for (const details of this.element.querySelectorAll('details')) details.open = details.querySelector('.fact:not([hidden])') !== null;
  }
}

/**
 * Long lists of what a patient does not have start closed, as does what is not recorded: the numbers and what is there are tried first. A value that is
 * changed stays where it was.
 */
function partsOf(inputs: readonly WhatIfInput[]) {
  const recorded = inputs.filter(({ value, several, was }) =>
    was === undefined ? value !== undefined || several !== undefined : was !== 'unknown',
  );
  const no = recorded.filter(({ kind, value, was }) => kind === 'yes-no' && (was === undefined ? value === false : was === 'no'));
  const negative = no.length > MANY ? no : [];
  return {
    shown: recorded.filter(input => !negative.includes(input)),
    negative,
    others: inputs.filter(input => !recorded.includes(input)),
  };
}

function allInputs({ inputs, groups }: PreviewWhatIf): readonly WhatIfInput[] {
  return [...inputs, ...groups.flatMap(({ records }) => records.flatMap(record => record.inputs))];
}

/** What the layout depends on; where it is the same, rows are only given their new values. */
function shapeOf({ inputs, groups }: PreviewWhatIf): unknown {
  const { shown, negative } = partsOf(inputs);
  return [
    inputs.map(input => [input.path, input.kind, shown.includes(input) ? 'shown' : negative.includes(input) ? 'no' : 'open']),
    groups.map(({ records, ...group }) => [group, records.map(({ id, name, inputs: own }) => [id, name, own.map(({ path }) => path)])]),
  ];
}
