/** What the rule set asks of each fact: every test, wherever it stands, so that its values can be cut into cells once for all questions. */
import { factIn } from '../model/names.ts';
import type { Condition, DerivedFact, Fact, Name, Rule, RuleSet, Score, Term, Test } from '../model/rule-set.ts';

export interface FactTests {
  readonly tests: Test[];
  /** Whether some condition asks if it is unknown. */
  unknownTested: boolean;
  /** Whether its own value is taken as points: then every whole value is a cell of its own. */
  asPoints: boolean;
  /** Ids of a closed list or of sites that conditions, places and options tell apart. */
  readonly ids: Set<string>;
  /** Whether several of its values may be possible at once: sets of them are cells of their own. */
  readonly maySeveral?: true;
  /** Whether places are spared where records lie, so that it counts which of them lie at the same. */
  spared?: true;
}

export interface Gathered {
  readonly facts: ReadonlyMap<Fact, FactTests>;
  /** Scores of which some condition asks whether they are unknown. */
  readonly unknownScores: ReadonlySet<string>;
  /** Groups of which some condition asks whether their list is incomplete. */
  readonly unknownGroups: ReadonlySet<string>;
}

export function isDerived(fact: Fact): fact is DerivedFact {
  return 'how' in fact;
}

/** Of the rules and all that is declared beside them. */
export function gather(ruleSet: RuleSet): Gathered {
  return gatherFrom(ruleSet, visit => eachCondition(ruleSet, visit), [...ruleSet.rules.values()], undefined);
}

/** What some rules ask besides what was gathered already, with that: so cells are as few as these rules tell apart. */
export function gatherMore(ruleSet: RuleSet, rules: readonly Rule[], before: Gathered): Gathered {
  const each: EachCondition = visit => {
    for (const rule of rules) eachRuleCondition(rule, groupOf(ruleSet, rule), (condition, group) => eachPart(condition, group, visit));
  };
  return gatherFrom(ruleSet, each, rules, before);
}

type EachCondition = (visit: (condition: Condition, group: string | undefined) => void) => void;

function gatherFrom(ruleSet: RuleSet, eachOne: EachCondition, rules: readonly Rule[], before: Gathered | undefined): Gathered {
  const gathered = new Map<Fact, FactTests>(before?.facts);
  const unknownScores = new Set<string>();
  const unknownGroups = new Set<string>(before?.unknownGroups);
  const unknownFacts: Fact[] = [];
  const changed = new Set<FactTests>();
  const of = (fact: Fact): FactTests => {
    const known = gathered.get(fact);
    if (known && changed.has(known)) return known;
    const own = known ? { ...known, tests: [...known.tests], ids: new Set(known.ids) } : noTests();
    changed.add(own);
    gathered.set(fact, own);
    return own;
  };
  eachOne((condition, group) => {
    if (condition.kind === 'fact') {
      const fact = factIn(ruleSet, group, condition.fact.value);
      if (fact) of(fact).tests.push(condition.test);
    }
    if (condition.kind === 'threshold') {
      const threshold = ruleSet.thresholds.get(condition.threshold.value);
      const fact = threshold?.fact && factIn(ruleSet, group, threshold.fact.value);
      if (fact) of(fact).tests.push(threshold.test);
    }
    if (condition.kind === 'unknown' && condition.what === 'fact') {
      const fact = factIn(ruleSet, group, condition.name.value);
      if (fact) unknownFacts.push(fact);
    }
    if (condition.kind === 'unknown' && condition.what === 'score') unknownScores.add(condition.name.value);
    if (condition.kind === 'unknown' && condition.what === 'group') unknownGroups.add(condition.name.value);
  });
  if (!before) for (const score of ruleSet.scores.values()) gatherComponents(ruleSet, score, of);
  for (const fact of readForUnknown(ruleSet, unknownFacts, unknownScores, unknownGroups)) of(fact).unknownTested = true;
  for (const { tests, ids } of changed) for (const test of tests) for (const id of idsOf(test)) ids.add(id);
  const site = siteFact(ruleSet);
  if (site) for (const id of placedSites(rules)) of(site).ids.add(id);
  for (const fact of sparesRecords(rules) ? (ruleSet.locatedGroup?.facts.values() ?? []) : [])
    if (fact === site || fact.type === 'side') of(fact).spared = true;
  for (const score of before?.unknownScores ?? []) unknownScores.add(score);
  return { facts: gathered, unknownScores, unknownGroups };
}

function noTests(): FactTests {
  return { tests: [], unknownTested: false, asPoints: false, ids: new Set() };
}

/** The fact that says where a record of the located group is. */
export function siteFact(ruleSet: RuleSet): Fact | undefined {
  return [...(ruleSet.locatedGroup?.facts.values() ?? [])].find(({ values }) => values === 'sites');
}

