/** Goes through a file and lists every name it refers to, each with where it is to be looked up. */
import type {
  Component,
  Condition,
  Constant,
  DerivedFact,
  Effect,
  EffectPlace,
  Fact,
  Item,
  Name,
  ParameterRange,
  Placed,
  Rule,
  RuleSetFile,
  Score,
  Section,
  SourceReference,
  Term,
  Test,
} from './rule-set.ts';

/** The group of the records that precautions are about: which one it is, the whole decides. */
export const LOCATED = '@located';

/** Seen from nowhere in particular: a threshold is about a fact of the patient or, used within a record, of that. */
export const ANYWHERE = '@anywhere';

/** What a name refers to. */
export type ReferenceTo =
  /** An item of one section. */
  | { readonly kind: 'item'; readonly section: Section }
  /** A fact in scope. */
  | { readonly kind: 'fact' }
  /** A fact or score anywhere: what an assessment `gives`. */
  | { readonly kind: 'input' }
  /** What can be required: something advised, or else an input. */
  | { readonly kind: 'requirement' }
  /** A value of a fact in scope. No name at all if that fact is no code. */
  | { readonly kind: 'value'; readonly fact: Name }
  | { readonly kind: 'band'; readonly score: Name }
  | { readonly kind: 'decision-value'; readonly decision: Name }
  /** A place on the order of a parameter. */
  | { readonly kind: 'place'; readonly parameter: Name };

export interface Reference {
  readonly name: Name;
  readonly to: ReferenceTo;
  /** The group whose record is in sight; `LOCATED` in a precaution, `ANYWHERE` in a threshold. */
  readonly group: string | undefined;
  /** The item that writes it; undefined for the file itself. */
  readonly from: Item | undefined;
}

/** Where names stand, and the list they go to. */
interface Sight {
  readonly from: Item | undefined;
  readonly group: string | undefined;
  readonly into: Reference[];
}

const IN: Readonly<Record<Section, ReferenceTo>> = Object.fromEntries(
  (['sources', 'sites', 'advice', 'parameters', 'phases', 'facts', 'groups', 'derived', 'scores'] as const)
    .concat(['thresholds', 'decisions', 'rules', 'notes', 'impossible'] as never)
    .map(section => [section, { kind: 'item', section }]),
) as Record<Section, ReferenceTo>;
const FACT: ReferenceTo = { kind: 'fact' };

export function gatherReferences(file: RuleSetFile): readonly Reference[] {
  const into: Reference[] = [];
  const at = (from: Item | undefined, group?: string): Sight => ({ from, group, into });
  for (const site of file.sites.values()) addAll(at(site), site.partOf, IN.sites);
  for (const advice of file.advice.values()) {
    addAll(at(advice), advice.isA, IN.advice);
    addAll(at(advice), advice.gives, { kind: 'input' });
  }
  for (const fact of file.facts.values()) ofFact(at(fact, fact.group), fact);
  for (const group of file.groups.values()) for (const fact of group.facts.values()) ofFact(at(fact, group.id), fact);
  for (const derived of file.derived.values()) ofDerived(at(derived, derived.group), derived);
  for (const score of file.scores.values()) ofScore(at(score, score.of?.value), score);
  for (const item of file.thresholds.values()) {
    ofSource(at(item), item.source);
    if (item.fact) ofTest(at(item, ANYWHERE), item.fact, item.test);
  }
  for (const decision of file.decisions.values()) add(at(decision), decision.each, IN.groups);
  for (const rule of file.rules.values()) ofRule(at(rule, rule.precaution ? LOCATED : rule.of?.value), rule);
  for (const { section, item } of file.doubles)
    if (section === 'rules') ofRule(at(item, (item as Rule).precaution ? LOCATED : (item as Rule).of?.value), item as Rule);
  for (const item of file.impossible.values()) {
    add(at(item), item.of, IN.groups);
    ofCondition(at(item, item.of?.value), item.when);
  }
  for (const note of file.notes.values()) ofSource(at(note), note.source);
  ofCondition(at(undefined), file.appliesTo);
  return into;
}

/** The empty name could not be read: what is wrong is told elsewhere. */
function add({ from, group, into }: Sight, name: Name | undefined, to: ReferenceTo): void {
  if (name && name.value !== '') into.push({ name, to, group, from });
}

function addAll(sight: Sight, names: readonly Name[], to: ReferenceTo): void {
  for (const name of names) add(sight, name, to);
}

function ofSource(sight: Sight, source: SourceReference | undefined): void {
  add(sight, source?.source, IN.sources);
}

function ofFact(sight: Sight, fact: Fact): void {
  if (typeof fact.values !== 'object') return;
  const self: Name = { value: fact.id, span: fact.idSpan };
  for (const { isA } of fact.values) addAll(sight, isA, { kind: 'value', fact: self });
}

function ofDerived(sight: Sight, derived: DerivedFact): void {
  add(sight, derived.of, IN.groups);
  ofFact(sight, derived);
  ofSource(sight, derived.source);
  const { how } = derived;
  if (how?.kind === 'term') ofTerm(sight, how.term);
  if (how?.kind === 'since') add(sight, how.event, FACT);
  if (how?.kind === 'formulas') {
    add(sight, how.by, FACT);
    for (const { term } of how.formulas) ofTerm(sight, term);
  }
  if (how?.kind !== 'table') return;
  const self: Name = { value: derived.id, span: derived.idSpan };
  for (const { when, value } of how.rows) {
    ofCondition(sight, when);
    ofConstant(sight, self, value);
  }
}

