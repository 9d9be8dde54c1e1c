/**
 * What of the boxes of some rules lies in the box of another, in places of its own: each axis is cut only where one of these begins or ends, so that
 * rules beside them change nothing, not even the steps.
 */
import type { Boxes } from './cover.ts';
import type { PlainBoxes } from './plain-boxes.ts';

/** Room for one question after the other. Cuts and places are kept for all axes, one behind the other. */
interface Room {
  /** By axis where its cuts begin. */
  readonly offsets: Int32Array;
  /** By axis the first cell of the box and the last. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** By axis how many cuts there are, and which. */
  readonly counts: Int32Array;
  readonly cuts: Int32Array;
  /** By cut for which question it was made last: what another question left there is never read. */
  readonly seen: Int32Array;
  stamp: number;
  /** By cut the number of the place that begins there; the first place begins before all of them. */
  readonly numbers: Int32Array;
  /** By axis its number among those that are cut. */
  readonly own: Int32Array;
  list: Int32Array;
}

const ROOMS = new WeakMap<PlainBoxes, Room>();

/** Of each of the rivals, by their places, in their order. What is given is good until the next is asked for. */
export function boxesWithin(plain: PlainBoxes, index: number, rivals: readonly number[]): Boxes {
  const room = roomFor(plain);
  take(room, plain, index);
  const sides = cutAll(room, plain, rivals);
  const sizes = numberPlaces(room);
  const most = rivals.length + sides;
  if (room.list.length < most) room.list = new Int32Array(2 * most);
  return { sizes, list: room.list.subarray(0, write(room, plain, rivals)) };
}

function roomFor(plain: PlainBoxes): Room {
  const known = ROOMS.get(plain);
  if (known) return known;
  const { axes } = plain;
  const offsets = new Int32Array(axes.length);
  let end = 0;
  axes.forEach(({ size }, axis) => {
    offsets[axis] = end;
    end += size + 1;
  });
  const byAxis = () => new Int32Array(axes.length);
  const byCut = () => new Int32Array(end);
  const room = {
    ...{ offsets, low: byAxis(), high: byAxis(), counts: byAxis(), own: byAxis() },
    ...{ cuts: byCut(), seen: byCut(), numbers: byCut(), stamp: 0, list: byAxis() },
  };
  ROOMS.set(plain, room);
  return room;
}

function take(room: Room, { axes, starts, sides }: PlainBoxes, index: number): void {
  const { low, high, counts } = room;
  room.stamp++;
  for (let axis = 0; axis < axes.length; axis++) {
    low[axis] = 0;
    high[axis] = axes[axis]!.size - 1;
    counts[axis] = 0;
  }
  for (let i = starts[index]!; i < starts[index + 1]!; i += 3) {
    low[sides[i]!] = sides[i + 1]!;
    high[sides[i]!] = sides[i + 2]!;
  }
}

/** Gives how many numbers their sides are. */
function cutAll(room: Room, { starts, sides }: PlainBoxes, rivals: readonly number[]): number {
  const { low, high, offsets, counts, cuts, seen, stamp } = room;
  let count = 0;
  for (let at = 0; at < rivals.length; at++) {
    const rival = rivals[at]!;
    const start = starts[rival]!;
    const end = starts[rival + 1]!;
    count += end - start;
    for (let i = start; i < end; i += 3) {
      const axis = sides[i]!;
      const offset = offsets[axis]!;
      const first = sides[i + 1]!;
      if (first > low[axis]! && seen[offset + first] !== stamp) {
        seen[offset + first] = stamp;
        cuts[offset + counts[axis]!++] = first;
      }
      const behind = sides[i + 2]! + 1;
      if (behind <= high[axis]! && seen[offset + behind] !== stamp) {
        seen[offset + behind] = stamp;
        cuts[offset + counts[axis]!++] = behind;
      }
    }
  }
  return count;
}

/** Gives how many places each axis has that is cut. */
function numberPlaces({ offsets, counts, cuts, numbers, own }: Room): number[] {
  const sizes: number[] = [];
  for (let axis = 0; axis < counts.length; axis++) {
    const count = counts[axis]!;
    if (count === 0) continue;
    own[axis] = sizes.length;
    sizes.push(count + 1);
    const offset = offsets[axis]!;
    if (count > 1) cuts.subarray(offset, offset + count).sort();
    for (let i = 0; i < count; i++) numbers[offset + cuts[offset + i]!] = i + 1;
  }
  return sizes;
}

/** Gives where the list ends. */
function write(room: Room, { starts, sides }: PlainBoxes, rivals: readonly number[]): number {
  const { low, high, offsets, counts, numbers, own, list } = room;
  let end = 0;
  for (let n = 0; n < rivals.length; n++) {
    const rival = rivals[n]!;
    const at = end++;
    let count = 0;
    for (let i = starts[rival]!; i < starts[rival + 1]!; i += 3) {
      const axis = sides[i]!;
      const from = sides[i + 1]!;
      const to = sides[i + 2]!;
      if (from <= low[axis]! && to >= high[axis]!) continue;
      const offset = offsets[axis]!;
      list[end] = own[axis]!;
      list[end + 1] = from <= low[axis]! ? 0 : numbers[offset + from]!;
      list[end + 2] = to >= high[axis]! ? counts[axis]! : numbers[offset + to + 1]! - 1;
      end += 3;
      count++;
    }
    list[at] = count;
  }
  return end;
}
