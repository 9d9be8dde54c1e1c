/**
 * Rules without which nothing changes: no decision, nothing that may be decided and no effect, for any patient in scope, partly known included.
 * First a complete patient is looked for who needs the rule; only where there is none it is asked of all patients partly known.
 */
import type { Decision, Effect, Rule, RuleSet } from '../model/rule-set.ts';
import { fewOthers, type Others } from './about.ts';
import { anywhere } from './decided.ts';
import { decisionsOf, standIns, touchedBy, type Way, waysToDiffer } from './differences.ts';
import { certain, type Formula, not, truthOf } from './formula.ts';
import { decidingRules, type Gathered, groupOf, withAnyUnknown } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';
import { isMissed } from './missed.ts';
import { placeConditions } from './overlap.ts';
import { partlyKnown } from './partly-known.ts';
import { plainNeed } from './plain-need.ts';
import { firing, hangingOn, type Inquiry, inScope, isThere, scopeOf, withinShare } from './question.ts';
import { slotsFor } from './slots.ts';
import { narrowed, solve } from './solve.ts';
import { Space } from './space.ts';
import { witnessOf } from './witness.ts';

export interface Redundant {
  readonly rule: Rule;
  /** The rules that do together what it does, as few as were found. */
  readonly by: Others;
}

export type Need = { readonly kind: 'needed' } | { readonly kind: 'not'; readonly by: Others } | Open;

interface Open {
  readonly kind: 'open';
  readonly why: 'budget' | 'records' | 'arithmetic';
}

const NEEDED: Need = { kind: 'needed' };

/** Steps for all questions about one rule, and more where there are many rules to look at: a hard one leaves enough for the others. */
const MOST_STEPS = 50_000;
const STEPS_EACH = 100;

/** More rules than this are not tried one by one for the few that stand in for it. */
const MOST_TRIED = 40;
const STEPS_TO_ASK = 10;

/** Whether some patient would be told something else without the rule. `fires`: it is known that it fires for some. */
export function needFor(inquiry: Inquiry, rule: Rule, boxes: RuleBoxes, fires: boolean): Need {
  const { ruleSet, budget } = inquiry;
  const most = Math.min(MOST_STEPS + STEPS_EACH * ruleSet.rules.size, budget.steps);
  const own = { steps: most, memory: budget.memory };
  const plain = plainNeed(inquiry, rule, boxes, own);
  budget.steps -= most - own.steps;
  if (plain) return plain.kind === 'free' ? NEEDED : { kind: 'not', by: plain.by };
  return withinShare(inquiry, own.steps, left => needWithin(left, rule, boxes, fires));
}

function needWithin(inquiry: Inquiry, rule: Rule, boxes: RuleBoxes, fires: boolean): Need {
  const { ruleSet } = inquiry;
  if (inquiry.budget.steps < 0) return { kind: 'open', why: 'budget' };
  const all = standIns(ruleSet, rule);
  if (rule.then.length === 0 || hasLostName(inquiry, rule)) return NEEDED;
  const containers = boxes.containing(rule, all);
  if (!containers.some(other => mayStandIn(inquiry, rule, other)) && isByItself(inquiry, rule, boxes)) return NEEDED;
  for (const other of containers.slice(0, MOST_TRIED))
    if (!isOrdered(inquiry, rule) && changeWithout(inquiry, rule, new Set([other])) === 'none')
      return { kind: 'not', by: fewOthers([other]) };
  for (const effect of rule.then) {
    const needed = isNeededByOne(inquiry, rule, effect, boxes, fires);
    if (needed === 'some') return NEEDED;
    if (needed === 'budget') return { kind: 'open', why: 'budget' };
  }
  const near = isOrdered(inquiry, rule) ? all : new Set(boxes.meeting(rule, all));
  const first = changeWithout(inquiry, rule, near);
  const whole = first === 'none' || near.size === all.size ? first : changeWithout(inquiry, rule, all);
  // One that has no effect anywhere even alone is told by itself.
  const by = whole === 'none' ? fewest(inquiry, rule, first === 'none' ? near : all) : [];
  if (whole === 'none') return by.length > 0 ? { kind: 'not', by: fewOthers(by) } : fires ? NEEDED : { kind: 'open', why: 'arithmetic' };
  return whole === 'some' ? NEEDED : { kind: 'open', why: whole };
}

/** Under `strictest` a looser value never stands in for a stricter one, however sure it is. */
function mayStandIn({ ruleSet }: Inquiry, rule: Rule, other: Rule): boolean {
  const effect = rule.then.length === 1 ? rule.then[0]! : undefined;
  if (effect?.kind !== 'decide' || rule.override || rule.given) return true;
  const decision = ruleSet.decisions.get(effect.decision.value);
  if (decision?.resolve !== 'strictest') return true;
  const rankOf = (value: string) => decision.values.findIndex(({ id }) => id === value);
  const own = rankOf(effect.value.value);
  return other.then.some(one => one.kind === 'decide' && one.decision.value === decision.id && rankOf(one.value.value) <= own);
}

