/** A patient without the moment for which it is described. */
import { readMoments } from '../../model/dates.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';

export const rule = defineRule<Span>({
  code: 'as-of-missing',
  severity: 'error',
  summary: 'A patient has no moment for which it is described.',
  docs: `
Times are counted back from \`asOf\`, never from the clock, so that a patient has the same outcome every day. Without it, or with one that is no
date, nothing that depends on time can be worked out. A patient may take it over from the one it \`extends\`; where that one is not to be had, only
that is told.
`,

  find: ofPatient(function* ({ own, patient, document, linkProblems }) {
    if (patient.asOf && readMoments(patient.asOf.value)) return;
    const isBaseLost = own.extends && linkProblems.some(({ span }) => span.start === own.extends?.span.start);
    if (!own.asOf && isBaseLost) return;
    // A patient that stands by itself must have it: the schema tells.
    if (!own.asOf && !own.extends) return;
    const start = document.root?.start ?? 0;
    yield own.asOf?.span ?? own.id?.span ?? { start, end: start + 1 };
  }),

  say: span => ({
    span,
    message:
      'There is no moment for which this patient is described, so nothing that depends on time can be worked out. Add "asOf" with a date such as "2026-11-22".',
    names: ['asOf'],
  }),
});

export const examples: Example[] = [
  {
    name: 'No moment to take over',
    patient: true,
    text: `
{ "id": "p", "title": "P", "extends": "base.patient.json",
        ^^^ error: There is no moment for which this patient is described, so nothing that depends on time can be worked out. Add "asOf" with a date such as "2026-11-22".
  "facts": {} }
`,
    files: { 'base.patient.json': '{ "id": "base", "title": "Base", "extends": "other.patient.json" }' },
  },
  {
    name: 'Taken over',
    patient: true,
    text: `
{ "id": "p", "title": "P", "extends": "base.patient.json" }
`,
    files: { 'base.patient.json': '{ "id": "base", "title": "Base", "asOf": "2026-11-22" }' },
  },
];
