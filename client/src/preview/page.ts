/** The preview page: draws what it is told, and keeps the last outcome while there is no new one. It knows no rules. */
import type { Change, Link, PreviewAfter, PreviewFirst } from '../../../server/src/lsp/protocol.ts';
import { balanceColumns } from './columns.ts';
import { h } from './dom.ts';
import { drawBody } from './draw-body.ts';
import { drawChanges } from './draw-changes.ts';
import { Compare } from './draw-compare.ts';
import { drawCautions, drawDecisions, drawHead, drawProblems, drawTrouble } from './draw-decision.ts';
import { drawMissing, drawPrecautions, drawSources } from './draw-lists.ts';
import { drawNear, drawSmallest } from './draw-near.ts';
import { drawRules } from './draw-rules.ts';
import { drawScores } from './draw-scores.ts';
import { WhatIf } from './draw-what-if.ts';
import type { FromPage, Kept, Preview, Shown, ToPage } from './messages.ts';
import { jump, type Page } from './parts.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): Kept | undefined; setState(state: Kept): void };

const vscode = acquireVsCodeApi();
const page: Page = {
  open: (link: Link) => vscode.postMessage({ kind: 'open', link }),
  send: kind => vscode.postMessage({ kind }),
  opened: new Map(),
};

/** Each part is an element that stays; its content is drawn anew only when what it shows has changed, so that focus and scrolling stay too. */
const parts = {
  trouble: h('div', { role: 'status', 'aria-live': 'polite' }),
  head: h('div', { class: 'head' }),
  cautions: h('div', { class: 'cautions' }),
  decisions: h('div', { class: 'decisions', role: 'status' }),
  problems: h('div', { class: 'problems' }),
  left: h('div', { class: 'col' }),
  body: h('div', { class: 'piece' }),
  precautions: h('div', { class: 'piece' }),
  scores: h('div', { class: 'piece' }),
  changes: h('div', { class: 'piece' }),
  missing: h('div', { class: 'piece' }),
  rules: h('div', { class: 'piece' }),
  near: h('div', { class: 'piece' }),
  smallest: h('div', { class: 'piece' }),
  right: h('div', { class: 'col' }),
  sources: h('footer', { class: 'wide' }),
};
const drawn = new Map<HTMLElement, string>();

const whatIf = new WhatIf({
  set: ({ path, ...change }) =>
    tryOut([...changes.filter(other => !concerns(path, other)), ...('value' in change ? [{ path, value: change.value }] : [])]),
  reset: () => tryOut([]),
  save: where => vscode.postMessage({ kind: 'save-what-if', where }),
});

const compare = new Compare({
  ask: against => vscode.postMessage({ kind: 'compare', against }),
  show: patient => vscode.postMessage({ kind: 'show-patient', patient }),
  page,
});

let shown: Shown | undefined;
/** What is tried out on the patient that is shown. */
let changes: readonly Change[] = [];
let preview: Preview | undefined;

function start(): void {
  const main = document.getElementById('preview')!;
  const loading = h('p', { class: 'say loading', id: 'loading' }, 'Running the sample patient through the rule set …');
  const { trouble, head, cautions, decisions, problems, left, right, sources } = parts;
  const wide = h('div', { class: 'wide' }, whatIf.element, compare.element);
  main.append(loading, trouble, head, decisions, cautions, problems, h('div', { class: 'grid' }, left, right, wide, sources));
  new ResizeObserver(() => keepingFocus(balance)).observe(main);
  const kept = vscode.getState();
  shown = kept?.shown;
  preview = kept?.preview;
  changes = kept?.changes ?? [];
  drawKept();
  window.addEventListener('message', (event: MessageEvent<ToPage>) => receive(event.data));
  vscode.postMessage({ kind: 'ready', changes });
}

/** What was kept by an older version of this page may have another shape: then there is nothing to show yet. */
function drawKept(): void {
  try {
    if (preview) drawPreview(preview);
  } catch {
    preview = undefined;
    clear();
  }
}

function receive(message: ToPage): void {
  if (message.kind === 'comparison') return keepingFocus(() => compare.draw(message.comparison, message.shown.patient));
  if (message.kind === 'rule') return showRule(message.rule);
  if (message.kind === 'first') return receiveFirst(message.shown, message.first);
  if (message.kind === 'changes') return receiveChanges(message.shown, message.after);
  if (!isShown(message.shown)) leave();
  shown = message.shown;
  if (message.kind === 'preview') {
    preview = message.preview;
    // What is shown of other patients rests on the same texts.
    if (compare.against !== undefined) vscode.postMessage({ kind: 'compare', against: compare.against });
  }
  document.getElementById('loading')?.remove();
  keepingFocus(() => {
    if (preview) drawPreview(preview);
    else clear();
    showTrouble(message);
  });
  keep();
}

function receiveFirst(of: Shown, first: PreviewFirst): void {
  if (!preview || !isShown(of)) return;
  const now = { ...preview, ...first };
  keepingFocus(() => {
    fill(parts.decisions, now.decisions, () => drawDecisions(now));
    fill(parts.body, now.body, () => [drawBody(now, page)]);
    fill(parts.scores, now.scores, () => [drawScores(now, page)]);
  });
}

function isShown({ ruleSet, patient }: Shown): boolean {
  return ruleSet === shown?.ruleSet && patient === shown.patient;
}

function receiveChanges(of: Shown, found: PreviewAfter | undefined): void {
  if (!preview || !isShown(of)) return;
  keepingFocus(() => {
    fill(parts.changes, found?.changes ?? null, () => [found && drawChanges(found.changes)]);
    fill(parts.smallest, found?.smallest ?? null, () => [found && drawSmallest(found.smallest, page)]);
    balance();
  });
}

