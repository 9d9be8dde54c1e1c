/** Components of a score: the points each can have. */

import { Exact } from '../model/exact.ts';
import type { Component, ComponentSource, Score } from '../model/rule-set.ts';
import type { Compiling, FactReader, RecordedFact, Standing } from './compiling.ts';
import { union } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { Context } from './state.ts';
import { type CompiledTest, compileTest } from './tests.ts';
import { FALSE, isPoint, type Numbers, type Possible, sortedNumbers, TRUE, UNKNOWN, type Value } from './values.ts';
import { convert } from './vocabulary.ts';

export interface CompiledComponent {
  readonly id: string;
  readonly how: ComponentSource | undefined;
  /** All points it can give: what is possible while nothing is known of it. Undefined where they cannot be listed. */
  readonly attainable: Numbers;
  /** The possible points, given the options recorded (undefined: none recorded). */
  readonly points: (context: Context, recorded: readonly string[] | undefined) => Numbers;
  readonly reads: readonly RecordedFact[];
  /** Its conditions read facts more than once, so that their values are taken together even within the component. */
  readonly conditions: readonly CompiledCondition[];
  readonly fact: FactReader | undefined;
  /** Whether its option is recorded in the patient's score. */
  readonly recordable: boolean;
}

type Body = Pick<CompiledComponent, 'attainable' | 'points'> & Partial<CompiledComponent>;

export function compileComponent(component: Component, score: Score, group: string | undefined, compiling: Compiling): CompiledComponent {
  const base = { id: component.id, how: component.how, reads: [], conditions: [], fact: undefined, recordable: false };
  return { ...base, ...compileSource(component.how, { file: score.file, group, mayTestUnknown: false }, compiling) };
}

function compileSource(how: ComponentSource | undefined, standing: Standing, compiling: Compiling): Body {
  switch (how?.kind) {
    case undefined:
      return { attainable: undefined, points: () => undefined };
    case 'options':
      return how.from ? compileFrom(how, compiling.fact(how.from.value, standing.group)) : compileOptions(how);
    case 'intervals':
      return compileIntervals(how, compiling.fact(how.fact.value, standing.group));
    case 'value':
      return compileValue(compiling.fact(how.fact.value, standing.group));
    case 'conditions':
      return compileConditions(how, standing, compiling);
  }
}

type Options = Extract<ComponentSource, { kind: 'options' }>;

/** An option without points counts as any of the points the component can give. */
function compileOptions(how: Options): Body {
  const attainable = attainableOf(how);
  const pointsOf = (option: string): Numbers => {
    const points = how.options.get(option)?.points.value;
    return points ? [points] : attainable;
  };
  return { attainable, recordable: true, points: (_, recorded) => (recorded ? merged(recorded.map(pointsOf)) : attainable) };
}

function attainableOf(how: Options): Numbers {
  return how.options.size > 0 ? sortedNumbers([...how.options.values()].map(({ points }) => points.value)) : undefined;
}

function compileFrom(how: Options, fact: FactReader | undefined): Body {
  const attainable = attainableOf(how);
  if (!fact) return { attainable, points: () => attainable };
  fact.tests.push(namingTest([...how.options.keys(), ...how.undefinedOptions.keys()]));
  const pointsOf = (value: Value): Numbers => {
    if (value.kind !== 'code') return attainable;
    const exact = how.options.get(value.id);
    if (exact) return [exact.points.value];
    if (how.undefinedOptions.has(value.id)) return attainable;
    const above = [...how.options.values()].filter(({ id }) => fact.codes.isBelow(value.id, id));
    const undefinedAbove = [...how.undefinedOptions.keys()].some(id => fact.codes.isBelow(value.id, id));
    return above.length > 0 && !undefinedAbove ? sortedNumbers(above.map(({ points }) => points.value)) : attainable;
  };
  return { attainable, fact, reads: fact.reads, points: context => eachValue(fact.read(context), pointsOf, attainable) };
}

function eachValue(values: Possible, pointsOf: (value: Value) => Numbers, attainable: Numbers): Numbers {
  return values ? merged(values.map(pointsOf)) : attainable;
}

