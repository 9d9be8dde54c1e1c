/** A declared factor between two units that UCUM's definitions contradict. */
import type { Exact } from '../../model/exact.ts';
import type { Fact, Name, UnitFactor } from '../../model/rule-set.ts';
import { exactFactor } from '../../model/units.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { halfDigit } from '../digits.ts';
import { quoted } from '../words.ts';

interface Wrong {
  readonly fact: Fact & { readonly unit: Name };
  readonly other: UnitFactor;
  /** Undefined where no factor above 0 is given. */
  readonly right: Exact | undefined;
}

export const rule = defineRule<Wrong>({
  code: 'wrong-factor',
  severity: 'error',
  summary: 'The factor declared between two units is not the one their definitions give.',
  docs: `
\`"unit": "g/L", "alsoIn": { "g/dL": 0.1 }\` says that 1 g/L is 0.1 g/dL. Where both units measure the same, the factor follows from their
definitions, and another one turns every converted value wrong. Correct the factor, or leave it out: such units are converted anyway.
`,

  find: ofRuleSet(function* ({ own, document }) {
    const groupFacts = [...own.groups.values()].flatMap(({ facts }) => [...facts.values()]);
    for (const fact of [...own.facts.values(), ...groupFacts, ...own.derived.values()]) {
      const { unit } = fact;
      if (!unit) continue;
      for (const other of fact.alsoIn) {
        const right = exactFactor(unit.value, other.unit.value);
        const { value, span } = other.factor;
        if (value.double <= 0) yield { fact: { ...fact, unit }, other, right };
        else if (right && isFar(value, right, halfDigit(document.text, span))) yield { fact: { ...fact, unit }, other, right };
      }
    }
  }),

  say: ({ fact, other, right }) => ({
    span: other.factor.span,
    message: `1 ${fact.unit.value} is ${right ? `${right} ${other.unit.value}` : 'more than nothing in any unit'}, not ${other.factor.value}, so values of ${quoted(fact.id)} would be converted wrongly. Correct the factor${right ? ', or leave it out' : ''}.`,
    names: [fact.id, other.unit.value],
  }),

  fix: ({ other, right }) => {
    const text = right?.toString(12);
    if (text === undefined || text.startsWith('≈')) return undefined;
    return { title: `Change the factor to ${text}`, edits: [{ span: other.factor.span, newText: text }] };
  },
});

function isFar(value: Exact, right: Exact, slack: Exact): boolean {
  return value.minus(slack).compare(right) > 0 || value.plus(slack).compare(right) < 0;
}

export const examples: Example[] = [
  {
    name: 'The wrong way round',
    text: `
{ "facts": { "albumin": { "title": "Albumin", "type": "quantity", "unit": "g/L", "alsoIn": { "g/dL": 10.0 } } } }
                                                                                                     ^^^^ error: 1 g/L is 0.1 g/dL, not 10, so values of “albumin” would be converted wrongly. Correct the factor, or leave it out.
`,
    fixed: `
{ "facts": { "albumin": { "title": "Albumin", "type": "quantity", "unit": "g/L", "alsoIn": { "g/dL": 0.1 } } } }
`,
  },
  {
    name: 'Rounded, or for a substance',
    text: `
{ "facts": {
    "weight": { "title": "Weight", "type": "quantity", "unit": "[lb_av]", "alsoIn": { "kg": 0.4536 } },
    "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } } } }
`,
  },
];
