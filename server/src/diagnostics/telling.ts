/** What findings about a whole rule set say of rules, effects and patients: the words that the preview uses too. */
import type { WitnessPatient } from '../analysis/witness.ts';
import { conditionText, effectText, ruleGroup } from '../features/sentences.ts';
import { bandTitle, decisionValueTitle, factOf, scoreName, siteTitle, titleOf, valueTitle } from '../features/titles.ts';
import { amountText, dateText, inSentence, listText, spoken } from '../features/words.ts';
import { Exact } from '../model/exact.ts';
import type { Decision, Effect, Fact, ParameterRange, Rule, RuleSet } from '../model/rule-set.ts';
import type { Place } from '../text/span.ts';
import { quoted } from './words.ts';

export {
  amountText,
  bandTitle,
  dateText,
  decisionValueTitle,
  effectText,
  factOf,
  inSentence,
  listText,
  scoreName,
  siteTitle,
  spoken,
  titleOf,
};

/** `“Severe fatigue: light exercise only” (severe-fatigue)`. */
export function ruleName(rule: Rule): string {
  return rule.title === undefined ? quoted(rule.id) : `${quoted(rule.title)} (${rule.id})`;
}

export function decisionName(decision: Decision): string {
  return quoted(titleOf(decision, decision.id));
}

/** `, after “A guideline”`: where not all the rules rest on one source; else nothing. */
export function afterSource(ruleSet: RuleSet, rule: Rule, all: readonly Rule[]): string {
  const sourceOf = ({ source }: Rule) => source?.source?.value;
  const id = sourceOf(rule);
  if (id === undefined || all.every(one => sourceOf(one) === id)) return '';
  return `, after ${quoted(ruleSet.sources.get(id)?.title ?? id)},`;
}

export function placeOf({ file, idSpan }: { readonly file: string; readonly idSpan: Place['span'] }): Place {
  return { file, span: idSpan };
}

/** Where the rule set says which it is. */
export function placeOfRoot({ root }: RuleSet): Place {
  return { file: root.file, span: root.id?.span ?? START };
}

const START: Place['span'] = { start: 0, end: 0 };

const VERBS: Readonly<Record<Effect['kind'], string>> = {
  decide: 'decides',
  require: 'requires',
  recommend: 'recommends',
  avoid: 'avoids',
  forbid: 'forbids',
  limit: 'limits',
};

/** `recommends aerobic exercise`, `limits intensity of exercise at most light`. */
export function doesText(ruleSet: RuleSet, effect: Effect): string {
  return `${VERBS[effect.kind]} ${effectText(ruleSet, effect).replace(' at most ', ' to at most ')}`;
}

/** When a rule fires, as a sentence part; undefined for one without conditions. */
export function firesWhen(ruleSet: RuleSet, rule: Rule): string | undefined {
  const parts = partsOf(ruleSet, rule);
  return parts.length ? together(parts) : undefined;
}

function together(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]!.replace(/^\((.*)\)$/, '$1') : listText(parts);
}

/** Each thing that must be so, by itself. */
function partsOf(ruleSet: RuleSet, rule: Rule): string[] {
  const group = ruleGroup(ruleSet, rule);
  const sites = rule.sites.map(({ value }) => siteTitle(ruleSet, value));
  const conditions = rule.when?.kind === 'all' ? rule.when.items : rule.when ? [rule.when] : [];
  return [
    ...(sites.length ? [`the site is ${listText(sites, 'or')}`] : []),
    ...conditions.map(condition => bracketed(conditionText(ruleSet, condition, group), condition.kind === 'any')),
    ...(rule.until ? [`not yet: ${conditionText(ruleSet, rule.until, group)}`] : []),
    ...(rule.given ? [givenText(ruleSet, rule.given)] : []),
  ];
}

