/** Facts by the name they have where they are read, and the values of coded ones. */

import { valueHierarchy } from '../model/hierarchy.ts';
import type { DerivedFact, Fact, RuleSet } from '../model/rule-set.ts';
import { leafValuesOf } from '../model/values.ts';

/** The fact or derived fact of that name: of the record first, then of the patient. */
export function factNamed(ruleSet: RuleSet, id: string, group: string | undefined): Fact | DerivedFact | undefined {
  const ofRecord = group === undefined ? undefined : ruleSet.groups.get(group)?.facts.get(id);
  if (ofRecord) return ofRecord;
  const derived = ruleSet.derived.get(id);
  if (derived && (derived.group === undefined || derived.group === group)) return derived;
  return ruleSet.facts.get(id);
}

export function isCoded({ type }: Fact): boolean {
  return type === 'code' || type === 'side';
}

export function isNumeric({ type }: Fact): boolean {
  return type === 'integer' || type === 'decimal' || type === 'quantity';
}

/** The values with nothing below them: what a fully known patient has. */
export function leavesOf(fact: Fact, ruleSet: RuleSet): readonly string[] {
  return leafValuesOf(fact, ruleSet);
}

export function valueIs(value: string, broader: string, fact: Fact, ruleSet: RuleSet): boolean {
  return valueHierarchy(fact, ruleSet).isBelow(value, broader);
}
