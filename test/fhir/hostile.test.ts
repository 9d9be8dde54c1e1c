/** Bundles that are broken, huge, in a circle or hostile: a clear report each, never a failure. */
import assert from 'node:assert/strict';
import { reportText } from '../../server/src/importing/report.ts';
import { BONE_METASTASIS, bundle, concept, condition, drug, LOINC, observation, patient, quantity, SNOMED, site } from './bundles.ts';
import { imported, only } from './importing.ts';

const PLATELETS = '777-3';

describe('a file that is no bundle to import', () => {
  const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ['empty', '', /no sound JSON/],
    ['cut off', bundle([patient()]).slice(0, -9), /may have been cut off/],
    ['no JSON', 'MSH|^~\\&|LAB|', /no sound JSON/],
    ['null', 'null', /something else/],
    ['a list', '[]', /something else/],
    ['a number', '5', /something else/],
    ['a single resource', JSON.stringify(patient()), /here it is Patient/],
    ['of a hostile type', JSON.stringify({ resourceType: '<script>alert(1)</script>' }), /here it is something else/],
    ['without entries', bundle([], { entry: undefined }), /no entries/],
    ['with no list of entries', bundle([], { entry: { resource: patient() } }), /no entries/],
    ['with an empty list', bundle([]), /no entries/],
    ['a history', bundle([patient()], { type: 'history' }), /old versions/],
  ];
  for (const [title, text, problem] of REFUSED)
    it(`is refused with the reason: ${title}`, async () => {
      const { patients, problems, stopped } = await imported(text);
      assert.deepEqual([patients.length, problems.length, stopped], [0, 1, true]);
      assert.match(problems[0]!, problem);
    });
});

