/** Scores: for each record its total in the strip of its bands, and the points of each component. */
import type { PreviewComponent, PreviewNote, PreviewScore, PreviewScoreGroup, PreviewStrip } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { Preview } from './messages.ts';
import { jump, type Page, section, tag } from './parts.ts';

export function drawScores(preview: Preview, page: Page): HTMLElement | undefined {
  if (!preview.scores.length) return undefined;
  const scored = preview.scores.some(group => group.record === undefined || group.scores.length);
  const ordered = preview.scores.length > 1 && preview.scores.some(group => group.answer);
  const groups = preview.scores.map(group => drawGroup(group, page));
  return section('h-scores', scored ? 'Scores' : 'Records', ordered ? 'strictest first' : undefined, ...groups);
}

function drawGroup(group: PreviewScoreGroup, page: Page): HTMLElement {
  const key = group.record === undefined || group.record === group.name ? undefined : h('span', { class: 'key' }, group.record);
  const top = h(
    'div',
    { class: 'top' },
    h('h3', {}, key, key && ' ', group.name),
    group.detail ? h('small', {}, group.detail) : undefined,
    group.answer && tag(group.answer.title, group.answer.tone),
  );
  const scores = group.scores.map(score => drawScore(score, page, `${group.record ?? ''}.${score.id}`));
  const target = group.record === undefined ? {} : { id: `record-${group.record}`, tabindex: '-1' };
  return h('article', { class: 'lesion', ...target }, top, scores, group.notes.map(drawNote));
}

function drawNote({ text, icon: name }: PreviewNote): HTMLElement {
  return h('p', { class: 'note' }, icon(name, name === 'unknown' ? 'u' : name === 'false' ? 'f' : ''), text);
}

function drawScore(score: PreviewScore, page: Page, key: string): HTMLElement {
  const scored = score.scored ? h('span', { class: 'dim' }, ` ${score.scored}`) : undefined;
  const title = jump(page, score.title, score.link, `Go to the score ${score.title}`, `score-${key}`);
  title.className = 'jump name';
  const total = score.total && h('span', {}, `${score.total.label} `, h('b', {}, score.total.text));
  return h(
    'div',
    { class: 'score', 'data-score': score.id },
    h('div', { class: 'strip' }, h('div', { class: 'cap' }, h('span', {}, title, scored), total), score.strips.map(drawStrip)),
    score.components.length ? h('dl', { class: 'parts' }, score.components.map(drawComponent)) : undefined,
    score.notes.map(drawNote),
  );
}

function drawStrip(strip: PreviewStrip): HTMLElement {
  const n = strip.cells.length;
  const cells = strip.cells.map(cell =>
    h(
      'i',
      {
        status: cell.tone,
        class: [cell.first ? 'first' : '', { total: 'at', possible: 'may', never: 'never', other: '' }[cell.state]].join(' ').trim(),
      },
      cell.total,
    ),
  );
  const inRow = n > 0 && strip.bands.every(band => band.cells > 0);
  const bands = strip.bands.map(band =>
    h(
      'span',
      {
        status: band.tone,
        class: [band.here ? 'here' : '', band.cells === 1 ? 'narrow' : ''].join(' ').trim(),
        vars: { '--w': Math.max(1, band.cells) },
      },
      h('span', {}, band.title),
      h('span', { class: 'num' }, band.range),
    ),
  );
  return h(
    'div',
    {},
    strip.title ? h('p', { class: 'dim set' }, strip.title) : undefined,
    n ? h('div', { class: 'cells', role: 'img', 'aria-label': strip.label, vars: { '--n': n } }, cells) : undefined,
    bands.length
      ? h('div', { class: inRow ? 'bandnames' : 'bandnames list', 'aria-hidden': n > 0 ? 'true' : undefined, vars: { '--n': n } }, bands)
      : undefined,
    strip.never ? h('p', { class: 'dim set', 'aria-hidden': n > 0 ? 'true' : undefined }, strip.never) : undefined,
  );
}

function drawComponent(component: PreviewComponent): HTMLElement {
  return h(
    'div',
    { class: component.known ? '' : 'unk' },
    h('dt', {}, component.title, ' ', h('span', {}, component.option)),
    drawDots(component),
    h('dd', {}, component.points),
  );
}

function drawDots({ dots, known }: PreviewComponent): HTMLElement {
  const all = Array.from({ length: dots?.all ?? 0 }, (_, index) => h('i', { class: !known ? 'u' : index < dots!.filled ? 'f' : '' }));
  return h('span', { class: 'pips', 'aria-hidden': 'true' }, all);
}
