/** What can be rewritten at a place without changing what the rule set says (but for “not”, which is asked for). */
import { pointsToBands } from './refactor-bands.ts';
import type { Refactoring, Scene } from './refactor-scene.ts';
import { sortSection } from './refactor-sort.ts';
import { splitRule } from './refactor-split.ts';
import { extractThreshold, inlineThreshold } from './refactor-threshold.ts';
import { convertBound } from './refactor-unit.ts';
import { wrapCondition } from './refactor-wrap.ts';

const ALL = [extractThreshold, inlineThreshold, splitRule, pointsToBands, convertBound, wrapCondition, sortSection];

/** None in a file that is no sound JSON: what is damaged could be read as something else. */
export function refactorings(scene: Scene): Refactoring[] {
  return ALL.flatMap(refactoring => refactoring(scene));
}
