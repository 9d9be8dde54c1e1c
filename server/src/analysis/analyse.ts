/**
 * Everything there is to find out about a rule set as a whole: what conflicts, what is missing, what never matters, and what is proved. Finding
 * nothing is a proof; what the budget, the number of records or arithmetic leaves open is said, never silently less.
 */
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import {
  type DecisionClash,
  type Disagreement,
  disagreements,
  type EffectClash,
  effectClashes,
  ownClashes,
  singleClashes,
} from './conflicts.ts';
import { exchanged } from './exchanged.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { decidingRules } from './gather.ts';
import { type Hazard, hazards } from './hazards.ts';
import { meetingLower, ranksOf } from './hiding.ts';
import type { Memory } from './memory.ts';
import { type Answer, boxesOf, type Inquiry, inquire, withinShare } from './question.ts';
import { needFor, type Redundant } from './redundant.ts';
import { canBeRuledOut, canFire, whomItDecides } from './rules-alone.ts';
import { sitesWithoutRule } from './uncovered-sites.ts';
import type { Replay } from './witness.ts';

export type Found = Extract<Answer, { kind: 'found' }>;

export interface Analysis {
  readonly clashes: readonly (Omit<EffectClash, 'answer'> & { readonly answer: Found })[];
  readonly decisionClashes: readonly (Omit<DecisionClash, 'answer'> & { readonly answer: Found })[];
  readonly disagreements: readonly (Omit<Disagreement, 'answer'> & { readonly decision: Decision; readonly answer: Found })[];
  readonly gaps: readonly (Omit<Gap, 'answer'> & { readonly answer: Found })[];
  readonly neverHolds: readonly Rule[];
  readonly alwaysHolds: readonly Rule[];
  readonly hidden: readonly { readonly rule: Rule; readonly decision: Decision; readonly by: readonly Rule[] }[];
  readonly redundant: readonly Redundant[];
  readonly hazards: readonly (Omit<Hazard, 'answer'> & { readonly answer: Extract<Hazard['answer'], { kind: 'found' }> })[];
  readonly uncoveredSites: readonly string[];
  readonly proved: readonly Proved[];
  readonly notProved: readonly NotProved[];
  /** Steps used: the same on every machine. */
  readonly steps: number;
}

/** A question settled for every patient. */
export type Proved =
  | { readonly kind: 'answered'; readonly decision: string }
  | { readonly kind: 'no-conflict'; readonly rules: number }
  | { readonly kind: 'can-fire'; readonly rules: number };

export interface NotProved {
  readonly kind: 'answered' | 'conflict' | 'disagreement' | 'never-holds' | 'always-holds' | 'hidden' | 'redundant' | 'missing-data';
  /** Ids of the rules and decisions the question is about. */
  readonly names: readonly string[];
  readonly why: 'budget' | 'records' | 'arithmetic';
}

export const DEFAULT_STEPS = 20_000_000;

/** `memory`: of earlier versions of the rule set; the result is the same without. */
export function analyse(ruleSet: RuleSet, replay: Replay, steps: number = DEFAULT_STEPS, memory?: Memory): Analysis {
  const inquiry = inquire(ruleSet, steps, replay, memory);
  const anew = () => analyseAnew(inquiry);
  return memory ? memory.whole(steps, anew, (last, before) => exchanged(last, before, ruleSet)) : anew();
}

function analyseAnew(inquiry: Inquiry): Analysis {
  const { ruleSet, budget } = inquiry;
  const { steps } = budget;
  const open: NotProved[] = [];
  const gaps = findGaps(inquiry, open);
  const clashes = findClashes(inquiry, open);
  const decisionClashes = findDecisionClashes(inquiry, open);
  const disagreeing = findDisagreements(inquiry, open);
  const alone = findAlone(inquiry, open);
  const missing = findHazards(inquiry, open);
  const hidden = findHidden(inquiry, new Set(alone.neverHolds), open);
  return {
    clashes,
    decisionClashes,
    disagreements: disagreeing,
    gaps,
    ...alone,
    hidden,
    redundant: findRedundant(inquiry, new Set([...alone.neverHolds, ...hidden.map(({ rule }) => rule)]), open),
    hazards: missing,
    uncoveredSites: ruleSet.root.complete ? sitesWithoutRule(ruleSet) : [],
    proved: provedOf(ruleSet, { gaps, clashes, decisionClashes, neverHolds: alone.neverHolds }, open),
    notProved: open,
    steps: steps - budget.steps,
  };
}

function findGaps(inquiry: Inquiry, open: NotProved[]): Analysis['gaps'] {
  if (!inquiry.ruleSet.root.complete) return [];
  const decisions = [...inquiry.ruleSet.decisions.values()].filter(({ mustDecide }) => mustDecide);
  return decisions.flatMap(decision => gapsOf(inquiry, decision).flatMap(gap => kept(gap, open, 'answered', () => [decision.id])));
}

function findClashes(inquiry: Inquiry, open: NotProved[]): Analysis['clashes'] {
  return effectClashes(inquiry).flatMap(clash => kept(clash, open, 'conflict', () => idsOf(clash.rules)));
}

function findDecisionClashes(inquiry: Inquiry, open: NotProved[]): Analysis['decisionClashes'] {
  const clashesOf = (decision: Decision) => {
    if (decision.resolve === 'single') return singleClashes(inquiry, decision);
    return decision.resolve === 'first' ? ownClashes(inquiry, decision) : [];
  };
  return [...inquiry.ruleSet.decisions.values()].flatMap(decision =>
    clashesOf(decision).flatMap(clash => kept(clash, open, 'conflict', () => [decision.id, ...idsOf(clash.rules)])),
  );
}

