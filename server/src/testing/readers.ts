/** What reads a fact otherwise than by testing it. */
import type { DerivedFact, Fact, RuleSet, Term } from '../model/rule-set.ts';
import { namesRead } from './names-read.ts';

/** The facts that a formula calculates with, and the one whose unit chooses it. */
export function factsInTerms(how: DerivedFact['how']): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (term: Term): void => {
    if (term.kind === 'fact') found.add(term.fact.value);
    else if (term.kind !== 'number') for (const each of term.terms) visit(each);
  };
  if (how?.kind === 'term') visit(how.term);
  if (how?.kind === 'formulas') {
    if (how.by) found.add(how.by.value);
    for (const { term } of how.formulas) visit(term);
  }
  if (how?.kind === 'since') found.add(how.event.value);
  return found;
}

/** Whether its very value counts for something that is no test: points, an option, or whether it is known at all. */
export function readByOtherThanTests(ruleSet: RuleSet, { id }: Fact): boolean {
  const components = [...ruleSet.scores.values()].flatMap(score => [...score.components.values()]);
  const isPoints = components.some(
    ({ how }) => (how?.kind === 'value' && how.fact.value === id) || (how?.kind === 'options' && how.from?.value === id),
  );
  return isPoints || asksWhetherKnown(ruleSet, id);
}

function asksWhetherKnown(ruleSet: RuleSet, id: string): boolean {
  let found = false;
  const places = [...ruleSet.rules.values()].flatMap(({ then }) =>
    then.map(effect => (effect.kind !== 'decide' && effect.at.kind === 'below' ? effect.at.except?.where : undefined)),
  );
  const conditions = [...ruleSet.rules.values()].flatMap(({ when, until }) => [when, until]);
  namesRead([ruleSet.root.appliesTo, ...conditions, ...places], each => {
    if (each.kind === 'unknown' && each.name.value === id) found = true;
  });
  return found;
}
