/** Comparisons, groups, counts, `unknown`, derived facts, dates: the truth of one rule for one patient. */
import assert from 'node:assert/strict';
import { outcomeOf } from '../support/rule-sets.ts';

const DECLARED = {
  facts: {
    flag: { type: 'boolean' },
    age: { type: 'quantity', unit: 'a', minimum: 0, maximum: 120 },
    dose: { type: 'decimal' },
    kind: { type: 'code', values: { solid: {}, breast: { isA: 'solid' }, blood: {}, mixed: { isA: ['solid', 'blood'] } } },
    ended: { type: 'date' },
    remark: { type: 'text' },
    weight: { type: 'quantity', unit: 'kg' },
    height: { type: 'quantity', unit: 'm', alsoIn: { cm: 100 } },
    days: { type: 'integer' },
  },
  groups: { drugs: { facts: { mg: { type: 'integer' } } } },
  derived: {
    hours: { type: 'quantity', unit: 'h', since: 'ended' },
    bmi: {
      type: 'quantity',
      unit: 'kg/m2',
      quotient: [
        { fact: 'weight', unit: 'kg' },
        {
          product: [
            { fact: 'height', unit: 'm' },
            { fact: 'height', unit: 'm' },
          ],
        },
      ],
    },
    ratio: { type: 'decimal', quotient: [{ fact: 'dose' }, { fact: 'days' }] },
    square: { type: 'decimal', difference: [{ product: [{ fact: 'days' }, { fact: 'days' }] }, { fact: 'days' }] },
    class: {
      type: 'code',
      values: ['low', 'high'],
      table: [
        { when: { fact: 'dose', below: 5 }, value: 'low' },
        { when: { fact: 'dose', above: 5 }, value: 'high' },
      ],
    },
    sure: { type: 'code', values: ['low', 'high'], table: [{ when: { fact: 'flag', is: true }, value: 'low' }, { value: 'high' }] },
    round: { type: 'decimal', sum: [{ fact: 'round' }, 1] },
  },
};

type Answer = 'fired' | 'ruled-out' | 'undetermined';

function status(when: object, facts: object, rest: object = {}): Answer {
  return outcomeOf({ ...DECLARED, rules: [{ id: 'r', when }] }, { facts, ...rest }).rules[0]!.status;
}

function table(name: string, rows: readonly (readonly [object, object, Answer, object?])[]): void {
  it(name, () => {
    for (const [when, facts, expected, rest] of rows)
      assert.equal(status(when, facts, rest), expected, JSON.stringify([when, facts, rest]));
  });
}

const years = (value: number) => ({ age: { value, unit: 'a' } });

