/** Conditions with one thing changed: `any` for `all`, a part or a “not” left out, a test of records or of a band changed, what is asked of the unknown left out. */
import { Exact } from '../model/exact.ts';
import type { Condition } from '../model/rule-set.ts';
import { type Change, changedTests, type TestedFact, WHOLE, without } from './changed-tests.ts';

const NOWHERE = { start: 0, end: 0 };
const NONE = { is: undefined, in: undefined, above: undefined, atMost: undefined, below: undefined, unit: undefined };
const ONE = { kind: 'number', number: { value: Exact.of(1), span: NOWHERE }, span: NOWHERE } as const;
/** At least one of no conditions: false for every patient. */
export const NEVER: Condition = { kind: 'count-conditions', items: [], test: { span: NOWHERE, ...NONE, atLeast: ONE }, span: NOWHERE };

/** What the names in a condition mean. */
export interface Names {
  readonly factOf: (name: string, group: string | undefined) => TestedFact | undefined;
  /** The band beside one of a score. */
  readonly bandBeside: (score: string, band: string) => string | undefined;
}

/** `group` is the group whose record the condition sees. */
export function* changedConditions(condition: Condition, group: string | undefined, names: Names): Generator<Change<Condition>> {
  const inside = (item: Condition, at: string | undefined = group) => changedConditions(item, at, names);
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      yield* changedList(condition);
      for (const [i, item] of condition.items.entries()) {
        // That it is unknown left out of a list is a part left out.
        if (item.kind === 'unknown' && condition.items.length > 1) continue;
        for (const each of inside(item)) yield { ...each, changed: { ...condition, items: condition.items.with(i, each.changed) } };
      }
      return;
    case 'not':
      yield { kind: 'negation', span: condition.span, was: 'not', is: 'no “not”', changed: condition.item };
      for (const each of inside(condition.item)) yield { ...each, changed: { ...condition, item: each.changed } };
      return;
    case 'fact':
      for (const each of changedTests(condition.test, { fact: names.factOf(condition.fact.value, group) }))
        yield { ...each, changed: { ...condition, test: each.changed } };
      return;
    case 'score-total':
    case 'score-component':
      for (const each of changedTests(condition.test, { fact: WHOLE })) yield { ...each, changed: { ...condition, test: each.changed } };
      return;
    case 'score-bands':
      yield* changedBands(condition, names);
      return;
    case 'unknown':
      yield { kind: 'unknown', span: condition.span, was: `unknown ${condition.name.value}`, is: 'never', changed: NEVER };
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

type Listed = Extract<Condition, { kind: 'all' | 'any' | 'count-conditions' }>;

function* changedList(condition: Listed): Generator<Change<Condition>> {
  if (condition.kind === 'count-conditions')
    for (const each of changedTests(condition.test, { fact: WHOLE })) yield { ...each, changed: { ...condition, test: each.changed } };
  if (condition.items.length < 2) return;
  const name = condition.kind === 'count-conditions' ? 'count' : condition.kind;
  const other = condition.kind === 'all' ? 'any' : 'all';
  if (condition.kind !== 'count-conditions')
    yield { kind: 'all-any', span: condition.span, was: condition.kind, is: other, changed: { ...condition, kind: other } };
  for (const [i, item] of condition.items.entries())
    yield {
      kind: 'part',
      span: item.span,
      was: `a part of “${name}”`,
      is: 'left out',
      changed: { ...condition, items: without(condition.items, i) },
    };
}

function* changedBands(condition: Extract<Condition, { kind: 'score-bands' }>, names: Names): Generator<Change<Condition>> {
  const { bands, score } = condition;
  for (const [i, band] of bands.entries()) {
    const other = bands.length === 1 ? names.bandBeside(score.value, band.value) : undefined;
    if (other === undefined && bands.length === 1) continue;
    yield {
      kind: 'band',
      span: band.span,
      was: `band ${band.value}`,
      is: other === undefined ? 'left out' : `band ${other}`,
      changed: { ...condition, bands: other === undefined ? without(bands, i) : [{ ...band, value: other }] },
    };
  }
}

const OTHERS = { some: 'every', every: 'some', none: 'some' } as const;

function* changedGroupTest(condition: Extract<Condition, { group: unknown }>): Generator<Change<Condition>> {
  if (condition.kind === 'count-records') {
    for (const each of changedTests(condition.test, { fact: WHOLE })) yield { ...each, changed: { ...condition, test: each.changed } };
    return;
  }
  const other = OTHERS[condition.kind];
  if (condition.where || condition.kind === 'none')
    yield { kind: 'group-test', span: condition.span, was: condition.kind, is: other, changed: { ...condition, kind: other } };
}
