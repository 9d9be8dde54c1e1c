/**
 * Whether boxes cover a space of whole numbers, or which part of it they leave free. Exact: a box is a stretch of places on some of the axes
 * and all of the others, and the space is halved until each part lies in one box, is parted among some, or lies outside of all.
 */
import { isPartition, PATIENCE, type Parting } from './partition.ts';

/** The boxes to cover with, side by side, so that looking through thousands of them touches nothing but these numbers. */
export interface Boxes {
  /** How many places each axis has. */
  readonly sizes: readonly number[];
  /** By box: how many sides it has, then for each side the axis, the first place and the last. An axis stands in a box once. */
  readonly list: Int32Array;
}

/** Steps still allowed; looking at one box once is one step. */
export interface Steps {
  steps: number;
}

export type Cover =
  | { readonly kind: 'covered' }
  /** From `low` to `high` on each axis lies in no box. */
  | { readonly kind: 'free'; readonly low: Int32Array; readonly high: Int32Array }
  | { readonly kind: 'stopped' };

/** What is being looked at, from `low` to `high`. A list of boxes has of each box, as `Boxes` has it, the sides that still restrict it in the part. */
interface Search extends Parting {
  /** The lists of all parts that are not done with, one behind the other. */
  list: Int32Array;
  /** Whether a box was taken off the part. */
  isNarrower: boolean;
  /** What to put back: axis, first and last place. */
  readonly trail: number[];
  readonly cuts: Cuts;
  /** The halves of the part that was cut last. */
  readonly left: Half;
  readonly right: Half;
}

/** The boxes that reach into one half. */
interface Half {
  end: number;
  /** Whether some box is restricted by one side only. */
  hasSingle: boolean;
  /** Whether all of it lies in one box. */
  isCovered: boolean;
}

/** Weights of the boxes left behind at each cut, for all axes one after the other; zero where no cut is being chosen. */
interface Cuts {
  /** Where the places of an axis begin. */
  readonly offsets: Int32Array;
  /** By the first place of a box: a cut there or before it leaves the box wholly on the right. */
  readonly before: Float64Array;
  /** By the first place behind a box: a cut there or later leaves it wholly on the left. */
  readonly behind: Float64Array;
  /** By axis the weights of all boxes. */
  readonly total: Float64Array;
  /** The axes on which boxes have sides in this part. */
  readonly axes: Int32Array;
  /** The cut that was chosen: the places before `at` are the one half. */
  axis: number;
  at: number;
}

type Status = 'covered' | 'free' | 'stopped';

const COVERED = -1;

export function cover({ sizes, list }: Boxes, budget: Steps): Cover {
  if (sizes.some(size => size === 0)) return { kind: 'covered' };
  const room = new Int32Array(list.length * 5 + 16);
  room.set(list);
  const half = (): Half => ({ end: 0, hasSingle: false, isCovered: false });
  const search: Search = {
    low: new Int32Array(sizes.length),
    high: Int32Array.from(sizes, size => size - 1),
    list: room,
    isNarrower: false,
    trail: [],
    cuts: cutsOf(sizes),
    left: half(),
    right: half(),
    budget,
    patience: PATIENCE,
  };
  const end = keepOpen(search, 0, list.length);
  const kind = end === COVERED ? 'covered' : searchPart(search, 0, end, true);
  return kind === 'free' ? { kind, low: search.low, high: search.high } : { kind };
}

function cutsOf(sizes: readonly number[]): Cuts {
  const offsets = new Int32Array(sizes.length);
  let places = 0;
  sizes.forEach((size, axis) => {
    offsets[axis] = places;
    places += size + 1;
  });
  return {
    offsets,
    before: new Float64Array(places),
    behind: new Float64Array(places),
    total: new Float64Array(sizes.length),
    axes: new Int32Array(sizes.length),
    axis: 0,
    at: 0,
  };
}

