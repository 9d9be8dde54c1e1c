/** Precautions by site, missing data, sources. */
import type { PreviewConflict, PreviewEffect, PreviewMissing, PreviewSite } from '../../../server/src/lsp/protocol.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { Preview } from './messages.ts';
import { disclosure, jump, type Page, ruleJump, section, tag } from './parts.ts';

export function drawPrecautions(preview: Preview, page: Page): HTMLElement {
  const possible = preview.precautions.some(site => site.effects.some(effect => effect.state === 'possible'));
  const none = h('p', { class: 'say' }, 'No rule that fired asks for, advises, limits or bars anything.');
  const sites = preview.precautions.map((site, index) => drawSite(site, page, `site-${index}`));
  return section(
    'h-precautions',
    'Precautions by site',
    possible ? 'in force, and possible' : 'in force',
    ...(sites.length ? sites : [none]),
  );
}

/** More recommendations than this start closed: what bars and limits must not drown in them. */
const MOST_RECOMMENDED = 4;

function drawSite(site: PreviewSite, page: Page, key: string): HTMLElement {
  const rows = site.effects.map((effect, index) => ({ effect, row: () => drawEffect(effect, page, `${key}-${index}`) }));
  const recommended = rows.filter(({ effect }) => effect.verb === 'recommend');
  const shown = recommended.length > MOST_RECOMMENDED ? rows.filter(({ effect }) => effect.verb !== 'recommend') : rows;
  const conflicts = site.conflicts.map((conflict, index) => drawConflict(conflict, page, `${key}-c${index}`));
  const list = h(
    'ul',
    {},
    shown.map(({ row }) => row()),
    conflicts,
  );
  if (shown !== rows) {
    const all = () =>
      h(
        'ul',
        {},
        recommended.map(({ row }) => row()),
      );
    list.append(
      h(
        'li',
        { class: 'more' },
        disclosure(page, `recommended-${site.site}`, false, h('summary', {}, `${recommended.length} recommended`), all),
      ),
    );
  }
  return h('div', { class: 'site-group' }, h('b', {}, site.site), list);
}

function drawEffect(effect: PreviewEffect, page: Page, key: string): HTMLElement {
  const hard = effect.verb === 'forbid' || effect.verb === 'avoid' || effect.verb === 'limit';
  const possible = effect.state === 'possible';
  return h(
    'li',
    { class: possible ? 'possible' : '', 'data-verb': effect.verb },
    h('span', { class: hard ? 'verb hard' : 'verb' }, effect.verb),
    h(
      'span',
      {},
      effect.text,
      effect.note ? h('small', {}, ` ${effect.note}`) : undefined,
      possible ? h('span', { class: 'maybe' }, icon('unknown', 'u'), 'possible') : undefined,
    ),
    ruleJump(page, effect.rule, key),
  );
}

function drawConflict(conflict: PreviewConflict, page: Page, key: string): HTMLElement {
  const rules = conflict.rules.flatMap((rule, index) => [' ', ruleJump(page, rule, `${key}-${index}`)]);
  const head = conflict.state === 'possible' ? 'possible conflict' : 'conflict';
  return h('li', { class: 'clash', status: 'conflict' }, icon('conflict'), h('span', {}, h('b', {}, head), ` ${conflict.text}`, rules));
}

export function drawMissing(preview: Preview, page: Page): HTMLElement {
  if (!preview.missing.length) return section('h-missing', 'Missing data', undefined, h('p', { class: 'say' }, preview.nothingMissing));
  const inputs = preview.missing.map((missing, index) => ({ missing, index }));
  const tables = inputs.filter(({ missing }) => missing.changes).map(({ missing, index }) => drawInput(missing, page, index));
  const items = inputs
    .filter(({ missing }) => !missing.changes)
    .map(({ missing, index }) => h('li', {}, inputName(missing, page, index), ' ', h('small', {}, missing.detail)));
  const lead = tables.length ? 'By itself, none of these changes a decision:' : 'By itself, no input changes a decision:';
  const rest = items.length ? [h('p', { class: 'say alone' }, lead), h('ul', { class: 'inputs' }, items)] : [];
  return section('h-missing', 'Missing data', 'what would settle it', ...tables, ...rest);
}

