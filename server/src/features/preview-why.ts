/** Why a decision came out as it did, in one sentence. */
import type { DecisionOutcome, RuleOutcome, TraceNode } from '../evaluation/outcome.ts';
import type { Decision } from '../model/rule-set.ts';
import { conditionsOf } from './conditions-read.ts';
import { holdingPhrases, joinedPhrases, type Phrase, unknownPhrases } from './phrases.ts';
import { decidesOf } from './preview-rules.ts';
import { groupOf, nameOf, type Reading, strictness, whomOf } from './reading.ts';
import { conditionText, groupTitle } from './sentences.ts';
import { decisionValueTitle, sitePhrase } from './titles.ts';
import { capitalised, listText, plural } from './words.ts';

export function whyText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  if (outcome.because === 'out-of-scope')
    return `The rule set does not apply to this patient: it is for patients where ${scopeText(reading)}.`;
  if (outcome.because === 'scope-unknown')
    return `Whether the rule set applies to this patient is not known: it is for patients where ${scopeText(reading)}.`;
  switch (outcome.status) {
    case 'decided':
      return decidedText(reading, decision, outcome);
    case 'undetermined':
      return undeterminedText(reading, decision, outcome);
    case 'conflict':
      return conflictText(reading, decision, outcome);
    case 'no-answer':
      return noAnswerText(reading, decision, outcome);
  }
}

function scopeText({ ruleSet }: Reading): string {
  return conditionText(ruleSet, ruleSet.root.appliesTo, undefined);
}

/** Rules of that status with a say in this decision, the strictest first, else in the order of the outcome. */
function deciding(reading: Reading, decision: string, status: RuleOutcome['status'], value?: string): RuleOutcome[] {
  const rank = (rule: RuleOutcome) => {
    const own = decidesOf(reading.ruleSet.rules.get(rule.id)).filter(effect => effect.decision.value === decision);
    const meant = own.filter(effect => value === undefined || effect.value.value === value);
    return Math.min(...meant.map(effect => strictness(reading.ruleSet, decision, effect.value.value)));
  };
  return reading.outcome.rules
    .filter(rule => rule.status === status)
    .map(rule => ({ rule, rank: rank(rule) }))
    .filter(each => each.rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .map(({ rule }) => rule);
}

function decidedText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const value = typeof outcome.value === 'string' ? outcome.value : outcome.value?.[0];
  const rules = deciding(reading, decision.id, 'fired', value).filter(rule => outcome.by.includes(rule.id));
  const first = rules[0];
  if (!first) return 'No rule is named for it.';
  const others = new Set(rules.slice(1).map(rule => rule.id));
  others.delete(first.id);
  return `${reasonText(reading, first)}${alsoText(reading, rules, first)}${othersText(reading, decision, value, others)}.`;
}

/** `The lesion in the left femur has a Mirels score of 9, in the high band that starts at 9, and is not recorded as stabilised`. */
export function reasonText(reading: Reading, rule: RuleOutcome): string {
  const { when, until } = rule.trace ?? {};
  const group = groupOf(reading, rule.id);
  const seen = conditionsOf(reading.ruleSet.rules.get(rule.id), group);
  const phrases = [
    ...(when ? holdingPhrases(reading, when, seen, true, rule.record) : []),
    ...(until ? holdingPhrases(reading, until, seen, false, rule.record) : []),
  ];
  const title = reading.ruleSet.rules.get(rule.id)?.title ?? rule.id;
  const whom = whomOf(reading, rule)?.phrase;
  if (phrases.length) return sentence(phrases, whom);
  const sites = reading.ruleSet.rules.get(rule.id)?.sites.map(site => sitePhrase(reading.ruleSet, site.value)) ?? [];
  if (whom && sites.length) return `${capitalised(whom)} is in ${listText(sites, 'or')}, where the rule “${title}” holds`;
  return whom ? `The rule “${title}” holds for ${whom}` : `The rule “${title}” always holds`;
}

const MOST_PHRASES = 3;

/** Phrases that need a subject come first and share it. */
function sentence(phrases: readonly Phrase[], subject: string | undefined): string {
  const unique = joinedPhrases(phrases);
  const shown = [...unique.filter(phrase => phrase.ofSubject), ...unique.filter(phrase => !phrase.ofSubject)].slice(0, MOST_PHRASES);
  const more = unique.length - shown.length;
  const texts = [...shown.map(phrase => phrase.text), ...(more ? [plural(more, 'more condition holds', 'more conditions hold')] : [])];
  const head = shown[0]?.ofSubject ? `${subject ?? 'the patient'} ` : subject ? `for ${subject}, ` : '';
  return capitalised(`${head}${joinPhrases(texts)}`);
}

