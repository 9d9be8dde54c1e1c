/** Dates as FHIR writes them: a year, a month, a day, or a moment with its zone. */

const DAY = '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|[12]\\d))';
const TIME = 'T(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)?';
const WHOLE = new RegExp(`^${DAY}(?:${TIME})?$`);
const PARTIAL = /^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/;

/** A date or moment as a patient file takes it, on a day of the calendar. */
export function isDateOrTime(text: string): boolean {
  if (!WHOLE.test(text)) return false;
  return !text.slice(5, 10).startsWith('02-29') || isLeap(Number(text.slice(0, 4)));
}

/** Also a year or a month alone. */
export function isDate(text: string): boolean {
  return isDateOrTime(text) || PARTIAL.test(text);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The moment, where the text has a time. One without a zone is of UTC. */
function momentOf(text: string): number | undefined {
  if (text.length <= 10) return undefined;
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
}

/** The day of a moment is told in UTC, so that zones cannot turn the order round. */
function dayOf(text: string): string {
  const moment = momentOf(text);
  return moment === undefined ? text : new Date(moment).toISOString().slice(0, 10);
}

/** Whether the first certainly lies after the second; a day lies neither before nor after a moment of it. */
export function isAfter(a: string, b: string): boolean {
  const [first, second] = [momentOf(a), momentOf(b)];
  if (first !== undefined && second !== undefined) return first > second;
  const [left, right] = [dayOf(a), dayOf(b)];
  const length = Math.min(left.length, right.length);
  return left.slice(0, length) > right.slice(0, length);
}

/**
 * Those of the items of which none certainly came later. An item without a date may be the latest. One look at each: by length of date the
 * greatest is kept, and two dates compare by the shorter.
 */
export function latest<T extends { readonly date: string | undefined }>(items: readonly T[]): T[] {
  const greatest = new Map<number, string>();
  for (const { date } of items) {
    if (date === undefined) continue;
    const length = Math.min(date.length, 11);
    const known = greatest.get(length);
    if (known === undefined || isAfter(date, known)) greatest.set(length, date);
  }
  const bounds = [...greatest.values()];
  return items.filter(({ date }) => date === undefined || !bounds.some(bound => isAfter(bound, date)));
}

/** Completed years between two days; of a date that is no whole day every number of years it may be, least first. */
export function yearsBetween(born: string, asOf: string): number[] {
  const [first, last] = daysOf(born);
  const day = dayOf(asOf);
  const years = (from: string) => Number(day.slice(0, 4)) - Number(from.slice(0, 4)) - (day.slice(5) < from.slice(5) ? 1 : 0);
  const [least, most] = [years(last), years(first)];
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

function daysOf(date: string): readonly [string, string] {
  if (date.length === 4) return [`${date}-01-01`, `${date}-12-31`];
  return date.length === 7 ? [`${date}-01`, `${date}-31`] : [date.slice(0, 10), date.slice(0, 10)];
}
