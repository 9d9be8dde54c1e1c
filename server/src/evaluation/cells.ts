/** The line of numbers, or of moments, cut at the bounds that a rule set names: within one cell every value gives the same outcome. */
import { Exact } from '../model/exact.ts';

export interface Cell {
  /** A value inside. */
  readonly inside: Exact;
  /** Undefined where it has no end. */
  readonly from: End | undefined;
  readonly to: End | undefined;
}

interface End {
  readonly at: Exact;
  readonly closed: boolean;
}

export interface Line {
  readonly minimum: Exact | undefined;
  readonly maximum: Exact | undefined;
  /** Whether only whole numbers are values. */
  readonly whole: boolean;
}

const ONE = Exact.of(1);
const HALF = Exact.of(0.5);

/** Every bound is a cell of its own, and so is what lies between two. */
export function cellsOf(bounds: readonly Exact[], { minimum, maximum, whole }: Line): Cell[] {
  const inside = (number: Exact) => !(minimum && number.compare(minimum) < 0) && !(maximum && number.compare(maximum) > 0);
  const points = [...bounds.filter(inside), ...[minimum, maximum].filter(each => each !== undefined)].sort((a, b) => a.compare(b));
  const distinct = points.filter((number, i) => i === 0 || !number.equals(points[i - 1]!));
  if (distinct.length === 0) return [];
  const cells: Cell[] = [];
  if (!minimum) cells.push(between(undefined, distinct[0]!));
  distinct.forEach((number, i) => {
    const end = { at: number, closed: true };
    cells.push({ inside: number, from: end, to: end });
    const next = distinct[i + 1];
    if (next || !maximum) cells.push(between(number, next));
  });
  return whole ? cells.flatMap(cell => wholeCell(cell)) : cells;
}

function between(low: Exact | undefined, high: Exact | undefined): Cell {
  const from = low && { at: low, closed: false };
  const to = high && { at: high, closed: false };
  if (!low) return { inside: high!.minus(ONE), from, to };
  return { inside: high ? low.plus(high).times(HALF) : low.plus(ONE), from, to };
}

/** The whole numbers of a cell, from the first to the last; nothing where it has none. */
function wholeCell({ from, to }: Cell): Cell[] {
  const first = from && wholeFrom(from, 1);
  const last = to && wholeFrom(to, -1);
  if (first && last && first.compare(last) > 0) return [];
  const inside = first ?? last!;
  return [{ inside, from: first && { at: first, closed: true }, to: last && { at: last, closed: true } }];
}

function wholeFrom({ at, closed }: End, step: 1 | -1): Exact {
  const { s, n, d } = at.fraction;
  const signed = s < 0n ? -n : n;
  const floor = signed >= 0n ? signed / d : -((-signed + d - 1n) / d);
  const isWhole = signed % d === 0n;
  const nearest = isWhole || step < 0 ? floor : floor + 1n;
  const moved = isWhole && !closed ? nearest + BigInt(step) : nearest;
  return Exact.parse(moved.toString()) ?? at;
}

/** Two cells side by side as one. */
export function joinCells(a: Cell, b: Cell): Cell {
  return { inside: a.inside, from: a.from, to: b.to };
}

/** As a reader sees it; an end that is the end of the line is not said. */
export function cellText({ from, to }: Cell, { minimum, maximum }: Line, text: (number: Exact) => string): string {
  if (from && to && from.at.equals(to.at)) return text(from.at);
  const low = from && !(minimum && from.closed && from.at.equals(minimum)) ? `${from.closed ? '>=' : '>'} ${text(from.at)}` : undefined;
  const high = to && !(maximum && to.closed && to.at.equals(maximum)) ? `${to.closed ? '<=' : '<'} ${text(to.at)}` : undefined;
  return [low, high].filter(part => part !== undefined).join(' and ') || 'any value';
}
