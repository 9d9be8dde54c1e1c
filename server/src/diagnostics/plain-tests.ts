/** Tests that are plainly in order. Nearly all are, so they are told apart once and no diagnostic looks at them again. */
import type { Bound, DerivedFact, Fact, Name, Test } from '../model/rule-set.ts';

/**
 * A comparison of a kind the fact's type has; of a number, in the fact's own unit and within its domain. Whether a code is on its list is asked
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

/** A single bound within the domain, or a lower and an upper one with room between them. */
function isPlainNumber(fact: Fact, { is, atLeast, above, atMost, below }: Test): boolean {
  const low = atLeast ?? above;
  const high = atMost ?? below;
  if (is || (atLeast && above) || (atMost && below) || !(low ?? high) || !isWithin(low, fact) || !isWithin(high, fact)) return false;
  if (low?.kind !== 'number' || high?.kind !== 'number') return true;
  // Between two neighbouring whole numbers there is none.
  return !(above && below) && low.number.value.compare(high.number.value) < 0;
}

function isWithin(bound: Bound | undefined, { minimum, maximum }: Fact): boolean {
  if (!bound) return true;
  if (bound.kind !== 'number') return false;
  const { value } = bound.number;
  return !(minimum && value.compare(minimum.value) < 0) && !(maximum && value.compare(maximum.value) > 0);
}
