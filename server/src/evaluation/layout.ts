/** Where everything of a rule set is stored: a slot for each recorded fact, derived fact and score, of the patient and of each group. */
import { valueHierarchy } from '../model/hierarchy.ts';
import type { Condition, DerivedFact, Fact, Group, RuleSet, Score } from '../model/rule-set.ts';
import { valuesWhileAbsent } from './absent.ts';
import type { Compiling, FactReader, RecordedFact, Standing } from './compiling.ts';
import { type CompiledCondition, compileCondition } from './conditions.ts';
import { compileDerivation } from './derived.ts';
import { type CompiledScore, compileScore } from './scores.ts';
import { type Context, holderOf, type Slot } from './state.ts';
import type { Possible, Value } from './values.ts';

export interface Layout {
  readonly groups: readonly Group[];
  /** What the patient (undefined) or a record of a group can have, by slot. */
  readonly holders: (group: number | undefined) => HolderLayout;
  readonly compiling: Compiling;
}

export interface HolderLayout {
  readonly facts: readonly RecordedFact[];
  readonly scores: readonly CompiledScore[];
  readonly derived: readonly FactReader[];
}

export function layoutOf(ruleSet: RuleSet): Layout {
  const groups = [...ruleSet.groups.values()];
  const names = new Names(ruleSet, groups);
  const keys = [undefined, ...groups.map(({ id }) => id)];
  const all = keys.map(group => names.everything(group));
  return { groups, compiling: names, holders: group => all[group === undefined ? 0 : group + 1]! };
}

/** Resolves names and compiles what they stand for, once. What is defined by itself cannot be resolved while it is being compiled. */
class Names implements Compiling {
  readonly ruleSet: RuleSet;
  readonly groups: ReadonlyMap<string, number>;
  readonly #recorded = new Map<string, RecordedFact>();
  readonly #readers = new Map<string, FactReader | undefined>();
  readonly #scores = new Map<string, CompiledScore | undefined>();
  readonly #derivedSlots: ReadonlyMap<string, Slot>;
  readonly #scoreSlots: ReadonlyMap<string, Slot>;

  constructor(ruleSet: RuleSet, groups: readonly Group[]) {
    this.ruleSet = ruleSet;
    this.groups = new Map(groups.map(({ id }, index) => [id, index]));
    for (const [index, fact] of [...ruleSet.facts.values()].entries()) this.#record(fact, fact.id, { group: undefined, index });
    for (const [group, { id, facts }] of groups.entries())
      for (const [index, fact] of [...facts.values()].entries()) this.#record(fact, `${id}.${fact.id}`, { group, index });
    this.#derivedSlots = this.#slots([...ruleSet.derived.values()], derived => derived.group);
    this.#scoreSlots = this.#slots([...ruleSet.scores.values()], score => score.of?.value);
  }

  fact(name: string, group: string | undefined): FactReader | undefined {
    const own = group === undefined ? undefined : this.#factOf(name, group);
    return own ?? this.#factOf(name, undefined);
  }

  score(name: string, group: string | undefined): CompiledScore | undefined {
    const score = this.ruleSet.scores.get(name);
    const slot = this.#scoreSlots.get(name);
    if (!score || !slot || (score.of && score.of.value !== group)) return undefined;
    return once(this.#scores, name, () => compileScore(score, slot, this));
  }

  condition(condition: Condition, standing: Standing): CompiledCondition {
    return compileCondition(condition, standing, this);
  }

  everything(group: string | undefined): HolderLayout {
    const index = group === undefined ? undefined : this.groups.get(group);
    const scores = [...this.ruleSet.scores.values()].filter(score => (group === undefined ? !score.of : score.of?.value === group));
    const derived = [...this.ruleSet.derived.values()].filter(fact => fact.group === group);
    return {
      facts: [...this.#recorded.values()].filter(({ slot }) => slot.group === index),
      scores: scores.flatMap(({ id }) => this.score(id, group) ?? []),
      derived: derived.flatMap(({ id }) => this.#factOf(id, group) ?? []),
    };
  }

  #record(fact: Fact, key: string, slot: Slot): void {
    const codes = valueHierarchy(fact, this.ruleSet);
    let values: readonly Value[] | undefined;
    const whileAbsent = () => {
      values ??= valuesWhileAbsent(fact, codes, this.#readers.get(key)?.tests ?? [], this.#isCalculatedWith(key));
      return values;
    };
    this.#recorded.set(key, { fact, slot, key, codes, whileAbsent });
  }

  #factOf(name: string, group: string | undefined): FactReader | undefined {
    const key = group === undefined ? name : `${group}.${name}`;
    const recorded = this.#recorded.get(key);
    if (recorded) return once(this.#readers, key, () => readerOf(recorded));
    const derived = this.ruleSet.derived.get(name);
    const slot = this.#derivedSlots.get(name);
    if (!derived || !slot || derived.group !== group) return undefined;
    return once(this.#readers, key, () => this.#derive(derived, slot));
  }

  /** Whether a formula reads it: then no list of values stands for all of them. */
  #isCalculatedWith(key: string): boolean {
    const readers = [...this.#readers.values()].filter(reader => reader !== undefined);
    return readers.some(({ origin, reads }) => origin !== 'recorded' && origin !== 'table' && reads.some(fact => fact.key === key));
  }

  #derive(fact: DerivedFact, slot: Slot): FactReader {
    const codes = valueHierarchy(fact, this.ruleSet);
    const { read, reads, conditions, origin } = compileDerivation(fact, codes, this);
    return { fact, codes, reads, conditions, tests: [], origin, recorded: undefined, read: remembered(slot, read) };
  }

  /** Items of a group nobody declared have no slot, so that their names are not resolved. */
  #slots<T extends Score | DerivedFact>(items: readonly T[], groupOf: (item: T) => string | undefined): Map<string, Slot> {
    const next = new Map<number | undefined, number>();
    const slots = new Map<string, Slot>();
    for (const item of items) {
      const name = groupOf(item);
      const group = name === undefined ? undefined : this.groups.get(name);
      if (name !== undefined && group === undefined) continue;
      const index = next.get(group) ?? 0;
      next.set(group, index + 1);
      slots.set(item.id, { group, index });
    }
    return slots;
  }
}

/** What is asked for again while it is being made is told to be undefined. */
function once<T>(known: Map<string, T | undefined>, key: string, make: () => T): T | undefined {
  if (known.has(key)) return known.get(key);
  known.set(key, undefined);
  const made = make();
  known.set(key, made);
  return made;
}

function readerOf(recorded: RecordedFact): FactReader {
  const { fact, codes, slot } = recorded;
  const { index } = slot;
  const read =
    slot.group === undefined ? ({ patient }: Context) => patient.holder.facts[index] : ({ record }: Context) => record?.facts[index];
  return { fact, codes, reads: [recorded], conditions: [], tests: [], origin: 'recorded', recorded, read };
}

/** Derived values are kept with the holder they belong to; null stands for absent. */
function remembered(slot: Slot, read: (context: Context) => Possible): (context: Context) => Possible {
  return context => {
    const holder = holderOf(context, slot);
    if (!holder) return undefined;
    const known = holder.derived[slot.index];
    if (known !== undefined) return known ?? undefined;
    const values = read(context);
    holder.derived[slot.index] = values ?? null;
    return values;
  };
}
