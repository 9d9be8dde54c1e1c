/** Something dated after the moment for which the patient is described. */
import { readMoments, readMomentsAround } from '../../model/dates.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { recordedScores, recordedValues } from '../recorded.ts';
import { quoted } from '../words.ts';

interface Later {
  readonly path: string;
  readonly span: Span;
  readonly asOf: string;
}

export const rule = defineRule<Later>({
  code: 'patient-event-after-as-of',
  severity: 'error',
  summary: 'An event or score is dated after the moment for which the patient is described.',
  docs: `
The patient is judged as of \`asOf\`, and nothing later can be known then. Such a date counts as not recorded. Correct the date, or describe the
patient as of a later day.
`,

  find: ofPatient(function* (subject) {
    const asOf = subject.patient.asOf;
    const now = asOf && readMoments(asOf.value);
    if (!asOf || !now) return;
    const isAfter = (date: string) => (readMomentsAround(date, asOf.value)?.from ?? now.to) > now.to;
    for (const { fact, value, path } of recordedValues(subject)) {
      if (fact.type !== 'date' || typeof value.value !== 'string') continue;
      if (isAfter(value.value)) yield { path, span: value.span, asOf: asOf.value };
    }
    for (const { recorded, path } of recordedScores(subject))
      if (recorded.on && isAfter(recorded.on.value)) yield { path, span: recorded.on.span, asOf: asOf.value };
  }),

  say: ({ path, span, asOf }) => ({
    span,
    message: `This is after ${quoted(asOf)}, the moment for which the patient is described, so it counts as not recorded. Correct the date, or set "asOf" later.`,
    names: [path],
  }),
});

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "facts": { "fracture-on": { "title": "Fracture", "type": "date" } },
  "scores": { "pain": { "title": "Pain", "components": { "pain": { "title": "Pain", "options": { "none": 0 } } } } } }`;

export const examples: Example[] = [
  {
    name: 'Today, where it is already tomorrow',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22T00:30:00+02:00", "for": ["rules.clinical.json"], "facts": { "fracture-on": "2026-11-22" } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'A fracture to come',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22T12:00:00Z", "for": ["rules.clinical.json"],
  "facts": {
    "fracture-on": "2026-11-23" },
                   ^^^^^^^^^^^^ error: This is after “2026-11-22T12:00:00Z”, the moment for which the patient is described, so it counts as not recorded. Correct the date, or set "asOf" later.
  "scores": { "pain": {
    "on": "2027-01-01", "options": { "pain": "none" } } } }
          ^^^^^^^^^^^^ error: This is after “2026-11-22T12:00:00Z”, the moment for which the patient is described, so it counts as not recorded. Correct the date, or set "asOf" later.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'The same day',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22T12:00:00Z", "for": ["rules.clinical.json"], "facts": { "fracture-on": "2026-11-22" } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
