/** The ways in which rules of groups can meet: in the same record, or each in another. */
import { PATIENT, type Scope } from './space.ts';

/** By rule the group it is of: every way to put the rules of a group into its records, those with the fewest records first. */
export function waysInRecords(groups: readonly (string | undefined)[]): Scope[][] {
  let ways: Scope[][] = [[]];
  for (const group of groups) {
    ways = ways.flatMap(way => {
      if (group === undefined) return [[...way, PATIENT]];
      const taken = new Set(way.filter(scope => scope.group === group).map(({ slot }) => slot)).size;
      return Array.from({ length: taken + 1 }, (_, slot) => [...way, { group, slot }]);
    });
  }
  return ways.sort((a, b) => countOf(a) - countOf(b));
}

/** How many records of each group the scopes speak of. */
export function recordsFor(scopes: readonly Scope[]): Map<string, number> {
  const own = new Map<string, number>();
  for (const { group, slot } of scopes) if (group !== undefined) own.set(group, Math.max(own.get(group) ?? 0, slot + 1));
  return own;
}

function countOf(way: readonly Scope[]): number {
  return [...recordsFor(way).values()].reduce((sum, count) => sum + count, 0);
}
