/** What the resources of a patient say: answers to a code (observations) and codes that hold (conditions, procedures, drugs). */
import type { Raw } from './admit.ts';
import type { Bundle, Entry } from './bundle.ts';
import { isAfter, isDate } from './dates.ts';
import { type JsonObject, listUnder, textUnder, under } from './json.ts';
import { type Coding, codingsOf, UCUM } from './systems.ts';

interface Said {
  readonly entry: Entry;
  /** `Observation, entry 3`. */
  readonly from: string;
  readonly codes: readonly Coding[];
  readonly date: string | undefined;
}

export interface Answer extends Said {
  readonly kind: 'answer';
  readonly raw: Raw;
  /** Codes of the interpretation: some scales are answered there. */
  readonly interpretation: readonly Coding[];
}

export interface Held extends Said {
  readonly kind: 'held';
  /** When it began or was done. */
  readonly since: string | undefined;
  readonly sites: readonly { readonly codes: readonly Coding[]; readonly sides: readonly Coding[] }[];
}

export interface Unread extends Said {
  readonly kind: 'unread';
  readonly why: string;
}

export type Statement = Answer | Held | Unread;

export function statementsOf(entry: Entry, bundle: Bundle, asOf: string): Statement[] {
  const statements = read(entry, bundle);
  return statements.map(statement => {
    const { date } = statement;
    if (statement.kind === 'unread' || date === undefined || !isAfter(date, asOf)) return statement;
    return { ...said(statement), kind: 'unread', why: 'it is dated after the day the patient is described for' };
  });
}

function read(entry: Entry, bundle: Bundle): Statement[] {
  switch (entry.type) {
    case 'Observation':
      return observation(entry, bundle);
    case 'Condition':
      return [condition(entry)];
    case 'Procedure':
      return [procedure(entry)];
    case 'MedicationRequest':
    case 'MedicationStatement':
    case 'MedicationAdministration':
      return [medication(entry, bundle)];
    default:
      return [unread(saidBy(entry, [], undefined), 'resources of this type are not read')];
  }
}

function saidBy(entry: Entry, codes: readonly Coding[], date: string | undefined): Said {
  return { entry, from: `${entry.type}, entry ${entry.number}`, codes, date: date !== undefined && isDate(date) ? date : undefined };
}

function said({ entry, from, codes, date }: Said): Said {
  return { entry, from, codes, date };
}

function unread(statement: Said, why: string): Unread {
  return { ...said(statement), kind: 'unread', why };
}

/** The end of a period where it has one. */
function whenOf(resource: JsonObject, name: string): string | undefined {
  return (
    textUnder(resource, `${name}DateTime`) ??
    textUnder(resource, `${name}Instant`) ??
    textUnder(resource, `${name}Period`, 'end') ??
    textUnder(resource, `${name}Period`, 'start')
  );
}

const SOUND = new Set(['final', 'amended', 'corrected']);
const FOCUS = /(^|\/)(Condition|BodyStructure)\//;

function observation(entry: Entry, bundle: Bundle): Statement[] {
  const { resource } = entry;
  const about = saidBy(entry, codingsOf(under(resource, 'code')), whenOf(resource, 'effective'));
  const status = textUnder(resource, 'status');
  if (status === undefined || !SOUND.has(status)) return [unread(about, `its status is ${toldStatus(status)}, not final`)];
  const others = listUnder(resource, 'focus').filter(focus => !isOfDisease(textUnder(focus, 'reference') ?? '', entry, bundle));
  if (others.length) return [unread(about, 'it is about somebody or something else than the patient (focus)')];
  const parts = listUnder(resource, 'component').map((part, i): Statement => {
    const from = { ...about, from: `${about.from}, component ${i + 1}`, codes: codingsOf(under(part, 'code')) };
    return answer(from, part);
  });
  // An observation that only holds its components has nothing to say itself.
  return parts.length && !hasValue(resource) ? parts : [answer(about, resource), ...parts];
}

function isOfDisease(reference: string, entry: Entry, bundle: Bundle): boolean {
  const type = textUnder(bundle.resolve(reference, entry), 'resourceType');
  return type === undefined ? FOCUS.test(reference) : type === 'Condition' || type === 'BodyStructure';
}

function answer(statement: Said, holder: unknown): Statement {
  const raw = rawOf(holder);
  const interpretation = listUnder(holder, 'interpretation').flatMap(codingsOf);
  return raw.kind === 'none' && interpretation.length === 0
    ? unread(statement, raw.why)
    : { ...said(statement), kind: 'answer', raw, interpretation };
}

function hasValue(holder: JsonObject): boolean {
  return Object.keys(holder).some(key => key.startsWith('value')) || Object.hasOwn(holder, 'dataAbsentReason');
}

function rawOf(holder: unknown): Raw {
  const [boolean, integer] = [under(holder, 'valueBoolean'), under(holder, 'valueInteger')];
  if (typeof boolean === 'boolean') return { kind: 'boolean', value: boolean };
  if (typeof integer === 'number') return { kind: 'number', value: integer, unit: undefined };
  const date = textUnder(holder, 'valueDateTime');
  if (date !== undefined) return { kind: 'date', date };
  if (under(holder, 'valueCodeableConcept') !== undefined)
    return { kind: 'codes', codes: codingsOf(under(holder, 'valueCodeableConcept')) };
  if (under(holder, 'valueQuantity') !== undefined) return rawQuantity(under(holder, 'valueQuantity'));
  return {
    kind: 'none',
    why: under(holder, 'dataAbsentReason') === undefined ? 'it has no value that can be read' : 'it says that the value is absent',
  };
}

