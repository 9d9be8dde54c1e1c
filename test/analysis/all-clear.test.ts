/** Rule sets that were once called sound and are not: the smallest example of each, with the patient who shows it. */
import assert from 'node:assert/strict';
import { eventWords } from '../../server/src/diagnostics/cell-text.ts';
import { analysed, gapsOf, rule, type Small } from '../support/analysed.ts';

const WHOLE = { title: 'Whole', type: 'integer', minimum: 0, maximum: 5 };
const DATE = { title: 'Date', type: 'date' };

describe('no wrong all-clear', () => {
  it('half of a whole number may lie between two whole numbers', () => {
    const half = (operation: object) => ({
      facts: { whole: WHOLE },
      derived: { half: { title: 'Half', type: 'integer', ...operation } },
      rules: [rule('low', { fact: 'half', atMost: 1 }, 'go'), rule('high', { fact: 'half', atLeast: 2 }, 'stop')],
    });
    assert.deepEqual(gapsOf(half({ quotient: [{ fact: 'whole' }, 2] })), [{ whole: 3 }]);
    assert.deepEqual(gapsOf(half({ product: [{ fact: 'whole' }, 0.5] })), [{ whole: 3 }]);
    assert.deepEqual(gapsOf(half({ sum: [{ fact: 'whole' }, 2] })), []);
  });

  it('a bound with a time parts the day', () => {
    const bounds = (resolve: string, x: object, y: object) => ({
      facts: { seen: DATE },
      resolve,
      rules: [
        rule('x', { fact: 'seen', ...x }, 'go'),
        rule('y', { fact: 'seen', ...y }, 'care'),
        rule('never', { fact: 'seen', is: 'never' }, 'care'),
      ],
    });
    const noon = '2025-06-10T12:00:00Z';
    assert.deepEqual(gapsOf(bounds('strictest', { above: noon }, { below: noon })), [{ seen: noon }]);
    assert.deepEqual(gapsOf(bounds('strictest', { atLeast: noon }, { below: noon })), []);
    const both = analysed(bounds('single', { atLeast: '2025-06-10T08:00:00Z' }, { below: noon }));
    assert.deepEqual(
      both.decisionClashes.map(({ rules, answer }) => [rules.map(({ id }) => id), answer.witness.facts]),
      [[['x', 'y'], { seen: '2025-06-10T08:00:00Z' }]],
    );
    assert.equal(eventWords(both.decisionClashes[0]!.answer.region[0]!), 'since 10 Jun 2025, 08:00 UTC and before 10 Jun 2025, 12:00 UTC');
    assert.deepEqual(analysed(bounds('single', { atLeast: noon }, { below: noon })).decisionClashes, []);
  });

  it('of whom several values are possible the fact is unknown, and a test of it may hold', () => {
    const kind = {
      title: 'Kind',
      type: 'code',
      values: { solid: { title: 'Solid' }, breast: { title: 'Breast', isA: 'solid' }, lung: { title: 'Lung', isA: 'solid' } },
    };
    const isSolid = { fact: 'kind', is: 'solid' };
    const isUnknown = { unknown: { fact: 'kind' } };
    const rules = [rule('unknown', isUnknown, 'stop'), rule('solid', isSolid, 'go')];
    const apart = analysed({ facts: { kind }, resolve: 'single', rules });
    assert.ok(!apart.proved.some(({ kind: proved }) => proved === 'no-conflict'));
    assert.deepEqual(apart.notProved, [{ kind: 'conflict', names: ['clearance', 'solid', 'unknown'], why: 'arithmetic' }]);
    const both = analysed({
      facts: { kind },
      rules: [rule('both', { all: [isUnknown, isSolid] }, 'stop'), rule('always', undefined, 'go')],
    });
    assert.deepEqual(both.neverHolds, []);
    const blood = { ...kind, values: { ...kind.values, blood: { title: 'Blood' } } };
    const apartAnyway = [rule('unknown', { all: [isUnknown, { fact: 'kind', is: 'blood' }] }, 'stop'), rule('solid', isSolid, 'go')];
    assert.deepEqual(analysed({ facts: { kind: blood }, resolve: 'single', rules: apartAnyway }).decisionClashes, []);
  });

  it('a bound without a unit is in the declared one, whatever unit a value was recorded in', () => {
    const level = { title: 'Level', type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } };
    const tables = (test: object, high: number) => ({
      facts: { level },
      resolve: 'single',
      rules: [
        rule('low', { fact: 'level', ...test }, 'go'),
        rule('high', { fact: 'level', atLeast: { 'mg/dL': 4, 'mmol/L': high } }, 'stop'),
      ],
    });
    assert.deepEqual(gapsOf(tables({ below: 4 }, 2)), [{ level: { value: 1, unit: 'mmol/L' } }]);
    assert.deepEqual(gapsOf(tables({ below: 4 }, 1)), []);
    assert.deepEqual(analysed(tables({ below: 4 }, 1)).decisionClashes, []);
    assert.deepEqual(gapsOf(tables({ below: 1, unit: 'mmol/L' }, 1)), []);
  });

  it('two events are seen from one day', () => {
    const ago = (event: string) => ({ title: 'Ago', type: 'quantity', unit: 'd', since: event });
    const { neverHolds, proved, notProved } = analysed({
      facts: { one: DATE, other: DATE },
      derived: { 'ago-one': ago('one'), 'ago-other': ago('other') },
      rules: [
        rule('always', undefined, 'go'),
        rule(
          'impossible',
          {
            all: [
              { fact: 'one', atMost: '2020-01-01' },
              { fact: 'ago-one', atMost: 1, unit: 'd' },
              { fact: 'other', atLeast: '2025-01-01' },
              { fact: 'ago-other', atMost: 1, unit: 'd' },
            ],
          },
          'stop',
        ),
      ],
    });
    assert.ok(neverHolds.length === 1 || notProved.some(({ kind, names }) => kind === 'never-holds' && names.includes('impossible')));
    assert.ok(!proved.some(({ kind }) => kind === 'can-fire'));
  });

  it('where nobody else is possible there is who has an option without points', () => {
    const score = (unscored: object) => ({
      facts: {},
      scores: {
        ache: {
          title: 'Ache',
          components: { pain: { title: 'Pain', options: { none: 0, some: 2 }, undefined: unscored } },
        },
      },
      impossible: [
        {
          id: 'cannot',
          when: {
            any: [
              { score: 'ache', total: { atMost: 0 } },
              { score: 'ache', total: { atLeast: 1 } },
            ],
          },
          reason: 'So.',
        },
      ],
      rules: [rule('little', { score: 'ache', total: { is: 7 } }, 'go')],
    });
    const { gaps, proved } = analysed(score({ refused: 'No points.' }));
    assert.deepEqual(
      gaps.map(({ decision }) => decision.id),
      ['clearance'],
    );
    assert.ok(!proved.some(({ kind }) => kind === 'answered'));
  });

  it('of an event that must be recorded the day alone may be known', () => {
    const isUnknown = { unknown: { fact: 'seen' } };
    const { neverHolds, decisionClashes } = analysed({
      facts: { seen: { ...DATE, required: true } },
      resolve: 'single',
      rules: [rule('unknown', isUnknown, 'stop'), rule('always', undefined, 'care')],
    });
    assert.deepEqual(neverHolds, []);
    const [clash] = decisionClashes;
    assert.match(String(clash?.answer.witness.facts.seen), /^\d{4}-\d\d-\d\d$/);
  });

  it('a lesion of which only the sites are known that it may lie in is spared nowhere', () => {
    const site = { title: 'Site', type: 'code', values: 'sites' };
    const spared = (side: object) => ({
      facts: {},
      sites: {
        spine: { title: 'Spine' },
        L1: { title: 'L1', partOf: 'spine' },
        L2: { title: 'L2', partOf: 'spine' },
        rib: { title: 'Rib' },
      },
      activities: { load: { title: 'Load' } },
      groups: { lesions: { title: 'Lesions', facts: { site } } },
      rules: [
        rule('always', undefined, 'go'),
        { ...rule('bar', undefined, 'go'), then: [{ forbid: 'load', at: { below: 'spine', except: { group: 'lesions' } } }] },
        { ...rule('ask', undefined, 'go'), of: 'lesions', when: side, then: [{ require: 'load', at: 'here' }] },
      ],
    });
    const [clash, ...others] = analysed(spared({ fact: 'site', is: 'spine' })).clashes;
    assert.deepEqual(others, []);
    assert.deepEqual(clash?.answer.witness.groups?.lesions?.records[0]?.facts, { site: { oneOf: ['L1', 'L2'] } });
    // In the rib nothing is barred, wherever in it.
    const apart = analysed(spared({ fact: 'site', is: 'rib' }));
    assert.deepEqual([apart.clashes, apart.notProved], [[], []]);
  });

  it('to meet one test and fail `every` with the same condition takes two records', () => {
    const isFixed = { fact: 'fixed', is: true };
    const lesions = { title: 'Lesions', facts: { fixed: { title: 'Fixed', type: 'boolean' } } };
    const all = { every: 'lesions', where: isFixed };
    const either = (first: object) => ({ facts: {}, groups: { lesions }, rules: [rule('either', { any: [first, all] }, 'go')] });
    const [gap] = analysed(either({ none: 'lesions', where: isFixed })).gaps;
    assert.deepEqual(gap?.answer.witness.groups?.lesions?.records.map(({ facts }) => facts.fixed).sort(), [false, true]);
    assert.deepEqual(analysed(either({ not: all })).gaps, []);
    const mixed = rule('mixed', { all: [{ some: 'lesions', where: isFixed }, { not: all }] }, 'stop');
    assert.deepEqual(analysed({ facts: {}, groups: { lesions }, rules: [mixed, rule('always', undefined, 'go')] }).neverHolds, []);
  });

  it('a table that asks about records is known for who has such a record', () => {
    const { gaps, alwaysHolds } = analysed({
      facts: {},
      groups: { lesions: { title: 'Lesions', facts: { fixed: { title: 'Fixed', type: 'boolean' } } } },
      derived: {
        grade: {
          title: 'Grade',
          type: 'code',
          values: ['firm'],
          table: [{ when: { some: 'lesions', where: { fact: 'fixed', is: true } }, value: 'firm' }],
        },
      },
      rules: [rule('unknown', { unknown: { fact: 'grade' } }, 'stop')],
    });
    assert.equal(gaps.length, 1);
    assert.deepEqual(alwaysHolds, []);
  });

  it('a number worked out that no test names is known all the same, though it cannot be nought', () => {
    const amount = { title: 'Amount', type: 'decimal', minimum: 10, maximum: 20 };
    const half = { title: 'Half', type: 'decimal', quotient: [{ fact: 'amount' }, 2] };
    const { gaps, alwaysHolds } = analysed({
      facts: { amount },
      derived: { half },
      rules: [rule('unknown', { unknown: { fact: 'half' } }, 'stop')],
    });
    assert.equal(gaps.length, 1);
    assert.deepEqual(alwaysHolds, []);
  });

  it('a broad value of a table may be any below it', () => {
    const values = { solid: { title: 'Solid' }, breast: { title: 'Breast', isA: 'solid' }, lung: { title: 'Lung', isA: 'solid' } };
    const found = (fact: string) => {
      const table = [{ when: { fact: 'seen', is: true }, value: 'solid' }, { value: 'lung' }];
      return analysed({
        facts: { seen: { title: 'Seen', type: 'boolean' } },
        derived: { kind: { title: 'Kind', type: 'code', values, table } },
        scores: { ache: { title: 'Ache', components: { kind: { title: 'Kind', from: 'kind', options: { breast: 1, lung: 1 } } } } },
        rules: [
          rule('always', undefined, 'go'),
          rule('other', { all: [{ fact: 'seen', is: true }, { not: { fact: 'kind', is: 'breast' } }] }, 'stop'),
          rule(
            'scored',
            {
              all: [
                { fact: 'seen', is: true },
                { score: 'ache', total: { is: 1 } },
              ],
            },
            'stop',
          ),
          rule('unknown', { unknown: { fact } }, 'stop'),
        ],
      }).neverHolds.map(({ id }) => id);
    };
    assert.deepEqual(found('kind'), ['other']);
  });

  it('beside the sites where lesions lie there are others that nobody names, and another side', () => {
    const lesions = {
      title: 'Lesions',
      facts: { site: { title: 'Site', type: 'code', values: 'sites' }, side: { title: 'Side', type: 'side' } },
    };
    const sparing = (site: string, parts: object) => ({
      facts: {},
      sites: { [site]: { title: site }, ...parts },
      activities: { load: { title: 'Load' } },
      groups: { lesions },
      rules: [
        rule('always', undefined, 'go'),
        { ...rule('bar', undefined, 'go'), then: [{ avoid: 'load', at: [site] }] },
        {
          ...rule('advise', { fact: 'site', is: site }, 'go'),
          of: 'lesions',
          then: [{ recommend: 'load', at: { below: site, except: { group: 'lesions' } } }],
        },
      ],
    });
    const L = (id: string) => ({ [id]: { title: id, partOf: 'spine' } });
    const clashing = (small: Small) => analysed(small).clashes.map(({ rules }) => rules.map(({ id }) => id));
    assert.deepEqual(clashing(sparing('spine', { ...L('L1'), ...L('L2') })), [['advise', 'bar']]);
    assert.deepEqual(clashing(sparing('femur', { femur: { title: 'Femur', paired: true } })), [['advise', 'bar']]);
    assert.deepEqual(clashing(sparing('spine', L('L1'))), []);
  });

  it('of whom less is known it may not be known that they are impossible', () => {
    const flag = { title: 'Flag', type: 'boolean', required: true };
    const isOff = { fact: 'flag', is: false };
    const { neverHolds, proved, notProved } = analysed({
      facts: { flag },
      groups: { lesions: { title: 'Lesions', facts: { fixed: { title: 'Fixed', type: 'boolean' } } } },
      // Of a list that may hold more lesions it is not known.
      impossible: [{ id: 'cannot', when: { every: 'lesions', where: isOff }, reason: 'So.' }],
      rules: [rule('always', undefined, 'go'), { ...rule('off', isOff, 'stop'), of: 'lesions' }],
    });
    assert.deepEqual(neverHolds, []);
    assert.ok(!proved.some(({ kind }) => kind === 'can-fire'));
    assert.ok(notProved.some(({ kind, names }) => kind === 'never-holds' && names.includes('off')));
  });

  it('what is decided of somebody unknown is the answer for whom some values are excluded', () => {
    const values = { breast: { title: 'Breast' }, lung: { title: 'Lung' }, blood: { title: 'Blood' } };
    const found = (fact: object) =>
      analysed({
        facts: { kind: { title: 'Kind', ...fact } },
        rules: [
          rule('always', undefined, 'go'),
          rule('one', { fact: 'kind', is: fact === flag ? true : 'blood' }, 'stop'),
          rule('unknown', { unknown: { fact: 'kind' } }, 'care'),
        ],
      });
    const flag = { type: 'boolean' };
    assert.deepEqual(found({ type: 'code', values }).hidden, []);
    assert.deepEqual(
      found(flag).hidden.map(({ rule: { id } }) => id),
      ['unknown'],
    );
  });

  it('a rule that decides two values contradicts itself, also where the first rule decides', () => {
    const both = rule('both', { fact: 'flag', is: true }, 'stop') as { then: readonly object[] };
    const found = (resolve: string, before: readonly object[]) => {
      const { decisionClashes, proved } = analysed({
        facts: { flag: { title: 'Flag', type: 'boolean' } },
        resolve,
        rules: [...before, { ...both, then: [...both.then, { decide: 'clearance', as: 'go' }] }],
      });
      assert.equal(
        proved.some(({ kind }) => kind === 'no-conflict'),
        decisionClashes.length === 0,
      );
      return decisionClashes.map(({ rules }) => rules.map(({ id }) => id));
    };
    assert.deepEqual(found('first', []), [['both']]);
    assert.deepEqual(found('first', [rule('on', { fact: 'flag', is: true }, 'care')]), []);
    assert.deepEqual(found('first', [rule('off', { fact: 'flag', is: false }, 'care')]), [['both']]);
    assert.deepEqual(found('strictest', []), []);
  });

  it('a rule that decides two values is not hidden by what comes between them', () => {
    const both = rule('both', undefined, 'go') as { then: readonly object[] };
    const found = (as: string) =>
      analysed({
        facts: {},
        rules: [{ ...both, then: [{ decide: 'clearance', as }, ...both.then] }, rule('other', undefined, 'care')],
      }).hidden.map(({ rule: { id } }) => id);
    assert.deepEqual(found('stop'), ['other']);
    assert.deepEqual(found('go'), ['both']);
  });

  it('a time since an event of the patient is not that since an event of the record that is called the same', () => {
    const since = { fact: 'hours', below: 48, unit: 'h' };
    const { neverHolds } = analysed({
      facts: { seen: DATE },
      groups: { lesions: { title: 'Lesions', facts: { seen: DATE } } },
      derived: { hours: { title: 'Hours', type: 'quantity', unit: 'h', since: 'seen' } },
      rules: [rule('always', undefined, 'go'), { ...rule('both', { all: [since, { fact: 'seen', is: 'never' }] }, 'stop'), of: 'lesions' }],
    });
    assert.deepEqual(neverHolds, []);
  });

  it('a group and a score of one name are not unknown together', () => {
    const { redundant } = analysed({
      facts: {},
      groups: { falls: { title: 'Falls', facts: { fixed: { title: 'Fixed', type: 'boolean' } } } },
      scores: { falls: { title: 'Falls', validFor: '30 d', components: { gait: { title: 'Gait', options: { firm: 1, unsteady: 2 } } } } },
      rules: [
        rule('always', undefined, 'go'),
        rule('undated', { unknown: { score: 'falls' } }, 'stop'),
        rule('unlisted', { all: [{ unknown: { group: 'falls' } }, { score: 'falls', total: { is: 1 } }] }, 'stop'),
      ],
    });
    assert.deepEqual(
      redundant.map(({ rule: { id } }) => id),
      [],
    );
  });
});
