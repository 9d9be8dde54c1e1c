/** What is written in a file, as a plain value that can be written elsewhere, numbers to every digit; and under which id a rule can be. */
import { Exact } from '../model/exact.ts';
import type { Condition, RuleSet } from '../model/rule-set.ts';
import { type Node, type ObjectNode, property } from '../syntax/node.ts';
import { nodeAt } from './insert.ts';
import type { TextOf } from './settle.ts';

/** More digits than any number of a file has. */
const MOST_PLACES = 130;

/** Undefined where it is not written by itself, as one taken over from another file. */
export function writtenCondition({ span }: Condition, file: string, textOf: TextOf): object | undefined {
  const node = nodeAt(textOf(file)?.root, span);
  return node?.type === 'object' ? (exactValue(node) as object) : undefined;
}

export function valueUnder(node: ObjectNode, key: string): unknown {
  const value = property(node, key)?.value;
  return value && exactValue(value);
}

/** As it is written: a number that no double holds by its digits, for `withExactNumbers`. */
function exactValue(node: Node): unknown {
  if (node.type === 'object')
    return Object.fromEntries(node.properties.flatMap(({ key, value }) => (value ? [[key, exactValue(value)]] : [])));
  if (node.type === 'array') return node.items.map(exactValue);
  if (node.type === 'null') return null;
  if (node.type !== 'number') return node.value;
  const exact = Exact.parse(node.text);
  return !exact || exact.short ? Number(node.text) : { exactly: exact.toString(MOST_PLACES) };
}

/** The id, or with a number behind it the first that no rule has. */
export function freeRuleId({ rules }: RuleSet, id: string): string {
  for (let count = 1; ; count++) {
    const free = count === 1 ? id : `${id}-${count}`;
    if (!rules.has(free)) return free;
  }
}
