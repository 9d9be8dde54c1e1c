/** Rules whose effects collide for some patient, and sources that disagree on a decision. */
import type { AdviceEffect, Collision } from '../model/collide.ts';
import type { Decision, Rule } from '../model/rule-set.ts';
import { fewOthers, type Others, othersAt } from './about.ts';
import { eachInTurn } from './bits.ts';
import { type Candidate, smallestCollisions } from './collisions.ts';
import { anywhere } from './decided.ts';
import { byCause, type ConflictingPairs, pairsInConflict } from './decision-conflicts.ts';
import { decidingRules, groupOf } from './gather.ts';
import { meetingLower, ranksOf } from './hiding.ts';
import { sparesByFacts, sparesRecords, sparingNobody, withLoosePlaces } from './loose-places.ts';
import { overlap, placeConditions } from './overlap.ts';
import { type Answer, ask, askFirst, boxesOf, firing, firstFound, type Inquiry, isThere, type Question, scopeOf } from './question.ts';
import { recordsFor, waysInRecords } from './records.ts';
import { PATIENT, type Scope, type Space } from './space.ts';

export interface EffectClash {
  readonly kind: 'effects';
  /** The rule that recommends or requires first, then those that stand against it. */
  readonly rules: readonly Rule[];
  readonly collisions: readonly Collision<Candidate>[];
  readonly answer: Answer;
}

/** There may be hundreds of rules: lists of all of them are made for whoever asks. */
export interface DecisionClash {
  readonly kind: 'decision';
  readonly decision: Decision;
  /** Where it is told. */
  readonly cause: Rule;
  /** Those that decide something else for somebody. None where the rule decides two values itself. */
  readonly others: Others;
  /** The others, then the cause. */
  readonly rules: readonly Rule[];
  /** What they decide, one to one; of a rule that decides several values itself all of these. */
  readonly values: readonly string[];
  valueFor(rule: Rule): string;
  readonly answer: Answer;
}

/** Every set of rules whose effects could collide, each asked once: is there a patient for whom all fire, at one place? */
export function effectClashes(inquiry: Inquiry): EffectClash[] {
  const candidates = [...inquiry.ruleSet.rules.values()].flatMap(of =>
    of.then.flatMap((effect): Candidate[] => (effect.kind === 'decide' ? [] : [{ of, effect, rule: of.id, sites: 'everywhere' }])),
  );
  const byRules = new Map<string, Collision<Candidate>[]>();
  const { collisions, tooMany } = smallestCollisions(candidates, inquiry.ruleSet);
  for (const collision of collisions) {
    const key = keyOf(collision);
    const same = byRules.get(key);
    if (same) same.push(collision);
    else byRules.set(key, [collision]);
  }
  const asked = [...byRules.values()].map(
    (same): EffectClash => ({
      kind: 'effects',
      rules: rulesOf(same),
      collisions: same,
      answer: firstFound(same, collision => askCollision(inquiry, collision)),
    }),
  );
  const cut = tooMany.map(
    (collision): EffectClash => ({
      kind: 'effects',
      rules: rulesOf([collision]),
      collisions: [collision],
      answer: { kind: 'open', why: 'budget' },
    }),
  );
  return [...withoutLarger(asked), ...cut];
}

function rulesOf(collisions: readonly Collision<Candidate>[]): Rule[] {
  return [...new Set(collisions.flatMap(({ advised, against }) => [advised.of, ...against.map(({ of }) => of)]))];
}

function keyOf({ advised, against }: Collision<Candidate>): string {
  return [...new Set([advised.rule, ...against.map(({ rule }) => rule)])].sort().join('+');
}

/** Rules that collide already without one of the others are the finding. */
function withoutLarger(clashes: readonly EffectClash[]): EffectClash[] {
  const found = clashes.filter(({ answer }) => answer.kind === 'found');
  return clashes.filter(
    ({ rules }) => !found.some(smaller => smaller.rules.length < rules.length && smaller.rules.every(rule => rules.includes(rule))),
  );
}

/** The effects may hold in the same records or in different ones, in every way: fewest records first. */
function askCollision(inquiry: Inquiry, { advised, against }: Collision<Candidate>): Answer {
  const effects = [advised, ...against];
  const boxes = boxesOf(inquiry);
  const rules = effects.map(({ of }) => of);
  if (rules.some((rule, i) => boxes.meeting(rule, rules.slice(i + 1)).length < rules.length - i - 1)) return { kind: 'none' };
  const groups = rules.map(rule => groupOf(inquiry.ruleSet, rule));
  return firstFound(waysInRecords(groups), scopes => askInRecords(inquiry, effects, scopes));
}

