/** The values of facts: which there are, and what it means that a value `is` another. */
import { type Hierarchy, type Vocabulary, valueHierarchy } from './hierarchy.ts';
import type { Fact } from './rule-set.ts';

/** Every value of a code or a side that may be written, in declared order; empty for a fact of another type. */
export function valuesOf(fact: Fact, ruleSet: Vocabulary): readonly string[] {
  return valueHierarchy(fact, ruleSet).ids;
}

/** The values a patient can really have: those with none below. */
export function leafValuesOf(fact: Fact, ruleSet: Vocabulary): readonly string[] {
  return valueHierarchy(fact, ruleSet).leaves;
}

/** The leaves for which a value written in a patient stands: all below it. Empty for a value nobody declared. */
export function leavesOfValue(fact: Fact, value: string, ruleSet: Vocabulary): readonly string[] {
  return valueHierarchy(fact, ruleSet).leavesBelow(value);
}

/** Whether a leaf `is` a value: it is that value or lies below it by any parent. */
export function isValue(values: Hierarchy, leaf: string, value: string): boolean {
  return values.isBelow(leaf, value);
}
