/**
 * A second, simple reading of the language: plain recursion over the JSON of a rule set and a complete patient, in doubles, without anything
 * from the evaluator. Random rule sets name only numbers for which doubles are exact. Unknown is undefined.
 */
import type { Condition } from './random-conditions.ts';
import type { PatientJson, RecordJson, ScoredJson } from './random-patients.ts';
import type { RuleJson, RuleSetJson, ScoreJson } from './random-rule-sets.ts';
import { BROAD, FACTS, GROUPS, NARROW } from './random-vocabulary.ts';

type Truth = boolean | undefined;
/** A number with the unit it was recorded in, a code or boolean, or `never`. */
type Value = { readonly number: number; readonly unit?: string } | string | boolean | undefined;

interface Here {
  readonly ruleSet: RuleSetJson;
  readonly patient: PatientJson;
  readonly record: RecordJson | undefined;
  readonly group: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const PER_MG = 0.25;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY = 86_400_000;
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  breast: ['solid'],
  lung: ['solid'],
  mixed: ['solid', 'blood'],
  L1: ['spine'],
  L2: ['spine'],
  femur: ['limb'],
};

export interface Expected {
  /** `rule of record`. */
  readonly fired: ReadonlySet<string>;
  readonly ruledOut: ReadonlySet<string>;
  /** Possible totals by `score of record`; undefined where the score does not apply. */
  readonly totals: ReadonlyMap<string, readonly number[] | undefined>;
}

export function expectedOf(ruleSet: RuleSetJson, patient: PatientJson): Expected {
  const at: Here = { ruleSet, patient, record: undefined, group: undefined };
  const scope = ruleSet.appliesTo ? truthOf(ruleSet.appliesTo, at) : true;
  const fired = new Set<string>();
  const ruledOut = new Set<string>();
  for (const rule of ruleSet.rules)
    for (const here of placesOf(rule, at)) {
      const truth = and([scope, ruleTruth(rule, here)]);
      const key = `${rule.id} of ${here.record?.id ?? null}`;
      if (rule.given) continue;
      if (truth === true) fired.add(key);
      if (truth === false) ruledOut.add(key);
    }
  return { fired, ruledOut, totals: totalsOf(ruleSet, at) };
}

function placesOf({ of }: { readonly of?: string }, at: Here): Here[] {
  if (of === undefined) return [at];
  return at.patient.groups[of]!.records.map(record => ({ ...at, record, group: of }));
}

function totalsOf(ruleSet: RuleSetJson, at: Here): Map<string, readonly number[] | undefined> {
  const entries = Object.entries(ruleSet.scores).flatMap(([id, score]) =>
    placesOf(score, at).map(here => [`${id} of ${here.record?.id ?? null}`, applies(score, here) ? totals(id, here) : undefined] as const),
  );
  return new Map(entries);
}

/** A rule that waits may or may not override: its own truth counts as unknown where it is not false. */
function ruleTruth(rule: RuleJson, here: Here): Truth {
  const overriding = here.ruleSet.rules.filter(
    other => other.override?.rules.includes(rule.id) && (other.of === undefined || other.of === rule.of),
  );
  const overridden = overriding.map(other => {
    const truth = ruleTruth(other, other.of === undefined ? { ...here, record: undefined, group: undefined } : here);
    return other.given && !rule.given && truth === true ? undefined : truth;
  });
  return and([rule.when ? truthOf(rule.when, here) : true, rule.until ? not(truthOf(rule.until, here)) : true, ...overridden.map(not)]);
}

