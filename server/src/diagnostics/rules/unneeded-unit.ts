/** A unit on something that has none. */
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { withoutProperty } from '../form.ts';
import { type WrongUnit, wrongUnits } from '../unit-uses.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<WrongUnit>({
  code: 'unneeded-unit',
  severity: 'error',
  summary: 'A unit is written for something that has none.',
  docs: `
Only quantities have units. Either the unit is superfluous, or the fact should be declared as a \`quantity\` with a \`unit\`: then a patient's
value carries its unit too, and is converted where it must be.
`,

  find: ofRuleSet(subject => wrongUnits(subject).filter(({ mistake }) => mistake === 'unneeded')),

  say: ({ unit, of, owner }) => ({
    span: unit.span,
    message: `${quoted(of!.id)} has no unit, so it cannot be compared in ${unit.value}. Leave the unit out, or declare ${quoted(of!.id)} with one.`,
    names: [owner, of!.id, unit.value],
  }),

  fix: ({ unit }, subject) => {
    const edits = withoutProperty(unit.span, subject);
    return edits && { title: 'Leave the unit out', edits };
  },
});

export const examples: Example[] = [
  {
    name: 'A count in years',
    text: `
{ "facts": { "falls": { "title": "Falls", "type": "integer" } },
  "rules": [ { "id": "falls", "title": "Falls", "then": [ { "require": "review" } ],
    "when": { "fact": "falls", "atLeast": 2, "unit": "a" } } ] }
                                                     ^^^ error: “falls” has no unit, so it cannot be compared in a. Leave the unit out, or declare “falls” with one.
`,
    fixed: `
{ "facts": { "falls": { "title": "Falls", "type": "integer" } },
  "rules": [ { "id": "falls", "title": "Falls", "then": [ { "require": "review" } ],
    "when": { "fact": "falls", "atLeast": 2 } } ] }
`,
  },
  {
    name: 'A quantity in its unit',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } },
  "rules": [ { "id": "old", "title": "Old", "when": { "fact": "age", "atLeast": 65, "unit": "a" }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
