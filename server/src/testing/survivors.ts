/** Mutants that no case notices: equivalent, as the analysis proves, or with a patient who would tell the two apart. */
import type { WitnessPatient } from '../analysis/witness.ts';
import { answer } from '../evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../evaluation/compile.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import { factIn } from '../model/names.ts';
import { readPatient } from '../model/read-patient.ts';
import type { ComponentSource, Condition, Rule, RuleSet, Score, Test } from '../model/rule-set.ts';
import { witnessText } from '../replay.ts';
import { parseDocument } from '../syntax/document.ts';
import type { Case } from './cases.ts';
import { baselinesOf, mutatedRuleSet, noticedBy } from './mutant-run.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { ALWAYS, NOWHERE, Reach, testOf } from './reach.ts';

export interface MutantResult {
  readonly mutant: Mutant;
  /** `survived`: not noticed. `equivalent`: nobody whose facts are all known could notice it. */
  readonly status: 'noticed' | 'survived' | 'equivalent';
  readonly by: Case | undefined;
  /** A patient whose outcome differs; undefined where none was looked for or found. */
  readonly witness: WitnessPatient | undefined;
}

export interface MutantReport {
  readonly ruleSet: RuleSet;
  readonly results: readonly MutantResult[];
  /** Cases that fail without any change: mend them first. */
  readonly failing: readonly Case[];
  readonly cases: number;
}

export interface MutantRun extends Omit<MutantReport, 'results'> {
  /** How many mutants there are. */
  readonly of: number;
  /** Settled one by one, as they are asked for. */
  readonly results: Iterable<MutantResult>;
}

/** What there is to do; nothing of it is done before it is asked for. */
export function mutantRun(ruleSet: RuleSet, cases: readonly Case[]): MutantRun {
  const baselines = baselinesOf(ruleSet, cases);
  const mutants = [...mutantsOf(ruleSet)];
  const settle = settlerFor(baselines.compiled);
  const results = function* (): Generator<MutantResult> {
    for (const mutant of mutants) {
      const by = noticedBy(baselines, mutant);
      yield by ? { mutant, status: 'noticed', by, witness: undefined } : settle(mutant);
    }
  };
  return { ruleSet, of: mutants.length, results: results(), failing: baselines.failing, cases: baselines.passing.length };
}

/** `progress` hears after each mutant, and stops the run by giving false. */
export function runMutants(ruleSet: RuleSet, cases: readonly Case[], progress: (done: number) => boolean = () => true): MutantReport {
  const run = mutantRun(ruleSet, cases);
  const results: MutantResult[] = [];
  for (const result of run.results) {
    results.push(result);
    if (!progress(results.length)) break;
  }
  return { ruleSet, results, failing: run.failing, cases: run.cases };
}

function settlerFor(compiled: CompiledRuleSet): (mutant: Mutant) => MutantResult {
  const reach = new Reach(compiled);
  return mutant => {
    const survived = { mutant, status: 'survived', by: undefined, witness: undefined } as const;
    const asked = differing(mutant, compiled.ruleSet);
    if (!asked) return survived;
    const verdict = reach.whereHolds(asked.condition, asked.group);
    if (verdict.kind === 'never') return { ...survived, status: 'equivalent' };
    if (verdict.kind === 'open') return survived;
    return { ...survived, witness: differs(compiled, mutant, verdict.patient) ? verdict.patient : undefined };
  };
}

interface Asked {
  readonly condition: Condition;
  readonly group: string | undefined;
}

/** Where the mutant may be told from the rule set; undefined where no condition says so. */
function differing({ change }: Mutant, ruleSet: RuleSet): Asked | undefined {
  switch (change.kind) {
    case 'when':
      return { condition: either(whole(change.rule, ruleSet), whole(change.changed, ruleSet)), group: groupOf(change.rule, ruleSet) };
    case 'then':
      return { condition: whole(change.rule, ruleSet), group: groupOf(change.rule, ruleSet) };
    case 'threshold': {
      const fact = change.threshold.fact && factIn(ruleSet, '@anywhere', change.threshold.fact.value);
      if (!fact) return undefined;
      const of = (test: Test): Condition => ({ kind: 'fact', fact: { value: fact.id, span: NOWHERE }, test, span: NOWHERE });
      return { condition: either(of(change.threshold.test), of(change.changed.test)), group: fact.group };
    }
    case 'score':
      return ofScore(change.score, change.changed);
  }
}

