/**
 * Names and what they mean. Every reference a file writes, with where it must be looked up; and the looking up. Facts and derived facts share one
 * namespace in their scope: within a record (of a group, or in a `where`) a fact is looked for in the record first, then in the patient.
 */
import type { Span } from '../text/span.ts';
import { valueHierarchy } from './hierarchy.ts';
import { ANYWHERE, gatherReferences, LOCATED, type Reference } from './references.ts';
import type { Advice, CodeValue, DerivedFact, Fact, Item, Parameter, RuleSet, RuleSetFile } from './rule-set.ts';

export { ANYWHERE, LOCATED, type Reference, type ReferenceTo } from './references.ts';

/** Where something is declared. */
export interface Target {
  readonly id: string;
  readonly file: string;
  readonly idSpan: Span;
  /** The item itself, or the one that it is a part of. */
  readonly item: Item;
}

const gathered = new WeakMap<RuleSetFile, readonly Reference[]>();

/** Every name the file refers to, in the order of its sections. Names that could not be read are left out. Gathered once. */
export function referencesOf(file: RuleSetFile): readonly Reference[] {
  const known = gathered.get(file);
  if (known) return known;
  const references = gatherReferences(file);
  gathered.set(file, references);
  return references;
}

/** The fact of that name as seen from a record of `group`, or from the patient. */
export function factIn(ruleSet: RuleSet, group: string | undefined, id: string): Fact | DerivedFact | undefined {
  if (group === ANYWHERE) return factOfPatient(ruleSet, id) ?? factOfAnyRecord(ruleSet, id);
  const own = group === LOCATED ? ruleSet.locatedGroup : group === undefined ? undefined : ruleSet.groups.get(group);
  const derived = ruleSet.derived.get(id);
  return own?.facts.get(id) ?? (own && derived?.group === own.id ? derived : factOfPatient(ruleSet, id));
}

function factOfPatient(ruleSet: RuleSet, id: string): Fact | DerivedFact | undefined {
  const derived = ruleSet.derived.get(id);
  return ruleSet.facts.get(id) ?? (derived?.group === undefined ? derived : undefined);
}

function factOfAnyRecord(ruleSet: RuleSet, id: string): Fact | DerivedFact | undefined {
  for (const { facts } of ruleSet.groups.values()) if (facts.has(id)) return facts.get(id);
  return ruleSet.derived.get(id);
}

/** What the name means in the whole; undefined if nothing is declared under it. */
export function targetOf(ruleSet: RuleSet, { name, to, group }: Reference): Target | undefined {
  const id = name.value;
  switch (to.kind) {
    case 'item':
      return targetOfItem(ruleSet[to.section].get(id));
    case 'fact':
      return targetOfItem(factIn(ruleSet, group, id));
    case 'input':
      return targetOfItem(inputOf(ruleSet, id));
    case 'requirement':
      return targetOfItem(ruleSet.advice.get(id) ?? inputOf(ruleSet, id));
    case 'value':
      return targetOfValue(ruleSet, factIn(ruleSet, group, to.fact.value), id);
    case 'band':
      return targetOfBand(ruleSet, to.score.value, id);
    case 'decision-value':
      return targetOfDecisionValue(ruleSet, to.decision.value, id);
    case 'place':
      return targetOfPlace(ruleSet.parameters.get(to.parameter.value), id);
  }
}

/** Whether the name must have a target: not if what it is a part of is itself unknown (that is the mistake), nor if it is a constant of another type. */
export function mustResolve(ruleSet: RuleSet, { to, group }: Reference): boolean {
  switch (to.kind) {
    case 'value': {
      const fact = factIn(ruleSet, group, to.fact.value);
      return fact !== undefined && (fact.type === 'side' || (fact.type === 'code' && fact.values !== undefined));
    }
    case 'band':
      return ruleSet.scores.has(to.score.value);
    case 'decision-value':
      return ruleSet.decisions.has(to.decision.value);
    case 'place':
      return ruleSet.parameters.get(to.parameter.value)?.order !== undefined;
    default:
      return true;
  }
}

function inputOf(ruleSet: RuleSet, id: string): Item | undefined {
  return factIn(ruleSet, ANYWHERE, id) ?? ruleSet.scores.get(id);
}

function targetOfItem(item: Item | undefined): Target | undefined {
  return item && { id: item.id, file: item.file, idSpan: item.idSpan, item };
}

function targetOfPart(item: Item, part: { readonly id: string; readonly idSpan: Span } | undefined): Target | undefined {
  return part && { id: part.id, file: item.file, idSpan: part.idSpan, item };
}

/** A value of a section of the vocabulary is declared there; a side is declared by the fact itself. */
function targetOfValue(ruleSet: RuleSet, fact: Fact | undefined, id: string): Target | undefined {
  if (!fact || !valueHierarchy(fact, ruleSet).has(id)) return undefined;
  if (fact.type === 'side') return { ...targetOfItem(fact)!, id };
  if (fact.values === 'sites') return targetOfItem(ruleSet.sites.get(id));
  if (typeof fact.values === 'string') return targetOfItem(ruleSet.advice.get(id) satisfies Advice | undefined);
  return targetOfPart(
    fact,
    fact.values?.find((value: CodeValue) => value.id === id),
  );
}

function targetOfBand(ruleSet: RuleSet, score: string, id: string): Target | undefined {
  const item = ruleSet.scores.get(score);
  return (
    item &&
    targetOfPart(
      item,
      [...item.bandSets.values()].flat().find(band => band.id === id),
    )
  );
}

function targetOfDecisionValue(ruleSet: RuleSet, decision: string, id: string): Target | undefined {
  const item = ruleSet.decisions.get(decision);
  return (
    item &&
    targetOfPart(
      item,
      item.values.find(value => value.id === id),
    )
  );
}

function targetOfPlace(parameter: Parameter | undefined, id: string): Target | undefined {
  const place = parameter?.order?.find(({ value }) => value === id);
  return parameter && place && targetOfPart(parameter, { id, idSpan: place.span });
}
