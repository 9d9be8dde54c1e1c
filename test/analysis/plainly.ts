/** An analysis as plain data, and what in it is not of the version that it is of. */
import type { Analysis } from '../../server/src/analysis/analyse.ts';
import type { Decision, Effect, Rule, RuleSet } from '../../server/src/model/rule-set.ts';

/** Every finding but those about single rules. */
export function all({ clashes, decisionClashes, disagreements, gaps, hidden, redundant, hazards }: Analysis): readonly object[] {
  return [...clashes, ...decisionClashes, ...disagreements, ...gaps, ...hidden, ...redundant, ...hazards];
}

/** Rules, decisions and effects that are not those of this version. */
export function strangersIn(analysis: Analysis, ruleSet: RuleSet): readonly string[] {
  const rules: Rule[] = [...analysis.neverHolds, ...analysis.alwaysHolds];
  const decisions: Decision[] = analysis.gaps.map(({ decision }) => decision);
  const effects: (readonly [Rule, Effect])[] = [];
  for (const clash of analysis.clashes) {
    rules.push(...clash.rules);
    for (const { advised, against } of clash.collisions) for (const { of, effect } of [advised, ...against]) effects.push([of, effect]);
  }
  for (const { decision, cause, rules: both, others } of analysis.decisionClashes) {
    rules.push(cause, ...both, ...others.first(others.count));
    decisions.push(decision);
  }
  for (const { decision, stricter, looser } of analysis.disagreements) {
    rules.push(stricter, ...looser);
    decisions.push(decision);
  }
  for (const { rule, decision, by } of analysis.hidden) {
    rules.push(rule, ...by);
    decisions.push(decision);
  }
  for (const { rule, by } of analysis.redundant) rules.push(rule, ...by.first(by.count));
  rules.push(...analysis.hazards.map(({ rule }) => rule), ...effects.map(([of]) => of));
  return [
    ...rules.filter(rule => ruleSet.rules.get(rule.id) !== rule).map(({ id }) => id),
    ...decisions.filter(decision => ruleSet.decisions.get(decision.id) !== decision).map(({ id }) => id),
    ...effects.filter(([of, effect]) => !of.then.includes(effect)).map(([of, { kind }]) => `${of.id} ${kind}`),
  ];
}

/** All that is found, by ids, with what is made only when somebody asks. */
export function plainly(analysis: Analysis): object {
  const ids = (rules: readonly Rule[]) => rules.map(({ id }) => id);
  const { clashes, decisionClashes, disagreements, gaps, neverHolds, alwaysHolds, hidden, redundant, hazards } = analysis;
  return {
    clashes: clashes.map(({ rules, collisions, answer }) => {
      const told = collisions.map(({ kind, advised, against, parameter }) => [kind, advised.rule, against.map(one => one.rule), parameter]);
      return [ids(rules), told, answer.witness];
    }),
    decisionClashes: decisionClashes.map(({ decision, cause, rules, values, others, valueFor, answer }) => {
      const listed = [others.count, others.idsWith(cause, 'last'), others.idsWith(cause, 'first'), ids(others.first(3))];
      return [decision.id, cause.id, ids(rules), values, others.count > 0 && rules.map(valueFor), listed, answer.witness];
    }),
    disagreements: disagreements.map(one => [one.decision.id, one.stricter.id, ids(one.looser), one.answer.witness]),
    gaps: gaps.map(({ decision, of, answer }) => [decision.id, of, answer.witness]),
    alone: [ids(neverHolds), ids(alwaysHolds)],
    hidden: hidden.map(({ rule, decision, by }) => [rule.id, decision.id, ids(by)]),
    redundant: redundant.map(({ rule, by }) => [rule.id, by.count, by.idsWith(rule, 'first'), ids(by.first(2))]),
    hazards: hazards.map(({ input, rule, answer }) => [input, rule.id, answer.witness]),
    rest: [analysis.uncoveredSites, analysis.proved, analysis.notProved, analysis.steps],
  };
}
