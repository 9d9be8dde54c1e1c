/** Forms of question about mutants: a condition that some patient or record shall meet, or a rule that shall fire under it. */
import { anywhere, givenFormula } from '../analysis/decided.ts';
import { all, any, possible } from '../analysis/formula.ts';
import { groupOf, overridersOf } from '../analysis/gather.ts';
import { type PartlyAsked, truthsApart } from '../analysis/partly-asked.ts';
import { type Question, scopeOf } from '../analysis/question.ts';
import type { WitnessPatient } from '../analysis/witness.ts';
import type { Condition, Rule, RuleSet, Test } from '../model/rule-set.ts';
import { ALWAYS, NOWHERE, testOf } from './asked.ts';
import { needsApart } from './mutant-needs.ts';

/** Where the mutant may be told from the rule set. */
export interface MutantQuestion {
  readonly condition: Condition;
  /** The group of whose records the condition is about one. */
  readonly group: string | undefined;
  readonly question: Omit<Question, 'shown'>;
  /** Who besides the patient found may tell them apart: each differs from him in something that is no condition. */
  readonly variants?: (patient: WitnessPatient) => readonly WitnessPatient[];
  /** Whether patients outside the scope are asked for too. */
  readonly anyScope?: true;
}

/** What nobody must be, however little is known of them, for a proof to stand. */
export interface Nobody extends PartlyAsked {
  /** Whether patients outside the scope are asked for too. */
  readonly anyScope?: true;
  /** Of whoever is this each of these is so too: if nobody is one of them, nobody is this. They are asked first, being plainer. */
  readonly plainer?: readonly Nobody[];
  /** Whoever is this is one of these: if nobody is any of them, nobody is this. */
  readonly cases?: readonly Nobody[];
}

export interface MutantQuestions {
  /** In the order in which they are best asked. */
  readonly asked: readonly MutantQuestion[];
  /** Each a list: if nobody is any of one list, no case can tell the two apart. */
  readonly proofs: readonly (readonly Nobody[])[];
}

/** Asked, and proved where nobody is one of these. */
export function asking(asked: MutantQuestion | readonly MutantQuestion[], ...proof: readonly Nobody[]): MutantQuestions {
  return { asked: [asked].flat(), proofs: [proof] };
}

/** That the condition may hold. */
export function mayHold(condition: Condition, group: string | undefined): Nobody {
  return { conditions: [condition], group, so: (space, scope) => possible(space.condition(condition, scope)) };
}

/** That the rule may fire. */
export function mayFire(ruleSet: RuleSet, rule: Rule): Nobody {
  return { conditions: [], rules: [rule], group: groupOf(ruleSet, rule), so: (space, scope) => possible(space.fires(rule, scope)) };
}

/** That one of them is sure, or may be, where the other is not; or that the first waits for something that the other does not wait for. */
export function apart(was: Condition, is: Condition, group: string | undefined, { while: around = ALWAYS } = {}): Nobody {
  return {
    conditions: [around, was, is],
    group,
    so: (space, scope) =>
      any([
        all([possible(space.condition(around, scope)), truthsApart(space.condition(was, scope), space.condition(is, scope))]),
        needsApart(space, was, is, scope),
      ]),
  };
}

/** Of a condition of the patient, or of one record. */
export function plainly(condition: Condition, group: string | undefined): MutantQuestion {
  const scope = { group, slot: 0 };
  return {
    condition,
    group,
    question: {
      rules: [],
      conditions: [condition],
      own: new Map(group === undefined ? [] : [[group, 1]]),
      wanted: space => [
        { formula: space.condition(condition, scope), truth: 2 },
        ...(group === undefined ? [] : [{ formula: space.present(group, 0), truth: 2 as const }]),
      ],
    },
  };
}

interface Around {
  /** Whether the rule is to be given what it waits for, or just not; undefined: neither matters. */
  readonly given?: boolean;
  /** Rules that shall not fire. */
  readonly silent?: readonly Rule[];
}

/** The condition in place of the rule's own: the rule is neither overridden nor waits in vain. */
export function firing(ruleSet: RuleSet, rule: Rule, condition: Condition, { given = true, silent = [] }: Around = {}): MutantQuestion {
  const group = groupOf(ruleSet, rule);
  const { question } = plainly(condition, group);
  const over = overridersOf(ruleSet, rule).filter(other => !other.given);
  const scope = scopeOf(ruleSet, rule, 0);
  return {
    condition,
    group,
    question: {
      ...question,
      rules: [rule, ...silent],
      wanted: space => [
        ...question.wanted(space),
        ...over.map(other => ({
          formula: space.fires(other, groupOf(ruleSet, other) === undefined ? scopeOf(ruleSet, other, 0) : scope),
          truth: 0 as const,
        })),
        ...(rule.given ? [{ formula: givenFormula(space, rule), truth: given ? (2 as const) : (0 as const), isGiven: given }] : []),
        ...silent.map(other => ({ formula: anywhere(space, other), truth: 0 as const })),
      ],
    },
  };
}

export function factTest(name: string, test: Test): Condition {
  return { kind: 'fact', fact: { value: name, span: NOWHERE }, test, span: NOWHERE };
}

/** All that a rule needs by itself, as one condition. */
export function whole(rule: Rule, ruleSet: RuleSet): Condition {
  const site = ruleSet.locatedGroup && [...ruleSet.locatedGroup.facts.values()].find(({ values }) => values === 'sites');
  const sited = rule.precaution && site ? factTest(site.id, testOf({ in: rule.sites })) : undefined;
  return together([sited, rule.when, rule.until && not(rule.until)]);
}

export function together(conditions: readonly (Condition | undefined)[]): Condition {
  const items = conditions.filter(each => each !== undefined);
  return items.length === 0 ? ALWAYS : items.length === 1 ? items[0]! : { kind: 'all', items, span: NOWHERE };
}

export function not(item: Condition): Condition {
  return { kind: 'not', item, span: NOWHERE };
}

/** One holds and the other does not. */
export function either(one: Condition, other: Condition): Condition {
  const only = (a: Condition, b: Condition): Condition => ({ kind: 'all', items: [a, not(b)], span: NOWHERE });
  return { kind: 'any', items: [only(one, other), only(other, one)], span: NOWHERE };
}
