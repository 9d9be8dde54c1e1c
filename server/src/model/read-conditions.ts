/**
 * Conditions and the tests in them. A part that cannot be read makes the whole condition `unreadable`, which is unknown for every patient: a
 * bound, a value or a key left out would change what the condition says.
 */
import type { Node, ObjectNode } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import { constantOf, nameOf, numberOf, objectOf, onlyNames, spanOf } from './read-fields.ts';
import type { Bound, Condition, Constant, Name, Test } from './rule-set.ts';

/** Deeper than any reader could follow; it bounds the recursion here and in all that walks a condition. */
export const MAX_DEPTH = 200;

const BESIDE_FACT = ['fact'];
const BESIDE_COUNT = ['count', 'where'];
const TESTS = ['is', 'in', 'atLeast', 'above', 'atMost', 'below', 'unit'];
const TEST_KEYS = new Set(TESTS);

/** The key that tells a kind of condition, and all keys it may have. */
const KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    all: ['all'],
    any: ['any'],
    not: ['not'],
    fact: ['fact', ...TESTS],
    threshold: ['threshold'],
    score: ['score', 'total', 'in', 'anyComponent', 'applies'],
    some: ['some', 'where'],
    every: ['every', 'where'],
    none: ['none', 'where'],
    count: ['count', 'where', ...TESTS],
    unknown: ['unknown'],
  }).map(([key, keys]) => [key, new Set(keys)]),
);

/** The condition under `key`: undefined if the key is not there, unreadable if it is there without a value. */
export function conditionUnder(node: ObjectNode | undefined, key: string, depth = 0): Condition | undefined {
  const found = property(node, key);
  if (!found) return undefined;
  return found.value ? readCondition(found.value, depth) : unreadable({ start: found.keyStart, end: found.keyEnd });
}

export function readCondition(node: Node, depth = 0): Condition {
  const span = spanOf(node);
  const kind = depth < MAX_DEPTH && node.type === 'object' ? kindOf(node) : undefined;
  if (kind === undefined) return unreadable(span);
  return readKind(node as ObjectNode, kind, span, depth + 1) ?? unreadable(span);
}

export function unreadable(span: Span): Condition {
  return { kind: 'unreadable', span: spanOf(span) };
}

/** Both must hold; either may be missing. */
export function bothOf(a: Condition | undefined, b: Condition | undefined): Condition | undefined {
  return a && b ? { kind: 'all', items: [a, b], span: a.span } : (a ?? b);
}

/** The one key that tells the kind; none where two do, where a key does not belong to it, or where a key stands twice. */
function kindOf({ properties }: ObjectNode): string | undefined {
  let kind: string | undefined;
  for (const { key } of properties) {
    if (!KEYS.has(key)) continue;
    if (kind !== undefined) return undefined;
    kind = key;
  }
  if (kind === undefined) return undefined;
  const allowed = KEYS.get(kind)!;
  for (let i = 0; i < properties.length; i++) {
    if (!allowed.has(properties[i]!.key)) return undefined;
    for (let j = 0; j < i; j++) if (properties[j]!.key === properties[i]!.key) return undefined;
  }
  return kind;
}

function readKind(node: ObjectNode, kind: string, span: Span, depth: number): Condition | undefined {
  const value = valueUnder(node, kind);
  switch (kind) {
    case 'all':
    case 'any':
      return readAllOrAny(kind, value, span, depth);
    case 'not':
      return value && { kind, item: readCondition(value, depth), span };
    case 'fact':
      return readFactCondition(node, nameOf(value), span);
    case 'threshold':
      return withName(value, threshold => ({ kind, threshold, span }));
    case 'score':
      return readScoreCondition(node, nameOf(value), span);
    case 'some':
    case 'every':
    case 'none':
      return readGroupCondition(node, kind, nameOf(value), span, depth);
    case 'count':
      return readCount(node, value, span, depth);
    default:
      return readUnknown(value, span);
  }
}

function withName(node: Node | undefined, make: (name: Name) => Condition): Condition | undefined {
  const name = nameOf(node);
  return name && make(name);
}

function readAllOrAny(kind: 'all' | 'any', value: Node | undefined, span: Span, depth: number): Condition | undefined {
  const items = readList(value, depth);
  return items && { kind, items, span };
}

/** An empty list says nothing that could be meant. */
function readList(node: Node | undefined, depth: number): readonly Condition[] | undefined {
  if (node?.type !== 'array' || node.items.length === 0) return undefined;
  const conditions: Condition[] = [];
  for (const item of node.items) conditions.push(readCondition(item, depth));
  return conditions;
}

