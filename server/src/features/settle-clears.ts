/** Whether an override would clear a conflict of effects: asked of the analysis where records of one group may each have their own rule in force. */
import { effectClashes } from '../analysis/conflicts.ts';
import { inquire } from '../analysis/question.ts';
import type { Replay } from '../analysis/witness.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';

export type ReplayOf = (ruleSet: RuleSet) => Replay;

/** What is not settled within so many steps is not offered. */
const STEPS = 500_000;

/** The rule as it would be if it took precedence over the others. */
export function overriding(rule: Rule, others: readonly Rule[]): Rule {
  const rules = others.map(({ id }) => ({ value: id, span: rule.idSpan }));
  return { ...rule, override: { rules, reason: undefined, span: rule.idSpan } };
}

/** Whether effects of these rules can no longer collide in the whole with the rule as it would be, in place of the one of its id or beside all. */
export function clears(ruleSet: RuleSet, changed: Rule, involved: readonly Rule[], replayOf: ReplayOf): boolean {
  const ids = new Set([changed, ...involved].map(({ id }) => id));
  const rules = new Map([...ruleSet.rules].map(([id, rule]) => [id, ids.has(id) ? rule : withoutAdvice(rule)]));
  rules.set(changed.id, changed);
  const whole = { ...ruleSet, rules };
  return effectClashes(inquire(whole, STEPS, replayOf(whole))).every(({ answer }) => answer.kind === 'none');
}

/** What others advise is another matter; what they decide may be waited for. */
function withoutAdvice(rule: Rule): Rule {
  return { ...rule, then: rule.then.filter(({ kind }) => kind === 'decide') };
}
