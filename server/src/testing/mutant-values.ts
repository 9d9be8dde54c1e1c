/**
 * A derived fact that is worked out otherwise may come out the same for everybody: every value of what it reads is tried, and what reads it tells
 * no two values apart. What lies between two bounds that are named is one value; what is calculated with is tried number by number.
 */
import { cellsOf } from '../evaluation/cells.ts';
import { type CompiledRuleSet, compile } from '../evaluation/compile.ts';
import type { FactReader, RecordedFact } from '../evaluation/compiling.ts';
import type { CompiledCondition } from '../evaluation/conditions.ts';
import { blankHolder } from '../evaluation/patient-state.ts';
import { assume, type Context } from '../evaluation/state.ts';
import { keyOf, type Possible, point, type Value } from '../evaluation/values.ts';
import { convert } from '../evaluation/vocabulary.ts';
import { Exact } from '../model/exact.ts';
import type { DerivedFact, Fact, RuleSet } from '../model/rule-set.ts';
import { mutatedRuleSet } from './mutant-run.ts';
import { isSameInUnits } from './mutant-units.ts';
import type { Mutant } from './mutants.ts';
import { factsInTerms, readByOtherThanTests } from './readers.ts';

/** More combinations of values than this are not tried. */
const MOST = 20_000;
/** More numbers than this are not tried one by one. */
const MOST_NUMBERS = 1000;

/** That nothing which is told of anybody hangs on the change of a fact: proved by trying every value. */
export function isSameByValues(ruleSet: RuleSet, mutant: Mutant): boolean {
  const { change } = mutant;
  if (change.kind !== 'whole' || change.what.kind !== 'fact') return false;
  // Made for this alone: to one that is used for mutants of rules their tests are added.
  const compiled = FRESH.get(ruleSet) ?? compile(ruleSet);
  FRESH.set(ruleSet, compiled);
  const changed = compile(mutatedRuleSet(ruleSet, mutant));
  const { was, is } = change.what;
  if (mutant.kind === 'unit' && was.alsoIn !== is.alsoIn) return isSameInUnits(compiled, changed, was, is);
  return 'how' in was && isSame({ was: compiled, is: changed }, was as DerivedFact, new Set());
}

const FRESH = new WeakMap<RuleSet, CompiledRuleSet>();

interface Both {
  readonly was: CompiledRuleSet;
  readonly is: CompiledRuleSet;
}

/** That all which reads it reads the same; `seen`: facts on the way here. */
function isSame(both: Both, fact: DerivedFact, seen: ReadonlySet<string>): boolean {
  const readers = [both.was, both.is].map(({ layout }) => layout.compiling.fact(fact.id, fact.group));
  const [was, is] = readers;
  if (!was || !is || seen.has(fact.id) || !isPlain(was) || !isPlain(is)) return false;
  // Who waits for the fact waits for all that it reads.
  if (
    was.reads
      .map(({ key }) => key)
      .sort()
      .join() !==
    is.reads
      .map(({ key }) => key)
      .sort()
      .join()
  )
    return false;
  const combinations = everyValue(both, [was, is]);
  if (!combinations) return false;
  const found = combinations.map(values => [valuesIn(both.was, was, values), valuesIn(both.is, is, values)] as const);
  if (found.every(([one, other]) => textOf(one) === textOf(other))) return true;
  const isToldApart = found.some(([one, other]) => classesOf(was, one) !== classesOf(is, other));
  const { ruleSet } = both.was;
  if (isToldApart || was.tests.length !== is.tests.length || readByOtherThanTests(ruleSet, fact)) return false;
  const calculated = [...ruleSet.derived.values()].filter(({ how }) => factsInTerms(how).has(fact.id));
  return calculated.every(each => isSame(both, each, new Set([...seen, fact.id])));
}

/** Whether it hangs on recorded values alone, none of them a date, and on no record, score or list. */
function isPlain(reader: FactReader): boolean {
  const isOfFacts = ({ group, score, kind, items, fact }: CompiledCondition): boolean =>
    !group && !score && kind !== 'unknown' && kind !== 'unreadable' && items.every(isOfFacts) && (!fact || isPlain(fact));
  return reader.reads.every(({ fact }) => fact.type !== 'date' && fact.type !== 'text') && reader.conditions.every(isOfFacts);
}

type Values = ReadonlyMap<string, Possible>;

