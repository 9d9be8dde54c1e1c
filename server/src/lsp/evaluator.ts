/** The evaluator, for what needs it only now and then: loaded with the first patient that is run. */
import { compile } from '../evaluation/compile.ts';
import type { RuleSet } from '../model/rule-set.ts';

export { evaluate } from '../evaluation/evaluate.ts';

const compilations = new WeakMap<RuleSet, ReturnType<typeof compile>>();

/** Compiled once for each version of a rule set, whoever asks. */
export function compiled(ruleSet: RuleSet): ReturnType<typeof compile> {
  const known = compilations.get(ruleSet) ?? compile(ruleSet);
  compilations.set(ruleSet, known);
  return known;
}