function bracketed(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

/** `the answer to “May this patient exercise now?” is modify or proceed`. */
export function givenText(ruleSet: RuleSet, { decision, values }: NonNullable<Rule['given']>): string {
  const titles = values.map(({ value }) => decisionValueTitle(ruleSet, decision.value, value));
  return `the answer to ${quoted(titleOf(ruleSet.decisions.get(decision.value), decision.value))} is ${listText(titles, 'or')}`;
}

/**
 * The witness in the fewest words: what is so of this patient. Left out is what every patient must have (`required` facts, and those that say
 * whom the rules are for), what is answered with no or never, and measured values: the sample patient has them.
 */
export function patientText(ruleSet: RuleSet, witness: WitnessPatient): string {
  const parts = holderParts(ruleSet, witness, undefined);
  for (const [group, { records }] of Object.entries(witness.groups ?? {})) {
    const title = inSentence(titleOf(ruleSet.groups.get(group), group));
    for (const record of records) {
      const said = holderParts(ruleSet, record, group);
      parts.push(said.length ? `a ${title} with ${listText(said)}` : `a ${title}`);
    }
  }
  return listText(parts);
}

function holderParts(ruleSet: RuleSet, holder: Pick<WitnessPatient, 'facts' | 'scores'>, group: string | undefined): string[] {
  const facts = Object.entries(holder.facts).flatMap(([id, value]) => factPart(ruleSet, id, value, group));
  const scores = Object.entries(holder.scores ?? {}).flatMap(([id, { options }]) => {
    const said = Object.entries(options).map(([component, option]) => {
      const title = inSentence(ruleSet.scores.get(id)?.components.get(component)?.title ?? spoken(component));
      return `${title} ${optionTitle(ruleSet, id, component, option)}`;
    });
    return said.length ? [`${scoreName(ruleSet, id)} of ${listText(said)}`] : [];
  });
  return [...facts, ...scores];
}

function optionTitle(ruleSet: RuleSet, score: string, component: string, option: unknown): string {
  const how = ruleSet.scores.get(score)?.components.get(component)?.how;
  const title = how?.kind === 'options' ? how.options.get(String(option))?.title : undefined;
  return inSentence(title ?? spoken(String(option)));
}

function factPart(ruleSet: RuleSet, id: string, value: unknown, group: string | undefined): string[] {
  const fact = factOf(ruleSet, id, group);
  if (value === null || value === 'never' || isScope(ruleSet, id)) return [];
  if (value === false && (group === undefined || fact?.required)) return [];
  const title = inSentence(titleOf(fact, id));
  return [`${title} ${valueWords(ruleSet, fact, value)}`];
}

/** Facts that say whom the rules are for are had by every patient in scope. */
function isScope({ root: { appliesTo } }: RuleSet, id: string): boolean {
  return appliesTo?.kind === 'fact' && appliesTo.fact.value === id;
}

function valueWords(ruleSet: RuleSet, fact: Fact | undefined, value: unknown): string {
  if (typeof value === 'object' && value !== null && 'exactly' in value) return String(value.exactly);
  if (typeof value === 'object' && value !== null && 'value' in value) {
    const { value: number, unit } = value as { value: unknown; unit?: string };
    return amountText(valueWords(ruleSet, undefined, number), unit);
  }
  if (typeof value === 'number') return valueTitle(ruleSet, fact, Exact.of(value));
  return valueTitle(ruleSet, fact, value as boolean | string);
}

/** The same with its amounts of one parameter: `recommends ibandronic acid infusion with a dose of 6 mg`. */
export function doesWithAmounts(ruleSet: RuleSet, effect: Effect, parameter: string | undefined): string {
  const said = effect.kind === 'recommend' && parameter !== undefined ? amountsOf(effect, parameter) : [];
  if (said.length === 0) return doesText(ruleSet, effect);
  return `${doesText(ruleSet, effect)} with ${inSentence(titleOf(ruleSet.parameters.get(parameter!), parameter!))} ${said.join(', ')}`;
}

/** What one rule does, one thing after the other: what is said already is not said again. */
export function joinedDoes(does: readonly string[]): string {
  const words = [...new Set(does)];
  const rest = words.map((text, i) => {
    const shared = words.slice(0, i).flatMap(before => [before.split(' with ')[0]!, before.split(' ')[0]!]);
    const said = shared.filter(part => text.startsWith(`${part} `)).sort((a, b) => b.length - a.length)[0];
    return said === undefined ? text : text.slice(said.length + 1);
  });
  return listText(rest);
}

function amountsOf({ with: ranges, steps, maximum }: Extract<Effect, { kind: 'recommend' }>, parameter: string): string[] {
  const all = [...ranges, ...steps.flatMap(step => step.with)].filter(range => range.parameter.value === parameter);
  const most = maximum.filter(one => one.parameter.value === parameter);
  // What is tapered is one amount after the other.
  const words = [
    ...all.map((range, i) => `${i === 0 ? '' : 'then '}${rangeWords(range)}`),
    ...most.map(({ value, unit }) => `at most ${amountText(constantWords(value.value), unit?.value)}`),
  ];
  return [...new Set(words)];
}

function rangeWords({ is, atLeast, above, atMost, below, unit }: ParameterRange): string {
  const bounds = [
    ['', is],
    ['at least ', atLeast],
    ['above ', above],
    ['at most ', atMost],
    ['below ', below],
  ] as const;
  const said = bounds.flatMap(([word, bound]) => (bound ? [`${word}${amountText(constantWords(bound.value), unit?.value)}`] : []));
  return said.join(' and ');
}

function constantWords(value: boolean | string | Exact): string {
  return typeof value === 'string' ? spoken(value) : value.toString();
}

/** What one record of the group is called: `bone lesion`. */
export function groupWord(ruleSet: RuleSet, group: string): string {
  return inSentence(titleOf(ruleSet.groups.get(group), group));
}

/** A fact or a score, as in a sentence. */
export function inputTitle(
  ruleSet: RuleSet,
  { kind, id, group }: { readonly kind: 'fact' | 'score'; readonly id: string; readonly group: string | undefined },
): string {
  const name = kind === 'score' ? scoreName(ruleSet, id) : inSentence(titleOf(factOf(ruleSet, id, group), id));
  return group === undefined ? name : `${name} of a ${groupWord(ruleSet, group)}`;
}
