/** Rules: fired, ruled out or undetermined, for the patient or for each record of a group by itself. */
import type { Rule } from '../model/rule-set.ts';
import type { Compiling, Standing } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { RuleStatus } from './outcome.ts';
import type { Context, Holder, PatientState } from './state.ts';
import { FALSE, not, TRUE, type Truth, UNKNOWN } from './values.ts';

export interface CompiledRule {
  readonly rule: Rule;
  readonly index: number;
  /** The group each record of which it holds for; undefined for the patient. */
  readonly group: number | undefined;
  /** All must hold: a precaution's sites and what stands under `when`. */
  readonly when: readonly CompiledCondition[];
  readonly until: CompiledCondition | undefined;
  /** Whether it waits for a decision. Such a rule decides nothing. */
  readonly waits: boolean;
  /** The rules that override it, as far as they may. In a ring of overriding rules none is certain. */
  readonly overriddenBy: readonly { readonly index: number; readonly ring: boolean }[];
}

/** A rule for one record or the patient. `record` undefined with a group: the record that an incomplete list may still hold. */
export interface Instance {
  readonly context: Context;
  readonly record: string | null;
  readonly unlisted: boolean;
}

export function compileRules(compiling: Compiling): CompiledRule[] {
  const rules = [...compiling.ruleSet.rules.values()];
  const alone = rules.map((rule, index) => compileRule(rule, index, compiling));
  if (rules.every(({ override }) => !override)) return alone;
  const overriding = overridersOf(alone);
  return alone.map((each, i) => ({
    ...each,
    overriddenBy: overriding[i]!.map(index => ({ index, ring: reaches(index, i, overriding) })),
  }));
}

/** Whether `to` is found by going from rule to rule that overrides it. */
function reaches(from: number, to: number, overriding: readonly (readonly number[])[]): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (!seen.has(next)) open.push(...overriding[next]!);
    seen.add(next);
  }
  return false;
}

/** Without what overrides it: that hangs on the other rules. */
export function compileRule(rule: Rule, index: number, compiling: Compiling): CompiledRule {
  const located = compiling.ruleSet.locatedGroup;
  const name = rule.precaution ? located?.id : rule.of?.value;
  const mayTestUnknown = rule.override === undefined && !decidesLoosest(rule, compiling);
  const standing: Standing = { file: rule.file, group: name, mayTestUnknown };
  const group = name === undefined ? undefined : compiling.groups.get(name);
  const when = [...siteConditions(rule, standing, compiling), ...(rule.when ? [compiling.condition(rule.when, standing)] : [])];
  // A group nobody declared has no records, and a rule that could never fire would be a false all-clear.
  const lost = group === undefined && (rule.precaution || rule.of !== undefined);
  if (lost) when.push(compiling.condition({ kind: 'unreadable', span: rule.span }, standing));
  const until = rule.until && compiling.condition(rule.until, { ...standing, mayTestUnknown: false });
  return { rule, index, group, when, until, waits: rule.given !== undefined, overriddenBy: [] };
}

function decidesLoosest(rule: Rule, { ruleSet }: Compiling): boolean {
  return rule.then.some(effect => {
    if (effect.kind !== 'decide') return false;
    return ruleSet.decisions.get(effect.decision.value)?.values.at(-1)?.id === effect.value.value;
  });
}

/** A precaution holds at its sites and at whatever lies below them. */
function siteConditions(rule: Rule, standing: Standing, compiling: Compiling): CompiledCondition[] {
  const located = compiling.ruleSet.locatedGroup;
  const fact = located && [...located.facts.values()].find(each => each.values === 'sites');
  if (!rule.precaution || !fact) return [];
  const [first, last] = [rule.sites[0], rule.sites.at(-1)];
  const span = first && last ? { start: first.span.start, end: last.span.end } : rule.span;
  const bounds = { is: undefined, atLeast: undefined, above: undefined, atMost: undefined, below: undefined, unit: undefined };
  return [compiling.condition({ kind: 'fact', fact: { value: fact.id, span }, test: { span, in: rule.sites, ...bounds }, span }, standing)];
}

/** By rule, the rules that override it. A rule of a group overrides only rules of the same group. */
function overridersOf(rules: readonly CompiledRule[]): number[][] {
  const byId = new Map(rules.map(each => [each.rule.id, each]));
  const overriding: number[][] = rules.map(() => []);
  for (const other of rules)
    for (const id of new Set(other.rule.override?.rules.map(({ value }) => value))) {
      const overridden = byId.get(id);
      const may = overridden && (other.group === undefined || other.group === overridden.group);
      if (may) overriding[overridden.index]!.push(other.index);
    }
  return overriding;
}

export function instancesOf(group: number | undefined, patient: PatientState): Instance[] {
  if (group === undefined) return [{ context: { patient, record: undefined }, record: null, unlisted: false }];
  const { records, unlisted } = patient.groups[group]!;
  const see = (record: Holder, isUnlisted: boolean) => ({ context: { patient, record }, record: record.id, unlisted: isUnlisted });
  return [...records.map(record => see(record, false)), ...(unlisted ? [see(unlisted, true)] : [])];
}

/** `when` and not `until`, without what overrides it. */
export function ownTruth({ when, until }: CompiledRule, context: Context): Truth {
  let truth: Truth = TRUE;
  for (const each of when) {
    truth = Math.min(truth, each.truth(context)) as Truth;
    if (truth === FALSE) return FALSE;
  }
  return until ? (Math.min(truth, not(until.truth(context))) as Truth) : truth;
}

