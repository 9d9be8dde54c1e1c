/** Why and why not: every rule with what it does, and its conditions with the patient's values. */
import type { PreviewCase, PreviewCondition, PreviewRule, Truth } from '../../../server/src/lsp/protocol.ts';
import { h, unseen } from './dom.ts';
import { icon } from './icons.ts';
import type { Preview } from './messages.ts';
import { disclosure, jump, type Page, ruleJump, section } from './parts.ts';

/** Lists longer than this start closed. */
const SHORT = 6;
const TRUTH: Readonly<Record<PreviewRule['status'], Truth>> = { fired: 'true', 'ruled-out': 'false', undetermined: 'unknown' };
const MARK: Readonly<Record<Truth, string>> = { true: 't', false: 'f', unknown: 'u' };

export function drawRules(preview: Preview, page: Page): HTMLElement {
  const decisive = preview.rules.filter(rule => rule.tone && rule.status !== 'ruled-out');
  const fired = preview.rules.filter(rule => rule.status === 'fired' && !rule.tone);
  const open = preview.rules.filter(rule => rule.status === 'undetermined' && !rule.tone);
  const out = preview.rules.filter(rule => rule.status === 'ruled-out');
  const legend = h(
    'small',
    {},
    (['true', 'false', 'unknown'] as const).map(truth => h('span', { class: 'tag' }, icon(truth, MARK[truth]), truth)),
  );
  legend.className = 'truths';
  return section(
    'h-why',
    'Why, and why not',
    legend,
    ...(preview.rules.length ? [] : [h('p', { class: 'say' }, 'The rule set has no rules.')]),
    ...list(decisive, page, 3),
    ...group('fired', decisive.length ? 'more fired' : 'fired', fired, page),
    ...group('undetermined', decisive.length ? 'more undetermined' : 'undetermined', open, page),
    ...group('out', 'ruled out', out, page),
  );
}

function group(key: string, words: string, rules: readonly PreviewRule[], page: Page): HTMLElement[] {
  if (rules.length <= SHORT) return list(rules, page, 0);
  const summary = h('summary', { class: 'group' }, `${rules.length} ${words}`);
  const details = disclosure(page, `group-${key}`, false, summary, () => h('div', {}, ...list(rules, page, 0)));
  details.className = 'rule-group';
  return [details];
}

/** The first `open` ones start open. */
function list(rules: readonly PreviewRule[], page: Page, open: number): HTMLElement[] {
  return rules.length
    ? [
        h(
          'ul',
          { class: 'rules' },
          rules.map((rule, index) => drawRule(rule, page, index < open)),
        ),
      ]
    : [];
}

function drawRule(rule: PreviewRule, page: Page, open: boolean): HTMLElement {
  const key = `rule-${rule.id}-${rule.status}`;
  const truth = TRUTH[rule.status];
  const status = rule.status.replace('-', ' ');
  const whom = rule.whom ? `${rule.effect ? ' ' : ' · '}${rule.whom}` : '';
  const say = h('span', { class: 'say' }, h('b', {}, status), rule.effect ? ' · ' : '', drawEffect(rule), whom);
  const summary = h('summary', {}, icon(truth, MARK[truth]), h('span', {}, unseen(`${status}: `), rule.title, h('br'), say));
  return h(
    'li',
    { 'data-rule': rule.id, 'data-state': rule.status },
    disclosure(page, key, open, summary, () => drawCases(rule, page, key)),
    ruleJump(page, rule, `${key}-jump`, true),
  );
}

/** What it does, with the value it decides in bold. */
function drawEffect({ effect, decides }: PreviewRule): (HTMLElement | string)[] {
  const at = decides === undefined ? -1 : effect.indexOf(decides);
  if (decides === undefined || at < 0) return [effect];
  return [effect.slice(0, at), h('b', {}, decides), effect.slice(at + decides.length)];
}

function drawCases(rule: PreviewRule, page: Page, key: string): HTMLElement {
  return h(
    'div',
    { class: 'tree' },
    rule.cases.map((one, index) => drawCase(one, page, `${key}-${index}`, rule.cases.length > 1)),
  );
}

function drawCase(one: PreviewCase, page: Page, key: string, named: boolean): HTMLElement {
  return h(
    'div',
    { class: 'case' },
    named ? h('h3', {}, one.name) : undefined,
    one.conditions.length
      ? h(
          'ul',
          { class: 'top' },
          one.conditions.map((condition, index) => drawCondition(condition, page, `${key}-${index}`)),
        )
      : h('p', { class: 'dim' }, 'It has no condition: it always holds.'),
  );
}

function drawCondition(condition: PreviewCondition, page: Page, key: string): HTMLElement {
  const { truth, value, distance, link } = condition;
  const line = link.range.start.line + 1;
  const items = condition.items.map((item, index) => drawCondition(item, page, `${key}-${index}`));
  return h(
    'li',
    {},
    h(
      'div',
      { class: MARK[truth] },
      icon(truth, MARK[truth]),
      h('span', {}, unseen(`${truth}: `), condition.text),
      h('span', { class: 'val' }, value ? h('b', {}, value) : undefined, distance ? `${value ? ' · ' : ''}${distance}` : undefined),
      jump(page, String(line), link, `Go to line ${line}`, `${key}-jump`),
    ),
    items.length ? h('ul', {}, items) : undefined,
  );
}
