/** Pairs of rules in conflict are told by the rule that most of those not yet told share: held against the pairs themselves. */
import assert from 'node:assert/strict';
import { bitsWhere, members } from '../../server/src/analysis/bits.ts';
import { byCause } from '../../server/src/analysis/decision-conflicts.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 300);

describe(`conflicts by their cause (seed ${SEED})`, () => {
  it('are told once each, first those of the rule that has the most, of two alike the later', () => {
    const met = { causes: 0, alike: 0 };
    forSeeds(ROUNDS, random => {
      const size = random.pick([1, 2, 5, 12, 31, 32, 33, 70]);
      const left = pairsAmong(random, size);
      const bothWays = () => Array.from({ length: size }, (_, one) => bitsWhere(size, other => left.has(keyOf(one, other))));
      const causes = byCause({ bothWays, count: left.size, has: () => false, rules: [], open: [] });
      for (const { cause, others } of causes) {
        const counts = Array.from({ length: size }, (_, one) => pairsOf(one, left, size).length);
        const most = Math.max(...counts);
        assert.equal(cause, counts.lastIndexOf(most));
        assert.deepEqual(members(others), pairsOf(cause, left, size));
        for (const other of members(others)) left.delete(keyOf(cause, other));
        met.causes++;
        if (counts.indexOf(most) !== cause) met.alike++;
      }
      assert.equal(left.size, 0);
    });
    assert.ok(process.env.SEED !== undefined || (met.causes > ROUNDS && met.alike > ROUNDS / 4), JSON.stringify(met));
  });
});

function keyOf(one: number, other: number): string {
  return `${Math.min(one, other)} ${Math.max(one, other)}`;
}

function pairsAmong(random: Random, size: number): Set<string> {
  const likelihood = random.pick([0.02, 0.2, 0.6, 1]);
  const pairs = new Set<string>();
  for (let one = 0; one < size; one++)
    for (let other = 0; other < one; other++) if (random.chance(likelihood)) pairs.add(keyOf(one, other));
  return pairs;
}

function pairsOf(one: number, pairs: ReadonlySet<string>, size: number): number[] {
  return Array.from({ length: size }, (_, other) => other).filter(other => pairs.has(keyOf(one, other)));
}
