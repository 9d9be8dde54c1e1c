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

/** What a table is found to be, in short: `gap: …`, `overlap 1 2`, `masked 3`, `never 4`. */
function check(table: Table, expected: readonly string[]): void {
  const { gaps, decisionClashes, hidden, neverHolds, notProved, proved } = analysed(table);
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
      [],
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
