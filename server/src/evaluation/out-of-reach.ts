/** Answers that no change of values can give: a rule that none of them touches decides more strictly. */
import type { CompiledRuleSet } from './compile.ts';
import { dependenceOn } from './dependencies.ts';
import type { Judgement } from './judge.ts';
import type { Need } from './needs.ts';
import type { CompiledRule } from './rules.ts';
import { TRUE } from './values.ts';

export interface OutOfReach {
  /** Values of the decision, strictest first. */
  readonly answers: readonly string[];
  /** The id of a rule that holds whatever the inputs are. */
  readonly rule: string;
}

/**
 * Of a decision where the strictest value counts: every value looser than the strictest that a rule decides which fired and hangs on none of these inputs, nor do
 * the rules that override it. Undefined where there is no such rule. Outside the scope there is no answer, which is none of them.
 */
export function outOfReach(
  compiled: CompiledRuleSet,
  judgement: Judgement,
  decision: string,
  inputs: readonly Need[],
): OutOfReach | undefined {
  const own = compiled.decisions.find(each => each.decision.id === decision);
  if (own?.decision.resolve !== 'strictest') return undefined;
  const depends = inputs.map(need => dependenceOn(need, compiled));
  const isFixed = (rule: CompiledRule) => [...withOverriders(rule, compiled)].every(index => !depends.some(each => each(index)));
  const held = own.deciding
    .filter(({ rule }) => judgement.truths[rule.index]!.includes(TRUE) && isFixed(rule))
    .flatMap(({ rule, values }) => values.filter(({ known }) => known).map(({ place }) => ({ rule: rule.rule.id, place })));
  const strictest = held.reduce<(typeof held)[number] | undefined>(
    (best, each) => (!best || each.place < best.place ? each : best),
    undefined,
  );
  const answers = strictest ? own.values.slice(strictest.place + 1) : [];
  return answers.length > 0 ? { answers, rule: strictest!.rule } : undefined;
}

/** The rule, those that override it, those that override these, and so on. */
function withOverriders(rule: CompiledRule, { rules }: CompiledRuleSet): ReadonlySet<number> {
  const found = new Set([rule.index]);
  // A set hands out what is added while it is walked.
  for (const index of found) for (const other of rules[index]!.overriddenBy) found.add(other.index);
  return found;
}
