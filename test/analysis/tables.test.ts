/** Decision tables of the usual kinds, written as rule sets: gaps, overlaps, masked rules and doubles, on every type of input. */
import assert from 'node:assert/strict';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import { replayWith, witnessText } from '../../server/src/replay.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

/** A row: its conditions on the facts, then the value. The text of numbers is kept as written. */
type Row = readonly [when: string, value: string];

interface Table {
  readonly facts: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly resolve?: 'single' | 'first' | 'strictest' | 'collect';
}

const PERCENT = '{ "title": "Percent", "type": "integer", "minimum": 0, "maximum": 100, "required": true }';
const AMOUNT = '{ "title": "Amount", "type": "decimal", "required": true }';
const YES = '{ "title": "Yes", "type": "boolean", "required": true }';
const COLOUR = '{ "title": "Colour", "type": "code", "values": ["red", "green", "blue"], "required": true }';
const DAY = '{ "title": "Day", "type": "date", "required": true }';

function analysed({ facts, rows, resolve = 'single' }: Table): Analysis {
  const rules = rows.map(
    ([when, value], i) =>
      `{ "id": "row-${i + 1}", "title": "Row", ${when === '-' ? '' : `"when": { "all": [${when}] }, `}"then": [{ "decide": "out", "as": "${value}" }], "source": { "id": "s${i}" } }`,
  );
  const text = `{ "id": "table", "title": "Table", "version": "1.0.0", "complete": true,
    "facts": { ${Object.entries(facts)
      .map(([id, fact]) => `"${id}": ${fact}`)
      .join(', ')} },
    "decisions": { "out": { "title": "Out", "values": ["a", "b", "c"], "resolve": "${resolve}", "mustDecide": true } },
    "rules": [${rules.join(', ')}] }`;
  const ruleSet = ruleSetOf(text);
  return analyse(ruleSet, replayWith(ruleSet));
}

/** What a table is found to be, in short: `gap: …`, `overlap 1 2`, `masked 3`, `never 4`, `redundant 5 by 1 2`. */
function check(table: Table, expected: readonly string[]): void {
  const { gaps, decisionClashes, hidden, neverHolds, redundant, notProved, proved } = analysed(table);
  const found = [
    ...gaps.map(
      ({ answer }) =>
        `gap ${witnessText(answer.witness)
          .replace(/.*"facts":|,"groups".*/g, '')
          .replace(/\}$/, '')}`,
    ),
    ...decisionClashes.map(({ rules }) => `overlap ${rules.map(({ id }) => id.slice(4)).join(' ')}`),
    ...hidden.map(({ rule }) => `masked ${rule.id.slice(4)}`),
    ...neverHolds.map(({ id }) => `never ${id.slice(4)}`),
    ...redundant.map(
      ({ rule, by }) =>
        `redundant ${rule.id.slice(4)} by ${by
          .first(by.count)
          .map(({ id }) => id.slice(4))
          .join(' ')}`,
    ),
  ];
  assert.deepEqual(found, expected);
  assert.deepEqual(notProved, []);
  assert.equal(
    proved.some(({ kind }) => kind === 'answered'),
    gaps.length === 0,
  );
}

const p = (test: string) => `{ "fact": "p", ${test} }`;

