/** Whether two items say the same, part by part, wherever they are written. */
import { Exact } from './exact.ts';

/** Where something is written: it says nothing. */
export const PLACES: ReadonlySet<string> = new Set(['span', 'idSpan', 'file']);

const NOTHING: ReadonlySet<string> = new Set();

/** Equal in every part and in the same order, but for the keys that are ignored. */
export function isAlike(one: unknown, other: unknown, ignored: ReadonlySet<string> = NOTHING): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Number.isNaN(one) && Number.isNaN(other);
  if (one instanceof Exact) return other instanceof Exact && one.equals(other);
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other, ignored);
  if (one instanceof Map) return other instanceof Map && one.size === other.size && isSameList([...one], [...other], ignored);
  if (Array.isArray(other) || other instanceof Map || other instanceof Exact) return false;
  return isSameObject(one as Plain, other as Plain, ignored);
}

type Plain = Readonly<Record<string, unknown>>;

/** What is not there is undefined. */
function isSameObject(one: Plain, other: Plain, ignored: ReadonlySet<string>): boolean {
  for (const key in one) if (one[key] !== other[key] && !ignored.has(key) && !isAlike(one[key], other[key], ignored)) return false;
  for (const key in other) if (!ignored.has(key) && other[key] !== undefined && one[key] === undefined) return false;
  return true;
}

function isSameList(one: readonly unknown[], other: readonly unknown[], ignored: ReadonlySet<string>): boolean {
  if (one.length !== other.length) return false;
  // Lists are mostly of names: each is compared at once.
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i] && !isAlike(one[i], other[i], ignored)) return false;
  return true;
}