function and(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function or(truths: readonly Truth[]): Truth {
  return not(and(truths.map(not)));
}

function truthOf(condition: Condition, here: Here): Truth {
  const all = (items: unknown) => (items as Condition[]).map(item => truthOf(item, here));
  if (condition.all) return and(all(condition.all));
  if (condition.any) return or(all(condition.any));
  if (condition.not) return not(truthOf(condition.not as Condition, here));
  if (condition.threshold) return truthOf(here.ruleSet.thresholds[condition.threshold as string]!, here);
  if (condition.fact) return compare(readValue(condition.fact as string, here), condition, unitOf(condition.fact as string, here));
  if (condition.score) return scoreTruth(condition, here);
  if (Array.isArray(condition.count)) return counted(all(condition.count), condition);
  return groupTruth(condition, here);
}

function groupTruth(condition: Condition, here: Here): Truth {
  const { some, every, none, count, where } = condition as Record<string, string> & { where?: Condition };
  const group = some ?? every ?? none ?? count!;
  const { records } = here.patient.groups[group]!;
  const truths = records.map(record => (where ? truthOf(where, { ...here, record, group }) : true));
  if (some) return or(truths);
  if (none) return not(or(truths));
  if (every) return records.length === 0 ? false : and(truths);
  return counted(truths, condition);
}

function counted(truths: readonly Truth[], test: Json): Truth {
  const least = truths.filter(truth => truth === true).length;
  const open = truths.filter(truth => truth === undefined).length;
  return agreed(Array.from({ length: open + 1 }, (_, i) => meets(least + i, test)));
}

/** One answer for all; none of them known where there is none. */
function agreed(answers: readonly Truth[]): Truth {
  return answers.every(answer => answer === answers[0]) ? answers[0] : undefined;
}

function meets(number: number, test: Json, convert = (bound: unknown) => bound as number): boolean {
  const list = test.in as unknown[] | undefined;
  return (
    (test.is === undefined || number === convert(test.is)) &&
    (list === undefined || list.some(each => number === convert(each))) &&
    (test.atLeast === undefined || number >= convert(test.atLeast)) &&
    (test.above === undefined || number > convert(test.above)) &&
    (test.atMost === undefined || number <= convert(test.atMost)) &&
    (test.below === undefined || number < convert(test.below))
  );
}

function compare(value: Value, test: Json, unit: string | undefined): Truth {
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value === test.is;
  if (typeof value === 'string' && !isMoment(value)) return value === 'never' ? isNever(test) : isCode(value, test);
  if (typeof value === 'string') return isWithin(Date.parse(value), test);
  const written = (test.unit as string | undefined) ?? unit;
  return meets(value.number, test, bound => {
    if (typeof bound === 'object') return (bound as Record<string, number>)[value.unit!]!;
    return converted(bound as number, written, value.unit);
  });
}

function isNever(test: Json): boolean {
  return test.is === 'never' || ((test.in as unknown[] | undefined)?.includes('never') ?? false);
}

function isCode(value: string, test: Json): boolean {
  const wanted = (test.in as string[] | undefined) ?? [test.is as string];
  return wanted.some(id => id === value || PARENTS[value]?.includes(id));
}

function isMoment(text: string): boolean {
  return /^\d{4}-/.test(text);
}

/** A day as a bound is the whole day. */
function isWithin(moment: number, test: Json): boolean {
  const start = (bound: unknown) => Date.parse(bound as string);
  const end = (bound: unknown) => ((bound as string).length === 10 ? start(bound) + DAY - 1 : start(bound));
  const isOn = (day: unknown) => isMoment(day as string) && moment >= start(day) && moment <= end(day);
  if (test.is !== undefined) return isOn(test.is);
  if (test.in !== undefined) return (test.in as string[]).some(isOn);
  return (
    (test.atLeast === undefined || moment >= start(test.atLeast)) &&
    (test.above === undefined || moment > end(test.above)) &&
    (test.atMost === undefined || moment <= end(test.atMost)) &&
    (test.below === undefined || moment < start(test.below))
  );
}

function converted(number: number, from: string | undefined, to: string | undefined): number {
  if (from === to) return number;
  return to === 'mmol/L' ? number * PER_MG : number / PER_MG;
}

function unitOf(fact: string, { ruleSet }: Here): string | undefined {
  const recorded = FACTS[fact]?.written as { unit?: string } | undefined;
  return recorded?.unit ?? (ruleSet.derived[fact]?.unit as string | undefined);
}

function readValue(fact: string, here: Here): Value {
  const own = here.group !== undefined && GROUPS[here.group]![fact] ? here.record!.facts : here.patient.facts;
  if (FACTS[fact] || (here.group !== undefined && GROUPS[here.group]![fact])) return recordedValue(own[fact]);
  const derived = here.ruleSet.derived[fact]!;
  if (derived.table) return tableValue(derived, here);
  if (derived.since) return sinceValue(derived.since as string, here);
  if (derived.formulas) return formulaValue(derived, here);
  const number = termValue(derived, here);
  return number === undefined ? undefined : { number };
}

function recordedValue(value: unknown): Value {
  if (typeof value === 'number') return { number: value };
  if (typeof value === 'object') return { number: (value as { value: number }).value, unit: (value as { unit: string }).unit };
  return value as Value;
}

function tableValue({ table }: Json, here: Here): Value {
  for (const { when, value } of table as { when?: Condition; value: unknown }[]) {
    const truth = when ? truthOf(when, here) : true;
    if (truth === undefined) return undefined;
    if (truth) return recordedValue(value);
  }
  return undefined;
}

function sinceValue(event: string, here: Here): Value {
  const date = readValue(event, here) as string;
  return date === 'never' ? 'never' : { number: (NOW - Date.parse(date)) / DAY, unit: 'd' };
}

function formulaValue({ by, formulas }: Json, here: Here): Value {
  const { unit } = readValue(by as string, here) as { unit: string };
  const number = termValue((formulas as Record<string, Json>)[unit]!, here);
  return number === undefined ? undefined : { number, unit };
}

function termValue(term: unknown, here: Here): number | undefined {
  if (typeof term === 'number') return term;
  const { fact, unit, ...operation } = term as Json;
  if (fact !== undefined) {
    const { number, unit: recorded } = readValue(fact as string, here) as { number: number; unit?: string };
    return unit === undefined ? number : converted(number, recorded, unit as string);
  }
  const [name, terms] = Object.entries(operation).find(([key]) => key in OPERATIONS)!;
  const [first, second] = (terms as unknown[]).map(each => termValue(each, here));
  return first === undefined || second === undefined ? undefined : OPERATIONS[name]!(first, second);
}

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  sum: (a, b) => a + b,
  difference: (a, b) => a - b,
  product: (a, b) => a * b,
  quotient: (a, b) => (b === 0 ? undefined : a / b),
  least: Math.min,
  greatest: Math.max,
};

