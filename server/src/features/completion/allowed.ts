/**
 * What the schema allows at a place: which keys are still free, which values. Reads the described schema beside the tree as far as it is typed: while an
 * object does not say yet of what kind it is, the keys of every kind that fits are open.
 */
import { type Node, type ObjectNode, property } from '../../syntax/node.ts';
import { meets, type Schema, typesOf } from '../../syntax/schema-keywords.ts';
import type { Step } from './place.ts';

/** A part of the schema that applies at a place. */
export interface Part {
  readonly schema: Schema;
  /** Where a value of it stands: `factCondition.fact`, `with.*.unit`. The first part is the definition that has the key; a list's items stand where the list does. */
  readonly slot: string;
}

export interface AllowedKey {
  readonly key: string;
  /** What is said of the key and of its value: the key's own words first. */
  readonly part: Part;
  readonly required: boolean;
  /** The key tells of what kind the object is, which nothing has told yet. */
  readonly tellsKind: boolean;
}

/** A part with what it refers to or implies for one value. What only a kind of object not chosen yet would bring (`openKind`: its key) restricts nothing. */
interface Applied extends Part {
  /** What the keys in it are named after. */
  readonly name: string;
  readonly openKind: string | undefined;
}

/** Everything that applies to the container at the end of the path. */
export function partsAt(root: Schema, path: readonly Step[]): readonly Part[] {
  let parts: readonly Part[] = [{ schema: root, slot: 'file' }];
  path.slice(0, -1).forEach((step, i) => {
    parts = inside(root, parts, step, path[i + 1]!.container);
  });
  return parts;
}

/** What applies to the value under the step's key, or to an item of its list. */
export function valueParts(root: Schema, parts: readonly Part[], { container, key }: Step): readonly Part[] {
  const applied = parts.flatMap(part => [...apply(root, part, container, false)]);
  return applied.flatMap(part => (key === undefined ? itemPart(part) : childPart(part, key)));
}

/** The alternatives for a value that is not typed yet, references followed. */
export function alternativesOf(root: Schema, parts: readonly Part[]): readonly (Part & { readonly name: string })[] {
  return parts.flatMap(part => [...apply(root, part, undefined, true)]);
}

/** The keys that can be added to the object without making it wrong. */
export function allowedKeys(root: Schema, parts: readonly Part[], object: ObjectNode): readonly AllowedKey[] {
  const applied = parts.flatMap(part => [...apply(root, part, object, true)]);
  const binding = applied.filter(({ openKind }) => openKind === undefined);
  if (binding.some(({ schema }) => object.properties.length >= (schema.maxProperties ?? Number.POSITIVE_INFINITY))) return [];
  const refused = new Set(binding.flatMap(({ schema }) => refusedIn(schema)));
  const required = new Set(binding.flatMap(({ schema }) => requiredIn(schema, object)));
  const found = new Map<string, AllowedKey>();
  for (const one of applied) {
    for (const [key, part] of Object.entries(one.schema.properties ?? {})) {
      if (part === false || refused.has(key) || property(object, key) || !hasWords(part)) continue;
      if (binding.some(({ schema }) => clashes(root, schema.dependentSchemas?.[key], object))) continue;
      const tellsKind = one.openKind === key;
      if (one.openKind !== undefined && !tellsKind && !isOfAllKinds(key, applied)) continue;
      if (!found.has(key) || (tellsKind && !found.get(key)!.tellsKind))
        found.set(key, { key, part: { schema: part, slot: `${one.name}.${key}` }, required: required.has(key), tellsKind });
    }
  }
  return [...found.values()];
}

/** Whether an object has the key whatever kind it becomes. */
function isOfAllKinds(key: string, applied: readonly Applied[]): boolean {
  const kinds = new Set(applied.flatMap(({ openKind }) => openKind ?? []));
  const having = new Set(applied.flatMap(({ openKind, schema }) => (openKind !== undefined && schema.properties?.[key] ? [openKind] : [])));
  return having.size === kinds.size;
}

/** Where the keys of the object are names of something: the part for the values under them. */
export function namedValues(root: Schema, parts: readonly Part[], object: ObjectNode): readonly Part[] {
  return parts
    .flatMap(part => [...apply(root, part, object, true)])
    .flatMap(one => childPart(one, '').filter(({ slot }) => slot.endsWith('.*')));
}

