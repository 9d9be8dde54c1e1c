/** Analysis against the plain reading: every patient of small random rule sets, tried with the evaluator. Same findings, no more and no less. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { replayWith } from '../../server/src/replay.ts';
import { bruteForce } from '../support/brute-force.ts';
import { crossed } from '../support/crossed-rule-sets.ts';
import { everyPatient } from '../support/every-patient.ts';
import { partlyKnownPatients } from '../support/partly-known.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { smallRuleSet } from '../support/small-rule-sets.ts';
import { checkWitnesses, compare, compareSeveral, count, requiredIn } from './compared.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 1500);
const MOST_PATIENTS = 300;
const SAMPLED = 30;

describe(`analysis against every patient (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 100);

  it('finds what there is, no more and no less, and says what it could not prove', () => {
    const met: Record<string, number> = {};
    forSeeds(ROUNDS, random => {
      const small = smallRuleSet(random);
      const every = everyPatient(small, 3, MOST_PATIENTS);
      if (!every) return count(met, 'passed over');
      const ruleSet = ruleSetOf(small.json);
      const replay = replayWith(ruleSet);
      const analysis = analyse(ruleSet, replay);
      compare(small, analysis, bruteForce(ruleSet, every), met);
      compareSeveral(small, analysis, ruleSet, met);
      checkWitnesses(analysis, replay, requiredIn(small));
    });
    const enough = ['gap', 'never', 'always', 'disagreement', 'hidden', 'conflict', 'decision conflict'];
    for (const kind of enough) assert.ok((met[kind] ?? 0) >= ROUNDS / 200, `too few of ${kind} were met: ${JSON.stringify(met)}`);
  });

  it('misses nothing that somebody shows, partly known included, where records, tables, scores and numbers ask for each other', () => {
    const met: Record<string, number> = {};
    forSeeds(Math.ceil(ROUNDS / 20), random => {
      const small = crossed(random, smallRuleSet(random));
      const sampled = partlyKnownPatients(small, random, SAMPLED);
      const completed = sampled.map(({ complete }) => complete());
      const ruleSet = ruleSetOf(small.json);
      const shownBy = (patients: readonly Patient[]) =>
        bruteForce(ruleSet, { count: patients.length, each: visit => patients.forEach(visit) });
      const shown = shownBy([...sampled.map(({ patient }) => patient), ...completed]);
      // What always holds is false for nobody complete; of others it may not be known that they are impossible.
      compare(small, analyse(ruleSet, replayWith(ruleSet)), { ...shown, always: shownBy(completed).always }, met);
    });
    for (const kind of ['gap', 'disagreement', 'conflict'])
      assert.ok((met[kind] ?? 0) >= ROUNDS / 600, `too few of ${kind} were met: ${JSON.stringify(met)}`);
  });
});
