/** Sets of points and their sums. The same few come up in box after box, so each is made once and its sums are remembered. */
import type { PointsFormula } from './formula.ts';

export type PointSet = ReadonlySet<number>;

/** Equal sets are one and the same object, as long as there are not too many of them: what is remembered of a set is found again. */
const known = new Map<string, PointSet>();
const MOST_KNOWN = 20_000;

export function pointSet(points: Iterable<number>): PointSet {
  const sorted = [...new Set(points)].sort((a, b) => a - b);
  const key = sorted.join();
  const same = known.get(key);
  if (same) return same;
  if (known.size >= MOST_KNOWN) known.clear();
  const made = new Set(sorted);
  known.set(key, made);
  return made;
}

const added = new WeakMap<PointSet, WeakMap<PointSet, PointSet>>();

/** Every sum of one of each. */
export function sumsOf(a: PointSet, b: PointSet): PointSet {
  const ofA = added.get(a) ?? new WeakMap<PointSet, PointSet>();
  added.set(a, ofA);
  const same = ofA.get(b);
  if (same) return same;
  const sums = new Set<number>();
  for (const one of a) for (const other of b) sums.add(one + other);
  const made = pointSet(sums);
  ofA.set(b, made);
  return made;
}

const NONE_LISTED = new WeakMap<PointsFormula, boolean>();

/** Whether for some patients no points are listed because they can be any. */
export function listsNone(part: PointsFormula): boolean {
  const lists = () => (part.kind === 'cells' ? part.points : [...part.rows.map(({ points }) => points), part.otherwise]);
  const known = NONE_LISTED.get(part) ?? lists().some(({ length }) => length === 0);
  NONE_LISTED.set(part, known);
  return known;
}