/** `start` and `to`: the boxes that reach into it. */
function searchPart(search: Search, start: number, to: number, hasSingle: boolean): Status {
  if (isPartition(search.list, start, to, search)) return 'covered';
  const end = hasSingle ? takeSinglesOff(search, start, to) : to;
  if (end === COVERED) return 'covered';
  if (search.budget.steps < 0) return 'stopped';
  if (end === start) return 'free';
  chooseCut(search, start, end);
  const { axis, at } = search.cuts;
  // The list of the half that is looked at first stands last: behind it is room for its parts.
  const leftStart = end + end - start;
  cutList(search, start, end);
  const right = { ...search.right };
  const { low, high, left } = search;
  const first = left.isCovered ? 'covered' : searchHalf(search, [axis, low[axis]!, at - 1], leftStart, left);
  if (first !== 'covered' || right.isCovered) return first;
  return searchHalf(search, [axis, at, high[axis]!], end, right);
}

function searchHalf(
  search: Search,
  [axis, first, last]: readonly [number, number, number],
  start: number,
  { end, hasSingle }: Half,
): Status {
  const { trail, low, high } = search;
  const mark = trail.length;
  narrowTo(search, axis, first, last);
  const status = searchPart(search, start, end, hasSingle);
  if (status === 'free') return status;
  while (trail.length > mark) {
    const before = trail.pop()!;
    const from = trail.pop()!;
    const which = trail.pop()!;
    low[which] = from;
    high[which] = before;
  }
  return status;
}

function narrowTo({ low, high, trail }: Search, axis: number, first: number, last: number): void {
  trail.push(axis, low[axis]!, high[axis]!);
  low[axis] = first;
  high[axis] = last;
}

/** Takes boxes off the part that are restricted on one axis only, at an end of it, until there are none. Gives the end of the boxes that remain, or that nothing is left. */
function takeSinglesOff(search: Search, start: number, to: number): number {
  const { list } = search;
  for (let end = to; ; ) {
    search.isNarrower = false;
    for (let i = start; i < end; i += 1 + 3 * list[i]!)
      if (list[i] === 1 && !takeOff(search, list[i + 1]!, list[i + 2]!, list[i + 3]!)) return COVERED;
    if (!search.isNarrower) return end;
    end = keepOpen(search, start, end);
    if (end === COVERED) return COVERED;
  }
}

/** False where nothing of the part is left. */
function takeOff(search: Search, axis: number, first: number, last: number): boolean {
  const [low, high] = [search.low[axis]!, search.high[axis]!];
  if (first > high || last < low) return true;
  if (first <= low) narrowTo(search, axis, last + 1, high);
  else if (last >= high) narrowTo(search, axis, low, first - 1);
  else return true;
  search.isNarrower = true;
  return search.low[axis]! <= search.high[axis]!;
}

/** Leaves the boxes that reach into the part, each with the sides that restrict it there. Gives their end, or that one is all of the part. */
function keepOpen({ list, low, high, budget }: Search, start: number, to: number): number {
  let end = start;
  for (let i = start; i < to; ) {
    const next = i + 1 + 3 * list[i]!;
    const kept = end++;
    budget.steps--;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      const first = list[i + 1]!;
      const last = list[i + 2]!;
      if (first > high[axis]! || last < low[axis]!) break;
      if (first <= low[axis]! && last >= high[axis]!) continue;
      list[end] = axis;
      list[end + 1] = first;
      list[end + 2] = last;
      end += 3;
    }
    if (i < next) {
      // It does not reach into the part.
      i = next;
      end = kept;
      continue;
    }
    const sides = (end - kept - 1) / 3;
    if (sides === 0) return COVERED;
    list[kept] = sides;
  }
  return end;
}

