/** Sample patients read and extended. */
import assert from 'node:assert/strict';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import type { Patient, PatientFact } from '../../server/src/model/patient.ts';
import { EVERY_PATIENT_FORM } from './every-form.ts';
import { patientOf } from './reading.ts';

const PATIENT = patientOf(EVERY_PATIENT_FORM);

describe('reading a patient', () => {
  it('reads the values still possible', () => {
    assert.deepEqual(factsOf(PATIENT.facts), {
      age: ['59 a'],
      sex: ['female'],
      compressed: ['false'],
      falls: ['1', '2'],
      calcium: ['9.4 mg/dL', '2.5 mmol/L'],
      'infection-ended-on': ['never'],
      albumin: [],
    });
  });

  it('reads records, scores and the marks of a list', () => {
    const lesions = PATIENT.groups.get('lesions')!;
    assert.deepEqual([lesions.complete, lesions.records.map(({ id, remove }) => `${id} ${remove}`)], [false, ['a false', 'b true']]);
    const sins = lesions.records[0]!.scores.get('sins')!;
    assert.deepEqual([sins.on?.value, factsOf(sins.options)], ['2026-11-20', { 'by-pain': ['painless', 'hurts'] }]);
    assert.deepEqual(
      PATIENT.for.map(({ path, file }) => `${path.value} from ${file}`),
      ['every-form.clinical.json from main.patient.json'],
    );
  });

  it('reads what is expected', () => {
    const [expected] = PATIENT.expected;
    assert.deepEqual(
      expected!.decisions.get('clearance')!.map(({ value }) => value),
      ['undetermined', 'no-answer'],
    );
    assert.deepEqual(
      [...expected!.totals].flatMap(([score, records]) => [...records].map(([record, totals]) => `${score} ${record} ${totals.kind}`)),
      ['sins a exactly', 'sins b none', 'tiers  exactly', 'other  within'],
    );
  });

  it('takes a value that cannot be read for not recorded, never for less than was written', () => {
    const facts = { a: {}, b: { oneOf: [1, {}] }, c: { oneOf: [] }, d: [1], e: { value: 5, unit: 7 }, f: { value: {} } };
    for (const [id, values] of Object.entries(factsOf(patientOf({ facts }).facts))) assert.deepEqual(values, [], id);
    const score = patientOf({ scores: { s: { options: { a: 5, b: { value: 'x', unit: 'y' }, c: 'ok' } } } }).scores.get('s')!;
    assert.deepEqual(factsOf(score.options), { a: [], b: [], c: ['ok'] });
  });

  it('takes a list that is not written, or not in full, for incomplete', () => {
    const complete = (group: unknown) => patientOf({ groups: { g: group } }).groups.get('g')!.complete;
    assert.equal(complete({ records: [] }), undefined, 'left to the evaluation, which takes it for complete');
    assert.equal(complete({ records: [], complete: true }), true);
    assert.equal(complete({ complete: true }), true);
    for (const group of [{}, 5, { records: {} }, { records: [5], complete: true }, { records: [], complete: 'yes' }])
      assert.equal(complete(group), false);
  });

  it('keeps two records of one id', () => {
    assert.equal(patientOf({ groups: { g: { records: [{ id: 'a' }, { id: 'a' }] } } }).groups.get('g')!.records.length, 2);
  });
});

describe('a patient that extends another', () => {
  const record = (id: string, facts: object) => ({ id, facts, scores: { s: { on: '2026-01-01', options: { one: 'x', two: 'y' } } } });
  const base = {
    title: 'Base',
    asOf: '2026-11-22',
    for: ['r.clinical.json'],
    facts: { a: 1, b: 2 },
    scores: { s: { on: '2026-01-01', options: { one: 'x' } } },
    groups: { g: { complete: false, records: [record('r1', { p: 1, q: 2 }), record('r2', { p: 3 })] }, h: { records: [] } },
    expected: [{ ruleSet: 'x' }],
  };
  const extend = (own: object) => extendPatient(patientOf(own, 'own'), patientOf(base, 'base'));

  it('takes over everything but what is expected', () => {
    const patient = extend({ id: 'own' });
    assert.deepEqual(factsOf(patient.facts), { a: ['1'], b: ['2'] });
    assert.deepEqual([patient.file, patient.title, patient.asOf?.value, patient.expected.length], ['own', 'Base', '2026-11-22', 0]);
    assert.deepEqual([patient.for[0]?.file, patient.facts.get('a')!.file], ['base', 'base']);
    assert.deepEqual(recordsOf(patient), { r1: { p: ['1'], q: ['2'] }, r2: { p: ['3'] } });
    assert.equal(patient.groups.get('g')!.complete, false);
  });

  it('replaces, adds and takes away facts one by one', () => {
    assert.deepEqual(factsOf(extend({ facts: { b: 5, c: 6, a: null } }).facts), { a: [], b: ['5'], c: ['6'] });
  });

  it('replaces a score whole: its options belong to its date', () => {
    const { options, on } = extend({ scores: { s: { on: '2026-02-02', options: { two: 'z' } } } }).scores.get('s')!;
    assert.deepEqual([on?.value, factsOf(options)], ['2026-02-02', { two: ['z'] }]);
  });

  it('extends records by their ids, adds new ones and drops those marked', () => {
    const records = [{ id: 'r2', remove: true }, record('r3', { p: 9 }), { id: 'r1', facts: { q: null, z: true } }];
    const patient = extend({ groups: { g: { complete: true, records } } });
    assert.deepEqual(recordsOf(patient), { r1: { p: ['1'], q: [], z: ['true'] }, r3: { p: ['9'] } });
    assert.deepEqual(patient.groups.get('g')!.complete, true);
    assert.equal(patient.groups.get('g')!.records[0]!.scores.get('s')!.options.size, 2);
  });

  it('loses no record of an id written twice', () => {
    const patient = extend({ groups: { g: { records: [record('r1', { p: 7 }), record('r1', { p: 8 })] } } });
    assert.deepEqual(
      patient.groups.get('g')!.records.map(({ id, facts }) => `${id} ${factsOf(facts).p}`),
      ['r1 7', 'r2 3', 'r1 8'],
    );
    const twice = patientOf({ groups: { g: { records: [record('r1', { p: 1 }), record('r1', { p: 2 })] } } });
    const own = patientOf({ groups: { g: { records: [record('r1', { p: 7 }), record('r1', { p: 8 })] } } });
    assert.deepEqual(
      extendPatient(own, twice)
        .groups.get('g')!
        .records.map(({ facts }) => factsOf(facts).p),
      [['7'], ['8']],
    );
  });
});

function factsOf(facts: ReadonlyMap<string, PatientFact>): Record<string, string[]> {
  return Object.fromEntries(
    [...facts].map(([id, { values }]) => [id, values.map(({ value, unit }) => `${value}${unit ? ` ${unit.value}` : ''}`)]),
  );
}

function recordsOf(patient: Patient): Record<string, Record<string, string[]>> {
  return Object.fromEntries(patient.groups.get('g')!.records.map(({ id, facts }) => [id, factsOf(facts)]));
}
