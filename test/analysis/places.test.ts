/** Effects that leave out places: with a whole site that a record lies in, or without. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { replayWith } from '../../server/src/replay.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

function conflicts(whole: readonly string[], at: string): number {
  const ruleSet = ruleSetOf({
    id: 'places',
    title: 'Places',
    version: '1.0.0',
    sites: { spine: { title: 'S' }, l1: { title: 'L1', partOf: 'spine' }, l2: { title: 'L2', partOf: 'spine' }, rib: { title: 'R' } },
    groups: { lesions: { title: 'Lesion', facts: { site: { title: 'Site', type: 'code', values: 'sites', required: true } } } },
    activities: { load: { title: 'Load' } },
    rules: [
      {
        id: 'advise',
        title: 'Advise',
        when: { some: 'lesions', where: { fact: 'site', is: 'l1' } },
        then: [{ recommend: 'load', at: { below: 'spine', except: { group: 'lesions', ...(whole.length > 0 && { whole }) } } }],
      },
      { id: 'bar', title: 'Bar', then: [{ forbid: 'load', at: [at] }] },
    ],
  });
  const { clashes, notProved } = analyse(ruleSet, replayWith(ruleSet));
  assert.deepEqual(notProved, []);
  return clashes.length;
}

describe('effects that leave out places', () => {
  it('hold beside a record, but not within the whole site that it lies in', () => {
    assert.equal(conflicts([], 'l1'), 0);
    assert.equal(conflicts([], 'l2'), 1);
    assert.equal(conflicts(['spine'], 'l2'), 0);
    assert.equal(conflicts(['rib'], 'l2'), 1);
  });
});
