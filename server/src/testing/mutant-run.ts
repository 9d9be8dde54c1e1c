/** Runs mutants against cases, working out again only what the change touches: most cases cannot tell most mutants from the rule set. */
import { answer } from '../evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../evaluation/compile.ts';
import type { CompiledCondition } from '../evaluation/conditions.ts';
import { type CompiledDecision, decide } from '../evaluation/decisions.ts';
import { type Judgement, judge } from '../evaluation/judge.ts';
import type { DecisionOutcome, RuleOutcome } from '../evaluation/outcome.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import { type CompiledRule, compileRule, ownTruth, statusOf } from '../evaluation/rules.ts';
import { emptyHolder, type Holder, type PatientState } from '../evaluation/state.ts';
import { FALSE, TRUE, type Truth } from '../evaluation/values.ts';
import { type Answered, differencesFrom } from '../features/expectations.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Expected, Patient } from '../model/patient.ts';
import type { DerivedFact, Rule, RuleSet } from '../model/rule-set.ts';
import type { Case } from './cases.ts';
import type { Mutant, WholeChange } from './mutants.ts';

/** A case that passes, with what was worked out of it for the rule set as it is. */
export interface Baseline extends Worked {
  readonly case: Case;
}

export interface Baselines {
  readonly compiled: CompiledRuleSet;
  readonly passing: readonly Baseline[];
  /** Cases that fail already: they cannot notice anything. */
  readonly failing: readonly Case[];
  /** By item the cases likely to notice a change of it: those that say whether the rule fires, and those that have noticed another change. */
  readonly likely: Map<string, Set<Baseline>>;
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
    if (isSound) passing.push({ case: one, patient: one.patient, state, judgement });
    else failing.push(one);
  }
  return { compiled, passing, failing, likely: namingEach(passing) };
}

function namingEach(passing: readonly Baseline[]): Map<string, Set<Baseline>> {
  const naming = new Map<string, Set<Baseline>>();
  for (const baseline of passing) {
    const { fired, notFired } = baseline.case.expected;
    for (const { value } of [...fired, ...notFired]) naming.set(value, (naming.get(value) ?? new Set()).add(baseline));
  }
  return naming;
}

/** A case that notices the mutant: one of its expectations is not met any more. The likely ones are tried first. */
export function noticedBy(baselines: Baselines, mutant: Mutant): Case | undefined {
  const { passing } = baselines;
  const likely = baselines.likely.get(mutant.item.id) ?? new Set();
  baselines.likely.set(mutant.item.id, likely);
  const inOrder = function* () {
    yield* likely;
    for (const baseline of passing) if (!likely.has(baseline)) yield baseline;
  };
  const [found] = noticersIn(baselines, mutant, inOrder());
  if (found) likely.add(found);
  return found?.case;
}

/** All cases that notice it. */
export function noticersOf(baselines: Baselines, mutant: Mutant): readonly Case[] {
  return [...noticersIn(baselines, mutant, baselines.passing)].map(baseline => baseline.case);
}

function* noticersIn({ compiled }: Baselines, mutant: Mutant, tried: Iterable<Baseline>): Generator<Baseline> {
  const under = underMutant(compiled, mutant);
  for (const baseline of tried) {
    const now = under(baseline);
    if (now && isNoticed(baseline.case, now)) yield baseline;
  }
}

/** A patient with what was worked out of him. */
export interface Worked {
  readonly patient: Patient;
  readonly state: PatientState;
  readonly judgement: Judgement;
}

/** The same under a mutant. */
export interface Under extends Omit<Worked, 'patient'> {
  readonly compiled: CompiledRuleSet;
}

/** For patients worked out for the rule set as it is; undefined where the change touches nothing that is said of the patient. */
export function underMutant(compiled: CompiledRuleSet, mutant: Mutant): (worked: Worked) => Under | undefined {
  const { change } = mutant;
  if (change.kind === 'when') return underTruth(compiled, change.rule, change.changed);
  const changed = compile(mutatedRuleSet(compiled.ruleSet, mutant));
  if (change.kind === 'then') return underThen(compiled, changed, change.rule);
  if (change.kind === 'whole') return underWhole(compiled, changed, change.what);
  return underItem(compiled, changed, change.kind, change.item.id);
}

