/** The values of coded facts. */

import { valueHierarchy } from '../model/hierarchy.ts';
import type { Fact, RuleSet } from '../model/rule-set.ts';
import { leafValuesOf } from '../model/values.ts';

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
