/** The smallest sets of effects that could collide, wherever they hold: what only together leaves no way to follow an advice is taken apart. */
import { type Collision, collisionsOf, type PlacedEffect } from '../model/collide.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';

export interface Candidate extends PlacedEffect {
  readonly of: Rule;
}

/** More sets than this are not tried for one piece of advice. */
const MOST_SETS = 5000;

/** `tooMany`: collisions that would have to be taken apart in more ways than are tried. */
export function smallestCollisions(
  candidates: readonly Candidate[],
  ruleSet: RuleSet,
): { collisions: Collision<Candidate>[]; tooMany: Collision<Candidate>[] } {
  const collisions: Collision<Candidate>[] = [];
  const tooMany: Collision<Candidate>[] = [];
  for (const collision of collisionsOf(candidates, ruleSet)) {
    if (collision.against.length < 2) collisions.push(collision);
    else if (!addSmallest(collision, ruleSet, collisions)) tooMany.push(collision);
  }
  return { collisions, tooMany };
}

/** Sets of bars by their size; one that holds a smaller one that collides already is passed over. False where there are too many. */
function addSmallest(whole: Collision<Candidate>, ruleSet: RuleSet, found: Collision<Candidate>[]): boolean {
  const { advised, against } = whole;
  const smallest: (readonly Candidate[])[] = [];
  let sets: (readonly number[])[] = against.map((_, i) => [i]);
  let tried = 0;
  while (sets.length > 0) {
    tried += sets.length;
    if (tried > MOST_SETS) return false;
    const open: (readonly number[])[] = [];
    for (const set of sets) {
      const bars = set.map(i => against[i]!);
      if (smallest.some(smaller => smaller.every(bar => bars.includes(bar)))) continue;
      const collides = collisionsOf([advised, ...bars], ruleSet).some(
        one =>
          one.advised === advised && one.kind === whole.kind && one.parameter === whole.parameter && one.against.length === bars.length,
      );
      if (!collides) open.push(set);
      else {
        smallest.push(bars);
        found.push({ ...whole, against: bars });
      }
    }
    sets = open.flatMap(set => against.flatMap((_, i) => (i > set.at(-1)! ? [[...set, i]] : [])));
  }
  return true;
}
