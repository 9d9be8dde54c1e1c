/** Looks into a value of which nothing is known: what is not there, or is of another kind, is undefined. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own keys only: a key such as `constructor` is none unless it was written. */
export function under(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

export function textUnder(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = under(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

export function listUnder(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = under(value, ...keys);
  return Array.isArray(found) ? found : [];
}
