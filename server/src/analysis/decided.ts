/** That a decision is decided with one of some values, as a formula: for rules that wait for it. */
import type { Decision, Rule } from '../model/rule-set.ts';
import { all, any, FALSE, type Formula, not, TRUE, UNKNOWN } from './formula.ts';
import { decidingRules, groupOf } from './gather.ts';
import { PATIENT, type Space } from './space.ts';

/** True where the rule's `given` holds. A rule that waits but does more than recommend is never certain. */
export function givenFormula(space: Space, rule: Rule): Formula {
  if (!rule.given) return TRUE;
  if (rule.then.some(({ kind }) => kind !== 'recommend')) return UNKNOWN;
  const decision = space.ruleSet.decisions.get(rule.given.decision.value);
  return decision ? decidedIn(space, decision, new Set(rule.given.values.map(({ value }) => value))) : UNKNOWN;
}

function decidedIn(space: Space, decision: Decision, wanted: ReadonlySet<string>): Formula {
  const deciding = decidingRules(space.ruleSet, decision.id);
  const says = (accept: (value: string) => boolean) =>
    any(deciding.filter(({ value }) => accept(value)).map(({ rule }) => anywhere(space, rule)));
  switch (decision.resolve) {
    case 'strictest':
      return decision.each ? strictestOfEach(space, decision, wanted, says) : strictest(decision, wanted, says);
    case 'single':
      return any([...wanted].map(value => all([says(one => one === value), not(says(one => one !== value))])));
    case 'collect':
      return says(value => wanted.has(value));
    case 'first':
      return first(space, deciding, wanted);
  }
}

type Says = (accept: (value: string) => boolean) => Formula;

/** A wanted value fires and nothing stricter does. */
function strictest(decision: Decision, wanted: ReadonlySet<string>, says: Says): Formula {
  const order = decision.values.map(({ id }) => id);
  return any(
    [...wanted].map(value => {
      const place = order.indexOf(value);
      return all([says(one => one === value), not(says(one => order.indexOf(one) < place))]);
    }),
  );
}

/** The strictest value counts wherever it fires; any other only when every record has an answer. */
function strictestOfEach(space: Space, decision: Decision, wanted: ReadonlySet<string>, says: Says): Formula {
  const top = decision.values[0]?.id;
  const group = decision.each!.value;
  const answered = all(
    space.scopesOf(group).map(scope => {
      const rules = decidingRules(space.ruleSet, decision.id).filter(({ rule }) => groupOf(space.ruleSet, rule) === group);
      return any([not(space.present(group, scope.slot)), ...rules.map(({ rule }) => space.fires(rule, scope))]);
    }),
  );
  const others = new Set([...wanted].filter(value => value !== top));
  const listed = not(space.incomplete(group));
  return any([wanted.has(top ?? '') ? says(value => value === top) : FALSE, all([listed, answered, strictest(decision, others, says)])]);
}

function first(space: Space, deciding: readonly { rule: Rule; value: string }[], wanted: ReadonlySet<string>): Formula {
  const fires = deciding.map(({ rule }) => anywhere(space, rule));
  // One that decides two values itself decides none.
  const isClear = (one: (typeof deciding)[number]) => !deciding.some(({ rule, value }) => rule === one.rule && value !== one.value);
  return any(deciding.flatMap((one, i) => (wanted.has(one.value) && isClear(one) ? [all([fires[i]!, not(any(fires.slice(0, i)))])] : [])));
}

/** That the rule fires for the patient, or in some record. */
export function anywhere(space: Space, rule: Rule): Formula {
  const group = groupOf(space.ruleSet, rule);
  if (group === undefined) return space.fires(rule, PATIENT);
  return space.anyRecord(group, scope => space.fires(rule, scope));
}
