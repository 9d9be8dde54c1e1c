/** Whether few boxes fill a part of a space exactly, none meeting another, as the rows of most decision tables do: then nothing is free, and nothing need be halved. */

/** From `low` to `high` on each axis. */
interface Part {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

export interface Parting extends Part {
  readonly budget: { steps: number };
  /** How often it is still asked: boxes that often do not fill their part most likely are not meant to. */
  patience: number;
}

export const PATIENCE = 3;

/** More boxes than this are halved first, for each is compared with each. */
const MOST_BOXES = 32;
/** So few seldom ask more axes. */
const MOST_AXES = 16;
/** Up to here a double holds every whole number. */
const MOST_PLACES = 2 ** 53;

/** By box, for each of the axes that some box has a side on, its first place in the part and its last. */
const FIRST = new Int32Array(MOST_BOXES * MOST_AXES);
const LAST = new Int32Array(MOST_BOXES * MOST_AXES);
/** These axes, in the order in which they are met. */
const AXES = new Int32Array(MOST_AXES);
/** By axis its number among them, from 1 on. All are 0 between two questions. */
let numbers = new Int32Array(64);

/** The boxes stand in `list` from `start` to before `end`, as `Boxes` has them, and all reach into the part. Takes one step a box, where they are few. */
export function isPartition(list: Int32Array, start: number, end: number, part: Parting): boolean {
  if (part.patience === 0) return false;
  const count = countOf(list, start, end);
  if (count > MOST_BOXES) return false;
  part.budget.steps -= count;
  if (numbers.length < part.low.length) numbers = new Int32Array(2 * part.low.length);
  const width = axesOf(list, start, end);
  const told = width <= MOST_AXES && fillsUp(list, start, end, part, width) && areApart(count * width, width);
  for (let k = 0; k < width && k < MOST_AXES; k++) numbers[AXES[k]!] = 0;
  part.patience = told ? PATIENCE : part.patience - 1;
  return told;
}

function countOf(list: Int32Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end && count <= MOST_BOXES; i += 1 + 3 * list[i]!) count++;
  return count;
}

/** Numbers the axes, and gives how many there are: one more than the most where there are too many. */
function axesOf(list: Int32Array, start: number, end: number): number {
  let width = 0;
  for (let i = start; i < end; ) {
    const next = i + 1 + 3 * list[i]!;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      if (numbers[axis] !== 0) continue;
      if (width === MOST_AXES) return width + 1;
      AXES[width++] = axis;
      numbers[axis] = width;
    }
  }
  return width;
}

/** Whether the boxes have together as many places as the part. Puts down where each begins and ends. */
function fillsUp(list: Int32Array, start: number, end: number, { low, high }: Part, width: number): boolean {
  let whole = 1;
  for (let k = 0; k < width; k++) whole *= high[AXES[k]!]! - low[AXES[k]!]! + 1;
  if (whole > MOST_PLACES) return false;
  let left = whole;
  let at = -1;
  for (let i = start; i < end; at += width) {
    for (let k = 0; k < width; k++) {
      FIRST[at + 1 + k] = low[AXES[k]!]!;
      LAST[at + 1 + k] = high[AXES[k]!]!;
    }
    let size = whole;
    const next = i + 1 + 3 * list[i]!;
    for (i++; i < next; i += 3) {
      const axis = list[i]!;
      const first = Math.max(list[i + 1]!, low[axis]!);
      const last = Math.min(list[i + 2]!, high[axis]!);
      FIRST[at + numbers[axis]!] = first;
      LAST[at + numbers[axis]!] = last;
      size = (size / (high[axis]! - low[axis]! + 1)) * (last - first + 1);
    }
    left -= size;
    if (left < 0) return false;
  }
  return left === 0;
}

/** Whether no box meets another. */
function areApart(end: number, width: number): boolean {
  for (let one = width; one < end; one += width)
    for (let other = 0; other < one; other += width) if (doMeet(one, other, width)) return false;
  return true;
}

function doMeet(one: number, other: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (FIRST[one + k]! > LAST[other + k]! || LAST[one + k]! < FIRST[other + k]!) return false;
  return true;
}
