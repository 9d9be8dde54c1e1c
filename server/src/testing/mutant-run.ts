/** Runs mutants against cases, working out again only what the change touches: most cases cannot tell most mutants from the rule set. */
import { answer } from '../evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../evaluation/compile.ts';
import type { CompiledCondition } from '../evaluation/conditions.ts';
import { type Judgement, judge } from '../evaluation/judge.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import { type CompiledRule, compileRule, type OwnTruths, ownTruth } from '../evaluation/rules.ts';
import { emptyHolder, type Holder, type PatientState } from '../evaluation/state.ts';
import { FALSE, type Truth } from '../evaluation/values.ts';
import { differencesFrom } from '../features/expectations.ts';
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

function isNoticed({ case: one, state }: Baseline, compiled: CompiledRuleSet, known: OwnTruths, fresh = false): boolean {
  const now = fresh ? freshState(state) : state;
  const judgement = judge(compiled, now, known);
  return differencesFrom(one.expected, answer(compiled, now, judgement), compiled.ruleSet).length > 0;
}

/** Only the truth of the one rule can differ; where it does not, nothing does. */
function noticedByTruth(compiled: CompiledRuleSet, passing: readonly Baseline[], rule: Rule, changed: Rule): Case | undefined {
  const own = compiled.rules.find(each => each.rule === rule)!;
  const other: CompiledRule = { ...compileRule(changed, own.index, compiled.layout.compiling), overriddenBy: own.overriddenBy };
  const mutated: CompiledRuleSet = { ...compiled, rules: compiled.rules.with(own.index, other) };
  for (const baseline of passing) {
    const { own: known, instances, scope } = baseline.judgement;
    if (scope === FALSE) continue;
    const before = known[own.index]!;
    const after = truthsOf(other, instances(own.group));
    if (after.every((truth, i) => truth === before[i])) continue;
    if (isNoticed(baseline, mutated, known.with(own.index, after))) return baseline.case;
  }
  return undefined;
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
    return isNoticed(baseline, changed, known, true);
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
