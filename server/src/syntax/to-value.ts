/** Tree to plain value, for readers that want one. Numbers become binary floats: exact arithmetic reads the tree instead. */
import type { Node, ObjectNode } from './node.ts';

/** What `JSON.parse` would give; a property without a value is left out. */
export function toValue(node: Node): unknown {
  switch (node.type) {
    case 'object':
      return toObject(node);
    case 'array':
      return node.items.map(toValue);
    case 'number':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

function toObject(node: ObjectNode): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.properties) {
    if (value === undefined) continue;
    if (key === '__proto__') define(object, key, toValue(value));
    else object[key] = toValue(value);
  }
  return object;
}

/** An assignment would set the prototype. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
