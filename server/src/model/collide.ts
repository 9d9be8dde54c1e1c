/**
 * When effects collide. Evaluation asks it of the effects in force for one patient, analysis of effects that could be: both mean the same.
 * A piece of advice collides at a place and in a phase where every way to follow it is barred, by however many rules.
 */
import { amountOf, type Interval, intervalOf, liesAbove, meet } from './amounts.ts';
import { adviceHierarchy, type Hierarchy } from './hierarchy.ts';
import { coverOf, placeOf, pointsOf, type Sites } from './places.ts';
import type { Effect, Parameter, ParameterRange, RuleSet } from './rule-set.ts';

/** Every effect but `decide`: decisions are resolved, not merged. */
export type AdviceEffect = Exclude<Effect, { kind: 'decide' }>;

/** An effect of one rule, with the place where it holds for the patient. What else the caller needs may stand beside it. */
export interface PlacedEffect {
  readonly effect: AdviceEffect;
  readonly rule: string;
  readonly sites: Sites;
}

export interface Collision<E extends PlacedEffect> {
  /** `barred`: advised, and avoided or forbidden; `dose`: a range that a limit, a maximum or another range does not allow. */
  readonly kind: 'barred' | 'dose';
  /** What is recommended or required. */
  readonly advised: E;
  /** What it collides with: one effect, or several that only together leave no way to follow the advice. */
  readonly against: readonly E[];
  /** The parameter of a `dose`. */
  readonly parameter: string | undefined;
  readonly sites: Sites;
}

type Vocabulary = Pick<RuleSet, 'sites' | 'advice' | 'parameters'>;
type Recommend = Extract<AdviceEffect, { kind: 'recommend' }>;

/** Something that can stand against one alternative of a piece of advice. */
interface Bar<E> {
  readonly by: E;
  blocks(alternative: string): boolean;
}

/** All collisions among the effects, in their order. Nothing collides with itself, nor with what the same words of a rule say of another record. */
export function collisionsOf<E extends PlacedEffect>(effects: readonly E[], vocabulary: Vocabulary): readonly Collision<E>[] {
  const hierarchy = adviceHierarchy(vocabulary);
  const collisions: Collision<E>[] = [];
  effects.forEach((advised, index) => {
    const { effect } = advised;
    if (effect.kind !== 'recommend' && effect.kind !== 'require') return;
    const others = effects.filter(other => other.effect !== effect);
    collisions.push(...blockings(advised, 'barred', undefined, prohibitionsOf(others, hierarchy), hierarchy));
    if (effect.kind === 'recommend') collisions.push(...doseCollisions({ ...advised, effect }, advised, others, vocabulary));
    if (effect.kind === 'recommend') collisions.push(...rangeCollisions(advised, effect, effects.slice(index + 1), vocabulary));
  });
  return collisions;
}

/** Whether two effects by themselves collide, in either direction. */
export function collides(a: PlacedEffect, b: PlacedEffect, vocabulary: Vocabulary): boolean {
  return collisionsOf([a, b], vocabulary).length > 0;
}

/** The ways to follow a piece of advice: the leaves below what is advised. */
export function alternativesOf(effect: AdviceEffect, hierarchy: Hierarchy): readonly string[] {
  const named = 'what' in effect ? (Array.isArray(effect.what) ? effect.what : [effect.what]) : [];
  return [...new Set(named.flatMap(({ value }) => (hierarchy.has(value) ? hierarchy.leavesBelow(value) : [value])))];
}

function prohibitionsOf<E extends PlacedEffect>(effects: readonly E[], hierarchy: Hierarchy): Bar<E>[] {
  return effects.flatMap(by => {
    const { effect } = by;
    if (effect.kind !== 'avoid' && effect.kind !== 'forbid') return [];
    return [{ by, blocks: (alternative: string) => hierarchy.isBelow(alternative, effect.what.value) }];
  });
}

/** First each bar that alone leaves no alternative, then, at the places where none does, all that do so together. */
function blockings<E extends PlacedEffect>(
  advised: E,
  kind: 'barred' | 'dose',
  parameter: string | undefined,
  bars: readonly Bar<E>[],
  hierarchy: Hierarchy,
): Collision<E>[] {
  const alternatives = alternativesOf(advised.effect, hierarchy);
  const relevant = bars.filter(bar => alternatives.some(alternative => bar.blocks(alternative)));
  const alone = relevant.filter(bar => alternatives.every(alternative => bar.blocks(alternative)));
  const found = alone.flatMap(bar => {
    const sites = blockedPlace(advised, [bar], alternatives);
    return sites.length > 0 ? [{ kind, advised, against: [bar.by], parameter, sites }] : [];
  });
  const together = relevant.filter(bar => !alone.includes(bar));
  const sites = together.length > 1 ? blockedPlace(advised, together, alternatives) : [];
  if (sites.length === 0) return found;
  const against = together.filter(({ by }) => isAt(by, advised, sites)).map(({ by }) => by);
  return [...found, { kind, advised, against, parameter, sites }];
}

