/** Whether nobody is so, partly known patients included: the proof that no patient could tell two rule sets apart. */
import type { Condition, Rule } from '../model/rule-set.ts';
import { all, any, certain, type Formula, not, possible } from './formula.ts';
import { type FactTests, type Gathered, groupOf, withAnyUnknown } from './gather.ts';
import { partlyKnown } from './partly-known.ts';
import { hangingOn, type Inquiry, inScope, usedBy } from './question.ts';
import { slotsFor } from './slots.ts';
import { solve } from './solve.ts';
import { type Scope, Space, UNLISTED } from './space.ts';
import { totalsFollow } from './totals-follow.ts';
import { type WitnessPatient, witnessOf } from './witness.ts';

export interface PartlyAsked {
  /** What is asked about, and the rules: they say how many records are needed. */
  readonly conditions: readonly Condition[];
  readonly rules?: readonly Rule[];
  /** The group of whose records it is about one: one that is listed, or one that an incomplete list may still hold. */
  readonly group: string | undefined;
  /** Two-valued: what is said of anything that may be open stands under `certain` or `possible`. */
  readonly so: (space: Space, scope: Scope) => Formula;
}

/** A patient who may be so, to be confirmed; `none` is proved. Whether the rule set applies to the patient may be open too. */
export function askPartly(inquiry: Inquiry, { conditions, rules = [], group, so }: PartlyAsked): WitnessPatient | 'none' | 'open' {
  const { ruleSet, gathered, budget } = inquiry;
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const hanging = hangingOn(ruleSet, rules);
  const asked = [...conditions, ...hanging.rules.flatMap(({ when, until }) => [when, until])];
  const own = new Map(hanging.records);
  for (const each of group === undefined ? rules.map(rule => groupOf(ruleSet, rule)) : [group])
    if (each !== undefined) own.set(each, (own.get(each) ?? 0) + 1);
  const { slots, enough } = slotsFor(ruleSet, [...asked, ...always], own);
  const space = new Space(ruleSet, slots, withAllUnknown(inquiry, gathered));
  const scope = inScope(space).map(({ formula, truth }) => (truth === 2 ? possible(formula) : not(certain(formula))));
  const places: Scope[] = group === undefined ? [{ group, slot: 0 }] : [0, UNLISTED].map(slot => ({ group, slot }));
  let open = !enough;
  for (const place of places) {
    const there = place.group === undefined ? [] : [place.slot === UNLISTED ? space.incomplete(group!) : space.present(group!, 0)];
    const asked = [so(space, place), ...there, ...scope];
    const formulas = [...asked, ...totalsFollow(space, asked)];
    const { box, wanted, isPartial, patientIn } = partlyKnown(space, formulas);
    const solution = solve(box, wanted, budget);
    if (solution.kind === 'found') {
      const patient = patientIn(solution.box);
      return witnessOf(space, patient.box, patient.used);
    }
    // What the points of a total are read from is not in the formulas themselves.
    const isLacking = isPartial || space.isPartial(usedBy(space, [...formulas, ...space.tiesOf(formulas)]));
    if (solution.kind === 'stopped' || isLacking) open = true;
  }
  return open ? 'open' : 'none';
}

/** That one is sure, or may be, where the other is not. */
export function truthsApart(one: Formula, other: Formula): Formula {
  const apart = (modal: (formula: Formula) => Formula) => [all([modal(one), not(modal(other))]), all([modal(other), not(modal(one))])];
  return any([...apart(certain), ...apart(possible)]);
}

/** That it is not known whether it is so. */
export function undetermined(formula: Formula): Formula {
  return all([possible(formula), not(certain(formula))]);
}

const UNKNOWN = new WeakMap<Gathered, Gathered>();

/** Anything may be unknown that need not be recorded; of an event that must be, its time of day. */
function withAllUnknown({ ruleSet }: Inquiry, gathered: Gathered): Gathered {
  const known = UNKNOWN.get(gathered);
  if (known) return known;
  const wider = withAnyUnknown(ruleSet, gathered);
  const made = {
    ...wider,
    facts: new Map([...wider.facts].map(([fact, asked]) => [fact, { ...asked, unknownTested: true } satisfies FactTests])),
  };
  UNKNOWN.set(gathered, made);
  return made;
}
