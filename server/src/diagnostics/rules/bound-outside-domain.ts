/** Numbers of a test that the fact's own domain excludes. */
import { convert, domainOf } from '../../analysis/cells.ts';
import { constantsOf, isLower, isNumber, limitsOf } from '../../analysis/limits.ts';
import type { Exact } from '../../model/exact.ts';
import type { Span } from '../../text/span.ts';
import { domainWords } from '../bounds.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import type { AnyFact } from '../scope.ts';
import { type FactTest, walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Outside {
  readonly fact: AnyFact;
  readonly owner: string;
  readonly span: Span;
  readonly number: Exact;
  readonly unit: string | undefined;
  /** Every patient meets it; else none does. */
  readonly always: boolean;
}

export const rule = defineRule<Outside>({
  code: 'bound-outside-domain',
  severity: 'error',
  summary: 'A number lies outside the domain of the fact it is held against.',
  docs: `
A fact's \`minimum\` and \`maximum\` say which values can occur. A bound outside them is met by every patient or by none, mostly because of a
slip in the digits or a wrong unit. Correct the number or its unit, or widen the domain of the fact.
`,

  find: ofRuleSet(function* (subject) {
    for (const entry of walk(subject).factTests) {
      const { fact } = entry;
      if (fact && (fact.minimum || fact.maximum)) yield* outside(fact, entry);
    }
  }),

  say: ({ fact, owner, span, number, unit, always }) => ({
    span,
    // What every patient meets is only written at too great length.
    ...(always ? { severity: 'warning' as const } : {}),
    message: `${number}${unit ? ` ${unit}` : ''} is outside the domain of ${quoted(fact.id)} (${domainWords(fact)}), so ${always ? 'every patient meets this' : 'no patient ever meets this'}. Correct the number or its unit, or widen the domain.`,
    names: [owner, fact.id, `${number}`],
    related: [{ place: { file: fact.file, span: fact.idSpan }, message: `The domain of ${quoted(fact.id)}.` }],
  }),
});

function* outside(fact: AnyFact, { test, unit, owner }: FactTest): Generator<Outside> {
  const { low, high } = domainOf(fact, fact.unit?.value);
  const constants = constantsOf(test).filter(isNumber);
  const numbers = [
    ...limitsOf(test, unit),
    ...constants.map(({ value, span }) => ({ number: value, span, unit: unit?.value, key: undefined })),
  ];
  for (const { key, number, span, unit: written } of numbers) {
    const value = convert(number, written, fact, fact.unit?.value);
    const isBelow = value && low && value.compare(low) < 0;
    const isAbove = value && high && value.compare(high) > 0;
    if (isBelow || isAbove)
      yield { fact, owner, span, number, unit: written, always: key !== undefined && isLower({ key }) === Boolean(isBelow) };
  }
}

export const examples: Example[] = [
  {
    name: 'A slip in the digits',
    text: `
{ "facts": { "ecog": { "title": "ECOG", "type": "integer", "minimum": 0, "maximum": 5 } },
  "rules": [ { "id": "bedbound", "title": "Bedbound", "then": [ { "require": "review" } ],
    "when": { "fact": "ecog", "atLeast": 44 } } ] }
                                         ^^ error: 44 is outside the domain of “ecog” (0 to 5), so no patient ever meets this. Correct the number or its unit, or widen the domain.
`,
  },
  {
    name: 'The unit counts',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 }, "minimum": 0, "maximum": 6 } },
  "thresholds": {
    "severe": { "title": "Severe", "fact": "calcium", "atLeast": { "mmol/L": 14, "mg/dL": 14 } },
                                                                             ^^ error: 14 mmol/L is outside the domain of “calcium” (0 to 6 mmol/L), so no patient ever meets this. Correct the number or its unit, or widen the domain.
    "moderate": { "title": "Moderate", "fact": "calcium", "atLeast": 12, "unit": "mg/dL" } } }
`,
  },
  {
    name: 'A bound that everybody meets',
    text: `
{ "facts": { "ecog": { "title": "ECOG", "type": "integer", "minimum": 0, "maximum": 5 } },
  "rules": [ { "id": "any", "title": "Any", "then": [ { "require": "review" } ],
    "when": { "fact": "ecog", "atMost": 10 } } ] }
                                        ^^ warning: 10 is outside the domain of “ecog” (0 to 5), so every patient meets this. Correct the number or its unit, or widen the domain.
`,
  },
  {
    name: 'The ends belong to the domain',
    text: `
{ "facts": { "ecog": { "title": "ECOG", "type": "integer", "minimum": 0, "maximum": 5 } },
  "rules": [ { "id": "dead", "title": "Dead", "when": { "fact": "ecog", "is": 5 }, "then": [ { "require": "review" } ] } ] }
`,
  },
  {
    name: 'A domain the wrong way round is told by itself',
    text: `
{ "facts": { "ecog": { "title": "ECOG", "type": "integer", "minimum": 5, "maximum": 0 } },
  "rules": [ { "id": "frail", "title": "Frail", "when": { "fact": "ecog", "atLeast": 3 }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
