/** What is proved that nobody shows, held against patients of whom little is known: all there are where they are few, and many by chance. */
import assert from 'node:assert/strict';
import { eachCondition } from '../../server/src/analysis/gather.ts';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { TRUE, UNKNOWN } from '../../server/src/evaluation/values.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import type { Condition } from '../../server/src/model/rule-set.ts';
import { isNeverTrue, isNeverUndetermined, isNeverUnknown } from '../../server/src/testing/nobody.ts';
import { conditionsOf } from '../../server/src/testing/nodes.ts';
import { Reach } from '../../server/src/testing/reach.ts';
import { bitOf, Seen } from '../../server/src/testing/seen.ts';
import { isPossible } from '../support/brute-force.ts';
import { seenOn } from '../support/made.ts';
import { type ByChance, everyPartlyKnown, partlyKnownPatients } from '../support/partly-known.ts';
import { forSeeds, type Random, randomOf } from '../support/random.ts';
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
    const waits = random.chance(0.4);
    const given = { given: { decision: random.pick(Object.keys(json.decisions as Json)), in: random.some(['stop', 'care', 'go']) } };
    const then = waits ? { ...given, then: [{ recommend: 'walk' }] } : { then: [{ require: 'look' }] };
    return { id: `asks-${i}`, title: 'Asks', ...of, when: asked, ...then, source: { id: 'one' } };
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

/** A small rule set with rules that ask what is unknown, and patients of whom anything may be. */
function tried(random: Random) {
  const small = smallRuleSet(random);
  const json = { ...small.json, rules: [...(small.json.rules as Json[]), ...askingUnknown(small.json, random)] };
  const compiled = compiledOf(json);
  return { json, compiled, patients: patientsOf({ ...small, json }, compiled, random) };
}

function truthsSeen(compiled: CompiledRuleSet, patients: readonly Patient[]): Seen {
  const seen = new Seen(compiled, new Set());
  for (const patient of patients) {
    const state = stateOf(compiled.layout, patient);
    seen.observe(state, judge(compiled, state));
  }
  return seen;
}

/** Seeds that have shown a mistake once: a table that asks for records, whose list need not be complete. */
const ONCE: readonly number[] = [91053];
const ROUNDS = Number(process.env.ROUNDS ?? 25);

function forSeedsAndOnce(check: (random: Random) => void): void {
  forSeeds(ROUNDS, check);
  for (const seed of process.env.SEED === undefined ? ONCE : []) check(randomOf(seed));
}

describe('every way that is proved to be of nobody', function () {
  this.timeout(240_000);

  it('is shown by no patient of whom anything may be unknown', () => {
    let unknown = 0;
    let others = 0;
    forSeedsAndOnce(random => {
      const { json, compiled, patients } = tried(random);
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

  it('is so by its proof alone, where it is not asked first whether some patient shows it', () => {
    let [unknown, holding, undetermined] = [0, 0, 0];
    forSeedsAndOnce(random => {
      const { json, compiled, patients } = tried(random);
      const { ruleSet } = compiled;
      const seen = truthsSeen(compiled, patients);
      const about = (what: string) => `${what} was said to be impossible: ${JSON.stringify(json)}`;
      for (const { rule, index } of compiled.rules) {
        if (!isNeverUndetermined(ruleSet, rule)) continue;
        undetermined++;
        assert.equal(seen.rules[index]! & bitOf(UNKNOWN), 0, about(`${rule.id}, undetermined`));
      }
      const written = new Map<unknown, Condition>();
      eachCondition(ruleSet, condition => written.set(condition.span, condition));
      for (const [i, { condition, group, owner }] of conditionsOf(compiled).nodes.entries()) {
        const own = written.get(condition.span);
        if (own?.kind !== condition.kind || !owner) continue;
        const name = group === undefined ? undefined : compiled.layout.groups[group]!.id;
        const proofs = [isNeverUnknown(ruleSet, own, name), isNeverTrue(ruleSet, own, name)];
        if (proofs[0]) unknown++;
        if (proofs[1]) holding++;
        for (const [proof, truth] of ([UNKNOWN, TRUE] as const).entries())
          assert.ok(!proofs[proof] || (seen.conditions[i]! & bitOf(truth)) === 0, about(`${JSON.stringify(own)} of ${owner.id}, ${truth}`));
      }
    });
    assert.ok(unknown > 10 && holding > 5 && undetermined > 10, `${unknown}, ${holding} and ${undetermined} were proved`);
  });
});