function readFactCondition(node: ObjectNode, fact: Name | undefined, span: Span): Condition | undefined {
  const test = fact && readTest(node, BESIDE_FACT);
  return test && { kind: 'fact', fact, test, span };
}

function readScoreCondition(node: ObjectNode, score: Name | undefined, span: Span): Condition | undefined {
  if (score === undefined || node.properties.length !== 2) return undefined;
  const { key, value } = node.properties.find(other => other.key !== 'score')!;
  if (key === 'in') {
    const bands = onlyNames(value);
    return bands && { kind: 'score-bands', score, bands, span };
  }
  if (key === 'applies') return value?.type === 'boolean' ? { kind: 'score-applies', score, applies: value.value, span } : undefined;
  const test = value?.type === 'object' && value.properties.every(isNumberTest) ? readTest(value, []) : undefined;
  return test && { kind: key === 'total' ? 'score-total' : 'score-component', score, test, span };
}

function isNumberTest({ key }: { key: string }): boolean {
  return key === 'is' || key === 'atLeast' || key === 'above' || key === 'atMost' || key === 'below';
}

function readGroupCondition(node: ObjectNode, kind: 'some' | 'every' | 'none', group: Name | undefined, span: Span, depth: number) {
  const where = conditionUnder(node, 'where', depth);
  // `every` without `where` says nothing that could be tested.
  return group && (where || kind !== 'every') ? ({ kind, group, where, span } satisfies Condition) : undefined;
}

function readCount(node: ObjectNode, value: Node | undefined, span: Span, depth: number): Condition | undefined {
  const test = readTest(node, BESIDE_COUNT);
  if (!test) return undefined;
  const where = conditionUnder(node, 'where', depth);
  const items = where ? undefined : readList(value, depth);
  if (items) return { kind: 'count-conditions', items, test, span };
  return withName(value, group => ({ kind: 'count-records', group, where, test, span }));
}

function readUnknown(value: Node | undefined, span: Span): Condition | undefined {
  const only = objectOf(value)?.properties;
  const what = only?.length === 1 ? only[0]!.key : undefined;
  const name = nameOf(only?.[0]?.value);
  return name && (what === 'fact' || what === 'score' || what === 'group') ? { kind: 'unknown', what, name, span } : undefined;
}

/** Undefined if there is no test among the keys, if one cannot be read or stands twice, or if a key is neither a test nor one of `beside` (a bound misspelled). */
export function readTest(node: ObjectNode, beside: readonly string[]): Test | undefined {
  let written = 0;
  for (const { key } of node.properties) {
    if (TEST_KEYS.has(key)) written++;
    else if (!beside.includes(key)) return undefined;
  }
  const test: Test = {
    span: spanOf(node),
    is: constantOf(valueUnder(node, 'is')),
    in: readConstants(valueUnder(node, 'in')),
    atLeast: readBound(valueUnder(node, 'atLeast')),
    above: readBound(valueUnder(node, 'above')),
    atMost: readBound(valueUnder(node, 'atMost')),
    below: readBound(valueUnder(node, 'below')),
    unit: nameOf(valueUnder(node, 'unit')),
  };
  const { is, in: list, atLeast, above, atMost, below, unit } = test;
  const tests = count(is) + count(list) + count(atLeast) + count(above) + count(atMost) + count(below);
  return tests > 0 && tests + count(unit) === written ? test : undefined;
}

function count(part: object | undefined): number {
  return part === undefined ? 0 : 1;
}

function readConstants(node: Node | undefined): readonly Constant[] | undefined {
  if (node?.type !== 'array' || node.items.length === 0) return undefined;
  const constants: Constant[] = [];
  for (const item of node.items) {
    const constant = constantOf(item);
    if (!constant) return undefined;
    constants.push(constant);
  }
  return constants;
}

function readBound(node: Node | undefined): Bound | undefined {
  if (node?.type === 'string') return { kind: 'date', date: node.value, span: spanOf(node) };
  if (node?.type === 'object') return readPerUnit(node);
  const number = numberOf(node);
  return number && { kind: 'number', number, span: number.span };
}

function readPerUnit(node: ObjectNode): Bound | undefined {
  const numbers: { unit: Name; number: NonNullable<ReturnType<typeof numberOf>> }[] = [];
  for (const { key, keyStart, keyEnd, value } of node.properties) {
    const number = numberOf(value);
    if (!number) return undefined;
    numbers.push({ unit: { value: key, span: { start: keyStart, end: keyEnd } }, number });
  }
  return numbers.length > 0 ? { kind: 'per-unit', numbers, span: spanOf(node) } : undefined;
}
