/** What a fact must be like, from every place that names it. */
import type { Node, ObjectNode } from '../syntax/node.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import { conditionsOf, type Scene, stringOf } from './refactor-scene.ts';
import { capitalised, spoken } from './words.ts';

const TESTS = ['is', 'in', 'atLeast', 'above', 'atMost', 'below'];
const DATE = /^(never|\d{4}-\d{2}-\d{2}(T.*)?)$/;

/** What one place asks of it. */
type Wanted =
  | { readonly type: 'boolean' | 'date' | 'integer' | 'decimal' }
  | { readonly type: 'quantity'; readonly unit: string }
  | { readonly type: 'code'; readonly value: string };

/** Undefined where the places ask for different things, or nothing says what it is. */
export function factFrom({ ruleSet, textOf }: Scene, id: string): object | undefined {
  const conditions = ruleSet.files
    .flatMap(({ file }) => [...conditionsOf(textOf(file)?.root)])
    .filter(node => stringOf(node, 'fact') === id);
  const wanted = conditions.map(wantedBy);
  const known = wanted.flatMap(one => one ?? []).flat();
  if (wanted.includes(undefined) || known.length === 0) return undefined;
  const title = capitalised(spoken(id));
  const types = new Set(known.map(({ type }) => type));
  if (types.size === 2 && types.has('integer') && types.has('decimal')) return { title, type: 'decimal' };
  const [first] = known;
  if (types.size > 1 || !first) return undefined;
  if (first.type === 'code')
    return { title, type: 'code', values: [...new Set(known.flatMap(one => (one.type === 'code' ? one.value : [])))] };
  if (first.type !== 'quantity') return { title, type: first.type };
  const units = new Set(known.flatMap(one => (one.type === 'quantity' ? one.unit : [])));
  return units.size === 1 ? { title, type: 'quantity', unit: first.unit } : undefined;
}

/** Undefined where it asks for what cannot be told: a cut-off for each unit says nothing of the factor between them. */
function wantedBy(condition: ObjectNode): Wanted[] | undefined {
  const unit = stringOf(condition, 'unit');
  const values = TESTS.flatMap(key => valueUnder(condition, key) ?? []).flatMap(value => (value.type === 'array' ? value.items : [value]));
  const wanted = values.map(value => wantedFor(value, unit));
  return wanted.every(one => one !== undefined) ? wanted : undefined;
}

function wantedFor(value: Node, unit: string | undefined): Wanted | undefined {
  if (value.type === 'boolean') return { type: 'boolean' };
  if (value.type === 'string') return DATE.test(value.value) ? { type: 'date' } : { type: 'code', value: value.value };
  if (value.type !== 'number') return undefined;
  if (unit !== undefined) return { type: 'quantity', unit };
  return { type: /^-?\d+$/.test(value.text) ? 'integer' : 'decimal' };
}