/** Truths by rule and instance, without what overrides; a rule that was not asked is not there. */
export type OwnTruths = readonly (readonly Truth[] | undefined)[];

/** What is known of every rule for one patient, by rule and instance; instances of one group stand in the same order for all its rules. */
export interface RuleTruths {
  readonly instances: (group: number | undefined) => readonly Instance[];
  /** Of `when` and not `until` alone. */
  readonly own: OwnTruths;
  /** Of the rules that wait for no decision; empty for the others. */
  readonly first: readonly (readonly Truth[])[];
  /** Of all rules, once it is known how far each waiting rule's decision allows it. */
  readonly settle: (given: (rule: CompiledRule) => Truth) => readonly (readonly Truth[])[];
}

/**
 * The truth of every rule. Overriding rules come first, whatever their order in the text. A rule that waits for a decision never
 * certainly overrides one that does not: the decision may hang on it. Outside the scope no rule holds.
 */
export function ruleTruths(rules: readonly CompiledRule[], patient: PatientState, scope: Truth, known: OwnTruths = []): RuleTruths {
  const { instances, own, first, settle } = lazyTruths(rules, patient, scope, known);
  return {
    instances,
    own,
    first: rules.map(first),
    settle: given => rules.map(settle(given)),
  };
}

/** The same, each rule only when it is asked for. */
export interface LazyTruths extends Pick<RuleTruths, 'instances' | 'own'> {
  readonly first: (rule: CompiledRule) => readonly Truth[];
  readonly settle: (given: (rule: CompiledRule) => Truth) => (rule: CompiledRule) => readonly Truth[];
}

export function lazyTruths(rules: readonly CompiledRule[], patient: PatientState, scope: Truth, known: OwnTruths = []): LazyTruths {
  // The patient's own come first.
  const byGroup: (readonly Instance[])[] = [];
  const instances = (group: number | undefined) => {
    const place = group === undefined ? 0 : group + 1;
    byGroup[place] ??= instancesOf(group, patient);
    return byGroup[place];
  };
  const run: Run = { rules, instances, own: known.length > 0 ? [...known] : places(rules) };
  const capped = (truths: readonly Truth[], rule: CompiledRule) => cap(truths, instances(rule.group), scope);
  const early = resolver(
    run,
    () => undefined,
    () => UNKNOWN,
  );
  const settle = (given: (rule: CompiledRule) => Truth) => {
    const late = resolver(run, index => (rules[index]!.waits ? undefined : early(index)), given);
    return (rule: CompiledRule) => capped(late(rule.index), rule);
  };
  return { instances, own: run.own, first: rule => (rule.waits ? [] : capped(early(rule.index), rule)), settle };
}

/** Whether a record that is not listed is there at all is not known. */
function cap(truths: readonly Truth[], instances: readonly Instance[], scope: Truth): readonly Truth[] {
  if (scope === TRUE && !instances.at(-1)?.unlisted) return truths;
  return truths.map((truth, i) => Math.min(truth, instances[i]!.unlisted ? Math.min(scope, UNKNOWN) : scope) as Truth);
}

interface Run {
  readonly rules: readonly CompiledRule[];
  readonly instances: (group: number | undefined) => readonly Instance[];
  /** Truth of `when` and not `until`, remembered between the two passes. */
  readonly own: (readonly Truth[] | undefined)[];
}

/** By the index of a rule its truths, worked out when asked for and then kept. */
function resolver(
  run: Run,
  kept: (index: number) => readonly Truth[] | undefined,
  given: (rule: CompiledRule) => Truth,
): (index: number) => readonly Truth[] {
  const found = places<readonly Truth[]>(run.rules);
  const truthsOf = (index: number): readonly Truth[] => {
    found[index] ??= kept(index) ?? withOverrides(run, run.rules[index]!, given, truthsOf);
    return found[index];
  };
  return truthsOf;
}

function withOverrides(
  run: Run,
  rule: CompiledRule,
  given: (rule: CompiledRule) => Truth,
  truthsOf: (index: number) => readonly Truth[],
): readonly Truth[] {
  if (!rule.waits && rule.overriddenBy.length === 0) return ownTruths(run, rule);
  const waiting = rule.waits ? given(rule) : TRUE;
  const overriding = rule.overriddenBy.map(({ index, ring }) => {
    const other = run.rules[index]!;
    const certain = !ring && (rule.waits || !other.waits);
    return { other, certain, truths: ring ? ownTruths(run, other) : truthsOf(index) };
  });
  return ownTruths(run, rule).map((own, i) => {
    let truth = Math.min(waiting, own) as Truth;
    for (const { other, certain, truths } of overriding) {
      const each = truths[other.group === undefined ? 0 : i]!;
      truth = Math.min(truth, not(certain ? each : (Math.min(each, UNKNOWN) as Truth))) as Truth;
    }
    return truth;
  });
}

function ownTruths({ own, instances }: Run, rule: CompiledRule): readonly Truth[] {
  const known = own[rule.index];
  if (known) return known;
  const list = instances(rule.group);
  // Most rules are asked of the patient alone.
  const truths = list.length === 1 ? [ownTruth(rule, list[0]!.context)] : list.map(({ context }) => ownTruth(rule, context));
  own[rule.index] = truths;
  return truths;
}

/** A place for each rule: a list that grew while it is filled here and there would be slow. */
function places<T>(rules: readonly CompiledRule[]): (T | undefined)[] {
  return new Array<T | undefined>(rules.length).fill(undefined);
}

export function statusOf(truth: Truth): RuleStatus {
  return truth === TRUE ? 'fired' : truth === FALSE ? 'ruled-out' : 'undetermined';
}
