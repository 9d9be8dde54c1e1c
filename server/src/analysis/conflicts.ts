/** Rules whose effects collide for some patient, and sources that disagree on a decision. */
import { type AdviceEffect, type Collision, collisionsOf, type PlacedEffect } from '../model/collide.ts';
import type { Decision, Rule } from '../model/rule-set.ts';
import { decidingRules, groupOf } from './gather.ts';
import { overlap, placeConditions } from './overlap.ts';
import { type Answer, ask, conditionsOf, firing, type Inquiry, isThere, type Question } from './question.ts';
import { PATIENT, type Scope, type Space } from './space.ts';

export interface EffectClash {
  readonly kind: 'effects';
  /** The rule that recommends or requires first, then those that stand against it. */
  readonly rules: readonly Rule[];
  readonly collisions: readonly Collision<Candidate>[];
  readonly answer: Answer;
}

export interface DecisionClash {
  readonly kind: 'decision';
  readonly decision: Decision;
  readonly rules: readonly Rule[];
  readonly values: readonly string[];
  readonly answer: Answer;
}

interface Candidate extends PlacedEffect {
  readonly of: Rule;
}

/** Every set of rules whose effects could collide, each asked once: is there a patient for whom all fire, at one place? */
export function effectClashes(inquiry: Inquiry): EffectClash[] {
  const candidates = [...inquiry.ruleSet.rules.values()].flatMap(of =>
    of.then.flatMap((effect): Candidate[] => (effect.kind === 'decide' ? [] : [{ of, effect, rule: of.id, sites: 'everywhere' }])),
  );
  const byRules = new Map<string, Collision<Candidate>[]>();
  for (const collision of collisionsOf(candidates, inquiry.ruleSet)) {
    const key = [...new Set([collision.advised.rule, ...collision.against.map(({ rule }) => rule)])].sort().join('+');
    const same = byRules.get(key);
    if (same) same.push(collision);
    else byRules.set(key, [collision]);
  }
  return [...byRules.values()].map(collisions => {
    const rules = [...new Set(collisions.flatMap(({ advised, against }) => [advised.of, ...against.map(({ of }) => of)]))];
    return { kind: 'effects', rules, collisions, answer: firstFound(collisions.map(collision => () => askCollision(inquiry, collision))) };
  });
}

function firstFound(asks: readonly (() => Answer)[]): Answer {
  let open: Answer | undefined;
  for (const one of asks) {
    const answer = one();
    if (answer.kind === 'found') return answer;
    if (answer.kind === 'open') open = answer;
  }
  return open ?? { kind: 'none' };
}

/** First with all rules of a group in one record, then each in a record of its own. */
function askCollision(inquiry: Inquiry, { advised, against }: Collision<Candidate>): Answer {
  const effects = [advised, ...against];
  const groups = effects.map(({ of }) => groupOf(inquiry.ruleSet, of));
  const ways = groups.filter(group => group !== undefined).length > 1 ? ['together', 'apart'] : ['together'];
  return firstFound(
    ways.map(
      way => () =>
        askInRecords(
          inquiry,
          effects,
          groups.map((group, i) => (group === undefined ? PATIENT : { group, slot: way === 'together' ? 0 : i })),
        ),
    ),
  );
}

function askInRecords(inquiry: Inquiry, effects: readonly Candidate[], scopes: readonly Scope[]): Answer {
  const rules = effects.map(({ of }) => of);
  const keys = new Set(rules.map(({ id }) => id));
  return ask(inquiry, {
    conditions: [...rules.flatMap(rule => conditionsOf(inquiry.ruleSet, rule)), ...placeConditions(effects.map(({ effect }) => effect))],
    own: recordsFor(scopes),
    wanted: space => [
      ...effects.flatMap(({ of }, i) => firing(space, of, scopes[i]!)),
      {
        formula: overlap(
          space,
          effects.map(({ effect }, i) => ({ effect: effect as AdviceEffect, scope: scopes[i]! })),
        ),
        truth: 2,
      },
    ],
    shown: patient => {
      const replayed = inquiry.replay(patient);
      if (!rules.every(({ id }) => replayed.fired.has(id))) return false;
      return [...replayed.collisions].some(pair => pair.includes(rules[0]!.id) && pair.split('+').every(id => keys.has(id)));
    },
  });
}

function recordsFor(scopes: readonly Scope[]): Map<string, number> {
  const own = new Map<string, number>();
  for (const { group, slot } of scopes) if (group !== undefined) own.set(group, Math.max(own.get(group) ?? 0, slot + 1));
  return own;
}

/** Different values of a `single` decision for one patient. */
export function singleClashes(inquiry: Inquiry, decision: Decision): DecisionClash[] {
  const deciding = decidingRules(inquiry.ruleSet, decision.id);
  return deciding.flatMap((one, i) =>
    deciding.slice(i + 1).flatMap(other => {
      if (one.value === other.value || one.rule === other.rule) return [];
      const answer = askBoth(inquiry, decision, [one.rule, other.rule], replayed => replayed === 'conflict');
      return [{ kind: 'decision' as const, decision, rules: [one.rule, other.rule], values: [one.value, other.value], answer }];
    }),
  );
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
  const rank = new Map(decision.values.map(({ id }, i) => [id, i]));
  const deciding = decidingRules(inquiry.ruleSet, decision.id);
  return deciding.flatMap(({ rule: stricter, value }) => {
    const others = deciding.filter(other => (rank.get(other.value) ?? 0) > (rank.get(value) ?? 0) && otherSource(other.rule, stricter));
    const looser = others
      .map(({ rule }) => rule)
      .filter(rule => waysToMeet(inquiry, decision, [stricter, rule]).some(question => isThere(inquiry, question) !== 'none'));
    if (looser.length === 0) return [];
    return [
      {
        stricter,
        looser,
        answer: firstFound(looser.map(rule => () => askBoth(inquiry, decision, [stricter, rule], replayed => replayed !== 'no-answer'))),
      },
    ];
  });
}

function otherSource(a: Rule, b: Rule): boolean {
  const [one, other] = [a.source?.source?.value, b.source?.source?.value];
  return one !== undefined && other !== undefined && one !== other;
}

function askBoth(inquiry: Inquiry, decision: Decision, rules: readonly Rule[], decided: (answer: string | undefined) => boolean): Answer {
  const shown: Question['shown'] = patient => {
    const replayed = inquiry.replay(patient);
    return rules.every(({ id }) => replayed.fired.has(id)) && decided(replayed.decisions.get(decision.id));
  };
  return firstFound(waysToMeet(inquiry, decision, rules).map(question => () => ask(inquiry, { ...question, shown })));
}

/** Rules of the group whose records each need an answer meet in one record; any others meet in the patient. */
function waysToMeet(inquiry: Inquiry, decision: Decision, rules: readonly Rule[]): Omit<Question, 'shown'>[] {
  const groups = rules.map(rule => groupOf(inquiry.ruleSet, rule));
  const ways: (readonly Scope[])[] = [groups.map(group => (group === undefined ? PATIENT : { group, slot: 0 }))];
  if (decision.each === undefined && groups.every(group => group !== undefined)) ways.push(groups.map((group, slot) => ({ group, slot })));
  return ways.map(scopes => ({
    conditions: rules.flatMap(rule => conditionsOf(inquiry.ruleSet, rule)),
    own: recordsFor(scopes),
    wanted: (space: Space) => rules.flatMap((rule, i) => firing(space, rule, scopes[i]!)),
  }));
}
