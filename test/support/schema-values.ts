/** Random values that a JSON schema of ours accepts: drawn from its keywords, then held against ajv until one fits. */
import { Ajv2020 } from 'ajv/dist/2020.js';

export type Schema = boolean | { readonly [keyword: string]: unknown };
type Keywords = { readonly [keyword: string]: unknown };
type Properties = Readonly<Record<string, Schema>>;

const DEEPEST = 14;
const TRIES = 60;
const STRINGS = [
  'a',
  'b2',
  'lesions',
  'L3',
  'c-d',
  '1.2.3',
  '2026-11-22',
  '2024-02-29T10:00:00+01:00',
  '2020',
  '30 d',
  '0.5 wk',
  'mg/dL',
  'x/y.json',
  '__proto__',
];
const NUMBERS = [0, 1, -2, 2.5, 14, 1e3, 0.1, 100000];

export class SchemaValues {
  readonly #root: Keywords;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false });
  readonly #random: () => number;

  constructor(root: Keywords, random: () => number) {
    this.#root = root;
    this.#random = random;
    this.#ajv.addSchema(root, 'root');
  }

  /** A value for `#/$defs/<name>`. */
  of(name: string): unknown {
    return this.#value({ $ref: `#/$defs/${name}` }, 0);
  }

  /** A value for one of the properties at the top. */
  ofProperty(name: string): unknown {
    return this.#value((this.#root.properties as Properties)[name]!, 0);
  }

  accepts(value: unknown): boolean {
    return this.#ajv.validate('root', value);
  }

  #value(schema: Schema, depth: number): unknown {
    const ref = typeof schema === 'object' && typeof schema.$ref === 'string' ? schema.$ref : undefined;
    const fits = ref === undefined ? () => true : (value: unknown) => this.#ajv.validate(`root${ref}`, value);
    for (let i = 0; i < TRIES; i++) {
      const value = this.#draw(this.#flat(schema), depth + i / TRIES);
      if (fits(value)) return value;
    }
    throw new Error(`no value found for ${JSON.stringify(schema)}`);
  }

  /** The schema with references, branches and `allOf` put into one list of keywords. A branch is chosen by chance; ajv judges afterwards. */
  #flat(schema: Schema): Keywords {
    if (typeof schema === 'boolean') return {};
    const parts: Keywords[] = [];
    if (typeof schema.$ref === 'string') parts.push(this.#flat(this.#resolve(schema.$ref)));
    for (const each of (schema.allOf as Schema[] | undefined) ?? []) parts.push(this.#flat(each));
    if (schema.if) parts.push(this.#branch(schema));
    return merge([schema, ...parts]);
  }

  #branch(schema: Keywords): Keywords {
    const condition = schema.if as Keywords;
    const hasElse = schema.else !== undefined && !(schema.else as Keywords).not;
    const then = merge([condition, this.#flat((schema.then as Schema) ?? {})]);
    return hasElse && this.#random() < 0.75 ? this.#flat(schema.else as Schema) : then;
  }

  #resolve(ref: string): Schema {
    return (this.#root.$defs as Properties)[ref.slice('#/$defs/'.length)]!;
  }

  #draw(schema: Keywords, depth: number): unknown {
    if (schema.const !== undefined) return schema.const;
    if (Array.isArray(schema.enum)) return this.#pick(schema.enum);
    const types = typeof schema.type === 'string' ? [schema.type] : ((schema.type as string[] | undefined) ?? guessTypes(schema));
    const simple = types.filter(type => type !== 'object' && type !== 'array');
    const type = depth > DEEPEST && simple.length > 0 ? simple[0] : this.#pick(types);
    if (type === 'object') return this.#object(schema, depth);
    if (type === 'array') return this.#array(schema, depth);
    if (type === 'string') return this.#pick(STRINGS.filter(text => !schema.pattern || new RegExp(schema.pattern as string).test(text)));
    if (type === 'boolean') return this.#random() < 0.5;
    return type === 'null' ? null : this.#pick(NUMBERS);
  }

  #object(schema: Keywords, depth: number): object {
    const properties = Object.entries((schema.properties as Properties | undefined) ?? {}).filter(([, each]) => each !== false);
    const required = new Set((schema.required as string[] | undefined) ?? []);
    const chosen = properties.filter(([key]) => required.has(key) || this.#random() < (depth > DEEPEST / 2 ? 0.1 : 0.35));
    const object: Record<string, unknown> = {};
    for (const [key, each] of this.#shuffled(chosen)) object[key] = this.#value(each, depth + 1);
    const more = schema.additionalProperties;
    if (typeof more !== 'object' || more === null) return object;
    for (let i = this.#random() * 3; i > 0; i--) {
      const key = String(this.#draw(this.#flat({ type: 'string', ...(schema.propertyNames as object) }), depth));
      if (key !== '__proto__') object[key] = this.#value(more as Schema, depth + 1);
    }
    return object;
  }

  #array(schema: Keywords, depth: number): unknown[] {
    const least = Number(schema.minItems ?? 0);
    const most = Math.min(Number(schema.maxItems ?? 3), least + 2);
    const length = depth > DEEPEST ? least : least + Math.floor(this.#random() * (most - least + 1));
    return Array.from({ length }, () => this.#value((schema.items as Schema | undefined) ?? true, depth + 1));
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }

  #shuffled<T>(list: readonly T[]): T[] {
    return list
      .map(each => ({ each, order: this.#random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ each }) => each);
  }
}

function guessTypes(schema: Keywords): string[] {
  if (schema.items) return ['array'];
  return schema.properties || schema.required || schema.additionalProperties ? ['object'] : ['string'];
}

/** Later keywords win; properties and what is required add up. */
function merge(parts: readonly Keywords[]): Keywords {
  const properties = Object.assign({}, ...parts.map(part => part.properties)) as Properties;
  const required = parts.flatMap(part => (part.required as string[] | undefined) ?? []);
  return Object.assign({}, ...parts, Object.keys(properties).length > 0 && { properties }, { required }) as Keywords;
}