/** Where places are spared, patients too of whose records no more is known than that they lie in one of several sites. */
function askInRecords(inquiry: Inquiry, effects: readonly Candidate[], scopes: readonly Scope[]): Answer {
  const answer = ask(inquiry, meetingInRecords(effects, scopes));
  const advice = effects.map(({ effect }) => effect as AdviceEffect);
  if (answer.kind !== 'none' || !advice.some(sparesRecords)) return answer;
  const anywhere = effects.map(each => ({ ...each, effect: sparingNobody(each.effect as AdviceEffect) }));
  const widely = isThere(inquiry, {
    ...meetingInRecords(anywhere, scopes),
    key: `widely ${keyOfPlaced(effects, scopes)}`,
    shown: () => true,
  });
  if (widely === 'none') return answer;
  const loosely = ask(withLoosePlaces(inquiry), meetingInRecords(effects, scopes));
  const isSure = advice.every(effect => sparesByFacts(effect, inquiry.ruleSet));
  return loosely.kind === 'none' && !isSure ? { kind: 'open', why: 'arithmetic' } : loosely;
}

function meetingInRecords(effects: readonly Candidate[], scopes: readonly Scope[]): Question {
  const rules = effects.map(({ of }) => of);
  const keys = new Set(rules.map(({ id }) => id));
  const placed = effects.map(({ effect }, i) => ({ effect: effect as AdviceEffect, scope: scopes[i]!, rule: rules[i]! }));
  return {
    key: `collide ${keyOfPlaced(effects, scopes)}`,
    rules,
    conditions: placeConditions(effects.map(({ effect }) => effect)),
    own: recordsFor(scopes),
    wanted: space => [...effects.flatMap(({ of }, i) => firing(space, of, scopes[i]!)), { formula: overlap(space, placed), truth: 2 }],
    shown: ({ fired, collisions }) => {
      if (!rules.every(({ id }) => fired.has(id))) return false;
      // Where others bar the same for the same patient, they are named together.
      return [...collisions.of(rules[0]!.id)].some(many => {
        const ids = many.split('+');
        return ids.every(id => keys.has(id)) || [...keys].every(id => ids.includes(id));
      });
    },
  };
}

/** Which effects of the rules, and in which records. */
function keyOfPlaced(effects: readonly Candidate[], scopes: readonly Scope[]): string {
  const rules = [...new Set(effects.map(({ of }) => of))];
  const placed = effects.map(
    ({ of, effect }, i) => `${rules.indexOf(of)}.${of.then.indexOf(effect)}@${scopes[i]!.group ?? ''}#${scopes[i]!.slot}`,
  );
  return placed.join();
}

/** Every pair of rules that decide different values of the decision for some patient in scope, without naming one: exact but for those left open. */
export function conflictingPairs(inquiry: Inquiry, decision: Decision): ConflictingPairs {
  return pairsInConflict(inquiry, decision, rules => meeting(inquiry, decision, rules));
}

/** Different values of a `single` decision for one patient. Pairs that share a rule are one finding: the rule that most share comes last. */
export function singleClashes(inquiry: Inquiry, decision: Decision): DecisionClash[] {
  let said: ReadonlyMap<Rule, string> | undefined;
  const valueFor = (rule: Rule) => {
    said ??= new Map(decidingRules(inquiry.ruleSet, decision.id).map(one => [one.rule, one.value]));
    return said.get(rule)!;
  };
  const pairs = conflictingPairs(inquiry, decision);
  const { rules } = pairs;
  const found = byCause(pairs).map(({ cause, others }) => {
    const rule = rules[cause]!;
    const inOrder = (place: number) => (place < cause ? [rules[place]!, rule] : [rule, rules[place]!]);
    const answer = firstFound(eachInTurn(others), place => askBoth(inquiry, decision, inOrder(place), 'conflict'));
    return new Clash(decision, rule, othersAt(rules, inquiry.budget, others), valueFor, answer);
  });
  const open = pairs.open.map(
    ({ rules: [one, other], why }) => new Clash(decision, other, fewOthers([one]), valueFor, { kind: 'open', why }),
  );
  return [...found, ...ownClashes(inquiry, decision), ...open];
}

class Clash implements DecisionClash {
  readonly kind = 'decision';
  readonly decision: Decision;
  readonly cause: Rule;
  readonly others: Others;
  readonly valueFor: (rule: Rule) => string;
  readonly answer: Answer;

  constructor(decision: Decision, cause: Rule, others: Others, valueFor: (rule: Rule) => string, answer: Answer) {
    this.decision = decision;
    this.cause = cause;
    this.others = others;
    this.valueFor = valueFor;
    this.answer = answer;
  }

  get rules(): readonly Rule[] {
    return [...this.others.first(this.others.count), this.cause];
  }

  get values(): readonly string[] {
    return this.rules.map(this.valueFor);
  }
}

