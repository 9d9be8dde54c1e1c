/** Tests that are plainly in order. Nearly all are, so they are told apart once and no diagnostic looks at them again. */
import type { DerivedFact, Fact, Name, Test } from '../model/rule-set.ts';

/**
 * One comparison of a kind the fact's type has; of a number, in the fact's own unit and within its domain. Whether a code is on its list is asked
 * where names are. A unit that is wrong in itself is told where the fact declares it.
 */
export function isPlain(fact: Fact | DerivedFact, test: Test, unit: Name | undefined): boolean {
  if (test.in) return false;
  switch (fact.type) {
    case 'boolean':
      return typeof test.is?.value === 'boolean' && !hasBounds(test) && !unit;
    case 'code':
    case 'side':
      return typeof test.is?.value === 'string' && !hasBounds(test) && !unit;
    case 'integer':
    case 'decimal':
      return !unit && isPlainNumber(fact, test);
    case 'quantity':
      return unit !== undefined && unit.value === fact.unit?.value && isPlainNumber(fact, test);
    default:
      return false;
  }
}

function hasBounds({ atLeast, above, atMost, below }: Test): boolean {
  return (atLeast ?? above ?? atMost ?? below) !== undefined;
}

/** A single bound within the domain. */
function isPlainNumber({ minimum, maximum }: Fact, { is, atLeast, above, atMost, below }: Test): boolean {
  const bound = atLeast ?? above ?? atMost ?? below;
  const count = (atLeast ? 1 : 0) + (above ? 1 : 0) + (atMost ? 1 : 0) + (below ? 1 : 0);
  if (is || count !== 1 || bound?.kind !== 'number') return false;
  const { value } = bound.number;
  return !(minimum && value.compare(minimum.value) < 0) && !(maximum && value.compare(maximum.value) > 0);
}
