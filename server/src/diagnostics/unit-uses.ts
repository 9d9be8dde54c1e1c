/** Every unit that a file writes, held against what it is meant to measure. */

import { factIn } from '../model/names.ts';
import type { Component, DerivedFact, Fact, Name, Parameter, RuleSet, Term, Test, UnitFactor } from '../model/rule-set.ts';
import { conversionFactor, isKnownUnit } from '../model/units.ts';
import type { RuleSetSubject } from './define.ts';
import { type PlacedEffect, walk } from './walk.ts';

/** What has a unit of its own. */
export interface Measured {
  readonly id: string;
  readonly unit: Name | undefined;
  readonly alsoIn: readonly UnitFactor[];
}

/** Not one of UCUM; one that cannot be converted; one where there should be none. */
export type UnitMistake = 'unknown' | 'undeclared' | 'unneeded';

export interface WrongUnit {
  readonly unit: Name;
  /** What is written in that unit; undefined where the unit is being declared. */
  readonly of: Measured | undefined;
  readonly owner: string;
  readonly mistake: UnitMistake;
}

/** Collects the mistakes. The same few units are written for the same few facts again and again: each pair is judged once. */
class Judge {
  readonly wrong: WrongUnit[] = [];
  readonly #verdicts = new Map<Measured | undefined, Map<string, UnitMistake | undefined>>();

  add(unit: Name | undefined, of: Fact | Measured | undefined, owner: string): void {
    if (!unit) return;
    const mistake = this.#verdict(unit.value, of);
    if (mistake && this.wrong.at(-1)?.unit !== unit) this.wrong.push({ unit, of, owner, mistake });
  }

  #verdict(unit: string, of: Fact | Measured | undefined): UnitMistake | undefined {
    const verdicts = this.#verdicts.get(of) ?? new Map<string, UnitMistake | undefined>();
    if (verdicts.size === 0) this.#verdicts.set(of, verdicts);
    if (!verdicts.has(unit)) verdicts.set(unit, mistakeOf(unit, of));
    return verdicts.get(unit);
  }
}

const made = new WeakMap<RuleSet, { readonly known: boolean; readonly wrong: readonly WrongUnit[] }>();

/** Judged again once the unit library is there to tell about strange units. */
export function wrongUnits(subject: RuleSetSubject): readonly WrongUnit[] {
  const known = isKnownUnit('') !== undefined;
  const before = made.get(subject.ruleSet);
  if (before?.known === known) return before.wrong;
  const judge = new Judge();
  inDeclarations(subject, judge);
  inTests(subject, judge);
  for (const placed of walk(subject).effects) inEffect(placed, subject.ruleSet, judge);
  made.set(subject.ruleSet, { known, wrong: judge.wrong });
  return judge.wrong;
}

/** The units declared for it, its own first. */
export function declaredUnits({ unit, alsoIn }: Measured): string[] {
  return [...(unit ? [unit.value] : []), ...alsoIn.map(other => other.unit.value)];
}

/** Nothing is said while nobody can tell whether there is such a unit. */
function mistakeOf(unit: string, of: Fact | Measured | undefined): UnitMistake | undefined {
  if (of && !hasUnit(of)) return 'unneeded';
  const known = isKnownUnit(unit);
  if (known === false) return 'unknown';
  if (!of?.unit || conversionFactor(of, unit, of.unit.value)) return undefined;
  // Where the fact's own unit is the mistake, it is told there.
  return known && isKnownUnit(of.unit.value) ? 'undeclared' : undefined;
}

/** A fact that is no quantity has none. */
function hasUnit(of: Fact | Measured): boolean {
  return 'type' in of ? of.type === 'quantity' : of.unit !== undefined;
}

function inDeclarations({ own, ruleSet }: RuleSetSubject, judge: Judge): void {
  const groupFacts = [...own.groups.values()].flatMap(({ facts }) => [...facts.values()]);
  for (const { id, unit, alsoIn } of [...own.facts.values(), ...groupFacts, ...own.derived.values()]) {
    judge.add(unit, undefined, id);
    for (const other of alsoIn) judge.add(other.unit, undefined, id);
  }
  for (const { id, unit } of own.parameters.values()) judge.add(unit, undefined, id);
  for (const derived of own.derived.values()) inFormulas(derived, ruleSet, judge);
  for (const { id, of, components } of own.scores.values())
    for (const component of components.values()) inIntervals(component, id, of?.value, ruleSet, judge);
}

function inFormulas(derived: DerivedFact, ruleSet: RuleSet, judge: Judge): void {
  const { id, group, how } = derived;
  if (how?.kind === 'term') inTerm(how.term, id, group, ruleSet, judge);
  if (how?.kind !== 'formulas') return;
  const by = how.by && factIn(ruleSet, group, how.by.value);
  for (const { unit, term } of how.formulas) {
    judge.add(unit, derived, id);
    if (by) judge.add(unit, by, id);
    inTerm(term, id, group, ruleSet, judge);
  }
}

function inTerm(term: Term, owner: string, group: string | undefined, ruleSet: RuleSet, judge: Judge): void {
  if (term.kind === 'number') return;
  if (term.kind !== 'fact') {
    for (const part of term.terms) inTerm(part, owner, group, ruleSet, judge);
    return;
  }
  const fact = factIn(ruleSet, group, term.fact.value);
  if (fact) judge.add(term.unit, fact, owner);
}

function inIntervals({ how }: Component, owner: string, group: string | undefined, ruleSet: RuleSet, judge: Judge): void {
  const fact = how?.kind === 'intervals' ? factIn(ruleSet, group, how.fact.value) : undefined;
  if (fact && how?.kind === 'intervals') judge.add(how.unit, fact, owner);
}

function inTests(subject: RuleSetSubject, judge: Judge): void {
  for (const { test, fact, owner } of walk(subject).factTests) {
    if (!fact) continue;
    judge.add(test.unit, fact, owner);
    inBound(test.atLeast, fact, owner, judge);
    inBound(test.above, fact, owner, judge);
    inBound(test.atMost, fact, owner, judge);
    inBound(test.below, fact, owner, judge);
  }
}

function inBound(bound: Test['atLeast'], fact: Fact, owner: string, judge: Judge): void {
  if (bound?.kind === 'per-unit') for (const { unit } of bound.numbers) judge.add(unit, fact, owner);
}

function inEffect({ effect, rule: { id } }: PlacedEffect, { parameters }: RuleSet, judge: Judge): void {
  if (effect.kind === 'limit') addAmount(parameters.get(effect.parameter.value), effect.unit, id, judge);
  if (effect.kind !== 'recommend') return;
  for (const { parameter, unit } of [...effect.with, ...effect.steps.flatMap(step => step.with), ...effect.maximum])
    addAmount(parameters.get(parameter.value), unit, id, judge);
}

function addAmount(parameter: Parameter | undefined, unit: Name | undefined, owner: string, judge: Judge): void {
  if (parameter) judge.add(unit, { id: parameter.id, unit: parameter.unit, alsoIn: [] }, owner);
}
