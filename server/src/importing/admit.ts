/** Holds a raw value against what a fact allows: a value that could be wrong is left out with the reason, never bent. */
import { Exact } from '../model/exact.ts';
import type { Fact } from '../model/rule-set.ts';
import { conversionFactor, exactFactor } from '../model/units.ts';
import type { Bindings } from './bindings.ts';
import { isAfter, isDateOrTime } from './dates.ts';
import { type Coding, keyOf, SNOMED, toldCode } from './systems.ts';

/** A value as found, before it is known what it can be of. */
export type Raw =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | undefined; readonly byText?: boolean }
  | { readonly kind: 'codes'; readonly codes: readonly Coding[] }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'none'; readonly why: string };

/** As a patient file writes it. */
export type PatientJson = boolean | number | string | { readonly value: number; readonly unit: string };

export type Admitted = { readonly value: PatientJson; readonly note?: string } | { readonly why: string };

/** Answers to yes-or-no questions that mean the same whatever was asked. */
const YES = new Set(['373066001', '52101004', '260373001', '10828004'].map(code => keyOf({ system: SNOMED, code })));
const NO = new Set(['373067005', '2667000', '260415000', '260385009'].map(code => keyOf({ system: SNOMED, code })));
for (const [system, yes, no] of [
  ['loinc', 'LA33-6', 'LA32-8'],
  ['http://terminology.hl7.org/CodeSystem/v2-0136', 'Y', 'N'],
] as const) {
  YES.add(keyOf({ system, code: yes }));
  NO.add(keyOf({ system, code: no }));
}
const LEFT = keyOf({ system: SNOMED, code: '7771000' });
const RIGHT = keyOf({ system: SNOMED, code: '24028007' });
const BOTH = keyOf({ system: SNOMED, code: '51440002' });

/** The sides a code names: both means one on each. */
export function sidesOf(codes: readonly Coding[]): readonly ('left' | 'right')[] {
  const keys = new Set(codes.map(keyOf));
  if (keys.has(BOTH) || (keys.has(LEFT) && keys.has(RIGHT))) return ['left', 'right'];
  return [...(keys.has(LEFT) ? (['left'] as const) : []), ...(keys.has(RIGHT) ? (['right'] as const) : [])];
}

export function admit(bindings: Bindings, fact: Fact, raw: Raw, asOf: string): Admitted {
  if (raw.kind === 'none') return { why: raw.why };
  switch (fact.type) {
    case 'boolean':
      return admitBoolean(raw);
    case 'quantity':
      return raw.kind === 'number' ? admitQuantity(fact, raw.value, raw.unit, raw.byText === true) : mismatch(fact);
    case 'integer':
    case 'decimal':
      return raw.kind === 'number' ? admitNumber(fact, raw.value, raw.unit) : mismatch(fact);
    case 'code':
      return admitCode(bindings, fact, raw);
    case 'side':
      return admitSide(fact, raw);
    case 'date':
      return raw.kind === 'date' ? admitDate(raw.date, asOf) : mismatch(fact);
    case 'text':
      return { why: 'free text is not carried over: it may tell who the patient is' };
  }
}

function mismatch(fact: Fact): Admitted {
  return { why: `the value is of another kind than the fact, which is a ${fact.type}` };
}

function admitBoolean(raw: Raw): Admitted {
  if (raw.kind === 'boolean') return { value: raw.value };
  if (raw.kind !== 'codes') return { why: 'the value is not true or false' };
  const keys = raw.codes.map(keyOf);
  const [yes, no] = [keys.some(key => YES.has(key)), keys.some(key => NO.has(key))];
  return yes !== no ? { value: yes } : { why: `it is not known whether the value means true or false (${told(raw.codes)})` };
}

function told(codes: readonly Coding[]): string {
  return codes.slice(0, 3).map(toldCode).join(', ') || 'no code';
}