/** Writes the boxes of the right half behind the list of the part, and behind room for all of them those of the left. Only the sides on that axis change. */
function cutList(search: Search, start: number, end: number): void {
  const length = end - start;
  if (search.list.length < end + 2 * length) search.list = grown(search.list, end + 2 * length);
  const { list, cuts, left, right, budget } = search;
  const { axis, at } = cuts;
  const low = search.low[axis]!;
  const high = search.high[axis]!;
  open(left, end + length);
  open(right, end);
  for (let i = start; i < end; ) {
    const sides = list[i]!;
    const next = i + 1 + 3 * sides;
    budget.steps--;
    let side = i + 1;
    while (side < next && list[side] !== axis) side += 3;
    if (side === next) {
      put(list, left, i, next, -1);
      put(list, right, i, next, -1);
    } else {
      const first = list[side + 1]!;
      const last = list[side + 2]!;
      if (first < at) put(list, left, i, next, first <= low && last >= at - 1 ? side : -1);
      if (last >= at) put(list, right, i, next, first <= at && last >= high ? side : -1);
    }
    i = next;
  }
}

function open(half: Half, at: number): void {
  half.end = at;
  half.hasSingle = false;
  half.isCovered = false;
}

/** Copies a box, without the side at `closed` unless that is below 0. */
function put(list: Int32Array, half: Half, from: number, to: number, closed: number): void {
  let end = half.end;
  for (let i = from; i < (closed < 0 ? to : closed); i++) list[end++] = list[i]!;
  if (closed >= 0) {
    for (let i = closed + 3; i < to; i++) list[end++] = list[i]!;
    list[half.end]!--;
  }
  const sides = list[half.end]!;
  if (sides === 1) half.hasSingle = true;
  else if (sides === 0) half.isCovered = true;
  half.end = end;
}

function grown(list: Int32Array, least: number): Int32Array {
  const larger = new Int32Array(Math.max(least, list.length * 2));
  larger.set(list);
  return larger;
}

/** More sides than this weigh the same. */
const MOST_SIDES = 12;
const WEIGHTS = Float64Array.from({ length: MOST_SIDES + 1 }, (_, sides) => 4 ** -sides);

/** Longer lists are looked at in part: the cut that parts every second or third box well parts the others as well. */
const MOST_LOOKED_AT = 6144;

/**
 * Looks at every cut between two places. A box weighs more the fewer sides restrict it; a cut leaves it behind on the side it does not reach. The
 * cut with the greatest product of what is left behind on either side is taken: on tables made of planes it parts the boxes, on clinical ones it
 * settles those with few sides first.
 */
function chooseCut({ list, low, high, cuts }: Search, from: number, to: number): void {
  const { offsets, before, behind, total, axes } = cuts;
  const each = 1 + Math.floor((to - from) / MOST_LOOKED_AT);
  let count = 0;
  for (let i = from, turn = 0; i < to; turn++) {
    const sides = list[i]!;
    const next = i + 1 + 3 * sides;
    if (each > 1 && turn % each > 0) {
      i = next;
      continue;
    }
    const weight = WEIGHTS[sides < MOST_SIDES ? sides : MOST_SIDES]!;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      const offset = offsets[axis]!;
      if (total[axis] === 0) axes[count++] = axis;
      total[axis]! += weight;
      before[offset + Math.max(list[i + 1]!, low[axis]!)]! += weight;
      behind[offset + Math.min(list[i + 2]!, high[axis]!) + 1]! += weight;
    }
  }
  let best = -1;
  for (let i = 0; i < count; i++) best = bestCut(cuts, axes[i]!, low[axes[i]!]!, high[axes[i]!]!, best);
}

const SMALL = 1e-9;

/** Takes note of the axis' best cut if it is better than `best`, and gives the better of the two. Leaves the weights at zero. */
function bestCut(cuts: Cuts, axis: number, low: number, high: number, best: number): number {
  const { before, behind } = cuts;
  const offset = cuts.offsets[axis]!;
  let right = cuts.total[axis]!;
  let left = 0;
  for (let at = low + 1; at <= high; at++) {
    right -= before[offset + at - 1]!;
    left += behind[offset + at]!;
    before[offset + at - 1] = 0;
    behind[offset + at] = 0;
    const gain = (left + SMALL) * (right + SMALL) + (left + right) * SMALL;
    if (gain > best) {
      best = gain;
      cuts.axis = axis;
      cuts.at = at;
    }
  }
  before[offset + high] = 0;
  behind[offset + high + 1] = 0;
  cuts.total[axis] = 0;
  return best;
}
