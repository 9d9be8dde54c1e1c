/** Rules with one thing changed: when they hold, where, what they do, and what else bears on them. */
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Effect, EffectPlace, ParameterAmount, ParameterRange, Rule, RuleSet } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import { changedConditions, type Names, NEVER } from './changed-conditions.ts';
import { moved, without } from './changed-tests.ts';
import { besideIn, type Changed } from './mutants.ts';
import { changedAmounts, changedPeriod, changedRanges } from './mutants-of-amounts.ts';

/** When the rule holds. */
export function* changedTruth(rule: Rule, ruleSet: RuleSet, names: Names): Generator<Changed<Rule>> {
  const group = rule.precaution ? ruleSet.locatedGroup?.id : rule.of?.value;
  yield { kind: 'rule', span: rule.idSpan, was: `rule ${rule.id}`, is: 'disabled', changed: { ...rule, when: NEVER } };
  for (const key of ['when', 'until'] as const)
    for (const each of rule[key] ? changedConditions(rule[key], group, names) : [])
      yield { ...each, changed: { ...rule, [key]: each.changed } };
  if (rule.until) yield { kind: 'until', span: rule.until.span, was: 'until', is: 'left out', changed: { ...rule, until: undefined } };
  for (const each of changedSitesOf(rule.sites, ruleSet)) yield { ...each, changed: { ...rule, sites: each.changed } };
}

type Names1 = Rule['sites'];

/** Each site left out where there are others, else the one beside it in its place. */
function* changedSitesOf(sites: Names1, ruleSet: RuleSet): Generator<Changed<Names1>> {
  const hierarchy = siteHierarchy(ruleSet);
  for (const [i, site] of sites.entries()) {
    const rest = without(sites, i);
    if (rest.length > 0) {
      yield { kind: 'site', span: site.span, was: `site ${site.value}`, is: 'left out', changed: rest };
      continue;
    }
    const other = besideIn(hierarchy, site.value);
    if (other !== undefined)
      yield { kind: 'site', span: site.span, was: `site ${site.value}`, is: `site ${other}`, changed: [{ ...site, value: other }] };
  }
}

/** What it does when it fires, and on what else that hangs. */
export function* changedThen(rule: Rule, ruleSet: RuleSet, names: Names): Generator<Changed<Rule>> {
  for (const name of rule.override?.rules ?? []) {
    const rules = rule.override!.rules.filter(other => other !== name);
    const override = rules.length > 0 ? { ...rule.override!, rules } : undefined;
    yield { kind: 'override', span: name.span, was: `override of ${name.value}`, is: 'left out', changed: { ...rule, override } };
  }
  yield* changedGiven(rule);
  for (const [i, effect] of rule.then.entries()) {
    const then = without(rule.then, i);
    yield { kind: 'effect', span: effect.span, was: effectWords(effect), is: 'left out', changed: { ...rule, then } };
    for (const each of changedEffects(effect, ruleSet, names))
      yield { ...each, changed: { ...rule, then: rule.then.with(i, each.changed) } };
  }
}

function* changedGiven(rule: Rule): Generator<Changed<Rule>> {
  const { given } = rule;
  if (!given) return;
  const changed = { ...rule, given: undefined };
  yield { kind: 'given', span: given.span, was: `given ${given.decision.value}`, is: 'left out', changed };
  if (given.values.length < 2) return;
  for (const [i, value] of given.values.entries())
    yield {
      kind: 'given',
      span: value.span,
      was: `given ${given.decision.value} ${value.value}`,
      is: 'left out',
      changed: { ...rule, given: { ...given, values: without(given.values, i) } },
    };
}

function effectWords(effect: Effect): string {
  if (effect.kind === 'decide') return `decide ${effect.value.value}`;
  if (effect.kind === 'limit') return `limit ${effect.parameter.value}`;
  return `${effect.kind} ${effect.kind === 'recommend' ? effect.what.map(({ value }) => value).join(' or ') : effect.what.value}`;
}

function* changedEffects(effect: Effect, ruleSet: RuleSet, names: Names): Generator<Changed<Effect>> {
  if (effect.kind === 'decide') return yield* changedDecide(effect, ruleSet);
  yield* changedStrength(effect, ruleSet);
  if (effect.kind === 'recommend') yield* changedDose(effect, ruleSet);
  if (effect.kind === 'limit') yield* changedLimit(effect, ruleSet);
  if ((effect.kind === 'require' || effect.kind === 'recommend') && effect.every)
    for (const each of changedPeriod(effect.every)) yield { ...each, changed: { ...effect, every: each.changed } };
  yield* changedDuring(effect);
  for (const each of changedPlace(effect.at, effect.span, ruleSet, names)) yield { ...each, changed: { ...effect, at: each.changed } };
}

function* changedDecide(effect: Extract<Effect, { kind: 'decide' }>, { decisions }: RuleSet): Generator<Changed<Effect>> {
  const values = decisions.get(effect.decision.value)?.values.map(({ id }) => id) ?? [];
  const place = values.indexOf(effect.value.value);
  const other = values[place + 1] ?? values[place - 1];
  if (other === undefined || place < 0) return;
  const changed = { ...effect, value: { ...effect.value, value: other } };
  yield { kind: 'effect', span: effect.value.span, was: `as ${effect.value.value}`, is: `as ${other}`, changed };
}

