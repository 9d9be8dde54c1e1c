/** Of small rule sets every patient is tried: nobody notices a mutant that is proved equivalent, nobody shows what is proved impossible. */
import assert from 'node:assert/strict';
import { answer } from '../../server/src/evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { mutatedRuleSet } from '../../server/src/testing/mutant-run.ts';
import { mutantsOf } from '../../server/src/testing/mutants.ts';
import { Reach } from '../../server/src/testing/reach.ts';
import { Settler } from '../../server/src/testing/survivors.ts';
import { toldApart } from '../../server/src/testing/told-apart.ts';
import { isPossible } from '../support/brute-force.ts';
import { everyPatient } from '../support/every-patient.ts';
import { seenOn } from '../support/made.ts';
import { everyPartlyKnown, partlyKnownPatients } from '../support/partly-known.ts';
import { PROOF_KINDS, proofRuleSet } from '../support/proof-rule-sets.ts';
import { forSeeds, type Random, randomOf } from '../support/random.ts';
import { compiledOf } from '../support/rule-sets.ts';
import { type Axis, type SmallRuleSet, smallRuleSet } from '../support/small-rule-sets.ts';

const MOST = 1500;
/** Patients of whom anything may be unknown, several values possible or only what they have in common known. */
const BY_CHANCE = 150;

/** All who are complete, and all of whom anything that need not be recorded may be unknown; undefined where that is too many. */
function patientsOf(small: SmallRuleSet, compiled: CompiledRuleSet, incomplete: readonly string[]): readonly Patient[] | undefined {
  const axes = small.axes.map(axis =>
    isRequired(axis, small) || axis.values.includes(undefined) ? axis : { ...axis, values: [...axis.values, undefined] },
  );
  const partly = everyPatient({ ...small, axes, incomplete }, 1, MOST);
  const whole = everyPatient(small, 2, MOST);
  if (!partly && !whole) return undefined;
  const found: Patient[] = [];
  for (const every of [partly, whole]) every?.each(patient => found.push(patient));
  return found.filter(patient => isPossible(compiled, stateOf(compiled.layout, patient)));
}

function isRequired({ fact, group }: Axis, { json }: SmallRuleSet): boolean {
  type Facts = Readonly<Record<string, { readonly required?: boolean }>>;
  const { facts, groups } = json as { readonly facts: Facts; readonly groups: Readonly<Record<string, { readonly facts: Facts }>> };
  return fact !== undefined && (group === undefined ? facts : groups[group]!.facts)[fact]?.required === true;
}

/** With seeds that have shown a mistake once, whatever the seed of this run. */
function forSmall(count: number, once: readonly number[], check: (random: Random, seed: number) => void): void {
  forSeeds(count, check);
  for (const seed of once) check(randomOf(seed), seed);
}

function partlyOf(small: SmallRuleSet, compiled: CompiledRuleSet, random: Random): readonly Patient[] {
  const partly = [...everyPartlyKnown(small, MOST), ...partlyKnownPatients(small, random, BY_CHANCE).map(({ patient }) => patient)];
  return partly.filter(patient => isPossible(compiled, stateOf(compiled.layout, patient)));
}

function everyOf(small: SmallRuleSet, most: number): readonly Patient[] | undefined {
  const found: Patient[] = [];
  everyPatient(small, most, MOST)?.each(patient => found.push(patient));
  return found;
}

/** How many mutants are proved equivalent, each tried on all of the patients. */
function heldAgainst(compiled: CompiledRuleSet, patients: readonly Patient[], seed: number): number {
  let proved = 0;
  const said = patients.map(patient => answer(compiled, stateOf(compiled.layout, patient)));
  const mutants = [...mutantsOf(compiled.ruleSet)];
  const settler = new Settler(compiled, mutants);
  // Whoever would be found to tell it would hide a proof that is wrong.
  for (const mutant of mutants) {
    if (!settler.isProved(mutant)) continue;
    proved++;
    const changed = compile(mutatedRuleSet(compiled.ruleSet, mutant));
    for (const [i, patient] of patients.entries()) {
      const is = { ruleSet: changed.ruleSet, answer: answer(changed, stateOf(changed.layout, patient)) };
      const apart = toldApart({ ruleSet: compiled.ruleSet, answer: said[i]! }, is);
      const what = `SEED=${seed}: ${mutant.item.id} ${mutant.kind} ${mutant.was} → ${mutant.is}`;
      assert.equal(apart, undefined, `${what} is noticed by ${JSON.stringify(apart?.expected)}`);
    }
  }
  return proved;
}

describe('every patient of small rule sets', function () {
  this.timeout(240_000);

  it('notices no mutant that is proved equivalent, outside the scope and partly known too', () => {
    let proved = 0;
    forSmall(5, [3, 4, 5, 17, 18, 20], (random, seed) => {
      const small = smallRuleSet(random);
      const compiled = compiledOf(small.json);
      proved += heldAgainst(compiled, [...(patientsOf(small, compiled, small.groups) ?? []), ...partlyOf(small, compiled, random)], seed);
    });
    assert.ok(proved > 5, `${proved}`);
  });

  for (const kind of PROOF_KINDS)
    it(`notices none of what is proved of ${kind}`, () => {
      let proved = 0;
      forSeeds(6, (random, seed) => {
        const small = proofRuleSet(kind, random);
        const compiled = compiledOf(small.json);
        proved += heldAgainst(compiled, [...(everyOf(small, 2) ?? []), ...partlyOf(small, compiled, random)], seed);
      });
      assert.ok(proved > 0);
    });

  it('shows nothing that is proved impossible', () => {
    let proved = 0;
    forSmall(15, [61, 98, 127, 128], (random, seed) => {
      const small = smallRuleSet(random);
      const compiled = compiledOf(small.json);
      const patients = patientsOf(small, compiled, small.incomplete);
      if (!patients) return;
      const reach = new Reach(compiled);
      const shown = seenOn(compiled, patients);
      for (const [i, point] of seenOn(compiled, []).entries())
        for (const [way, { name, state }] of point.ways.entries()) {
          if (state !== 'not-seen' || reach.verdict(point, name).kind !== 'never') continue;
          proved++;
          const isShown = shown[i]!.ways[way]!.state === 'seen';
          assert.ok(!isShown, `SEED=${seed}: ${point.kind} ${point.item?.id} ${name} is shown, and was said to be impossible`);
        }
    });
    assert.ok(proved > 20, `${proved}`);
  });
});
