/**
 * Patients in whom a number that is worked out lies just below, at and just above a bound. The analysis takes such numbers as free; here one input
 * after the other is moved until the number is as wanted, which is exact wherever the number follows the input in a straight line.
 */
import { readsFact } from '../../analysis/gather.ts';
import { writtenValue } from '../../analysis/witness.ts';
import { isPoint } from '../../evaluation/values.ts';
import { convert } from '../../evaluation/vocabulary.ts';
import { Exact } from '../../model/exact.ts';
import type { DerivedFact, Fact } from '../../model/rule-set.ts';
import type { FactBoundary, Side } from '../boundaries.ts';
import { RECORD } from './base.ts';
import { changed, type Sheet } from './sheet.ts';
import type { Looking } from './shows.ts';

/** Each may show the side of the bound or not: it is for the evaluator to say. */
export function* nearBound(boundary: FactBoundary, side: Side, looking: Looking, base: Sheet): Generator<Sheet> {
  const { reader, number, step, unit } = boundary;
  if (!('how' in reader.fact)) return;
  const wanted = side === 'at' ? number : side === 'below' ? number.minus(step) : number.plus(step);
  const inputs = inputsFor(reader.fact as DerivedFact, looking, base);
  const settings = [
    base,
    ...inputs.flatMap(({ fact, path }) => unitsOf(fact).map(other => changed(base, [[path, amount(fact, plainOf(fact), other)]]))),
  ];
  for (const setting of settings)
    for (const input of inputs) {
      const found = moved(input, setting, looking, boundary, sheetValue => {
        const target = convert(reader.fact, wanted, unit, sheetValue.unit);
        return target && { target, from: sheetValue.number };
      });
      if (found) yield found;
    }
}

interface Moving {
  readonly fact: Fact;
  readonly path: string;
}

/** The numbers that go into it, with their places in the sheet. */
function inputsFor(derived: DerivedFact, { compiled: { ruleSet } }: Looking, base: Sheet): Moving[] {
  const own = [...(ruleSet.groups.get(derived.group ?? '')?.facts.values() ?? [])];
  return [...ruleSet.facts.values(), ...own].flatMap(fact => {
    if (!['integer', 'decimal', 'quantity'].includes(fact.type) || !readsFact(ruleSet, derived, fact)) return [];
    const path = fact.group === undefined ? `facts/${fact.id}` : `groups/${fact.group}/records/${RECORD}/facts/${fact.id}`;
    return base.has(path) ? [{ fact, path }] : [];
  });
}

function unitsOf(fact: Fact): readonly (string | undefined)[] {
  return fact.alsoIn.length > 0 ? [fact.unit?.value, ...fact.alsoIn.map(({ unit }) => unit.value)] : [];
}

/** Somewhere within the domain, away from nought: what is divided by it stays a number. */
function plainOf({ minimum, maximum }: Fact): Exact {
  if (minimum && maximum) return minimum.value.plus(maximum.value).dividedBy(Exact.of(2))!;
  return (minimum?.value ?? Exact.of(0)).plus(Exact.of(1));
}

function amount(fact: Fact, value: Exact, unit: string | undefined): unknown {
  const own = unit === fact.unit?.value ? value : (convert(fact, value, fact.unit?.value, unit) ?? value);
  return writtenValue(fact, { kind: 'number', value: own, unit, above: undefined, below: undefined });
}

interface Seen {
  readonly number: Exact;
  readonly unit: string | undefined;
}

/** The sheet with the input where a straight line through two of its values meets the target. */
function moved(
  { fact, path }: Moving,
  sheet: Sheet,
  looking: Looking,
  { reader }: FactBoundary,
  targetOf: (seen: Seen) => { readonly target: Exact; readonly from: Exact } | undefined,
): Sheet | undefined {
  const unit = (sheet.get(path) as { unit?: string } | undefined)?.unit ?? fact.unit?.value;
  const at = (value: Exact) => changed(sheet, [[path, amount(fact, value, unit)]]);
  const seenAt = (value: Exact): Seen | undefined => {
    const shown = looking.at(at(value));
    if (!shown) return undefined;
    const group =
      reader.fact.group === undefined ? undefined : looking.compiled.layout.groups.findIndex(({ id }) => id === reader.fact.group);
    const record = group === undefined ? undefined : shown.state.groups[group]!.records[0];
    const values = reader.read({ patient: shown.state, record });
    const [only] = values ?? [];
    return values?.length === 1 && only?.kind === 'number' && isPoint(only) ? { number: only.low, unit: only.unit } : undefined;
  };
  const middle = plainOf(fact);
  const [one, two] = [middle, middle.plus(Exact.of(1))];
  const [first, second] = [seenAt(one), seenAt(two)];
  const wanted = first && targetOf(first);
  if (!first || !second || !wanted) return undefined;
  const share = wanted.target.minus(first.number).dividedBy(second.number.minus(first.number));
  if (!share) return undefined;
  const value = one.plus(two.minus(one).times(share));
  const [low, high] = [fact.minimum?.value, fact.maximum?.value];
  if ((low && value.compare(low) < 0) || (high && value.compare(high) > 0)) return undefined;
  return at(value);
}