function findDisagreements(inquiry: Inquiry, open: NotProved[]): Analysis['disagreements'] {
  const decisions = [...inquiry.ruleSet.decisions.values()].filter(({ resolve }) => resolve === 'strictest');
  return decisions.flatMap(decision =>
    disagreements(inquiry, decision).flatMap(one =>
      kept({ decision, ...one }, open, 'disagreement', () => [decision.id, ...idsOf([one.stricter, ...one.looser])]),
    ),
  );
}

function findAlone(inquiry: Inquiry, open: NotProved[]): Pick<Analysis, 'neverHolds' | 'alwaysHolds'> {
  const neverHolds: Rule[] = [];
  const alwaysHolds: Rule[] = [];
  for (const rule of inquiry.ruleSet.rules.values()) {
    const fires = canFire(inquiry, rule);
    if (fires === 'none') neverHolds.push(rule);
    else if (fires !== 'some') open.push({ kind: 'never-holds', names: [rule.id], why: fires });
    if (!rule.when || fires !== 'some') continue;
    const ruledOut = canBeRuledOut(inquiry, rule);
    if (ruledOut === 'none') alwaysHolds.push(rule);
    else if (ruledOut !== 'some') open.push({ kind: 'always-holds', names: [rule.id], why: ruledOut });
  }
  return { neverHolds, alwaysHolds };
}

function findHazards(inquiry: Inquiry, open: NotProved[]): Analysis['hazards'] {
  return hazards(inquiry).flatMap(({ answer, ...hazard }) => {
    if (answer.kind === 'found') return [{ ...hazard, answer }];
    open.push({ kind: 'missing-data', names: [hazard.input.id, hazard.rule.id], why: answer.why });
    return [];
  });
}

/** Under `strictest` a stricter rule hides, under `first` an earlier one; under the others every value counts. */
function findHidden(inquiry: Inquiry, never: ReadonlySet<Rule>, open: NotProved[]): Analysis['hidden'] {
  return [...inquiry.ruleSet.decisions.values()].flatMap(decision => {
    if (decision.resolve !== 'first' && decision.resolve !== 'strictest') return [];
    const deciding = decidingRules(inquiry.ruleSet, decision.id).filter(({ rule }) => !never.has(rule));
    const ranks = ranksOf(decision, deciding);
    const before = meetingLower(boxesOf(inquiry), deciding, ranks);
    const foremost = new Map<Rule, number>();
    for (const [at, { rule }] of deciding.entries())
      if (!foremost.has(rule) || ranks[at]! < ranks[foremost.get(rule)!]!) foremost.set(rule, at);
    return deciding.flatMap(({ rule }, at) => {
      const by = before[at]!;
      // Of a rule that decides several values it is asked whether the one decides that comes first.
      if (by.length === 0 || foremost.get(rule) !== at) return [];
      const answer = whomItDecides(inquiry, decision, rule, by);
      if (answer === 'none') return [{ rule, decision, by }];
      if (answer !== 'some') open.push({ kind: 'hidden', names: [decision.id, rule.id], why: answer });
      return [];
    });
  });
}

const REDUNDANCY_SHARE = 8;

/** What never holds or never decides is told as that. */
function findRedundant(inquiry: Inquiry, told: ReadonlySet<Rule>, open: NotProved[]): Redundant[] {
  const rules = [...inquiry.ruleSet.rules.values()];
  const boxes = boxesOf(inquiry);
  const unsure = new Set(open.flatMap(({ kind, names }) => (kind === 'never-holds' ? names : [])));
  // What matters least must not take the time of a rule set with a thousand rules.
  const most = Math.ceil(inquiry.budget.steps / REDUNDANCY_SHARE);
  return withinShare(inquiry, most, own =>
    rules.flatMap(rule => {
      const need = told.has(rule) ? undefined : needFor(own, rule, boxes, !unsure.has(rule.id));
      if (need?.kind === 'open') open.push({ kind: 'redundant', names: [rule.id], why: need.why });
      return need?.kind === 'not' ? [{ rule, by: need.by }] : [];
    }),
  );
}

/** The finding with its witness; a question left open goes to the list of what is not proved. */
function kept<T extends { readonly answer: Answer }>(
  found: T,
  open: NotProved[],
  kind: NotProved['kind'],
  names: () => readonly string[],
): (T & { answer: Found })[] {
  const { answer } = found;
  if (answer.kind === 'open') open.push({ kind, names: names(), why: answer.why });
  // Not copied: what it holds may be made when it is asked for.
  return answer.kind === 'found' ? [found as T & { answer: Found }] : [];
}

function provedOf(
  ruleSet: RuleSet,
  found: Pick<Analysis, 'gaps' | 'clashes' | 'decisionClashes' | 'neverHolds'>,
  open: readonly NotProved[],
): Proved[] {
  const isOpen = (kind: NotProved['kind'], name?: string) =>
    open.some(one => one.kind === kind && (name === undefined || one.names.includes(name)));
  const must = ruleSet.root.complete ? [...ruleSet.decisions.values()].filter(({ mustDecide }) => mustDecide) : [];
  const answered = must.filter(({ id }) => !found.gaps.some(({ decision }) => decision.id === id) && !isOpen('answered', id));
  const noConflict = found.clashes.length === 0 && found.decisionClashes.length === 0 && !isOpen('conflict');
  const allFire = found.neverHolds.length === 0 && !isOpen('never-holds');
  return [
    ...answered.map(({ id }): Proved => ({ kind: 'answered', decision: id })),
    ...(noConflict ? [{ kind: 'no-conflict', rules: ruleSet.rules.size } as const] : []),
    ...(allFire ? [{ kind: 'can-fire', rules: ruleSet.rules.size } as const] : []),
  ];
}

function idsOf(rules: readonly Rule[]): string[] {
  return rules.map(({ id }) => id).sort();
}