describe('comparisons', () => {
  table('absent is unknown, one value is known, several are known where all agree', [
    [{ fact: 'age', atLeast: 18, unit: 'a' }, {}, 'undetermined'],
    [{ fact: 'age', atLeast: 18, unit: 'a' }, years(18), 'fired'],
    [{ fact: 'age', above: 18, unit: 'a' }, years(18), 'ruled-out'],
    [{ fact: 'age', atMost: 18, unit: 'a' }, years(18), 'fired'],
    [{ fact: 'age', below: 18, unit: 'a' }, years(18), 'ruled-out'],
    [
      { fact: 'age', atLeast: 18, unit: 'a' },
      {
        age: {
          oneOf: [
            { value: 17, unit: 'a' },
            { value: 18, unit: 'a' },
          ],
        },
      },
      'undetermined',
    ],
    [
      { fact: 'age', atLeast: 18, unit: 'a' },
      {
        age: {
          oneOf: [
            { value: 20, unit: 'a' },
            { value: 18, unit: 'a' },
          ],
        },
      },
      'fired',
    ],
    [{ fact: 'age', atLeast: 216, unit: 'mo' }, years(18), 'fired'],
    [{ fact: 'dose', is: 0.3 }, { dose: 0.3 }, 'fired'],
    [{ fact: 'dose', in: [1, 2] }, { dose: 2 }, 'fired'],
    [{ fact: 'dose', atLeast: 5, atMost: 3 }, { dose: 4 }, 'ruled-out'],
    [{ fact: 'remark', is: 'x' }, { remark: 'x' }, 'undetermined'],
    [{ fact: 'nobody', is: true }, { flag: true }, 'undetermined'],
    [{ fact: 'round', atLeast: 0 }, {}, 'undetermined'],
  ]);
  table('a code is whatever lies above it by any parent, and stands for every leaf below', [
    [{ fact: 'kind', is: 'solid' }, { kind: 'mixed' }, 'fired'],
    [{ fact: 'kind', is: 'blood' }, { kind: 'mixed' }, 'fired'],
    [{ fact: 'kind', is: 'breast' }, { kind: 'solid' }, 'undetermined'],
    [{ fact: 'kind', in: ['breast', 'mixed'] }, { kind: 'solid' }, 'fired'],
    [{ fact: 'kind', is: 'blood' }, { kind: 'breast' }, 'ruled-out'],
    [{ fact: 'kind', is: 'sold' }, { kind: 'breast' }, 'undetermined'],
  ]);
  table('`any` of what every value meets one by one stays unknown, node by node', [
    [
      {
        any: [
          { fact: 'kind', is: 'breast' },
          { fact: 'kind', is: 'mixed' },
        ],
      },
      { kind: 'solid' },
      'undetermined',
    ],
    [{ any: [{ fact: 'flag', is: true }, { not: { fact: 'flag', is: true } }] }, {}, 'undetermined'],
    [
      {
        all: [
          { fact: 'flag', is: true },
          { fact: 'dose', is: 1 },
        ],
      },
      { dose: 2 },
      'ruled-out',
    ],
    [
      {
        any: [
          { fact: 'flag', is: true },
          { fact: 'dose', is: 1 },
        ],
      },
      { dose: 1 },
      'fired',
    ],
  ]);
});

