/** What an item says, apart from where it is written. */
import { Exact } from './exact.ts';

/** A text that is equal for two items if and only if they are defined equally: without places and files, numbers by their value. */
export function definitionText(item: unknown): string {
  return JSON.stringify(plain(item));
}

function plain(value: unknown): unknown {
  if (value instanceof Exact) return { exact: value.fraction.toFraction() };
  if (value instanceof Map) return [...value].map(([key, each]) => [key, plain(each)]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  // Pairs, not keys: an object with the key `__proto__` would lose it.
  return Object.entries(value)
    .filter(([key, each]) => key !== 'span' && key !== 'idSpan' && key !== 'file' && each !== undefined)
    .map(([key, each]) => [key, plain(each)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
