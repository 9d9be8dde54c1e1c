/** What follows from the total of a score for its components, and the other way round. */
import { type Bits, bitsWhere, hasBit, intersection, isSubset } from './bits.ts';
import { type PointsFormula, possiblePoints, type Sum } from './formula.ts';
import { type PointSet, pointSet, sumsOf } from './point-sets.ts';

/** Narrows the box in place. Whether anything changed; a variable without cells is left for the caller to see. */
export function narrowSum(sum: Sum, box: Bits[]): boolean {
  const { score, variable, totals, several } = sum;
  if (several && hasBit(box[variable]!, totals.length)) return false;
  const points = score.parts.map(part => possiblePoints(part, box));
  const before = sumsFrom(points);
  const after = sumsFrom([...points].reverse()).reverse();
  const reached = before[points.length]!;
  let changed = restrict(box, variable, cell => cell < totals.length && reached.has(totals[cell]!));
  const wanted = new Set(totals.filter((_, cell) => hasBit(box[variable]!, cell)));
  score.parts.forEach((part, i) => {
    if (part.kind !== 'cells') return;
    const fits = (point: number) => anyPair(before[i]!, after[i + 1]!, (a, b) => wanted.has(a + point + b));
    const fitting = new Map([...points[i]!].map(point => [point, fits(point)]));
    if (restrict(box, part.variable, cell => settledPoint(part, cell) !== undefined && fitting.get(settledPoint(part, cell)!) === true))
      changed = true;
  });
  return changed;
}

/** The one point of a cell; undefined where the source leaves it open, which no settled total allows. */
function settledPoint({ points }: Extract<PointsFormula, { kind: 'cells' }>, cell: number): number | undefined {
  const [first, ...others] = points[cell]!;
  return others.every(other => other === first) ? first : undefined;
}

/** The sums of the first 0, 1, 2 … sets. */
function sumsFrom(points: readonly PointSet[]): PointSet[] {
  const sums = [pointSet([0])];
  for (const set of points) sums.push(sumsOf(sums.at(-1)!, set));
  return sums;
}

function anyPair(as: ReadonlySet<number>, bs: ReadonlySet<number>, holds: (a: number, b: number) => boolean): boolean {
  for (const a of as) for (const b of bs) if (holds(a, b)) return true;
  return false;
}

function restrict(box: Bits[], variable: number, allowed: (cell: number) => boolean): boolean {
  const left = box[variable]!;
  const bits = bitsWhere(left.length * 32, cell => hasBit(left, cell) && allowed(cell));
  if (isSubset(left, bits)) return false;
  box[variable] = intersection(left, bits);
  return true;
}
