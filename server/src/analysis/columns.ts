/** What one fact says of all rules at once: sets of rules, a bit for each, so that a whole column is asked with a few words. */
import { type Bits, emptyBits, firstBit, fullBits, hasBit, intersection, lastBit, members, union } from './bits.ts';

/** A rule, by its place, that says something of the fact: the cells it allows. */
export interface Said {
  readonly rule: number;
  readonly cells: Bits;
}

export interface Column {
  /** Leaves those that allow one of the cells. */
  keepMeeting(left: Bits, cells: Bits): void;
  /** Leaves those that allow all of the cells. */
  keepContaining(left: Bits, cells: Bits): void;
  /** Those that say nothing of it. */
  readonly silent: Bits;
}

/** More cells than this are not told apart one by one where a rule allows several stretches of them. */
export const FEW_CELLS = 64;

/** `size`: of the cells; `rules`: of all. */
export function columnOf(said: readonly Said[], size: number, rules: number): Column {
  const silent = fullBits(rules);
  for (const { rule } of said) silent[rule >> 5]! &= ~(1 << (rule & 31));
  return size <= FEW_CELLS ? byCell(said, silent, size) : byStretch(said, silent, size);
}

function byCell(needed: readonly Said[], silent: Bits, size: number): Column {
  const allowing = Array.from({ length: size }, () => silent.slice());
  for (const { rule, cells } of needed)
    for (let cell = 0; cell < size; cell++) if (hasBit(cells, cell)) allowing[cell]![rule >> 5]! |= 1 << (rule & 31);
  const within = (cells: Bits) => members(cells).filter(cell => cell < size);
  const none = emptyBits(silent.length * 32);
  const everybody = fullBits(silent.length * 32);
  const meeting = once(cells => within(cells).reduce((sum, cell) => union(sum, allowing[cell]!), none));
  const containing = once(cells => within(cells).reduce((left, cell) => intersection(left, allowing[cell]!), everybody));
  return {
    silent,
    keepMeeting: (left, cells) => keep(left, meeting(cells)),
    keepContaining: (left, cells) => keep(left, containing(cells)),
  };
}

function once(make: (cells: Bits) => Bits): (cells: Bits) => Bits {
  const known = new Map<string, Bits>();
  // Tests that are written alike have the very same cells.
  const same = new WeakMap<Bits, Bits>();
  return cells => {
    const before = same.get(cells);
    if (before) return before;
    const key = cells.join();
    const bits = known.get(key) ?? make(cells);
    known.set(key, bits);
    same.set(cells, bits);
    return bits;
  };
}

/** Two stretches meet if each begins before the other ends. What is not one stretch is taken as the shortest around it. */
function byStretch(needed: readonly Said[], silent: Bits, size: number): Column {
  const begun = Array.from({ length: size }, () => new Uint32Array(silent.length));
  const going = Array.from({ length: size }, () => new Uint32Array(silent.length));
  begun[0] = silent.slice();
  going[size - 1] = silent.slice();
  for (const { rule, cells } of needed) {
    const [first, last] = endsOf(cells, size);
    if (first < 0) continue;
    begun[first]![rule >> 5]! |= 1 << (rule & 31);
    going[last]![rule >> 5]! |= 1 << (rule & 31);
  }
  for (let cell = 1; cell < size; cell++) add(begun[cell]!, begun[cell - 1]!);
  for (let cell = size - 2; cell >= 0; cell--) add(going[cell]!, going[cell + 1]!);
  const keepBetween = (left: Bits, begins: number, ends: number) => {
    if (begins < 0) left.fill(0);
    else keepBoth(left, begun[begins]!, going[ends]!);
  };
  return {
    silent,
    keepMeeting: (left, cells) => {
      const [first, last] = endsOf(cells, size);
      keepBetween(left, last, first);
    },
    keepContaining: (left, cells) => keepBetween(left, ...endsOf(cells, size)),
  };
}

/** These change the first set in place: it is nobody else's yet. */
export function keep(left: Bits, others: Bits): void {
  for (let i = 0; i < left.length; i++) left[i]! &= others[i]!;
}

function keepBoth(left: Bits, one: Bits, other: Bits): void {
  for (let i = 0; i < left.length; i++) left[i]! &= one[i]! & other[i]!;
}

function add(sum: Bits, others: Bits): void {
  for (let i = 0; i < sum.length; i++) sum[i]! |= others[i]!;
}

export function endsOf(cells: Bits, size: number): readonly [first: number, last: number] {
  const first = firstBit(cells);
  return [first, first < 0 ? first : Math.min(lastBit(cells), size - 1)];
}
