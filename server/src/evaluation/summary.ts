/** Decisions and scores alone, for many patients side by side. */
import type { Patient } from '../model/patient.ts';
import type { CompiledRuleSet } from './compile.ts';
import { judgeLazily } from './judge.ts';
import type { DecisionOutcome } from './outcome.ts';
import { stateOf } from './patient-state.ts';
import { type ScoreTotal, scoreTotals } from './score-outcomes.ts';

export interface Summary {
  readonly decisions: Readonly<Record<string, DecisionOutcome>>;
  readonly scores: readonly ScoreTotal[];
}

/** The same decisions and totals as `evaluate` gives; rules that decide nothing, and that no such rule needs, are not looked at. */
export function summarise(compiled: CompiledRuleSet, patient: Patient): Summary {
  const state = stateOf(compiled.layout, patient);
  const judged = judgeLazily(compiled, state);
  const decisions: Record<string, DecisionOutcome> = Object.create(null);
  for (const { decision } of compiled.decisions) decisions[decision.id] = judged.decision(decision.id)!;
  return { decisions, scores: scoreTotals(compiled, state) };
}
