/** Decisions, rules, precautions by site and what no patient can be, in plain words. */
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Decision, Resolve, Rule, RuleSet } from '../model/rule-set.ts';
import type { PlainBlock, PlainItem } from './plain-model.ts';
import { chapter, groundsOf, heading, placeOf, plainItem, reasonText, sentence } from './plain-words.ts';
import { conditionText, groupTitle } from './sentences.ts';
import { ruleText } from './sentences-rules.ts';
import { decisionValueTitle, titleOf } from './titles.ts';
import { capitalised, listText } from './words.ts';

export function plainDecisions(ruleSet: RuleSet): readonly PlainBlock[] {
  const items = [...ruleSet.decisions.values()].map(decision => decisionItem(ruleSet, decision));
  return chapter('What is decided', [{ kind: 'list', items }]);
}

const RESOLVE: Readonly<Record<Resolve, string>> = {
  strictest: 'Of all answers that rules give, the strictest counts.',
  single: 'Rules that give different answers are a conflict.',
  first: 'The first rule, in the order written, that is not ruled out gives the answer.',
  collect: 'All answers that rules give count together.',
};

/** Its answers, and how they are chosen. */
export function decisionItem(ruleSet: RuleSet, decision: Decision): PlainItem {
  const values = decision.values.map(({ id }) => decisionValueTitle(ruleSet, decision.id, id));
  const each = decision.each
    ? [`It is answered for each ${groupTitle(ruleSet, decision.each.value)}, and from these for the patient.`]
    : [];
  const must = decision.mustDecide ? ['Every patient is to have an answer.'] : [];
  const answers = listText(
    values.map(value => `“${value}”`),
    'or',
  );
  return plainItem(decision, `Answers, strictest first: ${answers}.`, [
    [RESOLVE[decision.resolve], ...each, ...must].join(' '),
    'Where no rule decides there is no answer, and that is never permission.',
    ...reasonText(decision),
  ]);
}

export function plainRules(ruleSet: RuleSet): readonly PlainBlock[] {
  const rules = [...ruleSet.rules.values()].filter(({ precaution }) => !precaution);
  return chapter('Rules', [{ kind: 'list', items: rules.map(rule => ruleItem(ruleSet, rule)) }]);
}

/** A rule in one sentence, with what it overrides and rests on. */
export function ruleItem(ruleSet: RuleSet, rule: Rule): PlainItem {
  return plainItem(rule, ruleText(ruleSet, rule), [...overrideText(ruleSet, rule), ...groundsOf(ruleSet, rule)]);
}

function overrideText(ruleSet: RuleSet, { override }: Rule): string[] {
  if (!override) return [];
  const rules = override.rules.map(({ value }) => `“${titleOf(ruleSet.rules.get(value), value)}”`);
  return [`Overrides ${listText(rules)}${override.reason ? `: ${sentence(override.reason.value)}` : '.'}`];
}

/** Under each site the precautions that name it, in the order of the sites. */
export function plainPrecautions(ruleSet: RuleSet): readonly PlainBlock[] {
  const precautions = [...ruleSet.rules.values()].filter(({ precaution }) => precaution);
  const named = new Set(precautions.flatMap(({ sites }) => sites.map(({ value }) => value)));
  const known = siteHierarchy(ruleSet).ids.filter(id => named.has(id));
  const unknown = [...named].filter(id => !known.includes(id));
  const bySite = [...known, ...unknown].flatMap((site): PlainBlock[] => {
    const here = precautions.filter(({ sites }) => sites.some(({ value }) => value === site));
    const declared = ruleSet.sites.get(site);
    return [
      heading(3, capitalised(titleOf(declared, site)), declared && placeOf(declared)),
      { kind: 'list', items: here.map(rule => ruleItem(ruleSet, rule)) },
    ];
  });
  const elsewhere = precautions.filter(({ sites }) => sites.length === 0).map(rule => ruleItem(ruleSet, rule));
  return chapter('Precautions by site', [...bySite, { kind: 'list', items: elsewhere }]);
}

export function plainImpossible(ruleSet: RuleSet): readonly PlainBlock[] {
  const items = [...ruleSet.impossible.values()].map(item => {
    const whose = item.of ? `No ${groupTitle(ruleSet, item.of.value)} is such that` : 'No patient is such that';
    return plainItem(
      item,
      `${whose} ${conditionText(ruleSet, item.when, item.of?.value)}.`,
      item.reason ? [sentence(item.reason.value)] : [],
    );
  });
  return chapter('What cannot be', [{ kind: 'list', items }]);
}