describe('groups and counts', () => {
  const drugs = (complete: boolean, ...mg: (number | undefined)[]) => ({
    groups: { drugs: { complete, records: mg.map((value, i) => ({ id: `d${i}`, facts: value === undefined ? {} : { mg: value } })) } },
  });
  const high = { fact: 'mg', atLeast: 5 };
  const some = { some: 'drugs', where: high };
  const none = { none: 'drugs', where: high };
  const every = { every: 'drugs', where: high };
  table('some, none, every', [
    [some, {}, 'fired', drugs(true, 1, 5)],
    [some, {}, 'ruled-out', drugs(true, 1)],
    [some, {}, 'ruled-out', drugs(true)],
    [some, {}, 'undetermined', drugs(true, 1, undefined)],
    [some, {}, 'undetermined', drugs(false, 1)],
    [some, {}, 'fired', drugs(false, 5)],
    [some, {}, 'undetermined'],
    [{ some: 'drugs' }, {}, 'fired', drugs(false, undefined)],
    [none, {}, 'ruled-out', drugs(false, 5)],
    [none, {}, 'fired', drugs(true)],
    [none, {}, 'undetermined', drugs(false)],
    [every, {}, 'ruled-out', drugs(true)],
    [every, {}, 'undetermined', drugs(false)],
    [every, {}, 'undetermined', drugs(false, 5)],
    [every, {}, 'fired', drugs(true, 5, 6)],
    [every, {}, 'ruled-out', drugs(false, 5, 1)],
    [every, {}, 'undetermined', drugs(true, 5, undefined)],
  ]);
  const count = (test: object) => ({ count: 'drugs', where: high, ...test });
  table('count goes from the true records to the true and unknown ones, without end while incomplete', [
    [count({ atLeast: 2 }), {}, 'fired', drugs(false, 5, 6)],
    [count({ atLeast: 2 }), {}, 'undetermined', drugs(true, 5, undefined)],
    [count({ atLeast: 3 }), {}, 'ruled-out', drugs(true, 5, undefined)],
    [count({ atMost: 2 }), {}, 'undetermined', drugs(false)],
    [count({ atMost: 1 }), {}, 'ruled-out', drugs(false, 5, 6)],
    [count({ is: 1 }), {}, 'fired', drugs(true, 5, 1)],
    [count({ is: 1.5 }), {}, 'ruled-out', drugs(false)],
    [count({ atLeast: 1e15 }), {}, 'undetermined', drugs(false)],
    [
      {
        count: [
          { fact: 'flag', is: true },
          { fact: 'dose', is: 1 },
        ],
        atLeast: 1,
      },
      { dose: 1 },
      'fired',
    ],
    [
      {
        count: [
          { fact: 'flag', is: true },
          { fact: 'dose', is: 1 },
        ],
        is: 1,
      },
      { dose: 1 },
      'undetermined',
    ],
  ]);
  table('`unknown` is two-valued, and counts as not known where it must not stand', [
    [{ unknown: { fact: 'flag' } }, {}, 'fired'],
    [{ unknown: { fact: 'flag' } }, { flag: true }, 'ruled-out'],
    [{ unknown: { fact: 'kind' } }, { kind: 'solid' }, 'fired'],
    [{ unknown: { fact: 'kind' } }, { kind: { oneOf: ['breast', 'breast'] } }, 'ruled-out'],
    [{ unknown: { fact: 'ended' } }, { ended: '2026-11-20' }, 'fired'],
    [{ unknown: { fact: 'ended' } }, { ended: '2026-11-20T10:00:00Z' }, 'ruled-out'],
    [{ unknown: { fact: 'bmi' } }, {}, 'fired'],
    [{ unknown: { group: 'drugs' } }, {}, 'fired'],
    [{ unknown: { group: 'drugs' } }, {}, 'fired', drugs(false, 1)],
    [{ unknown: { group: 'drugs' } }, {}, 'ruled-out', drugs(true)],
    [{ some: 'drugs', where: { unknown: { fact: 'mg' } } }, {}, 'fired', drugs(true, undefined)],
    [{ not: { unknown: { fact: 'flag' } } }, { flag: true }, 'undetermined'],
    [{ none: 'drugs', where: { unknown: { fact: 'mg' } } }, {}, 'undetermined', drugs(true, 1)],
  ]);
  it('`unknown` does not count in a rule that overrides or decides the loosest value', () => {
    const decisions = { d: { values: ['stop', 'go'], resolve: 'strictest' } };
    const rules = [
      { id: 'go', when: { unknown: { fact: 'flag' } }, then: [{ decide: 'd', as: 'go' }] },
      { id: 'stop', when: { unknown: { fact: 'flag' } }, then: [{ decide: 'd', as: 'stop' }] },
      { id: 'over', when: { unknown: { fact: 'flag' } }, override: { rules: ['stop'], reason: 'Because.' } },
    ];
    const outcome = outcomeOf({ ...DECLARED, decisions, rules }, {});
    assert.deepEqual(
      outcome.rules.map(rule => rule.status),
      ['undetermined', 'undetermined', 'undetermined'],
    );
  });
});

