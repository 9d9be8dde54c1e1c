/** The core of evaluation: the truth of every rule for one patient and the decisions that follow, without words or trace. */
import type { CompiledRuleSet } from './compile.ts';
import { decide, type Judged } from './decisions.ts';
import type { DecisionOutcome } from './outcome.ts';
import { type CompiledRule, type Instance, lazyTruths, type OwnTruths, ruleTruths } from './rules.ts';
import type { PatientState } from './state.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from './values.ts';

export interface Judgement extends Judged {
  readonly decisions: Readonly<Record<string, DecisionOutcome>>;
  readonly given: (rule: CompiledRule) => Truth;
  readonly own: OwnTruths;
}

/** `known`: truths of rules that cannot have changed since another patient was judged. */
export function judge(compiled: CompiledRuleSet, patient: PatientState, known: OwnTruths = []): Judgement {
  const scope = compiled.appliesTo ? compiled.appliesTo.truth({ patient, record: undefined }) : TRUE;
  const { instances, own, first, settle } = ruleTruths(compiled.rules, patient, scope, known);
  const complete = (group: number) => patient.groups[group]!.complete;
  const judged = { truths: first, instances, complete, scope };
  const decisions: Record<string, DecisionOutcome> = Object.create(null);
  for (const each of compiled.decisions) decisions[each.decision.id] = decide(each, judged);
  const given = (rule: CompiledRule) => givenTruth(rule, id => decisions[id]);
  return { ...judged, truths: settle(given), decisions, given, own };
}

/** What a judgement says, each part worked out only when it is asked for. */
export interface LazyJudgement {
  readonly scope: Truth;
  readonly instances: (group: number | undefined) => readonly Instance[];
  readonly truthsOf: (rule: CompiledRule) => readonly Truth[];
  /** Undefined for a decision nobody declared. */
  readonly decision: (id: string) => DecisionOutcome | undefined;
}

export function judgeLazily(compiled: CompiledRuleSet, patient: PatientState): LazyJudgement {
  const scope = compiled.appliesTo ? compiled.appliesTo.truth({ patient, record: undefined }) : TRUE;
  const { instances, first, settle } = lazyTruths(compiled.rules, patient, scope);
  const complete = (group: number) => patient.groups[group]!.complete;
  const decided: Record<string, DecisionOutcome | undefined> = Object.create(null);
  const decision = (id: string) => {
    const each = compiled.decisions.find(one => one.decision.id === id);
    if (!each || decided[id]) return decided[id];
    const truths: (readonly Truth[])[] = [];
    for (const { rule } of each.deciding) truths[rule.index] = first(rule);
    decided[id] = decide(each, { truths, instances, complete, scope });
    return decided[id];
  };
  return { scope, instances, truthsOf: settle(rule => givenTruth(rule, decision)), decision };
}

/** Only a decided value lets a waiting rule hold. One that does more than recommend must not wait, and is never certain. */
function givenTruth({ rule }: CompiledRule, decisionOf: LazyJudgement['decision']): Truth {
  if (!rule.given) return TRUE;
  if (rule.then.some(({ kind }) => kind !== 'recommend')) return UNKNOWN;
  const decision = decisionOf(rule.given.decision.value);
  if (!decision) return UNKNOWN;
  const wanted = rule.given.values.map(({ value }) => value);
  if (decision.status === 'decided') {
    const values = Array.isArray(decision.value) ? decision.value : [decision.value];
    return values.some(value => wanted.includes(value)) ? TRUE : FALSE;
  }
  const open = decision.status === 'undetermined' && decision.possible.some(value => wanted.includes(value));
  return open ? UNKNOWN : FALSE;
}
