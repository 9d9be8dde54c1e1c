/** What an outcome says, each part worked out when it is asked for: to hold many patients against little that is expected. */
import type { CompiledRuleSet } from './compile.ts';
import { effectOutcomes } from './effects.ts';
import { ruleOutcomes } from './evaluate.ts';
import { type Judgement, judge } from './judge.ts';
import { needsOf } from './needs.ts';
import type { MissingInput, Outcome } from './outcome.ts';
import { scoreOutcomes } from './score-outcomes.ts';
import type { PatientState } from './state.ts';

export interface Answer extends Pick<Outcome, 'decisions' | 'scores' | 'effects' | 'rules'> {
  /** Which inputs are missing, by name; what each would make of the decisions takes long to work out. */
  readonly missing: readonly Pick<MissingInput, 'input'>[];
}

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
      return needsOf(compiled, judgement);
    },
  };
}
