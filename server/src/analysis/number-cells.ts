/** Which cells of a number meet a test, found by halving: cells stand in order, and every number a test names is one of their ends. */
import type { Exact } from '../model/exact.ts';
import { type Bits, setRange } from './bits.ts';
import type { Cell as PlainCell, UnitTest } from './cells.ts';
import { isLower, isStrict } from './limits.ts';
import type { Cell } from './variables.ts';

type NumberCell = Extract<Cell, { kind: 'number' }>;

/** A stretch of cells in one unit, in order. */
interface Stretch {
  readonly unit: string | undefined;
  readonly start: number;
  /** The first behind it. */
  readonly end: number;
}

/** Where the numbers stand among the cells of a variable, and where the others. */
export interface Layout {
  readonly stretches: readonly Stretch[];
  readonly others: readonly number[];
}

export function layoutOf(cells: readonly Cell[]): Layout {
  return { stretches: stretchesOf(cells), others: othersOf(cells) };
}

function stretchesOf(cells: readonly Cell[]): Stretch[] {
  const stretches: { unit: string | undefined; start: number; end: number }[] = [];
  cells.forEach((cell, i) => {
    if (cell.kind !== 'number') return;
    const last = stretches.at(-1);
    if (last && last.end === i && last.unit === cell.unit) last.end = i + 1;
    else stretches.push({ unit: cell.unit, start: i, end: i + 1 });
  });
  return stretches;
}

/** The places of the cells that are no numbers. */
function othersOf(cells: readonly Cell[]): number[] {
  return cells.flatMap(({ kind }, i) => (kind === 'number' ? [] : [i]));
}

/** Marks the cells of the stretch that meet the test. */
export function markMeeting(bits: Bits, cells: readonly Cell[], { start, end }: Stretch, { limits, numbers }: UnitTest): void {
  let [from, to] = [start, end];
  for (const limit of limits) {
    const at = firstBeyond(cells, start, end, limit.number, isLower(limit) === isStrict(limit));
    if (isLower(limit)) from = Math.max(from, at);
    else to = Math.min(to, at);
  }
  if (!numbers) return setRange(bits, from, to);
  for (const number of numbers) {
    const at = firstBeyond(cells, from, to, number, false);
    if (at < to && isPoint(cells[at] as NumberCell, number)) setRange(bits, at, at + 1);
  }
}

/** Of cells that are all numbers, in order, the first that lies above the number, or at it unless `passing`. */
export function firstBeyond(cells: readonly (Cell | PlainCell)[], start: number, end: number, number: Exact, passing: boolean): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(cells[middle] as PlainCell, number, passing)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** An open stretch lies above every number up to its lower end. One without ends stands alone: no number cuts it. */
function isBeyond(cell: PlainCell, number: Exact, passing: boolean): boolean {
  const { above, below } = cell;
  if (above) return above.compare(number) >= 0;
  if (below) return below.compare(number) > 0 && cell.value.compare(number) > 0;
  const order = cell.value.compare(number);
  return passing ? order > 0 : order >= 0;
}

function isPoint(cell: NumberCell, number: Exact): boolean {
  return !cell.above && !cell.below && cell.value.equals(number);
}
