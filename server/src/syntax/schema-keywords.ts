/** The keywords of JSON schema that our two schemas use, and what can be said about a value by them alone. */
import { meantBy } from './borrowed-words.ts';
import type { Node } from './node.ts';
import { property } from './node.ts';

export interface Schema {
  /** The name of a definition. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  /** What sort of object it is; only there. */
  readonly title?: string;
  /** What it means, examples of it, and what each value of `enum` means: only in the described schemas. */
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  /** What a string of `pattern` looks like, in words. */
  readonly patternErrorMessage?: string;
  /** Beside `not` and `minProperties`: the keys of which one is missing, in words. */
  readonly errorMessage?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly properties?: Readonly<Record<string, Schema | false>>;
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  /** Only ever the schema that everything meets. */
  readonly not?: Schema;
}

/** The types a value may have; empty where any will do. */
export function typesOf(schema: Schema): readonly string[] {
  const { type = [] } = schema;
  return typeof type === 'string' ? [type] : type;
}

/** The alternatives that an `errorMessage` lists. */
export function alternatives(message: string): string[] {
  return message.split(/, | or /);
}

/** Whether a value meets the schema of an `if`, which asks for types, constants and keys only. */
export function meets(node: Node, schema: Schema): boolean {
  const types = typesOf(schema);
  if (types.length > 0 && !types.includes(node.type)) return false;
  const allowed = allowedValues(schema);
  if (allowed && !(node.type === 'string' && allowed.includes(node.value))) return false;
  if (node.type !== 'object') return true;
  if (schema.required?.some(key => property(node, key) === undefined)) return false;
  return Object.entries(schema.properties ?? {}).every(([key, part]) => {
    const value = property(node, key)?.value;
    return value === undefined || (part !== false && meets(value, part));
  });
}

export function allowedValues(schema: Schema): readonly string[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const];
}

/** The name meant by a misspelt or half-written one, if one is near enough. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const meant = meantBy(written, names);
  if (meant !== undefined) return meant ?? undefined;
  const begun = names.filter(name => name.toLowerCase().startsWith(written.toLowerCase()) && name !== written);
  if (written.length >= 3 && begun.length === 1) return begun[0];
  let best: string | undefined;
  let least = Math.max(1, Math.floor(Math.min(written.length, 30) / 3)) + 1;
  for (const name of names) {
    if (name === written || Math.abs(name.length - written.length) >= least) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < least && distance < name.length) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** Letters to add, drop, change or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
