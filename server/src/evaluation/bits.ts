/** Sets of small whole numbers as words of 32 bits, in flat arrays so that many can be met at once. */

export function wordsFor(count: number): number {
  return (count + 31) >>> 5;
}

export function bitsOf(members: Iterable<number>, words: number): Int32Array {
  const bits = new Int32Array(words);
  for (const member of members) setBit(bits, member);
  return bits;
}

export function setBit(bits: Int32Array, member: number): void {
  bits[member >>> 5]! |= 1 << (member & 31);
}

export function clearBit(bits: Int32Array, member: number): void {
  bits[member >>> 5]! &= ~(1 << (member & 31));
}

export function hasBit(bits: Int32Array, member: number): boolean {
  return (bits[member >>> 5]! & (1 << (member & 31))) !== 0;
}

export function meets(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i]! & b[i]!) !== 0) return true;
  return false;
}

/** The least member both have; -1 where there is none. */
export function firstOfBoth(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) {
    const word = a[i]! & b[i]!;
    if (word !== 0) return i * 32 + 31 - Math.clz32(word & -word);
  }
  return -1;
}
