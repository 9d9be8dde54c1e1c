/** Which effects could collide at all, whoever the patient is: to look for the collisions of one rule, the others need not be worked out. */
import { type AdviceEffect, alternativesOf } from '../model/collide.ts';
import { adviceHierarchy, type Hierarchy } from '../model/hierarchy.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { CompiledEffect } from './effects.ts';

/**
 * By the id of a rule every effect that may have a part in a collision with it: its own, those that speak of the same, and those that speak of
 * the same as these, for several may bar together what one advises.
 */
export function touching(effects: readonly CompiledEffect[], ruleSet: RuleSet): (rule: string) => readonly CompiledEffect[] {
  const hierarchy = adviceHierarchy(ruleSet);
  const topics = new Map(effects.map(each => [each, topicsOf(each.effect, hierarchy)]));
  const bySubject = new Map<string, CompiledEffect[]>();
  for (const [each, own] of topics) for (const topic of own) bySubject.set(topic, [...(bySubject.get(topic) ?? []), each]);
  const around = (some: ReadonlySet<CompiledEffect>) => {
    const met = new Set([...some].flatMap(each => topics.get(each)!));
    return new Set([...some, ...[...met].flatMap(topic => bySubject.get(topic)!)]);
  };
  const known = new Map<string, readonly CompiledEffect[]>();
  return rule => {
    const found = known.get(rule) ?? [...around(around(new Set(effects.filter(each => each.rule.rule.id === rule))))];
    known.set(rule, found);
    return found;
  };
}

/** The ways to follow or to break it, and the parameters it is about. */
function topicsOf(effect: AdviceEffect, hierarchy: Hierarchy): string[] {
  if (effect.kind === 'limit') return [`with ${effect.parameter.value}`];
  const ways = alternativesOf(effect, hierarchy).map(way => `do ${way}`);
  if (effect.kind !== 'recommend') return ways;
  const ranges = [...effect.with, ...effect.steps.flatMap(step => step.with), ...effect.maximum];
  return [...ways, ...new Set(ranges.map(({ parameter }) => `with ${parameter.value}`))];
}
