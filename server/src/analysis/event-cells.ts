/** The cells of an event: never, or so long ago, on such a day or at such a moment, as far as somebody asks. */
import { readMoments } from '../model/dates.ts';
import { Exact } from '../model/exact.ts';
import type { Fact, Test } from '../model/rule-set.ts';
import { cellsOf, inUnit, meets, simplestOf } from './cells.ts';
import type { Truth } from './formula.ts';
import type { FactTests } from './gather.ts';
import { constantsOf } from './limits.ts';
import type { Cell } from './variables.ts';

/** The unit in which times since events are compared. */
const HOURS = 'h';

/** `times` are the derived facts that take the time since it. */
export function eventCells(asked: FactTests | undefined, times: readonly { fact: Fact; asked: FactTests | undefined }[]): Cell[] {
  const tests = times.flatMap(({ fact, asked: of }) => (of?.tests ?? []).flatMap(test => inUnit(test, test.unit, fact, HOURS) ?? []));
  const hours =
    tests.length > 0
      ? cellsOf(tests, { low: Exact.of(0), high: undefined, whole: false }).map(cell => ({ since: simplestOf(cell, false), between: cell }))
      : [{ since: undefined }];
  const days = daysAround(asked?.tests ?? []);
  const cells: Cell[] = [{ kind: 'never' }, ...days.flatMap(day => hours.map((hour): Cell => ({ kind: 'event', day, ...hour })))];
  // Of an event that must be recorded the day alone may be known: then it is unknown all the same.
  const mayBeUnknown = [asked, ...times.map(({ asked: of }) => of)].some(of => of?.unknownTested);
  return mayBeUnknown ? [...cells, { kind: 'absent' }] : cells;
}

const DAY = 86_400_000;

/** Each day that a bound names, and those beside it: one for every stretch between two bounds. Where a bound has a time, moments. */
function daysAround(tests: readonly Test[]): (string | undefined)[] {
  const named = tests.flatMap(test => [
    ...[test.atLeast, test.above, test.atMost, test.below].flatMap(bound => (bound?.kind === 'date' ? [bound.date] : [])),
    ...constantsOf(test).flatMap(({ value }) => (typeof value === 'string' && value !== 'never' ? [value] : [])),
  ]);
  const read = named.flatMap(date => readMoments(date) ?? []);
  if (read.length === 0) return [undefined];
  const inOrder = (moments: readonly number[]) => [...new Set(moments)].sort((a, b) => a - b).map(moment => new Date(moment).toISOString());
  if (named.every(isDate)) return inOrder(read.flatMap(({ from }) => [from - DAY, from, from + DAY])).map(moment => moment.slice(0, 10));
  // Between two cuts every moment is alike; the first of them stands for all.
  const cuts = read.flatMap(({ from, to }) => [from, to + 1]);
  return inOrder([Math.min(...cuts) - DAY, ...cuts]).map(moment => moment.replace('.000Z', 'Z'));
}

function isDate(text: string): boolean {
  return text.length === 10;
}

/** The moment that stands for a day, or the moment itself. */
export function momentOf(day: string): number {
  return Date.parse(isDate(day) ? `${day}T12:00:00Z` : day);
}

/** What a test of the event, or of the time since it, says of such a cell. */
export function eventTruth(test: Test, fact: Fact, { since, day }: Extract<Cell, { kind: 'event' }>): Truth {
  if (fact.type !== 'date') {
    const read = inUnit(test, test.unit, fact, HOURS);
    return read && since ? ofBoolean(meets(since, read)) : 1;
  }
  const named = constantsOf(test);
  const bounds = (
    [
      ['atLeast', test.atLeast],
      ['above', test.above],
      ['atMost', test.atMost],
      ['below', test.below],
    ] as const
  ).filter(([, bound]) => bound);
  if (day === undefined) return named.every(({ value }) => value === 'never') && bounds.length === 0 ? 0 : 1;
  const moment = momentOf(day);
  const isNamed = ({ value }: (typeof named)[number]) => {
    const moments = typeof value === 'string' ? readMoments(value) : undefined;
    return moments !== undefined && moment >= moments.from && moment <= moments.to;
  };
  if ((test.is || test.in) && !named.some(isNamed)) return 0;
  return ofBoolean(
    bounds.every(([key, bound]) => {
      const limit = bound?.kind === 'date' ? readMoments(bound.date) : undefined;
      if (!limit) return false;
      return key === 'atLeast'
        ? moment >= limit.from
        : key === 'above'
          ? moment > limit.to
          : key === 'atMost'
            ? moment <= limit.to
            : moment < limit.from;
    }),
  );
}

function ofBoolean(holds: boolean): Truth {
  return holds ? 2 : 0;
}
