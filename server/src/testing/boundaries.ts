/** The bounds of a rule set, each to be met just below, at and just above: of thresholds, conditions, intervals, bands and totals. */
import { attainableTotals } from '../analysis/attainable-totals.ts';
import { eachCondition } from '../analysis/gather.ts';
import { boundsOf, constantsOf, isNumber } from '../analysis/limits.ts';
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { FactReader } from '../evaluation/compiling.ts';
import { convert } from '../evaluation/vocabulary.ts';
import { Exact } from '../model/exact.ts';
import type { Bound, Item, RuleSet, Score, Test } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import type { SeenNumber } from './seen.ts';

export type Side = 'below' | 'at' | 'above';
export const SIDES: readonly Side[] = ['below', 'at', 'above'];

/** One number that a fact is compared with. A cut-off for each unit has one boundary a unit. */
export interface FactBoundary {
  readonly kind: 'fact';
  readonly item: Item;
  readonly file: string;
  readonly span: Span;
  readonly reader: FactReader;
  readonly number: Exact;
  readonly unit: string | undefined;
  /** Whether another cut-off stands for each other unit: then only values recorded in this one are held against it. */
  readonly onlyInUnit: boolean;
  /** Just below is less than this far below. */
  readonly step: Exact;
}

export interface TotalBoundary {
  readonly kind: 'total';
  readonly item: Item;
  readonly file: string;
  readonly span: Span;
  readonly score: Score;
  readonly number: Exact;
  /** The attainable totals next to it; undefined where there is none on that side. */
  readonly next: Readonly<Record<Side, Exact | undefined>>;
}

export type Boundary = FactBoundary | TotalBoundary;

const made = new WeakMap<CompiledRuleSet, readonly Boundary[]>();

/** Made once for a rule set. What one item says twice of one bound (`atMost` 4 and `above` 4) is one boundary, at the first place. */
export function boundariesOf(compiled: CompiledRuleSet): readonly Boundary[] {
  const known = made.get(compiled) ?? allBoundaries(compiled);
  made.set(compiled, known);
  return known;
}

function allBoundaries(compiled: CompiledRuleSet): readonly Boundary[] {
  const { ruleSet } = compiled;
  const found = new Map<string, Boundary>();
  const add = (boundary: Boundary) => {
    const key = keyOf(boundary);
    const known = found.get(key);
    if (!known || boundary.span.start < known.span.start) found.set(key, boundary);
  };
  const thresholds = new Map<string, string | undefined>();
  const { fact } = compiled.layout.compiling;
  eachOwnedTest(compiled, ({ item, file, name, group, test, unit }) => {
    const reader = fact.call(compiled.layout.compiling, name, group);
    if (reader) for (const boundary of factBoundaries(reader, test, unit)) add({ ...boundary, item, file });
  });
  eachCondition(ruleSet, (condition, group) => {
    if (condition.kind === 'threshold') thresholds.set(condition.threshold.value, group);
  });
  for (const [id, group] of thresholds) {
    const threshold = ruleSet.thresholds.get(id);
    const reader = threshold?.fact && compiled.layout.compiling.fact(threshold.fact.value, group);
    if (threshold && reader)
      for (const boundary of factBoundaries(reader, threshold.test, undefined)) add({ ...boundary, item: threshold, file: threshold.file });
  }
  for (const boundary of totalBoundaries(ruleSet)) add(boundary);
  return [...found.values()];
}

function keyOf(boundary: Boundary): string {
  const { kind, item, file, number } = boundary;
  const of =
    kind === 'total'
      ? boundary.score.id
      : `${boundary.reader.fact.group ?? ''} ${boundary.reader.fact.id} ${boundary.unit ?? ''} ${boundary.onlyInUnit}`;
  return `${kind} ${file} ${item.idSpan.start} ${of} ${number.toString(60)}`;
}

interface OwnedTest {
  readonly item: Item;
  readonly file: string;
  readonly name: string;
  readonly group: string | undefined;
  readonly test: Test;
  /** The unit of bounds written without one, where it is not the fact's. */
  readonly unit: string | undefined;
}

/** Tests of facts in conditions and in intervals. What the rule set calls impossible is left out, as its conditions are. */
function eachOwnedTest({ ruleSet }: CompiledRuleSet, visit: (test: OwnedTest) => void): void {
  const owners = ownersOf(ruleSet);
  eachCondition(ruleSet, (condition, group) => {
    const item = owners.get(condition.span);
    if (condition.kind === 'fact' && item)
      visit({ item, file: item.file, name: condition.fact.value, group, test: condition.test, unit: undefined });
  });
  for (const score of ruleSet.scores.values())
    for (const { how } of score.components.values())
      if (how?.kind === 'intervals')
        for (const { test } of how.intervals)
          visit({ item: score, file: score.file, name: how.fact.value, group: score.of?.value, test, unit: how.unit?.value });
}

