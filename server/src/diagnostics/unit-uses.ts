/** Every unit that a file writes, with what it is meant to measure. */

import { boundsOf } from '../analysis/limits.ts';
import { factIn } from '../model/names.ts';
import type { Component, DerivedFact, Fact, Name, Parameter, RuleSet, Term, UnitFactor } from '../model/rule-set.ts';
import { conversionFactor, isKnownUnit } from '../model/units.ts';
import { factOf } from './bounds.ts';
import type { RuleSetSubject } from './define.ts';
import { walk } from './walk.ts';

/** What has a unit of its own. */
export interface Measured {
  readonly id: string;
  readonly unit: Name | undefined;
  readonly alsoIn: readonly UnitFactor[];
}

export interface UnitUse {
  readonly unit: Name;
  /** What is written in that unit; undefined where the unit is being declared. */
  readonly of: Measured | undefined;
  /** A fact that is no quantity has none. */
  readonly unitless: boolean;
  readonly owner: string;
}

const made = new WeakMap<RuleSet, readonly UnitUse[]>();

/** Each written unit once. */
export function unitUses(subject: RuleSetSubject): readonly UnitUse[] {
  const known = made.get(subject.ruleSet);
  if (known) return known;
  const seen = new Set<Name>();
  const uses: UnitUse[] = [];
  for (const use of allUses(subject)) {
    if (seen.has(use.unit)) continue;
    seen.add(use.unit);
    uses.push(use);
  }
  made.set(subject.ruleSet, uses);
  return uses;
}

/** Whether values can be had in that unit; undefined while nobody can tell whether there is such a unit. */
export function isUsable({ unit, of }: UnitUse): boolean | undefined {
  if (!of?.unit || conversionFactor(of, unit.value, of.unit.value)) return true;
  return isKnownUnit(unit.value) === undefined ? undefined : false;
}

/** The units declared for it, its own first. */
export function declaredUnits({ unit, alsoIn }: Measured): string[] {
  return [...(unit ? [unit.value] : []), ...alsoIn.map(other => other.unit.value)];
}

function* allUses(subject: RuleSetSubject): Generator<UnitUse> {
  const { own, ruleSet } = subject;
  const groupFacts = [...own.groups.values()].flatMap(({ facts }) => [...facts.values()]);
  for (const fact of [...own.facts.values(), ...groupFacts, ...own.derived.values()]) yield* declarations(fact);
  for (const { id, unit } of own.parameters.values()) if (unit) yield { unit, of: undefined, unitless: false, owner: id };
  for (const derived of own.derived.values()) yield* inFormulas(derived, ruleSet);
  for (const { id, of, components } of own.scores.values())
    for (const component of components.values()) yield* inIntervals(component, id, of?.value, ruleSet);
  yield* inTests(subject);
  yield* inEffects(subject);
}

function* declarations({ id, unit, alsoIn }: Fact): Generator<UnitUse> {
  if (unit) yield { unit, of: undefined, unitless: false, owner: id };
  for (const other of alsoIn) yield { unit: other.unit, of: undefined, unitless: false, owner: id };
}

function* inFormulas({ id, group, how, ...derived }: DerivedFact, ruleSet: RuleSet): Generator<UnitUse> {
  if (how?.kind === 'term') yield* inTerm(how.term, id, group, ruleSet);
  if (how?.kind !== 'formulas') return;
  for (const { unit, term } of how.formulas) {
    yield { unit, of: { id, ...derived }, unitless: false, owner: id };
    yield* inTerm(term, id, group, ruleSet);
  }
}

function* inTerm(term: Term, owner: string, group: string | undefined, ruleSet: RuleSet): Generator<UnitUse> {
  if (term.kind === 'number') return;
  if (term.kind !== 'fact') {
    for (const part of term.terms) yield* inTerm(part, owner, group, ruleSet);
    return;
  }
  const fact = factIn(ruleSet, group, term.fact.value);
  if (fact && term.unit) yield useOf(fact, term.unit, owner);
}

function* inIntervals({ how }: Component, owner: string, group: string | undefined, ruleSet: RuleSet): Generator<UnitUse> {
  const fact = how?.kind === 'intervals' ? factIn(ruleSet, group, how.fact.value) : undefined;
  if (fact && how?.kind === 'intervals' && how.unit) yield useOf(fact, how.unit, owner);
}

function* inTests(subject: RuleSetSubject): Generator<UnitUse> {
  for (const entry of walk(subject).factTests) {
    const { test, unit, owner } = entry;
    const perUnit = boundsOf(test).flatMap(({ bound }) => (bound.kind === 'per-unit' ? bound.numbers.map(number => number.unit) : []));
    if (!unit && perUnit.length === 0) continue;
    const fact = factOf(subject, entry);
    if (!fact) continue;
    if (unit) yield useOf(fact, unit, owner);
    for (const other of perUnit) yield useOf(fact, other, owner);
  }
}

function* inEffects(subject: RuleSetSubject): Generator<UnitUse> {
  const { parameters } = subject.ruleSet;
  for (const { effect, rule } of walk(subject).effects) {
    if (effect.kind === 'limit' && effect.unit) yield* ofParameter(parameters.get(effect.parameter.value), effect.unit, rule.id);
    if (effect.kind !== 'recommend') continue;
    for (const { parameter, unit } of [...effect.with, ...effect.steps.flatMap(step => step.with), ...effect.maximum])
      if (unit) yield* ofParameter(parameters.get(parameter.value), unit, rule.id);
  }
}

function useOf(fact: Fact, unit: Name, owner: string): UnitUse {
  return { unit, of: fact, unitless: fact.type !== 'quantity', owner };
}

function* ofParameter(parameter: Parameter | undefined, unit: Name, owner: string): Generator<UnitUse> {
  if (parameter) yield { unit, of: { id: parameter.id, unit: parameter.unit, alsoIn: [] }, unitless: parameter.unit === undefined, owner };
}