describe('a bundle with strange entries', () => {
  it('passes over entries of every wrong kind', async () => {
    const wrong = [
      null,
      5,
      'x',
      [],
      {},
      { resource: null },
      { resource: [] },
      { resource: 'x' },
      { resource: {} },
      { fullUrl: 7, resource: { resourceType: 4 } },
    ];
    const { patients, problems } = await imported(bundle([], { entry: [{ resource: patient() }, ...wrong] }));
    assert.equal(patients.length, 1);
    assert.match(problems.join('\n'), /8 entries have no resource/);
  });

  it('takes values of every wrong kind for none', async () => {
    const junk = [null, true, 5, 'x', [], {}, [null], [[]], { coding: 'x' }, { coding: [null, 5, {}, { system: 3, code: [] }] }];
    const keys = [
      'status',
      'code',
      'subject',
      'effectiveDateTime',
      'effectivePeriod',
      'valueQuantity',
      'valueCodeableConcept',
      'component',
      'focus',
      'interpretation',
      'bodySite',
      'clinicalStatus',
      'verificationStatus',
      'medicationCodeableConcept',
      'medicationReference',
      'contained',
      'onsetDateTime',
      'extension',
    ];
    const bases = [
      observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L')),
      condition(BONE_METASTASIS, { bodySite: [site('71341001')] }),
      drug('MedicationStatement'),
    ];
    const resources = bases.flatMap(base => keys.flatMap(key => junk.map(value => ({ ...base, [key]: value }))));
    const { patients } = await imported(bundle([patient('p', { birthDate: 5, gender: ['x'] }), ...resources]));
    assert.equal(patients.length, 1);
  });

  it('leaves out both of two entries with one address that differ, and counts what is there twice once', async () => {
    const entry = (value: number) => ({ fullUrl: 'urn:uuid:o', resource: observation(PLATELETS, '2026-11-20', quantity(value, '10*9/L')) });
    const whole = (...entries: unknown[]) => bundle([], { entry: [{ resource: patient() }, ...entries] });
    const same = await only(whole(entry(62), entry(62)));
    assert.deepEqual(same.json.facts.platelets, { value: 62, unit: '10*9/L' });
    const { patients, problems } = await imported(whole(entry(62), entry(40)));
    assert.ok(!patients[0]!.text.includes('platelets'));
    assert.match(problems.join(), /same address and says something else/);
  });

  it('follows references in a circle no further than one step', async () => {
    const { medicationCodeableConcept: _, ...bare } = drug('MedicationStatement');
    const circle = [
      { ...bare, id: 'm', medicationReference: { reference: 'Medication/a' } },
      { resourceType: 'Medication', id: 'a', ingredient: [{ itemReference: { reference: 'Medication/b' } }] },
      { resourceType: 'Medication', id: 'b', ingredient: [{ itemReference: { reference: 'Medication/a' } }] },
      observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'), { id: 'o', subject: { reference: 'Observation/o' } }),
      { ...bare, id: 'n', medicationReference: { reference: 'MedicationStatement/n' } },
    ];
    const { patients, problems } = await imported(bundle([patient(), ...circle]));
    assert.equal(patients.length, 1);
    assert.match(problems.join(), /about something that is no patient/);
    assert.deepEqual(JSON.parse(patients[0]!.text).groups.medications.records, []);
  });

  it('reads what is nested very deep no further than it must', async () => {
    const deep = `${'{"extension":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    const observed = JSON.stringify({ resource: observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L')) });
    const text = bundle([], { entry: [{ resource: patient() }] }).replace(
      /\]\}$/,
      `,${observed.replace('"status"', `"x":${deep},"status"`)}]}`,
    );
    assert.deepEqual((await only(text)).json.facts.platelets, { value: 62, unit: '10*9/L' });
    const double = text.replace(/\]\}$/, `,{"fullUrl":"urn:x","resource":${deep}},{"fullUrl":"urn:x","resource":${deep}}]}`);
    assert.equal((await imported(double)).patients.length, 1);
  });

  it('takes keys of the prototype for keys that mean nothing', async () => {
    const text = bundle([patient(), observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L'))])
      .replaceAll('"identifier"', '"__proto__"')
      .replace(
        '"valueQuantity"',
        '"constructor":{"prototype":{"polluted":true}},"__proto__":{"polluted":true,"status":"final"},"valueQuantity"',
      );
    assert.deepEqual((await only(text)).json.facts.platelets, { value: 62, unit: '10*9/L' });
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const odd = [
        patient(name),
        observation(name, '2026-11-20', quantity(1, name), { subject: { reference: `Patient/${name}` } }),
        condition(name),
      ];
      assert.equal((await imported(bundle(odd))).patients.length, 1);
    }
  });

  it('lets no text of the bundle into the patient or the report', async () => {
    const evil = [
      '</textarea><script>alert(1)</script>',
      '](command:evil) ![x](http://evil.example)',
      'Johanna Anyperson',
      `${'\u202e'}\u0000\n# Head`,
      '`a` | b | c',
      'x'.repeat(100_000),
    ];
    for (const words of evil) {
      const all = [
        { ...patient('p'), gender: words, birthDate: words },
        observation(words, words, { valueString: words }, { status: words }),
        observation(PLATELETS, '2026-11-20', quantity(1, words)),
        observation(PLATELETS, '2026-11-20', { valueQuantity: { value: 1, unit: words } }),
        observation(PLATELETS, words, { valueCodeableConcept: concept(words, words) }),
        { ...condition(words), clinicalStatus: concept(words, words), id: words, note: [{ text: words }] },
        condition(BONE_METASTASIS, { bodySite: [{ text: words, ...concept(SNOMED, words) }] }),
        { ...drug('MedicationRequest'), intent: words, status: 'active', medicationCodeableConcept: concept(words, words) },
        { resourceType: words, subject: { reference: 'Patient/p' } },
        { resourceType: 'List', code: concept(LOINC, words), subject: { reference: 'Patient/p' } },
      ];
      const result = await imported(bundle(all));
      const told = reportText(result) + result.patients.map(({ text }) => text).join();
      assert.equal(result.patients.length, 1);
      assert.ok(!told.includes(words), words.slice(0, 50));
      assert.ok(!/<|\u202e|\]\(|alert|Anyperson/.test(told), told);
    }
  });
});

describe('a bundle of 50 MB', () => {
  it('is read in one pass, with a report that stays short', async () => {
    const one = (i: number) => {
      const day = String(1 + (i % 28)).padStart(2, '0');
      const code = i % 3 === 0 ? PLATELETS : `${i % 1000}-0`;
      return JSON.stringify({
        resource: observation(code, `20${10 + (i % 16)}-0${1 + (i % 9)}-${day}`, quantity(50 + (i % 100), '10*9/L'), {
          text: { div: 'x'.repeat(200) },
        }),
      });
    };
    const parts: string[] = [JSON.stringify({ resource: patient() })];
    for (let i = 0, size = 0; size < 50 * 1024 * 1024; i++) {
      const part = one(i);
      parts.push(part);
      size += part.length + 1;
    }
    parts.push(JSON.stringify({ resource: observation(PLATELETS, '2026-11-20', quantity(62, '10*9/L')) }));
    const text = `{"resourceType":"Bundle","type":"collection","timestamp":"2026-11-22T12:00:00Z","entry":[${parts.join(',')}]}`;
    assert.ok(text.length > 50 * 1024 * 1024);
    const result = await imported(text);
    assert.deepEqual((JSON.parse(result.patients[0]!.text) as { facts: object }).facts, {
      age: { value: 68, unit: 'a' },
      sex: 'female',
      platelets: { value: 62, unit: '10*9/L' },
    });
    assert.ok(reportText(result).length < 200_000);
  }).timeout(60_000);
});