/** Opened and brought into view, marked as the one at the cursor; the focus stays where it is. */
function showRule(rule: string): void {
  for (const old of document.querySelectorAll('[aria-current="true"]')) old.removeAttribute('aria-current');
  const entries = [...document.querySelectorAll<HTMLElement>(`[data-rule="${CSS.escape(rule)}"]`)];
  const closed = parts.rules.querySelectorAll<HTMLDetailsElement>('details.rule-group:not([open])');
  if (!entries.length && preview?.rules.some(({ id }) => id === rule))
    for (const group of closed) {
      // Lists that are closed are drawn when they open, which is told after they have.
      group.addEventListener('toggle', () => setTimeout(() => markRule(rule)), { once: true });
      group.open = true;
    }
  else markRule(rule);
}

function markRule(rule: string): void {
  const [first] = document.querySelectorAll<HTMLElement>(`[data-rule="${CSS.escape(rule)}"]`);
  if (!first) return;
  first.setAttribute('aria-current', 'true');
  const details = first.querySelector('details');
  if (details) details.open = true;
  first.scrollIntoView({ block: 'nearest' });
}

/** Another patient or rule set: nothing of what was shown holds for it. */
function leave(): void {
  preview = undefined;
  changes = [];
  whatIf.clear();
}

function keep(): void {
  if (shown) vscode.setState({ shown, preview, changes });
}

/** A record that is put back or taken away takes the changes within it along. */
function concerns(path: readonly string[], { path: other }: Change): boolean {
  if (path.length === 2 && path[0] === 'groups') return other.length === 2 && path[1] === other[1];
  return path.length <= other.length && path.every((part, index) => other[index] === part);
}

function tryOut(next: readonly Change[]): void {
  changes = next;
  keep();
  vscode.postMessage({ kind: 'what-if', changes });
}

function drawPreview(now: Preview): void {
  document.getElementById('loading')?.remove();
  fill(parts.head, [now.title, now.patient, now.ruleSet, now.asOf], () => drawHead(now, page));
  fill(parts.cautions, [now.ruleSet.cautions, now.identifiers], () => drawCautions(now, page));
  fill(parts.decisions, now.decisions, () => drawDecisions(now));
  fill(parts.problems, now.problems, () => [drawProblems(now, page)]);
  drawColumns(now);
  whatIf.draw(now.whatIf, changes);
  fill(parts.sources, [now.sources, now.definitions, now.ruleSet], () => [drawSources(now, page)]);
}

/** The place at the left with what is to be kept there, the numbers and reasons at the right; no column stays empty. */
function drawColumns(now: Preview): void {
  fill(parts.body, now.body, () => [drawBody(now, page)]);
  fill(parts.precautions, [now.advises, now.precautions], () => [now.advises ? drawPrecautions(now, page) : undefined]);
  fill(parts.scores, now.scores, () => [drawScores(now, page)]);
  fill(parts.changes, 'pending', () => [now.decisions.length ? drawChanges(undefined) : undefined]);
  fill(parts.missing, [now.missing, now.nothingMissing], () => [drawMissing(now, page)]);
  fill(parts.rules, now.rules, () => [drawRules(now, page)]);
  fill(parts.near, now.near, () => [drawNear(now.near, page)]);
  const placed = now.body || now.advises;
  parts.left.replaceChildren(...(placed ? [parts.body, parts.precautions] : [parts.scores]));
  parts.right.replaceChildren(...(placed ? [parts.scores] : []), parts.changes, parts.missing, parts.rules, parts.near, parts.smallest);
  balance();
}

function balance(): void {
  const { left, right, near, smallest } = parts;
  balanceColumns({ left, right, last: [near, smallest] });
}

function fill(part: HTMLElement, data: unknown, draw: () => readonly (HTMLElement | undefined)[]): void {
  const text = JSON.stringify(data);
  if (drawn.get(part) === text) return;
  drawn.set(part, text);
  part.replaceChildren(...draw().filter(element => element !== undefined));
}

function clear(): void {
  whatIf.clear();
  for (const part of Object.values(parts)) fill(part, undefined, () => []);
}

/** Broken or failed: says so above the last outcome, or alone where there is none. */
function showTrouble(message: Exclude<ToPage, { kind: 'first' | 'changes' | 'comparison' | 'rule' }>): void {
  document.body.classList.toggle('last', message.kind !== 'preview');
  const data = message.kind === 'preview' ? undefined : [message.message, message.kind === 'broken' && message.link, preview !== undefined];
  fill(parts.trouble, data ?? null, () =>
    message.kind === 'preview' ? [] : [drawTrouble(message.message, way(message), preview !== undefined)],
  );
}

/** What can be done about it. */
function way(message: Exclude<ToPage, { kind: 'preview' | 'first' | 'changes' | 'comparison' | 'rule' }>): HTMLElement {
  const plain = (key: 'restart' | 'choose-patient', text: string) =>
    h('button', { type: 'button', class: 'plain', 'data-key': key, click: () => page.send(key) }, text);
  if (message.kind === 'failed') return plain('restart', 'Restart the server');
  const line = message.link && message.link.range.start.line + 1;
  const go = message.link && jump(page, `line ${line}`, message.link, `Go to line ${line}`, 'trouble');
  // With an outcome shown, its head offers another patient already.
  return h('span', { class: 'ways' }, go, preview ? undefined : plain('choose-patient', 'Change patient'));
}

/** Drawing replaces elements: the one that stands for the same thing gets the focus back. */
function keepingFocus(draw: () => void): void {
  const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
  draw();
  if (key === undefined || (document.activeElement && document.activeElement !== document.body)) return;
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

start();
