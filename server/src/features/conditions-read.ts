/** A rule's trace in words: each condition with its truth, the patient's value, and how far that is from the bound. */
import type { RuleOutcome, TraceNode } from '../evaluation/outcome.ts';
import type { Condition, Fact, Rule } from '../model/rule-set.ts';
import { distanceText } from './distance.ts';
import type { PreviewCondition } from './preview-model.ts';
import { groupOf, nameOf, type Reading } from './reading.ts';
import { headText } from './sentences.ts';
import { factOf, siteTitle, titleOf, valueTitle } from './titles.ts';
import { amountText, dateText, inSentence, listText, numbersText, shortList, spoken } from './words.ts';

/** A condition of the model with the group whose records it sees. */
export interface Seen {
  readonly condition: Condition;
  readonly group: string | undefined;
}

/** Conditions by place: the trace names the place of the condition each node stands for. */
export type SeenByPlace = ReadonlyMap<string, Seen>;

export function conditionsOf(rule: Rule | undefined, group: string | undefined): SeenByPlace {
  const seen = new Map<string, Seen>();
  for (const condition of [rule?.when, rule?.until]) if (condition) collect(condition, group, seen);
  return seen;
}

function collect(condition: Condition, group: string | undefined, seen: Map<string, Seen>): void {
  seen.set(keyOf(condition.kind, condition.span), { condition, group });
  if ('items' in condition) for (const item of condition.items) collect(item, group, seen);
  if ('item' in condition) collect(condition.item, group, seen);
  if ('where' in condition && condition.where) collect(condition.where, condition.group.value, seen);
}

export function keyOf(kind: string, span: { readonly start: number; readonly end: number }): string {
  return `${kind}:${span.start}:${span.end}`;
}

export function seenAt(seen: SeenByPlace, node: TraceNode): Seen | undefined {
  return seen.get(keyOf(node.kind, node.place.span));
}

/** The conditions of one rule for one record, `when` then `until`. */
export function readConditions(reading: Reading, outcome: RuleOutcome): PreviewCondition[] {
  const { when, until, given } = outcome.trace ?? {};
  const rule = reading.ruleSet.rules.get(outcome.id);
  const seen = conditionsOf(rule, groupOf(reading, outcome.id));
  const conditions: PreviewCondition[] = [];
  if (when) conditions.push(readNode(reading, when, seen, '', rule));
  if (until) conditions.push(readNode(reading, until, seen, 'until: ', rule));
  if (given && rule?.given) conditions.push(readGiven(reading, rule, given));
  return conditions;
}

function readNode(reading: Reading, node: TraceNode, seen: SeenByPlace, prefix: string, rule: Rule | undefined): PreviewCondition {
  const found = seenAt(seen, node);
  const items = node.items ?? [];
  const whose = node.record === undefined ? '' : `${recordTitle(reading, found, node)}: `;
  return {
    text: `${prefix}${whose}${found ? headText(reading.ruleSet, found.condition, found.group) : nodeText(reading, node, rule)}`,
    truth: node.truth,
    value: valueText(reading, node, found),
    distance: distanceText(reading, node, found, factOfNode(reading, node, found)),
    link: reading.link(node.place),
    items: items.map(item => readNode(reading, item, seen, '', rule)),
  };
}

/** A node no condition of the model stands for: the list of a precaution's sites and its condition, and the test of those sites. */
function nodeText({ ruleSet }: Reading, node: TraceNode, rule: Rule | undefined): string {
  if (node.kind === 'all') return 'all of';
  const name =
    node.name === undefined ? spoken(node.kind) : inSentence(titleOf(factOf(ruleSet, node.name, ruleSet.locatedGroup?.id), node.name));
  const sites = node.kind === 'fact' && rule?.precaution ? rule.sites.map(site => siteTitle(ruleSet, site.value)) : [];
  const test = sites.length ? `is ${listText(sites, 'or')}` : spoken(node.test ?? '');
  return `${name} ${test}`.trim();
}

function recordTitle(reading: Reading, found: Seen | undefined, node: TraceNode): string {
  return nameOf(reading, found?.group, node.record ?? null)?.name ?? node.record ?? '';
}

function readGiven(reading: Reading, rule: Rule, truth: PreviewCondition['truth']): PreviewCondition {
  const { decision, values, span } = rule.given!;
  const title = titleOf(reading.ruleSet.decisions.get(decision.value), decision.value);
  const text = `given: ${title} ${values.map(value => spoken(value.value)).join(' or ')}`;
  return { text, truth, value: '', distance: '', link: reading.link({ file: rule.file, span }), items: [] };
}

/** The patient's value: `9`, `5, 6 or 8`, `9.4 mg/dL`, `not recorded`. */
export function valueText(reading: Reading, node: TraceNode, found: Seen | undefined): string {
  if (node.values === undefined || node.kind === 'unknown') return '';
  if (node.values.length === 0) return node.kind.startsWith('score') ? 'not known' : 'not recorded';
  if (node.kind.startsWith('score')) return numbersText(node.values, 'or');
  const fact = factOfNode(reading, node, found);
  return shortList(
    node.values.map(value => readValue(reading, fact, value)),
    4,
    'or',
  );
}

export function factOfNode({ ruleSet }: Reading, node: TraceNode, found: Seen | undefined): Fact | undefined {
  const condition = found?.condition;
  if (condition?.kind === 'fact') return factOf(ruleSet, condition.fact.value, found?.group);
  if (condition?.kind !== 'threshold')
    return node.name === undefined || found ? undefined : factOf(ruleSet, node.name, ruleSet.locatedGroup?.id);
  const fact = ruleSet.thresholds.get(condition.threshold.value)?.fact;
  return fact && factOf(ruleSet, fact.value, found?.group);
}

/** A value as the outcome writes it (`true`, `femoral-head`, `9.4 mg/dL`, `>= 18 and < 65 a`) in words. */
export function readValue({ ruleSet }: Reading, fact: Fact | undefined, value: string): string {
  if (fact?.type === 'boolean') return valueTitle(ruleSet, fact, value === 'true');
  if (SIGN.test(value)) return value.split(' and ').map(readBound).join(' and ');
  if (fact?.type === 'code' || fact?.type === 'side' || fact?.type === 'date') return valueTitle(ruleSet, fact, value);
  return isDate(value) ? dateText(value) : amountOf(value);
}

const SIGN = /^(>=|>|<=|<) /;
const SIGNS: Readonly<Record<string, readonly [ofNumber: string, ofDate: string]>> = {
  '>=': ['at least', 'from'],
  '>': ['above', 'after'],
  '<=': ['at most', 'until'],
  '<': ['below', 'before'],
};

function readBound(part: string): string {
  const [number, date] = SIGNS[SIGN.exec(part)?.[1] ?? ''] ?? ['', ''];
  const bound = part.replace(SIGN, '');
  return isDate(bound) ? `${date} ${dateText(bound)}` : `${number} ${amountOf(bound)}`.trim();
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text);
}

/** `9.4 mg/dL`, `36 to 60 h`, `7`. */
function amountOf(value: string): string {
  const match = /^(-?[\d.≈]+(?: to -?[\d.≈]+)?) (\S+)$/.exec(value);
  return match ? amountText(match[1]!, match[2]) : value;
}
