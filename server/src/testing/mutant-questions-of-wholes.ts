/** Changes of the scope, of the hierarchy of sites and of how decisions are made as questions. */
import { anywhere } from '../analysis/decided.ts';
import { all, certain, possible } from '../analysis/formula.ts';
import { decidingRules, groupOf, overridersOf, siteFact } from '../analysis/gather.ts';
import { type Hierarchy, siteHierarchy } from '../model/hierarchy.ts';
import type { Condition, Decision, Rule, RuleSet } from '../model/rule-set.ts';
import { ALWAYS, NOWHERE, testOf } from './asked.ts';
import { hangsOnWaiting } from './mutant-proofs-of-rules.ts';
import {
  apart,
  asking,
  either,
  factTest,
  firing,
  type MutantQuestion,
  type MutantQuestions,
  type Nobody,
  not,
  plainly,
  together,
  whole,
} from './mutant-question.ts';
import { asAnyOf } from './mutant-questions-of-facts.ts';

export function ofScope(was: Condition, is: Condition | undefined): MutantQuestions {
  const anyScope = true;
  const asked: MutantQuestion = { ...plainly(either(was, is ?? ALWAYS), undefined), anyScope };
  return asking(asked, { ...apart(was, is ?? ALWAYS, undefined), anyScope });
}

/** Somebody with something at the site, for each rule that may tell. Where no name stands for other sites because of the link, nobody can. */
export function ofSite(id: string, ruleSet: RuleSet, changed: RuleSet): MutantQuestions {
  const fact = siteFact(ruleSet);
  if (isSame(siteHierarchy(ruleSet), siteHierarchy(changed), [...ruleSet.sites.keys()])) return { asked: [], proofs: [[]] };
  if (!fact) return { asked: [], proofs: [] };
  const there = factTest(fact.id, testOf({ is: { value: id, span: NOWHERE } }));
  const inGroup = [...ruleSet.rules.values()].filter(rule => groupOf(ruleSet, rule) === fact.group);
  const ofPlaces = [...ruleSet.rules.values()].filter(rule =>
    rule.then.some(effect => effect.kind !== 'decide' && (effect.at.kind === 'sites' || effect.at.kind === 'below')),
  );
  const gone = ruleSet.sites.get(id)!.partOf.filter(above => !changed.sites.get(id)!.partOf.includes(above));
  const asked = [
    ...inGroup.map(rule => firing(ruleSet, rule, together([whole(rule, ruleSet), there]))),
    plainly(there, fact.group),
    ...ofPlaces.map(rule => firing(ruleSet, rule, whole(rule, ruleSet))),
  ];
  // A patient of whom only the site above is recorded may have any below it.
  return { asked: asked.slice(0, MOST_ASKED).map(each => ({ ...each, variants: asAnyOf(fact.id, gone) })), proofs: [] };
}

/** Patients may be recorded with any of the names: it counts too where no condition reads it. */
export function isSame(before: Hierarchy, after: Hierarchy, names: readonly string[]): boolean {
  return (
    before.leaves.join() === after.leaves.join() && names.every(name => before.leavesBelow(name).join() === after.leavesBelow(name).join())
  );
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
  if (!is.each && was.each) return { asked: alone.slice(0, MOST_ASKED), proofs: [] };
  const pairs = pairsApart(was, is, deciding);
  const asked = [...pairs.map(([one, other]) => both(one.rule, other.rule, ruleSet)), ...alone].slice(0, MOST_ASKED);
  return {
    asked,
    proofs: isPlainlyDecided(was, is, deciding, ruleSet) ? [pairs.flatMap(([one, other]) => bothHeard(one.rule, other.rule, ruleSet))] : [],
  };
}

type Deciding = ReturnType<typeof decidingRules>[number];

/** Of which two it matters that both are heard: where the order changes those with the two values, else those that disagree. */
function pairsApart(was: Decision, is: Decision, deciding: readonly Deciding[]): (readonly [Deciding, Deciding])[] {
  const moved = was.values.filter(({ id: value }, i) => is.values[i]?.id !== value).map(value => value.id);
  const isApart = (one: Deciding, other: Deciding) => {
    if (moved.length > 0) return one.value !== other.value && moved.includes(one.value) && moved.includes(other.value);
    // A rule that comes first and is open is waited for, whatever it decides; so is any other of which all are told.
    const isAnyPair = [was.resolve, is.resolve].some(resolve => resolve === 'first' || resolve === 'collect');
    return one.value !== other.value || (isAnyPair && one.rule !== other.rule);
  };
  return deciding.flatMap((one, i) => deciding.slice(i + 1).flatMap(other => (isApart(one, other) ? [[one, other] as const] : [])));
}

/**
 * Whether the pairs are all that can tell: each record has no answer of its own, of a rule in several records only one value is told, and no
 * rule that waits for a decision has a say in who is heard.
 */
function isPlainlyDecided(was: Decision, is: Decision, deciding: readonly Deciding[], ruleSet: RuleSet): boolean {
  if (was.each || is.each) return false;
  const rules = [...ruleSet.rules.values()].filter(({ then }) =>
    then.some(each => each.kind === 'decide' && each.decision.value === was.id),
  );
  if (rules.some(rule => hangsOnWaiting(ruleSet, rule))) return false;
  const values = new Set(was.values.map(({ id }) => id));
  if (deciding.some(({ value }) => !values.has(value))) return false;
  return was.resolve !== 'collect' || deciding.every(({ rule }) => groupOf(ruleSet, rule) === undefined);
}

/** One fires, and the other may: then how several answers make one may matter. Where all that fire or may fire agree it does not. */
function bothHeard(one: Rule, other: Rule, ruleSet: RuleSet): readonly Nobody[] {
  const areOfPatient = [one, other].every(rule => groupOf(ruleSet, rule) === undefined);
  const overrides = (a: Rule, b: Rule) => overridersOf(ruleSet, b).includes(a);
  // Where one fires or may, the one that it overrides does not fire.
  if (areOfPatient && one !== other && (overrides(one, other) || overrides(other, one))) return [];
  return [
    [one, other],
    [other, one],
  ].map(([sure, open]) => ({
    conditions: [],
    rules: [sure!, open!],
    group: undefined,
    so: space => all([certain(anywhere(space, sure!)), possible(anywhere(space, open!))]),
    ...(areOfPatient && { plainer: partsHeard(sure!, open!) }),
  }));
}

/** A part of what each needs: these may exclude each other already. Of what one of several things is enough for each is looked at by itself. */
function partsHeard({ when: sure }: Rule, { when: open }: Rule): Nobody[] {
  return itemsOf(sure, 'all').flatMap(one =>
    itemsOf(open, 'all').map((other): Nobody => {
      const cases = itemsOf(one, 'any').flatMap(each => itemsOf(other, 'any').map(beside => sureAndOpen(each, beside)));
      return { ...sureAndOpen(one, other), ...(cases.length > 1 && { cases }) };
    }),
  );
}

function itemsOf(condition: Condition | undefined, kind: 'all' | 'any'): readonly Condition[] {
  if (!condition) return [];
  return condition.kind === kind && condition.items.length > 0 ? condition.items : [condition];
}

function sureAndOpen(one: Condition, other: Condition): Nobody {
  return {
    conditions: [one, other],
    group: undefined,
    so: (space, scope) => all([certain(space.condition(one, scope)), possible(space.condition(other, scope))]),
  };
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
