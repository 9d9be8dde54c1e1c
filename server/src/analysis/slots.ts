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

/** `own`: records the question is about, by group. Equal tests are settled by the same records. */
export function slotsFor(ruleSet: RuleSet, conditions: readonly (Condition | undefined)[], own: ReadonlyMap<string, number>): Slots {
  const needed = new Map(own);
  const seen = new Set<string>();
  for (const condition of conditions) addNeeds(ruleSet, condition, needed, seen);
  const enough = [...needed.values()].every(count => count <= MOST_RECORDS);
  return { slots: new Map([...needed].map(([group, count]) => [group, Math.min(count, MOST_RECORDS)])), enough };
}

function addNeeds(ruleSet: RuleSet, condition: Condition | undefined, needed: Map<string, number>, seen: Set<string>): void {
  if (!condition) return;
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      for (const item of condition.items) addNeeds(ruleSet, item, needed, seen);
      return;
    case 'not':
      return addNeeds(ruleSet, condition.item, needed, seen);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records': {
      const number = condition.kind === 'count-records' ? highestNumber(condition.test) + 1 : 1;
      const key = JSON.stringify([condition.group.value, number, shapeOf(condition.where)]);
      if (!seen.has(key)) needed.set(condition.group.value, (needed.get(condition.group.value) ?? 0) + number);
      seen.add(key);
      return addNeeds(ruleSet, condition.where, needed, seen);
    }
    case 'threshold':
    case 'fact':
      return addDerivedNeeds(ruleSet, condition, needed, seen);
    case 'score-total':
    case 'score-bands':
    case 'score-component':
    case 'score-applies':
      return addScoreNeeds(ruleSet, condition.score.value, needed, seen);
    default:
      return;
  }
}

function addDerivedNeeds(ruleSet: RuleSet, condition: Condition, needed: Map<string, number>, seen: Set<string>): void {
  const name =
    condition.kind === 'threshold'
      ? ruleSet.thresholds.get(condition.threshold.value)?.fact
      : condition.kind === 'fact'
        ? condition.fact
        : undefined;
  const how = name && ruleSet.derived.get(name.value)?.how;
  if (how?.kind !== 'table' || seen.has(`derived ${name!.value}`)) return;
  seen.add(`derived ${name!.value}`);
  for (const { when } of how.rows) addNeeds(ruleSet, when, needed, seen);
}

function addScoreNeeds(ruleSet: RuleSet, id: string, needed: Map<string, number>, seen: Set<string>): void {
  const score = ruleSet.scores.get(id);
  if (!score || seen.has(`score ${id}`)) return;
  seen.add(`score ${id}`);
  addNeeds(ruleSet, score.when, needed, seen);
  for (const bands of score.bandSets.values()) for (const { when } of bands) addNeeds(ruleSet, when, needed, seen);
  for (const { how } of score.components.values()) {
    if (how?.kind === 'conditions') for (const { when } of how.conditions) addNeeds(ruleSet, when, needed, seen);
  }
}

function highestNumber(test: Test): number {
  const bounds = [test.atLeast, test.above, test.atMost, test.below].flatMap(bound =>
    bound?.kind === 'number' ? [bound.number.value] : [],
  );
  const numbers = [...bounds, ...constantsOf(test).flatMap(({ value }) => (value instanceof Exact ? [value] : []))];
  return Math.max(0, ...numbers.map(({ double }) => Math.ceil(double)));
}

/** The condition without the places it was written at. */
function shapeOf(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, inner) => (key === 'span' ? undefined : inner instanceof Exact ? inner.toString(60) : inner)),
  );
}