/** Rules that decide two values themselves: under `first` these are all there is to contradict. */
export function ownClashes(inquiry: Inquiry, decision: Decision): DecisionClash[] {
  const valuesOf = new Map<Rule, Set<string>>();
  const deciding = decidingRules(inquiry.ruleSet, decision.id);
  deciding.forEach(({ rule, value }, i) => {
    const before = deciding[i - 1];
    if (before?.rule === rule) valuesOf.set(rule, (valuesOf.get(rule) ?? new Set([before.value])).add(value));
  });
  return [...valuesOf].flatMap(([rule, values]) => {
    if (values.size < 2) return [];
    const answer = decision.resolve === 'first' ? askAsFirst(inquiry, decision, rule) : askBoth(inquiry, decision, [rule], 'conflict');
    const list = [...values];
    return [
      { kind: 'decision', decision, cause: rule, others: fewOthers([]), rules: [rule], values: list, valueFor: () => list[0]!, answer },
    ];
  });
}

/** Whether it fires while all that decide before it are ruled out. */
function askAsFirst(inquiry: Inquiry, { id }: Decision, rule: Rule): Answer {
  const deciding = [...new Set(decidingRules(inquiry.ruleSet, id).map(one => one.rule))];
  const before = deciding.slice(0, deciding.indexOf(rule));
  const scope = scopeOf(inquiry.ruleSet, rule, 0);
  return ask(inquiry, {
    rules: [rule, ...before],
    own: recordsFor([scope]),
    wanted: space => [...firing(space, rule, scope), ...before.map(other => ({ formula: anywhere(space, other), truth: 0 as const }))],
    shown: ({ fired, decisions }) => fired.has(rule.id) && decisions.get(id) === 'conflict',
  });
}

export interface Disagreement {
  readonly stricter: Rule;
  /** The rules of other sources that it overrules for some patient. */
  readonly looser: readonly Rule[];
  /** A patient for the first of them. */
  readonly answer: Answer;
}

/** Under `strictest`: each rule that overrules a looser value which a rule of another source decides for the same patient. */
export function disagreements(inquiry: Inquiry, decision: Decision): Disagreement[] {
  const deciding = decidingRules(inquiry.ruleSet, decision.id);
  const boxes = boxesOf(inquiry);
  const behind = ranksOf(decision, deciding).map(rank => -rank);
  const met = meetingLower(boxes, deciding, behind);
  return deciding.flatMap(({ rule: stricter }, at): Disagreement[] => {
    const others = met[at]!.filter(rule => otherSource(rule, stricter));
    const looser: Rule[] = [];
    const open: Disagreement[] = [];
    for (const rule of others) {
      const isSure = boxes.isWhole(stricter) && boxes.isWhole(rule);
      const together = isSure ? 'some' : meeting(inquiry, decision, [stricter, rule]);
      if (together === 'some') looser.push(rule);
      else if (together !== 'none') open.push({ stricter, looser: [rule], answer: { kind: 'open', why: together } });
    }
    if (looser.length === 0) return open;
    const answer = firstFound(looser, rule => askBoth(inquiry, decision, [stricter, rule]));
    return [{ stricter, looser, answer }, ...open];
  });
}

function otherSource(a: Rule, b: Rule): boolean {
  const [one, other] = [a.source?.source?.value, b.source?.source?.value];
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether the two rules fire together for some patient: where each record needs its own answer, in one record. */
export function meeting(inquiry: Inquiry, decision: Decision, rules: readonly Rule[]): ReturnType<typeof isThere> {
  let open: ReturnType<typeof isThere> = 'none';
  for (const question of questionsOfBoth(inquiry, decision, rules)) {
    const met = isThere(inquiry, question);
    if (met === 'some') return met;
    if (met !== 'none') open = met;
  }
  return open;
}

function askBoth(inquiry: Inquiry, decision: Decision, rules: readonly Rule[], status?: 'conflict'): Answer {
  const key = status ? `both ${decision.id} ${status}` : `both ${decision.id}`;
  return askFirst(inquiry, { key, rules }, () => questionsOfBoth(inquiry, decision, rules, status));
}

/** Rules of the group whose records each need an answer meet in one record; any others meet in the patient. */
function questionsOfBoth(inquiry: Inquiry, decision: Decision, rules: readonly Rule[], status?: 'conflict'): Question[] {
  const groups = rules.map(rule => groupOf(inquiry.ruleSet, rule));
  const inOne = groups.map(group => (group === undefined ? PATIENT : { group, slot: 0 }));
  const each = decision.each?.value;
  const ways = each !== undefined && groups.every(group => group === each) ? [inOne] : waysInRecords(groups);
  return ways.map((scopes, i) => ({
    key: `both ${decision.id} ${status ?? ''} ${i}`,
    rules,
    own: recordsFor(scopes),
    wanted: (space: Space) => rules.flatMap((rule, i) => firing(space, rule, scopes[i]!)),
    shown: ({ fired, decisions }) => rules.every(({ id }) => fired.has(id)) && (!status || decisions.get(decision.id) === status),
  }));
}
