/** Rule sets once called sound where something stays open even for whom all is recorded: points, a number, the time of a day. */
import assert from 'node:assert/strict';
import { analysed, gapsOf, rule } from '../support/analysed.ts';

const FLAG = { title: 'Flag', type: 'boolean' };
const AMOUNT = { title: 'Amount', type: 'decimal', minimum: 0, maximum: 3 };
const isOn = { fact: 'flag', is: true };

describe('no wrong all-clear where something stays open', () => {
  const table = (type: string, value: number, others: readonly object[] = []) => ({
    facts: { amount: AMOUNT, flag: FLAG },
    derived: { grade: { title: 'Grade', type, table: [{ when: { fact: 'amount', above: 1 }, value }, ...others] } },
    scores: { sum: { title: 'Sum', components: { grade: { title: 'Grade', fact: 'grade' } } } },
  });

  it('a number of a table that is its own points need not be whole', () => {
    const total = (is: number) => rule(is === 1 ? 'one' : 'half', { score: 'sum', total: { is } }, 'stop');
    const { neverHolds, hidden, redundant } = analysed({
      ...table('decimal', 0.5, [{ value: 0 }]),
      rules: [rule('always', undefined, 'go'), total(0.5), total(1)],
    });
    assert.deepEqual(
      neverHolds.map(({ id }) => id),
      ['one'],
    );
    assert.deepEqual([hidden, redundant], [[], []]);
  });

  it('of whom a table gives no number the points can be any, and the patient is there all the same', () => {
    const small = { ...table('integer', 1), rules: [rule('high', { all: [isOn, { score: 'sum', total: { is: 1 } }] }, 'stop')] };
    assert.equal(gapsOf({ ...small, appliesTo: { fact: 'amount', atMost: 1 } }).length, 1);
    const { neverHolds } = analysed({
      ...small,
      rules: [rule('on', { any: [isOn, { score: 'sum', total: { is: 1 } }, { score: 'sum', anyComponent: { is: 1 } }] }, 'stop')],
      appliesTo: { fact: 'amount', atMost: 1 },
    });
    assert.deepEqual(neverHolds, []);
  });

  it('who has no value for what is calculated is not impossible for one', () => {
    const nought = { title: 'Whole', type: 'integer', minimum: 0, maximum: 2 };
    const { alwaysHolds } = analysed({
      facts: { whole: nought, flag: FLAG },
      derived: { ratio: { title: 'Ratio', type: 'decimal', quotient: [{ fact: 'whole' }, { fact: 'whole' }] } },
      impossible: [
        {
          id: 'cannot',
          when: {
            all: [
              { fact: 'ratio', atLeast: 0 },
              { fact: 'flag', is: false },
            ],
          },
          reason: 'So.',
        },
      ],
      rules: [rule('always', undefined, 'go'), rule('on', isOn, 'stop')],
    });
    assert.deepEqual(alwaysHolds, []);
  });

  it('of an event that must be recorded the time of day need not be known: two halves of a day do not do what the day does', () => {
    const noon = '2025-06-10T12:00:00Z';
    const found = (required: boolean, day: object) =>
      analysed({
        facts: { seen: { title: 'Seen', type: 'date', required } },
        rules: [
          rule('before', { fact: 'seen', below: noon }, 'stop'),
          rule('after', { fact: 'seen', atLeast: noon }, 'stop'),
          rule('whole', { fact: 'seen', ...day }, 'stop'),
        ],
      }).redundant.map(({ rule: { id } }) => id);
    assert.deepEqual(found(true, { is: '2025-06-10' }), []);
    assert.deepEqual(found(true, { below: '2025-06-09' }), ['whole']);
  });

  it('where the time of day is not known, as it need not be, another input may be missing', () => {
    const inputs = (when: object) =>
      analysed({
        facts: { seen: { title: 'Seen', type: 'date', required: true }, flag: FLAG },
        rules: [rule('always', undefined, 'go'), rule('on', { all: [when, isOn] }, 'stop')],
      }).hazards.map(({ input: { id } }) => id);
    assert.deepEqual(inputs({ unknown: { fact: 'seen' } }), ['flag']);
    assert.deepEqual(inputs({ fact: 'seen', is: 'never' }), ['flag']);
  });

  it('where points stay open another input may settle what they leave', () => {
    const pain = (unscored: object) => ({
      facts: { flag: FLAG },
      scores: { ache: { title: 'Ache', components: { pain: { title: 'Pain', options: { some: 3, none: 0 }, ...unscored } } } },
      rules: [
        rule('always', undefined, 'go'),
        { ...rule('mild', { score: 'ache', total: { is: 3 } }, 'care'), override: { rules: ['on'], reason: 'So.' } },
        rule('on', { all: [isOn, { score: 'ache', total: { is: 3 } }] }, 'stop'),
      ],
    });
    const inputs = (unscored: object) => analysed(pain(unscored)).hazards.map(({ input: { id } }) => id);
    assert.deepEqual(inputs({ undefined: { refused: 'No points.' } }), ['flag', 'ache']);
    assert.deepEqual(inputs({}), ['ache']);
  });

  it('where a number has no value another input may settle what it leaves', () => {
    const whole = (minimum: number) => ({ title: 'Whole', type: 'integer', minimum, maximum: 2 });
    const inputs = (minimum: number) =>
      analysed({
        facts: { whole: { ...whole(minimum), required: true }, flag: FLAG },
        derived: { ratio: { title: 'Ratio', type: 'decimal', quotient: [1, { fact: 'whole' }] } },
        rules: [
          rule('always', undefined, 'go'),
          { ...rule('some', { fact: 'ratio', atLeast: 0 }, 'care'), override: { rules: ['on'], reason: 'So.' } },
          rule('on', isOn, 'stop'),
        ],
      }).hazards.map(({ input: { id } }) => id);
    assert.deepEqual(inputs(0), ['flag']);
    assert.deepEqual(inputs(1), []);
  });

  it('what is calculated from an input may have no value though the input is there', () => {
    const { hazards, notProved } = analysed({
      facts: { whole: { title: 'Whole', type: 'integer', minimum: 0, maximum: 2 } },
      derived: { ratio: { title: 'Ratio', type: 'decimal', quotient: [1, { fact: 'whole' }] } },
      impossible: [{ id: 'cannot', when: { fact: 'ratio', atLeast: 0 }, reason: 'So.' }],
      rules: [rule('always', undefined, 'go'), rule('none', { fact: 'whole', is: 0 }, 'stop')],
    });
    const told = [
      ...hazards.map(({ input: { id } }) => id),
      ...notProved.flatMap(({ kind, names }) => (kind === 'missing-data' ? names : [])),
    ];
    assert.ok(told.includes('whole'), JSON.stringify(told));
  });

  it('an event that is not recorded may have voided a score', () => {
    const voided = (voidedBy: object) => ({
      facts: { fell: { title: 'Fell', type: 'date' } },
      scores: { ache: { title: 'Ache', ...voidedBy, components: { pain: { title: 'Pain', options: { some: 3, none: 0 } } } } },
      rules: [rule('always', undefined, 'go'), rule('pain', { score: 'ache', total: { is: 3 } }, 'stop')],
    });
    const inputs = (voidedBy: object) => analysed(voided(voidedBy)).hazards.map(({ input: { id } }) => id);
    assert.deepEqual(inputs({ voidedBy: ['fell'] }), ['fell', 'ache']);
    assert.deepEqual(inputs({}), ['ache']);
  });

  it('what a table gives either way is known where an input is absent, and nothing requires it then', () => {
    const isOff = { fact: 'flag', is: false };
    const { hazards, notProved } = analysed({
      facts: { flag: FLAG },
      assessments: { look: { title: 'Look', gives: ['flag'] } },
      derived: { either: { title: 'Either', type: 'boolean', table: [isOn, isOff].map(when => ({ when, value: true })) } },
      rules: [
        rule('always', undefined, 'go'),
        rule('on', isOn, 'stop'),
        { ...rule('ask', { unknown: { fact: 'either' } }, 'care'), then: [{ require: 'look' }] },
      ],
    });
    const told = [
      ...hazards.map(({ input: { id } }) => id),
      ...notProved.flatMap(({ kind, names }) => (kind === 'missing-data' ? names : [])),
    ];
    assert.ok(told.includes('flag'), JSON.stringify(told));
  });

  it('a number that is calculated from a score hangs on that score', () => {
    const { hazards, notProved } = analysed({
      facts: {},
      scores: { ache: { title: 'Ache', components: { pain: { title: 'Pain', options: { some: 3, none: 0 } } } } },
      derived: {
        grade: { title: 'Grade', type: 'integer', table: [{ when: { score: 'ache', total: { is: 3 } }, value: 2 }, { value: 0 }] },
        more: { title: 'More', type: 'integer', sum: [{ fact: 'grade' }, 1] },
      },
      rules: [rule('always', undefined, 'go'), rule('high', { fact: 'more', atLeast: 2 }, 'stop')],
    });
    const told = [
      ...hazards.map(({ input: { id } }) => id),
      ...notProved.flatMap(({ kind, names }) => (kind === 'missing-data' ? names : [])),
    ];
    assert.ok(told.includes('ache'), JSON.stringify(told));
  });
});
