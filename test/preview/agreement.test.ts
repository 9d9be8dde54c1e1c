/** What the preview says agrees with the outcome as data: on every sample patient, for every rule set it is meant for, and on random ones. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Preview, PreviewFirst } from '../../server/src/features/preview-model.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { patientOf, ruleSetOf } from '../support/rule-sets.ts';
import { agrees } from './agreement.ts';
import { patientFile, previewFirstFor, previewFor, ruleSetFile, textOfFile } from './previewed.ts';

const SAMPLES = resolve('samples');
const ruleSets = new Map<string, RuleSet>();

describe('the preview of every sample patient', () => {
  const patients = (readdirSync(SAMPLES, { recursive: true }) as string[])
    .filter(path => path.endsWith('.patient.json'))
    .map(path => join(SAMPLES, path));
  it('there are sample patients', () => assert.ok(patients.length > 40));
  for (const path of patients) {
    const patient = patientFile(path);
    for (const { path: ruleSet, file } of patient.for) {
      const root = resolve(dirname(file), ruleSet.value);
      it(`${path.slice(SAMPLES.length + 1)} under ${ruleSet.value}`, () => {
        const whole = preview(root, patient);
        agrees(whole);
        sameAtFirst(whole, previewFirstFor(ruleSets.get(root)!, patient, textOfFile));
      });
    }
  }
});

describe('the preview of random patients', function () {
  this.timeout(60_000);
  it('agrees with the outcome, whatever the rules and whatever is known', () =>
    forSeeds(150, random => {
      const written = randomRuleSet(random, { unknown: true, appliesTo: true });
      const ruleSet = ruleSetOf(written);
      for (const known of [0.2, 0.6, 1]) {
        const patient = patientOf(randomPatient(random, written.scores, known));
        const whole = previewFor(ruleSet, patient, () => '');
        agrees(whole);
        sameAtFirst(
          whole,
          previewFirstFor(ruleSet, patient, () => ''),
        );
      }
    }));
});

/** What is told of a change at once is what is told with all the rest: nothing that is shown is taken back. */
function sameAtFirst({ decisions, body, scores }: Preview, first: PreviewFirst): void {
  assert.deepEqual(first, { decisions, body, scores });
}

function preview(root: string, patient: Patient): Preview {
  if (!ruleSets.has(root)) ruleSets.set(root, ruleSetFile(root));
  return previewFor(ruleSets.get(root)!, patient, textOfFile);
}
