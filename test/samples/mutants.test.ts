/**
 * The cases of the samples notice every mutant that is not proved to change nothing: of the small rule sets all mutants, of the large ones those of a
 * few files, by the seed. `clinical-rules mutate samples` tries them all.
 */
import assert from 'node:assert/strict';
import { mutationRun } from '../../server/src/testing/mutation.ts';
import { randomOf, SEED } from '../support/random.ts';
import { sampleCases, shortName } from './cases.ts';

const LARGE = 'bone-metastasis/';
/** Files of the large rule sets that are tried in one run. */
const SHARE = 3;

describe('mutants of the samples', function () {
  this.timeout(240_000);
  const cases = sampleCases();
  const ruleSets = [...new Set(cases.flatMap(({ ruleSet }) => ruleSet ?? []))];
  const files = [...new Set(ruleSets.flatMap(ruleSet => ruleSet.files.map(({ file }) => file)))].sort();

  it('of the small rule sets are all noticed', () => noticed(files.filter(file => !shortName(file).startsWith(LARGE))));

  it(`of some files of the large ones are all noticed (SEED=${SEED})`, () => {
    const large = files.filter(file => shortName(file).startsWith(LARGE));
    noticed(randomOf(SEED).shuffled(large).slice(0, SHARE));
  });

  function noticed(asked: readonly string[]): void {
    const results = [...mutationRun(ruleSets, cases, file => asked.includes(file)).results];
    assert.ok(results.length > 0);
    const escaped = results.filter(({ status }) => status === 'survived' || status === 'not-settled');
    assert.deepEqual(
      escaped.map(({ status, mutant: { item, place, was, is } }) => `${shortName(place.file)}: “${item.id}” ${was} → ${is}: ${status}`),
      [],
    );
    assert.ok(results.some(({ status }) => status === 'noticed'));
  }
});