function inputName(missing: PreviewMissing, page: Page, index: number): HTMLElement {
  if (!missing.link) return h('span', {}, missing.text);
  const name = jump(page, missing.text, missing.link, `Go to where this belongs: ${missing.text}`, `missing-${index}`);
  name.className = 'jump name';
  return name;
}

/** An input with the outcome for each of its values. */
function drawInput(missing: PreviewMissing, page: Page, index: number): HTMLElement {
  const caption = h('caption', {}, h('b', {}, inputName(missing, page, index)), ' ', h('small', {}, missing.detail));
  const columns = missing.decisions.map(title => h('th', { scope: 'col' }, title));
  const rows = missing.outcomes.map(({ value, answers }) => {
    const cells = answers.map(answer => h('td', {}, tag(answer.title, answer.tone)));
    return h('tr', {}, h('th', { scope: 'row' }, value), cells);
  });
  const head = h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Value'), columns));
  return h('table', { class: 't input' }, caption, rows.length ? [head, h('tbody', {}, rows)] : undefined);
}

export function drawSources(preview: Preview, page: Page): HTMLElement {
  const button = (key: string, kind: 'show-outcome' | 'save-report', text: string) =>
    h('button', { type: 'button', class: 'plain', 'data-key': key, click: () => page.send(kind) }, text);
  const data = h(
    'span',
    { class: 'ways' },
    button('report', 'save-report', 'Save the outcome…'),
    ' ',
    button('outcome', 'show-outcome', 'Show the outcome as JSON'),
  );
  const fine = [
    ...preview.ruleSet.cautions,
    'The preview shows what the rules say about a sample patient. It is no advice about a person.',
  ];
  const none = preview.sources.length ? [] : [h('p', { class: 'say' }, 'The rule set names no source.')];
  const definitions = drawDefinitions(preview, page);
  return section(
    'h-sources',
    'Sources',
    data,
    ...none,
    ...sourceLists(preview, page),
    ...definitions,
    h('p', { class: 'sources fine' }, fine.join(' ')),
  );
}

/** Sources no rule or score of this outcome rests on start closed. */
function sourceLists({ sources }: Preview, page: Page): HTMLElement[] {
  const used = sources.filter(source => source.used);
  const others = sources.length - used.length;
  const list = (some: Preview['sources'], from: number) =>
    h(
      'ol',
      { class: 'sources', start: from + 1 },
      some.map((source, index) => drawSource(source, page, from + index)),
    );
  const shown = used.length ? [list(used, 0)] : [];
  if (!others) return shown;
  const summary = h(
    'summary',
    { class: 'group' },
    `${others} ${used.length ? 'more ' : ''}${others === 1 ? 'source' : 'sources'} of rules that did not fire`,
  );
  return [...shown, disclosure(page, 'sources', false, summary, () => list(sources.slice(used.length), used.length))];
}

function drawSource({ title, detail, link }: Preview['sources'][number], page: Page, index: number): HTMLElement {
  const line = link.range.start.line + 1;
  const go = jump(page, `line ${line}`, link, `Go to the source “${title}”, line ${line}`, `source-${index}`);
  return h('li', {}, h('span', {}, String(index + 1)), h('span', {}, h('b', {}, title), detail ? `. ${detail} ` : ' ', go));
}

const MOST_DEFINITIONS = 3;

/** Vague words of the sources, as the authors of the rules read them. */
function drawDefinitions({ definitions }: Preview, page: Page): HTMLElement[] {
  if (!definitions.length) return [];
  const items = () =>
    definitions.map(({ word, meaning, item, link }, index) => {
      const line = link.range.start.line + 1;
      const go = jump(page, `line ${line}`, link, `Go to the definition in “${item}”, line ${line}`, `definition-${index}`);
      return h('li', {}, h('b', {}, `“${word}”`), `: ${meaning} `, go);
    });
  const summary = h(
    'summary',
    { class: 'group' },
    `${definitions.length} vague ${definitions.length === 1 ? 'word' : 'words'}, as the authors take them`,
  );
  return [
    disclosure(page, 'definitions', definitions.length <= MOST_DEFINITIONS, summary, () => h('ul', { class: 'sources defines' }, items())),
  ];
}
