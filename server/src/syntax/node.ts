/** The tree of one JSON text. Made by `document.ts`; every later stage reads it and none changes it. */

interface Place {
  /** Offset of the first unit of the value. */
  readonly start: number;
  /** Offset behind the last unit of the value. */
  readonly end: number;
}

export interface ObjectNode extends Place {
  readonly type: 'object';
  /** In the order of the text. A key written twice stands here twice. */
  readonly properties: readonly Property[];
}

export interface Property {
  readonly key: string;
  /** The key with its quotes. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Missing while the value is not yet typed. */
  readonly value: Node | undefined;
}

export interface ArrayNode extends Place {
  readonly type: 'array';
  readonly items: readonly Node[];
}

export interface StringNode extends Place {
  readonly type: 'string';
  readonly value: string;
}

export interface NumberNode extends Place {
  readonly type: 'number';
  /** As written: exact arithmetic reads this, never a binary float. */
  readonly text: string;
}

export interface BooleanNode extends Place {
  readonly type: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends Place {
  readonly type: 'null';
}

export type Node = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

/** The last property of that name, as JSON readers take it; only what is the object's own, so `__proto__` is a name like any other. */
export function property(node: Node | undefined, key: string): Property | undefined {
  if (node?.type !== 'object') return undefined;
  for (let i = node.properties.length - 1; i >= 0; i--) if (node.properties[i]!.key === key) return node.properties[i];
  return undefined;
}

// biome-ignore lint/suspicious/noShadowRestrictedNames: read everywhere as `valueOf(node, 'key')`, and no object here has the method.
export function valueOf(node: Node | undefined, key: string): Node | undefined {
  return property(node, key)?.value;
}
