/** What the rule set asks of each fact: every test, wherever it stands, so that its values can be cut into cells once for all questions. */
import { factIn } from '../model/names.ts';
import type { Condition, DerivedFact, Fact, Rule, RuleSet, Score, Test } from '../model/rule-set.ts';

export interface FactTests {
  readonly tests: Test[];
  /** Whether some condition asks if it is unknown. */
  unknownTested: boolean;
  /** Whether its own value is taken as points: then every whole value is a cell of its own. */
  asPoints: boolean;
  /** Ids of a closed list or of sites that conditions, places and options tell apart. */
  readonly ids: Set<string>;
}

export interface Gathered {
  readonly facts: ReadonlyMap<Fact, FactTests>;
  /** Scores of which some condition asks whether they are unknown. */
  readonly unknownScores: ReadonlySet<string>;
}

export function isDerived(fact: Fact): fact is DerivedFact {
  return 'how' in fact;
}

export function gather(ruleSet: RuleSet): Gathered {
  const gathered = new Map<Fact, FactTests>();
  const unknownScores = new Set<string>();
  const of = (fact: Fact): FactTests => {
    const known = gathered.get(fact) ?? { tests: [], unknownTested: false, asPoints: false, ids: new Set() };
    gathered.set(fact, known);
    return known;
  };
  eachCondition(ruleSet, (condition, group) => {
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
      if (fact) of(fact).unknownTested = true;
    }
    if (condition.kind === 'unknown' && condition.what === 'score') unknownScores.add(condition.name.value);
  });
  for (const score of ruleSet.scores.values()) gatherComponents(ruleSet, score, of, unknownScores.has(score.id));
  for (const { tests, ids } of gathered.values()) for (const test of tests) for (const id of idsOf(test)) ids.add(id);
  const site = siteFact(ruleSet);
  if (site) for (const id of placedSites(ruleSet)) of(site).ids.add(id);
  return { facts: gathered, unknownScores };
}

/** The fact that says where a record of the located group is. */
export function siteFact(ruleSet: RuleSet): Fact | undefined {
  return [...(ruleSet.locatedGroup?.facts.values() ?? [])].find(({ values }) => values === 'sites');
}

function idsOf({ is, in: list }: Test): string[] {
  return [...(is ? [is] : []), ...(list ?? [])].flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

/** Sites that precautions and effects name. */
function placedSites(ruleSet: RuleSet): string[] {
  const places = [...ruleSet.rules.values()].flatMap(({ then }) => then.flatMap(effect => (effect.kind === 'decide' ? [] : [effect.at])));
  const inEffects = places.flatMap(at => (at.kind === 'sites' ? at.sites : at.kind === 'below' ? [at.site] : []));
  const inPrecautions = [...ruleSet.rules.values()].flatMap(({ sites }) => sites);
  return [...inEffects, ...inPrecautions].map(({ value }) => value);
}

function gatherComponents(ruleSet: RuleSet, score: Score, of: (fact: Fact) => FactTests, unknownTested: boolean): void {
  for (const { how } of score.components.values()) {
    const name = how?.kind === 'intervals' || how?.kind === 'value' ? how.fact : undefined;
    const fact = name && factIn(ruleSet, score.of?.value, name.value);
    if (fact && how?.kind === 'intervals')
      of(fact).tests.push(...how.intervals.map(({ test }) => ({ ...test, unit: test.unit ?? how.unit })));
    if (fact && how?.kind === 'value') of(fact).asPoints = true;
    if (fact && unknownTested) of(fact).unknownTested = true;
    const from = how?.kind === 'options' && how.from && factIn(ruleSet, score.of?.value, how.from.value);
    if (from) for (const id of [...how.options.keys(), ...how.undefinedOptions.keys()]) of(from).ids.add(id);
  }
}

/** Every condition of the whole with all its parts, and the group whose record it sees. */
export function eachCondition(ruleSet: RuleSet, visit: (condition: Condition, group: string | undefined) => void): void {
  const walk = (condition: Condition | undefined, group: string | undefined): void => {
    if (!condition) return;
    visit(condition, group);
    for (const [part, inside] of partsOf(condition, group)) walk(part, inside);
  };
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

/** The rules that decide the decision, with the value each gives, in the order of the rules. */
export function decidingRules(ruleSet: RuleSet, decision: string): readonly Deciding[] {
  const known = DECIDING.get(ruleSet) ?? allDeciding(ruleSet);
  DECIDING.set(ruleSet, known);
  return known.get(decision) ?? [];
}

function allDeciding(ruleSet: RuleSet): Map<string, Deciding[]> {
  const byDecision = new Map<string, Deciding[]>();
  for (const rule of ruleSet.rules.values()) {
    for (const effect of rule.then)
      if (effect.kind === 'decide') addTo(byDecision, effect.decision.value, { rule, value: effect.value.value });
  }
  return byDecision;
}

const OVERRIDERS = new WeakMap<RuleSet, Map<string, Rule[]>>();

/** The rules that name it in their `override`. */
export function overridersOf(ruleSet: RuleSet, rule: Rule): readonly Rule[] {
  let known = OVERRIDERS.get(ruleSet);
  if (!known) {
    known = new Map();
    for (const other of ruleSet.rules.values()) for (const { value } of other.override?.rules ?? []) addTo(known, value, other);
    OVERRIDERS.set(ruleSet, known);
  }
  return known.get(rule.id) ?? [];
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

function eachScoreCondition(score: Score, walk: Walk): void {
  const group = score.of?.value;
  walk(score.when, group);
  for (const { how } of score.components.values()) if (how?.kind === 'conditions') for (const { when } of how.conditions) walk(when, group);
  for (const bands of score.bandSets.values()) for (const { when } of bands) walk(when, group);
}

function partsOf(condition: Condition, group: string | undefined): [Condition | undefined, string | undefined][] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      return condition.items.map(item => [item, group]);
    case 'not':
      return [[condition.item, group]];
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      return [[condition.where, condition.group.value]];
    default:
      return [];
  }
}
