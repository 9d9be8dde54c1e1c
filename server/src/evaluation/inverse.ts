/** For a number that goes into formulas: the values at which a formula's result crosses a bound, the rest of the patient unchanged. */
import { Exact } from '../model/exact.ts';
import type { Line } from './cells.ts';
import type { CompiledRuleSet } from './compile.ts';
import type { FactReader, RecordedFact } from './compiling.ts';
import { assume, type Context } from './state.ts';
import { isPoint, point } from './values.ts';

/**
 * Undefined where a formula cannot be followed backwards exactly: then nothing is said of the fact's values. `asked`: the facts that matter; undefined for all.
 */
export function bendsOf(
  recorded: RecordedFact,
  compiled: CompiledRuleSet,
  context: Context,
  line: Line,
  asked?: ReadonlySet<FactReader>,
): Exact[] | undefined {
  const bends: Exact[] = [];
  for (const { reader, at } of readersOf(recorded, compiled, context)) {
    if (reader.origin === 'table' || reader.tests.length === 0 || asked?.has(reader) === false) continue;
    const found = reader.origin === 'formula' ? bendsOfOne(reader, recorded, at, line) : undefined;
    if (!found) return undefined;
    bends.push(...found);
  }
  return bends;
}

/** The derived facts that depend on it, of the patient and of every record that sees it. */
function readersOf({ key, slot }: RecordedFact, { layout }: CompiledRuleSet, context: Context): { reader: FactReader; at: Context }[] {
  const depends = (reader: FactReader) => reader.reads.some(fact => fact.key === key);
  const own = layout.holders(slot.group).derived.filter(depends);
  const here = own.map(reader => ({ reader, at: context }));
  if (slot.group !== undefined) return here;
  const ofRecords = layout.groups.flatMap((_, group) => {
    const readers = layout.holders(group).derived.filter(depends);
    return context.patient.groups[group]!.records.flatMap(record => readers.map(reader => ({ reader, at: { ...context, record } })));
  });
  return [...here, ...ofRecords];
}

/** Five points on a line, or on the line of the reciprocal, are enough to know a formula of few operations. */
function bendsOfOne(reader: FactReader, { slot, fact }: RecordedFact, context: Context, line: Line): Exact[] | undefined {
  const inputs = samples(line);
  const results = inputs.map(input => {
    const values = reader.read(assume(context, [{ slot, values: [point(input, fact.unit?.value)] }]));
    const value = values?.length === 1 ? values[0] : undefined;
    return value?.kind === 'number' && isPoint(value) ? value : undefined;
  });
  const known = results.filter(result => result !== undefined);
  // Another input is missing too: whatever this one is, the result stays unknown.
  if (known.length === 0) return [];
  if (known.length < results.length) return undefined;
  const unit = known[0]!.unit;
  const bounds = reader.tests.flatMap(test => test.bounds(unit));
  const outputs = known.map(result => result.low);
  return solve(inputs, outputs, bounds) ?? solveReciprocal(inputs, outputs, bounds);
}

function samples({ minimum, maximum }: Line): Exact[] {
  const low = minimum ?? (maximum ? maximum.minus(Exact.of(6)) : Exact.of(0));
  const step = maximum && minimum ? maximum.minus(minimum).dividedBy(Exact.of(6))! : Exact.of(1);
  return [1, 2, 3, 4, 5].map(times => low.plus(step.times(Exact.of(times))));
}

function solve(inputs: readonly Exact[], outputs: readonly Exact[], bounds: readonly Exact[]): Exact[] | undefined {
  const slopes = inputs.slice(1).map((input, i) => outputs[i + 1]!.minus(outputs[0]!).dividedBy(input.minus(inputs[0]!)));
  const slope = slopes[0];
  if (!slope || !slopes.every(each => each?.equals(slope))) return undefined;
  return bounds.flatMap(bound => {
    const distance = bound.minus(outputs[0]!).dividedBy(slope);
    return distance ? [inputs[0]!.plus(distance)] : [];
  });
}

const ONE = Exact.of(1);

function solveReciprocal(inputs: readonly Exact[], outputs: readonly Exact[], bounds: readonly Exact[]): Exact[] | undefined {
  const reciprocals = outputs.map(output => ONE.dividedBy(output));
  if (!reciprocals.every(each => each !== undefined)) return undefined;
  return solve(
    inputs,
    reciprocals,
    bounds.flatMap(bound => ONE.dividedBy(bound) ?? []),
  );
}
