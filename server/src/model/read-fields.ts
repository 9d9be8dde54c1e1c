/**
 * Reads single values of a tree that may be damaged: what has not the form it should have is `undefined` and never an error. A name that must
 * stand but cannot be read is the empty name, which nothing is declared under: so it is unresolved, not forgotten.
 */
import type { Node, ObjectNode, Property } from '../syntax/node.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import { Exact } from './exact.ts';
import type { Code, Constant, Evidence, Item, Name, Period, SourceReference, Written, WrittenNumber } from './rule-set.ts';

const NONE: readonly never[] = [];

/** A declaration before it is read: its id and its value, which may be missing or anything. */
export interface Declared {
  readonly id: string;
  readonly idSpan: Span;
  readonly span: Span;
  readonly node: ObjectNode | undefined;
}

export function spanOf(place: Span): Span {
  return { start: place.start, end: place.end };
}

export function objectOf(node: Node | undefined): ObjectNode | undefined {
  return node?.type === 'object' ? node : undefined;
}

export function propertiesOf(node: Node | undefined): readonly Property[] {
  return node?.type === 'object' ? node.properties : NONE;
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? node.items : NONE;
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? node.value : undefined;
}

export function isTrue(node: Node | undefined): boolean {
  return node?.type === 'boolean' && node.value;
}

export function nameOf(node: Node | undefined): Name | undefined {
  return node?.type === 'string' ? { value: node.value, span: spanOf(node) } : undefined;
}

/** The empty name where none can be read. */
export function nameOrEmpty(node: Node | undefined, whole: Span): Name {
  return nameOf(node) ?? { value: '', span: spanOf(node ?? whole) };
}

/** One name or a list of names; what is no name is left out. */
export function namesOf(node: Node | undefined): readonly Name[] {
  if (node === undefined) return NONE;
  const all = namesOrEmpty(node);
  return all.every(({ value }) => value !== '') ? all : all.filter(({ value }) => value !== '');
}

/** One name or a list of names; what is no name stands as the empty name. */
export function namesOrEmpty(node: Node | undefined): readonly Name[] {
  if (node === undefined) return NONE;
  return node.type === 'array' ? node.items.map(item => nameOrEmpty(item, item)) : [nameOrEmpty(node, node)];
}

/** A list (or one) in which every entry is a name, else undefined. */
export function onlyNames(node: Node | undefined): readonly Name[] | undefined {
  const all = namesOrEmpty(node);
  return all.length > 0 && all.every(({ value }) => value !== '') ? all : undefined;
}

const SHORT = 6;
const numbers = new Map<string, Exact | undefined>();

/** The same few numbers stand everywhere: short ones are read once, and there are not many of them. */
function readNumber(text: string): Exact | undefined {
  if (text.length > SHORT) return Exact.parse(text);
  let value = numbers.get(text);
  if (value === undefined) {
    if (numbers.size > 10_000) numbers.clear();
    value = Exact.parse(text);
    numbers.set(text, value);
  }
  return value;
}

export function numberOf(node: Node | undefined): WrittenNumber | undefined {
  if (node?.type !== 'number') return undefined;
  const value = readNumber(node.text);
  return value && { value, span: spanOf(node) };
}

export function numbersOf(node: Node | undefined): readonly WrittenNumber[] {
  if (node === undefined) return NONE;
  const nodes = node.type === 'array' ? node.items : [node];
  return nodes.map(numberOf).filter(number => number !== undefined);
}

export function constantOf(node: Node | undefined): Constant | undefined {
  if (node?.type === 'string' || node?.type === 'boolean') return { value: node.value, span: spanOf(node) };
  return numberOf(node);
}

/** `"30 d"`. */
export function periodOf(node: Node | undefined): Written<Period> | undefined {
  if (node?.type !== 'string') return undefined;
  const gap = node.value.indexOf(' ');
  const number = gap > 0 ? Exact.parse(node.value.slice(0, gap)) : undefined;
  const unit = node.value.slice(gap + 1);
  return number && unit ? { value: { number, unit }, span: spanOf(node) } : undefined;
}

/** Of a list the first, which knows the others. */
export function codeOf(node: Node | undefined): Code | undefined {
  if (node?.type === 'array') {
    const [first, ...also] = node.items.flatMap(item => codeOf(item) ?? []);
    return first && { ...first, also };
  }
  const system = textOf(valueUnder(node, 'system'));
  const code = textOf(valueUnder(node, 'code'));
  if (system === undefined || code === undefined) return undefined;
  return { system, code, display: textOf(valueUnder(node, 'display')), span: spanOf(node!), also: [] };
}

/** Declared by a property's key. */
export function declaredByKey(property: Property): Declared {
  const idSpan = { start: property.keyStart, end: property.keyEnd };
  return { id: property.key, idSpan, span: property.value ? spanOf(property.value) : idSpan, node: objectOf(property.value) };
}

/** An entry of a list, with its `id`; one without gets a name that no reference can have, so that it is not lost. */
export function declaredInList(node: Node, list: string, index: number): Declared {
  const id = nameOf(valueUnder(node, 'id'));
  const idSpan = id?.span ?? { start: node.start, end: Math.min(node.start + 1, node.end) };
  return { id: id?.value ?? `${list}[${index}]`, idSpan, span: spanOf(node), node: objectOf(node) };
}

export function itemOf({ id, idSpan, span, node }: Declared, file: string): Item {
  return { id, file, idSpan, span, title: textOf(valueUnder(node, 'title')), reason: nameOf(valueUnder(node, 'reason')) };
}

export function evidenceOf(node: ObjectNode | undefined): Evidence {
  return {
    source: sourceReferenceOf(valueUnder(node, 'source')),
    evidence: nameOf(valueUnder(node, 'evidence')),
    defines: definesOf(node),
  };
}

export function sourceReferenceOf(node: Node | undefined): SourceReference | undefined {
  if (node === undefined) return undefined;
  return {
    span: spanOf(node),
    source: nameOf(valueUnder(node, 'id')),
    at: namesOf(valueUnder(node, 'at')),
    quoted: numbersOf(valueUnder(node, 'quoted')),
  };
}

const NO_DEFINITIONS: ReadonlyMap<string, Written<string>> = new Map();

export function definesOf(node: ObjectNode | undefined): ReadonlyMap<string, Written<string>> {
  const properties = propertiesOf(valueUnder(node, 'defines'));
  return properties.length === 0 ? NO_DEFINITIONS : textsByKey(properties);
}

/** The texts among the values of an object, by key. */
function textsByKey(properties: readonly Property[]): ReadonlyMap<string, Written<string>> {
  const texts = new Map<string, Written<string>>();
  for (const { key, value } of properties) if (value?.type === 'string') texts.set(key, { value: value.value, span: spanOf(value) });
  return texts;
}