function admitQuantity(fact: Fact, value: number, unit: string | undefined, byText: boolean): Admitted {
  const written = exactly(value);
  if (!written) return { why: 'the number is out of range, or has more digits than can be read exactly' };
  if (unit === undefined) return { why: 'the number has no unit' };
  const note = byText ? { note: 'the unit by its text, which is just a declared unit' } : {};
  if (isDeclared(fact, unit)) return isWithin(fact, written, unit) ? { value: { value, unit }, ...note } : { why: OUTSIDE };
  const own = fact.unit?.value;
  const factor = byText || own === undefined ? undefined : exactFactor(unit, own);
  if (!factor || own === undefined) return { why: `the unit ${toldUnit(unit)} is not declared for the fact, and does not convert exactly` };
  const converted = written.times(factor);
  // Rounded, it is no number at all.
  const number = Number(converted.toString(30));
  if (!exactly(number)?.equals(converted)) return { why: `in ${own} the value is no decimal of at most 15 digits` };
  if (!isWithin(fact, converted, own)) return { why: OUTSIDE };
  return { value: { value: number, unit: own }, note: `${value} ${toldUnit(unit)} converted` };
}

const OUTSIDE = 'the value lies outside what the fact allows';

/** Undefined where the double may not be the decimal that was written. */
function exactly(value: number): Exact | undefined {
  const exact = Number.isFinite(value) ? Exact.parse(String(value)) : undefined;
  return exact?.short ? exact : undefined;
}

function isDeclared(fact: Fact, unit: string): boolean {
  return fact.unit?.value === unit || fact.alsoIn.some(other => other.unit.value === unit);
}

function isWithin(fact: Fact, value: Exact, unit: string): boolean {
  const factor = fact.unit ? conversionFactor(fact, unit, fact.unit.value) : Exact.of(1);
  if (!factor) return false;
  const own = value.times(factor);
  return !(fact.minimum && own.compare(fact.minimum.value) < 0) && !(fact.maximum && own.compare(fact.maximum.value) > 0);
}

/** What only counts has no unit, or one of UCUM's annotations. */
function admitNumber(fact: Fact, value: number, unit: string | undefined): Admitted {
  if (unit !== undefined && !/^(1|\{[^{}]*\})$/.test(unit)) return { why: `the fact has no unit, the value has ${toldUnit(unit)}` };
  const exact = exactly(value);
  if (!exact) return { why: 'the number is out of range, or has more digits than can be read exactly' };
  if (fact.type === 'integer' && !exact.isInteger()) return { why: 'the number is not whole' };
  const within = !(fact.minimum && exact.compare(fact.minimum.value) < 0) && !(fact.maximum && exact.compare(fact.maximum.value) > 0);
  return within ? { value } : { why: OUTSIDE };
}

export function toldUnit(unit: string): string {
  return /^[!-~]{1,30}$/.test(unit) && !/[`<>|\\]/.test(unit) ? unit : 'of unusual form';
}

function admitCode(bindings: Bindings, fact: Fact, raw: Raw): Admitted {
  if (raw.kind === 'id')
    return bindings.valuesOf(fact).ids.has(raw.id) ? { value: raw.id } : { why: 'the value is not on the list of the fact' };
  if (raw.kind !== 'codes') return mismatch(fact);
  const known = bindings.valuesOf(fact).byCode;
  const ids = [...new Set(raw.codes.flatMap(code => known.get(keyOf(code)) ?? []))];
  if (ids.length === 1) return { value: ids[0]! };
  return ids.length === 0
    ? { why: `no value of the fact has the code (${told(raw.codes)})` }
    : { why: `several values of the fact have the code: ${ids.join(', ')}` };
}

function admitSide(fact: Fact, raw: Raw): Admitted {
  if (raw.kind === 'id' && (raw.id === 'left' || raw.id === 'right')) return { value: raw.id };
  const sides = raw.kind === 'codes' ? sidesOf(raw.codes) : [];
  return sides.length === 1 ? { value: sides[0]! } : mismatch(fact);
}

function admitDate(date: string, asOf: string): Admitted {
  if (!isDateOrTime(date)) return { why: 'the date is no whole day' };
  return isAfter(date, asOf) ? { why: 'the date is after the day the patient is described for' } : { value: date };
}
