/** Conditions with one thing changed, as malfunctions of decision support show it: a cut-off moved, `>` for `≥`, a code retired, `any` for `all`. */
import { Exact } from '../model/exact.ts';
import type { Bound, Condition, Constant, Fact, Test } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';

export type ChangeKind = 'bound' | 'comparison' | 'unit' | 'value' | 'all-any' | 'part' | 'negation' | 'group-test' | 'band';

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
  readonly fact: Pick<Fact, 'unit' | 'alsoIn' | 'type'> | undefined;
}

/** `factOf` gives the fact that a name means there; `group` is the group whose record the condition sees. */
export function* changedConditions(
  condition: Condition,
  group: string | undefined,
  factOf: (name: string, group: string | undefined) => Tested['fact'],
): Generator<Change<Condition>> {
  const inside = (item: Condition, at: string | undefined = group) => changedConditions(item, at, factOf);
  switch (condition.kind) {
    case 'all':
    case 'any':
      yield* changedList(condition);
      for (const [i, item] of condition.items.entries())
        for (const each of inside(item)) yield { ...each, changed: { ...condition, items: condition.items.with(i, each.changed) } };
      return;
    case 'count-conditions':
      for (const each of changedTests(condition.test, { fact: WHOLE })) yield { ...each, changed: { ...condition, test: each.changed } };
      for (const [i, item] of condition.items.entries())
        for (const each of inside(item)) yield { ...each, changed: { ...condition, items: condition.items.with(i, each.changed) } };
      return;
    case 'not':
      yield { kind: 'negation', span: condition.span, was: 'not', is: 'no “not”', changed: condition.item };
      for (const each of inside(condition.item)) yield { ...each, changed: { ...condition, item: each.changed } };
      return;
    case 'fact':
      for (const each of changedTests(condition.test, { fact: factOf(condition.fact.value, group) }))
        yield { ...each, changed: { ...condition, test: each.changed } };
      return;
    case 'score-total':
    case 'score-component':
      for (const each of changedTests(condition.test, { fact: WHOLE })) yield { ...each, changed: { ...condition, test: each.changed } };
      return;
    case 'score-bands':
      if (condition.bands.length > 1)
        for (const [i, band] of condition.bands.entries())
          yield {
            kind: 'band',
            span: band.span,
            was: `band ${band.value}`,
            is: 'left out',
            changed: { ...condition, bands: without(condition.bands, i) },
          };
      return;
    case 'score-applies':
      yield {
        kind: 'negation',
        span: condition.span,
        was: `applies ${condition.applies}`,
        is: `${!condition.applies}`,
        changed: { ...condition, applies: !condition.applies },
      };
      return;
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      yield* changedGroupTest(condition);
      if (condition.where)
        for (const each of inside(condition.where, condition.group.value))
          yield { ...each, changed: { ...condition, where: each.changed } };
      return;
  }
}

/** A number without a unit. */
const WHOLE: NonNullable<Tested['fact']> = { type: 'integer', unit: undefined, alsoIn: [] };

function* changedList(condition: Extract<Condition, { kind: 'all' | 'any' }>): Generator<Change<Condition>> {
  if (condition.items.length < 2) return;
  const other = condition.kind === 'all' ? 'any' : 'all';
  yield { kind: 'all-any', span: condition.span, was: condition.kind, is: other, changed: { ...condition, kind: other } };
  for (const [i, item] of condition.items.entries())
    yield {
      kind: 'part',
      span: item.span,
      was: `a part of “${condition.kind}”`,
      is: 'left out',
      changed: { ...condition, items: without(condition.items, i) },
    };
}

function* changedGroupTest(condition: Extract<Condition, { group: unknown }>): Generator<Change<Condition>> {
  if (condition.kind === 'count-records') {
    for (const each of changedTests(condition.test, { fact: WHOLE })) yield { ...each, changed: { ...condition, test: each.changed } };
    return;
  }
  const other = condition.kind === 'some' ? 'every' : condition.kind === 'every' ? 'some' : undefined;
  if (other && condition.where)
    yield { kind: 'group-test', span: condition.span, was: condition.kind, is: other, changed: { ...condition, kind: other } };
}

const KEYS = ['atLeast', 'above', 'atMost', 'below'] as const;
type Key = (typeof KEYS)[number];
const WORDS: Readonly<Record<Key, string>> = { atLeast: 'at least', above: 'above', atMost: 'at most', below: 'below' };
const STRICTER: Readonly<Record<Key, Key>> = { atLeast: 'above', above: 'atLeast', atMost: 'below', below: 'atMost' };

export function* changedTests(test: Test, { fact }: Tested): Generator<Change<Test>> {
  for (const key of KEYS) {
    const bound = test[key];
    if (!bound || bound.kind === 'date') continue;
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
  yield* changedValues(test, fact?.type === 'integer');
}

/** A unit swapped: the same number in another unit that the fact is recorded in. */
function* changedUnits(test: Test, fact: Tested['fact']): Generator<Change<Test>> {
  const own = test.unit?.value ?? fact?.unit?.value;
  if (!fact?.unit || own === undefined || !KEYS.some(key => test[key]?.kind === 'number')) return;
  const [other] = [fact.unit, ...fact.alsoIn.map(({ unit }) => unit)].filter(({ value }) => value !== own);
  if (other) yield { kind: 'unit', span: test.unit?.span ?? test.span, was: own, is: other.value, changed: { ...test, unit: other } };
}

function* changedValues(test: Test, whole: boolean): Generator<Change<Test>> {
  const { is, in: list } = test;
  if (typeof is?.value === 'boolean')
    yield {
      kind: 'value',
      span: is.span,
      was: `is ${is.value}`,
      is: `is ${!is.value}`,
      changed: { ...test, is: { ...is, value: !is.value } },
    };
  if (is?.value instanceof Exact)
    for (const each of moved(is.value, whole))
      yield { kind: 'bound', span: is.span, was: `is ${is.value}`, is: `is ${each}`, changed: { ...test, is: { ...is, value: each } } };
  if (list && list.length > 1)
    for (const [i, one] of list.entries())
      yield { kind: 'value', span: one.span, was: `in ${constantText(one)}`, is: 'left out', changed: { ...test, in: without(list, i) } };
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
