/** On the samples the analysis finds what is listed, each with its reason, and nothing else. */
import assert from 'node:assert/strict';
import { ruleSetFile, ruleSetFiles } from '../samples/load.ts';
import { SAMPLE_FINDINGS } from './sample-findings.ts';
import { sampleWhole } from './wholes.ts';

describe('findings on the samples', function () {
  this.timeout(180_000);

  it('are listed for every rule set', () => {
    const roots = ruleSetFiles.filter(file => ruleSetFile(file).role === 'rule-set');
    assert.deepEqual(Object.keys(SAMPLE_FINDINGS).sort(), roots.map(file => file.replace(/^samples\/|\.clinical\.json$/g, '')).sort());
  });

  for (const [name, reasons] of Object.entries(SAMPLE_FINDINGS)) {
    it(`${name}: ${Object.keys(reasons).length}, each with its reason`, () => {
      const { findings, replay } = sampleWhole(name);
      assert.deepEqual(findings.map(({ id }) => id).sort(), Object.keys(reasons).sort());
      for (const reason of Object.values(reasons)) assert.ok(reason.length > 20);
      // Without an input it may stay open whether the patient is meant at all.
      for (const { id, code, witness } of findings)
        if (witness && code !== 'missing-data-hazard') assert.ok(replay(witness as never).inScope, `${id}: its witness is out of scope`);
    });
  }
});
