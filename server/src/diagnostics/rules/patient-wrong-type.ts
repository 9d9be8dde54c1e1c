/** A recorded value that is not of its fact's type. */
import { readMoments } from '../../model/dates.ts';
import { Exact } from '../../model/exact.ts';
import type { PatientValue } from '../../model/patient.ts';
import type { Fact } from '../../model/rule-set.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { type RecordedValue, recordedValues } from '../recorded.ts';
import { TYPE_WORDS } from '../types.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<RecordedValue>({
  code: 'patient-wrong-type',
  severity: 'error',
  summary: 'A recorded value is not of the type its fact is declared with.',
  docs: `
Such a value counts as not recorded, so rules on it stay undetermined. Record \`true\` or \`false\`, a number, a whole number, one of the values, a
date such as \`"2026-11-22"\` (or \`"never"\`), as the fact asks.
`,

  find: ofPatient(function* (subject) {
    for (const entry of recordedValues(subject)) if (!fits(entry.fact, entry.value)) yield entry;
  }),

  say: ({ fact, value, path }) => ({
    span: value.span,
    message: `${quoted(fact.id)} ${TYPE_WORDS[fact.type]}, so this value counts as not recorded. ${ADVICE[fact.type]}`,
    names: [path],
    related: [{ place: { file: fact.file, span: fact.idSpan }, message: `${quoted(fact.id)} is declared here.` }],
  }),
});

const ADVICE: Readonly<Record<Fact['type'], string>> = {
  boolean: 'Record true or false.',
  integer: 'Record a whole number.',
  decimal: 'Record a number.',
  quantity: 'Record { "value": number, "unit": unit }.',
  code: 'Record one of its values.',
  side: 'Record "left" or "right".',
  date: 'Record a date such as "2026-11-22", or "never".',
  text: 'Record a text.',
};

function fits({ type }: Fact, { value }: PatientValue): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return value instanceof Exact && value.isInteger();
  if (type === 'decimal' || type === 'quantity') return value instanceof Exact;
  if (type === 'date') return typeof value === 'string' && (value === 'never' || readMoments(value) !== undefined);
  return typeof value === 'string';
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0", "facts": {
  "falls": { "title": "Falls", "type": "integer" }, "paralysed": { "title": "Paralysed", "type": "boolean" },
  "fracture-on": { "title": "Fracture", "type": "date" } } }`;

export const examples: Example[] = [
  {
    name: 'Half a fall, and other slips',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": {
    "falls": 2.5,
             ^^^ error: “falls” is a whole number, so this value counts as not recorded. Record a whole number.
    "paralysed": "yes",
                 ^^^^^ error: “paralysed” is true or false, so this value counts as not recorded. Record true or false.
    "fracture-on": "last week" } }
                   ^^^^^^^^^^^ error: “fracture-on” is a date, so this value counts as not recorded. Record a date such as "2026-11-22", or "never".
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'As declared',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "falls": { "oneOf": [2, 3] }, "paralysed": false, "fracture-on": "never" } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
