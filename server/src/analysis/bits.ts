/** Sets of small whole numbers as bits: the cells a fact may still be in, the rules that still matter. Values are never changed in place. */

export type Bits = Uint32Array;

export function emptyBits(size: number): Bits {
  return new Uint32Array((size + 31) >> 5);
}

export function fullBits(size: number): Bits {
  const bits = emptyBits(size).fill(0xffffffff);
  if (size & 31) bits[bits.length - 1] = (1 << (size & 31)) - 1;
  return bits;
}

/** The members for which `holds` is true. */
export function bitsWhere(size: number, holds: (member: number) => boolean): Bits {
  const bits = emptyBits(size);
  for (let i = 0; i < size; i++) if (holds(i)) bits[i >> 5]! |= 1 << (i & 31);
  return bits;
}

/** Puts the members from `start` to before `end` into a set that nobody else has yet. */
export function setRange(bits: Bits, start: number, end: number): void {
  for (let i = start; i < end; ) {
    if ((i & 31) === 0 && end - i >= 32) {
      bits[i >> 5] = 0xffffffff;
      i += 32;
    } else {
      bits[i >> 5]! |= 1 << (i & 31);
      i++;
    }
  }
}

export function hasBit(bits: Bits, member: number): boolean {
  return (bits[member >> 5]! & (1 << (member & 31))) !== 0;
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (a[i]! & b[i]!) return true;
  return false;
}

/** Whether every member of `a` is one of `b`. */
export function isSubset(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (a[i]! & ~b[i]!) return false;
  return true;
}

export function intersection(a: Bits, b: Bits): Bits {
  const bits = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) bits[i] = a[i]! & b[i]!;
  return bits;
}

export function union(a: Bits, b: Bits): Bits {
  const bits = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) bits[i] = a[i]! | b[i]!;
  return bits;
}

/** The members of `a` that `b` has not. */
export function difference(a: Bits, b: Bits): Bits {
  const bits = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) bits[i] = a[i]! & ~b[i]!;
  return bits;
}

export function isEmpty(bits: Bits): boolean {
  for (let i = 0; i < bits.length; i++) if (bits[i]) return false;
  return true;
}

/** The smallest member, or -1. */
export function firstBit(bits: Bits): number {
  for (let i = 0; i < bits.length; i++) if (bits[i]) return (i << 5) + 31 - Math.clz32(bits[i]! & -bits[i]!);
  return -1;
}

/** The smallest member behind this one, or -1. */
export function nextBit(bits: Bits, member: number): number {
  let i = (member + 1) >> 5;
  for (let word = bits[i]! & (~0 << ((member + 1) & 31)); i < bits.length; word = bits[++i]!)
    if (word) return (i << 5) + 31 - Math.clz32(word & -word);
  return -1;
}

/** The largest member, or -1. */
export function lastBit(bits: Bits): number {
  for (let i = bits.length - 1; i >= 0; i--) if (bits[i]) return (i << 5) + 31 - Math.clz32(bits[i]!);
  return -1;
}

/** The smallest member of `a` that `b` has not, or -1. */
export function firstOutside(a: Bits, b: Bits): number {
  for (let i = 0; i < a.length; i++) {
    const word = a[i]! & ~b[i]!;
    if (word) return (i << 5) + 31 - Math.clz32(word & -word);
  }
  return -1;
}

/** The largest member of `a` that `b` has not, or -1. */
export function lastOutside(a: Bits, b: Bits): number {
  for (let i = a.length - 1; i >= 0; i--) {
    const word = a[i]! & ~b[i]!;
    if (word) return (i << 5) + 31 - Math.clz32(word);
  }
  return -1;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) count += countOfWord(bits[i]!);
  return count;
}

/** Of one of the numbers that a set is made of. */
export function countOfWord(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The member with so many before it, or -1. */
export function memberAt(bits: Bits, before: number): number {
  let left = before;
  for (let i = 0; i < bits.length; i++) {
    const count = countOfWord(bits[i]!);
    if (count <= left) {
      left -= count;
      continue;
    }
    let word = bits[i]!;
    for (; left > 0; left--) word &= word - 1;
    return (i << 5) + 31 - Math.clz32(word & -word);
  }
  return -1;
}

/** In order, without a list of them. */
export function eachMember(bits: Bits, visit: (member: number) => void): void {
  for (let i = 0; i < bits.length; i++) for (let word = bits[i]!; word; word &= word - 1) visit((i << 5) + 31 - Math.clz32(word & -word));
}

/** In order, one after the other as they are asked for. */
export function* eachInTurn(bits: Bits): Generator<number> {
  for (let member = firstBit(bits); member >= 0; member = nextBit(bits, member)) yield member;
}

/** In order. Words before `from` are passed over. */
export function members(bits: Bits, from = 0): number[] {
  const list: number[] = [];
  for (let i = from; i < bits.length; i++) {
    for (let word = bits[i]!; word; word &= word - 1) list.push((i << 5) + 31 - Math.clz32(word & -word));
  }
  return list;
}
