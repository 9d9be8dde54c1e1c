/** Every mutant of a rule set: the rule set with one thing changed that its cases should notice. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { Condition, Effect, Item, Rule, RuleSet, Score, Threshold } from '../model/rule-set.ts';
import type { Place, Span } from '../text/span.ts';
import { type ChangeKind, changedConditions, changedTests, moved, without } from './changed-conditions.ts';

export type MutantKind = ChangeKind | 'points' | 'site' | 'effect' | 'override' | 'until' | 'given' | 'rule';

export interface Mutant {
  readonly kind: MutantKind;
  readonly item: Item;
  readonly place: Place;
  readonly was: string;
  readonly is: string;
  readonly change: MutantChange;
}

/** The item in its changed form. */
export type MutantChange =
  /** Only when the rule holds. Nothing else of the rule set changes its meaning. */
  | { readonly kind: 'when'; readonly rule: Rule; readonly changed: Rule }
  /** What it does when it fires. */
  | { readonly kind: 'then'; readonly rule: Rule; readonly changed: Rule }
  | { readonly kind: 'threshold'; readonly item: Threshold; readonly changed: Threshold }
  | { readonly kind: 'score'; readonly item: Score; readonly changed: Score };

const NOWHERE = { start: 0, end: 0 };
const NONE = { is: undefined, in: undefined, above: undefined, atMost: undefined, below: undefined, unit: undefined };
const ONE = { kind: 'number', number: { value: Exact.of(1), span: NOWHERE }, span: NOWHERE } as const;
/** At least one of no conditions: false for every patient. */
const NEVER: Condition = { kind: 'count-conditions', items: [], test: { span: NOWHERE, ...NONE, atLeast: ONE }, span: NOWHERE };

export function* mutantsOf(ruleSet: RuleSet): Generator<Mutant> {
  for (const rule of ruleSet.rules.values()) yield* ofRule(rule, ruleSet);
  for (const threshold of ruleSet.thresholds.values()) yield* ofThreshold(threshold, ruleSet);
  for (const score of ruleSet.scores.values()) yield* ofScore(score, ruleSet);
}

function at({ file }: Item, span: Span): Place {
  return { file, span };
}

function* ofRule(rule: Rule, ruleSet: RuleSet): Generator<Mutant> {
  const group = rule.precaution ? ruleSet.locatedGroup?.id : rule.of?.value;
  const factOf = (name: string, inside: string | undefined) => factIn(ruleSet, inside, name);
  const when = (changed: Rule, kind: MutantKind, span: Span, was: string, is: string): Mutant => ({
    kind,
    item: rule,
    place: at(rule, span),
    was,
    is,
    change: { kind: 'when', rule, changed },
  });
  yield when({ ...rule, when: NEVER }, 'rule', rule.idSpan, `rule ${rule.id}`, 'disabled');
  for (const key of ['when', 'until'] as const)
    for (const each of rule[key] ? changedConditions(rule[key], group, factOf) : [])
      yield when({ ...rule, [key]: each.changed }, each.kind, each.span, each.was, each.is);
  if (rule.until) yield when({ ...rule, until: undefined }, 'until', rule.until.span, 'until', 'left out');
  if (rule.sites.length > 1)
    for (const [i, site] of rule.sites.entries())
      yield when({ ...rule, sites: without(rule.sites, i) }, 'site', site.span, `site ${site.value}`, 'left out');
  for (const each of changedThen(rule, ruleSet))
    yield { ...each, item: rule, place: at(rule, each.span), change: { kind: 'then', rule, changed: each.changed } };
}

interface ChangedRule {
  readonly kind: MutantKind;
  readonly span: Span;
  readonly was: string;
  readonly is: string;
  readonly changed: Rule;
}

function* changedThen(rule: Rule, ruleSet: RuleSet): Generator<ChangedRule> {
  if (rule.override)
    for (const name of rule.override.rules) {
      const rules = rule.override.rules.filter(other => other !== name);
      const override = rules.length > 0 ? { ...rule.override, rules } : undefined;
      yield { kind: 'override', span: name.span, was: `override of ${name.value}`, is: 'left out', changed: { ...rule, override } };
    }
  if (rule.given)
    yield {
      kind: 'given',
      span: rule.given.span,
      was: `given ${rule.given.decision.value}`,
      is: 'left out',
      changed: { ...rule, given: undefined },
    };
  for (const [i, effect] of rule.then.entries()) {
    yield {
      kind: 'effect',
      span: effect.span,
      was: effectWords(effect),
      is: 'left out',
      changed: { ...rule, then: without(rule.then, i) },
    };
    for (const each of changedEffects(effect, ruleSet))
      yield { kind: each.kind, span: each.span, was: each.was, is: each.is, changed: { ...rule, then: rule.then.with(i, each.changed) } };
  }
}

function effectWords(effect: Effect): string {
  if (effect.kind === 'decide') return `decide ${effect.value.value}`;
  if (effect.kind === 'limit') return `limit ${effect.parameter.value}`;
  return `${effect.kind} ${effect.kind === 'recommend' ? effect.what.map(({ value }) => value).join(' or ') : effect.what.value}`;
}

type ChangedEffect = Pick<Mutant, 'kind' | 'was' | 'is'> & { readonly span: Span; readonly changed: Effect };

