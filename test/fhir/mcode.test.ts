/** Bundles written from the facts of mCODE's examples (John Anyperson, Jenny M): what of them a rule set for bone metastases knows, and what it says of the rest. */
import assert from 'node:assert/strict';
import { about, BONE_METASTASIS, bundle, concept, condition, LEFT, LOINC, observation, type Resource, RXNORM, site } from './bundles.ts';
import { knownToAll, only } from './importing.ts';

const LUNG_STRUCTURE = '39607008';
const NON_SMALL_CELL = '254637007';
const BRAIN_METASTASES = '94225005';
const ADENOCARCINOMA = '35917007';
const RELATED = 'http://hl7.org/fhir/StructureDefinition/condition-related';

const john: Resource = {
  resourceType: 'Patient',
  id: 'john-anyperson',
  identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'http://hospital.example.org', value: 'm123' }],
  name: [{ family: 'Anyperson', given: ['John', 'B.'] }],
  telecom: [{ system: 'phone', value: '555-555-5555', use: 'home' }],
  address: [{ line: ['123 Main St'], city: 'Anytown', postalCode: '12345' }],
  gender: 'male',
  birthDate: '1951-01-20',
};
const subject = { subject: about('john-anyperson') };

const primary = condition(NON_SMALL_CELL, {
  ...subject,
  extension: [
    {
      url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior',
      valueCodeableConcept: concept('http://snomed.info/sct', ADENOCARCINOMA),
    },
  ],
  bodySite: [site(LUNG_STRUCTURE, LEFT)],
  onsetDateTime: '2019-04-01',
  stage: [{ summary: { coding: [{ system: 'http://cancerstaging.org', code: '3C' }] } }],
});
const brain = condition(BRAIN_METASTASES, {
  ...subject,
  extension: [{ url: RELATED, valueReference: { reference: 'Condition/primary-cancer-condition-nsclc' } }],
  onsetDateTime: '2019-05-01',
});
const ecog = observation(
  '89247-1',
  '2019-04-01',
  { valueInteger: 0, interpretation: [concept(LOINC, 'LA9622-7')] },
  { ...subject, category: [{ coding: [{ code: 'survey' }] }], performer: [{ reference: 'Practitioner/kyle-anydoc' }] },
);

describe('the facts of mCODE’s examples', () => {
  it('give age, sex and the grade; other metastases are no bone lesion, and what has no code of its own is told', async () => {
    const whole = bundle([john, primary, brain, ecog], { timestamp: '2019-06-01T09:00:00Z' });
    const { json, leftOut, text } = await only(whole);
    assert.deepEqual([json.facts.age, json.facts.sex], [{ value: 68, unit: 'a' }, 'male']);
    assert.equal((await knownToAll(whole))['ecog-grade'], 'ecog-0');
    // A subtype is found only where its own code is bound: nothing is guessed.
    assert.equal(json.facts.primary, undefined);
    assert.deepEqual(json.groups.lesions, { complete: false, records: [] });
    const told = leftOut.map(({ what, why }) => `${what}: ${why}`).join('\n');
    for (const code of [NON_SMALL_CELL, BRAIN_METASTASES]) assert.match(told, new RegExp(code), told);
    for (const secret of ['Anyperson', 'John', '1951', 'm123', '555-555', 'Main St', '12345', 'kyle'])
      assert.ok(!text.includes(secret), secret);
  });

  it('give a bone lesion where the same profile says bone, with its site and side', async () => {
    const bone = condition(BONE_METASTASIS, {
      ...subject,
      extension: [{ url: RELATED, valueReference: { reference: 'Condition/primary-cancer-condition-nsclc' } }],
      bodySite: [site('71341001', LEFT)],
      onsetDateTime: '2019-05-01',
    });
    const { json } = await only(bundle([john, primary, bone, ecog], { timestamp: '2019-06-01T09:00:00Z' }));
    assert.deepEqual(
      json.groups.lesions!.records.map(({ facts }) => [facts.site, facts.side]),
      [['femur', 'left']],
    );
  });

  it('take a drug that was given, and none that was stopped before it began', async () => {
    const statement = (status: string, more: Resource): Resource => ({
      resourceType: 'MedicationStatement',
      status,
      medicationCodeableConcept: concept(RXNORM, '77655'),
      ...subject,
      ...more,
    });
    const given = statement('completed', { effectivePeriod: { start: '2018-06-01', end: '2019-01-10' } });
    const never = statement('not-taken', { effectiveDateTime: '2018-07-01' });
    const { json, leftOut } = await only(bundle([john, given, never], { timestamp: '2019-06-01T09:00:00Z' }));
    assert.deepEqual(
      json.groups.medications!.records.map(({ facts }) => facts.drug),
      ['zoledronic-acid'],
    );
    assert.ok(leftOut.some(({ why }) => /not-taken/.test(why)));
  });
});