/** Where earlier rules come first, any of them has a say, and so has any where the rule overrides others. */
function isOrdered({ ruleSet }: Inquiry, rule: Rule): boolean {
  return rule.override !== undefined || decisionsOf(ruleSet, rule).some(({ resolve }) => resolve === 'first');
}

function hasLostName({ ruleSet }: Inquiry, { then }: Rule): boolean {
  return then.some(effect => {
    if (effect.kind !== 'decide') return false;
    const decision = ruleSet.decisions.get(effect.decision.value);
    return !decision?.values.some(({ id }) => id === effect.value.value);
  });
}

/**
 * Whether nothing beside its own box has a say where only as much is known as the rule needs: then the patient of whom no more is known
 * shows that it is needed, unless another rule contains the whole of it.
 */
function isByItself({ ruleSet }: Inquiry, rule: Rule, boxes: RuleBoxes): boolean {
  return boxes.isWhole(rule) && hasPlainEffect(ruleSet, rule);
}

/** An effect that holds everywhere, or a decision that is not made for each record. */
function hasPlainEffect({ decisions }: RuleSet, { then }: Rule): boolean {
  return then.some(effect => {
    if (effect.kind !== 'decide') return effect.at.kind === 'everywhere';
    const decision = decisions.get(effect.decision.value);
    return decision !== undefined && !decision.each && decision.resolve !== 'first';
  });
}

/** Whether the rule fires for some complete patient and no other that could stand in for this effect does. */
function isNeededByOne(inquiry: Inquiry, rule: Rule, effect: Effect, boxes: RuleBoxes, fires: boolean): ReturnType<typeof isThere> {
  const { ruleSet } = inquiry;
  if (effect.kind === 'decide' && rule.given) return 'none';
  const group = groupOf(ruleSet, rule);
  const decision = effect.kind === 'decide' ? ruleSet.decisions.get(effect.decision.value) : undefined;
  const ofRecord = group !== undefined && decision?.each?.value === group;
  const every = [...rivalsOf(inquiry, rule, effect, decision)];
  const near = rule.override === undefined ? boxes.meeting(rule, every) : every;
  const rivals = near.filter(other => !ofRecord || groupOf(ruleSet, other) === group);
  if (fires && rivals.length === 0 && group === undefined && decision?.each === undefined) return 'some';
  const scope = scopeOf(ruleSet, rule, 0);
  return isThere(inquiry, {
    rules: [rule, ...rivals],
    ofComplete: true,
    own: new Map(group === undefined ? [] : [[group, 1]]),
    wanted: space => [
      ...firing(space, rule, scope),
      ...(decision?.each && !ofRecord ? space.scopesOf(decision.each.value) : []).map(({ group: of, slot }) => ({
        formula: space.present(of!, slot),
        truth: 0 as const,
      })),
      ...space.without(rule, () =>
        rivals.map(other => ({ formula: ofRecord ? space.fires(other, scope) : anywhere(space, other), truth: 0 as const })),
      ),
    ],
    shown: ({ fired }) => fired.has(rule.id) && (rule.override !== undefined || ofRecord || !rivals.some(({ id }) => fired.has(id))),
  });
}

function rivalsOf({ ruleSet }: Inquiry, rule: Rule, effect: Effect, decision: Decision | undefined): Iterable<Rule> {
  if (!decision || effect.kind !== 'decide') {
    const alone = { ...rule, then: [effect], override: undefined };
    const found = standIns(ruleSet, alone);
    found.delete(rule);
    return found;
  }
  const deciding = decidingRules(ruleSet, decision.id);
  const order = decision.values.map(({ id }) => id);
  const value = effect.value.value;
  const isRival = (other: (typeof deciding)[number], at: number) => {
    if (other.value === value) return true;
    if (decision.resolve === 'strictest') return order.indexOf(other.value) < order.indexOf(value);
    return decision.resolve === 'first' && at < deciding.findIndex(one => one.rule === rule);
  };
  return new Set(deciding.filter((other, at) => other.rule !== rule && isRival(other, at)).map(other => other.rule));
}

/** As few of the rules as do: one alone if there is one, else what is left when each was tried to be left out. */
function fewest(inquiry: Inquiry, rule: Rule, near: ReadonlySet<Rule>): readonly Rule[] {
  if (near.size > MOST_TRIED || rule.override) return [...near];
  const changesNothing = (some: readonly Rule[]) => changeWithout(inquiry, rule, new Set(some)) === 'none';
  for (const other of near) if (changesNothing([other])) return [other];
  let left = [...near];
  for (const other of near) {
    const fewer = left.filter(one => one !== other);
    if (fewer.length > 0 && changesNothing(fewer)) left = fewer;
  }
  return left;
}

