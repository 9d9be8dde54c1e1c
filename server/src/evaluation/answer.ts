/** What an outcome says, each part worked out when it is asked for: to hold many patients against little that is expected. */
import type { CompiledRuleSet } from './compile.ts';
import { effectOutcomes } from './effects.ts';
import { ruleOutcomes } from './evaluate.ts';
import { type Judgement, judge } from './judge.ts';
import { missingInputs } from './missing.ts';
import type { Outcome } from './outcome.ts';
import { scoreOutcomes } from './score-outcomes.ts';
import type { PatientState } from './state.ts';

export type Answer = Pick<Outcome, 'decisions' | 'scores' | 'effects' | 'rules' | 'missing'>;

/** Each part is the one that `evaluate` gives. */
export function answer(compiled: CompiledRuleSet, state: PatientState, judgement: Judgement = judge(compiled, state)): Answer {
  const { decisions } = judgement;
  return {
    decisions,
    get scores() {
      return scoreOutcomes(compiled, state);
    },
    get effects() {
      return effectOutcomes(compiled.effects, judgement, compiled.ruleSet).effects;
    },
    get rules() {
      return ruleOutcomes(compiled, judgement, false);
    },
    get missing() {
      return missingInputs(compiled, state, judgement);
    },
  };
}