export function rawQuantity(quantity: unknown): Raw {
  const value = under(quantity, 'value');
  if (typeof value !== 'number') return { kind: 'none', why: 'the quantity has no number' };
  if (under(quantity, 'comparator') !== undefined) return { kind: 'none', why: 'it says only a bound (comparator), not the value' };
  const system = textUnder(quantity, 'system');
  const code = textUnder(quantity, 'code');
  if (code !== undefined && system === UCUM) return { kind: 'number', value, unit: code };
  if (code !== undefined || system !== undefined) return { kind: 'none', why: 'its unit is not one of UCUM' };
  const unit = textUnder(quantity, 'unit');
  return unit === undefined ? { kind: 'number', value, unit } : { kind: 'number', value, unit, byText: true };
}

const ACTIVE = new Set(['active', 'recurrence', 'relapse']);

function condition(entry: Entry): Statement {
  const { resource } = entry;
  const since = whenOf(resource, 'onset');
  const about = saidBy(entry, codingsOf(under(resource, 'code')), since ?? textUnder(resource, 'recordedDate'));
  const clinical = statusOf(resource, 'clinicalStatus');
  const verified = statusOf(resource, 'verificationStatus');
  if (under(resource, 'verificationStatus') !== undefined && verified !== 'confirmed')
    return unread(about, `its verification status is ${toldStatus(verified)}, not confirmed`);
  if (clinical === undefined || !ACTIVE.has(clinical)) return unread(about, `its clinical status is ${toldStatus(clinical)}, not active`);
  const abated = Object.keys(resource).some(key => key.startsWith('abatement'));
  if (abated) return unread(about, 'it says that it has ended, and that it is active');
  return { ...about, kind: 'held', since, sites: sitesOf(resource) };
}

/** The code of FHIR's own system. */
function statusOf(resource: JsonObject, key: 'clinicalStatus' | 'verificationStatus'): string | undefined {
  const system = `http://terminology.hl7.org/CodeSystem/condition-${key === 'clinicalStatus' ? 'clinical' : 'ver-status'}`;
  return codingsOf(under(resource, key)).find(coding => coding.system === system)?.code;
}

function toldStatus(status: string | undefined): string {
  if (status === undefined) return 'not given';
  return /^[a-z-]{1,30}$/.test(status) ? status : 'of unusual form';
}

/** Each place with its side, which mCODE writes as an extension of the body site. */
function sitesOf(resource: JsonObject): Held['sites'] {
  const site = under(resource, 'bodySite');
  const sites = Array.isArray(site) ? site : site === undefined ? [] : [site];
  return sites.map(place => ({
    codes: codingsOf(place),
    sides: listUnder(place, 'extension')
      .filter(extension => /laterality-qualifier$|\/laterality$/.test(textUnder(extension, 'url') ?? ''))
      .flatMap(extension => codingsOf(under(extension, 'valueCodeableConcept'))),
  }));
}

function procedure(entry: Entry): Statement {
  const { resource } = entry;
  const since = whenOf(resource, 'performed');
  const about = saidBy(entry, codingsOf(under(resource, 'code')), since);
  const status = textUnder(resource, 'status');
  if (status !== 'completed') return unread(about, `its status is ${toldStatus(status)}, not completed`);
  return { ...about, kind: 'held', since, sites: sitesOf(resource) };
}

/** What says that a drug is or was given, or is ordered now. */
const GIVEN: Readonly<Record<string, ReadonlySet<string>>> = {
  MedicationRequest: new Set(['active']),
  MedicationStatement: new Set(['active', 'completed', 'stopped', 'on-hold']),
  MedicationAdministration: new Set(['in-progress', 'completed', 'stopped']),
};
const ORDERED = new Set(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order']);

function medication(entry: Entry, bundle: Bundle): Statement {
  const { resource, type } = entry;
  const inner = bundle.resolve(textUnder(resource, 'medicationReference', 'reference') ?? '', entry);
  const concept = under(resource, 'medicationCodeableConcept') ?? under(inner, 'code');
  const date = type === 'MedicationRequest' ? textUnder(resource, 'authoredOn') : whenOf(resource, 'effective');
  const about = saidBy(entry, codingsOf(concept), date);
  const status = textUnder(resource, 'status');
  if (status === undefined || !GIVEN[type]!.has(status))
    return unread(about, `its status is ${toldStatus(status)}: the drug may not be given`);
  if (under(resource, 'doNotPerform') === true) return unread(about, 'it says not to give the drug');
  const intent = textUnder(resource, 'intent');
  if (type === 'MedicationRequest' && (intent === undefined || !ORDERED.has(intent)))
    return unread(about, `its intent is ${toldStatus(intent)}, not an order`);
  if (concept === undefined) return unread(about, 'the drug it refers to is not in the bundle');
  return { ...about, kind: 'held', since: undefined, sites: [] };
}