/** A comma before the last one where a phrase has a comma of its own. */
function joinPhrases(texts: readonly string[]): string {
  if (texts.length === 2 && texts[0]!.includes(',')) return `${texts[0]}, and ${texts[1]}`;
  return listText(texts);
}

/** The same rule for other records. */
function alsoText(reading: Reading, rules: readonly RuleOutcome[], first: RuleOutcome): string {
  const records = rules
    .filter(rule => rule.id === first.id && rule !== first)
    .map(rule => whomOf(reading, rule)?.phrase ?? rule.record ?? '');
  if (!records.length) return '';
  return records.length > 3 ? `; the same rule fired for ${records.length} more records` : `; the same rule fired for ${listText(records)}`;
}

function othersText({ ruleSet }: Reading, decision: Decision, value: string | undefined, others: ReadonlySet<string>): string {
  if (!others.size || value === undefined) return '';
  const title = decisionValueTitle(ruleSet, decision.id, value);
  if (others.size > 1) return `; ${others.size} more rules also decide ${title}`;
  const rule = ruleSet.rules.get([...others][0]!);
  return `; the rule “${rule?.title ?? rule?.id}” also decides ${title}`;
}

/** What is not known, of the rules that could decide; where the reader can start. */
function undeterminedText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const phrases = deciding(reading, decision.id, 'undetermined').flatMap(rule => unknownOf(reading, rule));
  const unique = [...new Set(phrases)];
  const [first] = unique;
  if (first !== undefined)
    return `${capitalised(first)}${unique.length > 1 ? `; ${plural(unique.length - 1, 'more thing is', 'more things are')} not known` : ''}.`;
  const group = decision.each?.value;
  if (group !== undefined && incomplete(reading, group)) return `${capitalised(unlistedText(reading, group))}.`;
  const open = Object.entries(outcome.records).filter(([, part]) => part.status !== 'decided');
  const names = open.map(([id]) => nameOf(reading, group, id)?.phrase ?? id);
  return names.length ? `There is no certain answer for ${listText(names)}.` : 'Rules that could decide otherwise are undetermined.';
}

function unlistedText({ ruleSet }: Reading, group: string): string {
  return `the list “${groupTitle(ruleSet, group)}” is not complete, and what is not listed may need a stricter answer`;
}

function incomplete({ patient }: Reading, group: string): boolean {
  const found = patient.groups.get(group);
  return !found || found.complete === false;
}

function unknownOf(reading: Reading, rule: RuleOutcome): string[] {
  const group = groupOf(reading, rule.id);
  if (group !== undefined && rule.record === null) return [unlistedText(reading, group)];
  const seen = conditionsOf(reading.ruleSet.rules.get(rule.id), groupOf(reading, rule.id));
  const nodes = [rule.trace?.when, rule.trace?.until].filter((node): node is TraceNode => node !== undefined);
  return nodes.flatMap(node => unknownPhrases(reading, node, seen, whomOf(reading, rule), rule.record));
}

function conflictText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const rules = deciding(reading, decision.id, 'fired').filter(rule => outcome.by.includes(rule.id));
  const says = rules.flatMap(rule =>
    decidesOf(reading.ruleSet.rules.get(rule.id))
      .filter(effect => effect.decision.value === decision.id)
      .map(
        effect =>
          `“${reading.ruleSet.rules.get(rule.id)?.title ?? rule.id}” decides ${decisionValueTitle(reading.ruleSet, decision.id, effect.value.value)}`,
      ),
  );
  return `Rules that fired disagree: ${listText([...new Set(says)].slice(0, 4))}.`;
}

function noAnswerText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const group = decision.each?.value;
  const open = Object.entries(outcome.records).filter(([, part]) => part.status === 'no-answer');
  const names = open.map(([id]) => nameOf(reading, group, id)?.phrase ?? id);
  if (!names.length) return 'No rule decides for this patient.';
  const scored = reading.outcome.scores.some(score => open.some(([id]) => id === score.record) && score.state !== 'not-scorable');
  const scores =
    scored || !reading.outcome.scores.length ? '' : names.length > 1 ? ', and no score applies to them' : ', and no score applies to it';
  return `No rule decides for ${listText(names, 'or')}${scores}.`;
}
