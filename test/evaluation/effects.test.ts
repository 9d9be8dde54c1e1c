/** Effects: by site, except where records are, possible ones, the lowest limit, conflicts. */
import assert from 'node:assert/strict';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { outcomeOf } from '../support/rule-sets.ts';

const VOCABULARY = {
  sites: {
    skeleton: {},
    spine: { partOf: 'skeleton' },
    L3: { partOf: 'spine' },
    T5: { partOf: 'spine' },
    limb: { partOf: 'skeleton', paired: true },
    femur: { partOf: 'limb' },
    tibia: { partOf: 'limb' },
  },
  activities: { load: {}, squat: { isA: 'load' }, walk: {}, swim: {} },
  parameters: { minutes: { unit: 'min' }, effort: { order: ['light', 'moderate', 'vigorous'] } },
  facts: { flag: { type: 'boolean' } },
  groups: { lesions: { facts: { site: { type: 'code', values: 'sites' }, side: { type: 'side' }, treated: { type: 'boolean' } } } },
};

function run(rules: object[], records: object[], complete = true, facts: object = {}): Outcome {
  const precautions = rules.filter(rule => 'site' in rule);
  const listed = records.map((record, i) => ({ id: `r${i}`, facts: record }));
  const ruleSet = { ...VOCABULARY, rules: rules.filter(rule => !('site' in rule)), precautions };
  return outcomeOf(ruleSet, { facts, groups: { lesions: { complete, records: listed } } });
}

/** `verb what at sites`, one text an effect. */
function told({ effects }: Outcome): string[] {
  return effects.map(({ verb, what, at, state, atMost }) => {
    const sites = at === 'everywhere' ? at : at.map(({ site, side }) => (side ? `${site}:${side}` : site)).join(' ');
    return `${verb} ${what.join('/')}${atMost === undefined ? '' : ` ${atMost}`} at [${sites}]${state === 'possible' ? ' possibly' : ''}`;
  });
}

const avoid = (at: unknown, rest: object = {}) => ({ id: 'avoid', then: [{ avoid: 'load', at }], ...rest });

