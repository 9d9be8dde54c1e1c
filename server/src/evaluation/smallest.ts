/** The smallest sets of rules that make a decision by themselves. */
import type { CompiledRuleSet } from './compile.ts';
import { decide } from './decisions.ts';
import { judge } from './judge.ts';
import type { PatientState } from './state.ts';
import { FALSE, TRUE, type Truth } from './values.ts';

const LARGEST = 3;
const MOST_SETS = 4;

/**
 * Ids of rules that, if no other rule decided anything, would give the same decided value: every smallest such set, at most four. Empty where the decision is not decided,
 * or more than three rules are needed together.
 */
export function smallestRules(compiled: CompiledRuleSet, patient: PatientState, decision: string): readonly (readonly string[])[] {
  const judgement = judge(compiled, patient);
  const whole = judgement.decisions[decision];
  const own = compiled.decisions.find(each => each.decision.id === decision);
  if (whole?.status !== 'decided' || !own) return [];
  const fired = own.deciding.map(({ rule }) => rule).filter(({ index }) => judgement.truths[index]!.includes(TRUE));
  const makes = (set: ReadonlySet<number>) => {
    const truths = judgement.truths.map((each, index) => (set.has(index) ? each : each.map((): Truth => FALSE)));
    const { status, value } = decide(own, { ...judgement, truths });
    return status === 'decided' && JSON.stringify(value) === JSON.stringify(whole.value);
  };
  for (let size = 1; size <= Math.min(LARGEST, fired.length); size++) {
    const sets = subsets(fired, size).filter(set => makes(new Set(set.map(({ index }) => index))));
    if (sets.length) return sets.slice(0, MOST_SETS).map(set => set.map(({ rule }) => rule.id));
  }
  return [];
}

function subsets<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, i) => subsets(all.slice(i + 1), size - 1).map(rest => [first, ...rest]));
}
