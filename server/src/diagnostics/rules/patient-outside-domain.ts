/** A recorded number outside the domain of its fact. */
import { convert, domainOf } from '../../analysis/cells.ts';
import { Exact } from '../../model/exact.ts';
import { domainWords } from '../bounds.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { type RecordedValue, recordedValues } from '../recorded.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<RecordedValue>({
  code: 'patient-outside-domain',
  severity: 'error',
  summary: 'A recorded number is outside the domain of its fact.',
  docs: `
The rule set says that no patient has such a value, so it was checked for none: look for a slip in the digits or a wrong unit. If such patients
exist, widen the domain of the fact.
`,

  find: ofPatient(function* (subject) {
    for (const entry of recordedValues(subject)) {
      const { fact, value } = entry;
      if (!(value.value instanceof Exact) || (fact.type === 'quantity' && !value.unit)) continue;
      const number = convert(value.value, value.unit?.value, fact, fact.unit?.value);
      const { low, high } = domainOf(fact, fact.unit?.value);
      if (number && ((low && number.compare(low) < 0) || (high && number.compare(high) > 0))) yield entry;
    }
  }),

  say: ({ fact, value, path }) => ({
    span: value.span,
    message: `${quoted(fact.id)} lies in ${domainWords(fact)}, and this value does not, so no rule was checked for it. Look for a slip in the digits or the unit, or widen the domain.`,
    names: [path],
    related: [{ place: { file: fact.file, span: fact.idSpan }, message: `The domain of ${quoted(fact.id)}.` }],
  }),
});

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0", "facts": {
  "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 }, "minimum": 0, "maximum": 6 } } }`;

export const examples: Example[] = [
  {
    name: 'The value of one unit in the other',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": {
    "calcium": { "value": 9.4, "unit": "mmol/L" } } }
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: “calcium” lies in 0 to 6 mmol/L, and this value does not, so no rule was checked for it. Look for a slip in the digits or the unit, or widen the domain.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'Within it, in either unit',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "facts": { "calcium": { "value": 9.4, "unit": "mg/dL" } } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
