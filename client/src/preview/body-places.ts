/** Where marks and cards go on the body map: numbers only, in the units of the drawing's view box. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MAP = { width: 592, height: 626 };
/** Cards stand between the two figures. */
export const CARDS = { left: 220, right: 372 };
/** Between the figures the hands reach in here. */
const HANDS = { top: 300, bottom: 385 };
const MIDDLE = MAP.width / 2;
/** In these steps of a mark's size a place beside the bone is looked for, nearest first. */
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

/** Marks keep at least `size` from each other's centre: one that would collide moves aside, away from its own bone as little as possible. The first come first. */
export function placeMarks(anchors: readonly Point[], size: number): readonly Point[] {
  const placed: Point[] = [];
  for (const anchor of anchors) placed.push(freePlace(anchor, size, placed));
  return placed;
}

function freePlace(anchor: Point, size: number, placed: readonly Point[]): Point {
  const tries = STEPS.flatMap(down => STEPS.map(across => ({ x: anchor.x + across * size, y: anchor.y + down * size })));
  const inside = tries.filter(({ x, y }) => Math.abs(x - MIDDLE) <= MIDDLE - size / 2 && y >= size / 2 && y <= MAP.height - size / 2);
  const free = inside.filter(point => placed.every(other => distance(point, other) >= size - 0.001));
  return (
    free.reduce<Point | undefined>(
      (best, point) => (!best || distance(point, anchor) < distance(best, anchor) ? point : best),
      undefined,
    ) ?? anchor
  );
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** How many cards of this height fit. */
export function roomForCards(height: number): number {
  return rooms(height).reduce((sum, { most }) => sum + most, 0);
}

/**
 * The middles of the cards, for marks at these heights: in the order of the marks, so that no two leaders of a figure cross, clear of the hands and of each
 * other, and as near to their marks as that allows. No more marks than `roomForCards` says.
 */
export function placeCards(heights: readonly number[], height: number): readonly number[] {
  const order = heights.map((_, index) => index).sort((a, b) => heights[a]! - heights[b]! || a - b);
  const wanted = order.map(index => heights[index]!);
  const [above, below] = rooms(height);
  const splits = wanted.map((_, index) => index).concat(wanted.length);
  const options = splits
    .filter(split => split <= above!.most && wanted.length - split <= below!.most)
    .map(split => [...spread(wanted.slice(0, split), height, above!), ...spread(wanted.slice(split), height, below!)]);
  const best = options.reduce<number[] | undefined>(
    (one, other) => (!one || away(other, wanted) < away(one, wanted) ? other : one),
    undefined,
  );
  const places = new Array<number>(heights.length).fill(MAP.height / 2);
  for (const [rank, index] of order.entries()) places[index] = best?.[rank] ?? MAP.height / 2;
  return places;
}

interface Room {
  readonly top: number;
  readonly bottom: number;
  readonly most: number;
}

/** Above the hands and below them. */
function rooms(height: number): readonly Room[] {
  const room = (top: number, bottom: number) => ({ top, bottom, most: Math.floor((bottom - top) / height) });
  return [room(0, HANDS.top), room(HANDS.bottom, MAP.height)];
}

function away(places: readonly number[], wanted: readonly number[]): number {
  return places.reduce((sum, place, index) => sum + Math.abs(place - wanted[index]!), 0);
}

/** Pushed down until none overlaps, then up until the last one is inside. */
function spread(wanted: readonly number[], height: number, { top, bottom }: Room): number[] {
  const places: number[] = [];
  for (const each of wanted) places.push(Math.max(each, (places.at(-1) ?? top - height / 2) + height));
  for (let i = places.length - 1; i >= 0; i--) places[i] = Math.min(places[i]!, (places[i + 1] ?? bottom + height / 2) - height);
  return places;
}