type Placed = Exclude<Effect, { kind: 'decide' }>;

/** To avoid and to forbid, to require and to recommend taken for each other. A fact or a score cannot be recommended. */
function* changedStrength(effect: Placed, { advice }: RuleSet): Generator<Changed<Effect>> {
  const { span } = effect;
  if (effect.kind === 'avoid' || effect.kind === 'forbid') {
    const is = effect.kind === 'avoid' ? 'forbid' : 'avoid';
    yield { kind: 'effect', span, was: effect.kind, is, changed: { ...effect, kind: is } };
  }
  if (effect.kind !== 'require' || !advice.has(effect.what.value)) return;
  const { what, every, at, during, note } = effect;
  const changed: Effect = {
    kind: 'recommend',
    span,
    note,
    what: [what],
    oneOf: false,
    with: [],
    steps: [],
    maximum: [],
    every,
    at,
    during,
  };
  yield { kind: 'effect', span, was: 'require', is: 'recommend', changed };
}

function* changedDose(effect: Extract<Effect, { kind: 'recommend' }>, ruleSet: RuleSet): Generator<Changed<Effect>> {
  if (effect.what.length > 1)
    for (const [i, one] of effect.what.entries())
      yield {
        kind: 'effect',
        span: one.span,
        was: `one of them ${one.value}`,
        is: 'left out',
        changed: { ...effect, what: without(effect.what, i) },
      };
  const ranges = (list: readonly ParameterRange[]) => changedRanges(list, ruleSet);
  for (const each of ranges(effect.with)) yield { ...each, changed: { ...effect, with: each.changed } };
  for (const [i, step] of effect.steps.entries()) {
    yield {
      kind: 'amount',
      span: step.span,
      was: `step ${i + 1}`,
      is: 'left out',
      changed: { ...effect, steps: without(effect.steps, i) },
    };
    for (const each of ranges(step.with))
      yield { ...each, changed: { ...effect, steps: effect.steps.with(i, { ...step, with: each.changed }) } };
  }
  for (const each of changedAmounts(effect.maximum, ruleSet))
    yield { ...each, changed: { ...effect, maximum: each.changed as readonly ParameterAmount[] } };
}

function* changedLimit(effect: Extract<Effect, { kind: 'limit' }>, { parameters }: RuleSet): Generator<Changed<Effect>> {
  const most = effect.atMost.value;
  const order = parameters.get(effect.parameter.value)?.order?.map(({ value }) => value) ?? [];
  const at = typeof most === 'string' ? order.indexOf(most) : -1;
  const others = typeof most === 'string' ? [order[at - 1], order[at + 1]].filter(each => each !== undefined && at >= 0) : moved(most);
  for (const value of others)
    yield {
      kind: 'bound',
      span: effect.atMost.span,
      was: `at most ${most}`,
      is: `at most ${value}`,
      changed: { ...effect, atMost: { ...effect.atMost, value } as typeof effect.atMost },
    };
  if (effect.of)
    yield { kind: 'effect', span: effect.of.span, was: `of ${effect.of.value}`, is: 'left out', changed: { ...effect, of: undefined } };
}

function* changedDuring(effect: Placed): Generator<Changed<Effect>> {
  for (const [i, phase] of effect.during.entries())
    yield {
      kind: 'effect',
      span: phase.span,
      was: `during ${phase.value}`,
      is: 'left out',
      changed: { ...effect, during: without(effect.during, i) },
    };
}

function* changedPlace(at: EffectPlace, span: Span, ruleSet: RuleSet, names: Names): Generator<Changed<EffectPlace>> {
  if (at.kind === 'here') yield { kind: 'site', span, was: 'here', is: 'everywhere', changed: { kind: 'everywhere' } };
  if (at.kind === 'sites') for (const each of changedSitesOf(at.sites, ruleSet)) yield { ...each, changed: { ...at, sites: each.changed } };
  if (at.kind !== 'below') return;
  const other = besideIn(siteHierarchy(ruleSet), at.site.value);
  if (other !== undefined) {
    const changed = { ...at, site: { ...at.site, value: other } };
    yield { kind: 'site', span: at.site.span, was: `below ${at.site.value}`, is: `below ${other}`, changed };
  }
  const { except } = at;
  if (!except) return;
  yield { kind: 'site', span: except.span, was: 'except', is: 'left out', changed: { ...at, except: undefined } };
  for (const each of except.where ? changedConditions(except.where, except.group.value, names) : [])
    yield { ...each, changed: { ...at, except: { ...except, where: each.changed } } };
  for (const [i, site] of except.whole.entries()) {
    const changed = { ...at, except: { ...except, whole: without(except.whole, i) } };
    yield { kind: 'site', span: site.span, was: `whole ${site.value}`, is: 'left out', changed };
  }
}