function idsOf({ is, in: list }: Test): string[] {
  return [...(is ? [is] : []), ...(list ?? [])].flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

/** Sites that precautions and effects name. */
function placedSites(rules: readonly Rule[]): string[] {
  const places = rules.flatMap(({ then }) => then.flatMap(effect => (effect.kind === 'decide' ? [] : [effect.at])));
  const inEffects = places.flatMap(at =>
    at.kind === 'sites' ? at.sites : at.kind === 'below' ? [at.site, ...(at.except?.whole ?? [])] : [],
  );
  const inPrecautions = rules.flatMap(({ sites }) => sites);
  return [...inEffects, ...inPrecautions].map(({ value }) => value);
}

/** Whether an effect of theirs holds but for the places of records. */
function sparesRecords(rules: readonly Rule[]): boolean {
  return rules.some(({ then }) => then.some(effect => effect.kind !== 'decide' && effect.at.kind === 'below' && effect.at.except));
}

function gatherComponents(ruleSet: RuleSet, score: Score, of: (fact: Fact) => FactTests): void {
  for (const { how } of score.components.values()) {
    const name = how?.kind === 'intervals' || how?.kind === 'value' ? how.fact : undefined;
    const fact = name && factIn(ruleSet, score.of?.value, name.value);
    if (fact && how?.kind === 'intervals')
      of(fact).tests.push(...how.intervals.map(({ test }) => ({ ...test, unit: test.unit ?? how.unit })));
    if (fact && how?.kind === 'value') of(fact).asPoints = true;
    const from = how?.kind === 'options' && how.from && factIn(ruleSet, score.of?.value, how.from.value);
    if (from) for (const id of [...how.options.keys(), ...how.undefinedOptions.keys()]) of(from).ids.add(id);
  }
}

/** Every condition of the whole with all its parts, and the group whose record it sees. */
export function eachCondition(ruleSet: RuleSet, visit: (condition: Condition, group: string | undefined) => void): void {
  const walk: Walk = (condition, group) => eachPart(condition, group, visit);
  walk(ruleSet.root.appliesTo, undefined);
  for (const { when, of } of ruleSet.impossible.values()) walk(when, of?.value);
  for (const rule of ruleSet.rules.values()) eachRuleCondition(rule, groupOf(ruleSet, rule), walk);
  for (const score of ruleSet.scores.values()) eachScoreCondition(score, walk);
  for (const { how, group } of ruleSet.derived.values()) if (how?.kind === 'table') for (const { when } of how.rows) walk(when, group);
}

/** The group of whose records a rule holds. */
export function groupOf(ruleSet: RuleSet, rule: Rule): string | undefined {
  return rule.precaution ? ruleSet.locatedGroup?.id : rule.of?.value;
}

export interface Deciding {
  readonly rule: Rule;
  readonly value: string;
}

const DECIDING = new WeakMap<RuleSet, Map<string, readonly Deciding[]>>();

/** The rules that decide the decision, with the value each gives, in the order of the rules. A rule that waits for a decision decides nothing. */
export function decidingRules(ruleSet: RuleSet, decision: string): readonly Deciding[] {
  const known = DECIDING.get(ruleSet) ?? allDeciding(ruleSet);
  DECIDING.set(ruleSet, known);
  return known.get(decision) ?? [];
}

function allDeciding(ruleSet: RuleSet): Map<string, Deciding[]> {
  const byDecision = new Map<string, Deciding[]>();
  for (const rule of ruleSet.rules.values()) {
    for (const effect of rule.then)
      if (effect.kind === 'decide' && !rule.given) addTo(byDecision, effect.decision.value, { rule, value: effect.value.value });
  }
  return byDecision;
}

const OVERRIDERS = new WeakMap<RuleSet, Map<string, Rule[]>>();

/** The rules that override it: those that name it, of the same group or of the patient. */
export function overridersOf(ruleSet: RuleSet, rule: Rule): readonly Rule[] {
  let known = OVERRIDERS.get(ruleSet);
  if (!known) {
    known = new Map();
    for (const other of ruleSet.rules.values()) {
      if (!other.override) continue;
      for (const id of new Set(other.override.rules.map(({ value }) => value)))
        if (mayOverride(ruleSet, other, id)) addTo(known, id, other);
    }
    OVERRIDERS.set(ruleSet, known);
  }
  return known.size === 0 ? NOBODY : (known.get(rule.id) ?? NOBODY);
}

const NOBODY: readonly Rule[] = [];

function mayOverride(ruleSet: RuleSet, other: Rule, id: string): boolean {
  const rule = ruleSet.rules.get(id);
  const group = groupOf(ruleSet, other);
  return rule !== undefined && (group === undefined || group === groupOf(ruleSet, rule));
}

function addTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

type Walk = (condition: Condition | undefined, group: string | undefined) => void;

function eachRuleCondition(rule: Rule, group: string | undefined, walk: Walk): void {
  walk(rule.when, group);
  walk(rule.until, group);
  for (const effect of rule.then) {
    if (effect.kind !== 'decide' && effect.at.kind === 'below' && effect.at.except)
      walk(effect.at.except.where, effect.at.except.group.value);
  }
}

/** The facts whose absence can leave one of these unknown: they themselves, and what scores, tables and formulas read. Scores and groups read are added. */
function readForUnknown(ruleSet: RuleSet, facts: readonly Fact[], scores: Set<string>, groups: Set<string>): ReadonlySet<Fact> {
  const found = new Set<Fact>(facts);
  const addFact = (name: Name | undefined, group: string | undefined) => {
    const fact = name && factIn(ruleSet, group, name.value);
    if (fact) found.add(fact);
  };
  const walk: Walk = (condition, group) =>
    eachPart(condition, group, (part, inside) => {
      if (part.kind === 'fact') addFact(part.fact, inside);
      if (part.kind === 'threshold') addFact(ruleSet.thresholds.get(part.threshold.value)?.fact, inside);
      if ('score' in part) scores.add(part.score.value);
      // A list that is not complete leaves open what its records meet.
      if ('group' in part) groups.add(part.group.value);
    });
  const done = new Set<unknown>();
  for (let size = -1; size !== found.size + scores.size; ) {
    size = found.size + scores.size;
    for (const fact of found) if (!done.has(fact) && done.add(fact) && isDerived(fact)) readDerived(fact, walk, addFact);
    for (const id of scores) {
      const score = ruleSet.scores.get(id);
      if (!score || done.has(score)) continue;
      done.add(score);
      eachScoreCondition(score, walk);
      for (const { how } of score.components.values())
        addFact(
          how?.kind === 'options' ? how.from : how?.kind === 'intervals' || how?.kind === 'value' ? how.fact : undefined,
          score.of?.value,
        );
    }
  }
  return found;
}

function readDerived({ how, group }: DerivedFact, walk: Walk, add: (name: Name, group: string | undefined) => void): void {
  if (how?.kind === 'table') for (const { when } of how.rows) walk(when, group);
  if (how?.kind === 'since') add(how.event, group);
  const visit = (term: Term): void => {
    if (term.kind === 'fact') add(term.fact, group);
    else if (term.kind !== 'number') term.terms.forEach(visit);
  };
  if (how?.kind === 'term') visit(how.term);
  if (how?.kind === 'formulas') for (const { term } of how.formulas) visit(term);
}

/** Whether a fact that is worked out hangs on the other. */
export function readsFact(ruleSet: RuleSet, derived: DerivedFact, fact: Fact): boolean {
  return readForUnknown(ruleSet, [derived], new Set(), new Set()).has(fact);
}

/** The same of an input: a fact, an event among them that voids a score while it is not known, or a score as a whole. */
export function readsInput(
  ruleSet: RuleSet,
  derived: DerivedFact,
  { fact, score }: { readonly fact?: Fact; readonly score?: string },
): boolean {
  const scores = new Set<string>();
  const facts = readForUnknown(ruleSet, [derived], scores, new Set());
  if (score !== undefined) return scores.has(score);
  return fact !== undefined && (facts.has(fact) || [...scores].some(id => isVoidedBy(ruleSet, id, fact)));
}

export function isVoidedBy(ruleSet: RuleSet, id: string, event: Fact): boolean {
  const score = ruleSet.scores.get(id);
  return score?.voidedBy.some(({ value }) => factIn(ruleSet, score.of?.value, value) === event) === true;
}

/** The same for patients of whom all is known, but perhaps the time of day of an event that must be recorded: where that is asked for it counts. */
export function withAllKnown({ facts }: Gathered): Gathered {
  const isOpen = (fact: Fact, { unknownTested }: FactTests) => unknownTested && fact.required && fact.type === 'date';
  const known = new Map([...facts].map(([fact, asked]) => [fact, { ...asked, unknownTested: isOpen(fact, asked) }]));
  return { facts: known, unknownScores: new Set(), unknownGroups: new Set() };
}

/** The same for patients of whom anything may be unknown. */
export function withAnyUnknown(ruleSet: RuleSet, { facts }: Gathered): Gathered {
  const all = [ruleSet, ...ruleSet.groups.values()].flatMap(holder => [...holder.facts.values()]);
  const asked = [...all, ...ruleSet.derived.values()].map((fact): [Fact, FactTests] => {
    const known = facts.get(fact) ?? { tests: [], asPoints: false, ids: new Set() };
    // What must be recorded is single; of an event the day alone may be known, which matters only where somebody asks.
    return [fact, { ...known, unknownTested: !(fact.required && fact.type === 'date') || facts.get(fact)?.unknownTested === true }];
  });
  return { facts: new Map(asked), unknownScores: new Set(ruleSet.scores.keys()), unknownGroups: new Set(ruleSet.groups.keys()) };
}

function eachScoreCondition(score: Score, walk: Walk): void {
  const group = score.of?.value;
  walk(score.when, group);
  for (const { how } of score.components.values()) if (how?.kind === 'conditions') for (const { when } of how.conditions) walk(when, group);
  for (const bands of score.bandSets.values()) for (const { when } of bands) walk(when, group);
}

function eachPart(
  condition: Condition | undefined,
  group: string | undefined,
  visit: (condition: Condition, group: string | undefined) => void,
): void {
  if (!condition) return;
  visit(condition, group);
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      for (const item of condition.items) eachPart(item, group, visit);
      return;
    case 'not':
      return eachPart(condition.item, group, visit);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      return eachPart(condition.where, condition.group.value, visit);
  }
}
