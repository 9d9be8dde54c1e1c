/** Rules that ask the same of records in several ways, against every patient: what settles one test of a group does not settle another. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { replayWith } from '../../server/src/replay.ts';
import { bruteForce } from '../support/brute-force.ts';
import { everyPatient } from '../support/every-patient.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { type Axis, condition, type Json, type SmallRuleSet } from '../support/small-rule-sets.ts';
import { checkWitnesses, compare, requiredIn } from './compared.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 80);
/** Two tests that are joined in two rules are settled by as many. */
const MOST_RECORDS = 4;

describe(`group tests with one condition (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 1000);

  it('show what there is, no more and no less', () => {
    const met: Record<string, number> = {};
    forSeeds(ROUNDS, random => {
      const small = sharing(random);
      const every = everyPatient(small, MOST_RECORDS, 1000)!;
      const ruleSet = ruleSetOf(small.json);
      const replay = replayWith(ruleSet);
      const analysis = analyse(ruleSet, replay);
      compare(small, analysis, bruteForce(ruleSet, every), met);
      checkWitnesses(analysis, replay, requiredIn(small));
    });
    if (process.env.SEED === undefined) assert.ok(met.gap! > ROUNDS / 20 && met.never! > ROUNDS / 100, JSON.stringify(met));
  });
});

const LESION = { fixed: { title: 'Fixed', type: 'boolean' }, size: { title: 'Size', type: 'integer', minimum: 0, maximum: 2 } };
const AXES: readonly Axis[] = [
  { group: 'lesions', fact: 'fixed', values: [false, true] },
  { group: 'lesions', fact: 'size', values: [0, 1, 2] },
];

/** A few rules that join tests of one group, all of one or two conditions. */
function sharing(random: Random): SmallRuleSet {
  const tests = [() => ({ fact: 'fixed', is: random.chance(0.5) }), () => ({ fact: 'size', atLeast: random.pick([1, 2]) })];
  const scope = { group: 'lesions', tests: { lesions: tests, patient: tests }, names: {}, groups: [], unknown: false };
  const wheres = random.list(1, 2, () => condition(random, scope, 1));
  const rules = random.list(2, 3, i => ({
    id: `r${i}`,
    title: `Rule ${i}`,
    ...(random.chance(0.3) && { of: 'lesions' }),
    when: joined(random, wheres),
    then: [{ decide: 'clearance', as: random.pick(['stop', 'care', 'go']) }],
    source: { id: random.pick(['one', 'two']) },
  }));
  const decision = { title: 'Clearance', values: ['stop', 'care', 'go'], resolve: random.pick(['strictest', 'single']), mustDecide: true };
  const json = {
    ...{ id: 'shared', title: 'Shared', version: '1.0.0', status: 'active', complete: true },
    sources: { one: { title: 'One' }, two: { title: 'Two' } },
    facts: {},
    groups: { lesions: { title: 'Lesions', facts: LESION } },
    decisions: { clearance: decision },
    rules,
  };
  return { json, axes: AXES, groups: ['lesions'], incomplete: [], exact: true };
}

function joined(random: Random, wheres: readonly Json[]): Json {
  const one = () => {
    const where = random.pick(wheres);
    return random.pick<Json>([
      { some: 'lesions', where },
      { every: 'lesions', where },
      { none: 'lesions', where },
      { count: 'lesions', where, is: 1 },
      { every: 'lesions', where: { not: where } },
    ]);
  };
  const either = () => (random.chance(0.5) ? one() : { not: one() });
  return random.chance(0.5) ? { all: [either(), either()] } : { any: [either(), either()] };
}
