/** The units a text writes anywhere, found in its tree: to know before any check whether the unit library is needed. */
import type { Node } from './syntax/node.ts';

/** Keys whose value is an object with a unit as each key, where it is an object. */
const BY_UNIT: ReadonlySet<string> = new Set(['alsoIn', 'formulas', 'atLeast', 'above', 'atMost', 'below']);

export function unitsWritten(root: Node | undefined): ReadonlySet<string> {
  const units = new Set<string>();
  const waiting = root ? [root] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'array') for (const item of node.items) waiting.push(item);
    if (node.type !== 'object') continue;
    for (const { key, value } of node.properties) {
      if (key === 'unit' && value?.type === 'string') units.add(value.value);
      if (BY_UNIT.has(key) && value?.type === 'object') for (const property of value.properties) units.add(property.key);
      if (value?.type === 'object' || value?.type === 'array') waiting.push(value);
    }
  }
  return units;
}
