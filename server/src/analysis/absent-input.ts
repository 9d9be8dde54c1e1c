/** The one input that may be absent where the question is what its absence does, and what hangs on it. */
import { factIn } from '../model/names.ts';
import type { DerivedFact, Fact, RuleSet, Term } from '../model/rule-set.ts';
import { canBeNought } from './derived-range.ts';
import { isDerived, readsInput } from './gather.ts';

/** Of the patient, or of the first record. */
export interface AbsentInput {
  readonly fact?: Fact;
  readonly score?: string;
}

/** Whether it is the input, or a number that is worked out from it. */
export function hangsOnInput(ruleSet: RuleSet, fact: Fact, slot: number, input: AbsentInput): boolean {
  const group = input.score === undefined ? input.fact?.group : ruleSet.scores.get(input.score)?.of?.value;
  if (group !== undefined && slot !== 0) return false;
  return fact === input.fact || (isDerived(fact) && fact.how?.kind !== 'table' && readsInput(ruleSet, fact, input));
}

/**
 * Whether it counts that a number that is worked out may have no value though all it reads is known: who has none is not impossible for a value,
 * and then an input may settle what else it would not. Elsewhere that makes no difference, for what fires with no value fires with any.
 */
export function mayLackValue(ruleSet: RuleSet, fact: Fact, input: AbsentInput): boolean {
  return (ruleSet.impossible.size > 0 || isAboutAbsence(input)) && isDerived(fact) && lacksValue(ruleSet, fact, new Set());
}

export function isAboutAbsence({ fact, score }: AbsentInput): boolean {
  return fact !== undefined || score !== undefined;
}

/** Divided by nought, from an event that never was, or of a table none of whose rows holds. */
function lacksValue(ruleSet: RuleSet, fact: DerivedFact, seen: ReadonlySet<Fact>): boolean {
  const { how } = fact;
  if (seen.has(fact) || how?.kind === 'table' || how?.kind === 'since') return true;
  const inTerm = (term: Term): boolean => {
    if (term.kind === 'number') return false;
    if (term.kind === 'quotient' && (!term.terms[1] || canBeNought(ruleSet, fact, term.terms[1]))) return true;
    if (term.kind !== 'fact') return term.terms.some(inTerm);
    const read: Fact | DerivedFact | undefined = factIn(ruleSet, fact.group, term.fact.value);
    return read === undefined || (isDerived(read) && lacksValue(ruleSet, read, new Set([...seen, fact])));
  };
  return how?.kind === 'term' ? inTerm(how.term) : how?.kind !== 'formulas' || how.formulas.some(({ term }) => inTerm(term));
}
