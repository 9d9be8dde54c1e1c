/** A unit in which the fact, or the parameter, is not measured. */
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { declaredUnits, type WrongUnit, wrongUnits } from '../unit-uses.ts';
import { listed, quoted } from '../words.ts';

export const rule = defineRule<WrongUnit>({
  code: 'undeclared-unit',
  severity: 'error',
  summary: 'A unit is not declared for the fact and cannot be converted exactly.',
  docs: `
Values are compared in the units a fact declares: its \`unit\` and those under \`alsoIn\`, and others that UCUM converts exactly (\`kg\` and \`g\`).
Between amounts of substance and mass (\`mmol/L\`, \`mg/dL\`) the factor depends on the substance, so the fact has to give it. Correct the
unit, or declare its factor: \`"alsoIn": { "mg/dL": 4.008 }\` says that 1 of the fact's unit is 4.008 mg/dL.
`,

  find: ofRuleSet(subject => wrongUnits(subject).filter(({ mistake }) => mistake === 'undeclared')),

  say: ({ unit, of, owner }) => ({
    span: unit.span,
    message: `${quoted(of!.id)} is not declared in ${unit.value}, and there is no exact factor from it to ${listed(declaredUnits(of!), 'or')}, so nothing can be compared. Correct the unit, or add it to “alsoIn”.`,
    names: [owner, of!.id, unit.value],
  }),
});

export const examples: Example[] = [
  {
    name: 'A factor that depends on the substance',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L" } },
  "rules": [ { "id": "severe", "title": "Severe", "then": [ { "require": "review" } ],
    "when": { "fact": "calcium", "atLeast": { "mmol/L": 3.5, "mg/dL": 14 } } } ] }
                                                             ^^^^^^^ error: “calcium” is not declared in mg/dL, and there is no exact factor from it to “mmol/L”, so nothing can be compared. Correct the unit, or add it to “alsoIn”.
`,
  },
  {
    name: 'A dose in a unit of something else',
    text: `
{ "parameters": { "minutes-a-week": { "title": "Minutes a week", "unit": "min/wk" } },
  "rules": [ { "id": "walk", "title": "Walk", "then": [
    { "recommend": "walking", "with": { "minutes-a-week": { "atLeast": 150, "unit": "mg" } } } ] } ] }
                                                                                    ^^^^ error: “minutes-a-week” is not declared in mg, and there is no exact factor from it to “min/wk”, so nothing can be compared. Correct the unit, or add it to “alsoIn”.
`,
  },
  {
    name: 'Declared, or converted by UCUM',
    text: `
{ "facts": { "weight": { "title": "Weight", "type": "quantity", "unit": "kg" } },
  "rules": [ { "id": "light", "title": "Light", "when": { "fact": "weight", "below": 45000, "unit": "g" }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
