/** Effects of rules: those of fired rules are in force, those of undetermined ones possible. By site, of limits the lowest, collisions listed. */
import { compareAmounts } from '../model/amounts.ts';
import { type AdviceEffect, type Collision, collisionsOf, type PlacedEffect } from '../model/collide.ts';
import { coverOf, placeOf, pointsOf, type Sites } from '../model/places.ts';
import type { Constant, Name, ParameterAmount, ParameterRange, Period, RuleSet } from '../model/rule-set.ts';
import type { Compiling } from './compiling.ts';
import type { Judgement, LazyJudgement } from './judge.ts';
import type { EffectConflict, EffectOutcome } from './outcome.ts';
import { compilePlace, type PlaceOf } from './places.ts';
import type { CompiledRule } from './rules.ts';
import { byText, FALSE, numberText, TRUE } from './values.ts';

export interface CompiledEffect {
  readonly effect: AdviceEffect;
  readonly rule: CompiledRule;
  /** Its place among the effects of its rule. */
  readonly index: number;
  readonly place: PlaceOf;
}

export function compileEffects(rules: readonly CompiledRule[], compiling: Compiling): CompiledEffect[] {
  return rules.flatMap(rule =>
    rule.rule.then.flatMap((effect, index) =>
      effect.kind === 'decide' ? [] : [{ effect, rule, index, place: compilePlace(effect.at, effect.kind, rule.rule, compiling) }],
    ),
  );
}

interface Effective extends PlacedEffect {
  readonly record: string | null;
  readonly index: number;
  readonly inForce: boolean;
}

type Asked = Pick<LazyJudgement, 'instances' | 'truthsOf'>;

export function effectOutcomes(
  effects: readonly CompiledEffect[],
  judgement: Judgement,
  ruleSet: RuleSet,
): { readonly effects: EffectOutcome[]; readonly conflicts: EffectConflict[] } {
  const asked: Asked = { instances: judgement.instances, truthsOf: rule => judgement.truths[rule.index]! };
  const all = effects.flatMap(effect => effective(effect, asked)).sort(inOrder);
  const told = withoutOutranked(all, ruleSet).map(outcomeOf);
  return {
    effects: told,
    // Whoever only wants the effects need not wait for it.
    get conflicts() {
      return conflictsOf(all, ruleSet);
    },
  };
}

/** The rules of every collision among these effects that is in force, sorted; nothing else is worked out. */
export function rulesInCollision(effects: readonly CompiledEffect[], asked: Asked, ruleSet: RuleSet): (readonly string[])[] {
  const inForce = effects.flatMap(effect => effective(effect, asked).filter(each => each.inForce));
  return collisionsOf(inForce, ruleSet).map(rulesOf);
}

function rulesOf({ advised, against }: Collision<Effective>): string[] {
  return [...new Set([advised.rule, ...against.map(({ rule }) => rule)])].sort(byText);
}

function effective({ effect, rule, index, place }: CompiledEffect, { instances, truthsOf }: Asked): Effective[] {
  return instances(rule.group).flatMap(({ context, record }, i) => {
    const truth = truthsOf(rule)[i]!;
    if (truth === FALSE || (truth !== TRUE && effect.kind === 'recommend')) return [];
    return [{ effect, rule: rule.rule.id, record, index, inForce: truth === TRUE, sites: place(context) }];
  });
}

function inOrder(a: Effective, b: Effective): number {
  return byText(a.rule, b.rule) || byText(a.record ?? '', b.record ?? '') || a.index - b.index;
}

/** Where a lower limit of the same is in force, a higher one says nothing; a limit outranked at all its sites is left out. */
function withoutOutranked(all: readonly Effective[], ruleSet: RuleSet): Effective[] {
  const limits = all.filter(({ effect, inForce }) => effect.kind === 'limit' && inForce);
  return all.flatMap(each => {
    const lower = limits.filter(other => isLower(other, each, ruleSet));
    if (lower.length === 0) return [each];
    const covers = lower.map(({ sites }) => coverOf(sites));
    const places = [each.sites, ...lower.map(({ sites }) => sites)];
    const inEach = coverOf(each.sites);
    const left = pointsOf(places).filter(point => inEach(point) && !covers.some(cover => cover(point)));
    return left.length === 0 ? [] : [{ ...each, sites: placeOf(left, places) }];
  });
}

