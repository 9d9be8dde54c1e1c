/** Names in a part of a rule set that cannot be read yet, because it is half typed: what they are meant as is told by the keys they stand under. */
import { ANYWHERE, type ReferenceTo } from '../model/names.ts';
import type { Section } from '../model/rule-set.ts';
import type { Node, StringNode } from '../syntax/node.ts';
import type { Mention } from './mentions.ts';

const item = (section: Section): ReferenceTo => ({ kind: 'item', section });
const [FACT, GROUPS, ADVICE, SITES] = [{ kind: 'fact' } as const, item('groups'), item('advice'), item('sites')];

/** By the key, what its value, or a value in its list, names. */
const NAMED_BY: Readonly<Record<string, ReferenceTo>> = {
  fact: FACT,
  by: FACT,
  since: FACT,
  voidedBy: FACT,
  from: FACT,
  score: item('scores'),
  threshold: item('thresholds'),
  some: GROUPS,
  every: GROUPS,
  none: GROUPS,
  count: GROUPS,
  group: GROUPS,
  each: GROUPS,
  decide: item('decisions'),
  decision: item('decisions'),
  require: { kind: 'requirement' },
  recommend: ADVICE,
  oneOf: ADVICE,
  avoid: ADVICE,
  forbid: ADVICE,
  isA: ADVICE,
  gives: { kind: 'input' },
  limit: item('parameters'),
  during: item('phases'),
  site: SITES,
  below: SITES,
  whole: SITES,
  partOf: SITES,
  at: SITES,
  rules: item('rules'),
};

/** The name that the text at the offset seems to be; undefined where the key it stands under names nothing. */
export function guessAt(root: Node | undefined, file: string, offset: number): Mention | undefined {
  const found = root && textAt(root, offset, undefined);
  const to = found?.key !== undefined && Object.hasOwn(NAMED_BY, found.key) ? NAMED_BY[found.key] : undefined;
  if (!found || !to || found.node.value === '') return undefined;
  const name = { value: found.node.value, span: { start: found.node.start, end: found.node.end } };
  const reference = { name, to, group: ANYWHERE, from: undefined };
  return { name: name.value, file, span: name.span, sense: { kind: 'seems', reference } };
}

/** With the key it stands under, by itself or in a list. */
function textAt(node: Node, offset: number, key: string | undefined): { node: StringNode; key: string | undefined } | undefined {
  if (offset < node.start || offset > node.end) return undefined;
  if (node.type === 'string') return { node, key };
  if (node.type === 'array') return first(node.items, each => textAt(each, offset, key));
  return node.type === 'object' ? first(node.properties, each => each.value && textAt(each.value, offset, each.key)) : undefined;
}

function first<T, R>(list: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of list) {
    const found = find(each);
    if (found) return found;
  }
  return undefined;
}
