/** What may differ in a rule that no case can tell: what nobody hears of it, and what waits for a decision that then is not made. */
import { all, any, certain, type Formula, not, possible } from '../analysis/formula.ts';
import { decidingRules, groupOf, overridersOf } from '../analysis/gather.ts';
import { PATIENT, UNLISTED } from '../analysis/space.ts';
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import { type Beside, needsApart } from './mutant-needs.ts';
import { type Nobody, whole } from './mutant-question.ts';

/**
 * Of a rule that decides nothing and overrides nothing a case can tell when it fires and what it may do, and what it waits for unless another rule
 * waits for it too. That it is undetermined where it was ruled out shows in an effect that is possible; the other way round nothing is told.
 */
export function heardApart(rule: Rule, changed: Rule, ruleSet: RuleSet): readonly Nobody[] | undefined {
  if (rule.override || rule.then.some(({ kind }) => kind === 'decide')) return undefined;
  const [was, is] = [whole(rule, ruleSet), whole(changed, ruleSet)];
  const beside = waitingBeside(rule, ruleSet);
  const so: Nobody['so'] = (space, scope) => {
    const [one, other] = [was, is].map(condition => space.condition(condition, scope));
    return any([differ(certain, one!, other!), comes(one!, other!), needsApart(space, was, is, scope, beside)]);
  };
  return [{ conditions: [was, is], group: groupOf(ruleSet, rule), so }];
}

function differ(modal: (formula: Formula) => Formula, one: Formula, other: Formula): Formula {
  return any([all([modal(one), not(modal(other))]), all([modal(other), not(modal(one))])]);
}

/** That something is possible which was not. */
function comes(one: Formula, other: Formula): Formula {
  return all([possible(other), not(possible(one))]);
}

/** More rules than this are not looked at. */
const MOST_BESIDE = 8;

/** Rules about the site alone: while that is open, or the list of records is, they are undetermined. */
function waitingBeside(rule: Rule, ruleSet: RuleSet): readonly Beside[] {
  return besideOf(
    [...ruleSet.rules.values()].filter(other => other !== rule && other.precaution && !other.when && !other.until),
    ruleSet,
  );
}

function besideOf(rules: readonly Rule[], ruleSet: RuleSet): readonly Beside[] {
  const plain = rules.filter(rule => !rule.given && overridersOf(ruleSet, rule).length === 0);
  return plain.slice(0, MOST_BESIDE).map(rule => ({ condition: whole(rule, ruleSet), group: groupOf(ruleSet, rule) }));
}

/**
 * One value less to wait for: whenever the rule itself holds or may hold, so does another that decides a stricter one of those it still waits
 * for. Then the value is not decided; and while it is possible, so is that stricter one.
 */
export function givenLess(rule: Rule, changed: Rule, ruleSet: RuleSet): readonly (readonly Nobody[])[] {
  const decision = strictestFor(rule, ruleSet);
  const left = new Set(changed.given?.values.map(({ value }) => value));
  const gone = rule.given!.values.filter(({ value }) => !left.has(value));
  if (!decision || left.size === 0 || gone.length !== 1) return [];
  const order = decision.values.map(({ id }) => id);
  const stricter = new Set(order.slice(0, Math.max(0, order.indexOf(gone[0]!.value))).filter(value => left.has(value)));
  const own = whole(rule, ruleSet);
  return decidingRules(ruleSet, decision.id)
    .filter(({ rule: other, value }) => stricter.has(value) && groupOf(ruleSet, other) === undefined && !hangsOnWaiting(ruleSet, other))
    .map(({ rule: other }): readonly Nobody[] => {
      const so: Nobody['so'] = (space, scope) => {
        const [holds, decides] = [space.condition(own, scope), space.fires(other, PATIENT)];
        return any([all([possible(holds), not(possible(decides))]), all([certain(holds), not(certain(decides))])]);
      };
      return [{ conditions: [own], rules: [other], group: groupOf(ruleSet, rule), so }];
    });
}

/**
 * A rule about a record waits for a decision that each record must answer: where no rule may answer in this record, or none surely does, the
 * decision is not made, and it does not matter whether the rule would hold.
 */
export function unanswered(rule: Rule, changed: Rule, ruleSet: RuleSet): readonly Nobody[] | undefined {
  const decision = strictestFor(rule, ruleSet);
  const group = groupOf(ruleSet, rule);
  if (!decision?.each || decision.each.value !== group || rule.override) return undefined;
  const strictest = decision.values[0]?.id;
  if (rule.given!.values.some(({ value }) => value === strictest)) return undefined;
  const deciding = decidingRules(ruleSet, decision.id).map(each => each.rule);
  if (deciding.some(other => hangsOnWaiting(ruleSet, other))) return undefined;
  const ofRecord = [...new Set(deciding.filter(other => groupOf(ruleSet, other) === group))];
  const [was, is] = [whole(rule, ruleSet), whole(changed, ruleSet)];
  const beside = besideOf(ofRecord, ruleSet);
  const so: Nobody['so'] = (space, scope) => {
    const [one, other] = [was, is].map(condition => space.condition(condition, scope));
    const missed = needsApart(space, was, is, scope, beside);
    // With a record that is not listed nothing but the strictest value is decided.
    if (scope.slot === UNLISTED) return any([comes(one!, other!), missed]);
    const answers = ofRecord.map(each => space.fires(each, scope));
    const isAnswered = any(answers.map(certain));
    return any([all([differ(certain, one!, other!), isAnswered]), all([any([comes(one!, other!), missed]), any(answers.map(possible))])]);
  };
  return [{ conditions: [was, is], rules: ofRecord, group, so }];
}

/** The decision that the rule waits for, where it recommends alone and the strictest value counts, and nothing that decides it waits too. */
function strictestFor(rule: Rule, ruleSet: RuleSet): Decision | undefined {
  const decision = rule.given && ruleSet.decisions.get(rule.given.decision.value);
  if (decision?.resolve !== 'strictest' || rule.then.some(({ kind }) => kind !== 'recommend')) return undefined;
  const values = new Set(decision.values.map(({ id }) => id));
  const isSound = [...ruleSet.rules.values()].every(other =>
    other.then.every(
      effect => effect.kind !== 'decide' || effect.decision.value !== decision.id || (values.has(effect.value.value) && !other.given),
    ),
  );
  return isSound ? decision : undefined;
}

/** Whether it, or what overrides it by whatever way, waits for a decision: of these formulas say less than is so. */
export function hangsOnWaiting(ruleSet: RuleSet, rule: Rule): boolean {
  const found = new Set([rule]);
  for (const one of found) for (const other of overridersOf(ruleSet, one)) found.add(other);
  return [...found].some(({ given }) => given !== undefined);
}
