/** The evaluator as the analysis sees it: runs a witness and says what fired, what was decided and what collided. */
import { type Replay, type Replayed, type WitnessPatient, withExactNumbers } from './analysis/witness.ts';
import { type CompiledRuleSet, compile } from './evaluation/compile.ts';
import { effectOutcomes } from './evaluation/effects.ts';
import { type Judgement, judge } from './evaluation/judge.ts';
import { stateOf } from './evaluation/patient-state.ts';
import { instancesOf } from './evaluation/rules.ts';
import type { PatientState } from './evaluation/state.ts';
import { FALSE, TRUE, type Truth } from './evaluation/values.ts';
import { readPatient } from './model/read-patient.ts';
import type { RuleSet } from './model/rule-set.ts';
import { parseDocument } from './syntax/document.ts';

/** Compiles the rule set once; the patient is read as if it were a file, so that a witness is one. */
export function replayWith(ruleSet: RuleSet): Replay {
  const compiled = compile(ruleSet);
  return patient => {
    const state = stateOf(compiled.layout, readPatient(parseDocument(witnessText(patient)), 'witness'));
    return replayed(compiled, state, judge(compiled, state));
  };
}

/** The witness as a `*.patient.json`. */
export function witnessText(patient: WitnessPatient): string {
  return withExactNumbers(JSON.stringify({ id: 'witness', title: 'Witness', ...patient }));
}

/** Collisions cost more than all the rest: they are looked for only when asked. */
function replayed(compiled: CompiledRuleSet, state: PatientState, judgement: Judgement): Replayed {
  return {
    inScope: judgement.scope === TRUE && isPossible(compiled, state),
    fired: rulesWith(compiled, judgement, TRUE),
    ruledOut: rulesWith(compiled, judgement, FALSE),
    decisions: new Map(
      Object.entries(judgement.decisions).map(([id, { status, value }]) => [id, status === 'decided' ? [value].flat().join('+') : status]),
    ),
    get collisions() {
      const { conflicts } = effectOutcomes(compiled.effects, judgement, compiled.ruleSet);
      return new Set(conflicts.filter(({ state }) => state === 'in-force').map(({ rules }) => rules.join('+')));
    },
  };
}

function isPossible({ impossible }: CompiledRuleSet, state: PatientState): boolean {
  return impossible.every(({ group, when }) =>
    instancesOf(group, state).every(({ context, unlisted }) => unlisted || when.truth(context) !== TRUE),
  );
}

function rulesWith({ rules }: CompiledRuleSet, { truths, instances }: Judgement, wanted: Truth): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { index, group, rule } of rules) {
    const list = instances(group);
    for (const [i, truth] of truths[index]!.entries()) {
      if (truth !== wanted || list[i]!.unlisted) continue;
      found.add(rule.id);
      if (list[i]!.record !== null) found.add(`${rule.id}@${list[i]!.record}`);
    }
  }
  return found;
}
