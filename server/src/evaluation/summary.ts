/** Decisions and scores alone, for many patients side by side. */
import type { Patient } from '../model/patient.ts';
import type { CompiledRuleSet } from './compile.ts';
import { judge } from './judge.ts';
import type { DecisionOutcome, ScoreOutcome } from './outcome.ts';
import { stateOf } from './patient-state.ts';
import { scoreOutcomes } from './score-outcomes.ts';

export interface Summary {
  readonly decisions: Readonly<Record<string, DecisionOutcome>>;
  readonly scores: readonly ScoreOutcome[];
}

/** The same decisions and scores as `evaluate` gives. */
export function summarise(compiled: CompiledRuleSet, patient: Patient): Summary {
  const state = stateOf(compiled.layout, patient);
  return { decisions: judge(compiled, state).decisions, scores: scoreOutcomes(compiled, state) };
}
