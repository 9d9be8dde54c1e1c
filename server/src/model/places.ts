/** Where an effect holds for one patient: everywhere, or at leaf sites with or without a side. */

export interface SidedSite {
  /** A site with none below it. */
  readonly site: string;
  /** Unsaid: either side, or a site that has none. */
  readonly side?: 'left' | 'right';
}

/** An empty list is nowhere. */
export type Sites = 'everywhere' | readonly SidedSite[];

/** The place that belongs to no site: only what holds everywhere holds there. */
const BODY = '';

/** Places as points: `site|left` and `site|right` for every site, and the body as a whole. What says no side is at both points. */
export function pointsOf(places: readonly Sites[]): readonly string[] {
  const points = new Set([BODY]);
  for (const place of places) for (const each of place === 'everywhere' ? [] : place) for (const point of pointsAt(each)) points.add(point);
  return [...points];
}

function pointsAt({ site, side }: SidedSite): readonly string[] {
  return side ? [`${site}|${side}`] : [`${site}|left`, `${site}|right`];
}

/** A test whether a point is in the place. */
export function coverOf(place: Sites): (point: string) => boolean {
  if (place === 'everywhere') return () => true;
  const covered = new Set(place.flatMap(pointsAt));
  return point => covered.has(point);
}

/** The points as a place again. A side is said only where one of `places` says it for that site. */
export function placeOf(points: readonly string[], places: readonly Sites[]): Sites {
  if (points.includes(BODY)) return 'everywhere';
  const sided = new Set(places.flatMap(place => (place === 'everywhere' ? [] : place.filter(({ side }) => side).map(({ site }) => site))));
  const sites = new Map<string, SidedSite>();
  for (const point of points) {
    const at = point.lastIndexOf('|');
    const site = point.slice(0, at);
    if (sided.has(site)) sites.set(point, { site, side: point.slice(at + 1) as 'left' | 'right' });
    else sites.set(site, { site });
  }
  return [...sites.values()].sort(bySiteAndSide);
}

function bySiteAndSide(a: SidedSite, b: SidedSite): number {
  if (a.site !== b.site) return a.site < b.site ? -1 : 1;
  return (a.side ?? '') < (b.side ?? '') ? -1 : 1;
}

/** What two places have in common: a common leaf whose sides are equal or unsaid. Everywhere overlaps all. */
export function overlapOf(a: Sites, b: Sites): Sites {
  const [inA, inB] = [coverOf(a), coverOf(b)];
  return placeOf(
    pointsOf([a, b]).filter(point => inA(point) && inB(point)),
    [a, b],
  );
}