function scoreTruth(condition: Condition, here: Here): Truth {
  const id = condition.score as string;
  const score = here.ruleSet.scores[id]!;
  const at = score.of === undefined ? { ...here, record: undefined, group: undefined } : here;
  const does = score.when ? truthOf(score.when, at) : true;
  if (condition.applies !== undefined) return condition.applies === true ? does : not(does);
  if (does === false) return false;
  return and([does, scoreTest(condition, id, at)]);
}

function applies({ when }: ScoreJson, here: Here): boolean {
  return when === undefined || truthOf(when, here) !== false;
}

function scoreTest(condition: Condition, id: string, at: Here): Truth {
  if (condition.total) return agreed(totals(id, at).map(total => meets(total, condition.total as Json)));
  if (condition.anyComponent) {
    return or(points(id, at).map(each => agreed(each.map(number => meets(number, condition.anyComponent as Json)))));
  }
  const bands = (condition.in as string[]).map(band => at.ruleSet.scores[id]!.bands[band]!);
  return agreed(totals(id, at).map(total => or(bands.map(band => inBand(total, band, at)))));
}

function inBand(total: number, band: Condition, at: Here): Truth {
  return and([meets(total, band), band.when ? truthOf(band.when as Condition, at) : true]);
}

function totals(id: string, at: Here): number[] {
  const sums = points(id, at).reduce<number[]>((all, each) => all.flatMap(total => each.map(number => total + number)), [0]);
  return [...new Set(sums)].sort((a, b) => a - b);
}

/** The possible points of each component; all it can give while the score is stale. */
function points(id: string, at: Here): number[][] {
  const score = at.ruleSet.scores[id]!;
  const scored = (at.record ?? at.patient).scores[id];
  const stale = isStale(score, scored, at);
  return Object.entries(score.components).map(([component, how]) => {
    const every = attainable(how, at);
    return stale ? every : (pointsOf(component, how, scored, at) ?? every);
  });
}

function attainable(how: Condition, at: Here): number[] {
  const { options, intervals, conditions, otherwise } = how as Record<string, Json | Json[] | undefined>;
  if (options) return distinct(Object.values(options).map(optionPoints));
  if (intervals) return distinct((intervals as { points: number }[]).map(each => each.points));
  if (!conditions) return (FACTS[how.fact as string] ?? GROUPS[at.group!]![how.fact as string]!).values as number[];
  const all = (conditions as { points: number }[]).map(each => each.points);
  return distinct(otherwise === undefined ? all : [...all, otherwise as unknown as number]);
}

function optionPoints(option: unknown): number {
  return typeof option === 'number' ? option : (option as { points: number }).points;
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}

/** Undefined where the points are not known. */
function pointsOf(component: string, how: Condition, scored: ScoredJson | undefined, at: Here): number[] | undefined {
  const one = (number: number | undefined) => (number === undefined ? undefined : [number]);
  if (how.options) {
    const option = how.from ? readValue(how.from as string, at) : scored?.options[component];
    const points = (how.options as Json)[option as string];
    return points === undefined ? undefined : [optionPoints(points)];
  }
  if (how.conditions) return casePoints(how, at);
  const value = readValue(how.fact as string, at) as { number: number };
  if (!how.intervals) return one(value.number);
  return one((how.intervals as (Json & { points: number })[]).find(interval => meets(value.number, interval))?.points);
}

/** A condition that is not known leaves its points and those behind it possible. */
function casePoints({ conditions, otherwise }: Condition, at: Here): number[] | undefined {
  const found: number[] = [];
  for (const { when, points } of conditions as { when: Condition; points: number }[]) {
    const truth = truthOf(when, at);
    if (truth !== false) found.push(points);
    if (truth === true) return distinct(found);
  }
  return otherwise === undefined ? undefined : distinct([...found, otherwise as number]);
}

const VALID: Readonly<Record<string, number>> = { '30 d': 30 * DAY, '12 h': DAY / 2 };

function isStale({ validFor, voidedBy }: ScoreJson, scored: ScoredJson | undefined, at: Here): boolean {
  if (!validFor && !voidedBy) return false;
  if (!scored?.on) return true;
  const on = Date.parse(scored.on);
  if (validFor && NOW - on > VALID[validFor]!) return true;
  return (voidedBy ?? []).some(event => {
    const date = at.patient.facts[event] as string;
    return date !== 'never' && Date.parse(date) > on;
  });
}

/** Every complete value that a written one may stand for: for enumeration. */
export function completeValues(id: string, values: readonly unknown[], written: unknown): readonly unknown[] {
  if (written === undefined) return values;
  const listed = typeof written === 'object' && written !== null && 'oneOf' in written ? (written.oneOf as unknown[]) : [written];
  const broad = BROAD[id] ?? [];
  return [...new Set(listed.flatMap(each => (broad.includes(each) ? NARROW[each as string]! : [each])))];
}
