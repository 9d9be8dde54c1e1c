/** The cases of the samples come out as their authors expect, and show all that any patient can show of every rule set. */
import assert from 'node:assert/strict';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { Recorder } from '../../server/src/testing/coverage.ts';
import { Runner } from '../../server/src/testing/run.ts';
import { settledPoints } from '../../server/src/testing/settled.ts';
import { sampleCases, shortName } from './cases.ts';
import { ruleSetFile, ruleSetFiles } from './load.ts';

describe('cases of the samples', function () {
  this.timeout(120_000);
  const recorders = new Map<CompiledRuleSet, Recorder>();

  it('come out as expected, each of them confirmed', () => {
    const runner = new Runner((compiled, state, judgement) => {
      const recorder = recorders.get(compiled) ?? new Recorder(compiled);
      recorders.set(compiled, recorder);
      recorder.observe(state, judgement);
    });
    const results = sampleCases().map(one => runner.run(one));
    const failed = results.filter(({ status }) => status !== 'passed');
    assert.deepEqual(
      failed.map(({ case: { id }, differences, why }) => `${id}: ${why ?? differences.map(({ message }) => message).join(' ')}`),
      [],
    );
    assert.deepEqual(
      results.filter(one => one.case.proposed).map(one => one.case.id),
      [],
    );
  });

  it('are there for every rule set', () => {
    const tried = [...recorders.keys()].map(({ ruleSet }) => `samples/${shortName(ruleSet.root.file)}`);
    assert.deepEqual(tried.sort(), ruleSetFiles.filter(file => ruleSetFile(file).role === 'rule-set').sort());
  });

  it('show every rule, condition, threshold, band, effect and boundary in every way that is not proved impossible', () => {
    const lacking = [...recorders.values()].flatMap(recorder => {
      const coverage = recorder.coverage();
      return [...settledPoints(coverage, new Map())].flatMap(({ kind, item, place, ways }) =>
        ways.flatMap(({ name, state }) =>
          state === 'not-seen' ? [`${shortName(place.file, '.clinical.json')}: ${kind} of ${item?.id ?? 'the scope'}, ${name}`] : [],
        ),
      );
    });
    assert.deepEqual(lacking, []);
  });
});
