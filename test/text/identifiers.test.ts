/** What seems to tell who a person is: found in the forms it usually has, and not in what patients' files are full of. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifiersIn } from '../../server/src/diagnostics/rules/likely-identifier.ts';
import { deIdentified } from '../../server/src/features/de-identify.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { findIdentifiers } from '../../server/src/text/identifiers.ts';

const FOUND: Readonly<Record<string, string>> = {
  'Seen by Mrs Miller today': 'name: Mrs Miller',
  'Herr Schmidt, L4': 'name: Herr Schmidt',
  'Jane Doe, lesion of the femur': 'name: Jane Doe',
  'born 12.3.1956': 'date of birth: born 12.3.1956',
  'DOB: 1956-03-12': 'date of birth: DOB: 1956-03-12',
  'MRN 00412345': 'record number: MRN 00412345',
  'NHS number 943 476 5919': 'record number: NHS number 943 476 5919',
  '078-05-1120': 'record number: 078-05-1120',
  'call +44 20 7946 0018': 'telephone number: +44 20 7946 0018',
  'tel. 030 901820': 'telephone number: 030 901820',
  '(555) 010-4477': 'telephone number: (555) 010-4477',
  'jane@example.org': 'e-mail address: jane@example.org',
  'lives at 12 Abbey Road': 'address: 12 Abbey Road',
  'Hauptstraße 5': 'address: Hauptstraße 5',
};

const HARMLESS = [
  'Two lesions, worst decides: SINS 5 and Mirels 9',
  'Platelets 18 x10^9/L, Hb 9.2 g/dL',
  'Infection, symptom-free 47 h',
  'Zometa 8.5 months, lung',
  'Child-Pugh B, Ann Arbor III, Karnofsky 80, Wells 4.5',
  '2026-11-22T12:00:00Z',
  'Between the two severity conventions, mmol/L',
  'Stable Spine May Exercise',
  'Range 0.8 to 1.2; 24 h; 3 times a week; 150 min',
];

describe('what tells who a person is', () => {
  for (const [text, wanted] of Object.entries(FOUND))
    it(`is found in “${text}”`, () => {
      assert.deepEqual(
        findIdentifiers(text).map(({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`),
        [wanted],
      );
    });

  it('is not seen in what is harmless', () => {
    for (const text of HARMLESS) assert.deepEqual(findIdentifiers(text), [], text);
  });

  it('is in no sample', () => {
    const files = readdirSync('samples', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.patient.json'));
    assert.ok(files.length > 80);
    for (const file of files) assert.deepEqual(identifiersIn(parseDocument(readFileSync(join('samples', file), 'utf8')).root), [], file);
  });

  it('is taken out, and the dates move together', () => {
    const text = `{
  "id": "p", "title": "Mrs Miller, L4", "asOf": "2026-11-22T12:00:00Z", "for": ["rules.clinical.json"],
  "facts": { "birth-date": "1956-03-12", "note": "call +44 20 7946 0018", "pain-since": "2026-11-01", "impossible": "2026-13-77" }
}`;
    const now = deIdentified(parseDocument(text), text, 100);
    assert.deepEqual(JSON.parse(now), {
      id: 'p',
      title: 'removed, L4',
      asOf: '2026-08-14T12:00:00Z',
      for: ['rules.clinical.json'],
      facts: { 'birth-date': '1955-12-03', note: 'call removed', 'pain-since': '2026-07-24', impossible: '2026-13-77' },
    });
    const again = deIdentified(parseDocument(now), now, 0);
    assert.equal(again, now);
  });

  it('leaves the dates of a patient that extends another: those of the other would no longer fit', () => {
    const text = '{ "id": "p", "title": "Jane Doe", "extends": "base.patient.json", "facts": { "pain-since": "2026-11-01" } }';
    assert.equal(deIdentified(parseDocument(text), text, 100), text.replace('Jane Doe', 'removed'));
  });
});
