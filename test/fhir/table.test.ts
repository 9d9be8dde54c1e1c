/** A CSV file as sample patients, one a row. */
import assert from 'node:assert/strict';
import { importCsv } from '../../server/src/importing/import-csv.ts';
import { type PatientJson, ruleSet, sound, TARGET } from './importing.ts';

function imported(text: string, asOf: string | undefined = '2026-11-22') {
  const result = importCsv(ruleSet, text, TARGET, asOf);
  for (const patient of result.patients) sound(patient.text);
  return { ...result, json: result.patients.map(patient => JSON.parse(patient.text) as PatientJson) };
}

describe('an imported table', () => {
  it('gives a patient a row: facts, units, records, scores', () => {
    const { json, problems } = imported(
      [
        'age [a],platelets [10*9/L],calcium in mg/dL,lesions.a.site,lesions.a.side,lesions.a.sins.pain,lesions.a.sins.on,lesions.complete,acute-cord-compression',
        '61,62,9.4,L3,,none,2026-11-20,true,false',
        '70,"62000 /uL",,femur,left,,,,true',
      ].join('\r\n'),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(json[0]!.facts, {
      age: { value: 61, unit: 'a' },
      platelets: { value: 62, unit: '10*9/L' },
      calcium: { value: 9.4, unit: 'mg/dL' },
      'acute-cord-compression': false,
    });
    assert.deepEqual(json[0]!.groups.lesions, {
      complete: true,
      records: [{ id: 'a', facts: { site: 'L3' }, scores: { sins: { options: { pain: 'none' }, on: '2026-11-20' } } }],
    });
    assert.deepEqual(json[1]!.facts.platelets, { value: 62000, unit: '/uL' });
    assert.deepEqual(json[1]!.groups.lesions, { complete: false, records: [{ id: 'a', facts: { site: 'femur', side: 'left' } }] });
  });

  it('keeps several possible values, and none where one of them is wrong', () => {
    const { json, patients } = imported('sex,age [a],esas-tiredness\nfemale|male,60|61,6|x\n');
    assert.deepEqual(json[0]!.facts, {
      sex: { oneOf: ['female', 'male'] },
      age: {
        oneOf: [
          { value: 60, unit: 'a' },
          { value: 61, unit: 'a' },
        ],
      },
    });
    assert.deepEqual(
      patients[0]!.leftOut.map(({ what }) => what),
      ['esas-tiredness'],
    );
  });

  const LEFT_OUT: readonly (readonly [string, string, RegExp])[] = [
    ['age', '60', /no unit/],
    ['age [a]', '600', /outside/],
    ['age [kg]', '60', /does not convert/],
    ['age [a]', 'sixty', /another kind/],
    ['sex', 'woman', /not on the list/],
    ['acute-cord-compression', 'yes', /not true or false/],
    ['new-bone-pain-on', '20.11.2026', /no whole day/],
    ['new-bone-pain-on', '2027-01-01', /after the day/],
    ['lesions.a.sins.pain', 'awful', /no option/],
    ['lesions.a.sins.on', '2027-01-01', /no date up to/],
    ['lesions.complete', 'maybe', /complete/],
  ];
  for (const [heading, cell, why] of LEFT_OUT)
    it(`leaves out ${cell} under ${heading}, and never quotes it`, () => {
      const { json, patients } = imported(`${heading},fall-risk\n${cell},false\n`);
      assert.deepEqual(json[0]!.facts, { 'fall-risk': false });
      assert.match(patients[0]!.leftOut.map(each => each.why).join(), why);
      assert.ok(!JSON.stringify(patients[0]!.leftOut).includes(cell));
    });

  it('tells headings that name nothing by their place, and doubles', () => {
    const { problems, json } = imported('Name,sex,sex,mirels.,lesions..site,a.b.c.d.e,__proto__\nJohanna,male,female,1,2,3,4\n');
    assert.equal(problems.length, 6);
    assert.match(problems[0]!, /^Column 1 was left out/);
    assert.match(problems[1]!, /earlier column/);
    assert.ok(!JSON.stringify([problems, json]).includes('Johanna'));
    assert.deepEqual(json[0]!.facts, { sex: 'male' });
  });

  it('asks for the day where neither the file nor the user says it', () => {
    const bare = importCsv(ruleSet, 'sex\nmale\n', TARGET);
    assert.deepEqual([bare.patients.length, bare.needsDay, bare.stopped], [0, true, true]);
    assert.equal(imported('sex,asOf\nmale,2026-10-01\n').json[0]!.asOf, '2026-10-01');
  });

  const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ['empty', '', /empty/],
    ['only blank lines', '\n\n', /empty/],
    ['of other headings', 'name\nx\n', /No heading names a fact/],
    ['with an open quote', 'sex\n"male\n', /quotation mark/],
  ];
  for (const [title, text, problem] of REFUSED)
    it(`is refused: ${title}`, () => {
      const { patients, problems, stopped } = imported(text);
      assert.deepEqual([patients.length, stopped], [0, true]);
      assert.match(problems.join('\n'), problem);
    });

  it('leaves out a row with too few or too many cells, and reads the others', () => {
    const { patients, problems, stopped } = imported('sex,age [a]\nmale\nfemale,60\nmale,1,2\n');
    assert.deepEqual([patients.length, stopped], [1, true]);
    assert.deepEqual(problems, [
      'Row 1 was not imported: it has 1 cells, the headings are 2.',
      'Row 3 was not imported: it has 3 cells, the headings are 2.',
    ]);
  });
});
