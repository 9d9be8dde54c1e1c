/**
 * Of whom several values are possible: to a condition that asks whether a fact is unknown that is the same as absent, but a test of the fact
 * may hold for all these values. So what no patient shows who is complete but for what is absent is asked once more of those partly known.
 */
import type { Wanted } from './clauses.ts';
import { all, certain, eachAtom, type Formula, not, possible } from './formula.ts';
import { type Gathered, withAnyUnknown } from './gather.ts';
import { partlyKnown } from './partly-known.ts';
import { type Budget, solve } from './solve.ts';
import { Space } from './space.ts';

/** Whether it is asked that something be unknown whose value is tested too. */
export function asksUnknownAndValue(wanted: readonly Wanted[]): boolean {
  const asked = new Map<number, number>();
  const read = new Map<number, number>();
  const add = (counts: Map<number, number>) => (variable: number) => counts.set(variable, (counts.get(variable) ?? 0) + 1);
  for (const { formula, truth } of wanted) {
    eachUnknown(formula, truth > 0, one => eachAtom(one, add(asked)));
    eachAtom(formula, add(read));
  }
  return [...asked].some(([variable, count]) => read.get(variable)! > count);
}

/** Where it is to be unknown: who is to know it has one value. */
function eachUnknown(formula: Formula, isWanted: boolean, visit: (unknown: Formula) => void): void {
  switch (formula.kind) {
    case 'atom':
      if (formula.unknown && isWanted) visit(formula);
      return;
    case 'unsettled':
      if (isWanted) visit(formula);
      return;
    case 'not':
      return eachUnknown(formula.item, !isWanted, visit);
    case 'certain':
      return eachUnknown(formula.item, isWanted, visit);
    case 'all':
    case 'any':
      for (const item of formula.items) eachUnknown(item, isWanted, visit);
      return;
    case 'count':
      for (const item of formula.items) for (const either of [true, false]) eachUnknown(item, either, visit);
  }
}

const SPACES = new WeakMap<Gathered, Map<string, Space>>();

/** A space of patients of whom anything may be unknown, with so many records. */
export function spaceOfPartlyKnown({ ruleSet, gathered, slots }: Pick<Space, 'ruleSet' | 'gathered' | 'slots'>): Space {
  const spaces = SPACES.get(gathered) ?? new Map<string, Space>();
  SPACES.set(gathered, spaces);
  const key = [...slots].sort().join(';');
  const space = spaces.get(key) ?? new Space(ruleSet, slots, withAnyUnknown(ruleSet, gathered));
  spaces.set(key, space);
  return space;
}

/** Whether it is proved that none of them shows it either. */
export function isOfNobodyPartlyKnown(space: Space, wanted: readonly Wanted[], budget: Budget): boolean {
  const { box, wanted: partly, isPartial } = partlyKnown(space, wanted.map(held));
  return !isPartial && solve(box, partly, budget).kind === 'none';
}

/** As a formula that is true or false of whoever is partly known. */
function held({ formula, truth, mayStayUnknown = false }: Wanted): Formula {
  if (truth === 1) return all([possible(formula), possible(not(formula))]);
  const item = truth === 2 ? formula : not(formula);
  return mayStayUnknown ? possible(item) : certain(item);
}
