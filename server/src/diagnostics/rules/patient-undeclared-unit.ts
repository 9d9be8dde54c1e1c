/** A recorded quantity without a unit, or in one that its fact does not declare; a unit where there is none. */
import { Exact } from '../../model/exact.ts';
import { isKnownUnit } from '../../model/units.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { type RecordedValue, recordedValues } from '../recorded.ts';
import { declaredUnits } from '../unit-uses.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<RecordedValue>({
  code: 'patient-undeclared-unit',
  severity: 'error',
  summary: 'A recorded quantity has no unit, or one its fact is not declared in.',
  docs: `
9.4 mg/dL and 9.4 mmol/L of calcium are not the same patient. A value without a unit, or in one the fact is not declared in, counts as not recorded,
even where UCUM would convert it: 20 mm of a length in cm may be a slip of 20 cm. Declare another unit under \`alsoIn\`, or record \`{ "value": 9.4, "unit": "mg/dL" }\` in one of the declared units.
`,

  find: ofPatient(function* (subject) {
    for (const entry of recordedValues(subject)) {
      const { fact, value } = entry;
      if (!(value.value instanceof Exact)) continue;
      if (fact.type === 'quantity' ? !isUsable(entry) : value.unit) yield entry;
    }
  }),

  say: ({ fact, value, path }) => ({
    span: value.unit?.span ?? value.span,
    message: `${message(fact, value.unit?.value)} Record it in ${fact.type === 'quantity' ? declaredUnits(fact).join(' or ') : 'plain numbers'}.`,
    names: [path],
    related: [{ place: { file: fact.file, span: fact.idSpan }, message: `${quoted(fact.id)} is declared here.` }],
  }),
});

function isUsable({ fact, value: { unit } }: RecordedValue): boolean {
  if (!fact.unit) return true;
  if (!unit) return false;
  // As patients are evaluated: where a unit converts but is not declared, the value is absent, and must not pass for recorded here.
  if (declaredUnits(fact).includes(unit.value)) return true;
  // Where the fact's own unit is the mistake, that is told there.
  return isKnownUnit(fact.unit.value) === false;
}

function message({ id, type }: RecordedValue['fact'], unit: string | undefined): string {
  if (type !== 'quantity') return `${quoted(id)} has no unit, so a value in ${unit} counts as not recorded.`;
  return unit === undefined
    ? `${quoted(id)} is a quantity, and without its unit the value counts as not recorded.`
    : `${quoted(id)} is not declared in ${unit}, so the value counts as not recorded.`;
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0", "facts": {
  "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } },
  "weight": { "title": "Weight", "type": "quantity", "unit": "kg" }, "falls": { "title": "Falls", "type": "integer" } } }`;

export const examples: Example[] = [
  {
    name: 'No unit, another unit, a unit too many',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": {
    "calcium": 9.4,
               ^^^ error: “calcium” is a quantity, and without its unit the value counts as not recorded. Record it in mmol/L or mg/dL.
    "weight": { "value": 70, "unit": "L" },
                                     ^^^ error: “weight” is not declared in L, so the value counts as not recorded. Record it in kg.
    "falls": { "value": 2, "unit": "a" } } }
                                   ^^^ error: “falls” has no unit, so a value in a counts as not recorded. Record it in plain numbers.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'A unit that UCUM would convert must be declared too',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "weight": { "value": 70000, "unit": "g" } } }
                                                 ^^^ error: “weight” is not declared in g, so the value counts as not recorded. Record it in kg.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'Declared units',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "calcium": { "value": 9.4, "unit": "mg/dL" }, "weight": { "value": 70, "unit": "kg" }, "falls": 2 } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
