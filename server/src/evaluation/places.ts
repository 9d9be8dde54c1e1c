/** Where an effect of one rule holds for one patient: everywhere, at named sites, at the record's own, or below one except some. */
import { type Hierarchy, siteHierarchy } from '../model/hierarchy.ts';
import type { SidedSite, Sites } from '../model/places.ts';
import type { EffectPlace, EffectVerb, PlaceException, Rule } from '../model/rule-set.ts';
import type { Compiling, FactReader } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { Context } from './state.ts';
import { byText, FALSE, TRUE } from './values.ts';

/** Gives the place for a patient and, for a rule of a group, the record. */
export type PlaceOf = (context: Context) => Sites;

/** What is needed to know where the records of the located group are. */
interface Atlas {
  readonly sites: Hierarchy;
  readonly paired: (site: string) => boolean;
  readonly site: FactReader | undefined;
  readonly side: FactReader | undefined;
}

export function compilePlace(place: EffectPlace, verb: EffectVerb, rule: Rule, compiling: Compiling): PlaceOf {
  const atlas = atlasOf(compiling);
  switch (place.kind) {
    case 'everywhere':
      return () => 'everywhere';
    case 'sites': {
      const sites = namedSites(
        place.sites.map(({ value }) => value),
        atlas,
      );
      return () => sites;
    }
    case 'here':
      return compileHere(verb, rule, atlas, compiling);
    case 'below':
      return compileBelow(place, verb, rule, atlas, compiling);
  }
}

function atlasOf(compiling: Compiling): Atlas {
  const { ruleSet } = compiling;
  const sites = siteHierarchy(ruleSet);
  const located = ruleSet.locatedGroup;
  const facts = [...(located?.facts.values() ?? [])];
  const reader = (id: string | undefined) => (id === undefined ? undefined : compiling.fact(id, located?.id));
  return {
    sites,
    paired: site => [...sites.above(site)].some(each => ruleSet.sites.get(each)?.paired),
    site: reader(facts.find(({ values }) => values === 'sites')?.id),
    side: reader(facts.find(({ type }) => type === 'side')?.id),
  };
}

/** A site nobody declared has no leaves and stands for itself: an effect that vanished would be a false all-clear. */
function namedSites(names: readonly string[], { sites }: Atlas): Sites {
  const leaves = new Set(names.flatMap(name => (sites.has(name) ? sites.leavesBelow(name) : [name])));
  return [...leaves].sort(byText).map(site => ({ site }));
}

/** Outside the located group there is no here: what restricts then holds everywhere, and what recommends nowhere. */
function compileHere(verb: EffectVerb, rule: Rule, atlas: Atlas, compiling: Compiling): PlaceOf {
  const located = compiling.ruleSet.locatedGroup?.id;
  const inside = rule.precaution || rule.of?.value === located;
  if (!inside || located === undefined || !atlas.site) return () => (verb === 'recommend' ? [] : 'everywhere');
  const wanted = (site: string) => !rule.precaution || rule.sites.some(({ value }) => atlas.sites.isBelow(site, value));
  return context =>
    joined(
      placesOf(atlas, context).filter(({ site }) => wanted(site)),
      atlas,
    );
}

type Point = { readonly site: string; readonly side: 'left' | 'right' | undefined };

/** Every leaf and side where a record may be. A side that is not known is both. */
function placesOf(atlas: Atlas, context: Context): Point[] {
  const values = atlas.site?.read(context);
  const sites = values ? values.flatMap(value => (value.kind === 'code' ? [value.id] : [])) : atlas.sites.leaves;
  const side = atlas.side?.read(context);
  const known = side?.length === 1 && side[0]!.kind === 'code' ? side[0]!.id : undefined;
  return sites.flatMap(site =>
    pointsAt(site, atlas).filter(point => known === undefined || point.side === undefined || point.side === known),
  );
}

function pointsAt(site: string, { paired }: Atlas): Point[] {
  return paired(site)
    ? [
        { site, side: 'left' },
        { site, side: 'right' },
      ]
    : [{ site, side: undefined }];
}

/** Sorted; a side is said only where the other is not there too. */
function joined(points: readonly Point[], { paired }: Atlas): readonly SidedSite[] {
  const sides = new Map<string, Set<'left' | 'right' | undefined>>();
  for (const { site, side } of points) sides.set(site, (sides.get(site) ?? new Set()).add(side));
  return [...sides]
    .sort(([a], [b]) => byText(a, b))
    .map(([site, found]) => {
      const [side] = found;
      return paired(site) && found.size === 1 && side ? { site, side } : { site };
    });
}

/**
 * Below a site, except where matching records are, or in the whole sites they lie in. A recommendation leaves out every place that may be
 * affected, and all of them while the list is not complete; whatever restricts leaves out only the places that are affected for certain.
 */
function compileBelow(
  place: Extract<EffectPlace, { kind: 'below' }>,
  verb: EffectVerb,
  rule: Rule,
  atlas: Atlas,
  compiling: Compiling,
): PlaceOf {
  const below = namedSites([place.site.value], atlas);
  const { except } = place;
  if (!except) return () => below;
  const loosens = verb === 'recommend';
  const group = compiling.groups.get(except.group.value);
  const located = group !== undefined && except.group.value === compiling.ruleSet.locatedGroup?.id;
  if (!located) return () => (loosens ? [] : below);
  const standing = { file: rule.file, group: except.group.value, mayTestUnknown: false };
  const where = except.where && compiling.condition(except.where, standing);
  const all = (below === 'everywhere' ? [] : below).flatMap(({ site }) => pointsAt(site, atlas));
  const spread = compileSpread(except, all, loosens, atlas);
  return ({ patient }) => {
    const { records, complete } = patient.groups[group]!;
    if (loosens && !complete) return [];
    const affected = records.flatMap(record => affectedBy({ patient, record }, where, loosens, atlas, spread));
    return joined(
      all.filter(point => !affected.some(other => isSame(other, point))),
      atlas,
    );
  };
}

type Spread = (point: Point) => readonly Point[];

/**
 * What a record at a point takes out: the point itself, and every point on its side below a whole site that it lies in. A whole site nobody
 * declared may be any: with it a recommendation loses all it has.
 */
function compileSpread({ whole }: PlaceException, all: readonly Point[], loosens: boolean, { sites }: Atlas): Spread {
  const lost = loosens && whole.some(({ value }) => !sites.has(value));
  return point => {
    if (lost) return all;
    const around = whole.filter(({ value }) => sites.isBelow(point.site, value));
    const beside = (other: Point) => !point.side || !other.side || other.side === point.side;
    return [point, ...all.filter(other => beside(other) && around.some(({ value }) => sites.isBelow(other.site, value)))];
  };
}

function affectedBy(
  context: Context,
  where: CompiledCondition | undefined,
  possibly: boolean,
  atlas: Atlas,
  spread: Spread,
): readonly Point[] {
  const truth = where ? where.truth(context) : TRUE;
  if (truth === FALSE || (truth !== TRUE && !possibly)) return [];
  const [first, ...others] = placesOf(atlas, context).map(spread);
  if (possibly) return [...(first ?? []), ...others.flat()];
  return (first ?? []).filter(point => others.every(points => points.some(other => isSame(other, point))));
}

function isSame(a: Point, b: Point): boolean {
  return a.site === b.site && a.side === b.side;
}
