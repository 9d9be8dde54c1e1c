/** Sites in words: where every part of a site is meant the site is named, not its parts; where all but a few are, what is left out is. */
import type { EffectSites } from '../evaluation/outcome.ts';
import { type Hierarchy, siteHierarchy } from '../model/hierarchy.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { siteTitle } from './titles.ts';
import { listText } from './words.ts';

/** A leaf site on one side; `side` is empty where the site has none. */
interface Point {
  readonly site: string;
  readonly side: '' | 'left' | 'right';
}

/** `L4`, `left femur`, `rib 6, both sides`, `limbs except left femur`, `everywhere`; an empty list is said. */
export function sitesText(ruleSet: RuleSet, sites: EffectSites): string {
  if (sites === 'everywhere') return 'everywhere';
  if (sites.length === 0) return 'nowhere: no site is left';
  const points = sites.flatMap(({ site, side }) => pointsAt(ruleSet, site, side));
  const plain = namesOf(ruleSet, points);
  const less = plain.length > 2 ? exceptText(ruleSet, points, plain.length) : undefined;
  return less ?? plain.join('; ');
}

function pointsAt(ruleSet: RuleSet, site: string, side: 'left' | 'right' | undefined): Point[] {
  if (side) return [{ site, side }];
  const sides = isPaired(ruleSet, site) ? (['left', 'right'] as const) : ([''] as const);
  return sides.map(each => ({ site, side: each }));
}

/** What is part of a paired site is paired too: without its sides, an avoided right femur would pass for left out with the left one. */
export function isPaired(ruleSet: RuleSet, site: string): boolean {
  return [...siteHierarchy(ruleSet).above(site)].some(each => ruleSet.sites.get(each)?.paired);
}

/** The narrowest site that holds all points, and what of it is left out, if that is shorter to say. */
function exceptText(ruleSet: RuleSet, points: readonly Point[], plain: number): string | undefined {
  const hierarchy = siteHierarchy(ruleSet);
  const wanted = new Set(points.map(keyOf));
  const around = hierarchy.ids
    .map(id => ({ id, within: within(ruleSet, hierarchy.leavesBelow(id)) }))
    .filter(({ within: all }) => all.filter(point => wanted.has(keyOf(point))).length === wanted.size)
    .sort((a, b) => a.within.length - b.within.length)[0];
  const whole = around ?? { id: undefined, within: within(ruleSet, hierarchy.leaves) };
  const left = namesOf(
    ruleSet,
    whole.within.filter(point => !wanted.has(keyOf(point))),
  );
  if (!left.length || left.length >= plain) return undefined;
  return `${whole.id === undefined ? 'every site' : siteTitle(ruleSet, whole.id)} except ${listText(left)}`;
}

function within(ruleSet: RuleSet, leaves: readonly string[]): Point[] {
  return leaves.flatMap(leaf => pointsAt(ruleSet, leaf, undefined));
}

function keyOf({ site, side }: Point): string {
  return `${site} ${side}`;
}

/** The fewest names that cover these points and nothing else. */
function namesOf(ruleSet: RuleSet, points: readonly Point[]): string[] {
  const hierarchy = siteHierarchy(ruleSet);
  const on = (side: Point['side']) => points.filter(point => point.side === side).map(point => point.site);
  const [left, right] = [on('left'), on('right')];
  const both = left.filter(site => right.includes(site));
  const named = (leaves: readonly string[], name: (title: string, site: string) => string) =>
    coverOf(hierarchy, leaves).map(site => name(siteTitle(ruleSet, site), site));
  return [
    ...named([...on(''), ...both], (title, site) => (both.includes(site) ? `${title}, both sides` : title)),
    ...named(without(left, both), title => `left ${title}`),
    ...named(without(right, both), title => `right ${title}`),
  ];
}

function without(all: readonly string[], some: readonly string[]): string[] {
  return all.filter(each => !some.includes(each));
}

/** The widest sites all of whose leaves are meant, in declared order; a site with one leaf is wider than it only in name. */
function coverOf(hierarchy: Hierarchy, leaves: readonly string[]): string[] {
  const wanted = new Set(leaves);
  const whole = hierarchy.ids.filter(id => {
    const below = hierarchy.leavesBelow(id);
    return (below.length > 1 || below[0] === id) && below.every(leaf => wanted.has(leaf));
  });
  const covered = new Set(whole);
  const widest = whole.filter(id => ![...hierarchy.above(id)].some(other => other !== id && covered.has(other)));
  return [...widest, ...leaves.filter(leaf => !hierarchy.has(leaf))];
}
