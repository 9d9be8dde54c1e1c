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

describe('a site', () => {
  it('is spoken of by a rule that asks for it, of the record, of some records or by a table, and not by one that excludes it', () => {
    const uncovered = (when: object, of?: string) => {
      const ruleSet = ruleSetOf({
        id: 'sites',
        title: 'Sites',
        version: '1.0.0',
        complete: true,
        sites: { spine: { title: 'Spine' }, rib: { title: 'Rib' } },
        groups: { lesions: { title: 'Lesion', facts: { site: { title: 'Site', type: 'code', values: 'sites' } } } },
        derived: {
          part: {
            title: 'Part',
            type: 'code',
            of: 'lesions',
            values: { bone: { title: 'Bone' }, axial: { title: 'Axial', isA: 'bone' }, other: { title: 'Other', isA: 'bone' } },
            table: [
              { when: { fact: 'site', is: 'spine' }, value: 'axial' },
              { when: { fact: 'site', is: 'rib' }, value: 'other' },
            ],
          },
          points: {
            title: 'Points',
            type: 'integer',
            of: 'lesions',
            table: [{ when: { fact: 'site', is: 'rib' }, value: 2 }, { value: 0 }],
          },
        },
        activities: { load: { title: 'Load' } },
        rules: [{ id: 'one', title: 'One', ...(of !== undefined && { of }), when, then: [{ avoid: 'load' }] }],
      });
      return analyse(ruleSet, replayWith(ruleSet)).uncoveredSites;
    };
    const isRib = { fact: 'site', is: 'rib' };
    assert.deepEqual(uncovered(isRib, 'lesions'), ['spine']);
    assert.deepEqual(uncovered({ some: 'lesions', where: isRib }), ['spine']);
    assert.deepEqual(uncovered({ count: 'lesions', where: isRib, atLeast: 2 }), ['spine']);
    assert.deepEqual(uncovered({ fact: 'part', is: 'other' }, 'lesions'), ['spine']);
    assert.deepEqual(uncovered({ fact: 'part', is: 'bone' }, 'lesions'), []);
    assert.deepEqual(uncovered({ fact: 'points', atLeast: 1 }, 'lesions'), ['spine']);
    assert.deepEqual(uncovered({ none: 'lesions', where: isRib }), ['spine', 'rib']);
    assert.deepEqual(uncovered({ not: isRib }, 'lesions'), ['spine', 'rib']);
  });
});