/** The points at which every alternative is blocked in one phase or outside all. */
function blockedPlace<E extends PlacedEffect>(advised: E, bars: readonly Bar<E>[], alternatives: readonly string[]): Sites {
  const holders = [advised, ...bars.map(({ by }) => by)];
  const phases = phasesOf(holders);
  const covers = bars.map(bar => ({ bar, covers: coverOf(bar.by.sites) }));
  const inAdvised = coverOf(advised.sites);
  const isBlocked = (point: string, phase: string) => {
    if (!inAdvised(point) || !holdsIn(advised, phase)) return false;
    const here = covers.filter(({ bar, covers: at }) => at(point) && holdsIn(bar.by, phase));
    return alternatives.every(alternative => here.some(({ bar }) => bar.blocks(alternative)));
  };
  const places = holders.map(({ sites }) => sites);
  return placeOf(
    pointsOf(places).filter(point => phases.some(phase => isBlocked(point, phase))),
    places,
  );
}

/** Every phase named, and `''` for the time outside all of them. */
function phasesOf(effects: readonly PlacedEffect[]): readonly string[] {
  return [...new Set(['', ...effects.flatMap(({ effect }) => effect.during.map(({ value }) => value))])];
}

function holdsIn({ effect: { during } }: PlacedEffect, phase: string): boolean {
  return during.length === 0 || during.some(({ value }) => value === phase);
}

function isAt(effect: PlacedEffect, advised: PlacedEffect, sites: Sites): boolean {
  const covers = coverOf(effect.sites);
  const at = coverOf(sites);
  const meets = pointsOf([effect.sites, sites]).some(point => covers(point) && at(point));
  return meets && phasesOf([effect, advised]).some(phase => holdsIn(effect, phase) && holdsIn(advised, phase));
}

function doseCollisions<E extends PlacedEffect>(
  { effect }: { effect: Recommend },
  advised: E,
  others: readonly E[],
  vocabulary: Vocabulary,
): Collision<E>[] {
  const hierarchy = adviceHierarchy(vocabulary);
  const inSteps = effect.steps.flatMap(step => step.with);
  const isOneWay = alternativesOf(effect, hierarchy).length === 1;
  const collisions = [...effect.with, ...inSteps].flatMap(range => {
    const parameter = vocabulary.parameters.get(range.parameter.value);
    const interval = parameter && intervalOf(parameter, range);
    if (!interval) return [];
    const apart = isOneWay ? [] : others.flatMap(by => otherDosesOf(by, range, inSteps.includes(range), vocabulary));
    const bars = [...others.flatMap(by => upperBarsOf(by, parameter, interval, hierarchy)), ...apart];
    const prohibited = bars.length > 0 ? prohibitionsOf(others, hierarchy) : [];
    return [...blockings(advised, 'dose', parameter.id, bars, hierarchy), ...mixed(advised, parameter.id, bars, prohibited, hierarchy)];
  });
  return withoutRepetition(collisions);
}

/** Where some alternatives are barred and the dose of all others is out of reach: neither alone leaves no way to follow the advice. */
function mixed<E extends PlacedEffect>(
  advised: E,
  parameter: string,
  limits: readonly Bar<E>[],
  prohibitions: readonly Bar<E>[],
  hierarchy: Hierarchy,
): Collision<E>[] {
  const alternatives = alternativesOf(advised.effect, hierarchy);
  const bars = [...limits, ...prohibitions].filter(bar => alternatives.some(alternative => bar.blocks(alternative)));
  if (prohibitions.length === 0 || bars.length < 2) return [];
  const all = blockedPlace(advised, bars, alternatives);
  const told = [limits, prohibitions].map(alike => blockedPlace(advised, alike, alternatives));
  const isTold = told.map(coverOf);
  const isBlocked = coverOf(all);
  const points = pointsOf([all, ...told]).filter(point => isBlocked(point) && !isTold.some(covers => covers(point)));
  const sites = placeOf(points, [all, ...told]);
  if (points.length === 0) return [];
  return [{ kind: 'dose', advised, against: bars.filter(({ by }) => isAt(by, advised, sites)).map(({ by }) => by), parameter, sites }];
}

