/** Findings about single rules: true for no patient, false for none, or never the one that decides. */
import type { Rule } from '../model/rule-set.ts';
import { anywhere } from './decided.ts';
import { groupOf } from './gather.ts';
import { conditionsOf, firing, type Inquiry, isThere, scopeOf } from './question.ts';
import type { Space } from './space.ts';

/** Whether the rule fires for some patient. */
export function canFire(inquiry: Inquiry, rule: Rule) {
  const scope = scopeOf(inquiry.ruleSet, rule, 0);
  const conditions = conditionsOf(inquiry.ruleSet, rule);
  return isThere(inquiry, { conditions, own: ownRecord(inquiry, rule), wanted: space => firing(space, rule, scope) });
}

/** Whether the rule is ruled out for some complete patient. */
export function canBeRuledOut(inquiry: Inquiry, rule: Rule) {
  const scope = scopeOf(inquiry.ruleSet, rule, 0);
  const conditions = conditionsOf(inquiry.ruleSet, rule);
  const present = (space: Space) => (scope.group === undefined ? [] : [{ formula: space.present(scope.group, 0), truth: 2 as const }]);
  return isThere(inquiry, {
    conditions,
    own: ownRecord(inquiry, rule),
    wanted: space => [...present(space), { formula: space.fires(rule, scope), truth: 0 }],
  });
}

/**
 * Whether the rule's value is ever the one that decides: the rule fires and none of `winners` does, in the same record or anywhere else that
 * counts. Under `strictest` the winners are the stricter rules, under `first` the earlier ones.
 */
export function whomItDecides(inquiry: Inquiry, rule: Rule, winners: readonly Rule[]) {
  const scope = scopeOf(inquiry.ruleSet, rule, 0);
  return isThere(inquiry, {
    conditions: [rule, ...winners].flatMap(one => conditionsOf(inquiry.ruleSet, one)),
    own: ownRecord(inquiry, rule),
    wanted: space => [
      ...firing(space, rule, scope),
      ...winners.map(winner => ({ formula: firesAnywhere(space, winner, scope.slot, scope.group), truth: 0 as const })),
    ],
  });
}

/** For a rule of the same group the same record counts: the other records have parts of their own. */
function firesAnywhere(space: Space, rule: Rule, slot: number, group: string | undefined) {
  const own = groupOf(space.ruleSet, rule);
  return own !== undefined && own === group ? space.fires(rule, { group, slot }) : anywhere(space, rule);
}

function ownRecord(inquiry: Inquiry, rule: Rule): ReadonlyMap<string, number> {
  const group = groupOf(inquiry.ruleSet, rule);
  return new Map(group === undefined ? [] : [[group, 1]]);
}