function ofTerm(sight: Sight, term: Term): void {
  if (term.kind === 'fact') add(sight, term.fact, FACT);
  else if (term.kind !== 'number') for (const each of term.terms) ofTerm(sight, each);
}

function ofScore(sight: Sight, score: Score): void {
  add(sight, score.of, IN.groups);
  ofSource(sight, score.source);
  ofCondition(sight, score.when);
  addAll(sight, score.voidedBy, FACT);
  for (const component of score.components.values()) ofComponent(sight, component);
  for (const bands of score.bandSets.values()) for (const band of bands) ofCondition(sight, band.when);
}

function ofComponent(sight: Sight, { how }: Component): void {
  if (how?.kind === 'options') {
    add(sight, how.from, FACT);
    // With `from`, options are the values of that fact.
    if (how.from) for (const { id, idSpan } of how.options.values()) ofConstant(sight, how.from, { value: id, span: idSpan });
  }
  if (how?.kind === 'value' || how?.kind === 'intervals') add(sight, how.fact, FACT);
  if (how?.kind === 'conditions') for (const { when } of how.conditions) ofCondition(sight, when);
}

function ofRule(sight: Sight, rule: Rule): void {
  add(sight, rule.of, IN.groups);
  addAll(sight, rule.sites, IN.sites);
  ofSource(sight, rule.source);
  ofCondition(sight, rule.when);
  ofCondition(sight, rule.until);
  for (const effect of rule.then) ofEffect(sight, effect);
  addAll(sight, rule.override?.rules ?? [], IN.rules);
  if (!rule.given) return;
  add(sight, rule.given.decision, IN.decisions);
  addAll(sight, rule.given.values, { kind: 'decision-value', decision: rule.given.decision });
}

function ofEffect(sight: Sight, effect: Effect): void {
  if (effect.kind === 'decide') {
    add(sight, effect.decision, IN.decisions);
    add(sight, effect.value, { kind: 'decision-value', decision: effect.decision });
    return;
  }
  if (effect.kind === 'require') add(sight, effect.what, { kind: 'requirement' });
  if (effect.kind === 'avoid' || effect.kind === 'forbid') add(sight, effect.what, IN.advice);
  if (effect.kind === 'limit') {
    add(sight, effect.parameter, IN.parameters);
    add(sight, effect.of, IN.advice);
    if (typeof effect.atMost.value === 'string') add(sight, effect.atMost as Name, { kind: 'place', parameter: effect.parameter });
  }
  if (effect.kind === 'recommend') {
    addAll(sight, effect.what, IN.advice);
    for (const range of [...effect.with, ...effect.steps.flatMap(step => step.with)]) ofRange(sight, range);
    for (const { parameter, value } of effect.maximum) ofPlaces(sight, parameter, [value]);
  }
  ofPlaced(sight, effect);
}

function ofRange(sight: Sight, { parameter, is, atLeast, above, atMost, below }: ParameterRange): void {
  ofPlaces(sight, parameter, [is, atLeast, above, atMost, below]);
}

function ofPlaces(sight: Sight, parameter: Name, constants: readonly (Constant | undefined)[]): void {
  add(sight, parameter, IN.parameters);
  for (const constant of constants) if (typeof constant?.value === 'string') add(sight, constant as Name, { kind: 'place', parameter });
}

function ofPlaced(sight: Sight, { at, during }: Placed): void {
  addAll(sight, during, IN.phases);
  ofEffectPlace(sight, at);
}

function ofEffectPlace(sight: Sight, at: EffectPlace): void {
  if (at.kind === 'sites') addAll(sight, at.sites, IN.sites);
  if (at.kind !== 'below') return;
  add(sight, at.site, IN.sites);
  if (!at.except) return;
  inGroup(sight, at.except.group, at.except.where);
  addAll(sight, at.except.whole, IN.sites);
}

/** A `where` sees its record and the patient, not the record around it. */
function inGroup(sight: Sight, group: Name, where: Condition | undefined): void {
  add(sight, group, IN.groups);
  ofCondition({ ...sight, group: group.value }, where);
}

function ofConstant(sight: Sight, fact: Name, constant: Constant): void {
  if (typeof constant.value === 'string') add(sight, constant as Name, { kind: 'value', fact });
}

function ofTest(sight: Sight, fact: Name, test: Test): void {
  add(sight, fact, FACT);
  if (test.is) ofConstant(sight, fact, test.is);
  for (const constant of test.in ?? []) ofConstant(sight, fact, constant);
}

function ofCondition(sight: Sight, condition: Condition | undefined): void {
  switch (condition?.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      for (const item of condition.items) ofCondition(sight, item);
      return;
    case 'not':
      return ofCondition(sight, condition.item);
    case 'fact':
      return ofTest(sight, condition.fact, condition.test);
    case 'threshold':
      return add(sight, condition.threshold, IN.thresholds);
    case 'score-bands':
      addAll(sight, condition.bands, { kind: 'band', score: condition.score });
      return add(sight, condition.score, IN.scores);
    case 'score-total':
    case 'score-component':
    case 'score-applies':
      return add(sight, condition.score, IN.scores);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      return inGroup(sight, condition.group, condition.where);
    case 'unknown':
      return add(sight, condition.name, condition.what === 'fact' ? FACT : condition.what === 'score' ? IN.scores : IN.groups);
  }
}