/** The rule set with the mutant's change in it. */
export function mutatedRuleSet(ruleSet: RuleSet, { change }: Mutant): RuleSet {
  switch (change.kind) {
    case 'when':
    case 'then':
      return { ...ruleSet, rules: new Map([...ruleSet.rules, [change.rule.id, change.changed]]) };
    case 'threshold':
      return { ...ruleSet, thresholds: new Map([...ruleSet.thresholds, [change.item.id, change.changed]]) };
    case 'score':
      return { ...ruleSet, scores: new Map([...ruleSet.scores, [change.item.id, change.changed]]) };
    case 'whole':
      return change.changed;
  }
}

function isNoticed({ expected }: Case, { compiled, state, judgement }: Under): boolean {
  const whole = answer(compiled, state, judgement);
  const isOfRules = expected.statements.length > 0;
  const said: Answered = isOfRules
    ? whole
    : {
        decisions: whole.decisions,
        rules: rulesNamed(expected, compiled, judgement),
        get scores() {
          return whole.scores;
        },
        get effects() {
          return whole.effects;
        },
        get missing() {
          return whole.missing;
        },
      };
  return differencesFrom(expected, said, compiled.ruleSet).length > 0;
}

/** Only the rules that are expected to fire, or not to. */
function rulesNamed({ fired, notFired }: Expected, { rules }: CompiledRuleSet, { truths, instances }: Judgement): RuleOutcome[] {
  if (fired.length + notFired.length === 0) return [];
  const named = new Set([...fired, ...notFired].map(({ value }) => value));
  const found: RuleOutcome[] = [];
  for (const { rule, index, group } of rules)
    if (named.has(rule.id))
      for (const [i, truth] of truths[index]!.entries())
        found.push({ id: rule.id, record: instances(group)[i]!.record, status: statusOf(truth) });
  return found;
}

/** Only the truth of the one rule can differ; where it does not, nothing does. */
function underTruth(compiled: CompiledRuleSet, rule: Rule, changed: Rule): (worked: Worked) => Under | undefined {
  const own = compiled.rules.find(each => each.rule === rule)!;
  const other: CompiledRule = { ...compileRule(changed, own.index, compiled.layout.compiling), overriddenBy: own.overriddenBy };
  const mutated: CompiledRuleSet = { ...compiled, rules: compiled.rules.with(own.index, other) };
  const isAlone = standsAlone(compiled, own);
  const deciding = decidedBy(compiled, own);
  return worked => {
    const { own: known, instances, scope } = worked.judgement;
    if (scope === FALSE) return undefined;
    const before = known[own.index]!;
    const list = instances(own.group);
    let after: Truth[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const truth = ownTruth(other, list[i]!.context);
      if (truth === before[i]) continue;
      after ??= [...before];
      after[i] = truth;
    }
    if (!after) return undefined;
    const isOwn = isAlone && isPlain(worked, own);
    const judgement = isOwn ? judgedAlone(deciding, worked, own.index, after) : judge(mutated, worked.state, known.with(own.index, after));
    return { compiled: mutated, state: worked.state, judgement };
  };
}

/** Whether its truth matters for nothing but the decisions that it decides itself. */
function standsAlone({ rules }: CompiledRuleSet, rule: CompiledRule): boolean {
  if (rule.waits || rule.overriddenBy.length > 0) return false;
  return rules.every(other => !other.waits && other.overriddenBy.every(({ index }) => index !== rule.index));
}

/** Nothing that is open of the scope, or of a list, weakens what it says. */
function isPlain({ judgement: { scope, instances } }: Worked, { group }: CompiledRule): boolean {
  return scope === TRUE && !instances(group).at(-1)?.unlisted;
}

function decidedBy({ decisions }: CompiledRuleSet, { index }: CompiledRule): readonly CompiledDecision[] {
  return decisions.filter(({ deciding }) => deciding.some(({ rule }) => rule.index === index));
}

/** The judgement with other truths of one rule that stands alone: only these decisions are made again. */
function judgedAlone(deciding: readonly CompiledDecision[], { judgement }: Worked, index: number, after: readonly Truth[]): Judgement {
  const truths = judgement.truths.with(index, after);
  const { instances, complete, scope, given, own } = judgement;
  const decisions: Record<string, DecisionOutcome> = { ...judgement.decisions };
  for (const each of deciding) decisions[each.decision.id] = decide(each, { truths, instances, complete, scope });
  return {
    truths,
    instances,
    complete,
    scope,
    decisions,
    given,
    get own() {
      return own.with(index, after);
    },
  };
}

