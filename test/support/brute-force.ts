/** What there is to find in a small rule set, by trying every patient with the evaluator: the plain reading that analysis is held against. */
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { effectOutcomes } from '../../server/src/evaluation/effects.ts';
import { type Judgement, judge } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { instancesOf } from '../../server/src/evaluation/rules.ts';
import type { PatientState } from '../../server/src/evaluation/state.ts';
import { FALSE, TRUE } from '../../server/src/evaluation/values.ts';
import { collisionsOf, type PlacedEffect } from '../../server/src/model/collide.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import type { Decision, Rule, RuleSet } from '../../server/src/model/rule-set.ts';
import type { Every } from './every-patient.ts';

export interface BruteForce {
  readonly gaps: ReadonlySet<string>;
  /** `decision:a+b`. */
  readonly decisionClashes: ReadonlySet<string>;
  /** `a+b`: rules whose effects collide, in force. */
  readonly clashes: ReadonlySet<string>;
  /** `decision:stricter>looser`. */
  readonly disagreements: ReadonlySet<string>;
  readonly never: ReadonlySet<string>;
  readonly always: ReadonlySet<string>;
  /** `decision:rule`. */
  readonly hidden: ReadonlySet<string>;
}

export function bruteForce(ruleSet: RuleSet, patients: Every): BruteForce {
  const compiled = compile(ruleSet);
  const found = {
    gaps: new Set<string>(),
    decisionClashes: new Set<string>(),
    clashes: new Set<string>(),
    disagreements: new Set<string>(),
    fired: new Set<string>(),
    ruledOut: new Set<string>(),
    outdone: new Map<string, Set<string>>(),
  };
  patients.each(patient => {
    const state = stateOf(compiled.layout, patient);
    if (!isPossible(compiled, state)) return;
    const judgement = judge(compiled, state);
    if (judgement.scope !== TRUE) return;
    see(compiled, judgement, patient, found);
  });
  const rules = [...ruleSet.rules.values()];
  const ids = rules.map(({ id }) => id);
  const never = new Set(ids.filter(id => !found.fired.has(id)));
  const always = new Set(rules.filter(({ id, when }) => when && !never.has(id) && !found.ruledOut.has(id)).map(({ id }) => id));
  const hidden = new Set(valuesThatMayHide(ruleSet).filter(key => isHidden(key, found.outdone, never)));
  return { ...found, never, always, hidden };
}

export function isPossible(compiled: CompiledRuleSet, state: PatientState): boolean {
  return compiled.impossible.every(({ group, when }) =>
    instancesOf(group, state).every(({ context, unlisted }) => unlisted || when.truth(context) !== TRUE),
  );
}

/** Hidden by rules that can hold at all: every time it fires, one of them is not ruled out. */
function isHidden(key: string, outdone: ReadonlyMap<string, ReadonlySet<string>>, never: ReadonlySet<string>): boolean {
  if (never.has(key.slice(key.indexOf(':') + 1))) return false;
  return [...(outdone.get(key) ?? [])].every(by => by.split('+').some(rule => rule !== '' && !never.has(rule)));
}

/** `outdone`: by decision and rule, the sets of rules that would win and were not ruled out when it fired. */
type Found = Record<'gaps' | 'decisionClashes' | 'clashes' | 'disagreements' | 'fired' | 'ruledOut', Set<string>> & {
  readonly outdone: Map<string, Set<string>>;
};

/** A rule that fired, and where. */
interface Fired {
  readonly rule: Rule;
  readonly record: string | null;
  readonly group: number | undefined;
}

function see(compiled: CompiledRuleSet, judgement: Judgement, patient: Patient, found: Found): void {
  const fired: Fired[] = [];
  const complete = [...patient.groups.values()].every(group => group.complete !== false);
  for (const { rule, index, group } of compiled.rules) {
    const instances = judgement.instances(group);
    judgement.truths[index]!.forEach((truth, i) => {
      if (instances[i]!.unlisted) return;
      if (truth === TRUE) fired.push({ rule, record: instances[i]!.record, group });
      if (truth === FALSE && complete) found.ruledOut.add(rule.id);
    });
  }
  for (const { rule } of fired) found.fired.add(rule.id);
  for (const { decision, each } of compiled.decisions) seeDecision(compiled, decision, each, judgement, fired, found);
  if (!mayCollide(compiled, fired)) return;
  const { conflicts } = effectOutcomes(compiled.effects, judgement, compiled.ruleSet);
  for (const { state, rules } of conflicts) if (state === 'in-force') found.clashes.add(rules.join('+'));
}

