/** What may differ in a rule that no case can tell: what nobody hears of it, and what waits for a decision that then is not made. */
import { all, any, certain, FALSE, type Formula, not, possible } from '../analysis/formula.ts';
import { decidingRules, groupOf, overridersOf } from '../analysis/gather.ts';
import { PATIENT, type Scope, type Space, UNLISTED } from '../analysis/space.ts';
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import { type Beside, needsApart } from './mutant-needs.ts';
import { type Nobody, whole } from './mutant-question.ts';
import { waitingAmong } from './nobody.ts';

/**
 * Of a rule that decides nothing and overrides nothing a case can tell when it fires and what it may do, and what it waits for unless another rule
 * waits for it too. That it is undetermined where it was ruled out shows in an effect that is possible; the other way round nothing is told.
 */
export function heardApart(rule: Rule, changed: Rule, ruleSet: RuleSet): readonly Nobody[] | undefined {
  if (rule.override || rule.then.some(({ kind }) => kind === 'decide')) return undefined;
  const [was, is] = [whole(rule, ruleSet), whole(changed, ruleSet)];
  const beside = waitingBeside(rule, ruleSet);
  const about = { conditions: [was, is], group: groupOf(ruleSet, rule) };
  const formulas = (space: Space, scope: Scope) => [was, is].map(condition => space.condition(condition, scope));
  return [
    {
      ...about,
      so: (space, scope) => {
        const [one, other] = formulas(space, scope);
        return any([differ(certain, one!, other!), comes(one!, other!)]);
      },
    },
    { ...about, so: (space, scope) => needsApart(space, was, is, scope, beside) },
  ];
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
  const questions = (space: Space, scope: Scope) => {
    const [one, other] = [was, is].map(condition => space.condition(condition, scope));
    return { sure: differ(certain, one!, other!), comes: comes(one!, other!) };
  };
  const conditions = [was, is];
  const asked = ofRecord.flatMap(answering => {
    const about = { conditions, rules: [answering], group };
    const in_ = (so: Nobody['so']): Nobody => ({ ...about, so: (space, scope) => (scope.slot === UNLISTED ? FALSE : so(space, scope)) });
    const fires = (space: Space, scope: Scope) => space.fires(answering, scope);
    const beside = besideOf([answering], ruleSet);
    return [
      in_((space, scope) => all([questions(space, scope).sure, certain(fires(space, scope))])),
      in_((space, scope) => all([questions(space, scope).comes, possible(fires(space, scope))])),
      in_((space, scope) => all([needsApart(space, was, is, scope, beside), possible(fires(space, scope))])),
    ];
  });
  // With a record that is not listed nothing but the strictest value is decided.
  const unlisted: Nobody['so'] = (space, scope) =>
    scope.slot === UNLISTED ? any([questions(space, scope).comes, needsApart(space, was, is, scope, waitingBeside(rule, ruleSet))]) : FALSE;
  return [...asked, { conditions, group, so: unlisted }];
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
  return waitingAmong(ruleSet, rule) > 0;
}
