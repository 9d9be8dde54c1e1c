/** Findings about single rules: true for no patient, false for none, or never one of those that decide. */
import type { Decision, Rule } from '../model/rule-set.ts';
import type { Wanted } from './clauses.ts';
import { anywhere, givenFormula } from './decided.ts';
import { all } from './formula.ts';
import { groupOf } from './gather.ts';
import { firing, type Inquiry, isThere, isThereAbout, scopeOf } from './question.ts';
import type { Space } from './space.ts';

/** Whether the rule fires for some patient. */
export function canFire(inquiry: Inquiry, rule: Rule) {
  const about = { key: 'fires', rules: [rule] };
  return isThereAbout(inquiry, about, () => {
    const scope = scopeOf(inquiry.ruleSet, rule, 0);
    return {
      ...about,
      own: ownRecord(inquiry, rule),
      wanted: space => firing(space, rule, scope),
      shown: ({ fired }) => fired.has(rule.id),
    };
  });
}

/** Whether the rule is ruled out for some complete patient. */
export function canBeRuledOut(inquiry: Inquiry, rule: Rule) {
  const about = { key: 'ruled out', rules: [rule] };
  return isThereAbout(inquiry, about, () => {
    const scope = scopeOf(inquiry.ruleSet, rule, 0);
    const present = (space: Space): Wanted[] => (scope.group === undefined ? [] : [{ formula: space.present(scope.group, 0), truth: 2 }]);
    return {
      ...about,
      own: ownRecord(inquiry, rule),
      ofComplete: true,
      wanted: space => [...present(space), { formula: all([space.fires(rule, scope), givenFormula(space, rule)]), truth: 0 }],
      shown: ({ ruledOut }) => ruledOut.has(rule.id),
    };
  });
}

/**
 * Whether the rule is ever one of those that decide: it fires and none of `winners` does, where they count. Under `strictest` the winners are
 * the stricter rules, under `first` the earlier ones. A record that needs its own answer has it from the rules of its group.
 */
export function whomItDecides(inquiry: Inquiry, decision: Decision, rule: Rule, winners: readonly Rule[]) {
  const scope = scopeOf(inquiry.ruleSet, rule, 0);
  const ofRecord = decision.each !== undefined && decision.each.value === scope.group;
  const others = ofRecord ? winners.filter(winner => groupOf(inquiry.ruleSet, winner) === scope.group) : winners;
  return isThere(inquiry, {
    rules: [rule, ...others],
    own: ownRecord(inquiry, rule),
    wanted: space => [
      ...firing(space, rule, scope),
      ...others.map((other): Wanted => ({ formula: ofRecord ? space.fires(other, scope) : anywhere(space, other), truth: 0 })),
    ],
    shown: ({ fired }) => {
      const wins = (key: string) => fired.has(key) && !others.some(other => fired.has(key.replace(rule.id, other.id)));
      return ofRecord ? [...fired.of(rule.id)].some(key => key !== rule.id && wins(key)) : wins(rule.id);
    },
  });
}

function ownRecord(inquiry: Inquiry, rule: Rule): ReadonlyMap<string, number> {
  const group = groupOf(inquiry.ruleSet, rule);
  return new Map(group === undefined ? [] : [[group, 1]]);
}
