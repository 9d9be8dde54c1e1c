/** Some of the rules of the whole, told by their places, and known again in another version by the numbers of the rules. */
import { type Bits, firstBit, nextBit } from './bits.ts';

export interface Members {
  /** Of every rule of the whole, by its place. */
  readonly numbers: Int32Array;
  readonly places: Bits;
}

/** Which places of the one version have another number in the other; undefined where they have not as many places. */
type Changed = Bits | undefined;

/** Whether two lists are of the same rules in the same order, wherever they stand: mostly told by the few places that an edit changed. */
export class Comparison {
  #last: { readonly one: Int32Array; readonly other: Int32Array; readonly changed: Changed } | undefined;

  isSame(one: Members, other: Members): boolean {
    if (isSameBits(one.places, other.places)) {
      if (one.numbers === other.numbers) return true;
      const changed = this.#changed(one.numbers, other.numbers);
      if (changed && isApart(changed, one.places)) return true;
    }
    return isSameByNumber(one, other);
  }

  #changed(one: Int32Array, other: Int32Array): Changed {
    const last = this.#last;
    if (last?.one === one && last.other === other) return last.changed;
    const changed = changedPlaces(one, other);
    this.#last = { one, other, changed };
    return changed;
  }
}

/** Whether they are equal, number by number. */
export function isSameList(one: Int32Array, other: Int32Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function changedPlaces(one: Int32Array, other: Int32Array): Changed {
  if (one.length !== other.length) return undefined;
  const changed = new Uint32Array((one.length + 31) >> 5);
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) changed[i >> 5]! |= 1 << (i & 31);
  return changed;
}

function isSameBits(one: Bits, other: Bits): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function isApart(one: Bits, other: Bits): boolean {
  for (let i = 0; i < one.length; i++) if (one[i]! & other[i]!) return false;
  return true;
}

function isSameByNumber(one: Members, other: Members): boolean {
  let here = firstBit(one.places);
  let there = firstBit(other.places);
  while (here >= 0 && there >= 0 && one.numbers[here] === other.numbers[there]) {
    here = nextBit(one.places, here);
    there = nextBit(other.places, there);
  }
  return here < 0 && there < 0;
}
