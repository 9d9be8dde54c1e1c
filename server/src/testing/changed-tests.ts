/** Tests with one thing changed, as malfunctions of decision support show it: a cut-off moved, `>` for `≥`, a unit swapped, a code retired. */
import { Exact } from '../model/exact.ts';
import type { Bound, Constant, Fact, Test } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';

export type ChangeKind = 'bound' | 'comparison' | 'unit' | 'value' | 'all-any' | 'part' | 'negation' | 'group-test' | 'band' | 'unknown';

export interface Change<T> {
  readonly kind: ChangeKind;
  readonly span: Span;
  /** What was and what is instead: `at least 65` and `above 65`. */
  readonly was: string;
  readonly is: string;
  readonly changed: T;
}

/** What changing a test needs to know of what it tests. */
export interface Tested {
  readonly fact: TestedFact | undefined;
}

export interface TestedFact extends Pick<Fact, 'unit' | 'alsoIn' | 'type'> {
  /** The id beside this one among those it may have: what somebody who slips may choose. */
  readonly beside?: (id: string) => string | undefined;
}

/** A number without a unit. */
export const WHOLE: TestedFact = { type: 'integer', unit: undefined, alsoIn: [] };

const KEYS = ['atLeast', 'above', 'atMost', 'below'] as const;
type Key = (typeof KEYS)[number];
const WORDS: Readonly<Record<Key, string>> = { atLeast: 'at least', above: 'above', atMost: 'at most', below: 'below' };
const STRICTER: Readonly<Record<Key, Key>> = { atLeast: 'above', above: 'atLeast', atMost: 'below', below: 'atMost' };

export function* changedTests(test: Test, { fact }: Tested): Generator<Change<Test>> {
  for (const key of KEYS) {
    const bound = test[key];
    if (!bound) continue;
    for (const each of movedBounds(bound, fact?.type === 'integer'))
      yield {
        kind: 'bound',
        span: each.span,
        was: `${WORDS[key]} ${each.was}`,
        is: `${WORDS[key]} ${each.is}`,
        changed: { ...test, [key]: each.bound },
      };
    const other = STRICTER[key];
    if (!test[other])
      yield {
        kind: 'comparison',
        span: bound.span,
        was: WORDS[key],
        is: WORDS[other],
        changed: { ...test, [key]: undefined, [other]: bound },
      };
  }
  yield* changedUnits(test, fact);
  yield* changedValues(test, fact);
}

/** A unit swapped: the same number in another unit that the fact is recorded in. */
function* changedUnits(test: Test, fact: Tested['fact']): Generator<Change<Test>> {
  for (const key of KEYS) {
    const bound = test[key];
    if (bound?.kind !== 'per-unit' || bound.numbers.length !== 2) continue;
    const [one, other] = bound.numbers as [(typeof bound.numbers)[0], (typeof bound.numbers)[0]];
    const numbers = [
      { ...one, number: other.number },
      { ...other, number: one.number },
    ];
    yield {
      kind: 'unit',
      span: bound.span,
      was: `${one.unit.value} and ${other.unit.value}`,
      is: 'swapped',
      changed: { ...test, [key]: { ...bound, numbers } },
    };
  }
  const own = test.unit?.value ?? fact?.unit?.value;
  if (!fact?.unit || own === undefined || !KEYS.some(key => test[key]?.kind === 'number')) return;
  const [other] = [fact.unit, ...fact.alsoIn.map(({ unit }) => unit)].filter(({ value }) => value !== own);
  if (other) yield { kind: 'unit', span: test.unit?.span ?? test.span, was: own, is: other.value, changed: { ...test, unit: other } };
}

function* changedValues(test: Test, fact: Tested['fact']): Generator<Change<Test>> {
  const { is, in: list } = test;
  if (is)
    for (const value of otherValues(is.value, fact))
      yield {
        kind: is.value instanceof Exact ? 'bound' : 'value',
        span: is.span,
        was: `is ${is.value}`,
        is: `is ${value}`,
        changed: { ...test, is: { ...is, value } },
      };
  if (list && list.length > 1)
    for (const [i, one] of list.entries())
      yield { kind: 'value', span: one.span, was: `in ${constantText(one)}`, is: 'left out', changed: { ...test, in: without(list, i) } };
}

/** What a slip would make of a constant. That an event never happened is not mistaken for a date. */
export function otherValues(value: Constant['value'], fact: Tested['fact']): readonly Constant['value'][] {
  if (typeof value === 'boolean') return [!value];
  if (value instanceof Exact) return moved(value, fact?.type === 'integer');
  if (fact?.type === 'date') return movedDates(value);
  const other = fact?.beside?.(value);
  return other === undefined ? [] : [other];
}

const DAY_MS = 86_400_000;

/** A day earlier and a day later; of what is no date none. */
function movedDates(date: string): string[] {
  const day = Date.parse(date.slice(0, 10));
  if (Number.isNaN(day)) return [];
  return [day - DAY_MS, day + DAY_MS].map(moment => new Date(moment).toISOString().slice(0, 10) + date.slice(10));
}

function constantText({ value }: Constant): string {
  return String(value);
}

function* movedBounds(bound: Bound, whole: boolean): Generator<{ bound: Bound; span: Span; was: string; is: string }> {
  if (bound.kind === 'number')
    for (const value of moved(bound.number.value, whole)) {
      const number = { ...bound.number, value };
      yield { bound: { ...bound, number }, span: bound.number.span, was: String(bound.number.value), is: String(value) };
    }
  if (bound.kind === 'date')
    for (const date of movedDates(bound.date)) yield { bound: { ...bound, date }, span: bound.span, was: bound.date, is: date };
  if (bound.kind !== 'per-unit') return;
  for (const [i, { unit, number }] of bound.numbers.entries())
    for (const value of moved(number.value, whole)) {
      const numbers = bound.numbers.with(i, { unit, number: { ...number, value } });
      yield { bound: { ...bound, numbers }, span: number.span, was: `${number.value} ${unit.value}`, is: `${value} ${unit.value}` };
    }
}

/** One of the last digit written up and down. */
export function moved(number: Exact, whole = false): readonly Exact[] {
  const decimals = whole ? 0 : (/\.(\d+)$/.exec(number.toString(60))?.[1]?.length ?? 0);
  const step = Exact.parse(`1e-${decimals}`)!;
  return [number.minus(step), number.plus(step)];
}

export function without<T>(list: readonly T[], at: number): readonly T[] {
  return list.filter((_, i) => i !== at);
}
