/** A rule set written as the adaptation of another: what the base says otherwise is replaced, what it says too much removed, what it lacks added. */
import { posix } from 'node:path';
import type { Random } from './random.ts';
import type { Json } from './small-rule-sets.ts';
import {
  type Declared,
  decidesFirst,
  declaredIn,
  headOf,
  isPlace,
  LISTS,
  namedBy,
  type RuleSetFiles,
  relativePath,
  sectionsOf,
  splitOver,
} from './split-rule-sets.ts';

const REASON = { reason: 'As decided here.' };
const RULES: ReadonlySet<string> = new Set(['rules', 'precautions']);

export interface Adapted extends RuleSetFiles {
  /** The published rule set it rests on. */
  readonly base: RuleSetFiles;
}

/** The base may itself be split over files, or adapt another. */
export function adaptedFrom(random: Random, json: Json, root: string, depth = 0): Adapted {
  const { added, replaced, removed, all } = changesTo(random, json, depth);
  const ownScope = json.appliesTo === undefined || random.chance(0.5);
  const head = headOf(json);
  const version = random.pick(['1.0.0', '2.3.4']);
  const published: Json = {
    ...head,
    id: `published-${depth}`,
    version,
    ...(ownScope && json.appliesTo !== undefined && random.chance(0.5) && { appliesTo: { not: json.appliesTo } }),
    ...sectionsOf(baseItems(random, all, added, replaced, removed)),
  };
  const base = written(random, published, posix.join(posix.dirname(root), `published-${depth}.clinical.json`), depth);
  const apart = random.chance(0.5)
    ? added.filter(item => !RULES.has(item.section) && namedBy(item, all).every(one => added.includes(one)))
    : [];
  const isApart = (item: Declared): boolean => apart.includes(item) && namedBy(item, all).every(isApart);
  const [beside, here] = [added.filter(isApart), added.filter(item => !isApart(item))];
  const library = posix.join(posix.dirname(root), `local-${depth}`, 'words.clinical.json');
  const { appliesTo, ...rest } = head;
  const own: Json = {
    ...rest,
    ...(ownScope && appliesTo !== undefined && { appliesTo }),
    basedOn: { file: relativePath(root, base.root), version },
    ...(removed.length > 0 && { remove: removed.map(({ id }) => ({ id, ...REASON })) }),
    ...(beside.length > 0 && { uses: [relativePath(root, library)] }),
    ...sectionsOf(random.shuffled([...replaced.keys()].map(withReason)).concat(here)),
  };
  const kept = declaredIn(base.joined).flatMap(item => keptOf(item, [...replaced.keys()], removed));
  const moved = [...replaced.keys()].filter(item => !kept.some(one => isSame(one, item))).map(withReason);
  const files = {
    ...base.files,
    ...(beside.length > 0 && {
      [library]: { id: `words-${depth}`, title: 'Words', version: '1.0.0', role: 'library', ...sectionsOf(beside) },
    }),
    [root]: own,
  };
  const owners = new Map(base.owners);
  for (const item of removed) owners.delete(item.id);
  for (const item of [...replaced.keys(), ...here]) if (isPlace(item)) owners.set(item.id, root);
  for (const item of beside) if (isPlace(item)) owners.set(item.id, library);
  return { root, files, joined: { ...head, ...sectionsOf([...kept, ...beside, ...moved, ...here]) }, owners, base };
}

function written(random: Random, json: Json, root: string, depth: number): RuleSetFiles {
  const owners = new Map(declaredIn(json).flatMap(item => (isPlace(item) ? [[item.id, root] as const] : [])));
  const one = { root, files: { [root]: json }, joined: json, owners };
  return random.pick([
    () => one,
    () => splitOver(random, json, root),
    () => (depth < 1 ? adaptedFrom(random, json, root, depth + 1) : one),
  ])();
}

interface Changes {
  /** What the base lacks; nothing that it has names it. */
  readonly added: readonly Declared[];
  /** By what is written now, what the base has in its place. */
  readonly replaced: ReadonlyMap<Declared, Declared>;
  /** What only the base has. */
  readonly removed: readonly Declared[];
  readonly all: readonly Declared[];
}

function changesTo(random: Random, json: Json, depth: number): Changes {
  const all = declaredIn(json);
  const scope: Declared = { section: 'appliesTo', id: '', value: { appliesTo: json.appliesTo } };
  const users = (item: Declared) => [...all, scope].filter(other => namedBy(other, all).includes(item));
  const isFirst = (item: Declared) => RULES.has(item.section) && decidesFirst(item.value, json);
  const added: Declared[] = [];
  // Rules of a decision by the first rule stand in one file: they are left as they are.
  for (const item of [...all].reverse())
    if (!isFirst(item) && random.chance(RULES.has(item.section) ? 0.3 : 0.5) && users(item).every(user => added.includes(user)))
      added.unshift(item);
  const replaced = new Map<Declared, Declared>();
  for (const item of all) {
    if (added.includes(item) || isFirst(item) || !random.chance(0.35)) continue;
    const before = variantOf(
      random,
      item,
      all.filter(other => !added.includes(other)),
    );
    if (before && namedBy(before, all).every(other => !added.includes(other))) replaced.set(item, before);
  }
  const copied = all.filter(
    item => !added.includes(item) && ['rules', 'precautions', 'thresholds', 'activities', 'impossible'].includes(item.section),
  );
  const removed = copied.filter(() => random.chance(0.2)).map(item => copyOf(item, depth));
  return { added, replaced, removed, all };
}

