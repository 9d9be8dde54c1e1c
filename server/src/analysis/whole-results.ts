/** Whether what a formula gives is always a whole number, so that nothing lies between two of them. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { DerivedFact, Fact, RuleSet, Term } from '../model/rule-set.ts';

/** Of a fact that is worked out: by its type alone it need not be, for a half of 3 is 1.5. */
export function isWhole(ruleSet: RuleSet, fact: Fact | DerivedFact): boolean {
  if (fact.type !== 'integer') return false;
  if (!('how' in fact)) return true;
  return isWholeResult(ruleSet, fact, new Set([fact.id]));
}

function isWholeResult(ruleSet: RuleSet, fact: DerivedFact, seen: ReadonlySet<string>): boolean {
  if (fact.how?.kind === 'table') return fact.how.rows.every(({ value: { value } }) => value instanceof Exact && value.isInteger());
  return fact.how?.kind === 'term' && isWholeTerm(ruleSet, fact.how.term, fact, seen);
}

function isWholeTerm(ruleSet: RuleSet, term: Term, of: DerivedFact, seen: ReadonlySet<string>): boolean {
  if (term.kind === 'number') return term.number.value.isInteger();
  if (term.kind !== 'fact') return term.kind !== 'quotient' && term.terms.every(inner => isWholeTerm(ruleSet, inner, of, seen));
  const fact: Fact | DerivedFact | undefined = factIn(ruleSet, of.group, term.fact.value);
  if (fact?.type !== 'integer' || seen.has(fact.id)) return false;
  if (!('how' in fact)) return true;
  return isWholeResult(ruleSet, fact as DerivedFact, new Set([...seen, fact.id]));
}
