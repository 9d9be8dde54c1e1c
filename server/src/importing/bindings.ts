/** What of a rule set a terminology's code stands for. */
import type { CodeValue, Fact, Group, RuleSet } from '../model/rule-set.ts';
import { keysOf } from './systems.ts';

export interface FactValues {
  readonly ids: ReadonlySet<string>;
  readonly byCode: ReadonlyMap<string, readonly string[]>;
}

export interface Bindings {
  readonly ruleSet: RuleSet;
  /** Facts of the patient by code. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  /** Code facts of the patient that have no code of their own, by the codes of their values. */
  readonly byValue: ReadonlyMap<string, readonly Fact[]>;
  /** Ids of derived facts: they are calculated, never recorded. */
  readonly derived: ReadonlyMap<string, string>;
  /** Groups of which a record is made from what has the code. */
  readonly groups: ReadonlyMap<string, readonly Group[]>;
  /** Code facts of groups without a code, whose values are given or done: drugs, procedures. */
  readonly given: ReadonlyMap<string, readonly Fact[]>;
  readonly valuesOf: (fact: Fact) => FactValues;
}

export function bindingsOf(ruleSet: RuleSet): Bindings {
  const valuesOf = remembered((fact: Fact) => valuesOfFact(ruleSet, fact));
  const facts = [...ruleSet.facts.values()];
  const groups = [...ruleSet.groups.values()];
  const byValue = facts.filter(fact => fact.type === 'code' && !fact.code);
  const given = groups.filter(group => !group.code).flatMap(group => [...group.facts.values()].filter(isGiven));
  return {
    ruleSet,
    facts: index(facts, fact => keysOf(fact.code)),
    byValue: index(byValue, fact => [...valuesOf(fact).byCode.keys()]),
    derived: new Map([...ruleSet.derived.values()].flatMap(fact => keysOf(fact.code).map(key => [key, fact.id] as const))),
    groups: index(groups, group => keysOf(group.code)),
    given: index(given, fact => [...valuesOf(fact).byCode.keys()]),
    valuesOf,
  };
}

function isGiven(fact: Fact): boolean {
  return fact.type === 'code' && fact.values === 'interventions';
}

function index<T>(items: readonly T[], keys: (item: T) => readonly string[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items)
    for (const key of keys(item)) {
      const known = found.get(key);
      if (known) known.push(item);
      else found.set(key, [item]);
    }
  return found;
}

function remembered<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return key => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

function valuesOfFact(ruleSet: RuleSet, fact: Fact): FactValues {
  const values = [...listOf(ruleSet, fact)];
  const byCode = new Map([...index(values, ({ code }) => keysOf(code))].map(([key, same]) => [key, same.map(({ id }) => id)] as const));
  return { ids: new Set(values.map(({ id }) => id)), byCode };
}

function listOf(ruleSet: RuleSet, fact: Fact): Iterable<Pick<CodeValue, 'id' | 'code'>> {
  if (typeof fact.values !== 'string') return fact.values ?? [];
  if (fact.values === 'sites') return ruleSet.sites.values();
  const kind = { activities: 'activity', interventions: 'intervention', assessments: 'assessment' }[fact.values];
  return [...ruleSet.advice.values()].filter(advice => advice.kind === kind);
}