/** Whether something changes for some patient partly known, when only these others are there. */
function changeWithout(inquiry: Inquiry, rule: Rule, others: ReadonlySet<Rule>): 'none' | 'some' | Open['why'] {
  // To put the question costs too: as much as this for each rule that is in it.
  inquiry.budget.steps -= STEPS_TO_ASK * (others.size + 1);
  if (inquiry.budget.steps < 0) return 'budget';
  const space = partlySpace(inquiry, rule, others);
  const scope = partlyInScope(space.space);
  let open: Open['why'] | undefined;
  for (const way of waysToDiffer(space.space, rule, others)) {
    const changed = isPossible(inquiry, space.space, rule, way, scope);
    if (changed === 'some') return 'some';
    if (changed !== 'none') open = changed;
  }
  return open ?? (space.enough ? 'none' : 'records');
}

function isPossible(
  inquiry: Inquiry,
  space: Space,
  rule: Rule,
  { needs, surely }: Way,
  scope: readonly Formula[],
): 'none' | 'some' | Open['why'] {
  const first = search(inquiry, space, rule, [...needs, ...scope]);
  if (first !== 'some' || surely?.length === 0) return first;
  return surely && search(inquiry, space, rule, [...needs, ...surely, ...scope]) === 'some' ? 'some' : 'arithmetic';
}

function search(inquiry: Inquiry, space: Space, rule: Rule, formulas: readonly Formula[]): 'none' | 'some' | Open['why'] {
  const { box, wanted, isDoubtful, isPartial, leastKnown, patientIn } = partlyKnown(space, formulas);
  const { budget } = inquiry;
  if (budget.steps < 0) return 'budget';
  const left = narrowed(box, wanted, budget);
  const least = left && leastKnown(left);
  const isLeast = least !== undefined && wanted.every(({ formula }) => truthOf(formula, least) === 2);
  const solution = !left ? ({ kind: 'none' } as const) : isLeast ? ({ kind: 'found', box: least } as const) : solve(box, wanted, budget);
  if (solution.kind === 'stopped' || budget.steps < 0) return 'budget';
  if (solution.kind === 'none') return isPartial ? 'arithmetic' : 'none';
  if (!isDoubtful(solution.box)) return 'some';
  const patient = patientIn(solution.box);
  return isMissed(space.ruleSet, rule, inquiry.replay(witnessOf(space, patient.box, patient.used))) ? 'some' : 'arithmetic';
}

/** By what was gathered of the rule set: all questions about it share that. */
const SPACES = new WeakMap<Gathered, Map<string, Space>>();

function partlySpace(inquiry: Inquiry, rule: Rule, others: ReadonlySet<Rule>): { space: Space; enough: boolean } {
  const { ruleSet, gathered } = inquiry;
  const { rules, records } = hangingOn(ruleSet, [...touchedBy(ruleSet, rule), ...others]);
  const own = new Map(records);
  const add = (group: string | undefined) => group !== undefined && own.set(group, (own.get(group) ?? 0) + 1);
  const touched = touchedBy(ruleSet, rule);
  const groups = new Set(touched.map(one => groupOf(ruleSet, one)));
  for (const decision of touched.flatMap(one => decisionsOf(ruleSet, one))) groups.add(decision.each?.value);
  for (const group of groups) add(group);
  // It may fire in one record and be open in another, and both count where all values are told.
  const collects = (one: Rule) => decisionsOf(ruleSet, one).some(({ resolve }) => resolve === 'collect');
  for (const group of new Set(touched.filter(collects).map(one => groupOf(ruleSet, one)))) add(group);
  const effects = [...rules].flatMap(({ then }) => then.flatMap(effect => (effect.kind === 'decide' ? [] : [effect])));
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const conditions = [...rules.flatMap(({ when, until }) => [when, until]), ...placeConditions(effects), ...always];
  const { slots, enough } = slotsFor(ruleSet, conditions, own);
  const spaces = SPACES.get(gathered) ?? new Map<string, Space>();
  SPACES.set(gathered, spaces);
  const key = [...slots].sort().join(';');
  const space = spaces.get(key) ?? new Space(ruleSet, slots, withAnyUnknown(ruleSet, gathered));
  spaces.set(key, space);
  return { space, enough };
}

/** In scope for certain, and nothing impossible for certain. */
function partlyInScope(space: Space): Formula[] {
  return inScope(space).map(({ formula, truth }) => (truth === 2 ? certain(formula) : not(certain(formula))));
}
