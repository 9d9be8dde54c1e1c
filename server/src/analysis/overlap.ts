/** Where two effects hold at once, as a formula over the records' sites and sides. */

import type { AdviceEffect } from '../model/collide.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { EffectPlace, RuleSet } from '../model/rule-set.ts';
import { all, any, type Formula, not, TRUE, UNKNOWN } from './formula.ts';
import { siteFact } from './gather.ts';
import type { Scope, Space } from './space.ts';

export interface PlacedIn {
  readonly effect: AdviceEffect;
  readonly scope: Scope;
}

/** A leaf site that stands for all its rules cannot tell apart, and a side where it has one. */
interface Point {
  readonly site: string;
  readonly side: 'left' | 'right' | undefined;
}

/** That the effects hold at one common place, at least. */
export function overlap(space: Space, effects: readonly PlacedIn[]): Formula {
  const placed = effects.filter(({ effect }) => effect.at.kind !== 'everywhere');
  const [first, ...rest] = placed;
  if (!first) return TRUE;
  if (first.effect.at.kind === 'here' && rest.every(({ effect, scope }) => effect.at.kind === 'here' && scope.slot === first.scope.slot))
    return TRUE;
  const places = placed.map(({ effect, scope }) => ({ at: effect.at, scope }));
  return any(
    pointsFor(
      space,
      places.map(({ at }) => at),
    ).map(point => all(places.map(({ at, scope }) => holdsAt(space, at, scope, point)))),
  );
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
    if (!ruleSet.sites.get(site)?.paired) return [{ site, side: undefined }];
    return [
      { site, side: 'left' },
      { site, side: 'right' },
    ];
  });
}

function staticLeaves(ruleSet: RuleSet, at: EffectPlace): ReadonlySet<string> | undefined {
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
  return space.variables[index]!.cells.flatMap(cell => (cell.kind === 'code' ? [cell.values[0]!] : []));
}

function holdsAt(space: Space, at: EffectPlace, scope: Scope, point: Point): Formula {
  const { ruleSet } = space;
  switch (at.kind) {
    case 'everywhere':
      return TRUE;
    case 'here':
      return recordAt(space, scope, point);
    case 'sites':
      return TRUE;
    case 'below': {
      const { except } = at;
      if (!except || except.group.value !== ruleSet.locatedGroup?.id) return TRUE;
      return all(
        space.scopesOf(except.group.value).map(record => {
          const matches = all([
            space.present(except.group.value, record.slot),
            space.condition(except.where, record),
            recordAt(space, record, point),
          ]);
          return not(matches);
        }),
      );
    }
  }
}

function recordAt(space: Space, scope: Scope, { site, side }: Point): Formula {
  const group = space.ruleSet.locatedGroup;
  const fact = siteFact(space.ruleSet);
  if (!fact || scope.group !== group?.id) return UNKNOWN;
  const index = space.factVariable(fact, scope);
  const atSite = space.atom(index, cell => (cell.kind === 'code' && cell.values.includes(site) ? 2 : cell.kind === 'absent' ? 1 : 0));
  const sideFact = [...(group?.facts.values() ?? [])].find(({ type }) => type === 'side');
  if (!side || !sideFact) return atSite;
  const sideIndex = space.factVariable(sideFact, scope);
  return all([
    atSite,
    space.atom(sideIndex, cell => (cell.kind === 'code' && cell.values.includes(side) ? 2 : cell.kind === 'absent' ? 1 : 0)),
  ]);
}
