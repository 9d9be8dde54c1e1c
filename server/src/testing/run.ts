/** Runs cases: each passes, fails with every difference in words, or cannot be run. */
import { answer } from '../evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../evaluation/compile.ts';
import { type Judgement, judge } from '../evaluation/judge.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import type { PatientState } from '../evaluation/state.ts';
import { type Difference, differencesFrom } from '../features/expectations.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Case } from './cases.ts';

export interface CaseResult {
  readonly case: Case;
  readonly status: 'passed' | 'failed' | 'error';
  /** Every expectation that is not met, in the order of kinds. */
  readonly differences: readonly Difference[];
  /** Why it could not be run. */
  readonly why: string | undefined;
}

/** Sees every case that is run, before it is held against what it expects. */
export type Watcher = (ruleSet: CompiledRuleSet, state: PatientState, judgement: Judgement) => void;

/** Compiles each rule set once. */
export class Runner {
  readonly #compiled = new Map<RuleSet, CompiledRuleSet>();
  readonly #watch: Watcher | undefined;

  constructor(watch?: Watcher) {
    this.#watch = watch;
  }

  compiled(ruleSet: RuleSet): CompiledRuleSet {
    const known = this.#compiled.get(ruleSet) ?? compile(ruleSet);
    this.#compiled.set(ruleSet, known);
    return known;
  }

  run(one: Case): CaseResult {
    const [obstacle] = one.obstacles;
    if (obstacle) return { case: one, status: 'error', differences: [], why: inWords(obstacle, one) };
    if (one.unread) return { case: one, status: 'error', differences: [], why: one.unread };
    if (!one.ruleSet) {
      const why = `None of the rule sets that this patient is for is called “${one.expected.ruleSet?.value ?? ''}”.`;
      return { case: one, status: 'error', differences: [], why };
    }
    const compiled = this.compiled(one.ruleSet);
    const state = stateOf(compiled.layout, one.patient);
    const judgement = judge(compiled, state);
    this.#watch?.(compiled, state, judgement);
    const differences = differencesFrom(one.expected, answer(compiled, state, judgement), one.ruleSet);
    return { case: one, status: differences.length > 0 ? 'failed' : 'passed', differences, why: undefined };
  }
}

/** Of what is wrong in another file that file is named: the case itself may look right. */
function inWords({ file, diagnostic: { message } }: Case['obstacles'][number], one: Case): string {
  return file === one.file ? message : `In “${file.slice(file.lastIndexOf('/') + 1)}”: ${message}`;
}
