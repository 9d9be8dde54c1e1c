/** Sites in words: where every part of a site is meant, the site is named, not its parts. */
import type { EffectSites } from '../evaluation/outcome.ts';
import { type Hierarchy, siteHierarchy } from '../model/hierarchy.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { siteTitle } from './titles.ts';
import { capitalised, listText } from './words.ts';

type SiteList = Exclude<EffectSites, 'everywhere'>;

/** `L4`, `left femur`, `both ilia`, `everywhere`; an empty list is said. */
export function sitesText(ruleSet: RuleSet, sites: EffectSites): string {
  if (sites === 'everywhere') return 'everywhere';
  if (sites.length === 0) return 'nowhere: no site is left';
  const hierarchy = siteHierarchy(ruleSet);
  const left = sidedSites(sites, 'left');
  const right = sidedSites(sites, 'right');
  const both = left.filter(site => right.includes(site));
  const whole = namesOf(hierarchy, [...sites.filter(each => !each.side).map(each => each.site), ...both]).map(site =>
    both.includes(site) ? `${siteTitle(ruleSet, site)}, both sides` : siteTitle(ruleSet, site),
  );
  const one = (side: 'left' | 'right', own: readonly string[]) => {
    const names = namesOf(
      hierarchy,
      own.filter(site => !both.includes(site)),
    ).map(site => siteTitle(ruleSet, site));
    return names.length ? [`${side} ${listText(names)}`] : [];
  };
  return capitalised([...whole, ...one('left', left), ...one('right', right)].join('; '));
}

function sidedSites(sites: SiteList, side: 'left' | 'right'): string[] {
  return sites.filter(each => each.side === side).map(each => each.site);
}

/** The fewest sites that cover these leaves and nothing else, in declared order. */
function namesOf(hierarchy: Hierarchy, leaves: readonly string[]): string[] {
  const wanted = new Set(leaves);
  const covering = hierarchy.ids.filter(id => hierarchy.leavesBelow(id).every(leaf => wanted.has(leaf)));
  const known = new Set(covering);
  const widest = covering.filter(id => ![...hierarchy.above(id)].some(other => other !== id && known.has(other)));
  const unknown = leaves.filter(leaf => !hierarchy.has(leaf));
  return [...widest.filter(id => hierarchy.leavesBelow(id).length > 0), ...unknown];
}
