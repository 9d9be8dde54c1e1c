/** Names of terminologies as rule sets write them, and the addresses by which FHIR knows them. */
import type { Code } from '../model/rule-set.ts';
import { listUnder, textUnder } from './json.ts';

export const UCUM = 'http://unitsofmeasure.org';
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const ADMINISTRATIVE_GENDER = 'http://hl7.org/fhir/administrative-gender';

/** A system that is not named here is written as its address. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['loinc', LOINC],
  ['urn:oid:2.16.840.1.113883.6.1', LOINC],
  ['snomed-ct', SNOMED],
  ['snomed', SNOMED],
  ['urn:oid:2.16.840.1.113883.6.96', SNOMED],
  ['icd-10', 'http://hl7.org/fhir/sid/icd-10'],
  ['urn:oid:2.16.840.1.113883.6.3', 'http://hl7.org/fhir/sid/icd-10'],
  ['icd-10-cm', 'http://hl7.org/fhir/sid/icd-10-cm'],
  ['urn:oid:2.16.840.1.113883.6.90', 'http://hl7.org/fhir/sid/icd-10-cm'],
  ['icd-10-gm', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm'],
  ['icd-10-pcs', 'http://www.cms.gov/Medicare/Coding/ICD10'],
  ['icd-o-3', 'http://terminology.hl7.org/CodeSystem/icd-o-3'],
  ['icd-11', 'http://id.who.int/icd/release/11/mms'],
  ['rxnorm', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  ['urn:oid:2.16.840.1.113883.6.88', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  ['atc', 'http://www.whocc.no/atc'],
  ['ndc', 'http://hl7.org/fhir/sid/ndc'],
  ['cpt', 'http://www.ama-assn.org/go/cpt'],
  ['ucum', UCUM],
  ['administrative-gender', ADMINISTRATIVE_GENDER],
]);

/** The words for the common addresses, for reports. */
const NAMES: ReadonlyMap<string, string> = new Map(
  [...ADDRESSES].filter(([name]) => !name.startsWith('urn:')).map(([name, address]) => [address, name] as const),
);

export interface Coding {
  readonly system: string;
  readonly code: string;
}

/** Equal for two codes that mean the same. */
export function keyOf({ system, code }: Coding): string {
  return `${addressOf(system)} ${code}`;
}

/** A code as a rule set writes it, with those that mean the same. */
export function keysOf(code: Code | undefined): string[] {
  return code ? [keyOf(code), ...code.also.map(keyOf)] : [];
}

export function addressOf(system: string): string {
  return ADDRESSES.get(system.toLowerCase()) ?? system;
}

/** A `CodeableConcept`'s codings that have both a system and a code. */
export function codingsOf(concept: unknown): Coding[] {
  return listUnder(concept, 'coding').flatMap(coding => {
    const system = textUnder(coding, 'system');
    const code = textUnder(coding, 'code');
    return system !== undefined && code !== undefined ? [{ system, code }] : [];
  });
}

/** Only what is formed as codes are: a report must not carry a name or a number of the person. */
export function toldCode({ system, code }: Coding): string {
  const name = NAMES.get(addressOf(system));
  const told = /^[A-Za-z0-9][A-Za-z0-9.:/_-]{0,29}$/.test(code) ? code : 'a code of unusual form';
  return name === undefined ? `${told} of a system not known here` : `${name} ${told}`;
}
