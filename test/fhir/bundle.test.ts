/** What of a FHIR bundle is taken over, and what is left out and why. */
import assert from 'node:assert/strict';
import {
  BONE_METASTASIS,
  BOTH,
  bundle,
  concept,
  condition,
  drug,
  LEFT,
  LOINC,
  observation,
  patient,
  quantity,
  RIGHT,
  SECRETS,
  SNOMED,
  site,
  status,
} from './bundles.ts';
import { imported, knownToAll, only, reasons } from './importing.ts';

const CALCIUM = '17861-6';
const PLATELETS = '777-3';
const FEMUR = '71341001';
const L3 = '55492004';

const withPatient = (...more: readonly Record<string, unknown>[]) => bundle([patient(), ...more]);

describe('an imported bundle', () => {
  it('gives age and sex of the patient resource, and nothing that tells who it is', async () => {
    const { json, text, taken, leftOut } = await only(withPatient(observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'))));
    assert.deepEqual(json.facts, { age: { value: 68, unit: 'a' }, sex: 'female', platelets: { value: 62, unit: '10*9/L' } });
    const all = text + JSON.stringify([taken, leftOut]);
    for (const secret of SECRETS) assert.ok(!all.includes(secret), secret);
  });

  it('gives the years an age may be where only the year of birth is known', async () => {
    const { json } = await only(bundle([patient('p', { birthDate: '1958' })]));
    assert.deepEqual(json.facts.age, {
      oneOf: [
        { value: 67, unit: 'a' },
        { value: 68, unit: 'a' },
      ],
    });
  });

  it('takes the most recent value, and tells of the older one', async () => {
    const old = observation(CALCIUM, '2026-10-01', quantity(9.1, 'mg/dL'));
    const { json, leftOut, taken } = await only(withPatient(observation(CALCIUM, '2026-11-20', quantity(11.6, 'mg/dL')), old));
    assert.deepEqual(json.facts.calcium, { value: 11.6, unit: 'mg/dL' });
    assert.deepEqual(leftOut, [
      { from: 'Observation, entry 3', what: 'calcium', why: 'an older value: a newer one was taken over', count: 1 },
    ]);
    assert.deepEqual(
      taken.find(({ to }) => to === 'calcium'),
      { from: 'Observation, entry 2', to: 'calcium', value: '11.6 mg/dL', date: '2026-11-20' },
    );
  });

  const SAME_DAY: readonly (readonly [string, string | undefined, string | undefined, unknown])[] = [
    ['of one day', '2026-11-20', '2026-11-20', { oneOf: [9, 10] }],
    ['of one day, one with a time', '2026-11-20', '2026-11-20T08:00:00Z', { oneOf: [9, 10] }],
    ['of one moment', '2026-11-20T08:00:00Z', '2026-11-20T09:00:00+01:00', { oneOf: [9, 10] }],
    ['at two times of one day', '2026-11-20T08:00:00Z', '2026-11-20T08:30:00Z', 10],
    ['of a month and a day in it', '2026-11', '2026-11-20', { oneOf: [9, 10] }],
    ['without a date', undefined, '2026-11-20', { oneOf: [9, 10] }],
    ['in two zones, told apart by the moment', '2026-11-20T23:00:00-05:00', '2026-11-21T01:00:00Z', 9],
  ];
  for (const [title, first, second, expected] of SAME_DAY)
    it(`of values ${title} gives ${JSON.stringify(expected)}`, async () => {
      const [a, b] = [observation(CALCIUM, first, quantity(9, 'mg/dL')), observation(CALCIUM, second, quantity(10, 'mg/dL'))];
      for (const order of [
        [a, b],
        [b, a],
      ]) {
        const { calcium } = (await only(withPatient(...order))).json.facts;
        const values = (of: unknown): unknown => {
          const { oneOf, value } = of as { oneOf?: unknown[]; value?: number };
          return oneOf ? { oneOf: oneOf.map(values).sort() } : value;
        };
        assert.deepEqual(JSON.stringify(values(calcium)), JSON.stringify(expected).replace('[9,10]', '[10,9]'));
      }
    });

  it('converts a unit exactly to a declared one, or leaves the value out', async () => {
    const exact = await only(withPatient(observation(PLATELETS, '2026-11-20', quantity(62000, '/mm3'))));
    assert.deepEqual(exact.json.facts.platelets, { value: 62, unit: '10*9/L' });
    assert.deepEqual(await reasons(withPatient(observation(PLATELETS, '2026-11-20', quantity(62, 'mg/dL')))), [
      'the unit mg/dL is not declared for the fact, and does not convert exactly',
    ]);
    assert.deepEqual(await reasons(withPatient(observation(PLATELETS, '2026-11-20', { valueQuantity: { value: 62 } }))), [
      'the number has no unit',
    ]);
  });

  const LEFT_OUT: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['preliminary', observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'), { status: 'preliminary' }), /status is preliminary/],
    ['entered in error', observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'), { status: 'entered-in-error' }), /entered-in-error/],
    ['of another code', observation('99999-9', '2026-11-20', quantity(62, '10*9/L')), /nothing in the rule set has this code/],
    ['calculated', observation('29265-6', '2026-11-20', quantity(2.5, 'mmol/L')), /corrected-calcium is calculated/],
    ['only a bound', observation(PLATELETS, '2026-11-20', { valueQuantity: { value: 5, comparator: '<' } }), /only a bound/],
    ['absent', observation(PLATELETS, '2026-11-20', { dataAbsentReason: concept(LOINC, 'x') }), /the value is absent/],
    ['later', observation(PLATELETS, '2026-11-23', quantity(62, '10*9/L')), /dated after the day/],
    ['outside the domain', observation(PLATELETS, '2026-11-20', quantity(5000, '10*9/L')), /outside what the fact allows/],
    ['endless', observation(PLATELETS, '2026-11-20', quantity(100 / 3, '10*9/L')), /more digits/],
    ['no decimal once converted', observation('30525-0', '2026-11-20', quantity(20000, 'd')), /in a the value is no decimal/],
    ['text', observation(PLATELETS, '2026-11-20', { valueString: 'low' }), /no value that can be read/],
    [
      'about somebody else',
      observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'), { focus: [{ reference: 'RelatedPerson/x' }] }),
      /focus/,
    ],
    ['refuted', condition(BONE_METASTASIS, status('active', 'refuted')), /verification status is refuted/],
    ['unconfirmed', condition(BONE_METASTASIS, status('active', 'unconfirmed')), /verification status is unconfirmed/],
    ['resolved', condition(BONE_METASTASIS, status('resolved', 'confirmed')), /clinical status is resolved/],
    ['of no clinical status', condition(BONE_METASTASIS, { clinicalStatus: undefined }), /clinical status is not given/],
    ['abated', condition(BONE_METASTASIS, { abatementDateTime: '2026-01-01' }), /has ended/],
    ['not taken', drug('MedicationStatement', { status: 'not-taken' }), /status is not-taken/],
    ['only proposed', drug('MedicationRequest', { status: 'active', intent: 'proposal' }), /intent is proposal/],
    ['not to be given', drug('MedicationRequest', { status: 'active', intent: 'order', doNotPerform: true }), /not to give/],
    ['cancelled', drug('MedicationRequest', { status: 'cancelled', intent: 'order' }), /status is cancelled/],
    ['of another type', { resourceType: 'Encounter', subject: { reference: 'Patient/p' } }, /type are not read/],
  ];
  for (const [title, resource, why] of LEFT_OUT)
    it(`leaves out what is ${title}, and says why`, async () => {
      const { json, leftOut } = await only(withPatient(resource));
      assert.deepEqual(Object.keys(json.facts).sort(), ['age', 'sex']);
      assert.deepEqual(
        Object.values(json.groups).flatMap(({ records }) => records),
        [],
      );
      assert.equal(leftOut.length, 1);
      assert.match(leftOut[0]!.why, why);
    });

  it('makes a record of each body site, with its side', async () => {
    const bodySite = [site(FEMUR, LEFT), site(L3), site('85050009', BOTH)];
    const { json } = await only(withPatient(condition(BONE_METASTASIS, { bodySite })));
    assert.deepEqual(json.groups.lesions, {
      complete: false,
      records: [
        { id: 'a', facts: { site: 'femur', side: 'left' } },
        { id: 'b', facts: { site: 'L3' } },
        { id: 'c', facts: { site: 'humerus', side: 'left' } },
        { id: 'd', facts: { site: 'humerus', side: 'right' } },
      ],
    });
  });

  it('makes one record of what is recorded twice, and none of a side where there is none', async () => {
    const twice = [condition(BONE_METASTASIS, { bodySite: [site(L3, RIGHT)] }), condition(BONE_METASTASIS, { bodySite: [site(L3)] })];
    const { json, leftOut } = await only(withPatient(...twice));
    assert.deepEqual(json.groups.lesions?.records, [{ id: 'a', facts: { site: 'L3' } }]);
    assert.deepEqual(
      leftOut.map(({ why }) => why),
      ['L3 has no left and right'],
    );
  });

  it('knows of a lesion without a site only where no other is there', async () => {
    const nowhere = condition(BONE_METASTASIS);
    const alone = await only(withPatient(nowhere));
    assert.deepEqual(alone.json.groups.lesions?.records, [{ id: 'a', facts: {} }]);
    const beside = await only(withPatient(nowhere, condition(BONE_METASTASIS, { bodySite: [site(L3)] })));
    assert.deepEqual(beside.json.groups.lesions?.records, [{ id: 'a', facts: { site: 'L3' } }]);
    assert.match(beside.leftOut[0]!.why, /may be the same as a record/);
  });

  it('calls a list complete only where a list says that nothing is known of', async () => {
    const list = {
      resourceType: 'List',
      status: 'current',
      mode: 'snapshot',
      code: concept(SNOMED, BONE_METASTASIS),
      subject: { reference: 'Patient/p' },
    };
    const none = { ...list, emptyReason: concept('http://terminology.hl7.org/CodeSystem/list-empty-reason', 'nilknown') };
    assert.deepEqual((await only(withPatient(none))).json.groups.lesions, { complete: true, records: [] });
    assert.equal((await only(withPatient(list))).json.groups.lesions?.complete, false);
    const lesion = condition(BONE_METASTASIS, { bodySite: [site(L3)] });
    assert.equal((await only(withPatient(none, lesion))).json.groups.lesions?.complete, false);
  });

  it('gathers what is said of a drug in one record, with dates by FHIRPath', async () => {
    const given = ['2026-09-01', '2026-11-01', '2026-10-01'].map(effectiveDateTime =>
      drug('MedicationAdministration', { effectiveDateTime }),
    );
    const since = drug('MedicationStatement', { effectivePeriod: { start: '2026-03-05' } });
    const { json } = await only(withPatient(...given, since));
    assert.deepEqual(json.groups.medications?.records, [
      { id: 'a', facts: { drug: 'zoledronic-acid', 'first-given-on': '2026-03-05', 'last-given-on': '2026-11-01' } },
    ]);
  });

  it('finds a drug by its reference, in the bundle and contained', async () => {
    const named = { resourceType: 'Medication', id: 'zol', code: concept('http://www.nlm.nih.gov/research/umls/rxnorm', '77655') };
    const { medicationCodeableConcept: _, ...bare } = drug('MedicationStatement');
    for (const extra of [
      { medicationReference: { reference: '#zol' }, contained: [named] },
      { medicationReference: { reference: 'Medication/zol' } },
    ]) {
      const { json } = await only(withPatient({ ...bare, ...extra }, named));
      assert.equal(json.groups.medications?.records[0]?.facts.drug, 'zoledronic-acid');
    }
    assert.deepEqual(await reasons(withPatient({ ...bare, medicationReference: { reference: 'Medication/other' } })), [
      'the drug it refers to is not in the bundle',
    ]);
  });

  it('reads a grade by the code of its interpretation, and components as observations', async () => {
    const grade = observation('89247-1', '2026-11-20', { valueInteger: 2, interpretation: [concept(LOINC, 'LA9624-3')] });
    const panel = observation(
      '34566-0',
      '2026-11-20',
      {},
      {
        component: [
          { code: concept(LOINC, PLATELETS), ...quantity(70, '10*9/L') },
          { code: concept(LOINC, '718-7'), ...quantity(95, 'g/L') },
        ],
      },
    );
    const { json } = await only(withPatient(grade, panel));
    assert.equal(json.facts.platelets && (json.facts.platelets as { value: number }).value, 70);
    assert.deepEqual(json.facts.hemoglobin, { value: 95, unit: 'g/L' });
    assert.equal((await knownToAll(withPatient(grade, panel)))['ecog-grade'], 'ecog-2');
  });

  it('knows both primaries as possible where two are recorded', async () => {
    const { json } = await only(withPatient(condition('254837009'), condition('399068003', { onsetDateTime: '2025-01-01' })));
    assert.deepEqual(json.facts.primary, { oneOf: ['breast', 'prostate'] });
  });

  it('keeps patients apart, and leaves out who is not there', async () => {
    const about = (id: string, value: number) =>
      observation(PLATELETS, '2026-11-20', quantity(value, '10*9/L'), { subject: { reference: `Patient/${id}` } });
    const { patients, problems } = await imported(bundle([patient('a'), about('b', 40), patient('b'), about('a', 90), about('c', 1)]));
    const values = patients.map(({ text }) => (JSON.parse(text) as { facts: { platelets: { value: number } } }).facts.platelets.value);
    assert.deepEqual(values, [90, 40]);
    assert.deepEqual(problems, ['Not imported: Observation, entry 5: it is about somebody who is not in the bundle.']);
  });

  it('describes the patient for the day given, the bundle’s moment, or its latest date', async () => {
    const text = (more: Record<string, unknown>) => bundle([patient(), observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'))], more);
    assert.equal((await only(text({}))).json.asOf, '2026-11-22T12:00:00Z');
    assert.equal((await only(text({ timestamp: undefined }))).json.asOf, '2026-11-20');
    assert.equal((await only(text({}), '2027-01-01')).json.asOf, '2027-01-01');
    const { patients, problems } = await imported(bundle([patient()], { timestamp: undefined }));
    assert.equal(patients.length, 0);
    assert.match(problems.join(), /the day to describe the patient for must be given/);
  });
});
