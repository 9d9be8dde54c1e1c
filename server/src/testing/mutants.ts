/** Every mutant of a rule set: the rule set with one thing changed that its cases should notice. */
import { valueHierarchy } from '../model/hierarchy.ts';
import { factIn } from '../model/names.ts';
import type { Condition, Fact, Item, Rule, RuleSet, Score, Threshold } from '../model/rule-set.ts';
import type { Place, Span } from '../text/span.ts';
import { changedConditions, type Names } from './changed-conditions.ts';
import { type ChangeKind, changedTests, type TestedFact } from './changed-tests.ts';
import { changedDecisions, changedFacts, changedSites } from './mutants-of-facts.ts';
import { changedThen, changedTruth } from './mutants-of-rules.ts';
import { changedScores } from './mutants-of-scores.ts';

export type MutantKind =
  | ChangeKind
  | 'points'
  | 'site'
  | 'effect'
  | 'amount'
  | 'override'
  | 'until'
  | 'given'
  | 'rule'
  | 'scope'
  | 'constant'
  | 'row'
  | 'link'
  | 'validity'
  | 'decision';

export interface Mutant {
  readonly kind: MutantKind;
  readonly item: Pick<Item, 'id'>;
  readonly place: Place;
  readonly was: string;
  readonly is: string;
  readonly change: MutantChange;
}

/** The item in its changed form. */
export type MutantChange =
  /** Only when the rule holds. Nothing else of the rule set changes its meaning. */
  | { readonly kind: 'when'; readonly rule: Rule; readonly changed: Rule }
  /** What it does when it fires. */
  | { readonly kind: 'then'; readonly rule: Rule; readonly changed: Rule }
  | { readonly kind: 'threshold'; readonly item: Threshold; readonly changed: Threshold }
  | { readonly kind: 'score'; readonly item: Score; readonly changed: Score }
  /** Anything else, of which the whole rule set is made anew. */
  | { readonly kind: 'whole'; readonly what: WholeChange; readonly changed: RuleSet };

/** What of the rule set it is that changes. */
export type WholeChange =
  | { readonly kind: 'scope'; readonly was: Condition; readonly is: Condition | undefined }
  | { readonly kind: 'fact'; readonly was: Fact; readonly is: Fact }
  | { readonly kind: 'site'; readonly id: string }
  | { readonly kind: 'decision'; readonly id: string };

/** One thing of an item changed. */
export interface Changed<Whole> {
  readonly kind: MutantKind;
  readonly span: Span;
  readonly was: string;
  readonly is: string;
  readonly changed: Whole;
}

export function* mutantsOf(ruleSet: RuleSet): Generator<Mutant> {
  const names = namesIn(ruleSet);
  yield* ofScope(ruleSet, names);
  for (const rule of ruleSet.rules.values()) {
    for (const each of changedTruth(rule, ruleSet, names)) yield mutant(rule, each, { kind: 'when', rule, changed: each.changed });
    for (const each of changedThen(rule, ruleSet, names)) yield mutant(rule, each, { kind: 'then', rule, changed: each.changed });
  }
  for (const item of ruleSet.thresholds.values()) {
    const fact = item.fact && names.factOf(item.fact.value, '@anywhere');
    for (const each of changedTests(item.test, { fact }))
      yield mutant(item, each, { kind: 'threshold', item, changed: { ...item, test: each.changed } });
  }
  for (const item of ruleSet.scores.values())
    for (const each of changedScores(item, names)) yield mutant(item, each, { kind: 'score', item, changed: each.changed });
  for (const [item, each] of changedFacts(ruleSet, names))
    yield mutant(item, each, { kind: 'whole', what: { kind: 'fact', was: each.before, is: each.after }, changed: each.changed });
  for (const [item, each] of changedSites(ruleSet))
    yield mutant(item, each, { kind: 'whole', what: { kind: 'site', id: item.id }, changed: each.changed });
  for (const [item, each] of changedDecisions(ruleSet))
    yield mutant(item, each, { kind: 'whole', what: { kind: 'decision', id: item.id }, changed: each.changed });
}

function mutant({ id, file }: Item, { kind, span, was, is }: Omit<Changed<unknown>, 'changed'>, change: MutantChange): Mutant {
  return { kind, item: { id }, place: { file, span }, was, is, change };
}

/** Whom it applies to. A file that adapts another may have that of its base. */
function* ofScope(ruleSet: RuleSet, names: Names): Generator<Mutant> {
  const { root, files } = ruleSet;
  const was = root.appliesTo;
  if (!was) return;
  const file = files.find(({ appliesTo, file }) => file !== root.file && appliesTo === was)?.file ?? root.file;
  const made = (each: Omit<Changed<unknown>, 'changed'>, is: Condition | undefined): Mutant => ({
    kind: each.kind,
    item: { id: 'appliesTo' },
    place: { file, span: each.span },
    was: each.was,
    is: each.is,
    change: { kind: 'whole', what: { kind: 'scope', was, is }, changed: { ...ruleSet, root: { ...root, appliesTo: is } } },
  });
  yield made({ kind: 'scope', span: was.span, was: 'whom it applies to', is: 'left out' }, undefined);
  for (const each of changedConditions(was, undefined, names)) yield made(each, each.changed);
}

function namesIn(ruleSet: RuleSet): Names {
  return {
    factOf: (name, group) => {
      const fact = factIn(ruleSet, group, name);
      return fact && testedFact(fact, ruleSet);
    },
    bandBeside: (score, band) => {
      const sets = [...(ruleSet.scores.get(score)?.bandSets.values() ?? [])];
      const ids = sets.map(bands => bands.map(({ id }) => id)).find(each => each.includes(band)) ?? [];
      return ids[ids.indexOf(band) + 1] ?? ids[ids.indexOf(band) - 1];
    },
  };
}

function testedFact(fact: Fact, ruleSet: RuleSet): TestedFact {
  if (fact.type !== 'code' && fact.type !== 'side') return fact;
  return { ...fact, beside: id => besideIn(valueHierarchy(fact, ruleSet), id) };
}

/** The next with the same parents, else the one before. */
export function besideIn(hierarchy: ReturnType<typeof valueHierarchy>, id: string): string | undefined {
  if (!hierarchy.has(id)) return undefined;
  const key = (one: string) => [...hierarchy.parentsOf(one)].sort().join();
  const alike = hierarchy.ids.filter(one => key(one) === key(id));
  return alike[alike.indexOf(id) + 1] ?? alike[alike.indexOf(id) - 1];
}