function merged(sets: readonly Numbers[]): Numbers {
  if (sets.length === 1) return sets[0];
  return sets.every(set => set !== undefined) ? sortedNumbers(sets.flat()) : undefined;
}

/** A value in two intervals may have the points of either; a value in none has unknown points. */
function compileIntervals(how: Extract<ComponentSource, { kind: 'intervals' }>, fact: FactReader | undefined): Body {
  const attainable = how.intervals.length > 0 ? sortedNumbers(how.intervals.map(({ points }) => points.value)) : undefined;
  if (!fact) return { attainable, points: () => attainable };
  const unit = how.unit?.value ?? fact.fact.unit?.value;
  const tests = how.intervals.map(({ test }) => compileTest(test, { fact: fact.fact, codes: fact.codes, unit }));
  fact.tests.push(...tests);
  const intervals = how.intervals.map(({ points }, i) => ({ holds: tests[i]!.holds, points: points.value }));
  const pointsOf = (value: Value): Numbers => {
    const truths = intervals.map(({ holds }) => holds(value));
    const found = intervals.filter((_, i) => truths[i] !== FALSE).map(({ points }) => points);
    // A range of values may also reach between two intervals; only a certain hit excludes that.
    return found.length > 0 && (truths.includes(TRUE) || value.kind !== 'number') ? sortedNumbers(found) : attainable;
  };
  return { attainable, fact, reads: fact.reads, points: context => eachValue(fact.read(context), pointsOf, attainable) };
}

const MOST_WHOLE_NUMBERS = 1000;

/** Its own value is the points: in the declared unit, and any whole number of the domain while it is absent. */
function compileValue(fact: FactReader | undefined): Body {
  const attainable = fact && wholeNumbers(fact);
  if (!fact) return { attainable, points: () => attainable };
  fact.tests.push(valueTest(attainable ?? []));
  const pointsOf = (value: Value): Numbers => {
    const number = value.kind === 'number' && isPoint(value) ? convert(fact.fact, value.low, value.unit, fact.fact.unit?.value) : undefined;
    return number ? [number] : attainable;
  };
  return { attainable, fact, reads: fact.reads, points: context => eachValue(fact.read(context), pointsOf, attainable) };
}

function wholeNumbers({ fact }: FactReader): Numbers {
  const [low, high] = [fact.minimum?.value.double, fact.maximum?.value.double];
  if (fact.type !== 'integer' || low === undefined || high === undefined) return undefined;
  const first = Math.ceil(low);
  const count = Math.floor(high) - first + 1;
  if (!(count > 0 && count <= MOST_WHOLE_NUMBERS)) return undefined;
  return Array.from({ length: count }, (_, i) => Exact.of(first + i));
}

function compileConditions(how: Extract<ComponentSource, { kind: 'conditions' }>, standing: Standing, compiling: Compiling): Body {
  const cases = how.conditions.map(({ when, points }) => ({ when: compiling.condition(when, standing), points: points.value }));
  const otherwise = how.otherwise?.value;
  const all = [...cases.map(({ points }) => points), ...(otherwise ? [otherwise] : [])];
  const attainable = all.length > 0 ? sortedNumbers(all) : undefined;
  const conditions = cases.map(({ when }) => when);
  const points = (context: Context): Numbers => {
    const found: Exact[] = [];
    for (const { when, points } of cases) {
      const truth = when.truth(context);
      if (truth !== FALSE) found.push(points);
      if (truth === TRUE) return sortedNumbers(found);
    }
    return otherwise ? sortedNumbers([...found, otherwise]) : attainable;
  };
  return { attainable, points, conditions, reads: union(...conditions.map(condition => condition.reads)) };
}

/** What reads an option's id, or a number itself, tells these values apart like a test that names them. */
function namingTest(codes: readonly string[]): CompiledTest {
  return { holds: () => UNKNOWN, text: () => '', bounds: () => [], moments: [], codes };
}

function valueTest(numbers: readonly Exact[]): CompiledTest {
  return { holds: () => UNKNOWN, text: () => '', bounds: () => numbers, moments: [], codes: [] };
}
