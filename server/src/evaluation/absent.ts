/** Values that stand for all that an absent fact can have: one for each cell that the tests of a rule set tell apart. */
import type { Fact } from '../model/rule-set.ts';
import { cellsOf } from './cells.ts';
import type { CompiledTest } from './tests.ts';
import { point, type Value } from './values.ts';
import { convert, type Hierarchical } from './vocabulary.ts';

/** Empty where no list would do: text, dates, and numbers that go into formulas. */
export function valuesWhileAbsent(
  fact: Fact,
  codes: Hierarchical,
  tests: readonly CompiledTest[],
  isCalculatedWith: boolean,
): readonly Value[] {
  switch (fact.type) {
    case 'boolean':
      return [false, true].map(value => ({ kind: 'boolean', value }));
    case 'code':
    case 'side':
      return codes.leaves.map(id => ({ kind: 'code', id }));
    case 'date':
    case 'text':
      return [];
    default:
      return isCalculatedWith ? [] : numbersWhileAbsent(fact, tests);
  }
}

/** In every declared unit, for a cut-off may be given for one of them alone. */
function numbersWhileAbsent(fact: Fact, tests: readonly CompiledTest[]): Value[] {
  const own = fact.unit?.value;
  return [own, ...fact.alsoIn.map(({ unit }) => unit.value)].flatMap(unit => {
    const line = {
      minimum: fact.minimum && convert(fact, fact.minimum.value, own, unit),
      maximum: fact.maximum && convert(fact, fact.maximum.value, own, unit),
      whole: fact.type === 'integer',
    };
    const bounds = tests.flatMap(test => test.bounds(unit));
    return cellsOf(bounds, line).map(({ inside }) => point(inside, unit));
  });
}
