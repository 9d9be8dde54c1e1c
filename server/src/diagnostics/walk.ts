/** Goes once through what a file writes and sorts it into lists, so that each diagnostic reads only what it is about. */
import { ANYWHERE, factIn } from '../model/names.ts';
import type {
  Component,
  Condition,
  DerivedFact,
  Effect,
  Fact,
  Impossible,
  Item,
  Name,
  Rule,
  RuleSet,
  RuleSetFile,
  Score,
  Test,
  Threshold,
} from '../model/rule-set.ts';
import { isPlain } from './plain-tests.ts';

export type AnyFact = Fact | DerivedFact;

/** Where a condition stands. `top` is the condition it is part of. */
export interface Spot {
  readonly item: Rule | Score | DerivedFact | Impossible | undefined;
  readonly role: 'when' | 'until' | 'row' | 'points' | 'band' | 'except' | 'impossible' | 'applies-to';
  /** The group whose record is in sight, as written. */
  readonly group: string | undefined;
  /** Only `all`, `any` and `some` stand between the condition and the item. */
  readonly positive: boolean;
}

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;

export interface Placed<Value> {
  readonly condition: Value;
  readonly spot: Spot;
}

/** A fact held against constants: by a condition, a threshold or a component's interval. Only those that are not plainly in order. */
export interface FactTest {
  readonly name: Name;
  /** The fact of that name where the test stands. */
  readonly fact: AnyFact | undefined;
  readonly test: Test;
  /** The unit of its plain numbers. */
  readonly unit: Name | undefined;
  /** Id of what holds the test. */
  readonly owner: string;
}

export interface PlacedEffect {
  readonly effect: Effect;
  readonly rule: Rule;
}

export interface Walked {
  readonly factTests: readonly FactTest[];
  readonly scoreTests: readonly Placed<Of<'score-total' | 'score-component'>>[];
  /** Every condition that names a score. */
  readonly scoreConditions: readonly Placed<Of<'score-total' | 'score-component' | 'score-bands' | 'score-applies'>>[];
  readonly thresholds: readonly Placed<Of<'threshold'>>[];
  readonly unknowns: readonly Placed<Of<'unknown'>>[];
  readonly counts: readonly Placed<Of<'count-records' | 'count-conditions'>>[];
  readonly groupTests: readonly Placed<Of<'some' | 'every' | 'none' | 'count-records'>>[];
  readonly effects: readonly PlacedEffect[];
}

/** The lists under construction, and the facts met so far: the same few are tested again and again. */
type Lists = { -readonly [Key in keyof Walked]: Walked[Key] extends readonly (infer Entry)[] ? Entry[] : never } & {
  readonly factOf: (id: string, group: string | undefined) => AnyFact | undefined;
};

const walked = new WeakMap<RuleSet, Walked>();

/** The lists of the file at the root of a whole; made once. */
export function walk({ own, ruleSet }: { own: RuleSetFile; ruleSet: RuleSet }): Walked {
  const known = walked.get(ruleSet);
  if (known) return known;
  const lists: Lists = {
    factTests: [],
    scoreTests: [],
    scoreConditions: [],
    thresholds: [],
    unknowns: [],
    counts: [],
    groupTests: [],
    effects: [],
    factOf: factReader(ruleSet),
  };
  walkFile(own, ruleSet.locatedGroup?.id, lists);
  walked.set(ruleSet, lists);
  return lists;
}

function walkFile(file: RuleSetFile, located: string | undefined, lists: Lists): void {
  visit(file.appliesTo, { item: undefined, role: 'applies-to', group: undefined, positive: true }, lists);
  for (const threshold of file.thresholds.values()) walkThreshold(threshold, lists);
  for (const derived of file.derived.values()) walkDerived(derived, lists);
  for (const score of file.scores.values()) walkScore(score, lists);
  for (const rule of file.rules.values()) walkRule(rule, rule.precaution ? located : rule.of?.value, lists);
  for (const { section, item } of file.doubles) if (section === 'rules') walkRule(item as Rule, (item as Rule).of?.value, lists);
  for (const item of file.impossible.values()) visit(item.when, { item, role: 'impossible', group: item.of?.value, positive: true }, lists);
}

function walkThreshold({ id, fact, test }: Threshold, lists: Lists): void {
  if (!fact) return;
  addTest(fact, lists.factOf(fact.value, ANYWHERE), test, test.unit, id, lists);
}