/** Each way in which each of the recorded facts has one value, or none is known; undefined where there are too many. */
function everyValue(both: Both, readers: readonly FactReader[]): readonly Values[] | undefined {
  let all: Values[] = [new Map()];
  const calculated = calculatedOn(both, readers[0]!.fact);
  for (const { key, fact } of readers[0]!.reads) {
    const recorded = [both.was, both.is].flatMap(({ layout }) => layout.compiling.fact(fact.id, fact.group) ?? []);
    const values = valuesOf(fact, recorded, calculated.has(key));
    if (!values || all.length * (values.length + 1) > MOST) return undefined;
    const each: Possible[] = [undefined, ...values.map(value => [value])];
    all = all.flatMap(known => each.map(value => new Map([...known, [key, value]])));
  }
  return all;
}

/** Whether a formula calculates with it on the way to the fact: then what lies between two bounds is not one value. */
function calculatedOn({ was, is }: Both, { id, group }: Fact): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { layout } of [was, is]) {
    const seen = new Set<FactReader>();
    const visit = (reader: FactReader | undefined): void => {
      if (!reader || seen.has(reader)) return;
      seen.add(reader);
      for (const name of factsInTerms((reader.fact as DerivedFact).how)) {
        const term = layout.compiling.fact(name, reader.fact.group);
        if (term?.recorded) found.add(term.recorded.key);
        visit(term);
      }
      const inside = ({ items, fact }: CompiledCondition): void => {
        visit(fact);
        for (const item of items) inside(item);
      };
      for (const condition of reader.conditions) inside(condition);
    };
    visit(layout.compiling.fact(id, group));
  }
  return found;
}

function valuesOf(fact: Fact, recorded: readonly FactReader[], isCalculated: boolean): readonly Value[] | undefined {
  if (fact.type === 'boolean') return [false, true].map(value => ({ kind: 'boolean', value }));
  if (fact.type === 'code' || fact.type === 'side') return recorded[0]!.codes.leaves.map(id => ({ kind: 'code', id }));
  const own = fact.unit?.value;
  const [minimum, maximum] = [fact.minimum?.value, fact.maximum?.value];
  if (isCalculated) return fact.type === 'integer' && fact.alsoIn.length === 0 ? numbersBetween(minimum, maximum, own) : undefined;
  return [own, ...fact.alsoIn.map(({ unit }) => unit.value)].flatMap(unit => {
    const within = (bound: Exact | undefined) => bound && convert(fact, bound, own, unit);
    const bounds = recorded.flatMap(({ tests }) => tests.flatMap(test => test.bounds(unit)));
    const line = { minimum: within(minimum), maximum: within(maximum), whole: fact.type === 'integer' };
    const cells = cellsOf(bounds, line);
    return cells.length > 0 ? cells.map(({ inside }) => point(inside, unit)) : [point(line.minimum ?? line.maximum ?? Exact.of(0), unit)];
  });
}

function numbersBetween(low: Exact | undefined, high: Exact | undefined, unit: string | undefined): Value[] | undefined {
  if (!low || !high) return undefined;
  const first = Math.ceil(low.double);
  const count = Math.floor(high.double) - first + 1;
  return count > MOST_NUMBERS ? undefined : Array.from({ length: Math.max(0, count) }, (_, i) => point(Exact.of(first + i), unit));
}

function valuesIn({ layout }: CompiledRuleSet, reader: FactReader, values: Values): Possible {
  const blank = (group: number | undefined) => blankHolder(layout, group, 'record');
  const group = reader.reads.find(({ slot }) => slot.group !== undefined)?.slot.group;
  const groups = layout.groups.map(() => ({ complete: true, records: [], unlisted: undefined }));
  const holder = blankHolder(layout, undefined, null);
  const own = reader.fact.group === undefined ? undefined : layout.compiling.groups.get(reader.fact.group);
  const record = own === undefined && group === undefined ? undefined : blank(own ?? group);
  const context: Context = { patient: { holder, groups, asOf: undefined, problems: [] }, record };
  const assumed = reader.reads.map(({ slot, key }: RecordedFact) => ({ slot, values: values.get(key) }));
  return reader.read(assume(context, assumed));
}

function textOf(values: Possible): string {
  return values ? [...new Set(values.map(keyOf))].sort().join('; ') : 'unknown';
}

/** What its tests make of the values: nothing else is read of them. */
function classesOf({ tests }: FactReader, values: Possible): string {
  if (!values) return 'unknown';
  return [...new Set(values.map(value => tests.map(({ holds }) => holds(value)).join('')))].sort().join('; ');
}
