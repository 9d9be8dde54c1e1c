/** The numbers that tests name, each once, by its place in a list: a table of its own, because tens of thousands are looked up before anything is decided. */
import type { Exact } from '../model/exact.ts';

export interface NumberPlaces {
  readonly numbers: Exact[];
  /** Doubles in a ring of slots, each as near as it can be to where it belongs, and the places of their numbers, from 1 on. */
  keys: Float64Array;
  places: Int32Array;
}

const FEWEST_SLOTS = 64;

export function noNumbers(): NumberPlaces {
  return { numbers: [], keys: new Float64Array(FEWEST_SLOTS), places: new Int32Array(FEWEST_SLOTS) };
}

/** Numbers of few digits are told apart by their doubles; others stand twice if they are named twice. */
export function placeOf(known: NumberPlaces, number: Exact): number {
  const { numbers, keys, places } = known;
  if (!number.short) return numbers.push(number) - 1;
  const { double } = number;
  const slot = slotOf(keys, places, double);
  if (places[slot] !== 0) return places[slot]! - 1;
  keys[slot] = double;
  places[slot] = numbers.push(number);
  if (2 * numbers.length > places.length) widen(known);
  return numbers.length - 1;
}

/** Where the double is, or the free slot where it may be put. */
function slotOf(keys: Float64Array, places: Int32Array, double: number): number {
  const last = places.length - 1;
  let slot = hashOf(double) & last;
  while (places[slot] !== 0 && keys[slot] !== double) slot = (slot + 1) & last;
  return slot;
}

function widen(known: NumberPlaces): void {
  const { keys, places } = known;
  known.keys = new Float64Array(2 * keys.length);
  known.places = new Int32Array(2 * places.length);
  for (let i = 0; i < places.length; i++) {
    if (places[i] === 0) continue;
    const slot = slotOf(known.keys, known.places, keys[i]!);
    known.keys[slot] = keys[i]!;
    known.places[slot] = places[i]!;
  }
}

const DOUBLE = new Float64Array(1);
const HALVES = new Uint32Array(DOUBLE.buffer);

/** All its digits count. Zero is the same whatever its sign. */
function hashOf(double: number): number {
  DOUBLE[0] = double + 0;
  const mixed = Math.imul(HALVES[0]! ^ Math.imul(HALVES[1]!, 0x85ebca6b), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