function inside(root: Schema, parts: readonly Part[], step: Step, child: Node): readonly Part[] {
  return valueParts(root, parts, step).filter(({ schema }) => typesOf(schema).length === 0 || typesOf(schema).includes(child.type));
}

function childPart({ schema, name }: Applied, key: string): Part[] {
  const own = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  if (own) return [{ schema: own, slot: `${name}.${key}` }];
  const rest = schema.additionalProperties;
  return rest && own === undefined ? [{ schema: rest, slot: `${name}.*` }] : [];
}

function itemPart({ schema, slot }: Applied): Part[] {
  return schema.items ? [{ schema: schema.items, slot }] : [];
}

/** `node` undefined: the value is not typed yet, and every branch is open. `open`: so is the kind of an object that does not tell it. */
function* apply(root: Schema, part: Part, node: Node | undefined, open: boolean, name = part.slot, openKind?: string): Generator<Applied> {
  const { schema, slot } = part;
  if (schema.$ref !== undefined) {
    yield* apply(root, { schema: root.$defs![schema.$ref]!, slot }, node, open, schema.$ref, openKind);
    return;
  }
  yield { schema, slot, name, openKind };
  const more: More = (next, kind = openKind) => apply(root, { schema: next, slot }, node, open, name, kind);
  for (const each of schema.allOf ?? []) yield* more(each);
  for (const [key, each] of Object.entries(schema.dependentSchemas ?? {})) if (property(node, key)) yield* more(each);
  if (schema.if !== undefined) yield* branches(root, schema, node, open, more);
}

type More = (next: Schema, kind?: string) => Generator<Applied>;

function* branches(root: Schema, schema: Schema, node: Node | undefined, open: boolean, more: More): Generator<Applied> {
  const kinds = kindsOf(schema);
  if (kinds.length === 0) {
    const met = node && meets(node, schema.if!);
    if (schema.then && met !== false) yield* more(schema.then);
    if (schema.else && met !== true) yield* more(schema.else);
    return;
  }
  const told = kinds.find(({ key }) => property(node, key));
  if (told) {
    if (told.then) yield* more(told.then);
    return;
  }
  if (open) for (const { key, then } of fitting(root, kinds, node)) yield* more(then, key);
  const rest = kinds.at(-1)!.rest;
  if (rest) yield* more(rest);
}

/** The kinds that an object with these keys can still become; where it fits none, all of them. */
function fitting(root: Schema, kinds: readonly Kind[], node: Node | undefined): { key: string; then: Schema }[] {
  const defined = kinds.flatMap(({ key, then }) => (then?.$ref === undefined ? [] : [{ key, then }]));
  if (node?.type !== 'object') return defined;
  const keysOf = (then: Schema) => root.$defs![then.$ref!]!.properties ?? {};
  const able = defined.filter(({ then }) => node.properties.every(({ key }) => Object.hasOwn(keysOf(then), key)));
  return able.length > 0 ? able : defined;
}

interface Kind {
  readonly key: string;
  readonly then: Schema | undefined;
  readonly rest: Schema | undefined;
}

/** A chain of "if it has this key, it is of that kind", and what it is otherwise. */
function kindsOf(schema: Schema): Kind[] {
  const { if: test, else: rest } = schema;
  if (!test?.required || test.properties) return [];
  const own = { key: test.required[0]!, then: schema.then, rest };
  return [own, ...(rest?.if ? kindsOf(rest) : [])];
}

function refusedIn({ properties = {} }: Schema): string[] {
  return Object.keys(properties).filter(key => properties[key] === false);
}

function requiredIn({ required = [], dependentRequired = {} }: Schema, object: ObjectNode): string[] {
  return [...required, ...Object.entries(dependentRequired).flatMap(([key, others]) => (property(object, key) ? others : []))];
}

/** A key that is not described is only a restriction on one that is, elsewhere. */
function hasWords({ description, $ref }: Schema): boolean {
  return description !== undefined || $ref !== undefined;
}

/** Whether what would apply with one more key does not go with the keys that are there. */
function clashes(root: Schema, more: Schema | undefined, object: ObjectNode): boolean {
  if (!more) return false;
  const parts = [...apply(root, { schema: more, slot: '' }, object, false)];
  return object.properties.some(({ key, value }) =>
    parts.some(({ schema }) => {
      const part = schema.properties?.[key];
      return part === false || (part !== undefined && value !== undefined && !meets(value, part));
    }),
  );
}
