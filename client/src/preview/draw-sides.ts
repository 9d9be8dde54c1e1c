/** The patient shown under two versions of a rule set, side by side. */
import type { CompareSide, CompareSideCell, CompareSides } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { type Page, ruleJump, tag } from './parts.ts';

/** `label` names the other version. */
export function drawSides({ answers, rules, precautions, more }: CompareSides, label: string, page: Page): HTMLElement[] {
  const head = h('h3', { class: 'sub', id: 'h-sides' }, `This patient, beside ${label}`);
  const parts = [
    { title: 'Decisions and scores', sides: answers, none: '' },
    { title: 'Rules that differ', sides: rules, none: 'Every rule is fired, ruled out or undetermined alike.' },
    { title: 'Precautions that differ', sides: precautions, none: 'Every precaution is the same.' },
  ];
  const bodies = parts.filter(({ sides }) => sides.length).map(({ title, sides }) => drawPart(title, sides, page));
  const same = parts.filter(({ sides, none }) => !sides.length && none).map(({ none }) => h('p', { class: 'say alone' }, none));
  const rest = more ? [h('p', { class: 'say alone' }, `${more} more differ.`)] : [];
  const columns = ['', 'As shown', label].map(text =>
    h('th', { scope: 'col', role: 'columnheader' }, text || h('span', { class: 'vh' }, 'What')),
  );
  // Its rows are laid out as grids, which would take the roles of a table away.
  const top = h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns));
  const table = h('table', { class: 't sides', role: 'table', 'aria-labelledby': 'h-sides' }, top, bodies);
  return bodies.length ? [head, table, ...same, ...rest] : [head, ...same];
}

function drawPart(title: string, sides: readonly CompareSide[], page: Page): HTMLElement {
  const group = h('tr', { role: 'row' }, h('th', { scope: 'rowgroup', role: 'rowheader', colspan: '3', class: 'part' }, title));
  return h(
    'tbody',
    { role: 'rowgroup' },
    group,
    sides.map((side, index) => drawSide(side, page, `side-${title}-${index}`)),
  );
}

function drawSide({ what, now, then, differs, rule }: CompareSide, page: Page, key: string): HTMLElement {
  const link = rule ? [' ', ruleJump(page, rule, key)] : [];
  const other = differs ? h('span', { class: 'diff' }, drawCell(then)) : drawCell(then);
  const head = h('th', { scope: 'row', role: 'rowheader' }, what, link);
  return h('tr', { role: 'row' }, head, h('td', { role: 'cell' }, drawCell(now)), h('td', { role: 'cell' }, other));
}

function drawCell({ text, tone }: CompareSideCell): HTMLElement | string {
  return tone ? tag(text, tone) : text;
}
