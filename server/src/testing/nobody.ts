/**
 * That nobody shows something, whether all is known of them or little: the proof where it hangs on what is not known. A fact is then a set of
 * values, and the search takes more patients than there are: scores and tables may turn out in any way. So what none of these shows nobody does.
 */
import { anywhere } from '../analysis/decided.ts';
import { all, any, certain, type Formula, not, possible, TRUE } from '../analysis/formula.ts';
import { decidingRules, type FactTests, type Gathered, gather, overridersOf, withAnyUnknown } from '../analysis/gather.ts';
import { partlyKnown } from '../analysis/partly-known.ts';
import { hangingOn, inScope, scopeOf, usedBy } from '../analysis/question.ts';
import { slotsFor } from '../analysis/slots.ts';
import { solve } from '../analysis/solve.ts';
import { PATIENT, type Scope, Space } from '../analysis/space.ts';
import type { Condition, Rule, RuleSet } from '../model/rule-set.ts';

/** Steps for one question. */
const STEPS = 300_000;

/** That the condition is unknown for nobody in scope, nor for any record of the group. */
export function isNeverUnknown(ruleSet: RuleSet, condition: Condition, group: string | undefined): boolean {
  return isOfNobody(ruleSet, { conditions: [condition], rules: [], group }, (space, scope) => {
    const formula = space.condition(condition, scope);
    return [possible(formula), possible(not(formula))];
  });
}

/** That the condition holds for nobody in scope, nor for any record of the group. */
export function isNeverTrue(ruleSet: RuleSet, condition: Condition, group: string | undefined): boolean {
  return isOfNobody(ruleSet, { conditions: [condition], rules: [], group }, (space, scope) => [certain(space.condition(condition, scope))]);
}

/** That the rule is undetermined for nobody. */
export function isNeverUndetermined(ruleSet: RuleSet, rule: Rule): boolean {
  if (waitingAmong(ruleSet, rule) > 1) return false;
  const { group } = scopeOf(ruleSet, rule, 0);
  return isOfNobody(ruleSet, { conditions: [], rules: [rule], group }, (space, scope) => {
    const own = space.fires(rule, scope);
    return rule.given ? [possible(own), possible(maySay(space, rule))] : [possible(own), possible(not(own))];
  });
}

/** A rule waits undetermined only for a value that some rule may decide: whatever else is decided, more is not asked of the decision. */
function maySay(space: Space, { given, then }: Rule): Formula {
  if (!given || then.some(({ kind }) => kind !== 'recommend')) return TRUE;
  const wanted = new Set(given.values.map(({ value }) => value));
  const decision = space.ruleSet.decisions.get(given.decision.value);
  const declared = new Set(decision?.values.map(({ id }) => id));
  const saying = decidingRules(space.ruleSet, given.decision.value).filter(({ value }) => wanted.has(value) || !declared.has(value));
  return decision ? any(saying.map(({ rule }) => anywhere(space, rule))) : TRUE;
}

/** How many of it and of the rules that override it, by whatever way, wait for a decision. Of several the formulas say less than is so. */
export function waitingAmong(ruleSet: RuleSet, rule: Rule): number {
  const found = new Set([rule]);
  for (const one of found) for (const other of overridersOf(ruleSet, one)) found.add(other);
  return [...found].filter(({ given }) => given !== undefined).length;
}

interface About {
  readonly conditions: readonly Condition[];
  readonly rules: readonly Rule[];
  readonly group: string | undefined;
}

function isOfNobody(
  ruleSet: RuleSet,
  { conditions, rules, group }: About,
  shown: (space: Space, scope: Scope) => readonly Formula[],
): boolean {
  const hanging = hangingOn(ruleSet, rules);
  const asked = [...conditions, ...hanging.rules.flatMap(({ when, until }) => [when, until])];
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const own = new Map(hanging.records);
  if (group !== undefined) own.set(group, (own.get(group) ?? 0) + 1);
  const { slots, enough } = slotsFor(ruleSet, [...asked, ...always], own);
  if (!enough) return false;
  const space = new Space(ruleSet, slots, gatheredOf(ruleSet));
  const there = group === undefined ? [] : [space.present(group, 0)];
  const scope = inScope(space).map(({ formula, truth }) => (truth === 2 ? certain(formula) : not(certain(formula))));
  const formulas = [all([...shown(space, group === undefined ? PATIENT : { group, slot: 0 })]), ...there, ...scope];
  const { box, wanted, isPartial } = partlyKnown(space, formulas);
  // What the points of a total are read from is not in the formulas themselves.
  if (isPartial || space.isPartial(usedBy(space, [...formulas, ...space.tiesOf(formulas)]))) return false;
  return solve(box, wanted, { steps: STEPS }).kind === 'none';
}

const GATHERED = new WeakMap<RuleSet, Gathered>();

/** Anything may be unknown that need not be recorded; of an event that must be, its time of day. */
function gatheredOf(ruleSet: RuleSet): Gathered {
  const known = GATHERED.get(ruleSet);
  if (known) return known;
  const gathered = withAnyUnknown(ruleSet, gather(ruleSet));
  const facts = new Map([...gathered.facts].map(([fact, asked]) => [fact, { ...asked, unknownTested: true } satisfies FactTests]));
  const made = { ...gathered, facts };
  GATHERED.set(ruleSet, made);
  return made;
}
