/** A factor between two units makes no difference where nothing is converted: each unit has a cut-off and a formula of its own. */
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { Exact } from '../model/exact.ts';
import type { DerivedFact, Fact, RuleSet, Term } from '../model/rule-set.ts';
import { factsInTerms } from './readers.ts';

/** That the two say the same of everybody whose value the rule set as it is takes. */
export function isSameInUnits(was: CompiledRuleSet, is: CompiledRuleSet, before: Fact, after: Fact): boolean {
  const [one, other] = [was, is].map(({ layout }) => layout.compiling.fact(before.id, before.group));
  const changed = before.alsoIn.find((each, i) => each.factor !== after.alsoIn[i]?.factor);
  if (!one || !other || !changed || !takesAsMuch(before, after)) return false;
  const { unit, factor } = changed;
  // What may be recorded more must lie in no other cell than what could be recorded.
  const isBeyond = (bound: Exact) => !isWithin(before, bound, factor.value);
  if (one.tests.some(test => test.bounds(unit.value).some(isBeyond))) return false;
  const units = [before.unit?.value, ...before.alsoIn.map(({ unit }) => unit.value)];
  const isSameTest =
    one.tests.length === other.tests.length &&
    one.tests.every((test, i) => units.every(unit => textOf(test.bounds(unit)) === textOf(other.tests[i]!.bounds(unit))));
  return (
    isSameTest &&
    !givesPoints(was.ruleSet, before) &&
    calculatedWith(was.ruleSet, before).every(how => isInOwnUnit(how, before, unit.value))
  );
}

/** Whether every number within the domain stays within it. */
function takesAsMuch(before: Fact, after: Fact): boolean {
  return before.alsoIn.every(({ factor }, i) => {
    const other = after.alsoIn[i]!.factor.value;
    const [low, high] = [before.minimum?.value, before.maximum?.value];
    const isLowEnough = !low || low.times(other).compare(low.times(factor.value)) <= 0;
    return isLowEnough && (!high || high.times(other).compare(high.times(factor.value)) >= 0);
  });
}

function isWithin({ minimum, maximum }: Fact, number: Exact, factor: Exact): boolean {
  const [low, high] = [minimum?.value.times(factor), maximum?.value.times(factor)];
  return (!low || number.compare(low) >= 0) && (!high || number.compare(high) <= 0);
}

function textOf(bounds: readonly Exact[]): string {
  return bounds.map(bound => bound.fraction.toFraction()).join();
}

function givesPoints({ scores }: RuleSet, { id }: Fact): boolean {
  return [...scores.values()].some(({ components }) =>
    [...components.values()].some(({ how }) => how?.kind === 'value' && how.fact.value === id),
  );
}

function calculatedWith({ derived }: RuleSet, { id }: Fact): DerivedFact['how'][] {
  return [...derived.values()].map(({ how }) => how).filter(how => factsInTerms(how).has(id));
}

/** Whether whatever unit it is recorded in is the one calculated with, or both are other units than the one whose factor changes. */
function isInOwnUnit(how: DerivedFact['how'], fact: Fact, changed: string): boolean {
  const own = fact.unit?.value;
  const units = [own, ...fact.alsoIn.map(({ unit }) => unit.value)];
  const isUnconverted = (term: Term, recorded: string | undefined): boolean => {
    if (term.kind === 'number') return true;
    if (term.kind !== 'fact') return term.terms.every(each => isUnconverted(each, recorded));
    const wanted = term.unit?.value ?? own;
    return term.fact.value !== fact.id || wanted === recorded || (wanted !== changed && recorded !== changed);
  };
  if (how?.kind === 'term') return units.every(unit => isUnconverted(how.term, unit));
  if (how?.kind !== 'formulas') return false;
  // The unit it is recorded in chooses the formula; another fact says nothing of the unit of this one.
  const isChosen = how.by?.value === fact.id;
  return units.every(unit =>
    isChosen
      ? isUnconverted((how.formulas.find(each => each.unit.value === unit) ?? how.formulas[0]!).term, unit)
      : how.formulas.every(({ term }) => isUnconverted(term, unit)),
  );
}