function isLower(other: Effective, each: Effective, { parameters }: RuleSet): boolean {
  const [a, b] = [other.effect, each.effect];
  if (a.kind !== 'limit' || b.kind !== 'limit' || !each.inForce) return false;
  const parameter = parameters.get(b.parameter.value);
  if (!parameter || a.parameter.value !== b.parameter.value || a.of?.value !== b.of?.value) return false;
  if (namesText(a.during) !== namesText(b.during)) return false;
  return (compareAmounts(parameter, { value: a.atMost, unit: a.unit }, { value: b.atMost, unit: b.unit }) ?? 0) < 0;
}

function namesText(names: readonly Name[]): string {
  return names
    .map(({ value }) => value)
    .sort(byText)
    .join();
}

/** First among what is in force, then whatever collides only if something possible comes true. */
function conflictsOf(all: readonly Effective[], ruleSet: RuleSet): EffectConflict[] {
  const found = new Map<string, EffectConflict>();
  const add = (effects: readonly Effective[], state: EffectConflict['state']) => {
    for (const collision of collisionsOf(effects, ruleSet)) {
      const { kind, advised, parameter, sites } = collision;
      const conflict = { rules: rulesOf(collision), kind, what: parameter ?? whatOf(advised.effect).join(' or '), at: plainSites(sites) };
      const key = JSON.stringify(conflict);
      if (!found.has(key)) found.set(key, { ...conflict, state });
    }
  };
  add(
    all.filter(({ inForce }) => inForce),
    'in-force',
  );
  if (all.some(({ inForce }) => !inForce)) add(all, 'possible');
  return [...found].sort(([a], [b]) => byText(a, b)).map(([, conflict]) => conflict);
}

function whatOf(effect: AdviceEffect): string[] {
  if (effect.kind === 'limit') return [effect.parameter.value];
  return effect.kind === 'recommend' ? effect.what.map(({ value }) => value) : [effect.what.value];
}

function plainSites(sites: Sites): EffectOutcome['at'] {
  return sites === 'everywhere' ? sites : sites.map(({ site, side }) => (side ? { site, side } : { site }));
}

function outcomeOf({ effect, rule, record, inForce, sites }: Effective): EffectOutcome {
  const base = { verb: effect.kind, what: whatOf(effect), rule, record, state: inForce ? ('in-force' as const) : ('possible' as const) };
  return {
    ...base,
    at: plainSites(sites),
    ...detailsOf(effect),
    ...(effect.during.length > 0 && { during: effect.during.map(({ value }) => value) }),
    ...(effect.note !== undefined && { note: effect.note }),
  };
}

function detailsOf(effect: AdviceEffect): Partial<EffectOutcome> {
  switch (effect.kind) {
    case 'avoid':
    case 'forbid':
      return {};
    case 'require':
      return effect.every ? { every: periodText(effect.every.value) } : {};
    case 'limit': {
      const { value } = effect.atMost;
      const atMost = typeof value === 'object' ? numberText(value) : value;
      return { ...(effect.of && { of: effect.of.value }), atMost, ...(effect.unit && { unit: effect.unit.value }) };
    }
    case 'recommend':
      return {
        ...(effect.every && { every: periodText(effect.every.value) }),
        ...(effect.with.length > 0 && { with: rangesOf(effect.with) }),
        ...(effect.steps.length > 0 && {
          steps: effect.steps.map(step => ({ ...(step.title !== undefined && { title: step.title }), with: rangesOf(step.with) })),
        }),
        ...(effect.maximum.length > 0 && { maximum: amountsOf(effect.maximum) }),
      };
  }
}

function periodText({ number, unit }: Period): string {
  return `${numberText(number)} ${unit}`;
}

function rangesOf(ranges: readonly ParameterRange[]): Record<string, unknown> {
  return plainRecord(
    ranges.map(range => {
      const bounds = (['is', 'atLeast', 'above', 'atMost', 'below'] as const).flatMap(key => {
        const bound = range[key];
        return bound ? [[key, plainConstant(bound)] as const] : [];
      });
      return [range.parameter.value, Object.fromEntries([...bounds, ...(range.unit ? [['unit', range.unit.value] as const] : [])])];
    }),
  );
}

function amountsOf(amounts: readonly ParameterAmount[]): Record<string, unknown> {
  return plainRecord(
    amounts.map(({ parameter, value, unit }) => [parameter.value, { value: plainConstant(value), ...(unit && { unit: unit.value }) }]),
  );
}

function plainRecord(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries([...entries].sort(([a], [b]) => byText(a, b)));
}

/** A number stays one where a double holds it without loss. */
function plainConstant({ value }: Constant): unknown {
  if (typeof value !== 'object') return value;
  return value.short ? value.double : numberText(value);
}
