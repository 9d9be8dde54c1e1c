/** A rule set split over several files that use each other, each of which sees all that it names; and what the files make together. */
import { posix } from 'node:path';
import type { Random } from './random.ts';
import type { Json } from './small-rule-sets.ts';

/** Files by path whose whole, of the one called `root`, says just what `joined` says in one file, in the same order. */
export interface RuleSetFiles {
  readonly root: string;
  readonly files: Readonly<Record<string, Json>>;
  readonly joined: Json;
  /** The file that declares a rule, a precaution, a decision or a site. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Something declared, by its section and id. */
export interface Declared {
  readonly section: string;
  readonly id: string;
  readonly value: Json;
}

const RULES: ReadonlySet<string> = new Set(['rules', 'precautions']);
export const LISTS: ReadonlySet<string> = new Set(['rules', 'precautions', 'impossible']);
const SECTIONS = [
  ...['sources', 'sites', 'assessments', 'activities', 'parameters', 'phases', 'facts', 'groups', 'derived', 'scores'],
  ...['thresholds', 'decisions', 'rules', 'precautions', 'impossible'],
];

/** Over 2 to 4 files: at random, each after those it uses, so that now and then two use the same. */
export function splitOver(random: Random, json: Json, root: string): RuleSetFiles {
  const count = random.pick([2, 3, 4]);
  const uses = usesOf(random, count);
  const sees = uses.map((_, i) => new Set(inOrder(uses, i)));
  const order = inOrder(uses, count - 1);
  const fileOf = new Map<Declared, number>();
  for (const block of blocksOf(json)) {
    const named = block.items.flatMap(item => namedBy(item, declaredIn(json)));
    const needed = named.flatMap(item => fileOf.get(item) ?? []);
    const seeing = sees.flatMap((seen, i) => (needed.every(one => seen.has(one)) ? [i] : []));
    // What is named goes to the front, or all that names it could only stand in the last file.
    const isNamed = block.items.every(({ section }) => !RULES.has(section));
    const chosen = random.chance(isNamed ? 0.85 : 0.35) ? seeing[0]! : random.pick(seeing);
    for (const item of block.items) fileOf.set(item, chosen);
  }
  const path = (i: number) =>
    i === count - 1 ? root : posix.join(posix.dirname(root), ['lib', 'parts', '.'][i % 3]!, `part-${i}.clinical.json`);
  const items = (i: number) => declaredIn(json).filter(item => fileOf.get(item) === i);
  const files = uses.map((used, i): [string, Json] => [
    path(i),
    {
      ...(i === count - 1 ? headOf(json) : { id: `part-${i}`, title: `Part ${i}`, version: '1.0.0', role: 'library' }),
      ...(used.length > 0 && { uses: used.map(one => relativePath(path(i), path(one))) }),
      ...sectionsOf(items(i)),
    },
  ]);
  const whole = order.flatMap(items);
  return {
    root,
    files: Object.fromEntries(files),
    joined: { ...headOf(json), ...sectionsOf(whole) },
    owners: new Map(whole.flatMap(item => (isPlace(item) ? [[item.id, path(fileOf.get(item)!)] as const] : []))),
  };
}

/** Whether findings are told there. */
export function isPlace({ section }: Declared): boolean {
  return ['rules', 'precautions', 'decisions', 'sites'].includes(section);
}

export function relativePath(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to);
}

/** What stands beside the sections. */
export function headOf(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !SECTIONS.includes(key)));
}

const DECLARED = new WeakMap<Json, readonly Declared[]>();

export function declaredIn(json: Json): readonly Declared[] {
  const known = DECLARED.get(json);
  if (known) return known;
  const found = SECTIONS.flatMap(section => {
    const held = json[section] as Readonly<Record<string, Json>> | readonly (Json & { id: string })[] | undefined;
    if (held === undefined) return [];
    const entries = Array.isArray(held)
      ? held.map(value => [value.id as string, value as Json] as const)
      : Object.entries(held as Record<string, Json>);
    return entries.map(([id, value]) => ({ section, id, value }));
  });
  DECLARED.set(json, found);
  return found;
}

/** The sections that these are declared in, in this order. */
export function sectionsOf(items: readonly Declared[]): Json {
  const json: Record<string, Json | Json[]> = {};
  for (const section of SECTIONS) {
    const own = items.filter(item => item.section === section);
    if (own.length === 0) continue;
    json[section] = LISTS.has(section) ? own.map(({ value }) => value) : Object.fromEntries(own.map(({ id, value }) => [id, value]));
  }
  return json;
}

/** Each file uses some that come before it, and the last all that nobody else does. */
function usesOf(random: Random, count: number): number[][] {
  const uses = Array.from({ length: count }, (_, i) => (i === 0 ? [] : random.some(Array.from({ length: i }, (_, j) => j))));
  const used = new Set(uses.flat());
  const last = uses.at(-1)!;
  uses[count - 1] = random.shuffled(
    [...last, ...uses.keys()].filter(
      (one, at, all) => all.indexOf(one) === at && (last.includes(one) || (!used.has(one) && one < count - 1)),
    ),
  );
  return uses;
}

/** The files of the whole: each once, and after those it uses. */
function inOrder(uses: readonly (readonly number[])[], root: number, order: number[] = []): number[] {
  for (const one of uses[root]!) inOrder(uses, one, order);
  if (!order.includes(root)) order.push(root);
  return order;
}

interface Block {
  readonly items: readonly Declared[];
}

/** What goes into one file, each after what it names: all rules of a decision by the first rule, and every other item by itself. */
function blocksOf(json: Json): Block[] {
  const all = declaredIn(json);
  const first = all.filter(({ section, value }) => RULES.has(section) && decidesFirst(value, json));
  const done = new Set<Declared>();
  const blocks: Block[] = [];
  const visit = (item: Declared, path: ReadonlySet<Declared>): void => {
    if (done.has(item) || path.has(item)) return;
    const items = first.includes(item) ? first : [item];
    const within = new Set([...path, ...items]);
    for (const one of items) for (const other of namedBy(one, all)) visit(other, within);
    if (items.some(one => done.has(one))) return;
    for (const one of items) done.add(one);
    blocks.push({ items });
  };
  for (const item of all) visit(item, new Set());
  return blocks;
}

export function decidesFirst({ then }: Json, { decisions }: Json): boolean {
  const isFirst = (id: unknown) => (decisions as Record<string, Json> | undefined)?.[id as string]?.resolve === 'first';
  return (then as readonly Json[]).some(({ decide }) => isFirst(decide));
}

/** All that it may name: whatever has an id, or a fact of an id, that stands in it anywhere but as a title. */
export function namedBy(item: Declared, all: readonly Declared[]): Declared[] {
  const words = new Set<string>(item.section === 'precautions' ? ['sites', 'site'] : []);
  const read = (value: unknown): void => {
    if (typeof value === 'string') words.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'title' || key === 'id') continue;
      if (!Array.isArray(value)) words.add(key);
      read(inner);
    }
  };
  read(item.value);
  if (item.value.source !== undefined) words.add((item.value.source as { id: string }).id);
  return all.filter(other => other !== item && namesOf(other).some(name => words.has(name)));
}

/** A group is named by its facts too, and a site by the list of all sites. */
function namesOf({ section, id, value }: Declared): string[] {
  if (section === 'sites') return [id, section];
  return section === 'groups' ? [id, ...Object.keys(value.facts as Json)] : [id];
}
