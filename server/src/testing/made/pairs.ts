/** For each condition that makes an outcome with others, the two cases that show it to matter: alone deciding, it is true in one and false in the other. */
import type { Point } from '../coverage.ts';
import type { Made } from './make.ts';

export interface Pair {
  readonly point: Point;
  /** The cases, by their place among all that were looked at: those there were, then those made. Undefined where there is none. */
  readonly whenTrue: number | undefined;
  readonly whenFalse: number | undefined;
}

export function pairsOf({ looking, existing, cases }: Pick<Made, 'looking' | 'existing' | 'cases'>): readonly Pair[] {
  const all = [...existing, ...cases.map(({ shown }) => shown.ways)];
  const showing = (place: number) => {
    const found = all.findIndex(ways => ways.has(place));
    return found < 0 ? undefined : found;
  };
  const byPoint = new Map<Point, { -readonly [K in 'whenTrue' | 'whenFalse']?: number | undefined }>();
  for (const [place, { point, name }] of looking.ways.entries()) {
    if (point.kind !== 'alone') continue;
    const pair = byPoint.get(point) ?? {};
    byPoint.set(point, pair);
    pair[name === 'true' ? 'whenTrue' : 'whenFalse'] = showing(place);
  }
  return [...byPoint].map(([point, { whenTrue, whenFalse }]) => ({ point, whenTrue, whenFalse }));
}
