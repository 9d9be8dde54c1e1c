/** Tests of a group's records as formulas: of those that are listed, and of those an incomplete list may still hold. */
import type { Condition, Test } from '../model/rule-set.ts';
import { all, any, FALSE, type Formula, not } from './formula.ts';
import { highestNumber } from './slots.ts';
import type { Space } from './space.ts';
import { countTest } from './test-keys.ts';

export function someRecord(space: Space, group: string, where: Condition | undefined): Formula {
  return any([...inRecords(space, group, where), space.maybeMore(group)]);
}

/** False for a complete list without records. */
export function everyRecord(space: Space, group: string, where: Condition | undefined): Formula {
  const scopes = space.scopesOf(group);
  const some = any([...scopes.map(({ slot }) => space.present(group, slot)), space.maybeMore(group)]);
  const each = scopes.map(scope => any([not(space.present(group, scope.slot)), space.condition(where, scope)]));
  return all([some, ...each, not(space.maybeMore(group))]);
}

/** An incomplete list has no upper end: as many more as any bound can tell apart. */
export function countRecords(space: Space, group: string, where: Condition | undefined, test: Test): Formula {
  const listed = inRecords(space, group, where);
  const more = space.incomplete(group) === FALSE ? 0 : highestNumber(test) + 1;
  return { kind: 'count', items: [...listed, ...Array.from({ length: more }, () => space.maybeMore(group))], accepts: countTest(test) };
}

/** For each record of the group: that it is there and the condition holds in it. */
function inRecords(space: Space, group: string, where: Condition | undefined): Formula[] {
  return space.scopesOf(group).map(scope => all([space.present(group, scope.slot), space.condition(where, scope)]));
}