describe('decision tables', () => {
  it('unique: whole numbers leave no gap between 49 and 50, decimals do', () => {
    const rows: Row[] = [
      [p('"atMost": 49'), 'a'],
      [p('"atLeast": 50'), 'b'],
    ];
    check({ facts: { p: PERCENT }, rows }, []);
    check({ facts: { p: AMOUNT }, rows }, ['gap {"p":49.1}']);
  });

  it('unique: open and closed ends at one number', () => {
    const facts = { p: AMOUNT };
    const ends = (left: string, right: string): Row[] => [
      [p(`"${left}": 0.3`), 'a'],
      [p(`"${right}": 0.3`), 'b'],
    ];
    check({ facts, rows: ends('below', 'atLeast') }, []);
    check({ facts, rows: ends('below', 'above') }, ['gap {"p":0.3}']);
    check({ facts, rows: ends('atMost', 'atLeast') }, ['overlap 1 2']);
  });

  it('unique: decimals of 31 digits are told apart', () => {
    const [low, high] = ['0.1234567890123456789012345678901', '0.1234567890123456789012345678902'];
    check(
      {
        facts: { p: AMOUNT },
        rows: [
          [p(`"atMost": ${low}`), 'a'],
          [p(`"above": ${low}`), 'b'],
        ],
      },
      [],
    );
    check(
      {
        facts: { p: AMOUNT },
        rows: [
          [p(`"atMost": ${low}`), 'a'],
          [p(`"above": ${high}`), 'b'],
        ],
      },
      [`gap {"p":0.12345678901234567890123456789011}`],
    );
    check(
      {
        facts: { p: AMOUNT },
        rows: [
          [p(`"below": ${low}`), 'a'],
          [p(`"above": ${low}`), 'b'],
        ],
      },
      [`gap {"p":${low}}`],
    );
  });

  it('unique: a closed list, booleans, and all together', () => {
    const facts = { c: COLOUR, y: YES };
    const c = (...of: string[]) => `{ "fact": "c", "in": ${JSON.stringify(of)} }`;
    const y = (is: boolean) => `{ "fact": "y", "is": ${is} }`;
    check(
      {
        facts,
        rows: [
          [c('red', 'green'), 'a'],
          [c('blue'), 'b'],
        ],
      },
      [],
    );
    check(
      {
        facts,
        rows: [
          [`${c('red')}, ${y(true)}`, 'a'],
          [`${c('green', 'blue')}, ${y(true)}`, 'b'],
          [y(false), 'c'],
        ],
      },
      [],
    );
    check(
      {
        facts,
        rows: [
          [`${c('red')}, ${y(true)}`, 'a'],
          [`${c('green', 'blue')}`, 'b'],
        ],
      },
      ['gap {"c":"red","y":false}'],
    );
    check(
      {
        facts,
        rows: [
          [c('red', 'blue'), 'a'],
          [c('blue', 'green'), 'b'],
        ],
      },
      ['overlap 1 2'],
    );
  });

  it('unique: dates, before and from a day on, and never', () => {
    const d = (test: string) => `{ "fact": "d", ${test} }`;
    const facts = { d: DAY };
    const never: Row = [d('"is": "never"'), 'c'];
    check({ facts, rows: [[d('"below": "2026-03-01"'), 'a'], [d('"atLeast": "2026-03-01"'), 'b'], never] }, []);
    check({ facts, rows: [[d('"below": "2026-03-01"'), 'a'], [d('"above": "2026-03-01"'), 'b'], never] }, ['gap {"d":"2026-03-01"}']);
    check({ facts, rows: [[d('"atMost": "2026-03-01"'), 'a'], [d('"atLeast": "2026-03-01"'), 'b'], never] }, ['overlap 1 2']);
    check(
      {
        facts,
        rows: [
          [d('"below": "2026-03-01"'), 'a'],
          [d('"atLeast": "2026-03-01"'), 'b'],
        ],
      },
      ['gap {"d":"never"}'],
    );
  });

  it('any: rows that overlap and agree are no conflict', () => {
    check(
      {
        facts: { p: PERCENT },
        rows: [
          [p('"atMost": 60'), 'a'],
          [p('"atLeast": 40'), 'a'],
        ],
      },
      [],
    );
  });

  it('first: a row that earlier ones mask, by itself and together', () => {
    const rows: Row[] = [
      [p('"atMost": 50'), 'a'],
      [p('"above": 40'), 'b'],
      [p('"atLeast": 30, "atMost": 70'), 'c'],
      ['-', 'c'],
    ];
    check({ facts: { p: PERCENT }, rows, resolve: 'first' }, ['masked 3', 'masked 4']);
    check(
      {
        facts: { p: PERCENT },
        rows: [
          [p('"atMost": 50'), 'a'],
          ['-', 'b'],
        ],
        resolve: 'first',
      },
      [],
    );
  });

  it('priority: a looser row masked by stricter ones', () => {
    const rows: Row[] = [
      [p('"atMost": 50'), 'c'],
      [p('"atLeast": 20, "atMost": 60'), 'a'],
      [p('"atMost": 19'), 'b'],
      [p('"above": 60'), 'c'],
    ];
    check({ facts: { p: PERCENT }, rows, resolve: 'strictest' }, ['masked 1']);
  });

  it('collect: every row counts', () => {
    check(
      {
        facts: { p: PERCENT },
        rows: [
          [p('"atMost": 60'), 'a'],
          [p('"atLeast": 40'), 'b'],
        ],
        resolve: 'collect',
      },
      [],
    );
  });

  it('a row within another, and the same row twice', () => {
    const facts = { p: PERCENT };
    check(
      {
        facts,
        rows: [
          ['-', 'a'],
          [p('"atLeast": 10, "atMost": 20'), 'b'],
        ],
      },
      ['overlap 1 2'],
    );
    check(
      {
        facts,
        rows: [
          ['-', 'a'],
          ['-', 'a'],
        ],
      },
      ['redundant 1 by 2', 'redundant 2 by 1'],
    );
    check(
      {
        facts,
        rows: [
          ['-', 'a'],
          [p('"is": 7'), 'b'],
          [p('"is": 7'), 'b'],
        ],
        resolve: 'first',
      },
      ['masked 2', 'masked 3'],
    );
  });

  it('a row that another contains, under every way to resolve but where its value comes first', () => {
    const facts = { p: PERCENT };
    const rows: Row[] = [
      [p('"atLeast": 10'), 'b'],
      [p('"atLeast": 10, "atMost": 20'), 'b'],
      [p('"below": 10'), 'c'],
    ];
    for (const resolve of ['single', 'strictest', 'collect'] as const) check({ facts, rows, resolve }, ['redundant 2 by 1']);
    check({ facts, rows, resolve: 'first' }, ['masked 2']);
    const [wide, narrow, rest] = rows as [Row, Row, Row];
    check({ facts, rows: [narrow, wide, rest], resolve: 'first' }, ['redundant 1 by 2']);
    check({ facts, rows: [narrow, [p('"is": 15'), 'a'], wide, rest], resolve: 'first' }, ['masked 2']);
  });

  it('a row that only several others contain: needed while no value is known, needless where one always is', () => {
    const rows: Row[] = [
      [p('"atMost": 50'), 'a'],
      [p('"atLeast": 50'), 'a'],
      [p('"atLeast": 40, "atMost": 60'), 'a'],
    ];
    check({ facts: { p: PERCENT }, rows }, ['redundant 3 by 1 2']);
    const perhaps = PERCENT.replace(', "required": true', '');
    check({ facts: { p: perhaps }, rows }, []);
    check({ facts: { p: perhaps }, rows: [...rows, [p('"atMost": 45'), 'a']] }, ['redundant 4 by 1']);
  });

  it('the same row twice on every type of input, written in two ways', () => {
    const twice = (fact: string, one: string, other: string) => {
      const test = (text: string) => `{ "fact": "x", ${text} }`;
      check(
        {
          facts: { x: fact },
          rows: [
            [test(one), 'a'],
            [test(other), 'a'],
            [`{ "not": ${test(one)} }`, 'b'],
          ],
        },
        ['redundant 1 by 2', 'redundant 2 by 1'],
      );
    };
    twice(PERCENT, '"atMost": 49', '"below": 50');
    twice(AMOUNT, '"atMost": 0.30', '"atMost": 0.3');
    twice(COLOUR, '"in": ["red", "blue"]', '"in": ["blue", "red"]');
    twice(YES, '"is": true', '"in": [true]');
    twice(DAY, '"is": "never"', '"in": ["never"]');
  });

  it('a row that no patient meets', () => {
    check(
      {
        facts: { p: PERCENT },
        rows: [
          ['-', 'a'],
          [`${p('"above": 3')}, ${p('"below": 4')}`, 'b'],
        ],
      },
      ['never 2'],
    );
  });
});