function truthsOf(rule: CompiledRule, instances: ReturnType<Judgement['instances']>): readonly Truth[] {
  return instances.map(({ context }) => ownTruth(rule, context));
}

/**
 * What a rule does matters only where it may hold. Its own truth is worked out again, for what it decides says whether it may test `unknown`.
 */
function underThen(compiled: CompiledRuleSet, changed: CompiledRuleSet, rule: Rule): (worked: Worked) => Under | undefined {
  const was = compiled.rules.find(each => each.rule === rule)!;
  const { index, group } = was;
  const is = changed.rules[index]!;
  const isAlone = standsAlone(compiled, was) && standsAlone(changed, is);
  const ids = new Set([...decidedBy(compiled, was), ...decidedBy(changed, is)].map(({ decision }) => decision.id));
  const deciding = changed.decisions.filter(({ decision }) => ids.has(decision.id));
  const holdsNowhere = (truths: readonly Truth[]) => truths.every(truth => truth === FALSE);
  return worked => {
    const { own, instances } = worked.judgement;
    const after = truthsOf(is, instances(group));
    if (holdsNowhere(own[index]!) && holdsNowhere(after)) return undefined;
    const isOwn = isAlone && isPlain(worked, was);
    const judgement = isOwn ? judgedAlone(deciding, worked, index, after) : judge(changed, worked.state, own.with(index, after));
    return { compiled: changed, state: worked.state, judgement };
  };
}

function underItem(
  compiled: CompiledRuleSet,
  changed: CompiledRuleSet,
  kind: 'threshold' | 'score',
  id: string,
): (worked: Worked) => Under | undefined {
  const touched = touchedBy(compiled, kind, id);
  return ({ state, judgement: { own } }) => {
    const fresh = freshState(state);
    const known = own.map((truths, i) => (touched[i] ? undefined : truths));
    return { compiled: changed, state: fresh, judgement: judge(changed, fresh, known) };
  };
}

/** All is worked out anew, but for patients of whom nothing is known that the change is about. */
function underWhole(compiled: CompiledRuleSet, changed: CompiledRuleSet, what: WholeChange): (worked: Worked) => Under | undefined {
  const anew = ({ patient }: Worked): Under => {
    const state = stateOf(changed.layout, patient);
    return { compiled: changed, state, judgement: judge(changed, state) };
  };
  if (what.kind === 'site') {
    const below = new Set(siteHierarchy(compiled.ruleSet).leavesBelow(what.id));
    // Which sites an effect is at may be others, whoever the patient is.
    return worked => (hasSite(worked.patient, compiled.ruleSet, below) ? anew(worked) : { ...worked, compiled: changed });
  }
  if (what.kind !== 'fact') return anew;
  const { was } = what;
  const read = 'how' in was ? factsOfFormula(compiled, was as DerivedFact) : [was.id];
  return worked => (!read || valuesOf(worked.patient, read).length > 0 ? anew(worked) : undefined);
}

/** The recorded facts that a number is worked out from; undefined for what is worked out otherwise. */
function factsOfFormula({ layout }: CompiledRuleSet, { id, group, how }: DerivedFact): readonly string[] | undefined {
  if (how?.kind !== 'term' && how?.kind !== 'formulas') return undefined;
  return layout.compiling.fact(id, group)?.reads.map(({ fact }) => fact.id);
}

function valuesOf({ facts, groups }: Patient, ids: readonly string[]) {
  const holders = [facts, ...[...groups.values()].flatMap(({ records }) => records.map(record => record.facts))];
  return holders.flatMap(holder => ids.flatMap(id => holder.get(id)?.values ?? []));
}

/** Whether the patient may have something at or above one of the leaves. */
function hasSite(patient: Patient, ruleSet: RuleSet, leaves: ReadonlySet<string>): boolean {
  const facts = [ruleSet, ...ruleSet.groups.values()].flatMap(holder => [...holder.facts.values()]);
  const ids = facts.filter(({ values }) => values === 'sites').map(({ id }) => id);
  const hierarchy = siteHierarchy(ruleSet);
  return valuesOf(patient, ids).some(({ value }) => hierarchy.leavesBelow(String(value)).some(leaf => leaves.has(leaf)));
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
