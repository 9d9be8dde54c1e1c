/** The values an unknown input could have: each one, or each cell between the bounds that the rule set names. */
import { timeUnitLength } from '../model/dates.ts';
import { Exact } from '../model/exact.ts';
import { type Cell, cellsOf, cellText, type Line } from './cells.ts';
import type { CompiledRuleSet } from './compile.ts';
import type { FactReader, RecordedFact } from './compiling.ts';
import { bendsOf } from './inverse.ts';
import type { Need } from './needs.ts';
import { assume, type Context, emptyHolder, type Holder, type PatientState } from './state.ts';
import { type MomentValue, momentText, NEVER, type Possible, point, textOf, type Value } from './values.ts';

/** One possible value of an input, and the patient who has it. */
export interface Choice {
  readonly label: string;
  readonly patient: PatientState;
  /** For a value that stands for a range: neighbours with the same outcome are shown as one. */
  readonly cell?: Cell;
  readonly say?: (cell: Cell) => string;
}

/** `asked`: the facts through which the values matter; undefined where all do. Empty where the values cannot be listed. */
export function choicesOf(need: Need, compiled: CompiledRuleSet, patient: PatientState, asked?: ReadonlySet<FactReader>): Choice[] {
  switch (need.kind) {
    case 'group':
      return [completed(need.group!, patient)];
    case 'score-date':
      return patient.asOf ? [rescored(need, patient, patient.asOf)] : [];
    case 'component':
      return optionChoices(need, patient);
    case 'fact':
      return factChoices(need, need.fact!, compiled, patient, asked);
  }
}

function completed(group: number, patient: PatientState): Choice {
  const groups = patient.groups.map((each, index) => (index === group ? { ...each, complete: true, unlisted: undefined } : each));
  return { label: 'complete', patient: assume({ patient: { ...patient, groups }, record: undefined }, []).patient };
}

/** Scored again at the moment of the question: nothing that happened can be later. */
function rescored(need: Need, patient: PatientState, asOf: MomentValue): Choice {
  const on: MomentValue = { kind: 'moment', from: asOf.to, to: asOf.to };
  return { label: momentText(asOf), patient: withScore(need, patient, recorded => ({ on, options: recorded?.options ?? new Map() })) };
}

function optionChoices(need: Need, patient: PatientState): Choice[] {
  const { score, component } = need;
  const how = score!.score.components.get(component!)?.how;
  if (how?.kind !== 'options') return [];
  const recorded = (need.record ?? patient.holder).scores[score!.slot.index]?.options.get(component!);
  const options = recorded ?? [...how.options.keys(), ...how.undefinedOptions.keys()];
  return options.map(option => ({
    label: option,
    patient: withScore(need, patient, old => ({ on: old?.on, options: new Map(old?.options).set(component!, [option]) })),
  }));
}

type Scored = Holder['scores'][number];

/** The patient with that score of the need's holder changed. */
export function withScore({ record, score }: Need, patient: PatientState, change: (old: Scored) => Scored): PatientState {
  const index = score!.slot.index;
  const changed = (holder: Holder) =>
    emptyHolder(
      holder.id,
      holder.facts,
      holder.scores.map((old, i) => (i === index ? change(old) : old)),
    );
  if (!record) return assume({ patient: { ...patient, holder: changed(patient.holder) }, record: undefined }, []).patient;
  const groups = patient.groups.map((group, g) =>
    g === score!.slot.group ? { ...group, records: group.records.map(each => (each === record ? changed(each) : each)) } : group,
  );
  return assume({ patient: { ...patient, groups }, record: undefined }, []).patient;
}

function factChoices(
  need: Need,
  fact: RecordedFact,
  compiled: CompiledRuleSet,
  patient: PatientState,
  asked: ReadonlySet<FactReader> | undefined,
): Choice[] {
  const context: Context = { patient, record: need.record };
  const known: Possible = (need.record ?? patient.holder).facts[fact.slot.index];
  const having = (values: readonly Value[]) => assume(context, [{ slot: fact.slot, values }]).patient;
  const single = (value: Value): Choice => ({ label: textOf(value), patient: having([value]) });
  const reader = compiled.layout.compiling.fact(fact.fact.id, fact.fact.group);
  if (!reader) return [];
  if (known && known.length > 1 && known.every(value => value.kind !== 'moment')) return known.map(single);
  switch (fact.fact.type) {
    case 'boolean':
      return [true, false].map(value => single({ kind: 'boolean', value }));
    case 'code':
    case 'side':
      return codeChoices(fact, reader, having);
    case 'date':
      return dateChoices(fact, reader, compiled, context, known, having);
    default:
      return numberChoices(fact, reader, { compiled, context, asked }, having);
  }
}

type Having = (values: readonly Value[]) => PatientState;

/** Leaves that no test tells apart are one choice. */
function codeChoices({ codes }: RecordedFact, { tests }: FactReader, having: Having): Choice[] {
  const named = [...new Set(tests.flatMap(test => test.codes))].filter(id => codes.has(id));
  const alike = new Map<string, string[]>();
  for (const leaf of codes.leaves) {
    const key = named.map(id => (codes.isBelow(leaf, id) ? '1' : '0')).join('');
    alike.set(key, [...(alike.get(key) ?? []), leaf]);
  }
  return [...alike.values()].map(ids => ({ label: ids.join(', '), patient: having([{ kind: 'code', id: ids[0]! }]) }));
}