const COLLIDING = new WeakMap<CompiledRuleSet, Map<string, boolean>>();

/** Whether effects of these rules collide if they hold everywhere: most never do, and looking at their places takes long. */
function mayCollide(compiled: CompiledRuleSet, fired: readonly Fired[]): boolean {
  const known = COLLIDING.get(compiled) ?? new Map<string, boolean>();
  COLLIDING.set(compiled, known);
  const rules = [...new Set(fired.map(({ rule }) => rule))];
  const key = rules.map(({ id }) => id).join();
  if (!known.has(key)) {
    const effects = rules.flatMap(({ id, then }) =>
      then.flatMap((effect): PlacedEffect[] => (effect.kind === 'decide' ? [] : [{ effect, rule: id, sites: 'everywhere' }])),
    );
    // Twice, for a rule may fire in several records.
    known.set(key, collisionsOf([...effects, ...effects.map(each => ({ ...each }))], compiled.ruleSet).length > 0);
  }
  return known.get(key)!;
}

function seeDecision(
  compiled: CompiledRuleSet,
  decision: Decision,
  each: number | undefined,
  judgement: Judgement,
  fired: readonly Fired[],
  found: Found,
): void {
  const { decisions } = judgement;
  const { status } = decisions[decision.id]!;
  if (status === 'no-answer' && decision.mustDecide) found.gaps.add(decision.id);
  const voices = fired.flatMap(one => (one.rule.given ? [] : valuesOf(one.rule, decision.id).map(said => ({ ...one, said }))));
  for (const voice of voices) {
    const key = `${decision.id}:${voice.rule.id}`;
    if (!found.outdone.has(key)) found.outdone.set(key, new Set());
    found.outdone.get(key)!.add(outdoing(voice, compiled, decision, each, judgement).join('+'));
  }
  const rank = new Map(decision.values.map(({ id }, i) => [id, i]));
  for (const a of voices)
    for (const b of voices) {
      if (decision.resolve === 'single' && status === 'conflict' && a.said !== b.said && a.rule.id < b.rule.id)
        found.decisionClashes.add(`${decision.id}:${a.rule.id}+${b.rule.id}`);
      const isStricter = decision.resolve === 'strictest' && rank.get(a.said)! < rank.get(b.said)!;
      const apart = each !== undefined && a.group === each && b.group === each && a.record !== b.record;
      if (isStricter && !apart && a.rule.source?.source?.value !== b.rule.source?.source?.value)
        found.disagreements.add(`${decision.id}:${a.rule.id}>${b.rule.id}`);
    }
}

/** The rules that would win, by a stricter value or by standing first, and are not ruled out where it counts: in the record, or anywhere. */
function outdoing(
  voice: Fired & { said: string },
  compiled: CompiledRuleSet,
  decision: Decision,
  each: number | undefined,
  { truths, instances }: Judgement,
): string[] {
  const order = decision.values.map(({ id }) => id);
  const ofRecord = each !== undefined && voice.group === each;
  const at = compiled.rules.findIndex(({ rule }) => rule === voice.rule);
  const wins = compiled.rules.filter(({ rule, index, group }, i) => {
    if (rule === voice.rule || rule.given || (ofRecord && group !== each)) return false;
    const wins = valuesOf(rule, decision.id).some(value =>
      decision.resolve === 'first' ? i < at : order.indexOf(value) < order.indexOf(voice.said),
    );
    const listed = instances(group);
    return wins && truths[index]!.some((truth, j) => truth !== FALSE && (!ofRecord || listed[j]!.record === voice.record));
  });
  return wins.map(({ rule }) => rule.id);
}

function valuesOf(rule: Rule, decision: string): string[] {
  return rule.then.flatMap(effect => (effect.kind === 'decide' && effect.decision.value === decision ? [effect.value.value] : []));
}

/** Under `strictest` a rule can be hidden by stricter ones, under `first` by earlier ones. */
function valuesThatMayHide({ decisions, rules }: RuleSet): string[] {
  return [...decisions.values()].flatMap(({ id, resolve }) =>
    resolve !== 'strictest' && resolve !== 'first'
      ? []
      : [...rules.values()].filter(rule => valuesOf(rule, id).length > 0).map(rule => `${id}:${rule.id}`),
  );
}