function copyOf({ section, id, value }: Declared, depth: number): Declared {
  const gone = `gone-${depth}-${id}`;
  return { section, id: gone, value: LISTS.has(section) ? { ...value, id: gone } : value };
}

/** In the order of the whole, with what is to be removed anywhere among them. */
function baseItems(
  random: Random,
  all: readonly Declared[],
  added: readonly Declared[],
  replaced: ReadonlyMap<Declared, Declared>,
  removed: readonly Declared[],
): Declared[] {
  const items = all.filter(item => !added.includes(item)).map(item => replaced.get(item) ?? item);
  for (const item of removed) items.splice(random.pick([...items.keys()]), 0, item);
  return items;
}

function keptOf(item: Declared, replaced: readonly Declared[], removed: readonly Declared[]): Declared[] {
  if (removed.some(other => isSame(other, item))) return [];
  const by = replaced.find(other => isSame(other, item));
  if (by) return [withReason(by)];
  // A fact in place of a derived one goes with it.
  return replaced.some(
    other => other.id === item.id && [other.section, item.section].every(section => section === 'facts' || section === 'derived'),
  )
    ? []
    : [item];
}

function isSame(one: Declared, other: Declared): boolean {
  const section = (item: Declared) => (item.section === 'precautions' ? 'rules' : item.section);
  return section(one) === section(other) && one.id === other.id;
}

function withReason(item: Declared): Declared {
  return { ...item, value: { ...item.value, ...REASON } };
}

/** What the base may have said in its place: sound, and naming no more. */
function variantOf(random: Random, item: Declared, base: readonly Declared[]): Declared | undefined {
  const value = variantValue(random, item, base);
  if (value) return { ...item, value };
  const { type, values, of, title, table } = item.value;
  const isPlain = item.section === 'derived' && type === 'code' && of === undefined && table !== undefined;
  return isPlain ? { section: 'facts', id: item.id, value: { title, type, values } } : undefined;
}

function variantValue(random: Random, item: Declared, base: readonly Declared[]): Json | undefined {
  const { section, value } = item;
  if (RULES.has(section)) return variantRule(random, item, base);
  if (section === 'thresholds') return { ...withoutBounds(value), [random.pick(['atLeast', 'above', 'below'])]: random.pick([1, 2]) };
  if (section === 'decisions' && value.resolve === 'strictest') {
    const { each: _, ...plain } = value;
    const reversed = base.every(other => mayLoosen(other.value)) ? { ...value, values: [...(value.values as string[])].reverse() } : plain;
    return random.pick<Json>([plain, { ...value, mustDecide: false }, reversed]);
  }
  if (section === 'facts' && (value.type === 'boolean' || value.type === 'integer')) return { ...value, required: !value.required };
  if (section === 'activities') {
    const { isA, ...plain } = value;
    return isA === undefined ? undefined : plain;
  }
  if (section === 'scores') {
    const { when, ...plain } = value;
    return when === undefined ? undefined : plain;
  }
  return undefined;
}

function variantRule(random: Random, { section, value }: Declared, base: readonly Declared[]): Json {
  const others = base
    .filter(other => other.section === section && other.value.of === value.of && other.value.id !== value.id)
    .map(other => other.value);
  const { when: _, until: __, override, ...plain } = value;
  const borrowed = others.length > 0 ? random.pick(others).when : undefined;
  return random.pick<() => Json>([
    () => ({ ...value, source: { id: random.pick(base.filter(other => other.section === 'sources')).id }, title: 'Before' }),
    () => ({
      ...plain,
      ...(override !== undefined && { override }),
      ...(borrowed !== undefined && mayLoosen(borrowed) && { when: borrowed }),
    }),
    () => ({ ...plain, ...(value.when !== undefined && { when: value.when }) }),
    () => ({ ...value, then: (value.then as readonly Json[]).map(effect => ('decide' in effect ? { ...effect, as: 'stop' } : effect)) }),
  ])();
}

/** What asks whether something is unknown stands in no rule that overrides or decides the loosest value. */
function mayLoosen(asked: unknown): boolean {
  return asked === undefined || !JSON.stringify(asked).includes('"unknown"');
}

function withoutBounds({ atLeast: _, above: __, below: ___, ...rest }: Json): Json {
  return rest;
}