/** Items by the spans of their conditions: the objects, for the same place may stand in two files. */
function ownersOf(ruleSet: RuleSet): ReadonlyMap<Span, Item> {
  const owners = new Map<Span, Item>();
  for (const item of [...ruleSet.rules.values(), ...ruleSet.scores.values(), ...ruleSet.derived.values()]) {
    const alone: RuleSet = {
      ...ruleSet,
      root: { ...ruleSet.root, appliesTo: undefined },
      impossible: new Map(),
      rules: new Map(ruleSet.rules.get(item.id) === item ? [[item.id, item as never]] : []),
      scores: new Map(ruleSet.scores.get(item.id) === item ? [[item.id, item as never]] : []),
      derived: new Map(ruleSet.derived.get(item.id) === item ? [[item.id, item as never]] : []),
    };
    eachCondition(alone, condition => owners.set(condition.span, item));
  }
  return owners;
}

type Found = Omit<FactBoundary, 'item' | 'file'>;

function factBoundaries(reader: FactReader, test: Test, plainUnit: string | undefined): Found[] {
  const written = test.unit?.value ?? plainUnit ?? reader.fact.unit?.value;
  const of = (number: Exact, unit: string | undefined, span: Span, onlyInUnit: boolean): Found => ({
    kind: 'fact',
    reader,
    number,
    unit,
    span,
    onlyInUnit,
    step: reader.fact.type === 'integer' ? ONE : stepOf(number),
  });
  const single = constantsOf(test)
    .filter(isNumber)
    .map(({ value, span }) => of(value, written, span, false));
  return [
    ...single,
    ...boundsOf(test).flatMap(({ bound }) =>
      numbersIn(bound).map(each => of(each.number, each.unit ?? written, each.span, each.unit !== undefined)),
    ),
  ];
}

function numbersIn(bound: Bound): { number: Exact; unit: string | undefined; span: Span }[] {
  if (bound.kind === 'date') return [];
  if (bound.kind === 'number') return [{ number: bound.number.value, unit: undefined, span: bound.number.span }];
  return bound.numbers.map(({ unit, number }) => ({ number: number.value, unit: unit.value, span: number.span }));
}

const ONE = Exact.of(1);

/** One of the last digit written: 1 for 65, 0.1 for 3.5. */
function stepOf(number: Exact): Exact {
  const decimals = /\.(\d+)$/.exec(number.toString(60))?.[1]?.length ?? 0;
  return Exact.parse(`1e-${decimals}`)!;
}

function* totalBoundaries(ruleSet: RuleSet): Generator<Boundary> {
  const neighbours = new Map<Score, readonly Exact[] | undefined>();
  const owners = ownersOf(ruleSet);
  const of = function* (score: Score, test: Test, item: Item): Generator<Boundary> {
    if (!neighbours.has(score)) neighbours.set(score, attainableTotals(score, ruleSet)?.values);
    const totals = neighbours.get(score);
    const numbers = [
      ...constantsOf(test).filter(isNumber),
      ...boundsOf(test).flatMap(({ bound }) => (bound.kind === 'number' ? [bound.number] : [])),
    ];
    for (const { value, span } of totals ? numbers : []) {
      const next = {
        below: totals!.findLast(total => total.compare(value) < 0),
        at: totals!.find(total => total.equals(value)),
        above: totals!.find(total => total.compare(value) > 0),
      };
      yield { kind: 'total', item, file: item.file, span, score, number: value, next };
    }
  };
  for (const score of ruleSet.scores.values())
    for (const bands of score.bandSets.values()) for (const { test } of bands) yield* of(score, test, score);
  const tests: Boundary[] = [];
  eachCondition(ruleSet, condition => {
    const item = owners.get(condition.span);
    const score = condition.kind === 'score-total' && ruleSet.scores.get(condition.score.value);
    if (item && score && condition.kind === 'score-total') tests.push(...of(score, condition.test, item));
  });
  yield* tests;
}

/** On which sides of the boundary, and near enough, a number lies. */
export function sideOf({ reader, number, unit, onlyInUnit, step }: FactBoundary, seen: SeenNumber): Side | undefined {
  if (onlyInUnit && seen.unit !== unit) return undefined;
  const bound = convert(reader.fact, number, unit, seen.unit);
  const width = convert(reader.fact, step, unit, seen.unit);
  if (!bound || !width) return undefined;
  const order = seen.number.compare(bound);
  if (order === 0) return 'at';
  if (order < 0) return seen.number.compare(bound.minus(width)) >= 0 ? 'below' : undefined;
  return seen.number.compare(bound.plus(width)) <= 0 ? 'above' : undefined;
}

/** Sides that no patient within the domain can show. */
export function impossibleSides(boundary: Boundary): readonly Side[] {
  if (boundary.kind === 'total') return SIDES.filter(side => boundary.next[side] === undefined);
  const { reader, number, unit } = boundary;
  const inOwn = convert(reader.fact, number, unit, reader.fact.unit?.value);
  const [low, high] = [reader.fact.minimum?.value, reader.fact.maximum?.value];
  if (!inOwn) return [];
  const none: Side[] = [];
  if (low && inOwn.compare(low) <= 0) none.push('below');
  if ((low && inOwn.compare(low) < 0) || (high && inOwn.compare(high) > 0) || (reader.fact.type === 'integer' && !number.isInteger()))
    none.push('at');
  if (high && inOwn.compare(high) >= 0) none.push('above');
  return none;
}