function walkDerived(item: DerivedFact, lists: Lists): void {
  if (item.how?.kind !== 'table') return;
  for (const row of item.how.rows) visit(row.when, { item, role: 'row', group: item.group, positive: true }, lists);
}

function walkScore(item: Score, lists: Lists): void {
  const group = item.of?.value;
  visit(item.when, { item, role: 'when', group, positive: true }, lists);
  for (const component of item.components.values()) walkComponent(item, component, lists);
  for (const bands of item.bandSets.values())
    for (const band of bands) visit(band.when, { item, role: 'band', group, positive: true }, lists);
}

function walkComponent(item: Score, { how }: Component, lists: Lists): void {
  const group = item.of?.value;
  if (how?.kind === 'intervals') {
    const fact = lists.factOf(how.fact.value, group);
    for (const { test } of how.intervals) addTest(how.fact, fact, test, test.unit ?? how.unit, item.id, lists);
  } else if (how?.kind === 'conditions') {
    for (const { when } of how.conditions) visit(when, { item, role: 'points', group, positive: true }, lists);
  }
}

/** A precaution is a rule of the group whose records have a site. */
function walkRule(item: Rule, group: string | undefined, lists: Lists): void {
  visit(item.when, { item, role: 'when', group, positive: true }, lists);
  visit(item.until, { item, role: 'until', group, positive: true }, lists);
  for (const effect of item.then) {
    lists.effects.push({ effect, rule: item });
    if (!('at' in effect) || effect.at.kind !== 'below' || !effect.at.except) continue;
    visit(effect.at.except.where, { item, role: 'except', group: effect.at.except.group.value, positive: true }, lists);
  }
}

function visit(condition: Condition | undefined, spot: Spot, lists: Lists): void {
  if (!condition) return;
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const item of condition.items) visit(item, spot, lists);
      return;
    case 'not':
      visit(condition.item, negative(spot), lists);
      return;
    case 'fact':
      addTest(condition.fact, lists.factOf(condition.fact.value, spot.group), condition.test, condition.test.unit, ownerOf(spot), lists);
      return;
    case 'threshold':
      lists.thresholds.push({ condition, spot });
      return;
    case 'unknown':
      lists.unknowns.push({ condition, spot });
      return;
    case 'unreadable':
      return;
    default:
      visitGroupOrScore(condition, spot, lists);
  }
}

function visitGroupOrScore(
  condition: Exclude<Condition, { kind: 'all' | 'any' | 'not' | 'fact' | 'threshold' | 'unknown' | 'unreadable' }>,
  spot: Spot,
  lists: Lists,
): void {
  switch (condition.kind) {
    case 'score-total':
    case 'score-component':
      lists.scoreTests.push({ condition, spot });
      lists.scoreConditions.push({ condition, spot });
      return;
    case 'score-bands':
    case 'score-applies':
      lists.scoreConditions.push({ condition, spot });
      return;
    case 'count-conditions':
      lists.counts.push({ condition, spot });
      for (const item of condition.items) visit(item, negative(spot), lists);
      return;
    default:
      if (condition.kind === 'count-records') lists.counts.push({ condition, spot });
      lists.groupTests.push({ condition, spot });
      visit(condition.where, inside(condition, spot), lists);
  }
}

/** A `where` sees its record and the patient, whatever record the rule is about. */
function inside({ kind, group }: Of<'some' | 'every' | 'none' | 'count-records'>, spot: Spot): Spot {
  return { ...spot, group: group.value, positive: spot.positive && kind === 'some' };
}

function negative(spot: Spot): Spot {
  return spot.positive ? { ...spot, positive: false } : spot;
}

function addTest(name: Name, fact: AnyFact | undefined, test: Test, unit: Name | undefined, owner: string, { factTests }: Lists): void {
  if (!fact || !isPlain(fact, test, unit)) factTests.push({ name, fact, test, unit, owner });
}

function factReader(ruleSet: RuleSet): Lists['factOf'] {
  const byGroup = new Map<string | undefined, Map<string, AnyFact | undefined>>();
  return (id, group) => {
    const facts = byGroup.get(group) ?? new Map<string, AnyFact | undefined>();
    if (facts.size === 0) byGroup.set(group, facts);
    if (!facts.has(id)) facts.set(id, factIn(ruleSet, group, id));
    return facts.get(id);
  };
}

/** Id of the item a condition belongs to, for the identity of a finding. */
export function ownerOf({ item, role }: Spot): string {
  return item ? (item as Item).id : role;
}
