/** How many records of each group a question needs: each group test is settled by at most one record more than its number. */

import { Exact } from '../model/exact.ts';
import type { Condition, RuleSet, Test } from '../model/rule-set.ts';
import { constantsOf } from './limits.ts';

/** More records than this are not tried for one group: what would need them is not proved. */
export const MOST_RECORDS = 8;

export interface Slots {
  readonly slots: ReadonlyMap<string, number>;
  /** False where a group would have needed more. */
  readonly enough: boolean;
}

/** One group test: so many records settle it. Equal tests have equal keys. */
interface Need {
  readonly key: string;
  readonly group: string;
  readonly records: number;
}

/** `own`: records the question is about, by group. Equal tests are settled by the same records. */
export function slotsFor(ruleSet: RuleSet, conditions: readonly (Condition | undefined)[], own: ReadonlyMap<string, number>): Slots {
  const needed = new Map(own);
  const seen = new Set<string>();
  for (const condition of conditions) {
    for (const { key, group, records } of condition ? needsOf(ruleSet, condition) : NO_NEEDS) {
      if (!seen.has(key)) needed.set(group, (needed.get(group) ?? 0) + records);
      seen.add(key);
    }
  }
  const enough = [...needed.values()].every(count => count <= MOST_RECORDS);
  return { slots: new Map([...needed].map(([group, count]) => [group, Math.min(count, MOST_RECORDS)])), enough };
}

const NEEDS = new WeakMap<RuleSet, Map<Condition, readonly Need[]>>();

function needsOf(ruleSet: RuleSet, condition: Condition): readonly Need[] {
  if (isPlain(ruleSet, condition)) return NO_NEEDS;
  const known = NEEDS.get(ruleSet) ?? new Map<Condition, readonly Need[]>();
  NEEDS.set(ruleSet, known);
  const made = known.get(condition);
  if (made) return made;
  // A definition that leads back to itself is an error elsewhere; here it must only end.
  known.set(condition, []);
  const needs = gatherNeeds(ruleSet, condition);
  known.set(condition, needs);
  return needs;
}

const NO_NEEDS: readonly Need[] = [];

/** Most parts of most rules are about one plain fact. */
function isPlain(ruleSet: RuleSet, condition: Condition): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.items.every(item => isPlain(ruleSet, item));
  return condition.kind === 'fact' && (ruleSet.derived.size === 0 || !ruleSet.derived.has(condition.fact.value));
}

function gatherNeeds(ruleSet: RuleSet, condition: Condition): readonly Need[] {
  const inside = (parts: readonly (Condition | undefined)[]) => parts.flatMap(part => (part ? needsOf(ruleSet, part) : []));
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      return inside(condition.items);
    case 'not':
      return inside([condition.item]);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records': {
      const records = condition.kind === 'count-records' ? highestNumber(condition.test) + 1 : 1;
      const group = condition.group.value;
      // What settles `every` is a record that does not meet it; the others are settled by one that does.
      const which = condition.kind === 'every' ? 'not ' : '';
      return [{ key: `${group} ${records} ${which}${shapeText(condition.where)}`, group, records }, ...inside([condition.where])];
    }
    case 'threshold':
    case 'fact':
      return inside(derivedConditions(ruleSet, condition));
    case 'score-total':
    case 'score-bands':
    case 'score-component':
    case 'score-applies':
      return inside(scoreConditions(ruleSet, condition.score.value));
    case 'unknown':
      if (condition.what === 'group') return [];
      return inside(
        condition.what === 'score' ? scoreConditions(ruleSet, condition.name.value) : tableConditions(ruleSet, condition.name.value),
      );
    default:
      return [];
  }
}

function derivedConditions(ruleSet: RuleSet, condition: Condition): (Condition | undefined)[] {
  const name =
    condition.kind === 'threshold'
      ? ruleSet.thresholds.get(condition.threshold.value)?.fact
      : condition.kind === 'fact'
        ? condition.fact
        : undefined;
  return name ? tableConditions(ruleSet, name.value) : [];
}

function tableConditions(ruleSet: RuleSet, fact: string): (Condition | undefined)[] {
  const how = ruleSet.derived.get(fact)?.how;
  return how?.kind === 'table' ? how.rows.map(({ when }) => when) : [];
}

function scoreConditions(ruleSet: RuleSet, id: string): (Condition | undefined)[] {
  const score = ruleSet.scores.get(id);
  if (!score) return [];
  const inComponents = [...score.components.values()].flatMap(({ how }) => {
    if (how?.kind === 'conditions') return how.conditions.map(({ when }) => when);
    if (how?.kind === 'options') return how.from ? tableConditions(ruleSet, how.from.value) : [];
    return how ? tableConditions(ruleSet, how.fact.value) : [];
  });
  return [score.when, ...[...score.bandSets.values()].flat().map(({ when }) => when), ...inComponents];
}

export function highestNumber(test: Test): number {
  const bounds = [test.atLeast, test.above, test.atMost, test.below].flatMap(bound =>
    bound?.kind === 'number' ? [bound.number.value] : [],
  );
  const numbers = [...bounds, ...constantsOf(test).flatMap(({ value }) => (value instanceof Exact ? [value] : []))];
  return Math.max(0, ...numbers.map(({ double }) => Math.ceil(double)));
}

/** What is written, without the places it was written at. */
export function shapeText(value: unknown): string {
  return JSON.stringify(value ?? null, (key, inner) => (key === 'span' ? undefined : inner instanceof Exact ? inner.toString(60) : inner));
}
