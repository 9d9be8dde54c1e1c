/**
 * Finds the mistakes in a tree that ajv refused: what is wrong, on the exact key or value, once. Reads the schema as ajv does, but
 * beside the text, so that it knows what the author meant: a misspelt key is no missing one, and a second kind of condition is no
 * unknown key.
 */
import type { Span } from '../text/span.ts';
import type { ArrayNode, Node, ObjectNode, Property, StringNode } from './node.ts';
import { property } from './node.ts';
import type { SchemaProblem } from './schema.ts';
import { allowedValues, alternatives, meets, nearest, type Schema, typesOf } from './schema-keywords.ts';

/** One value on the way down. */
interface Visit {
  readonly parent: Visit | undefined;
  readonly step: string;
  /** What the narrowest definition calls such an object: "Test of a fact". */
  readonly sort: string | undefined;
  /** The keys of which one says what kind of object this is. */
  readonly kinds: readonly string[];
  /** The key that made this part of the schema apply to this object. */
  readonly because: string | undefined;
  /** The key beside it, in the object around, that narrows what this value may be. */
  readonly beside: string | undefined;
  /** The plain value, which ajv reads. */
  readonly value: unknown;
}

export interface Walk {
  readonly schema: Schema;
  /** Whether a value is known to be valid by that definition: then it is stepped over. */
  isValid(definition: string, value: unknown): boolean;
  /** Whether a part of the text within this place could not be read: then nothing there is said to be missing. */
  isDamaged(place: Span): boolean;
}

const ROOT: Visit = {
  parent: undefined,
  step: '',
  sort: undefined,
  kinds: [],
  because: undefined,
  beside: undefined,
  value: undefined,
};

/** `value` is the plain value of the tree. */
export function walkSchema(root: Node, value: unknown, walk: Walk): SchemaProblem[] {
  const walker = new SchemaWalker(walk);
  walker.visit(root, walk.schema, { ...ROOT, value });
  return walker.problems.sort((a, b) => a.span.start - b.span.start);
}

class SchemaWalker {
  readonly problems: SchemaProblem[] = [];
  readonly #walk: Walk;
  readonly #told = new Set<string>();
  /** The names that misspelt keys of an object stand for: they are not missing. */
  readonly #meant = new Map<ObjectNode, Set<string>>();

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  visit(node: Node, schema: Schema, from: Visit): void {
    const visit = schema.title === undefined ? from : { ...from, sort: schema.title };
    // In our schemas nothing but words stands beside a reference; a test holds that.
    if (schema.$ref !== undefined) {
      this.#reference(node, schema.$ref, visit);
      return;
    }
    const types = typesOf(schema);
    if (types.length > 0 && !types.includes(node.type)) {
      this.#tell('wrong-type', node, visit, { expected: types, found: node.type });
      return;
    }
    const allowed = allowedValues(schema);
    if (allowed) this.#oneOf(node, allowed, visit);
    if (node.type === 'string') this.#string(node, schema, visit);
    if (node.type === 'number') this.#number(node, schema, visit);
    if (node.type === 'array') this.#array(node, schema, visit);
    if (node.type === 'object') this.#object(node, schema, visit);
    this.#branches(node, schema, visit);
  }

  #reference(node: Node, definition: string, visit: Visit): void {
    if (this.#walk.isValid(definition, visit.value)) return;
    this.visit(node, this.#walk.schema.$defs![definition]!, visit);
  }

  #branches(node: Node, schema: Schema, visit: Visit): void {
    for (const part of schema.allOf ?? []) this.visit(node, part, visit);
    if (schema.if === undefined) return;
    const because = schema.if.required?.[0];
    const isMeant = node.type === 'object' && because !== undefined && this.#meant.get(node)?.has(because);
    const branch = isMeant || meets(node, schema.if) ? schema.then : schema.else;
    if (!branch) return;
    const kinds = because !== undefined && visit.kinds.length === 0 ? kindsOf(schema) : visit.kinds;
    this.visit(node, branch, { ...visit, kinds, because: branch === schema.then ? (because ?? visit.because) : visit.because });
  }

