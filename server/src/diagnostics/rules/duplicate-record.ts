/** Two records of one group with the same id. */
import type { PatientRecord } from '../../model/patient.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { quoted } from '../words.ts';

interface Duplicate {
  readonly group: string;
  readonly first: PatientRecord;
  readonly second: PatientRecord;
}

export const rule = defineRule<Duplicate>({
  code: 'duplicate-record',
  severity: 'error',
  summary: 'Two records of one group have the same id.',
  docs: `
Records are told apart by their id: in the outcome, in what is expected, and where another patient extends this one. Give one of the two another id.
`,

  find: ofPatient(function* ({ own }) {
    for (const { id: group, records } of own.groups.values()) {
      const seen = new Map<string, PatientRecord>();
      for (const second of records) {
        const first = seen.get(second.id);
        if (first) yield { group, first, second };
        else seen.set(second.id, second);
      }
    }
  }),

  say: ({ group, first, second }, { file }) => ({
    span: second.idSpan,
    message: `Another record of ${quoted(group)} is called ${quoted(second.id)} too, so the two cannot be told apart. Give one of them another id.`,
    names: [group, second.id],
    related: [{ place: { file, span: first.idSpan }, message: 'The first one.' }],
  }),
});

export const examples: Example[] = [
  {
    name: 'Two lesions of one name',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "groups": { "lesions": { "records": [
    { "id": "a" },
    { "id": "a" } ] } } }
            ^^^ error: Another record of “lesions” is called “a” too, so the two cannot be told apart. Give one of them another id.
`,
  },
  {
    name: 'The same id in two groups',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "groups": {
    "lesions": { "records": [ { "id": "a" } ] }, "fractures": { "records": [ { "id": "a" } ] } } }
`,
  },
];
