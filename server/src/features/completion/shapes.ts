/** The value that goes with a key, as a snippet: brackets and quotes of the right sort, with the cursor where something is still to be said. */
import { type Schema, typesOf } from '../../syntax/schema-keywords.ts';
import { allowedKeys, alternativesOf, type Part } from './allowed.ts';
import type { AnyFact } from './scene.ts';
import { literalString, Stops } from './snippet.ts';

const made = new WeakMap<Schema, string>();

/** How a value of that part begins, with stops from the first on. Required keys of an object are written along. */
export function shapeOf(root: Schema, part: Part): string {
  const known = made.get(part.schema);
  if (known !== undefined) return known;
  const shape = shapeWith(root, part, new Stops(), 0);
  made.set(part.schema, shape);
  return shape;
}

function shapeWith(root: Schema, part: Part, stops: Stops, depth: number): string {
  const alternatives = alternativesOf(root, [part]);
  const types = new Set(alternatives.flatMap(({ schema }) => typesOf(schema)));
  if (alternatives.some(({ schema }) => schema.enum || schema.const))
    return types.size > 0 && !types.has('string') ? bare(types, stops) : quoted(stops);
  if (types.has('string')) return types.has('boolean') ? stops.empty() : quoted(stops);
  if (types.has('number') || types.has('integer') || types.has('boolean')) return bare(types, stops);
  if (types.has('array')) return `[${depth > 2 ? stops.empty() : itemShape(root, alternatives, stops, depth)}]`;
  return objectShape(root, part, stops, depth);
}

function quoted(stops: Stops): string {
  return `"${stops.empty()}"`;
}

function bare(types: ReadonlySet<string>, stops: Stops): string {
  return types.has('boolean') && types.size === 1 ? stops.choice(['true', 'false']) : stops.text('0');
}

/** Names, paths and other short texts are begun at once; what comes in several kinds is chosen first. */
function itemShape(root: Schema, alternatives: readonly Part[], stops: Stops, depth: number): string {
  const items = alternatives.flatMap(({ schema, slot }) => (schema.items ? [{ schema: schema.items, slot }] : []));
  const isObject = items[0] === undefined || shapeWith(root, items[0], new Stops(), depth + 1).startsWith('{');
  return isObject ? stops.empty() : shapeWith(root, items[0]!, stops, depth + 1);
}

function objectShape(root: Schema, part: Part, stops: Stops, depth: number): string {
  const keys = allowedKeys(root, [part], EMPTY);
  const required = depth > 2 || keys.some(({ tellsKind }) => tellsKind) ? [] : keys.filter(({ required }) => required);
  if (required.length === 0) return `{ ${stops.empty()} }`;
  return `{ ${required.map(({ key, part: inner }) => `${literalString(key)}: ${shapeWith(root, inner, stops, depth + 1)}`).join(', ')} }`;
}

const EMPTY = { type: 'object', start: 0, end: 0, properties: [] } as const;

/** The test keys that go with a fact of that type. */
export function testKeys({ type }: AnyFact): readonly string[] {
  const bounds = ['atLeast', 'atMost', 'above', 'below'];
  if (type === 'boolean') return ['is'];
  if (type === 'code' || type === 'side') return ['is', 'in'];
  if (type === 'date') return ['is', ...bounds];
  if (type === 'text') return [];
  return [...bounds, 'is', 'in', ...(type === 'quantity' ? ['unit'] : [])];
}

/** The value of a test of that fact; of a quantity the unit comes along, for without it the number says nothing. */
export function testShape(fact: AnyFact, key: string, unit: string | undefined, stops: Stops): string {
  if (key === 'unit') return quoted(stops);
  if (fact.type === 'boolean') return stops.choice(['true', 'false']);
  const isText = fact.type === 'code' || fact.type === 'side' || fact.type === 'date';
  const value = isText ? quoted(stops) : stops.text('0');
  const whole = key === 'in' ? `[${value}]` : value;
  return unit === undefined ? whole : `${whole}, "unit": ${stops.string(unit)}`;
}
