/** Hierarchies with several parents: sites (`partOf`), what is advised (`isA`), values of a code (`isA`). */
import type { AdviceKind, Fact, Name, RuleSet, ValueSection } from './rule-set.ts';

/** Ids and their parents. Parents that are not among the ids are passed over; a cycle makes its members lie below each other, and is told. */
export class Hierarchy {
  readonly #parents: ReadonlyMap<string, readonly string[]>;
  readonly #children: ReadonlyMap<string, readonly string[]>;
  /** Filled when first asked for: most ids are asked for again and again, many never. */
  readonly #above = new Map<string, ReadonlySet<string>>();
  readonly #leaves = new Map<string, readonly string[]>();
  #cycles: readonly (readonly string[])[] | undefined;
  /** All ids, in declared order. */
  readonly ids: readonly string[];
  /** All leaves, in declared order. */
  readonly leaves: readonly string[];

  constructor(parents: Iterable<readonly [string, readonly string[]]>) {
    const given = new Map(parents);
    this.#parents = new Map([...given].map(([id, above]) => [id, [...new Set(above)].filter(parent => given.has(parent))]));
    this.#children = childrenOf(this.#parents);
    this.ids = [...this.#parents.keys()];
    this.leaves = this.ids.filter(id => this.isLeaf(id));
  }

  has(id: string): boolean {
    return this.#parents.has(id);
  }

  parentsOf(id: string): readonly string[] {
    return this.#parents.get(id) ?? [];
  }

  childrenOf(id: string): readonly string[] {
    return this.#children.get(id) ?? [];
  }

  /** The id itself and everything above it, by any parent. */
  above(id: string): ReadonlySet<string> {
    return this.has(id) ? remember(this.#above, id, () => reach(id, this.#parents)) : new Set([id]);
  }

  /** Whether `id` is `ancestor` or lies below it by any parent. An id nobody declared is only below itself. */
  isBelow(id: string, ancestor: string): boolean {
    return id === ancestor || this.above(id).has(ancestor);
  }

  /** Whether nothing lies below it. */
  isLeaf(id: string): boolean {
    return this.childrenOf(id).length === 0;
  }

  /** The leaves at or below `id`, in declared order: a leaf gives itself. Never empty for a declared id, and empty for any other. */
  leavesBelow(id: string): readonly string[] {
    return this.has(id) ? remember(this.#leaves, id, () => this.#findLeaves(id)) : [];
  }

  /** Each cycle once: its members in declared order. */
  get cycles(): readonly (readonly string[])[] {
    this.#cycles ??= this.#findCycles();
    return this.#cycles;
  }

  #findLeaves(id: string): readonly string[] {
    const below = reach(id, this.#children);
    const leaves = this.ids.filter(each => below.has(each) && this.isLeaf(each));
    // Only where everything below runs in a cycle: then the id stands for itself, for no value at all would meet every comparison.
    return leaves.length > 0 ? leaves : [id];
  }

  #findCycles(): readonly (readonly string[])[] {
    const seen = new Set<string>();
    const cycles: (readonly string[])[] = [];
    for (const id of this.ids) {
      if (seen.has(id)) continue;
      const cycle = this.ids.filter(other => this.isBelow(id, other) && this.isBelow(other, id));
      const inCycle = cycle.length > 1 || this.parentsOf(id).includes(id);
      if (inCycle) cycles.push(cycle);
      for (const member of cycle) seen.add(member);
    }
    return cycles;
  }
}

function childrenOf(parents: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const id of parents.keys()) children.set(id, []);
  for (const [id, above] of parents) for (const parent of above) children.get(parent)!.push(id);
  return children;
}

function reach(id: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([id]);
  for (const each of found) for (const other of next.get(each) ?? []) found.add(other);
  return found;
}

interface Memory<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function remember<Key, Value>(memory: Memory<Key, Value>, key: Key, make: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const value = make();
  memory.set(key, value);
  return value;
}

/** What hierarchies are made of: a whole, or one file by itself. */
export type Vocabulary = Pick<RuleSet, 'sites' | 'advice'>;

const SITES = new WeakMap<Vocabulary, Hierarchy>();
const ADVICE = new WeakMap<Vocabulary, Hierarchy>();
const SECTIONS = new WeakMap<Vocabulary, Map<ValueSection, Hierarchy>>();
const VALUES = new WeakMap<Fact, Hierarchy>();
const KINDS: Readonly<Record<Exclude<ValueSection, 'sites'>, AdviceKind>> = {
  activities: 'activity',
  interventions: 'intervention',
  assessments: 'assessment',
};
const SIDES = new Hierarchy([
  ['left', []],
  ['right', []],
]);
const EMPTY = new Hierarchy([]);

/** Sites and what they are part of. Made once for a rule set. */
export function siteHierarchy(ruleSet: Vocabulary): Hierarchy {
  return remember(SITES, ruleSet, () => {
    return new Hierarchy([...ruleSet.sites.values()].map(({ id, partOf }) => [id, partOf.map(textOfName)]));
  });
}

/** What is advised and what it is a kind of, all sections together. Made once for a rule set. */
export function adviceHierarchy(ruleSet: Vocabulary): Hierarchy {
  return remember(ADVICE, ruleSet, () => {
    return new Hierarchy([...ruleSet.advice.values()].map(({ id, isA }) => [id, isA.map(textOfName)]));
  });
}

/** The values of a code or a side and what they are kinds of; empty for a fact of another type. */
export function valueHierarchy(fact: Fact, ruleSet: Vocabulary): Hierarchy {
  if (fact.type === 'side') return SIDES;
  if (fact.type !== 'code' || fact.values === undefined) return EMPTY;
  if (typeof fact.values === 'string') return sectionHierarchy(fact.values, ruleSet);
  const values = fact.values;
  return remember(VALUES, fact, () => {
    return new Hierarchy(values.map(({ id, isA }) => [id, isA.map(textOfName)]));
  });
}

/** The ids of one section of the vocabulary. What lies between two of them may stand in another section. */
export function sectionHierarchy(section: ValueSection, ruleSet: Vocabulary): Hierarchy {
  if (section === 'sites') return siteHierarchy(ruleSet);
  const bySection = remember(SECTIONS, ruleSet, () => new Map());
  return remember(bySection, section, () => {
    const whole = adviceHierarchy(ruleSet);
    const ids = [...ruleSet.advice.values()].filter(({ kind }) => kind === KINDS[section]).map(({ id }) => id);
    return new Hierarchy(ids.map(id => [id, [...whole.above(id)].filter(other => other !== id)]));
  });
}

function textOfName({ value }: Name): string {
  return value;
}
