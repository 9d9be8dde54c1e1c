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
  return new Answered(compiled, state, judgement);
}

class Answered implements Answer {
  readonly decisions: Answer['decisions'];
  readonly #compiled: CompiledRuleSet;
  readonly #state: PatientState;
  readonly #judgement: Judgement;
  #scores: Answer['scores'] | undefined;
  #effects: Answer['effects'] | undefined;
  #rules: Answer['rules'] | undefined;
  #missing: Answer['missing'] | undefined;

  constructor(compiled: CompiledRuleSet, state: PatientState, judgement: Judgement) {
    this.decisions = judgement.decisions;
    this.#compiled = compiled;
    this.#state = state;
    this.#judgement = judgement;
  }

  get scores() {
    this.#scores ??= scoreOutcomes(this.#compiled, this.#state);
    return this.#scores;
  }

  get effects() {
    this.#effects ??= effectOutcomes(this.#compiled.effects, this.#judgement, this.#compiled.ruleSet).effects;
    return this.#effects;
  }

  get rules() {
    this.#rules ??= ruleOutcomes(this.#compiled, this.#judgement, false);
    return this.#rules;
  }

  get missing() {
    this.#missing ??= needsOf(this.#compiled, this.#judgement);
    return this.#missing;
  }
}