describe('derived facts', () => {
  const body = (kg: object, m: object) => ({ weight: kg, height: m });
  const kg = { value: 72, unit: 'kg' };
  table('formulas are exact, take the units they name, and are unknown with an input', [
    [{ fact: 'bmi', is: 22.2222222222, unit: 'kg/m2' }, body(kg, { value: 180, unit: 'cm' }), 'ruled-out'],
    [{ fact: 'bmi', atLeast: 20, atMost: 20, unit: 'kg/m2' }, body({ value: 80, unit: 'kg' }, { value: 200, unit: 'cm' }), 'fired'],
    [{ fact: 'bmi', above: 22.2, below: 22.3, unit: 'kg/m2' }, body(kg, { value: 1.8, unit: 'm' }), 'fired'],
    [{ fact: 'bmi', above: 22.2, unit: 'kg/m2' }, { weight: kg }, 'undetermined'],
    [{ fact: 'ratio', atLeast: 0 }, { dose: 1, days: 0 }, 'undetermined'],
    [{ fact: 'ratio', atLeast: 0 }, { dose: 1, days: { oneOf: [0, 1] } }, 'undetermined'],
  ]);
  table('a fact read twice is one fact', [
    [{ fact: 'square', in: [2, 6] }, { days: { oneOf: [2, 3] } }, 'fired'],
    [{ fact: 'square', is: 1 }, { days: { oneOf: [2, 3] } }, 'ruled-out'],
  ]);
  table('a table gives the first row that holds; none is unknown', [
    [{ fact: 'class', is: 'low' }, { dose: 4 }, 'fired'],
    [{ fact: 'class', in: ['low', 'high'] }, { dose: 5 }, 'undetermined'],
    [{ fact: 'class', in: ['low', 'high'] }, { dose: { oneOf: [4, 6] } }, 'fired'],
    [{ fact: 'sure', in: ['low', 'high'] }, {}, 'fired'],
    [{ fact: 'sure', is: 'low' }, {}, 'undetermined'],
  ]);
  const ended = (date: unknown) => ({ ended: date });
  table('the time since an event is a range where the time of day is not known; since never meets no comparison', [
    [{ fact: 'hours', atLeast: 48, unit: 'h' }, ended('2026-11-20T12:00:00Z'), 'fired'],
    [{ fact: 'hours', atLeast: 2, unit: 'd' }, ended('2026-11-20T12:00:00Z'), 'fired'],
    [{ fact: 'hours', above: 48, unit: 'h' }, ended('2026-11-20T12:00:00Z'), 'ruled-out'],
    [{ fact: 'hours', atLeast: 48, unit: 'h' }, ended('2026-11-20'), 'undetermined'],
    [{ fact: 'hours', atLeast: 36, unit: 'h' }, ended('2026-11-20'), 'fired'],
    [{ fact: 'hours', atMost: 12, unit: 'h' }, ended('2026-11-22'), 'fired'],
    [{ fact: 'hours', atLeast: 0, unit: 'h' }, ended('never'), 'ruled-out'],
    [{ not: { fact: 'hours', atLeast: 0, unit: 'h' } }, ended('never'), 'fired'],
    [{ fact: 'hours', atLeast: 0, unit: 'h' }, ended('2026-11-23'), 'undetermined'],
    [{ fact: 'hours', atLeast: 0, unit: 'h' }, {}, 'undetermined'],
    [{ fact: 'hours', atLeast: 48, unit: 'h' }, ended('2026-11-20T13:30:00+01:00'), 'ruled-out'],
  ]);
  table('a day as a bound is the whole day', [
    [{ fact: 'ended', atMost: '2026-11-20' }, ended('2026-11-20T23:00:00Z'), 'fired'],
    [{ fact: 'ended', above: '2026-11-20' }, ended('2026-11-20T23:00:00Z'), 'ruled-out'],
    [{ fact: 'ended', is: '2026-11-20' }, ended('2026-11-20'), 'fired'],
    [{ fact: 'ended', atLeast: '2026-11-20T10:00:00Z' }, ended('2026-11-20'), 'undetermined'],
    [{ fact: 'ended', atMost: '2026-11-22T12:00:00Z' }, ended('2026-11-22'), 'fired'],
    [{ fact: 'ended', is: 'never' }, ended('never'), 'fired'],
    [{ fact: 'ended', is: 'never' }, ended('2026-11-20'), 'ruled-out'],
    [{ fact: 'ended', atMost: '2026-11-20' }, ended('never'), 'ruled-out'],
  ]);
});
