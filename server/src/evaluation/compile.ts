/** A rule set made ready for evaluation: once, for any number of patients. */
import type { RuleSet } from '../model/rule-set.ts';
import type { CompiledCondition } from './conditions.ts';
import { type CompiledDecision, compileDecision } from './decisions.ts';
import { type CompiledEffect, compileEffects } from './effects.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type CompiledRule, compileRules } from './rules.ts';

export interface CompiledRuleSet {
  readonly ruleSet: RuleSet;
  readonly layout: Layout;
  readonly appliesTo: CompiledCondition | undefined;
  readonly rules: readonly CompiledRule[];
  readonly decisions: readonly CompiledDecision[];
  readonly effects: readonly CompiledEffect[];
  readonly impossible: readonly CompiledImpossible[];
}

export interface CompiledImpossible {
  readonly id: string;
  readonly reason: string;
  readonly group: number | undefined;
  readonly when: CompiledCondition;
}

export function compile(ruleSet: RuleSet): CompiledRuleSet {
  const layout = layoutOf(ruleSet);
  const { compiling } = layout;
  const patient = { group: undefined, mayTestUnknown: true };
  const appliesTo = ruleSet.root.appliesTo && compiling.condition(ruleSet.root.appliesTo, { ...patient, file: ruleSet.root.file });
  const rules = compileRules(compiling);
  const decisions = [...ruleSet.decisions.values()].map(decision => compileDecision(decision, rules, compiling.groups));
  const effects = compileEffects(rules, compiling);
  return { ruleSet, layout, appliesTo, rules, decisions, effects, impossible: compileImpossible(layout) };
}

function compileImpossible({ compiling }: Layout): CompiledImpossible[] {
  return [...compiling.ruleSet.impossible.values()].flatMap(({ id, file, of, when, reason }) => {
    const group = of && compiling.groups.get(of.value);
    if (!when || (of && group === undefined)) return [];
    const standing = { file, group: of?.value, mayTestUnknown: false };
    return [{ id, reason: reason?.value ?? '', group, when: compiling.condition(when, standing) }];
  });
}
