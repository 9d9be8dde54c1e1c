/** Runs mutants against cases, working out again only what the change touches: most cases cannot tell most mutants from the rule set. */
import { answer } from '../evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../evaluation/compile.ts';
import type { CompiledCondition } from '../evaluation/conditions.ts';
import { decide } from '../evaluation/decisions.ts';
import { type Judgement, judge } from '../evaluation/judge.ts';
import type { RuleOutcome } from '../evaluation/outcome.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import { type CompiledRule, compileRule, type OwnTruths, ownTruth, statusOf } from '../evaluation/rules.ts';
import { emptyHolder, type Holder, type PatientState } from '../evaluation/state.ts';
import { FALSE, TRUE, type Truth } from '../evaluation/values.ts';
import { differencesFrom } from '../features/expectations.ts';
import type { Expected } from '../model/patient.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';
import type { Case } from './cases.ts';
import type { Mutant } from './mutants.ts';

/** A case that passes, with what was worked out of it for the rule set as it is. */
export interface Baseline {
  readonly case: Case;
  readonly state: PatientState;
  readonly judgement: Judgement;
}

export interface Baselines {
  readonly compiled: CompiledRuleSet;
  readonly passing: readonly Baseline[];
  /** Cases that fail already: they cannot notice anything. */
  readonly failing: readonly Case[];
}

/** The cases must be of this rule set. What nobody has confirmed proves nothing, and is left out. */
export function baselinesOf(ruleSet: RuleSet, cases: readonly Case[]): Baselines {
  const compiled = compile(ruleSet);
  const passing: Baseline[] = [];
  const failing: Case[] = [];
  for (const one of cases) {
    if (one.proposed) continue;
    const state = stateOf(compiled.layout, one.patient);
    const judgement = judge(compiled, state);
    const isSound = one.obstacles.length === 0 && differencesFrom(one.expected, answer(compiled, state, judgement), ruleSet).length === 0;
    if (isSound) passing.push({ case: one, state, judgement });
    else failing.push(one);
  }
  return { compiled, passing, failing };
}

/** The first case that notices the mutant: one of its expectations is not met any more. */
export function noticedBy({ compiled, passing }: Baselines, mutant: Mutant): Case | undefined {
  const { change } = mutant;
  if (change.kind === 'when') return noticedByTruth(compiled, passing, change.rule, change.changed);
  const mutated = mutatedRuleSet(compiled.ruleSet, mutant);
  const changed = compile(mutated);
  if (change.kind === 'then') return noticedByThen(compiled, changed, passing, change.rule);
  const item = change.kind === 'threshold' ? change.threshold.id : change.score.id;
  return noticedByItem(compiled, changed, passing, change.kind, item);
}

/** The rule set with the mutant's change in it. */
export function mutatedRuleSet(ruleSet: RuleSet, { change }: Mutant): RuleSet {
  switch (change.kind) {
    case 'when':
    case 'then':
      return { ...ruleSet, rules: new Map([...ruleSet.rules, [change.rule.id, change.changed]]) };
    case 'threshold':
      return { ...ruleSet, thresholds: new Map([...ruleSet.thresholds, [change.threshold.id, change.changed]]) };
    case 'score':
      return { ...ruleSet, scores: new Map([...ruleSet.scores, [change.score.id, change.changed]]) };
  }
}

/** `judgement` where it is known already; `fresh` where what was worked out of the patient does not hold any more. */
interface Already {
  readonly judgement?: Judgement | undefined;
  readonly fresh?: boolean;
}

function isNoticed({ case: { expected }, state }: Baseline, compiled: CompiledRuleSet, known: OwnTruths, already: Already = {}): boolean {
  const now = already.fresh ? freshState(state) : state;
  const judgement = already.judgement ?? judge(compiled, now, known);
  const whole = answer(compiled, now, judgement);
  const isOfRules = expected.statements.length > 0;
  const said = isOfRules ? whole : Object.create(whole, { rules: { get: () => rulesNamed(expected, compiled, judgement) } });
  return differencesFrom(expected, said, compiled.ruleSet).length > 0;
}

/** Only the rules that are expected to fire, or not to. */
function rulesNamed({ fired, notFired }: Expected, { rules }: CompiledRuleSet, { truths, instances }: Judgement): RuleOutcome[] {
  const named = new Set([...fired, ...notFired].map(({ value }) => value));
  return rules.flatMap(({ rule, index, group }) =>
    named.has(rule.id)
      ? truths[index]!.map((truth, i) => ({ id: rule.id, record: instances(group)[i]!.record, status: statusOf(truth) }))
      : [],
  );
}