/** The limits and maxima of an effect that lie below the range. */
function upperBarsOf<E extends PlacedEffect>(by: E, parameter: Parameter, interval: Interval, hierarchy: Hierarchy): Bar<E>[] {
  const { effect } = by;
  if (effect.kind === 'limit' && effect.parameter.value === parameter.id) {
    const most = amountOf(parameter, { value: effect.atMost, unit: effect.unit });
    if (!most || !liesAbove(interval, most)) return [];
    return [{ by, blocks: alternative => !effect.of || hierarchy.isBelow(alternative, effect.of.value) }];
  }
  if (effect.kind !== 'recommend') return [];
  return effect.maximum.flatMap(maximum => {
    const most = maximum.parameter.value === parameter.id ? amountOf(parameter, maximum) : undefined;
    if (!most || !liesAbove(interval, most)) return [];
    return [{ by, blocks: (alternative: string) => effect.what.some(({ value }) => hierarchy.isBelow(alternative, value)) }];
  });
}

/** That one of several alternatives is advised by itself in a range that does not meet this one: with this dose it is no way to follow both. */
function otherDosesOf<E extends PlacedEffect>(by: E, range: ParameterRange, isStep: boolean, vocabulary: Vocabulary): Bar<E>[] {
  const { effect } = by;
  if (effect.kind !== 'recommend') return [];
  const [only, ...others] = alternativesOf(effect, adviceHierarchy(vocabulary));
  const theirs = [...effect.with, ...(isStep ? [] : effect.steps.flatMap(step => step.with))];
  const isApart = pairsOf([range], theirs).some(([left, right]) => areApart(left, right, vocabulary));
  return isApart && others.length === 0 ? [{ by, blocks: alternative => alternative === only }] : [];
}

/** Ranges of one parameter for the same thing that have no amount in common. Two tapers are not held against each other step by step. */
function rangeCollisions<E extends PlacedEffect>(
  advised: E,
  effect: Recommend,
  later: readonly E[],
  vocabulary: Vocabulary,
): Collision<E>[] {
  return later.flatMap(other => {
    const theirs = other.effect;
    if (theirs.kind !== 'recommend' || theirs === effect || !isSameAdvice(effect, theirs, adviceHierarchy(vocabulary))) return [];
    const parameters = new Set(apartIn(effect, theirs, vocabulary));
    if (parameters.size === 0) return [];
    const sites = blockedPlace(advised, [{ by: other, blocks: () => true }], ['']);
    if (sites.length === 0) return [];
    return [...parameters].map(parameter => ({ kind: 'dose' as const, advised, against: [other], parameter, sites }));
  });
}

/** Whether they name the same, or leave the same single way to follow them. */
function isSameAdvice(a: Recommend, b: Recommend, hierarchy: Hierarchy): boolean {
  if (a.what.length === 1 && b.what.length === 1 && a.what[0]!.value === b.what[0]!.value) return true;
  const [ofA, ofB] = [alternativesOf(a, hierarchy), alternativesOf(b, hierarchy)];
  return ofA.length === 1 && ofB.length === 1 && ofA[0] === ofB[0];
}

function apartIn(a: Recommend, b: Recommend, vocabulary: Vocabulary): readonly string[] {
  const [stepsOfA, stepsOfB] = [a.steps.flatMap(step => step.with), b.steps.flatMap(step => step.with)];
  const pairs = [...pairsOf(a.with, [...b.with, ...stepsOfB]), ...pairsOf(stepsOfA, b.with)];
  return pairs.filter(([left, right]) => areApart(left, right, vocabulary)).map(([left]) => left.parameter.value);
}

function pairsOf(as: readonly ParameterRange[], bs: readonly ParameterRange[]): (readonly [ParameterRange, ParameterRange])[] {
  return as.flatMap(a => bs.filter(b => b.parameter.value === a.parameter.value).map(b => [a, b] as const));
}

function areApart(a: ParameterRange, b: ParameterRange, { parameters }: Vocabulary): boolean {
  const parameter = parameters.get(a.parameter.value);
  const left = parameter && intervalOf(parameter, a);
  const right = parameter && intervalOf(parameter, b);
  return left !== undefined && right !== undefined && !meet(left, right);
}

/** Several steps above one limit are one collision. */
function withoutRepetition<E extends PlacedEffect>(collisions: readonly Collision<E>[]): Collision<E>[] {
  return collisions.filter((collision, index) => {
    const same = (other: Collision<E>) =>
      other.parameter === collision.parameter &&
      other.against.length === collision.against.length &&
      other.against.every(effect => collision.against.includes(effect));
    return collisions.findIndex(same) === index;
  });
}
