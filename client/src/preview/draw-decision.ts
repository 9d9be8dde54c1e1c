/** The head, the cautions and the decisions: the answer first, and large. */
import type { PreviewDecision } from '../../../server/src/lsp/protocol.ts';
import { h, unseen } from './dom.ts';
import { icon } from './icons.ts';
import type { Preview } from './messages.ts';
import { jump, type Page, section } from './parts.ts';

export function drawHead(preview: Preview, page: Page): HTMLElement[] {
  const { patient, ruleSet } = preview;
  const name = `${ruleSet.id} ${ruleSet.version}`;
  return [
    h('h1', {}, preview.title),
    jump(page, patient.name, patient.link, `Open the sample patient ${patient.name}`, 'head-patient'),
    h('button', { type: 'button', class: 'plain', 'data-key': 'choose', click: () => page.send('choose-patient') }, 'Change patient'),
    h(
      'span',
      { class: 'run dim' },
      jump(page, name, ruleSet.link, `${name}: open the rule set ${ruleSet.title}`, 'head-rule-set'),
      h('span', { class: 'badge' }, ruleSet.status),
      ` as of ${preview.asOf}`,
    ),
  ];
}

/** Why the outcome must not be relied on, and what of the patient should not be there. */
export function drawCautions(preview: Preview, page: Page): HTMLElement[] {
  return [...drawIdentifiers(preview, page), ...drawStatus(preview)];
}

function drawIdentifiers({ identifiers }: Preview, page: Page): HTMLElement[] {
  if (!identifiers.length) return [];
  const kinds = identifiers.map(kind => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`).join(', ');
  const remove = h(
    'button',
    { type: 'button', class: 'plain', 'data-key': 'remove-identifiers', click: () => page.send('remove-identifiers') },
    'Remove, and move the dates',
  );
  return [
    h(
      'p',
      { class: 'note caution' },
      icon('caution'),
      h('span', {}, `The patient’s file holds what looks like ${kinds}. A sample patient must not tell who a person is. `, remove),
    ),
  ];
}

function drawStatus(preview: Preview): HTMLElement[] {
  return preview.ruleSet.cautions.map(text => h('p', { class: 'note caution' }, icon('caution'), text));
}

export function drawDecisions(preview: Preview): HTMLElement[] {
  if (!preview.decisions.length) return [h('p', { class: 'say' }, 'This rule set declares no decision.')];
  return preview.decisions.map((decision, index) => drawDecision(decision, index > 0));
}

function drawDecision(decision: PreviewDecision, further: boolean): HTMLElement {
  return h(
    'div',
    {
      class: `decision ${further ? 'further' : ''}`.trim(),
      status: decision.tone,
      'data-decision': decision.id,
      'data-answer': decision.status,
    },
    icon(decision.tone),
    h(
      'div',
      {},
      h('p', { class: 'q' }, decision.question),
      h('p', { class: 'a' }, decision.answer),
      h('p', { class: 'why' }, decision.why),
    ),
    h('dl', {}, drawFollows(decision), drawLadder(decision)),
  );
}

function drawFollows({ follows }: PreviewDecision): HTMLElement {
  const value =
    follows.value && h('span', { class: 'tag', status: follows.value.tone }, icon(follows.value.tone), h('b', {}, follows.value.title));
  return h('div', {}, h('dt', {}, follows.title), h('dd', {}, value, follows.text));
}

function drawLadder(decision: PreviewDecision): HTMLElement {
  const steps = decision.ladder.map(({ title, tone, state, meanwhile }) => {
    const name = [state === 'decided' ? 'on' : state === 'possible' ? 'may' : '', meanwhile ? 'mean' : ''].filter(Boolean).join(' ');
    return h('li', { status: tone, class: name }, icon(tone), title, unseen(` (${state})`));
  });
  return h('div', {}, h('dt', {}, decision.ladderTitle), h('dd', {}, h('ol', { class: 'ladder' }, steps)));
}

export function drawProblems(preview: Preview, page: Page): HTMLElement | undefined {
  if (!preview.problems.length) return undefined;
  const items = preview.problems.map(({ text, link }, index) =>
    h(
      'li',
      { class: 'note caution' },
      icon('caution'),
      text,
      ' ',
      link &&
        jump(page, `line ${link.range.start.line + 1}`, link, `Go to line ${link.range.start.line + 1} of the patient`, `problem-${index}`),
    ),
  );
  return section('h-problems', 'Problems in the patient’s data', 'such values count as absent', h('ul', {}, items));
}

/** Where the outcome is the last one that could be made. */
export function drawTrouble(message: string, go: HTMLElement, lastShown: boolean): HTMLElement {
  const head = lastShown ? h('b', {}, 'Last outcome: ') : h('b', {}, 'No outcome: ');
  return h('div', { class: 'trouble' }, icon('caution'), h('p', {}, head, message, ' ', go));
}
