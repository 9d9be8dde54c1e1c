/** What is proved that nobody shows, held against patients of whom little is known: all there are where they are few, and many by chance. */
import assert from 'node:assert/strict';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { Reach } from '../../server/src/testing/reach.ts';
import { isPossible } from '../support/brute-force.ts';
import { seenOn } from '../support/made.ts';
import { type ByChance, everyPartlyKnown, partlyKnownPatients } from '../support/partly-known.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { compiledOf } from '../support/rule-sets.ts';
import { type Json, type SmallRuleSet, smallRuleSet } from '../support/small-rule-sets.ts';

/** Tests of one fact or score, with the group whose record they see. */
function* testsIn(value: unknown, group: unknown): Generator<{ readonly test: Json; readonly group: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  const json = value as Json;
  if (typeof json.fact === 'string' || typeof json.score === 'string') yield { test: json, group };
  const inside = json.some ?? json.every ?? json.none ?? (typeof json.count === 'string' ? json.count : undefined) ?? group;
  for (const [key, inner] of Object.entries(json)) yield* testsIn(inner, key === 'where' ? inside : group);
}

/** Rules that ask of something that it be unknown beside what it is, so that much of what they ask is never unknown, or never alone decides. */
function askingUnknown(json: Json, random: Random): Json[] {
  const tests = (json.rules as readonly Json[]).flatMap(({ of, when, until }) => [...testsIn([when, until], of)]);
  if (tests.length === 0) return [];
  return random.list(1, 3, i => {
    const { test, group } = random.pick(tests);
    const unknown = { unknown: 'fact' in test ? { fact: test.fact } : { score: test.score } };
    const other = random.pick(tests.filter(each => each.group === undefined || each.group === group)).test;
    const when = random.pick<Json>([
      { any: [test, unknown] },
      { any: [{ not: test }, unknown, other] },
      { all: [test, unknown] },
      { all: [{ any: [test, unknown] }, { any: [other, test] }] },
      { any: [{ all: [test, other] }, unknown] },
    ]);
    const asked = group !== undefined && random.chance(0.3) ? { some: group, where: when } : when;
    const of = group !== undefined && asked === when ? { of: group } : {};
    return { id: `asks-${i}`, title: 'Asks', ...of, when: asked, then: [{ require: 'look' }], source: { id: 'one' } };
  });
}

/** Who can only turn out to be somebody whom the rule set calls impossible is nobody. */
function patientsOf(small: SmallRuleSet, compiled: CompiledRuleSet, random: Random): readonly Patient[] {
  const isSound = (patient: Patient) => {
    const state = stateOf(compiled.layout, patient);
    return state.problems.length === 0 && isPossible(compiled, state);
  };
  const some = partlyKnownPatients(small, random, 600).filter(({ patient }) => isSound(patient));
  if (compiled.impossible.length === 0) return [...some.map(({ patient }) => patient), ...everyPartlyKnown(small, 1500).filter(isSound)];
  const isSomebody = ({ complete }: ByChance) => Array.from({ length: 30 }).some(() => isSound(complete()));
  return some.filter(isSomebody).map(({ patient }) => patient);
}

describe('every way that is proved to be of nobody', function () {
  this.timeout(240_000);

  it('is shown by no patient of whom anything may be unknown', () => {
    let unknown = 0;
    let others = 0;
    forSeeds(Number(process.env.ROUNDS ?? 25), random => {
      const small = smallRuleSet(random);
      const json = { ...small.json, rules: [...(small.json.rules as Json[]), ...askingUnknown(small.json, random)] };
      const compiled = compiledOf(json);
      const patients = patientsOf({ ...small, json }, compiled, random);
      const reach = new Reach(compiled);
      const shown = seenOn(compiled, patients);
      for (const [i, point] of seenOn(compiled, []).entries())
        for (const [way, { name, state }] of point.ways.entries()) {
          if (state !== 'not-seen' || reach.verdict(point, name).kind !== 'never') continue;
          if (name === 'unknown' || name === 'undetermined') unknown++;
          else others++;
          const what = `${point.kind} of ${point.item?.id ?? 'the scope'}, ${name}`;
          assert.notEqual(shown[i]!.ways[way]!.state, 'seen', `${what} was said to be impossible: ${JSON.stringify(json)}`);
        }
    });
    assert.ok(unknown > 10 && others > 10, `${unknown} and ${others} were proved`);
  });
});
