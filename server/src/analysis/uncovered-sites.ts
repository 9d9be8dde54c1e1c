/** Leaf sites that no rule, precaution or score speaks of. A rule for every record, wherever it lies, speaks of no site. */
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Condition, RuleSet } from '../model/rule-set.ts';
import { siteFact } from './gather.ts';
import { constantsOf } from './limits.ts';

export function sitesWithoutRule(ruleSet: RuleSet): string[] {
  const fact = siteFact(ruleSet);
  const group = ruleSet.locatedGroup?.id;
  if (!fact || group === undefined) return [];
  const spokenOf = new Set<string>();
  for (const rule of ruleSet.rules.values()) {
    for (const { value } of rule.sites) spokenOf.add(value);
    if (rule.of?.value === group) addSites(rule.when, fact.id, spokenOf);
  }
  for (const score of ruleSet.scores.values()) if (score.of?.value === group) addSites(score.when, fact.id, spokenOf);
  const hierarchy = siteHierarchy(ruleSet);
  return hierarchy.leaves.filter(leaf => ![...hierarchy.above(leaf)].some(site => spokenOf.has(site)));
}

/** Sites that a condition asks for; what it excludes is not spoken of. */
function addSites(condition: Condition | undefined, fact: string, sites: Set<string>): void {
  if (!condition) return;
  if (condition.kind === 'all' || condition.kind === 'any') for (const item of condition.items) addSites(item, fact, sites);
  if (condition.kind !== 'fact' || condition.fact.value !== fact) return;
  for (const { value } of constantsOf(condition.test)) if (typeof value === 'string') sites.add(value);
}
