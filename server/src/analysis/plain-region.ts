/** How far a gap between plain boxes reaches around its witness: what `regionOf` says of it, read off the boxes' sides, without a formula for each rule. */
import { type Bits, countBits, firstBit, fullBits, hasBit, members } from './bits.ts';
import { MOST_STEPS, type Region } from './region.ts';
import type { Space } from './space.ts';

/** The boxes outside of which all of the region lies: each side the variable, the first cell and the last. */
export interface OutsideOf {
  readonly count: number;
  /** By box where its sides begin in `sides`; those of the next follow. */
  readonly starts: Int32Array;
  readonly sides: Int32Array;
}

interface Growth {
  readonly space: Space;
  readonly outside: OutsideOf;
  readonly box: Bits[];
  /** By variable that some box has a side on, for each of its cells how many before it are in the region. */
  readonly before: readonly (Int32Array | undefined)[];
  steps: number;
}

/** `seed` has the cells of the witness first. */
export function plainRegionOf(space: Space, seed: readonly Bits[], outside: OutsideOf): Region {
  const asked = new Set<number>();
  for (let i = 0; i < outside.sides.length; i += 3) asked.add(outside.sides[i]!);
  const order = [...asked].sort((a, b) => a - b);
  const box = space.box.map((all, variable) => (asked.has(variable) ? oneOf(all, firstBit(seed[variable]!)) : all));
  const before = box.map((_, variable) => (asked.has(variable) ? new Int32Array(sizeOf(space, variable) + 1) : undefined));
  const growth: Growth = { space, outside, box, before, steps: MOST_STEPS };
  for (const variable of order) count(growth, variable);
  for (const variable of order) tryWith(growth, variable, fullBits(sizeOf(space, variable)));
  widenAll(growth, order);
  return order.flatMap(index => {
    const variable = space.variables[index]!;
    const cells = members(box[index]!);
    return cells.length === variable.cells.length ? [] : [{ variable, cells: cells.map(cell => variable.cells[cell]!) }];
  });
}

/** Value by value. One with which some patient meets a box stays outside, however the rest grows. */
function widenAll(growth: Growth, order: readonly number[]): void {
  const { box, space } = growth;
  const refuted = new Set<string>();
  for (let size = -1, now = 0; size !== now; ) {
    size = now;
    for (const variable of order)
      for (let cell = 0; cell < sizeOf(space, variable); cell++) {
        const name = `${variable} ${cell}`;
        if (hasBit(box[variable]!, cell) || refuted.has(name)) continue;
        if (!tryWith(growth, variable, withCell(box[variable]!, cell))) refuted.add(name);
      }
    now = order.reduce((sum, variable) => sum + countBits(box[variable]!), 0);
  }
}

/** Whether nobody of the region meets a box then; it is changed only so. */
function tryWith(growth: Growth, variable: number, cells: Bits): boolean {
  const { box } = growth;
  const last = box[variable]!;
  box[variable] = cells;
  count(growth, variable);
  if (isOutsideOfAll(growth)) return true;
  box[variable] = last;
  count(growth, variable);
  return false;
}

/** Steps are those that formulas would take: one for each, and one more for the first that is not false. */
function isOutsideOfAll(growth: Growth): boolean {
  const { before, outside } = growth;
  const { starts, sides } = outside;
  growth.steps -= outside.count;
  if (growth.steps < 0) return false;
  for (let i = 0; i < outside.count; i++) {
    let side = starts[i]!;
    const end = starts[i + 1]!;
    for (; side < end; side += 3) {
      const counts = before[sides[side]!]!;
      if (counts[sides[side + 1]!] === counts[sides[side + 2]! + 1]) break;
    }
    if (side < end) continue;
    growth.steps--;
    return false;
  }
  return true;
}

function count({ box, before }: Growth, variable: number): void {
  const counts = before[variable]!;
  const bits = box[variable]!;
  for (let cell = 0; cell + 1 < counts.length; cell++) counts[cell + 1] = counts[cell]! + (hasBit(bits, cell) ? 1 : 0);
}

function sizeOf({ variables }: Space, variable: number): number {
  return variables[variable]!.cells.length;
}

function oneOf(like: Bits, cell: number): Bits {
  return withCell(new Uint32Array(like.length), cell);
}

function withCell(bits: Bits, cell: number): Bits {
  const more = bits.slice();
  more[cell >> 5]! |= 1 << (cell & 31);
  return more;
}
