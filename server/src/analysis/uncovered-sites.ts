/** Leaf sites that no rule, precaution or score speaks of. A rule for every record, wherever it lies, speaks of no site. */
import { siteHierarchy } from '../model/hierarchy.ts';
import { factIn } from '../model/names.ts';
import type { Condition, Fact, RuleSet } from '../model/rule-set.ts';
import { groupOf, isDerived, siteFact } from './gather.ts';
import { constantsOf } from './limits.ts';
import { cellTruth, constantCell } from './variables.ts';

export function sitesWithoutRule(ruleSet: RuleSet): string[] {
  const fact = siteFact(ruleSet);
  const group = ruleSet.locatedGroup?.id;
  if (!fact || group === undefined) return [];
  const spokenOf = new Set<string>();
  const asked: Asked = { ruleSet, located: group, fact, sites: spokenOf };
  for (const rule of ruleSet.rules.values()) {
    for (const { value } of rule.sites) spokenOf.add(value);
    addSites(asked, rule.when, groupOf(ruleSet, rule));
  }
  for (const score of ruleSet.scores.values()) if (score.of?.value === group) addSites(asked, score.when, group);
  const hierarchy = siteHierarchy(ruleSet);
  return hierarchy.leaves.filter(leaf => ![...hierarchy.above(leaf)].some(site => spokenOf.has(site)));
}

/** Sites that a condition asks for, of a record or of some records; what it excludes is not spoken of. */
function addSites(asked: Asked, condition: Condition | undefined, group: string | undefined): void {
  const { ruleSet, located, fact, sites } = asked;
  switch (condition?.kind) {
    case 'all':
    case 'any':
      for (const item of condition.items) addSites(asked, item, group);
      return;
    case 'some':
    case 'every':
      return addSites(asked, condition.where, condition.group.value);
    case 'count-records':
      if (condition.test.atLeast || condition.test.above) addSites(asked, condition.where, condition.group.value);
      return;
    case 'fact': {
      const about = factIn(ruleSet, group, condition.fact.value);
      const named = constantsOf(condition.test).map(({ value }) => value);
      if (about === fact) for (const value of named) if (typeof value === 'string') sites.add(value);
      if (!about || about.group !== located || !isDerived(about) || about.how?.kind !== 'table') return;
      for (const { value, when } of about.how.rows)
        if (cellTruth(ruleSet, about, condition.test, constantCell(ruleSet, about, value.value)) > 0) addSites(asked, when, located);
    }
  }
}

interface Asked {
  readonly ruleSet: RuleSet;
  readonly located: string;
  /** Where a record lies. */
  readonly fact: Fact;
  readonly sites: Set<string>;
}
