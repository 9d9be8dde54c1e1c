/** Compare: patients down, decisions and scores across; filtered, sorted, and held against another version of the rule set. */
import type { CompareGrid, CompareRow } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { drawSides } from './draw-sides.ts';
import type { Against, Comparison } from './messages.ts';
import { type Page, section, tag } from './parts.ts';

export interface CompareActions {
  ask(against: Against): void;
  show(patient: string): void;
  readonly page: Page;
}

const VERSIONS = [
  ['nothing', 'Compare with …'],
  ['saved', 'The files as saved'],
  ['head', 'The files at HEAD'],
  ['file', 'Another rule set …'],
] as const;

/** More rows than this are drawn only when asked for. */
const MOST_ROWS = 300;

export class Compare {
  readonly element = h('div', { class: 'piece' });
  readonly #actions: CompareActions;
  readonly #body = h('div', {});
  readonly #count = h('small', { role: 'status' });
  #comparison: Comparison | undefined;
  #current = '';
  #filter = '';
  #onlyDiffering = false;
  #all = false;
  #sort: { readonly column: number; readonly down: boolean } = { column: -1, down: false };
  #open = false;

  constructor(actions: CompareActions) {
    this.#actions = actions;
    const show = h(
      'button',
      { type: 'button', class: 'plain', 'data-key': 'compare-open', click: () => this.#toggle(show) },
      'Show all patients',
    );
    this.element.append(section('h-compare', 'Compare', this.#count, h('p', {}, show), this.#body));
  }

  /** Whether it is shown, and so is to be kept up to date. */
  get against(): Against | undefined {
    return this.#open ? (this.#comparison?.against ?? 'nothing') : undefined;
  }

  /** `current` is the URI of the patient shown. */
  draw(comparison: Comparison | undefined, current: string): void {
    this.#comparison = comparison ?? this.#comparison;
    this.#current = current;
    this.#redraw();
  }

  clear(): void {
    this.#comparison = undefined;
    this.#body.replaceChildren();
    this.#count.textContent = '';
  }

  #toggle(button: HTMLElement): void {
    this.#open = !this.#open;
    button.textContent = this.#open ? 'Hide' : 'Show all patients';
    if (this.#open) this.#actions.ask('nothing');
    else this.clear();
  }

  #redraw(): void {
    const answer = this.#comparison?.answer;
    if (!this.#open || !answer) return;
    if (answer.kind === 'broken') {
      this.#count.textContent = '';
      this.#body.replaceChildren(this.#filters(), h('p', { class: 'say' }, answer.message));
      return;
    }
    const rows = this.#rows(answer.grid);
    const differing = this.#comparison!.label
      ? `; ${answer.grid.differing || 'none'} ${answer.grid.differing === 1 ? 'differs' : 'differ'} from ${this.#comparison!.label}`
      : '';
    this.#count.textContent = `${rows.length} of ${answer.grid.rows.length} patients${differing}`;
    const shown = this.#all ? rows : rows.slice(0, MOST_ROWS);
    const more =
      shown.length < rows.length
        ? [h('button', { type: 'button', class: 'plain', click: () => this.#showAll() }, `Show ${rows.length - shown.length} more`)]
        : [];
    const table = h(
      'table',
      { class: 't cmp' },
      this.#head(answer.grid),
      h(
        'tbody',
        {},
        shown.map(row => this.#row(row, answer.grid)),
      ),
    );
    const old = this.#body.querySelector('.filters');
    const scroll = h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Patients compared', 'data-key': 'compare-scroll' },
      table,
    );
    const sides = answer.sides ? drawSides(answer.sides, this.#comparison!.label, this.#actions.page) : [];
    // The filter keeps its focus and its cursor.
    if (old) {
      while (old.nextSibling) old.nextSibling.remove();
      old.after(scroll, ...more, ...sides);
    } else this.#body.replaceChildren(this.#filters(), scroll, ...more, ...sides);
  }

  #showAll(): void {
    this.#all = true;
    this.#redraw();
  }

  #rows({ rows }: CompareGrid): readonly CompareRow[] {
    const wanted = this.#filter.trim().toLowerCase();
    const has = (row: CompareRow) =>
      row.title.toLowerCase().includes(wanted) || row.cells.some(({ text }) => text.toLowerCase().includes(wanted));
    const kept = rows.filter(row => (!this.#onlyDiffering || row.differs) && (wanted === '' || has(row)));
    const { column, down } = this.#sort;
    const sign = down ? -1 : 1;
    const by = (a: CompareRow, b: CompareRow) =>
      column < 0 ? a.title.localeCompare(b.title, 'en', { numeric: true }) : compareNumbers(a.cells[column]!.rank, b.cells[column]!.rank);
    return [...kept].sort((a, b) => sign * by(a, b));
  }

  #head({ columns }: CompareGrid): HTMLElement {
    const cell = (title: string, column: number, name = '') => {
      const { column: by, down } = this.#sort;
      const sort = by === column ? (down ? 'descending' : 'ascending') : 'none';
      const sign = by === column ? (down ? ' ▾' : ' ▴') : '';
      const click = () => this.#sortBy(column);
      return h(
        'th',
        { scope: 'col', 'aria-sort': sort, class: name },
        h('button', { type: 'button', 'data-key': `sort-${column}`, click }, `${title}${sign}`),
      );
    };
    return h(
      'thead',
      {},
      h(
        'tr',
        {},
        cell('Patient', -1),
        columns.map(({ title, kind }, index) => cell(title, index, kind === 'number' ? 'n' : '')),
      ),
    );
  }

  #sortBy(column: number): void {
    this.#sort = { column, down: this.#sort.column === column && !this.#sort.down };
    this.#redraw();
    this.#body.querySelector<HTMLElement>(`[data-key="sort-${column}"]`)?.focus();
  }

  #row(row: CompareRow, { columns }: CompareGrid): HTMLElement {
    const current = row.uri === this.#current;
    const name = h(
      'button',
      { type: 'button', class: 'jump', 'data-key': `compare-${row.uri}`, click: () => this.#actions.show(row.uri) },
      row.title,
    );
    const cells = row.cells.map(({ text, tone, was }, index) => {
      const diff = was === undefined ? [] : [' ', h('span', { class: 'diff' }, `was ${was}`)];
      const number = columns[index]!.kind === 'number';
      return h('td', { class: number ? 'n num' : '' }, tone ? tag(text, tone) : text, diff);
    });
    return h('tr', { class: current ? 'cur' : '', 'aria-current': current ? 'true' : undefined }, h('th', { scope: 'row' }, name), cells);
  }

  #filters(): HTMLElement {
    const filter = h('input', {
      type: 'search',
      placeholder: 'Filter patients',
      'aria-label': 'Filter patients',
      'data-key': 'compare-filter',
    }) as HTMLInputElement;
    filter.value = this.#filter;
    filter.addEventListener('input', () => {
      this.#filter = filter.value;
      this.#redraw();
    });
    const select = h(
      'select',
      { 'aria-label': 'Compare with', 'data-key': 'compare-version' },
      VERSIONS.map(([value, text]) => h('option', { value }, text)),
    ) as HTMLSelectElement;
    const against = this.#comparison?.against;
    select.value = typeof against === 'object' ? 'file' : (against ?? 'nothing');
    select.addEventListener('change', () => this.#actions.ask(select.value as Exclude<Against, object>));
    const only = h('input', { type: 'checkbox', 'data-key': 'compare-only' }) as HTMLInputElement;
    only.checked = this.#onlyDiffering;
    only.addEventListener('change', () => {
      this.#onlyDiffering = only.checked;
      this.#redraw();
    });
    return h('div', { class: 'filters' }, filter, select, h('label', { class: 'dim' }, only, ' Differences only'));
  }
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
