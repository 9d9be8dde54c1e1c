/** Changes of the scope, of the hierarchy of sites and of how decisions are made as questions. */
import { decidingRules, gather, groupOf, siteFact } from '../analysis/gather.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Condition, Rule, RuleSet } from '../model/rule-set.ts';
import { ALWAYS, NOWHERE, testOf } from './asked.ts';
import { either, factTest, firing, type MutantQuestion, type MutantQuestions, not, plainly, together, whole } from './mutant-question.ts';

export function ofScope(was: Condition, is: Condition | undefined): MutantQuestions {
  const asked: MutantQuestion = { ...plainly(either(was, is ?? ALWAYS), undefined), anyScope: true };
  return { asked: [asked], proving: [[asked]] };
}

/** Somebody with something at the site, for each rule that may tell. Where no name in the rule set is told apart by the link, nobody can. */
export function ofSite(id: string, ruleSet: RuleSet, changed: RuleSet): MutantQuestions {
  const fact = siteFact(ruleSet);
  const [before, after] = [siteHierarchy(ruleSet), siteHierarchy(changed)];
  const named = [...gather(ruleSet).facts].flatMap(([each, { ids }]) => (each.values === 'sites' ? [...ids] : []));
  const placed = [...ruleSet.rules.values()].flatMap(({ then }) =>
    then.flatMap(effect =>
      effect.kind === 'decide' || effect.at.kind === 'everywhere' || effect.at.kind === 'here'
        ? []
        : effect.at.kind === 'sites'
          ? effect.at.sites
          : [effect.at.site, ...(effect.at.except?.whole ?? [])],
    ),
  );
  const all = new Set([...named, ...placed.map(({ value }) => value)]);
  const isSame =
    [...all].every(name => before.leavesBelow(name).join() === after.leavesBelow(name).join()) &&
    before.leaves.join() === after.leaves.join();
  if (isSame) return { asked: [], proving: [[]] };
  if (!fact) return { asked: [], proving: [] };
  const there = factTest(fact.id, testOf({ is: { value: id, span: NOWHERE } }));
  const inGroup = [...ruleSet.rules.values()].filter(rule => groupOf(ruleSet, rule) === fact.group);
  const ofPlaces = [...ruleSet.rules.values()].filter(rule =>
    rule.then.some(effect => effect.kind !== 'decide' && (effect.at.kind === 'sites' || effect.at.kind === 'below')),
  );
  return {
    asked: [
      ...inGroup.map(rule => firing(ruleSet, rule, together([whole(rule, ruleSet), there]))),
      plainly(there, fact.group),
      ...ofPlaces.map(rule => firing(ruleSet, rule, whole(rule, ruleSet))),
    ].slice(0, MOST_ASKED),
    proving: [],
  };
}

const MOST_ASKED = 60;

/** Two rules that decide differently fire together; or of two records only one has an answer. */
export function ofDecision(id: string, ruleSet: RuleSet, changed: RuleSet): MutantQuestions {
  const [was, is] = [ruleSet.decisions.get(id)!, changed.decisions.get(id)!];
  const deciding = decidingRules(ruleSet, id);
  const alone = was.each
    ? aloneAnswered(
        was.each.value,
        deciding.map(({ rule }) => rule),
        ruleSet,
      )
    : [];
  if (!is.each && was.each) return { asked: alone.slice(0, MOST_ASKED), proving: [] };
  const moved = was.values.filter(({ id: value }, i) => is.values[i]?.id !== value).map(value => value.id);
  const isApart = (one: string, other: string) => one !== other && (moved.length === 0 || (moved.includes(one) && moved.includes(other)));
  const pairs = deciding.flatMap((one, i) =>
    deciding.slice(i + 1).flatMap(other => (isApart(one.value, other.value) ? [both(one.rule, other.rule, ruleSet)] : [])),
  );
  const asked = [...pairs, ...alone].slice(0, MOST_ASKED);
  // Where each record has its own answer, the strictest is decided though others have none.
  return { asked, proving: pairs.length === asked.length && !was.each ? [asked] : [] };
}

/** Of two records only one has an answer, by each rule in turn. */
function aloneAnswered(group: string, deciding: readonly Rule[], ruleSet: RuleSet): MutantQuestion[] {
  const own = deciding.filter(rule => groupOf(ruleSet, rule) === group);
  const none = together(own.map(rule => not(whole(rule, ruleSet))));
  const some = (where: Condition): Condition => ({ kind: 'some', group: { value: group, span: NOWHERE }, where, span: NOWHERE });
  return own.map(rule => plainly(together([some(whole(rule, ruleSet)), some(none)]), undefined));
}

/** Both fire: in one record, or anywhere where they are of different ones. */
function both(one: Rule, other: Rule, ruleSet: RuleSet): MutantQuestion {
  const conditions = [one, other].map(rule => {
    const group = groupOf(ruleSet, rule);
    const own = whole(rule, ruleSet);
    return group === undefined ? own : ({ kind: 'some', group: { value: group, span: NOWHERE }, where: own, span: NOWHERE } as const);
  });
  return plainly(together(conditions), undefined);
}
