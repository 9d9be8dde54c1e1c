/** What a name means where it stands, in a whole rule set: made once a whole, so that no diagnostic searches. */
import type { DerivedFact, Fact, Item, RuleSet, Score, Section } from '../model/rule-set.ts';
import type { AnyFact } from './walk.ts';

export type { AnyFact };

/** Something declared, and what it is called in messages. */
export interface Declared {
  readonly kind: string;
  readonly item: Item;
  /** The group whose records have it. */
  readonly group: string | undefined;
}

/** What an item of each section is called in messages. */
export const KIND_WORDS: Readonly<Record<Section, string>> = {
  sources: 'source',
  sites: 'site',
  advice: 'activity',
  parameters: 'parameter',
  phases: 'phase',
  facts: 'fact',
  groups: 'group',
  derived: 'derived fact',
  scores: 'score',
  thresholds: 'threshold',
  decisions: 'decision',
  rules: 'rule',
  notes: 'note',
  impossible: 'impossible patient',
};

const everything = new WeakMap<RuleSet, ReadonlyMap<string, readonly Declared[]>>();

/** All that is declared in the whole, by id: facts of groups too. */
export function declaredIn(ruleSet: RuleSet): ReadonlyMap<string, readonly Declared[]> {
  const known = everything.get(ruleSet);
  if (known) return known;
  const all = new Map<string, Declared[]>();
  const add = (id: string, declared: Declared) => {
    const others = all.get(id);
    if (others) others.push(declared);
    else all.set(id, [declared]);
  };
  for (const section of Object.keys(KIND_WORDS) as Section[]) {
    for (const [id, item] of ruleSet[section]) add(id, { kind: kindOf(section, item), item, group: groupOf(item) });
  }
  for (const { id: group, facts } of ruleSet.groups.values()) for (const [id, item] of facts) add(id, { kind: 'fact', item, group });
  everything.set(ruleSet, all);
  return all;
}

/** Every fact of that name, wherever it is: one of the patient, derived, or of a group's records. */
export function factsNamed(ruleSet: RuleSet, id: string): AnyFact[] {
  const found = declaredIn(ruleSet).get(id) ?? [];
  return found.filter(({ kind }) => kind === 'fact' || kind === 'derived fact').map(({ item }) => item as AnyFact);
}

/** The fact that a threshold, which stands in no record, is about. */
export function factOfThreshold(ruleSet: RuleSet, id: string): AnyFact | undefined {
  return ruleSet.facts.get(id) ?? ruleSet.derived.get(id) ?? factsNamed(ruleSet, id)[0];
}

export function isDerived(fact: AnyFact): fact is DerivedFact {
  return 'how' in fact;
}

function kindOf(section: Section, item: Item): string {
  return section === 'advice' ? (item as Item & { kind: string }).kind : KIND_WORDS[section];
}

function groupOf(item: Item): string | undefined {
  return (item as Partial<Fact>).group ?? (item as Partial<Score>).of?.value;
}
