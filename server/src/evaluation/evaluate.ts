/** A rule set and a patient to an outcome: plain JSON, lists sorted, the same input giving the same bytes. */
import type { Patient } from '../model/patient.ts';
import type { CompiledRuleSet } from './compile.ts';
import { effectOutcomes } from './effects.ts';
import { type Judgement, judge } from './judge.ts';
import { missingInputs } from './missing.ts';
import type { Outcome, PatientProblem, RuleOutcome } from './outcome.ts';
import { stateOf } from './patient-state.ts';
import { type CompiledRule, instancesOf, statusOf } from './rules.ts';
import { scoreOutcomes } from './score-outcomes.ts';
import type { PatientState } from './state.ts';
import { traceRule } from './trace.ts';
import { byText, FALSE, TRUE, type Truth, wordOf } from './values.ts';
import { momentsOf } from './vocabulary.ts';

/**
 * `missing: false` leaves out what each missing input would decide, which costs more than all the rest. `trace: 'deciding'` traces only rules that
 * decide and are not ruled out: what the reason of a decision is told from.
 */
export interface EvaluationOptions {
  readonly trace: boolean | 'deciding';
  readonly missing?: boolean;
}

export function evaluate(compiled: CompiledRuleSet, patient: Patient, options: EvaluationOptions): Outcome {
  const state = stateOf(compiled.layout, patient);
  const judgement = judge(compiled, state);
  return {
    patient: patient.id?.value ?? '',
    ruleSet: describe(compiled, state),
    asOf: patient.asOf?.value ?? '',
    scope: wordOf(judgement.scope),
    decisions: sorted(judgement.decisions),
    scores: scoreOutcomes(compiled, state),
    ...effectOutcomes(compiled.effects, judgement, compiled.ruleSet),
    rules: ruleOutcomes(compiled, judgement, options.trace),
    missing: options.missing === false ? [] : missingInputs(compiled, state, judgement),
    problems: [...state.problems, ...impossible(compiled, state, patient)],
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => byText(a, b)));
}

function describe({ ruleSet: { root } }: CompiledRuleSet, { asOf }: PatientState): Outcome['ruleSet'] {
  const status = root.status?.value ?? 'draft';
  const review = root.reviewBy && momentsOf(root.reviewBy.value);
  const passed = review && asOf && asOf.to > review.to;
  const cautions = [...(status === 'active' ? [] : [status]), ...(passed ? ['review-date-passed'] : [])];
  return { id: root.id?.value ?? '', version: root.version?.value ?? '', status, cautions };
}

/** Every rule for the patient or each listed record; for a record that may be missing from the list only what is not ruled out. */
export function ruleOutcomes({ rules }: CompiledRuleSet, judgement: Judgement, trace: EvaluationOptions['trace']): RuleOutcome[] {
  const outcomes = rules.flatMap(rule =>
    judgement.instances(rule.group).flatMap((instance, i) => {
      const truth = judgement.truths[rule.index]![i]!;
      if (instance.unlisted && truth === FALSE) return [];
      const overriddenBy = overridingFired(rule, rules, judgement, i);
      const given = rule.waits ? wordOf(judgement.given(rule)) : undefined;
      return {
        id: rule.rule.id,
        record: instance.record,
        status: statusOf(truth),
        ...(overriddenBy.length > 0 && { overriddenBy }),
        ...(isTraced(rule, truth, trace) && { trace: traceRule(rule, instance.context, given) }),
      };
    }),
  );
  return outcomes.sort((a, b) => byText(a.id, b.id) || byText(a.record ?? '', b.record ?? ''));
}

function isTraced({ rule }: CompiledRule, truth: Truth, trace: EvaluationOptions['trace']): boolean {
  return trace === 'deciding' ? truth !== FALSE && rule.then.some(({ kind }) => kind === 'decide') : trace;
}

function overridingFired(
  { overriddenBy }: CompiledRule,
  rules: readonly CompiledRule[],
  { truths }: Judgement,
  instance: number,
): string[] {
  const fired = overriddenBy.filter(({ index }) => truths[index]![rules[index]!.group === undefined ? 0 : instance] === TRUE);
  return fired.map(({ index }) => rules[index]!.rule.id).sort(byText);
}

/** A patient that shows what the rule set says no patient can be. */
function impossible({ impossible, layout }: CompiledRuleSet, state: PatientState, { file, asOf }: Patient): PatientProblem[] {
  return impossible.flatMap(({ id, reason, group, when }) =>
    instancesOf(group, state).flatMap(({ context, record, unlisted }) => {
      if (unlisted || when.truth(context) !== TRUE) return [];
      const path = group === undefined ? '' : `${layout.groups[group]!.id}.${record}`;
      return [{ code: 'impossible-patient', path, ...(asOf && { place: { file, span: asOf.span } }), data: { impossible: id, reason } }];
    }),
  );
}
