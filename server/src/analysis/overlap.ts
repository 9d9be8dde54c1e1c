/** Where two effects hold at once, as a formula over the records' sites and sides. */

import type { AdviceEffect } from '../model/collide.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { EffectPlace, Fact, PlaceException, Rule, RuleSet } from '../model/rule-set.ts';
import { all, any, certain, FALSE, type Formula, not, TRUE, type Truth, UNKNOWN } from './formula.ts';
import { siteFact } from './gather.ts';
import type { Scope, Space } from './space.ts';

export interface PlacedIn {
  readonly effect: AdviceEffect;
  readonly scope: Scope;
  readonly rule: Rule;
}

/** A leaf site that stands for all its rules cannot tell apart, and a side where it has one. */
interface Point {
  readonly site: string;
  readonly side: 'left' | 'right' | undefined;
}

/** That the effects hold at one common place, at least. */
export function overlap(space: Space, effects: readonly PlacedIn[]): Formula {
  const { ruleSet } = space;
  const placed = effects.map(each => ({ ...each, at: placeIn(ruleSet, each) })).filter(({ at }) => at !== 'everywhere');
  if (placed.some(({ at }) => at === 'nowhere')) return FALSE;
  const places = placed as (PlacedIn & { at: EffectPlace })[];
  const [first, ...rest] = places;
  if (!first) return TRUE;
  if (first.at.kind === 'here' && rest.every(({ at, scope }) => at.kind === 'here' && scope.slot === first.scope.slot)) return TRUE;
  const points = pointsFor(
    space,
    places.map(({ at }) => at),
  );
  return any(points.map(point => all(places.map(each => holdsAt(space, each, point)))));
}

/** Outside the located group there is no here: what restricts then holds everywhere, and what recommends nowhere. */
export function placeIn(ruleSet: RuleSet, { effect, scope }: Pick<PlacedIn, 'effect' | 'scope'>): EffectPlace | 'everywhere' | 'nowhere' {
  if (effect.at.kind === 'everywhere') return 'everywhere';
  const located = ruleSet.locatedGroup?.id;
  const isLocated = located !== undefined && scope.group === located && siteFact(ruleSet) !== undefined;
  if (effect.at.kind === 'here' && !isLocated) return effect.kind === 'recommend' ? 'nowhere' : 'everywhere';
  return effect.at;
}

/** Group tests in the places: what `except` asks of records. */
export function placeConditions(effects: readonly AdviceEffect[]) {
  return effects.flatMap(({ at }) =>
    at.kind === 'below' && at.except ? [{ kind: 'some' as const, group: at.except.group, where: at.except.where, span: at.span }] : [],
  );
}

function pointsFor(space: Space, places: readonly EffectPlace[]): Point[] {
  const { ruleSet } = space;
  const statics = places.map(at => staticLeaves(ruleSet, at)).filter(leaves => leaves !== undefined);
  const representatives = statics.length > 0 ? intersectionOf(statics) : siteRepresentatives(space);
  return representatives.flatMap((site): Point[] => {
    if (!isPaired(ruleSet, site)) return [{ site, side: undefined }];
    return [
      { site, side: 'left' },
      { site, side: 'right' },
    ];
  });
}

/** The leaf sites of a place that names them; undefined for one that hangs on the record. */
export function staticLeaves(ruleSet: RuleSet, at: EffectPlace): ReadonlySet<string> | undefined {
  const hierarchy = siteHierarchy(ruleSet);
  if (at.kind === 'sites') return new Set(at.sites.flatMap(({ value }) => hierarchy.leavesBelow(value)));
  if (at.kind === 'below') return new Set(hierarchy.leavesBelow(at.site.value));
  return undefined;
}

function intersectionOf(sets: readonly ReadonlySet<string>[]): string[] {
  return [...sets[0]!].filter(site => sets.every(set => set.has(site)));
}

function siteRepresentatives(space: Space): string[] {
  const fact = siteFact(space.ruleSet);
  if (!fact || !space.ruleSet.locatedGroup) return [];
  const index = space.factVariable(fact, { group: space.ruleSet.locatedGroup.id, slot: 0 });
  return space.variables[index]!.cells.flatMap(cell => (cell.kind === 'code' && !cell.several ? [cell.values[0]!] : []));
}

function holdsAt(space: Space, { at, effect, scope }: PlacedIn & { at: EffectPlace }, point: Point): Formula {
  switch (at.kind) {
    case 'everywhere':
    case 'sites':
      return TRUE;
    case 'here':
      return recordMayBeAt(space, scope, point);
    case 'below': {
      if (!at.except) return TRUE;
      const { group, where } = at.except;
      const loosens = effect.kind === 'recommend';
      if (group.value !== space.ruleSet.locatedGroup?.id) return loosens ? FALSE : TRUE;
      const taken = takenFrom(space.ruleSet, at.except, point, loosens);
      const affected = space.scopesOf(group.value).map(record => {
        const there = space.present(group.value, record.slot);
        const matches = space.condition(where, record);
        if (loosens) return all([there, matches, any(taken.map(from => recordMayBeAt(space, record, from)))]);
        return all([there, certain(matches), any(taken.map(from => recordIsAt(space, record, from)))]);
      });
      return all([...affected.map(not), ...(loosens ? [not(space.incomplete(group.value))] : [])]);
    }
  }
}

/** Where a record takes the point out: there, or anywhere on its side in a whole site that both lie in. */
function takenFrom(ruleSet: RuleSet, { whole }: PlaceException, point: Point, loosens: boolean): Point[] {
  const hierarchy = siteHierarchy(ruleSet);
  const isLost = loosens && whole.some(({ value }) => !hierarchy.has(value));
  const around = whole.filter(({ value }) => hierarchy.isBelow(point.site, value));
  const beside = hierarchy.leaves.filter(
    leaf => leaf !== point.site && (isLost || around.some(({ value }) => hierarchy.isBelow(leaf, value))),
  );
  return [point, ...beside.map((site): Point => ({ site, side: !isLost && isPaired(ruleSet, site) ? point.side : undefined }))];
}

function isPaired(ruleSet: RuleSet, site: string): boolean {
  return [...siteHierarchy(ruleSet).above(site)].some(each => ruleSet.sites.get(each)?.paired);
}

/** Where the site or the side is not known, the record may be at any. */
function recordMayBeAt(space: Space, scope: Scope, point: Point): Formula {
  return recordAt(space, scope, point, 2);
}

function recordIsAt(space: Space, scope: Scope, point: Point): Formula {
  return recordAt(space, scope, point, 0);
}

function recordAt(space: Space, scope: Scope, { site, side }: Point, absent: Truth): Formula {
  const group = space.ruleSet.locatedGroup;
  const fact = siteFact(space.ruleSet);
  if (!fact || scope.group !== group?.id) return UNKNOWN;
  const has = (of: Fact, value: string) =>
    space.atom(space.factVariable(of, scope), cell =>
      cell.kind === 'absent' ? absent : cell.kind !== 'code' || !cell.values.includes(value) ? 0 : cell.several ? absent : 2,
    );
  const sideFact = [...(group?.facts.values() ?? [])].find(({ type }) => type === 'side');
  if (!side) return has(fact, site);
  return all([has(fact, site), sideFact ? has(sideFact, side) : absent === 2 ? TRUE : FALSE]);
}
