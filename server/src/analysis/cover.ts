/**
 * Whether boxes cover a space of whole numbers, or which part of it they leave free. Exact: a box is a stretch of places on some of the axes
 * and all of the others, and the space is halved until each part lies in one box or outside of all.
 */

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

/** Takes what is open of a box: how many sides still restrict it, as many numbers as in `Boxes`. */
interface Search {
  /** The part being looked at, by axis its first and last place. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The boxes that matter in each part, those of a part behind those of the part it was cut from. */
  list: Int32Array;
  /** Whether the last look narrowed the part. */
  isNarrower: boolean;
  /** What to put back: axis, first and last place. */
  readonly trail: number[];
  readonly cuts: Cuts;
  readonly budget: Steps;
}

/** Weights of the boxes left behind at each cut, for all axes one after the other. */
interface Cuts {
  /** Where the places of an axis begin. */
  readonly offsets: Int32Array;
  /** By the first place of a box: a cut there or before it leaves the box wholly on the right. */
  readonly before: Float64Array;
  /** By the first place behind a box: a cut there or later leaves it wholly on the left. */
  readonly behind: Float64Array;
  readonly total: Float64Array;
  /** The axes on which boxes have sides in this part. */
  readonly axes: Int32Array;
  /** The number of the last part in which the axis was met. */
  readonly met: Int32Array;
  part: number;
  /** The cut that was chosen: the places before `at` are the one half. */
  axis: number;
  at: number;
}

type Status = 'covered' | 'free' | 'stopped';

const COVERED = -1;

export function cover({ sizes, list }: Boxes, budget: Steps): Cover {
  const high = Int32Array.from(sizes, size => size - 1);
  const room = new Int32Array(list.length * 3 + 16);
  room.set(list);
  const search: Search = { low: new Int32Array(sizes.length), high, list: room, isNarrower: false, trail: [], cuts: cutsOf(sizes), budget };
  if (sizes.some(size => size === 0)) return { kind: 'covered' };
  const kind = searchPart(search, 0, list.length);
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
    met: new Int32Array(sizes.length),
    part: 0,
    axis: 0,
    at: 0,
  };
}

/** `from` and `to`: the boxes of the part this one was cut from. */
function searchPart(search: Search, from: number, to: number): Status {
  const start = to;
  let end = takeOpen(search, from, to, start);
  while (search.isNarrower && end !== COVERED) end = takeOpen(search, start, end, start);
  if (end === COVERED) return 'covered';
  if (search.budget.steps < 0) return 'stopped';
  if (end === start) return 'free';
  chooseCut(search, start, end);
  const { axis, at } = search.cuts;
  const first = searchHalf(search, axis, search.low[axis]!, at - 1, start, end);
  return first === 'covered' ? searchHalf(search, axis, at, search.high[axis]!, start, end) : first;
}

function searchHalf(search: Search, axis: number, low: number, high: number, from: number, to: number): Status {
  const { trail } = search;
  const mark = trail.length;
  narrowTo(search, axis, low, high);
  const status = searchPart(search, from, to);
  if (status === 'free') return status;
  while (trail.length > mark) {
    const last = trail.pop()!;
    const first = trail.pop()!;
    const which = trail.pop()!;
    search.low[which] = first;
    search.high[which] = last;
  }
  return status;
}

function narrowTo({ low, high, trail }: Search, axis: number, first: number, last: number): void {
  trail.push(axis, low[axis]!, high[axis]!);
  low[axis] = first;
  high[axis] = last;
}

/**
 * Writes the boxes that reach into the part to `at`, each with the sides that still restrict it. A box that is restricted on one axis only, at an
 * end of it, is taken off the part. Gives the end of what was written, or that nothing of the part is left.
 */
function takeOpen(search: Search, from: number, to: number, at: number): number {
  if (search.list.length < at + to - from) search.list = grown(search.list, at + to - from);
  const { list, low, high, budget } = search;
  search.isNarrower = false;
  let end = at;
  for (let i = from; i < to; ) {
    const next = i + 1 + 3 * list[i]!;
    const kept = end++;
    budget.steps--;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      const [first, last] = [list[i + 1]!, list[i + 2]!];
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
    list[kept] = sides;
    if (sides === 0) return COVERED;
    if (sides === 1 && takeOff(search, list[kept + 1]!, list[kept + 2]!, list[kept + 3]!)) end = kept;
  }
  return end;
}

function takeOff(search: Search, axis: number, first: number, last: number): boolean {
  const { low, high } = search;
  if (first <= low[axis]!) narrowTo(search, axis, last + 1, high[axis]!);
  else if (last >= high[axis]!) narrowTo(search, axis, low[axis]!, first - 1);
  else return false;
  search.isNarrower = true;
  return true;
}

function grown(list: Int32Array, least: number): Int32Array {
  const larger = new Int32Array(Math.max(least, list.length * 2));
  larger.set(list);
  return larger;
}

/** More sides than this weigh the same. */
const MOST_SIDES = 12;
const WEIGHTS = Float64Array.from({ length: MOST_SIDES + 1 }, (_, sides) => 4 ** -sides);

/**
 * Looks at every cut between two places. A box weighs more the fewer sides restrict it; a cut leaves it behind on the side it does not reach. The
 * cut with the greatest product of what is left behind on either side is taken: on tables made of planes it parts the boxes, on clinical ones it
 * settles those with few sides first.
 */
function chooseCut(search: Search, from: number, to: number): void {
  const { list, low, high, cuts } = search;
  const { offsets, before, behind, total } = cuts;
  const count = meetAxes(search, from, to);
  for (let i = from; i < to; ) {
    const sides = list[i]!;
    const weight = WEIGHTS[sides < MOST_SIDES ? sides : MOST_SIDES]!;
    const next = i + 1 + 3 * sides;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      const first = list[i + 1]!;
      const last = list[i + 2]!;
      const offset = offsets[axis]!;
      if (first > low[axis]!) {
        before[offset + first]! += weight;
        total[axis]! += weight;
      }
      if (last < high[axis]!) behind[offset + last + 1]! += weight;
    }
  }
  let best = -1;
  for (let i = 0; i < count; i++) best = bestCut(search, cuts.axes[i]!, best);
}

/** Empties the weights of the axes that have sides in the part, and gives their number. */
function meetAxes({ list, low, high, cuts }: Search, from: number, to: number): number {
  const { offsets, before, behind, total, axes, met } = cuts;
  const part = ++cuts.part;
  let count = 0;
  for (let i = from; i < to; ) {
    const next = i + 1 + 3 * list[i]!;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      if (met[axis] === part) continue;
      met[axis] = part;
      axes[count++] = axis;
      const offset = offsets[axis]!;
      before.fill(0, offset + low[axis]!, offset + high[axis]! + 1);
      behind.fill(0, offset + low[axis]!, offset + high[axis]! + 1);
      total[axis] = 0;
    }
  }
  return count;
}

const SMALL = 1e-9;

/** Takes note of the axis' best cut if it is better than `best`, and gives the better of the two. */
function bestCut({ low, high, cuts }: Search, axis: number, best: number): number {
  const { before, behind } = cuts;
  const offset = cuts.offsets[axis]!;
  let right = cuts.total[axis]!;
  let left = 0;
  for (let at = low[axis]! + 1; at <= high[axis]!; at++) {
    right -= before[offset + at - 1]!;
    left += behind[offset + at]!;
    const gain = (left + SMALL) * (right + SMALL) + (left + right) * SMALL;
    if (gain > best) {
      best = gain;
      cuts.axis = axis;
      cuts.at = at;
    }
  }
  return best;
}
