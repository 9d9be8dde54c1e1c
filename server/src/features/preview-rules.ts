/** Why and why not: each rule with what it does, for whom, and its conditions read on the patient. */
import type { RuleOutcome, RuleStatus } from '../evaluation/outcome.ts';
import type { Effect, Rule } from '../model/rule-set.ts';
import { readConditions } from './conditions-read.ts';
import type { PreviewCase, PreviewRule, Tone } from './preview-model.ts';
import { groupOf, type Reading, ruleLink, strictness, toneOfValue, whomText } from './reading.ts';
import { effectText, groupTitle } from './sentences.ts';
import { decisionValueTitle } from './titles.ts';
import { listText, shortList } from './words.ts';

export function previewRules(reading: Reading): PreviewRule[] {
  const grouped = new Map<string, RuleOutcome[]>();
  for (const outcome of reading.outcome.rules) {
    const key = `${outcome.id} ${outcome.status}`;
    grouped.set(key, [...(grouped.get(key) ?? []), outcome]);
  }
  const order = new Map([...reading.ruleSet.rules.keys()].map((id, index) => [id, index]));
  return [...grouped.values()]
    .map(outcomes => previewRule(reading, outcomes))
    .map(rule => ({ rule, rank: rankOf(reading, rule), at: order.get(rule.id) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ rule }) => rule);
}

const STATUS_RANK: Readonly<Record<RuleStatus, number>> = { fired: 0, undetermined: 1, 'ruled-out': 2 };

/** Rules that decide before others, stricter ones first. */
function rankOf({ ruleSet }: Reading, rule: PreviewRule): number {
  const decides = decidesOf(ruleSet.rules.get(rule.id)).map(effect => strictness(ruleSet, effect.decision.value, effect.value.value));
  return STATUS_RANK[rule.status] * 1000 + Math.min(999, ...decides);
}

function previewRule(reading: Reading, outcomes: readonly RuleOutcome[]): PreviewRule {
  const { id, status } = outcomes[0]!;
  const rule = reading.ruleSet.rules.get(id);
  return {
    ...ruleLink(reading, id),
    status,
    whom: forWhom(reading, outcomes),
    effect: effectOf(reading, rule, status, outcomes),
    decides: status === 'ruled-out' ? undefined : decidedValue(reading, rule),
    tone: status === 'ruled-out' ? undefined : toneOf(reading, rule),
    cases: outcomes.map(outcome => previewCase(reading, outcome)),
  };
}

function previewCase(reading: Reading, outcome: RuleOutcome): PreviewCase {
  return { name: whomText(reading, outcome), conditions: readConditions(reading, outcome) };
}

/** `for a and b`, `for the patient`, `for every bone lesion`. */
function forWhom(reading: Reading, outcomes: readonly RuleOutcome[]): string {
  const group = groupOf(reading, outcomes[0]!.id);
  if (group === undefined) return 'for the patient';
  const all = reading.patient.groups.get(group)?.records.length ?? 0;
  if (all > 3 && outcomes.length === all) return `for every ${groupTitle(reading.ruleSet, group)}`;
  return `for ${shortList(
    outcomes.map(outcome => whomText(reading, outcome)),
    4,
  )}`;
}

type Decide = Extract<Effect, { kind: 'decide' }>;

export function decidesOf(rule: Rule | undefined): Decide[] {
  return (rule?.then ?? []).filter(effect => effect.kind === 'decide');
}

function decidedValue({ ruleSet }: Reading, rule: Rule | undefined): string | undefined {
  const decide = decidesOf(rule)[0];
  return decide && decisionValueTitle(ruleSet, decide.decision.value, decide.value.value);
}

function toneOf({ ruleSet }: Reading, rule: Rule | undefined): Tone | undefined {
  const decide = decidesOf(rule)[0];
  return decide && toneOfValue(ruleSet.decisions.get(decide.decision.value), decide.value.value);
}

const SAYS: Readonly<Record<Effect['kind'], readonly [fired: string, could: string]>> = {
  decide: ['decides', 'decide'],
  require: ['requires', 'require'],
  recommend: ['recommends', 'recommend'],
  avoid: ['advises to avoid', 'advise to avoid'],
  forbid: ['forbids', 'forbid'],
  limit: ['limits', 'limit'],
};

/** `decides contraindicated; advises to avoid axial loading`. */
function effectOf(reading: Reading, rule: Rule | undefined, status: RuleStatus, outcomes: readonly RuleOutcome[]): string {
  if (status === 'ruled-out') return overriddenText(reading, outcomes);
  const says = [...new Set((rule?.then ?? []).map(effect => effect.kind))].map(kind => {
    const texts = rule!.then.filter(effect => effect.kind === kind).map(effect => effectText(reading.ruleSet, effect));
    return `${SAYS[kind][status === 'fired' ? 0 : 1]} ${shortList([...new Set(texts)], 3)}`;
  });
  return says.length ? `${status === 'fired' ? '' : 'could '}${says.join('; ')}` : '';
}

function overriddenText({ ruleSet }: Reading, outcomes: readonly RuleOutcome[]): string {
  const by = [...new Set(outcomes.flatMap(outcome => outcome.overriddenBy ?? []))];
  return by.length ? `overridden by ${listText(by.map(id => `“${ruleSet.rules.get(id)?.title ?? id}”`))}` : '';
}
