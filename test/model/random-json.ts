/** Random JSON: anything at all, and documents damaged in one place. */
import { seeded } from '../support/seeded.ts';

export type Random = () => number;
export { seeded };

const KEYS = ['__proto__', 'constructor', 'toString', '', 'id', 'when', 'then', 'fact', 'is', 'all', 'facts', 'rules', 'scores', 'records'];
const SCALARS = [null, true, false, 0, -1, 2.5, 1e300, '', 'a', '2026-11-22', '30 d', '__proto__', '\ud800'];

export function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

export function anyJson(random: Random, depth = 3): unknown {
  const shape = random();
  if (depth === 0 || shape < 0.5) return pick(SCALARS, random);
  const parts = Array.from({ length: Math.floor(random() * 4) }, () => anyJson(random, depth - 1));
  return shape < 0.7 ? parts : objectOf(parts.map(part => [pick(KEYS, random), part]));
}

/** A copy in which one value is replaced by anything, taken away or given another key. `__proto__` is a key like any other. */
export function damaged(value: unknown, random: Random): unknown {
  const entries = entriesOf(value);
  if (entries.length === 0 || random() < 0.05) return anyJson(random);
  const at = Math.floor(random() * entries.length);
  const [key, child] = entries[at]!;
  if (random() < 0.7) return rebuilt(value, entries.with(at, [key, damaged(child, random)]));
  const others = entries.filter((_, index) => index !== at);
  return rebuilt(value, random() < 0.5 ? others : [...others, [pick(KEYS, random), child]]);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function rebuilt(value: unknown, entries: readonly (readonly [string, unknown])[]): unknown {
  return Array.isArray(value) ? entries.map(([, child]) => child) : objectOf(entries);
}

/** Without a setter for `__proto__`, so that it becomes a key. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) object[key] = value;
  return object;
}
