/**
 * Places of records of whom no more is known than that they lie in one of several sites. What restricts `except` where records lie leaves out
 * only where they surely are: so it may stand against what is required there, and for no patient of whom all is known.
 */
import type { AdviceEffect } from '../model/collide.ts';
import { factIn } from '../model/names.ts';
import type { Condition, Fact, RuleSet } from '../model/rule-set.ts';
import { type FactTests, type Gathered, isDerived, siteFact } from './gather.ts';
import type { Inquiry } from './question.ts';

/** Whether it restricts all places but those of records. */
export function sparesRecords({ kind, at }: AdviceEffect): boolean {
  return kind !== 'recommend' && at.kind === 'below' && at.except !== undefined;
}

/** The same restricting all of them: it holds wherever the effect holds for anybody. */
export function sparingNobody<Effect extends AdviceEffect>(effect: Effect): Effect {
  if (!sparesRecords(effect) || effect.at.kind !== 'below') return effect;
  return { ...effect, at: { ...effect.at, except: undefined } };
}

const LOOSE = new WeakMap<Inquiry['spaces'], Inquiry>();

/** The same rule set with patients of whose records the place may be one of several. */
export function withLoosePlaces(inquiry: Inquiry): Inquiry {
  const spaces = LOOSE.get(inquiry.spaces)?.spaces ?? new Map();
  const loose = { ...inquiry, gathered: LOOSE.get(inquiry.spaces)?.gathered ?? looselyGathered(inquiry), spaces };
  LOOSE.set(inquiry.spaces, loose);
  return loose;
}

function looselyGathered({ ruleSet, gathered }: Inquiry): Gathered {
  const facts = new Map(gathered.facts);
  const mark = (fact: Fact | undefined, asked: Partial<FactTests>) => {
    if (fact) facts.set(fact, { tests: [], unknownTested: false, asPoints: false, ids: new Set(), ...facts.get(fact), ...asked });
  };
  mark(siteFact(ruleSet), { maySeveral: true });
  for (const fact of ruleSet.locatedGroup?.facts.values() ?? []) if (fact.type === 'side') mark(fact, { maySeveral: true });
  for (const fact of askedOfSpared(ruleSet)) mark(fact, fact.type === 'boolean' ? { unknownTested: true } : { maySeveral: true });
  return { ...gathered, facts };
}

/** The facts that say which records are spared. */
function askedOfSpared(ruleSet: RuleSet): ReadonlySet<Fact> {
  const found = new Set<Fact>();
  for (const { then } of ruleSet.rules.values())
    for (const effect of then) {
      if (effect.kind === 'decide' || effect.at.kind !== 'below' || !effect.at.except) continue;
      const { group, where } = effect.at.except;
      for (const name of factsIn(ruleSet, where)) {
        const fact = factIn(ruleSet, group.value, name);
        if (fact && !isDerived(fact)) found.add(fact);
      }
    }
  return found;
}

/** Whether it is asked of them by plain facts alone: else several values may be taken together. */
export function sparesByFacts({ at }: AdviceEffect, ruleSet: RuleSet): boolean {
  if (at.kind !== 'below' || !at.except) return true;
  const { group, where } = at.except;
  const isPlain = (condition: Condition | undefined): boolean => {
    if (!condition) return true;
    if (condition.kind === 'all' || condition.kind === 'any') return condition.items.every(isPlain);
    if (condition.kind === 'not') return isPlain(condition.item);
    const [name] = condition.kind === 'fact' || condition.kind === 'threshold' ? factsIn(ruleSet, condition) : [];
    const fact = name === undefined ? undefined : factIn(ruleSet, group.value, name);
    return fact !== undefined && !isDerived(fact);
  };
  return isPlain(where);
}

function factsIn(ruleSet: RuleSet, condition: Condition | undefined): string[] {
  switch (condition?.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      return condition.items.flatMap(item => factsIn(ruleSet, item));
    case 'not':
      return factsIn(ruleSet, condition.item);
    case 'fact':
      return [condition.fact.value];
    case 'threshold': {
      const fact = ruleSet.thresholds.get(condition.threshold.value)?.fact;
      return fact ? [fact.value] : [];
    }
    default:
      return [];
  }
}