describe('effects', () => {
  it('hold everywhere, at named sites, below a site', () => {
    assert.deepEqual(told(run([avoid('everywhere')], [])), ['avoid load at [everywhere]']);
    assert.deepEqual(told(run([avoid(['spine', 'tibia'])], [])), ['avoid load at [L3 T5 tibia]']);
    assert.deepEqual(told(run([avoid({ below: 'limb' })], [])), ['avoid load at [femur tibia]']);
  });
  it('here is the site and side of the record; an unknown side is both, an unknown site any', () => {
    const here = avoid('here', { of: 'lesions' });
    assert.deepEqual(told(run([here], [{ site: 'femur', side: 'left' }])), ['avoid load at [femur:left]']);
    assert.deepEqual(told(run([here], [{ site: 'femur' }])), ['avoid load at [femur]']);
    assert.deepEqual(told(run([here], [{ site: 'spine' }])), ['avoid load at [L3 T5]']);
    assert.deepEqual(told(run([here], [{}])), ['avoid load at [L3 T5 femur tibia]']);
  });
  it('each record has its own; a precaution is a rule of the lesions at its sites', () => {
    const precaution = avoid('here', { site: 'spine' });
    const records = [{ site: 'L3' }, { site: 'femur', side: 'left' }, { site: 'T5' }];
    assert.deepEqual(told(run([precaution], records)), ['avoid load at [L3]', 'avoid load at [T5]']);
    assert.deepEqual(told(run([precaution], [{ site: { oneOf: ['L3', 'femur'] } }])), ['avoid load at [L3] possibly']);
  });

  const swim = { id: 'swim', then: [{ recommend: 'swim', at: { below: 'limb', except: { group: 'lesions' } } }] };
  it('a difference leaves out every place that may be affected', () => {
    assert.deepEqual(told(run([swim], [{ site: 'femur', side: 'left' }])), ['recommend swim at [femur:right tibia]']);
    assert.deepEqual(told(run([swim], [{ site: 'femur' }])), ['recommend swim at [tibia]']);
    assert.deepEqual(told(run([swim], [{ site: { oneOf: ['femur', 'tibia'] }, side: 'left' }])), [
      'recommend swim at [femur:right tibia:right]',
    ]);
    assert.deepEqual(told(run([swim], [{ site: 'limb' }])), ['recommend swim at []']);
    assert.deepEqual(told(run([swim], [{ site: 'L3' }], false)), ['recommend swim at []']);
  });
  it('only records that may match are left out', () => {
    const where = { fact: 'treated', is: false };
    const some = { id: 'swim', then: [{ recommend: 'swim', at: { below: 'limb', except: { group: 'lesions', where } } }] };
    assert.deepEqual(told(run([some], [{ site: 'femur', side: 'left', treated: true }])), ['recommend swim at [femur tibia]']);
    assert.deepEqual(told(run([some], [{ site: 'femur', side: 'left' }])), ['recommend swim at [femur:right tibia]']);
  });
  it('what restricts leaves out only what is affected for certain', () => {
    const rule = avoid({ below: 'limb', except: { group: 'lesions', where: { fact: 'treated', is: true } } });
    assert.deepEqual(told(run([rule], [{ site: 'femur', side: 'left', treated: true }])), ['avoid load at [femur:right tibia]']);
    assert.deepEqual(told(run([rule], [{ site: 'femur', treated: true }])), ['avoid load at [femur tibia]']);
    assert.deepEqual(told(run([rule], [{ site: 'femur', side: 'left' }])), ['avoid load at [femur tibia]']);
    assert.deepEqual(told(run([rule], [{ site: 'femur', side: 'left', treated: true }], false)), ['avoid load at [femur:right tibia]']);
  });
  const WHOLE = { group: 'lesions', whole: ['limb', 'spine'] };
  const whole = { id: 'swim', then: [{ recommend: 'swim', at: { below: 'skeleton', except: WHOLE } }] };
  it('a whole site is left out where a record may lie in it, on its side', () => {
    assert.deepEqual(told(run([whole], [{ site: 'tibia', side: 'left' }])), ['recommend swim at [L3 T5 femur:right tibia:right]']);
    assert.deepEqual(told(run([whole], [{ site: 'tibia' }])), ['recommend swim at [L3 T5]']);
    assert.deepEqual(told(run([whole], [{ site: 'T5', side: 'left' }])), ['recommend swim at [femur tibia]']);
    assert.deepEqual(told(run([whole], [{ site: { oneOf: ['T5', 'femur'] }, side: 'left' }])), [
      'recommend swim at [femur:right tibia:right]',
    ]);
    assert.deepEqual(told(run([whole], [{ site: 'tibia', side: 'left' }, { site: 'L3' }, { site: 'femur', side: 'right' }])), [
      'recommend swim at []',
    ]);
    assert.deepEqual(told(run([whole], [])), ['recommend swim at [L3 T5 femur tibia]']);
  });
  it('a whole site nobody declared may be any; one that cannot be read takes the recommendation with it', () => {
    const lost = (names: unknown) => ({
      id: 'swim',
      then: [{ recommend: 'swim', at: { below: 'skeleton', except: { group: 'lesions', whole: names } } }],
    });
    assert.deepEqual(told(run([lost(['leg'])], [{ site: 'tibia', side: 'left' }])), ['recommend swim at []']);
    assert.deepEqual(told(run([lost(5)], [{ site: 'tibia', side: 'left' }])), []);
  });
  it('what restricts leaves out of a whole site only what is affected wherever the record may be', () => {
    const rule = avoid({ below: 'skeleton', except: WHOLE });
    assert.deepEqual(told(run([rule], [{ site: 'tibia', side: 'left' }])), ['avoid load at [L3 T5 femur:right tibia:right]']);
    assert.deepEqual(told(run([rule], [{ site: 'limb', side: 'left' }])), ['avoid load at [L3 T5 femur:right tibia:right]']);
    assert.deepEqual(told(run([rule], [{ site: 'tibia' }])), ['avoid load at [L3 T5 femur tibia]']);
    assert.deepEqual(told(run([rule], [{ site: { oneOf: ['T5', 'femur'] }, side: 'left' }])), ['avoid load at [L3 T5 femur tibia]']);
    assert.deepEqual(told(run([avoid({ below: 'skeleton', except: { ...WHOLE, whole: 5 } })], [])), ['avoid load at [everywhere]']);
  });
  it('of undetermined rules all but `recommend` are possible', () => {
    const then = [{ avoid: 'load' }, { forbid: 'walk' }, { require: 'swim' }, { limit: 'minutes', atMost: 5 }, { recommend: 'walk' }];
    const rule = { id: 'r', when: { fact: 'flag', is: true }, then };
    assert.deepEqual(told(run([rule], [])), [
      'avoid load at [everywhere] possibly',
      'forbid walk at [everywhere] possibly',
      'require swim at [everywhere] possibly',
      'limit minutes 5 at [everywhere] possibly',
    ]);
    assert.equal(run([rule], [], true, { flag: false }).effects.length, 0);
  });
  it('a record that may be missing from the list has possible effects', () =>
    assert.deepEqual(told(run([avoid('here', { site: 'spine' })], [], false)), ['avoid load at [L3 T5] possibly']));

  const limit = (id: string, atMost: unknown, rest: object = {}) => ({
    id,
    then: [{ limit: typeof atMost === 'string' ? 'effort' : 'minutes', atMost, ...rest }],
  });
  it('of limits the lowest, in whatever unit', () => {
    assert.deepEqual(told(run([limit('a', 30), limit('b', 10)], [])), ['limit minutes 10 at [everywhere]']);
    assert.deepEqual(told(run([limit('a', 30, { unit: 'min' }), limit('b', 0.4, { unit: 'h' })], [])), [
      'limit minutes 0.4 at [everywhere]',
    ]);
    assert.deepEqual(told(run([limit('a', 'moderate'), limit('b', 'light')], [])), ['limit effort light at [everywhere]']);
    const other = [limit('a', 30, { of: 'walk' }), limit('b', 10)];
    assert.equal(run(other, []).effects.length, 2);
  });
  it('a higher limit stays where the lower does not hold', () =>
    assert.deepEqual(told(run([limit('a', 30, { at: ['spine'] }), limit('b', 10, { at: ['L3'] })], [])), [
      'limit minutes 30 at [T5]',
      'limit minutes 10 at [L3]',
    ]));

  it('colliding effects stay, and are listed as conflicts', () => {
    const rules = [{ id: 'do', then: [{ recommend: 'squat', at: ['spine'] }] }, avoid(['L3'])];
    const outcome = run(rules, []);
    assert.equal(outcome.effects.length, 2);
    assert.deepEqual(outcome.conflicts, [
      { rules: ['avoid', 'do'], kind: 'barred', what: 'squat', at: [{ site: 'L3' }], state: 'in-force' },
    ]);
  });
  it('a conflict with a possible effect is possible', () => {
    const rules = [{ id: 'do', then: [{ recommend: 'squat' }] }, avoid('everywhere', { when: { fact: 'flag', is: true } })];
    assert.deepEqual(
      run(rules, []).conflicts.map(({ rules, state }) => [rules.join(' '), state]),
      [['avoid do', 'possible']],
    );
    assert.deepEqual(run(rules, [], true, { flag: false }).conflicts, []);
  });
  it('a range above a limit is a conflict of dose', () => {
    const rules = [{ id: 'do', then: [{ recommend: 'walk', with: { minutes: { atLeast: 20, unit: 'min' } } }] }, limit('less', 10)];
    assert.deepEqual(
      run(rules, []).conflicts.map(({ kind, what, rules }) => [kind, what, rules.join(' ')]),
      [['dose', 'minutes', 'do less']],
    );
  });
  it('shows ranges, steps, maximum, period, phases and note as they are written', () => {
    const effect = {
      recommend: { oneOf: ['walk', 'swim'] },
      with: { minutes: { atLeast: 10, below: 20, unit: 'min' }, effort: { is: 'light' } },
      steps: [{ title: 'First', with: { minutes: { is: 5 } } }],
      maximum: { minutes: { value: 40, unit: 'min' } },
      every: '7 d',
      during: ['early'],
      note: 'Slowly.',
    };
    assert.deepEqual(run([{ id: 'do', then: [effect] }], []).effects, [
      {
        verb: 'recommend',
        what: ['walk', 'swim'],
        rule: 'do',
        record: null,
        state: 'in-force',
        at: 'everywhere',
        every: '7 d',
        with: { effort: { is: 'light' }, minutes: { atLeast: 10, below: 20, unit: 'min' } },
        steps: [{ title: 'First', with: { minutes: { is: 5 } } }],
        maximum: { minutes: { value: 40, unit: 'min' } },
        during: ['early'],
        note: 'Slowly.',
      },
    ]);
  });
});
