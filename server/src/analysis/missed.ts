/** Whether one patient would be told something else without a rule, by what the evaluator says of each rule: for rules of the patient alone. */
import type { Effect, Rule, RuleSet } from '../model/rule-set.ts';
import { standIns } from './differences.ts';
import { decidingRules, groupOf } from './gather.ts';
import type { Replayed } from './witness.ts';

/** False where it cannot be told from the rules alone. */
export function isMissed(ruleSet: RuleSet, rule: Rule, replayed: Replayed): boolean {
  if (!replayed.inScope || rule.override || rule.given || groupOf(ruleSet, rule) !== undefined) return false;
  return rule.then.some(effect => isEffectMissed(ruleSet, rule, effect, replayed));
}

function isEffectMissed(ruleSet: RuleSet, rule: Rule, effect: Effect, { fired, ruledOut }: Replayed): boolean {
  const mayHold = (other: Rule) => fired.has(other.id) || !ruledOut.has(other.id) || groupOf(ruleSet, other) !== undefined;
  const isMissedBy = (same: readonly Rule[]) =>
    fired.has(rule.id) ? !same.some(({ id }) => fired.has(id)) : mayHold(rule) && !same.some(mayHold);
  if (effect.kind !== 'decide') {
    const same = [...standIns(ruleSet, { ...rule, then: [effect] })].filter(other => other !== rule);
    return effect.at.kind === 'everywhere' && (effect.kind !== 'recommend' || fired.has(rule.id)) && isMissedBy(same);
  }
  const decision = ruleSet.decisions.get(effect.decision.value);
  if (!decision || decision.each || decision.resolve === 'first') return false;
  const order = decision.values.map(({ id }) => id);
  const others = decidingRules(ruleSet, decision.id).filter(other => other.rule !== rule);
  const same = others.filter(({ value }) => value === effect.value.value).map(other => other.rule);
  const above = others.filter(({ value }) => order.indexOf(value) < order.indexOf(effect.value.value)).map(other => other.rule);
  if (decision.resolve === 'strictest') return isMissedBy(same) && !above.some(({ id }) => fired.has(id));
  return isMissedBy(same) && !others.some(other => other.value !== effect.value.value && fired.has(other.rule.id));
}
