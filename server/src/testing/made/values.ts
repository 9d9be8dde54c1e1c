/** The values of each input that a rule set tells apart: one of every stretch between its bounds, and those just beside each bound. */
import { gather, isDerived, readsFact } from '../../analysis/gather.ts';
import { PATIENT, Space } from '../../analysis/space.ts';
import type { Cell } from '../../analysis/variables.ts';
import { momentText, writtenValue } from '../../analysis/witness.ts';
import type { CompiledRuleSet } from '../../evaluation/compile.ts';
import { Exact } from '../../model/exact.ts';
import { factIn } from '../../model/names.ts';
import type { Fact, RuleSet, Score } from '../../model/rule-set.ts';
import { boundariesOf } from '../boundaries.ts';

/** Something that can be recorded, with the values that matter, those for everyday use first. */
export interface Input {
  /** Below the patient or the record: `facts/age`, `scores/sins/options/pain`. */
  readonly path: string;
  readonly group: string | undefined;
  readonly required: boolean;
  /** For whom nothing special is the case: none but plain values, to choose from. */
  readonly plain: readonly unknown[];
  readonly values: readonly unknown[];
}

/** The inputs that anything in the rule set reads, in the order declared. */
export function inputsOf(compiled: CompiledRuleSet, asOf: string): readonly Input[] {
  const { ruleSet } = compiled;
  const slots = new Map([...ruleSet.groups.keys()].map(group => [group, 1]));
  const space = new Space(ruleSet, slots, gather(ruleSet));
  const read = factsRead(ruleSet, space);
  const ofFacts = (facts: Iterable<Fact>, group: string | undefined): Input[] =>
    [...facts].flatMap(fact => {
      if (!read.has(fact) || fact.type === 'text') return [];
      const { cells } = space.variables[space.factVariable(fact, group === undefined ? PATIENT : { group, slot: 0 })]!;
      const beside = besideBounds(compiled, fact);
      const values = distinct([...cells.flatMap(cell => valuesOf(fact, cell, asOf)), ...beside]);
      const plain = distinct(
        [...cells].sort((a, b) => bareness(fact, a) - bareness(fact, b)).flatMap(cell => plainValues(fact, cell, asOf)),
      );
      return values.length > 0 ? [{ path: `facts/${fact.id}`, group, required: fact.required, plain, values }] : [];
    });
  const scores = [...ruleSet.scores.values()];
  const of = (facts: Iterable<Fact>, group: string | undefined) => [
    ...ofFacts(facts, group),
    ...scores.filter(score => score.of?.value === group).flatMap(score => inputsOfScore(score, group)),
  ];
  return [...of(ruleSet.facts.values(), undefined), ...[...ruleSet.groups.values()].flatMap(({ id, facts }) => of(facts.values(), id))];
}

function inputsOfScore(score: Score, group: string | undefined): Input[] {
  return [...score.components.values()].flatMap(({ id, how }) => {
    if (how?.kind !== 'options' || how.from) return [];
    const plain = [...how.options.values()].sort((a, b) => a.points.value.compare(b.points.value)).map(option => option.id);
    const values = [...plain, ...how.undefinedOptions.keys()];
    return [{ path: `scores/${score.id}/options/${id}`, group, required: false, plain, values }];
  });
}

/** Whatever is tested, must be recorded, or goes into what is worked out. */
function factsRead(ruleSet: RuleSet, { gathered }: Space): ReadonlySet<Fact> {
  const all = [...ruleSet.facts.values(), ...[...ruleSet.groups.values()].flatMap(({ facts }) => [...facts.values()])];
  const tested = [...gathered.facts.keys()];
  const calculated = tested.filter(isDerived);
  const voiding = [...ruleSet.scores.values()].flatMap(({ voidedBy, of }) =>
    voidedBy.map(({ value }) => factIn(ruleSet, of?.value, value)),
  );
  const read = all.filter(fact => fact.required || voiding.includes(fact) || calculated.some(each => readsFact(ruleSet, each, fact)));
  return new Set([...tested, ...read]);
}

const HOUR = 3_600_000;

function valuesOf(fact: Fact, cell: Cell, asOf: string): unknown[] {
  if (cell.kind === 'absent') return [];
  if (cell.kind !== 'event') return [writtenValue(fact, cell)];
  if (cell.since !== undefined) return [momentText(Date.parse(asOf) - Math.round(cell.since.double * HOUR))];
  return [cell.day ?? momentText(Date.parse(asOf) - 24 * HOUR)];
}

/** First stretches of numbers in the fact's own unit, then single numbers, which are the bounds of some rule, then other units. */
function bareness({ unit }: Fact, cell: Cell): number {
  if (cell.kind !== 'number') return 0;
  const isStretch = cell.above !== undefined || cell.below !== undefined;
  return (cell.unit === unit?.value || cell.unit === undefined ? 0 : 2) + (isStretch ? 0 : 1);
}

/** Of a stretch of numbers its middle, in few digits. */
function plainValues(fact: Fact, cell: Cell, asOf: string): unknown[] {
  if (cell.kind !== 'number' || !cell.above || !cell.below) return valuesOf(fact, cell, asOf);
  const [low, high] = [cell.above.double, cell.below.double];
  const middle = roundest((low + high) / 2, low, high, fact.type === 'integer');
  return middle === undefined ? valuesOf(fact, cell, asOf) : [writtenValue(fact, { ...cell, value: Exact.of(middle) })];
}

/** The number of fewest digits near the middle that still lies between. */
function roundest(middle: number, low: number, high: number, whole: boolean): number | undefined {
  for (let digits = 1; digits <= 6; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    const near = Math.abs(rounded - middle) <= (high - low) / 4;
    if (near && rounded > low && rounded < high && (!whole || Number.isInteger(rounded))) return rounded;
  }
  return undefined;
}

function besideBounds(compiled: CompiledRuleSet, fact: Fact): unknown[] {
  return boundariesOf(compiled).flatMap(boundary => {
    if (boundary.kind !== 'fact' || boundary.reader.fact !== fact) return [];
    const { number, step, unit } = boundary;
    const cellOf = (value: Exact): Cell => ({ kind: 'number', value, unit, above: undefined, below: undefined });
    const [low, high] = [fact.minimum?.value, fact.maximum?.value];
    const inOwn = unit === undefined || unit === fact.unit?.value;
    const fits = (value: Exact) => !inOwn || (!(low && value.compare(low) < 0) && !(high && value.compare(high) > 0));
    return [number.minus(step), number, number.plus(step)].filter(fits).map(value => writtenValue(fact, cellOf(value)));
  });
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()];
}
