/** Bounds that are written together, wherever a file writes them, and the words for them. */

import { BOUND_KEYS, type BoundKey, isNumber, type Limit, limitsOf } from '../analysis/limits.ts';
import { Exact } from '../model/exact.ts';
import type { Name, ParameterRange, Test, WrittenNumber } from '../model/rule-set.ts';
import type { RuleSetSubject } from './define.ts';
import type { AnyFact } from './scope.ts';
import { ownerOf, walk } from './walk.ts';

export const BOUND_WORDS: Readonly<Record<BoundKey, string>> = { atLeast: 'at least', above: 'above', atMost: 'at most', below: 'below' };

/** `at least 65 a`. */
export function limitWords({ key, number, unit }: Limit): string {
  return `${BOUND_WORDS[key]} ${number}${unit === undefined ? '' : ` ${unit}`}`;
}

export interface BoundGroup {
  readonly owner: string;
  readonly limits: readonly Limit[];
  /** The number of `is`. */
  readonly number: WrittenNumber | undefined;
  /** Only whole numbers come into question. */
  readonly whole: boolean;
}

/** Every group of bounds of the file in which two can contradict each other. */
export function* boundGroups(subject: RuleSetSubject): Generator<BoundGroup> {
  const { factTests, scoreTests, counts, effects } = walk(subject);
  for (const { test, owner, fact, unit } of factTests) if (isComposed(test)) yield groupOf(test, owner, fact?.type === 'integer', unit);
  for (const { condition, spot } of scoreTests) if (isComposed(condition.test)) yield groupOf(condition.test, ownerOf(spot), false);
  for (const { condition, spot } of counts) if (isComposed(condition.test)) yield groupOf(condition.test, ownerOf(spot), true);
  for (const { id, bandSets } of subject.own.scores.values())
    for (const bands of bandSets.values()) for (const { test } of bands) if (isComposed(test)) yield groupOf(test, id, false);
  for (const { effect, rule } of effects) {
    if (effect.kind !== 'recommend') continue;
    const ranges = [...effect.with, ...effect.steps.flatMap(step => step.with)];
    for (const range of ranges) yield { owner: rule.id, limits: rangeLimits(range), number: undefined, whole: false };
  }
}

/** Most tests have one part, and need no further look. */
function isComposed({ is, atLeast, above, atMost, below }: Test): boolean {
  return (atLeast || above ? 1 : 0) + (atMost || below ? 1 : 0) + (is ? 1 : 0) > 1;
}

function groupOf(test: Test, owner: string, whole: boolean, unit?: Name): BoundGroup {
  return { owner, limits: limitsOf(test, unit ?? test.unit), number: test.is && isNumber(test.is) ? test.is : undefined, whole };
}

/** Bounds of a parameter's range, where they are numbers. */
function rangeLimits(range: ParameterRange): Limit[] {
  return BOUND_KEYS.flatMap(key => {
    const constant = range[key];
    return constant?.value instanceof Exact ? [{ key, number: constant.value, span: constant.span, unit: range.unit?.value }] : [];
  });
}

/** `0 to 6 mmol/L`. */
export function domainWords({ minimum, maximum, unit }: AnyFact): string {
  const of = unit ? ` ${unit.value}` : '';
  if (minimum && maximum) return `${minimum.value} to ${maximum.value}${of}`;
  return minimum ? `at least ${minimum.value}${of}` : `at most ${maximum!.value}${of}`;
}
