/** A quantity held against a number without a unit. */
import { boundsOf, constantsOf, isNumber } from '../../analysis/limits.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { declaredUnits, type Measured } from '../unit-uses.ts';
import { type FactTest, walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Missing {
  readonly of: Measured;
  readonly owner: string;
  /** The number that lacks the unit. */
  readonly span: Span;
  /** Behind which the unit can be written. */
  readonly end: number;
}

export const rule = defineRule<Missing>({
  code: 'missing-unit',
  severity: 'error',
  summary: 'A quantity is compared with a number that has no unit.',
  docs: `
14 mg/dL and 14 mmol/L of calcium are not the same patient. Write the unit the source uses: \`"atLeast": 14, "unit": "mg/dL"\`, or one cut-off a
unit: \`"atLeast": { "mmol/L": 3.5, "mg/dL": 14 }\`.
`,

  find: ofRuleSet(function* (subject) {
    for (const entry of walk(subject).factTests) {
      const { fact } = entry;
      if (entry.unit || fact?.type !== 'quantity') continue;
      const numbers = plainNumbers(entry);
      if (numbers.length > 0) yield { of: fact, owner: entry.owner, span: numbers[0]!, end: endOf(entry) };
    }
  }),

  say: ({ of, owner, span }, { document }) => ({
    span,
    message: `${quoted(of.id)} is measured in ${declaredUnits(of).join(' or ')}, but ${document.text.slice(span.start, span.end)} has no unit, so it is not clear which patients are meant. Add the unit the source uses.`,
    names: [owner, of.id, document.text.slice(span.start, span.end)],
  }),

  fix: ({ of, end }) =>
    of.alsoIn.length === 0 && of.unit
      ? {
          title: `Add the unit ${of.unit.value}`,
          edits: [{ span: { start: end, end }, newText: `, "unit": ${JSON.stringify(of.unit.value)}` }],
        }
      : undefined,
});

function plainNumbers({ test }: FactTest): Span[] {
  const bounds = boundsOf(test).flatMap(({ bound }) => (bound.kind === 'number' ? [bound.span] : []));
  const constants = constantsOf(test).filter(isNumber);
  return [...bounds, ...constants.map(({ span }) => span)].sort((a, b) => a.start - b.start);
}

/** The end of the last bound, or of the list, in the object that holds the test. */
function endOf({ test }: FactTest): number {
  const last = Math.max(...boundsOf(test).map(({ bound }) => bound.span.end), test.is?.span.end ?? 0);
  return last > 0 ? last : test.span.end - 1;
}

export const examples: Example[] = [
  {
    name: 'Which of two units?',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } } },
  "thresholds": { "severe": { "title": "Severe", "fact": "calcium", "atLeast": 14 } } }
                                                                               ^^ error: “calcium” is measured in mmol/L or mg/dL, but 14 has no unit, so it is not clear which patients are meant. Add the unit the source uses.
`,
  },
  {
    name: 'Only one unit',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } },
  "rules": [ { "id": "old", "title": "Old", "then": [ { "require": "review" } ],
    "when": { "fact": "age", "atLeast": 65 } } ] }
                                        ^^ error: “age” is measured in a, but 65 has no unit, so it is not clear which patients are meant. Add the unit the source uses.
`,
    fixed: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } },
  "rules": [ { "id": "old", "title": "Old", "then": [ { "require": "review" } ],
    "when": { "fact": "age", "atLeast": 65, "unit": "a" } } ] }
`,
  },
  {
    name: 'A cut-off per unit',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } } },
  "thresholds": { "severe": { "title": "Severe", "fact": "calcium", "atLeast": { "mmol/L": 3.5, "mg/dL": 14 } } } }
`,
  },
];