/** Only the truth of the one rule can differ; where it does not, nothing does. */
function noticedByTruth(compiled: CompiledRuleSet, passing: readonly Baseline[], rule: Rule, changed: Rule): Case | undefined {
  const own = compiled.rules.find(each => each.rule === rule)!;
  const other: CompiledRule = { ...compileRule(changed, own.index, compiled.layout.compiling), overriddenBy: own.overriddenBy };
  const mutated: CompiledRuleSet = { ...compiled, rules: compiled.rules.with(own.index, other) };
  const isAlone = standsAlone(compiled, own);
  for (const baseline of passing) {
    const { own: known, instances, scope } = baseline.judgement;
    if (scope === FALSE) continue;
    const before = known[own.index]!;
    const list = instances(own.group);
    let after: Truth[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const truth = ownTruth(other, list[i]!.context);
      if (truth === before[i]) continue;
      after ??= [...before];
      after[i] = truth;
    }
    if (!after) continue;
    const judgement = isAlone && scope === TRUE && !list.at(-1)?.unlisted ? judgedAlone(compiled, baseline, own.index, after) : undefined;
    if (isNoticed(baseline, mutated, known.with(own.index, after), { judgement })) return baseline.case;
  }
  return undefined;
}

/** Whether its truth matters for nothing but the decisions that it decides itself. */
function standsAlone({ rules }: CompiledRuleSet, rule: CompiledRule): boolean {
  if (rule.waits || rule.overriddenBy.length > 0) return false;
  return rules.every(other => !other.waits && other.overriddenBy.every(({ index }) => index !== rule.index));
}

/** The judgement with other truths of one rule that stands alone: only its own decisions are made again. */
function judgedAlone(compiled: CompiledRuleSet, { judgement }: Baseline, index: number, after: readonly Truth[]): Judgement {
  const truths = judgement.truths.with(index, after);
  const decisions = { ...judgement.decisions };
  for (const each of compiled.decisions)
    if (each.deciding.some(({ rule }) => rule.index === index)) decisions[each.decision.id] = decide(each, { ...judgement, truths });
  return { ...judgement, truths, decisions, own: judgement.own.with(index, after) };
}

function truthsOf(rule: CompiledRule, instances: ReturnType<Judgement['instances']>): readonly Truth[] {
  return instances.map(({ context }) => ownTruth(rule, context));
}

/**
 * What a rule does matters only where it may hold. Its own truth is worked out again, for what it decides says whether it may test `unknown`.
 */
function noticedByThen(compiled: CompiledRuleSet, changed: CompiledRuleSet, passing: readonly Baseline[], rule: Rule): Case | undefined {
  const { index, group } = compiled.rules.find(each => each.rule === rule)!;
  const holdsNowhere = (truths: readonly Truth[]) => truths.every(truth => truth === FALSE);
  return passing.find(baseline => {
    const { own, instances } = baseline.judgement;
    const after = truthsOf(changed.rules[index]!, instances(group));
    if (holdsNowhere(own[index]!) && holdsNowhere(after)) return false;
    return isNoticed(baseline, changed, own.with(index, after));
  })?.case;
}

function noticedByItem(
  compiled: CompiledRuleSet,
  changed: CompiledRuleSet,
  passing: readonly Baseline[],
  kind: 'threshold' | 'score',
  id: string,
): Case | undefined {
  const touched = touchedBy(compiled, kind, id);
  return passing.find(baseline => {
    const known = baseline.judgement.own.map((truths, i) => (touched[i] ? undefined : truths));
    return isNoticed(baseline, changed, known, { fresh: true });
  })?.case;
}

/** By rule, whether its conditions read the threshold or score, directly or through tables and other scores. */
function touchedBy({ rules }: CompiledRuleSet, kind: 'threshold' | 'score', id: string): readonly boolean[] {
  const known = new Map<unknown, boolean>();
  const remember = (key: unknown, find: () => boolean): boolean => {
    if (!known.has(key)) {
      known.set(key, false);
      known.set(key, find());
    }
    return known.get(key)!;
  };
  const reads = ({ kind: own, name, items, group, fact, score }: CompiledCondition): boolean => {
    if (own === 'threshold' && kind === 'threshold' && name === id) return true;
    if (own === 'unknown' && name === id) return true;
    if (items.some(reads) || (group?.where && reads(group.where))) return true;
    if (fact && remember(fact, () => fact.conditions.some(reads))) return true;
    if (!score) return false;
    if (kind === 'score' && score.score.id === id) return true;
    const ofComponents = score.components.flatMap(each => [...each.conditions, ...(each.fact?.conditions ?? [])]);
    const conditions = [score.when, ...ofComponents, ...score.bands.map(band => band.when)];
    return remember(score, () => conditions.some(each => each !== undefined && reads(each)));
  };
  return rules.map(({ when, until }) => (until ? [...when, until] : when).some(reads));
}

/** The same patient, of whom nothing is worked out yet. */
function freshState(state: PatientState): PatientState {
  const fresh = ({ id, facts, scores }: Holder) => emptyHolder(id, facts, scores);
  const groups = state.groups.map(group => ({
    ...group,
    records: group.records.map(fresh),
    unlisted: group.unlisted && fresh(group.unlisted),
  }));
  return { ...state, holder: fresh(state.holder), groups };
}