  #oneOf(node: Node, allowed: readonly string[], visit: Visit): void {
    if (node.type === 'string' && allowed.includes(node.value)) return;
    if (node.type !== 'string') {
      this.#tell('wrong-type', node, visit, { expected: ['string'], found: node.type, allowed });
      return;
    }
    const suggestion = nearest(node.value, allowed);
    this.#tell('value-not-allowed', node, visit, { found: node.value, allowed, ...(suggestion === undefined ? {} : { suggestion }) });
  }

  #string(node: StringNode, schema: Schema, visit: Visit): void {
    if (node.value.length < (schema.minLength ?? 0))
      this.#tell('malformed-value', node, visit, { expected: 'at least one character', found: '' });
    else if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(node.value)) {
      this.#tell('malformed-value', node, visit, { expected: schema.patternErrorMessage ?? schema.pattern, found: node.value });
    }
  }

  #number(node: Node & { readonly type: 'number' }, schema: Schema, visit: Visit): void {
    if (schema.exclusiveMinimum === undefined || Number(node.text) > schema.exclusiveMinimum) return;
    this.#tell('value-not-allowed', node, visit, { found: node.text, expected: `a number above ${schema.exclusiveMinimum}` });
  }

  #array(node: ArrayNode, schema: Schema, visit: Visit): void {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema;
    const count = node.items.length;
    if (count > maxItems || (count < minItems && !this.#walk.isDamaged(node))) {
      const expected = minItems === maxItems ? `exactly ${minItems}` : `at least ${minItems}`;
      this.#tell('wrong-count', node, visit, { expected, found: `${count}` });
    }
    if (items)
      node.items.forEach((item, index) => {
        this.visit(item, items, stepInto(visit, `${index}`));
      });
  }

  #object(node: ObjectNode, schema: Schema, visit: Visit): void {
    if (this.#isMisread(node, schema, visit)) return;
    this.#properties(node, schema, visit);
    for (const key of schema.required ?? []) this.#required(node, key, schema, visit);
    for (const [key, others] of Object.entries(schema.dependentRequired ?? {})) {
      if (property(node, key)) for (const other of others) this.#required(node, other, schema, visit, key);
    }
    for (const [key, part] of Object.entries(schema.dependentSchemas ?? {})) {
      if (property(node, key)) this.visit(node, part, { ...visit, because: key });
    }
    this.#propertyCount(node, schema, visit);
    if (schema.not && schema.errorMessage !== undefined) this.#noKind(node, alternatives(schema.errorMessage), visit);
  }

  /** An object taken for the last kind in the chain may have been meant as an earlier one: then only the misspelt key is told. */
  #isMisread(node: ObjectNode, schema: Schema, visit: Visit): boolean {
    const { properties, additionalProperties } = schema;
    if (additionalProperties !== false || !properties || visit.because !== undefined) return false;
    const misspelt = node.properties.find(({ key }) => !Object.hasOwn(properties, key) && nearest(key, visit.kinds) !== undefined);
    if (misspelt) this.#unknown(node, misspelt, visit.kinds, visit);
    return misspelt !== undefined;
  }

  #properties(node: ObjectNode, schema: Schema, visit: Visit): void {
    const seen = new Set<string>();
    // Of a key written twice the last one counts, and the doubling is told elsewhere.
    for (let i = node.properties.length - 1; i >= 0; i--) {
      const found = node.properties[i]!;
      if (seen.has(found.key)) continue;
      seen.add(found.key);
      if (schema.propertyNames) this.visit(keyNode(found), schema.propertyNames, { ...visit, value: found.key });
      this.#property(node, found, schema, visit);
    }
  }

  #property(node: ObjectNode, found: Property, schema: Schema, visit: Visit): void {
    const isNamed = schema.properties !== undefined && Object.hasOwn(schema.properties, found.key);
    const part = isNamed ? schema.properties![found.key]! : schema.additionalProperties;
    if (part === undefined) return;
    if (part !== false) {
      const beside = schema.additionalProperties === undefined ? visit.because : undefined;
      if (found.value) this.visit(found.value, part, stepInto(visit, found.key, beside));
    } else if (isNamed || (visit.kinds.includes(found.key) && visit.because !== undefined)) {
      this.#tell('exclusive-properties', keyNode(found), visit, { name: found.key, other: visit.because ?? '' });
    } else {
      this.#unknown(node, found, Object.keys(schema.properties ?? {}), visit);
    }
  }

  #unknown(node: ObjectNode, found: Property, allowed: readonly string[], visit: Visit): void {
    if (this.#walk.isDamaged(keyNode(found))) return;
    const free = allowed.filter(name => !property(node, name));
    const suggestion = nearest(found.key, free);
    if (suggestion !== undefined) this.#meant.set(node, (this.#meant.get(node) ?? new Set()).add(suggestion));
    this.#tell('unknown-property', keyNode(found), visit, {
      name: found.key,
      allowed,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  #required(node: ObjectNode, key: string, schema: Schema, visit: Visit, because?: string): void {
    if (property(node, key) || this.#meant.get(node)?.has(key) || this.#walk.isDamaged(node)) return;
    const misspelt = schema.additionalProperties === undefined ? node.properties.find(found => nearest(found.key, [key])) : undefined;
    if (misspelt) {
      this.#tell('unknown-property', keyNode(misspelt), visit, { name: misspelt.key, allowed: [key], suggestion: key });
      return;
    }
    const { type: typeOfKey } = this.#resolved(schema.properties?.[key]);
    this.#tell('missing-property', openingBrace(node), visit, {
      name: key,
      ...(typeof typeOfKey === 'string' ? { typeOfKey } : {}),
      ...(because === undefined ? {} : { because }),
    });
  }

  /** A schema with what the definitions it points to add. */
  #resolved(schema: Schema | false | undefined): Schema {
    if (!schema) return {};
    return schema.$ref === undefined ? schema : { ...this.#resolved(this.#walk.schema.$defs![schema.$ref]), ...schema };
  }

  #propertyCount(node: ObjectNode, schema: Schema, visit: Visit): void {
    const count = new Set(node.properties.map(({ key }) => key)).size;
    if (count < (schema.minProperties ?? 0) && !this.#walk.isDamaged(node)) {
      if (schema.errorMessage === undefined)
        this.#tell('wrong-count', node, visit, { expected: `at least ${schema.minProperties}`, found: `${count}` });
      else this.#tell('missing-property', openingBrace(node), visit, { name: '', allowed: alternatives(schema.errorMessage) });
    }
    if (count <= (schema.maxProperties ?? Number.POSITIVE_INFINITY)) return;
    for (const extra of node.properties.slice(schema.maxProperties)) {
      const other = node.properties[schema.maxProperties! - 1]!.key;
      this.#tell('exclusive-properties', keyNode(extra), visit, { name: extra.key, other });
    }
  }

  /** None of the keys is there that say what kind of object this is: perhaps one is misspelt. */
  #noKind(node: ObjectNode, kinds: readonly string[], visit: Visit): void {
    for (const found of node.properties) {
      const suggestion = nearest(found.key, kinds);
      if (suggestion === undefined) continue;
      this.#tell('unknown-property', keyNode(found), visit, { name: found.key, allowed: kinds, suggestion });
      return;
    }
    if (!this.#walk.isDamaged(node)) this.#tell('missing-property', openingBrace(node), visit, { name: '', allowed: kinds });
  }

  /** One problem for one mistake: what the schema says twice about one place is told once. */
  #tell(kind: SchemaProblem['kind'], place: Span, visit: Visit, data: SchemaProblem['data']): void {
    const identity = kind === 'missing-property' ? `${place.start} ${data.name}` : `${place.start}-${place.end}`;
    if (this.#told.has(identity)) return;
    this.#told.add(identity);
    const words = {
      ...(visit.sort === undefined ? {} : { title: visit.sort }),
      ...(visit.beside === undefined ? {} : { because: visit.beside }),
      ...nameOf(visit),
      ...data,
    };
    this.problems.push({ kind, span: { start: place.start, end: place.end }, path: pathOf(visit), data: words });
  }
}

/** The key of the property that holds the value, or the list it stands in. */
function nameOf(visit: Visit): { name?: string } {
  if (visit.parent === undefined) return {};
  return /^\d+$/.test(visit.step) ? nameOf(visit.parent) : { name: visit.step };
}

function stepInto(parent: Visit, step: string, beside?: string): Visit {
  const value = (parent.value as Readonly<Record<string, unknown>> | undefined)?.[step];
  return { parent, step, sort: undefined, kinds: [], because: undefined, beside, value };
}

function pathOf(visit: Visit): string {
  return visit.parent ? `${pathOf(visit.parent)}/${visit.step.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
}

/** The keys that a chain of `if` … `else` asks for, one after the other. */
function kindsOf(schema: Schema): string[] {
  const key = schema.if?.required?.[0];
  if (key === undefined) return [];
  return [key, ...(schema.else ? kindsOf(schema.else) : [])];
}

function keyNode({ key, keyStart, keyEnd }: Property): StringNode {
  return { type: 'string', start: keyStart, end: keyEnd, value: key };
}

function openingBrace(node: ObjectNode): Span {
  return { start: node.start, end: node.start + 1 };
}