interface Asking {
  readonly compiled: CompiledRuleSet;
  readonly context: Context;
  readonly asked: ReadonlySet<FactReader> | undefined;
}

function numberChoices(recorded: RecordedFact, reader: FactReader, { compiled, context, asked }: Asking, having: Having): Choice[] {
  const { fact } = recorded;
  const unit = fact.unit?.value;
  const line: Line = { minimum: fact.minimum?.value, maximum: fact.maximum?.value, whole: fact.type === 'integer' };
  const bends = bendsOf(recorded, compiled, context, line, asked) ?? everyWhole(line);
  if (!bends) return [];
  const bounds = [...reader.tests.flatMap(test => test.bounds(unit)), ...bends];
  const say = (cell: Cell) => cellText(cell, line, number => number.toString()) + (unit === undefined ? '' : ` ${unit}`);
  return cellsOf(bounds, line).map(cell => ({ label: say(cell), cell, say, patient: having([point(cell.inside, unit)]) }));
}

const MOST_WHOLE = 200;

/** Where a calculation cannot be followed backwards a few whole numbers can still be tried one by one. */
function everyWhole({ minimum, maximum, whole }: Line): Exact[] | undefined {
  if (!whole || !minimum || !maximum || maximum.double - minimum.double > MOST_WHOLE) return undefined;
  const first = Math.ceil(minimum.double);
  return Array.from({ length: Math.floor(maximum.double) - first + 1 }, (_, i) => Exact.of(first + i));
}

/** A day is cut into the moments that make a difference; an absent date may also be of an event that never was. */
function dateChoices(
  recorded: RecordedFact,
  reader: FactReader,
  compiled: CompiledRuleSet,
  context: Context,
  known: Possible,
  having: Having,
): Choice[] {
  const { asOf } = context.patient;
  if (!asOf) return [];
  const bounds = momentBounds(recorded, reader, compiled, context, asOf).map(moment => Exact.of(moment));
  const say = (line: Line) => (cell: Cell) => cellText(rounded(cell, line), line, momentOf);
  const along = (line: Line) =>
    cellsOf(bounds, line).map(cell => {
      const moment = cell.inside.double;
      return { label: say(line)(cell), cell, say: say(line), patient: having([{ kind: 'moment', from: moment, to: moment }]) };
    });
  const never = { label: 'never', patient: having([NEVER]) };
  if (!known) return [...along({ minimum: undefined, maximum: Exact.of(asOf.to), whole: true }), never];
  return known.flatMap(value => {
    if (value.kind !== 'moment') return [never];
    const { from, to } = value.day ?? value;
    return along({ minimum: Exact.of(from), maximum: Exact.of(to), whole: true });
  });
}

/** Up to the last millisecond before a full second is before that second. */
function rounded(cell: Cell, { minimum, maximum }: Line): Cell {
  const { from, to } = cell;
  if (from && to && from.at.equals(to.at)) return cell;
  return { ...cell, from: opened(from, -1, minimum), to: opened(to, 1, maximum) };
}

function opened(end: Cell['to'], step: 1 | -1, limit: Exact | undefined): Cell['to'] {
  const isFull = (moment: number) => moment % 1000 === 0;
  if (!end?.closed || isFull(end.at.double) || limit?.equals(end.at)) return end;
  const next = end.at.double + step;
  return isFull(next) ? { at: Exact.of(next), closed: false } : end;
}

function momentOf(number: Exact): string {
  return momentText({ kind: 'moment', from: number.double, to: number.double });
}

/** First moments from which something is different: bounds on the date, on the time since, and the dates of scores it may void. */
function momentBounds(
  { slot, key }: RecordedFact,
  reader: FactReader,
  compiled: CompiledRuleSet,
  context: Context,
  asOf: MomentValue,
): number[] {
  const { layout } = compiled;
  const holders = [undefined, ...layout.groups.keys()].map(group => layout.holders(group));
  const direct = reader.tests.flatMap(test => test.moments.flatMap(({ from, to }) => [from, to + 1]));
  const since = holders
    .flatMap(({ derived }) => derived)
    .filter(each => each.origin === 'since' && each.reads.some(fact => fact.key === key));
  const backwards = since.flatMap(each =>
    each.tests.flatMap(test => sinceBounds(test.bounds(each.fact.unit?.value), each.fact.unit?.value, asOf)),
  );
  const voided = holders.flatMap(({ scores }) => scores).filter(({ validity }) => validity.reads.some(fact => fact.key === key));
  const records =
    slot.group === undefined ? [...context.patient.groups.flatMap(group => group.records), context.patient.holder] : [context.record!];
  const on = voided.flatMap(score => records.flatMap(holder => holder.scores[score.slot.index]?.on ?? []));
  return [...direct, ...backwards, ...on.flatMap(({ from }) => [from, from + 1])];
}

function sinceBounds(bounds: readonly Exact[], unit: string | undefined, asOf: MomentValue): number[] {
  const length = unit === undefined ? undefined : timeUnitLength(unit);
  if (length === undefined) return [];
  return bounds.flatMap(bound => {
    const back = Math.floor(bound.times(Exact.of(length)).double);
    return [asOf.from, asOf.to].flatMap(now => [now - back - 1, now - back, now - back + 1]);
  });
}
