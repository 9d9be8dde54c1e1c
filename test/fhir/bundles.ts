/** Bundles for tests, built from their facts: a patient, observations, conditions with body sites, drugs. */

export const MCODE_LATERALITY = 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-laterality-qualifier';
export const SNOMED = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const UCUM = 'http://unitsofmeasure.org';

export type Resource = Record<string, unknown>;

export function concept(system: string, ...codes: readonly string[]): Resource {
  return { coding: codes.map(code => ({ system, code })) };
}

/** What no import may carry over stands in it. */
export const SECRETS = ['Anyperson', 'Johanna', '1958-03-14', 'MRN-7731940', '12 Elm Street', '555-0142'];

export function patient(id = 'p', more: Resource = {}): Resource {
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'http://hospital.example.org/mrn', value: 'MRN-7731940' }],
    name: [{ family: 'Anyperson', given: ['Johanna'] }],
    telecom: [{ system: 'phone', value: '555-0142' }],
    address: [{ line: ['12 Elm Street'] }],
    gender: 'female',
    birthDate: '1958-03-14',
    ...more,
  };
}

export const about = (id = 'p') => ({ reference: `Patient/${id}` });

export function observation(code: string, date: string | undefined, value: Resource, more: Resource = {}): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: concept(LOINC, code),
    subject: about(),
    ...(date === undefined ? {} : { effectiveDateTime: date }),
    ...value,
    ...more,
  };
}

export function quantity(value: number, unit: string): Resource {
  return { valueQuantity: { value, unit, system: UCUM, code: unit } };
}

export function status(clinical: string | undefined, verified: string | undefined): Resource {
  const of = (name: string, code: string) => concept(`http://terminology.hl7.org/CodeSystem/condition-${name}`, code);
  return {
    ...(clinical === undefined ? {} : { clinicalStatus: of('clinical', clinical) }),
    ...(verified === undefined ? {} : { verificationStatus: of('ver-status', verified) }),
  };
}

export function condition(code: string, more: Resource = {}): Resource {
  return { resourceType: 'Condition', ...status('active', 'confirmed'), code: concept(SNOMED, code), subject: about(), ...more };
}

export const BONE_METASTASIS = '94222008';
export const [LEFT, RIGHT, BOTH] = ['7771000', '24028007', '51440002'];

export function site(code: string, side?: string): Resource {
  const extension = [{ url: MCODE_LATERALITY, valueCodeableConcept: concept(SNOMED, side ?? '') }];
  return { ...concept(SNOMED, code), ...(side === undefined ? {} : { extension }) };
}

export function drug(type: string, more: Resource = {}): Resource {
  return { resourceType: type, status: 'completed', medicationCodeableConcept: concept(RXNORM, '77655'), subject: about(), ...more };
}

export function bundle(resources: readonly Resource[], more: Resource = {}): string {
  const entry = resources.map(resource => ({ resource }));
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', timestamp: '2026-11-22T12:00:00Z', entry, ...more });
}
