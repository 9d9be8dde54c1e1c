/** Every bound that a fact is held against in a rule set: by thresholds, and by the conditions of rules and scores. */

import { factIn } from '../model/names.ts';
import type { Bound, Condition, Fact, RuleSet, Test } from '../model/rule-set.ts';
import { ruleGroup } from './sentences.ts';
import { titleOf } from './titles.ts';

export interface BoundOn {
  readonly kind: 'atLeast' | 'above' | 'atMost' | 'below';
  readonly bound: Bound;
  /** Of plain numbers; undefined: the fact's own. */
  readonly unit: string | undefined;
  /** What holds it: the title of a threshold, a rule or a score. */
  readonly owner: string;
}

const KINDS = ['atLeast', 'above', 'atMost', 'below'] as const;

/** In the order of thresholds, scores, the scope and rules. */
export function boundsOn(whole: RuleSet, fact: Fact): readonly BoundOn[] {
  const found: BoundOn[] = [];
  const add = (owner: string, test: Test, unit = test.unit?.value) => {
    for (const kind of KINDS) if (test[kind]) found.push({ kind, bound: test[kind], unit, owner });
  };
  const isIt = (group: string | undefined, name: string) => name === fact.id && factIn(whole, group, name) === fact;
  for (const threshold of whole.thresholds.values())
    if (threshold.fact?.value === fact.id) add(titleOf(threshold, threshold.id), threshold.test);
  for (const score of whole.scores.values())
    for (const { how } of score.components.values())
      if (how?.kind === 'intervals' && isIt(score.of?.value, how.fact.value))
        for (const { test } of how.intervals) add(titleOf(score, score.id), test, test.unit?.value ?? how.unit?.value);
  for (const { test, name, group } of factTests(whole.root.appliesTo, undefined)) if (isIt(group, name)) add('Applies to', test);
  for (const rule of whole.rules.values())
    for (const condition of [rule.when, rule.until])
      for (const { test, name, group } of factTests(condition, ruleGroup(whole, rule)))
        if (isIt(group, name)) add(titleOf(rule, rule.id), test);
  return found;
}

interface FactTest {
  readonly name: string;
  readonly test: Test;
  readonly group: string | undefined;
}

function* factTests(condition: Condition | undefined, group: string | undefined): Generator<FactTest> {
  switch (condition?.kind) {
    case 'fact':
      yield { name: condition.fact.value, test: condition.test, group };
      return;
    case 'all':
    case 'any':
    case 'count-conditions':
      for (const item of condition.items) yield* factTests(item, group);
      return;
    case 'not':
      yield* factTests(condition.item, group);
      return;
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      yield* factTests(condition.where, condition.group.value);
  }
}
