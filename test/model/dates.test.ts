/** Dates, moments and periods. */
import assert from 'node:assert/strict';
import { inTimeUnit, periodLength, readMoments, timeUnitLength } from '../../server/src/model/dates.ts';
import { Exact } from '../../server/src/model/exact.ts';
import { exactFactor } from '../../server/src/model/units.ts';
import { seeded } from './random-json.ts';

const SEED = Number(process.env.SEED ?? 5);
const show = (text: string) => {
  const moments = readMoments(text);
  return moments && [new Date(moments.from).toISOString(), new Date(moments.to).toISOString()];
};

describe('dates', () => {
  it('are any moment of their day in UTC', () => {
    assert.deepEqual(show('2026-11-22'), ['2026-11-22T00:00:00.000Z', '2026-11-22T23:59:59.999Z']);
    assert.deepEqual(show('2024-02-29'), ['2024-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z']);
    assert.deepEqual(show('0001-01-01')?.[0], '0001-01-01T00:00:00.000Z');
  });

  it('with a time are one moment, in UTC where no zone is given', () => {
    const one = (text: string) => {
      const [from, to] = show(text)!;
      assert.equal(from, to);
      return from;
    };
    assert.equal(one('2026-11-22T10:00:00Z'), '2026-11-22T10:00:00.000Z');
    assert.equal(one('2026-11-22T10:00'), '2026-11-22T10:00:00.000Z');
    assert.equal(one('2026-11-22T00:30:00+01:00'), '2026-11-21T23:30:00.000Z');
    assert.equal(one('2026-11-22T23:30:15.5-05:30'), '2026-11-23T05:00:15.500Z');
    assert.equal(one('2026-11-22T10:00:00.1239Z'), '2026-11-22T10:00:00.123Z');
  });

  it('that the calendar does not have are none', () => {
    const none = [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '1900-02-29',
      '2026-1-1',
      '26-01-01',
      'never',
      '',
      '2026-11-22 10:00',
      '2026-11-22T24:00:00Z',
    ];
    for (const text of [
      ...none,
      '2026-11-22T10',
      '2026-11-22T10:60',
      '2026-11-22T10:00:61',
      '2026-11-22T10:00+1:00',
      '2026-11-22T',
      '2026-11-22Z',
    ]) {
      assert.equal(readMoments(text), undefined, text);
    }
  });

  it(`agree with Date on every day there is (seed ${SEED})`, () => {
    const random = seeded(SEED);
    for (let i = 0; i < 2000; i++) {
      const text = `${2000 + Math.floor(random() * 30)}-${two(1 + random() * 13)}-${two(1 + random() * 31)}`;
      const date = new Date(`${text}T00:00:00Z`);
      const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
      assert.equal(readMoments(text)?.from, isReal ? date.getTime() : undefined, text);
    }
  });
});

describe('periods', () => {
  it('have exact lengths', () => {
    const days = (number: string, unit: string) =>
      periodLength({ number: Exact.parse(number)!, unit })!
        .dividedBy(Exact.of(86_400_000))!
        .toString();
    assert.deepEqual(
      [days('30', 'd'), days('1', 'wk'), days('1', 'mo'), days('1', 'a'), days('36', 'h'), days('0.5', 'mo')],
      ['30', '7', '30.4375', '365.25', '1.5', '15.21875'],
    );
    assert.equal(periodLength({ number: Exact.of(1), unit: 'km' }), undefined);
  });

  it('agree with the units of the same names', () => {
    for (const unit of ['s', 'min', 'h', 'd', 'wk', 'mo', 'a'])
      assert.ok(exactFactor(unit, 'ms')!.equals(Exact.of(timeUnitLength(unit)!)), unit);
  });

  it('are what a stretch of time is in a unit, without rounding', () => {
    assert.equal(inTimeUnit(172_800_000, 'h')?.toString(), '48');
    assert.equal(inTimeUnit(1, 'd')?.fraction.toFraction(), '1/86400000');
  });
});

function two(number: number): string {
  return String(Math.floor(number)).padStart(2, '0');
}
