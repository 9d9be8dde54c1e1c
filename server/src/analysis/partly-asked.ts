/** Whether nobody is so, partly known patients included: the proof that two conditions are one for everybody. */
import type { Condition } from '../model/rule-set.ts';
import { all, any, certain, type Formula, not, possible } from './formula.ts';
import { withAnyUnknown } from './gather.ts';
import { partlyKnown } from './partly-known.ts';
import { type Inquiry, inScope } from './question.ts';
import { slotsFor } from './slots.ts';
import { solve } from './solve.ts';
import { type Scope, Space, UNLISTED } from './space.ts';
import { type WitnessPatient, witnessOf } from './witness.ts';

/** Either one condition that may hold, or two of which one is sure or possible where the other is not. */
export interface PartlyAsked {
  readonly conditions: readonly [Condition] | readonly [Condition, Condition];
  readonly group: string | undefined;
}

/** A patient who may be so, to be confirmed; `none` is proved. */
export function askPartly(inquiry: Inquiry, { conditions, group }: PartlyAsked): WitnessPatient | 'none' | 'open' {
  const { ruleSet, gathered, budget } = inquiry;
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const own = new Map(group === undefined ? [] : [[group, 1]]);
  const { slots, enough } = slotsFor(ruleSet, [...conditions, ...always], own);
  const space = new Space(ruleSet, slots, withAnyUnknown(ruleSet, gathered));
  const scope = inScope(space).map(({ formula, truth }) => (truth === 2 ? certain(formula) : not(certain(formula))));
  const places: Scope[] = group === undefined ? [{ group, slot: 0 }] : [0, UNLISTED].map(slot => ({ group, slot }));
  let open = !enough;
  for (const place of places) {
    const there = place.group === undefined ? [] : [place.slot === UNLISTED ? space.incomplete(group!) : space.present(group!, 0)];
    const { box, wanted, isPartial, patientIn } = partlyKnown(space, [asFormula(space, conditions, place), ...there, ...scope]);
    const solution = solve(box, wanted, budget);
    if (solution.kind === 'found') {
      const patient = patientIn(solution.box);
      return witnessOf(space, patient.box, patient.used);
    }
    if (solution.kind === 'stopped' || isPartial) open = true;
  }
  return open ? 'open' : 'none';
}

function asFormula(space: Space, [one, other]: PartlyAsked['conditions'], scope: Scope): Formula {
  const was = space.condition(one, scope);
  if (!other) return possible(was);
  const is = space.condition(other, scope);
  const apart = (modal: (formula: Formula) => Formula) => [all([modal(was), not(modal(is))]), all([modal(is), not(modal(was))])];
  return any([...apart(certain), ...apart(possible)]);
}
