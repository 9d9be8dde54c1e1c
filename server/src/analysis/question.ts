/** One question to the patient space: is there a patient in scope for whom these formulas have these truths? */
import type { Condition, Rule, RuleSet } from '../model/rule-set.ts';
import type { Bits } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { givenFormula } from './decided.ts';
import { eachAtom, FALSE, type Formula } from './formula.ts';
import { decidingRules, type Gathered, gather, groupOf, overridersOf } from './gather.ts';
import { slotsFor } from './slots.ts';
import { type Budget, solve } from './solve.ts';
import { PATIENT, type Scope, Space } from './space.ts';
import { type Replay, smallest, type WitnessPatient, witnessOf } from './witness.ts';

/** What all questions about one rule set share. */
export interface Inquiry {
  readonly ruleSet: RuleSet;
  readonly gathered: Gathered;
  readonly budget: Budget;
  /** Runs a patient through the evaluator: a witness is shown only if it is confirmed there. */
  readonly replay: Replay;
  /** Spaces by their numbers of records: rules are brought into formulas once for all questions of one size. */
  readonly spaces: Map<string, Space>;
}

export function inquire(ruleSet: RuleSet, steps: number, replay: Replay): Inquiry {
  return { ruleSet, gathered: gather(ruleSet), budget: { steps }, replay, spaces: new Map() };
}

export type Answer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'found';
      readonly space: Space;
      readonly box: readonly Bits[];
      readonly witness: WitnessPatient;
      readonly wanted: readonly Wanted[];
    }
  /** `budget`: the steps ran out. `records`: more records would be needed than are tried. `arithmetic`: no patient could be confirmed. */
  | { readonly kind: 'open'; readonly why: 'budget' | 'records' | 'arithmetic' };

export interface Question {
  /** Every condition that the formulas are made of: their group tests say how many records are needed. */
  readonly conditions: readonly (Condition | undefined)[];
  /** Records the question itself is about. */
  readonly own: ReadonlyMap<string, number>;
  wanted(space: Space): readonly Wanted[];
  /** Formulas that must not stay open for the patient, whatever they turn out to be. */
  settled?(space: Space): readonly Formula[];
  /** Whether the evaluator shows it for the patient. */
  shown(patient: WitnessPatient): boolean;
}

/** Whether there is such a patient at all, without naming one. `open` where arithmetic leaves it to a witness that is not asked for. */
export function isThere(inquiry: Inquiry, question: Omit<Question, 'shown'>): 'none' | 'some' | 'budget' | 'records' {
  const { enough, solution } = search(inquiry, question);
  if (solution.kind === 'stopped') return 'budget';
  return solution.kind === 'found' ? 'some' : enough ? 'none' : 'records';
}

export function ask(inquiry: Inquiry, question: Question): Answer {
  const { ruleSet } = inquiry;
  const { space, wanted, settled, enough, solution } = search(inquiry, question);
  if (solution.kind === 'stopped') return { kind: 'open', why: 'budget' };
  if (solution.kind === 'none') return enough ? { kind: 'none' } : { kind: 'open', why: 'records' };
  const whole = witnessOf(space, solution.box, usedBy(space, [...wanted.map(({ formula }) => formula), ...settled]));
  if (!question.shown(whole)) return { kind: 'open', why: 'arithmetic' };
  return { kind: 'found', space, box: solution.box, witness: smallest(whole, question.shown, requiredOf(ruleSet)), wanted };
}

function search(inquiry: Inquiry, question: Omit<Question, 'shown'>) {
  const { ruleSet } = inquiry;
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const { slots, enough } = slotsFor(ruleSet, [...question.conditions, ...always], question.own);
  const space = spaceOf(inquiry, slots);
  for (const fact of ruleSet.facts.values()) if (fact.required) space.factVariable(fact, PATIENT);
  const asked = [...inScope(space), ...question.wanted(space)];
  const wanted = [...asked, ...space.tiesOf(asked.map(({ formula }) => formula)).map((formula): Wanted => ({ formula, truth: 2 }))];
  const settled = question.settled?.(space) ?? [];
  return { space, wanted, settled, enough, solution: solve(space.box, wanted, inquiry.budget) };
}

/** The variables that the formulas read, and those of facts that every patient has. */
function usedBy(space: Space, formulas: readonly Formula[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const formula of formulas) eachAtom(formula, variable => used.add(variable));
  space.variables.forEach(({ fact }, index) => {
    if (fact?.required) used.add(index);
  });
  return used;
}

export function spaceOf(inquiry: Inquiry, slots: ReadonlyMap<string, number>): Space {
  const key = [...slots].sort().join(';');
  const space = inquiry.spaces.get(key) ?? new Space(inquiry.ruleSet, slots, inquiry.gathered);
  inquiry.spaces.set(key, space);
  return space;
}

/** Within `appliesTo`, and nothing the rule set calls impossible. */
function inScope(space: Space): Wanted[] {
  const { ruleSet } = space;
  const impossible = [...ruleSet.impossible.values()].flatMap(({ when, of }) => {
    const scopes = of ? space.scopesOf(of.value) : [PATIENT];
    return scopes.map((scope): Wanted => ({ formula: when ? space.condition(when, scope) : FALSE, truth: 0, mayStayUnknown: true }));
  });
  return [{ formula: space.condition(ruleSet.root.appliesTo, PATIENT), truth: 2 }, ...impossible];
}

function requiredOf(ruleSet: RuleSet): ReadonlySet<string> {
  const facts = [...ruleSet.facts.values(), ...[...ruleSet.groups.values()].flatMap(group => [...group.facts.values()])];
  return new Set(facts.filter(({ required }) => required).map(({ id }) => id));
}

const CONDITIONS = new WeakMap<RuleSet, Map<Rule, readonly Condition[]>>();

/** The conditions that say whether a rule fires: its own, those of rules that override it and so on, and of those that decide what it waits for. */
export function conditionsOf(ruleSet: RuleSet, rule: Rule): readonly Condition[] {
  const known = CONDITIONS.get(ruleSet) ?? new Map<Rule, readonly Condition[]>();
  CONDITIONS.set(ruleSet, known);
  const made = known.get(rule) ?? gatherConditions(ruleSet, rule);
  known.set(rule, made);
  return made;
}

function gatherConditions(ruleSet: RuleSet, rule: Rule): Condition[] {
  const rules = new Set([rule, ...(rule.given ? decidingRules(ruleSet, rule.given.decision.value).map(one => one.rule) : [])]);
  for (const one of rules) for (const other of overridersOf(ruleSet, one)) rules.add(other);
  return [...rules].flatMap(({ when, until }) => [when, until]).filter(condition => condition !== undefined);
}

/** The scope in which a question sees a rule: the record in that place of its group, or the patient. */
export function scopeOf(ruleSet: RuleSet, rule: Rule, slot: number): Scope {
  const group = groupOf(ruleSet, rule);
  return group === undefined ? PATIENT : { group, slot };
}

/** That the rule fires, in a record that is there. */
export function firing(space: Space, rule: Rule, scope: Scope): Wanted[] {
  const formulas: Formula[] = [space.fires(rule, scope), givenFormula(space, rule)];
  if (scope.group !== undefined) formulas.push(space.present(scope.group, scope.slot));
  return formulas.map(formula => ({ formula, truth: 2 }));
}
