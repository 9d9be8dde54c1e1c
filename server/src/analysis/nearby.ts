/** Patients like one that could not be confirmed: with other inputs where a number is calculated, and with a value where something was absent. */
import { Exact } from '../model/exact.ts';
import type { Fact, RuleSet } from '../model/rule-set.ts';
import { type Bits, firstBit } from './bits.ts';
import { isCoded, isNumeric, leavesOf } from './fact-values.ts';
import { isDerived, readsFact } from './gather.ts';
import type { Space } from './space.ts';
import type { Cell, Variable } from './variables.ts';
import { momentText, type WitnessPatient, writtenValue } from './witness.ts';

/** So many are tried: a question must not cost more than a search. */
const MOST = 160;
const MOST_VALUES = 12;

/** One input of a holder with the values it may have. */
interface Input {
  readonly fact: Fact;
  readonly group: string | undefined;
  readonly slot: number;
  readonly values: readonly unknown[];
}

/** First each input by itself, then pairs, then all together; each patient once at most. */
export function* nearby(space: Space, patient: WitnessPatient, used: ReadonlySet<number>, box: readonly Bits[]): Generator<WitnessPatient> {
  const inputs = inputsOf(space, patient, used, box);
  let left = MOST;
  for (const some of [...inputs.map(input => [input]), ...pairs(inputs), ...(inputs.length > 2 ? [inputs] : [])])
    for (const values of product(some.map(input => input.values))) {
      if (left-- === 0) return;
      yield withValues(patient, some, values);
    }
}

function inputsOf(space: Space, patient: WitnessPatient, used: ReadonlySet<number>, box: readonly Bits[]): Input[] {
  const found = new Map<string, Input>();
  for (const index of used) {
    const variable = space.variables[index]!;
    if (!variable.fact || !isOpen(variable, box[index]!)) continue;
    for (const fact of recordedFor(space.ruleSet, variable.fact)) {
      const { group, slot } = fact.group === undefined ? { group: undefined, slot: 0 } : variable;
      const key = `${group ?? ''}#${slot} ${fact.id}`;
      const values = fact.type === 'date' ? moments(patient.asOf, variable) : valuesOf(space, fact, variable);
      if (values.length) found.set(key, { fact, group, slot, values });
    }
  }
  return [...found.values()];
}

/** A computed number may be one that no inputs give; what is absent may be known to the evaluator in part. */
export function isOpen({ free, cells }: Variable, bits: Bits): boolean {
  const cell = cells[firstBit(bits)];
  return free || cell?.kind === 'absent' || (cell?.kind === 'code' && cell.several === true);
}

function recordedFor(ruleSet: RuleSet, fact: Fact): readonly Fact[] {
  if (!isDerived(fact)) return [fact];
  const own = ruleSet.groups.get(fact.group ?? '')?.facts.values() ?? [];
  return [...ruleSet.facts.values(), ...own].filter(one => readsFact(ruleSet, fact, one));
}

/** Of a number the values between the cut-offs it is known by, and those of what is calculated from it: sums and least values are often had by equal parts. */
function valuesOf(space: Space, fact: Fact, from: Variable): unknown[] {
  if (fact.type === 'boolean') return [true, false];
  if (isCoded(fact)) return leavesOf(fact, space.ruleSet).slice(0, MOST_VALUES);
  if (!isNumeric(fact)) return [];
  const cells = [...space.variables.filter(variable => variable.fact === fact), from].flatMap(variable => variable.cells);
  const numbers = cells.filter((cell): cell is Extract<Cell, { kind: 'number' }> => cell.kind === 'number');
  const known = numbers.filter(({ unit, value }) => isIn(fact, unit) && isWithin(fact, value));
  const written = [...known, ...plainNumbers(fact)].map(cell => writtenValue(fact, cell));
  return [...new Map(written.map(value => [JSON.stringify(value), value])).values()].slice(0, MOST_VALUES);
}

const SMALL = [1, 2, 3, 4, 5, 10, 0.5, 20];

/** Numbers of the domain that nothing in particular speaks for: its ends, what lies between, and small whole ones. */
function plainNumbers(fact: Fact): Extract<Cell, { kind: 'number' }>[] {
  const [low, high] = [fact.minimum?.value, fact.maximum?.value];
  const middle = low && high ? [Exact.of(Math.round((low.double + high.double) / 2))] : [];
  const plain = [...middle, ...(low ? [low] : []), ...(high ? [high] : []), ...SMALL.map(number => Exact.of(number))];
  return plain
    .filter(value => isWithin(fact, value))
    .map(value => ({ kind: 'number', value, unit: fact.unit?.value, above: undefined, below: undefined }));
}

const HOURS_AGO = [0, 1, 24, 7 * 24, 30 * 24, 91 * 24, 183 * 24, 365 * 24, 2 * 365 * 24, 5 * 365 * 24, 12 * 365 * 24];

/** What is calculated from a date hangs on how long ago it was. Of one that is asked for as unknown the day alone may be known. */
function moments(asOf: string, { cells }: Variable): unknown[] {
  const now = Date.parse(asOf);
  const ago = HOURS_AGO.map(hours => momentText(now - hours * 3_600_000));
  if (!cells.some(({ kind }) => kind === 'absent')) return ago;
  const days = cells.flatMap(cell => (cell.kind === 'event' && cell.day ? [cell.day.slice(0, 10)] : []));
  return [...new Set([...days, ...ago.map(moment => moment.slice(0, 10)), ...ago])];
}

function isIn(fact: Fact, unit: string | undefined): boolean {
  return fact.type !== 'quantity' ? unit === undefined : unit === fact.unit?.value || fact.alsoIn.some(other => other.unit.value === unit);
}

function isWithin({ minimum, maximum, type }: Fact, value: Extract<Cell, { kind: 'number' }>['value']): boolean {
  if (type === 'integer' && !value.isInteger()) return false;
  return !(minimum && value.compare(minimum.value) < 0) && !(maximum && value.compare(maximum.value) > 0);
}

function* pairs(inputs: readonly Input[]): Generator<readonly Input[]> {
  for (const [i, a] of inputs.entries()) for (const b of inputs.slice(i + 1)) yield [a, b];
}

function* product(lists: readonly (readonly unknown[])[]): Generator<readonly unknown[]> {
  const [first, ...rest] = lists;
  if (!first) yield [];
  else for (const value of first) for (const others of product(rest)) yield [value, ...others];
}

function withValues(patient: WitnessPatient, inputs: readonly Input[], values: readonly unknown[]): WitnessPatient {
  const copy = structuredClone(patient);
  for (const [i, { fact, group, slot }] of inputs.entries()) {
    const holder = group === undefined ? copy : copy.groups?.[group]?.records[slot];
    if (holder) holder.facts[fact.id] = values[i];
  }
  return copy;
}