function* changedEffects(effect: Effect, { decisions }: RuleSet): Generator<ChangedEffect> {
  if (effect.kind === 'decide') {
    const values = decisions.get(effect.decision.value)?.values.map(({ id }) => id) ?? [];
    const place = values.indexOf(effect.value.value);
    const other = values[place + 1] ?? values[place - 1];
    if (other !== undefined && place >= 0)
      yield {
        kind: 'effect',
        span: effect.value.span,
        was: `as ${effect.value.value}`,
        is: `as ${other}`,
        changed: { ...effect, value: { ...effect.value, value: other } },
      };
    return;
  }
  if (effect.kind === 'avoid')
    yield { kind: 'effect', span: effect.span, was: 'avoid', is: 'forbid', changed: { ...effect, kind: 'forbid' } };
  if (effect.kind === 'forbid')
    yield { kind: 'effect', span: effect.span, was: 'forbid', is: 'avoid', changed: { ...effect, kind: 'avoid' } };
  const most = effect.kind === 'limit' ? effect.atMost.value : undefined;
  if (effect.kind === 'limit' && typeof most === 'object')
    for (const value of moved(most))
      yield {
        kind: 'bound',
        span: effect.atMost.span,
        was: `at most ${most}`,
        is: `at most ${value}`,
        changed: { ...effect, atMost: { ...effect.atMost, value } },
      };
  if (effect.at.kind === 'sites' && effect.at.sites.length > 1)
    for (const [i, site] of effect.at.sites.entries())
      yield {
        kind: 'site',
        span: site.span,
        was: `at ${site.value}`,
        is: 'left out',
        changed: { ...effect, at: { ...effect.at, sites: without(effect.at.sites, i) } },
      };
  if (effect.at.kind === 'here')
    yield { kind: 'site', span: effect.span, was: 'here', is: 'everywhere', changed: { ...effect, at: { kind: 'everywhere' } } };
}

function* ofThreshold(threshold: Threshold, ruleSet: RuleSet): Generator<Mutant> {
  const fact = threshold.fact && factIn(ruleSet, '@anywhere', threshold.fact.value);
  for (const { kind, span, was, is, changed } of changedTests(threshold.test, { fact }))
    yield {
      kind,
      item: threshold,
      place: at(threshold, span),
      was,
      is,
      change: { kind: 'threshold', item: threshold, changed: { ...threshold, test: changed } },
    };
}

function* ofScore(score: Score, ruleSet: RuleSet): Generator<Mutant> {
  const made = (kind: MutantKind, span: Span, was: string, is: string, changed: Score): Mutant => ({
    kind,
    item: score,
    place: at(score, span),
    was,
    is,
    change: { kind: 'score', item: score, changed },
  });
  for (const [name, bands] of score.bandSets)
    for (const [i, band] of bands.entries())
      for (const { kind, span, was, is, changed } of changedTests(band.test, { fact: undefined }))
        yield made(kind === 'bound' ? 'band' : kind, span, `band ${band.id} ${was}`, is, {
          ...score,
          bandSets: new Map([...score.bandSets, [name, bands.with(i, { ...band, test: changed })]]),
        });
  for (const [id, component] of score.components)
    for (const { kind, span, was, is, how } of changedComponents(component.how, score, ruleSet))
      yield made(kind, span, was, is, { ...score, components: new Map([...score.components, [id, { ...component, how }]]) });
}

type How = NonNullable<Score['components'] extends ReadonlyMap<string, infer C> ? C : never>['how'];

interface ChangedHow {
  readonly kind: MutantKind;
  readonly span: Span;
  readonly was: string;
  readonly is: string;
  readonly how: How;
}

function* changedComponents(how: How, score: Score, ruleSet: RuleSet): Generator<ChangedHow> {
  const group = score.of?.value;
  if (how?.kind === 'options')
    for (const [id, option] of how.options)
      for (const value of moved(option.points.value)) {
        const options = new Map([...how.options, [id, { ...option, points: { ...option.points, value } }]]);
        yield {
          kind: 'points',
          span: option.points.span,
          was: `${option.points.value} points for ${id}`,
          is: String(value),
          how: { ...how, options },
        };
      }
  if (how?.kind === 'intervals')
    for (const [i, interval] of how.intervals.entries()) {
      for (const value of moved(interval.points.value))
        yield {
          kind: 'points',
          span: interval.points.span,
          was: `${interval.points.value} points`,
          is: String(value),
          how: { ...how, intervals: how.intervals.with(i, { ...interval, points: { ...interval.points, value } }) },
        };
      for (const { kind, span, was, is, changed } of changedTests(interval.test, { fact: factIn(ruleSet, group, how.fact.value) }))
        yield { kind, span, was, is, how: { ...how, intervals: how.intervals.with(i, { ...interval, test: changed }) } };
    }
  if (how?.kind !== 'conditions') return;
  const factOf = (name: string, inside: string | undefined) => factIn(ruleSet, inside, name);
  for (const [i, each] of how.conditions.entries()) {
    for (const value of moved(each.points.value))
      yield {
        kind: 'points',
        span: each.points.span,
        was: `${each.points.value} points`,
        is: String(value),
        how: { ...how, conditions: how.conditions.with(i, { ...each, points: { ...each.points, value } }) },
      };
    for (const { kind, span, was, is, changed } of changedConditions(each.when, group, factOf))
      yield { kind, span, was, is, how: { ...how, conditions: how.conditions.with(i, { ...each, when: changed satisfies Condition }) } };
  }
}
