/** Dates, moments and periods. A moment is counted in milliseconds since 1970 in UTC; the clock is never asked. */
import { Exact } from './exact.ts';
import type { Period } from './rule-set.ts';

/** All moments that are meant: the same one twice, or from the first to the last millisecond of a day. */
export interface Moments {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Milliseconds in a unit of time. A month is 30.4375 d and a year 365.25 d, as UCUM has them. */
const UNIT_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', DAY],
  ['wk', 7 * DAY],
  ['mo', 2_629_800_000],
  ['a', 31_557_600_000],
]);

/** Reads `2026-11-22` (any moment of that day in UTC) or `2026-11-22T10:00:00+01:00` (without a zone UTC is meant). Undefined for a day or time that is none. */
export function readMoments(text: string): Moments | undefined {
  const day = readDay(text.slice(0, 10));
  if (day === undefined) return undefined;
  if (text.length === 10) return { from: day, to: day + DAY - 1 };
  const time = text[10] === 'T' ? readTime(text.slice(11)) : undefined;
  return time === undefined ? undefined : { from: day + time, to: day + time };
}

/**
 * As `readMoments`; but a day without a time may have been meant in UTC or where the patient was seen, in the zone of `asOf`: it is every moment
 * that is that day in one of them.
 */
export function readMomentsAround(text: string, asOf: string): Moments | undefined {
  const moments = readMoments(text);
  // What was read and has ten characters is a day.
  if (!moments || text.length !== 10) return moments;
  const zone = readZone(TIME.exec(asOf.slice(11))?.[5]) ?? 0;
  return { from: moments.from - Math.max(0, zone), to: moments.to - Math.min(0, zone) };
}

/** Whether it is a day without a time. */
export function isDay(text: string): boolean {
  return readDay(text) !== undefined;
}

/** Patients of one list share their days. Not more than these are kept. */
const MOST_DAYS = 4096;
const DAYS = new Map<string, number>();

/** The first millisecond of the day; undefined if the calendar has no such day. */
function readDay(text: string): number | undefined {
  const known = DAYS.get(text);
  if (known !== undefined) return known;
  if (DAYS.size >= MOST_DAYS) DAYS.clear();
  const day = dayOf(text);
  // A patient's text is not kept, only a day that is one.
  if (day !== undefined) DAYS.set(text, day);
  return day;
}

function dayOf(text: string): number | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have falls into another month.
  return date.getUTCMonth() === month - 1 ? date.getTime() : undefined;
}

/** Milliseconds since midnight UTC; negative or beyond the day where the zone shifts it. */
function readTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const zone = readZone(match[5]);
  if (hours > 23 || minutes > 59 || seconds > 59 || zone === undefined) return undefined;
  return (hours * 60 + minutes) * 60_000 + seconds * 1000 + Number((match[4] ?? '').padEnd(3, '0').slice(0, 3)) - zone;
}

function readZone(text: string | undefined): number | undefined {
  if (text === undefined || text === 'Z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * 60_000 * (text[0] === '-' ? -1 : 1);
}

/** The length of a unit of time in milliseconds, exactly; undefined for a unit that measures no time. */
export function timeUnitLength(unit: string): number | undefined {
  return UNIT_LENGTHS.get(unit);
}

/** The length of a period in milliseconds, exactly. */
export function periodLength({ number, unit }: Period): Exact | undefined {
  const length = UNIT_LENGTHS.get(unit);
  return length === undefined ? undefined : number.times(Exact.of(length));
}

/** So many milliseconds in a unit of time, exactly. */
export function inTimeUnit(milliseconds: number, unit: string): Exact | undefined {
  const length = UNIT_LENGTHS.get(unit);
  return length === undefined ? undefined : Exact.of(milliseconds).dividedBy(Exact.of(length));
}
