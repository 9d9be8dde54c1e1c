/** Sites in words never leave out a side that is meant. */
import assert from 'node:assert/strict';
import { sitesText } from '../../server/src/features/site-words.ts';
import { outcomeOf, ruleSetOf } from '../support/rule-sets.ts';

const RULES = {
  sites: {
    skeleton: {},
    limb: { partOf: 'skeleton', paired: true },
    ...Object.fromEntries(['femur', 'tibia', 'radius', 'ulna'].map(id => [id, { partOf: 'limb' }])),
    sternum: { partOf: 'skeleton' },
  },
  activities: { loading: {} },
  groups: { lesions: { facts: { site: { type: 'code', values: 'sites' }, side: { type: 'side' } } } },
};

function avoided(except: object): string {
  const ruleSet = { ...RULES, rules: [{ id: 'spare', then: [{ avoid: 'loading', at: { below: 'skeleton', except } }] }] };
  const records = [{ id: 'a', facts: { site: 'femur', side: 'left' } }];
  const [effect] = outcomeOf(ruleSet, { groups: { lesions: { complete: true, records } } }).effects;
  return sitesText(ruleSetOf(ruleSet), effect!.at);
}

describe('sites in words', () => {
  it('what is part of a paired site has sides too', () => assert.equal(avoided({ group: 'lesions' }), 'skeleton except left femur'));
  it('a whole limb is left out on one side', () => assert.equal(avoided({ group: 'lesions', whole: ['limb'] }), 'sternum; right limb'));
});