function ofScore(score: Score, changed: Score): Asked | undefined {
  const group = score.of?.value;
  const [before, after] = [score, changed].map(({ bandSets }) => [...bandSets.values()].flat());
  const band = before!.findIndex((each, i) => each !== after![i]);
  if (band >= 0) {
    const of = (test: Test): Condition => ({ kind: 'score-total', score: { value: score.id, span: NOWHERE }, test, span: NOWHERE });
    return { condition: either(of(before![band]!.test), of(after![band]!.test)), group };
  }
  const [id] = [...score.components.keys()].filter(each => score.components.get(each) !== changed.components.get(each));
  const condition = id === undefined ? undefined : ofComponent(score.components.get(id)!.how, changed.components.get(id)!.how);
  return condition && { condition, group };
}

/** Where the points of a component may be others. An option that is recorded is no condition. */
function ofComponent(how: ComponentSource | undefined, changed: ComponentSource | undefined): Condition | undefined {
  if (how?.kind === 'intervals' && changed?.kind === 'intervals') {
    const i = how.intervals.findIndex((each, at) => each !== changed.intervals[at]);
    const of = (test: Test): Condition => ({ kind: 'fact', fact: how.fact, test: { ...test, unit: test.unit ?? how.unit }, span: NOWHERE });
    const [was, is] = [how.intervals[i]!.test, changed.intervals[i]!.test];
    return was === is ? of(was) : either(of(was), of(is));
  }
  if (how?.kind !== 'conditions' || changed?.kind !== 'conditions') return undefined;
  const i = how.conditions.findIndex((each, at) => each !== changed.conditions[at]);
  const [was, is] = [how.conditions[i]!.when, changed.conditions[i]!.when];
  return was === is ? was : either(was, is);
}

function groupOf(rule: Rule, ruleSet: RuleSet): string | undefined {
  return rule.precaution ? ruleSet.locatedGroup?.id : rule.of?.value;
}

/** All that a rule needs by itself, as one condition. */
function whole(rule: Rule, ruleSet: RuleSet): Condition {
  const site = ruleSet.locatedGroup && [...ruleSet.locatedGroup.facts.values()].find(({ values }) => values === 'sites');
  const items: Condition[] = [];
  if (rule.precaution && site)
    items.push({ kind: 'fact', fact: { value: site.id, span: NOWHERE }, test: testOf({ in: rule.sites }), span: NOWHERE });
  if (rule.when) items.push(rule.when);
  if (rule.until) items.push(not(rule.until));
  return items.length > 0 ? { kind: 'all', items, span: NOWHERE } : ALWAYS;
}

function not(item: Condition): Condition {
  return { kind: 'not', item, span: NOWHERE };
}

/** One holds and the other does not. */
function either(one: Condition, other: Condition): Condition {
  const only = (a: Condition, b: Condition): Condition => ({ kind: 'all', items: [a, not(b)], span: NOWHERE });
  return { kind: 'any', items: [only(one, other), only(other, one)], span: NOWHERE };
}

/** Whether the outcomes of the patient differ in anything that can be expected. */
function differs(compiled: CompiledRuleSet, mutant: Mutant, patient: WitnessPatient): boolean {
  const read = readPatient(parseDocument(witnessText(patient)), 'witness');
  const said = (each: CompiledRuleSet) => {
    const { decisions, scores, rules, effects } = answer(each, stateOf(each.layout, read));
    return JSON.stringify({ decisions, scores, rules, effects });
  };
  return said(compiled) !== said(compile(mutatedRuleSet(compiled.ruleSet, mutant)));
}
