/** Cut-offs of one bound in several units that do not mean the same value. */

import { convert } from '../../analysis/cells.ts';
import { BOUND_KEYS, type Limit, limitsOf } from '../../analysis/limits.ts';
import type { Exact } from '../../model/exact.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { halfDigit } from '../digits.ts';
import type { AnyFact } from '../scope.ts';
import { walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Unlike {
  readonly fact: AnyFact;
  readonly owner: string;
  readonly one: Limit;
  readonly other: Limit;
  /** What `one` is in the unit of `other`. */
  readonly converted: Exact;
}

export const rule = defineRule<Unlike>({
  code: 'unlike-cut-offs',
  severity: 'error',
  summary: 'The cut-offs of one bound in several units are too far apart.',
  docs: `
A cut-off may be written once for each unit, since sources round them. Here the numbers differ by more than the rounding of their digits
allows: a patient would be judged differently for the unit the laboratory uses. Look for a slip in the digits, or correct the factor in
the fact's \`alsoIn\`.
`,

  find: ofRuleSet(function* (subject) {
    const text = subject.document.text;
    for (const entry of walk(subject).factTests) {
      const { fact } = entry;
      if (fact) for (const unlike of unlikeOnes(fact, entry.owner, limitsOf(entry.test, entry.unit), text)) yield unlike;
    }
  }),

  say: ({ fact, owner, one, other, converted }) => ({
    span: other.span,
    message: `${other.number} ${other.unit} is not ${one.number} ${one.unit}, which is ${converted.toString(3)} ${other.unit} for ${quoted(fact.id)}: patients would be judged by the unit their value is recorded in. Check the digits, or the factor in “alsoIn”.`,
    names: [owner, fact.id, other.unit ?? ''],
  }),
});

function* unlikeOnes(fact: AnyFact, owner: string, limits: readonly Limit[], text: string): Generator<Unlike> {
  for (const key of BOUND_KEYS) {
    const [one, ...others] = limits.filter(limit => limit.key === key && limit.unit !== undefined);
    if (!one) continue;
    for (const other of others) {
      const converted = convert(one.number, one.unit, fact, other.unit);
      if (converted && !within(one, other, fact, text)) yield { fact, owner, one, other, converted };
    }
  }
}

/** Whether the intervals that round to the two written numbers meet. */
function within(one: Limit, other: Limit, fact: AnyFact, text: string): boolean {
  const half = halfDigit(text, one.span);
  const ends = [one.number.minus(half), one.number.plus(half)].map(end => convert(end, one.unit, fact, other.unit)!);
  const slack = halfDigit(text, other.span);
  return ends[0]!.compare(other.number.plus(slack)) <= 0 && ends[1]!.compare(other.number.minus(slack)) >= 0;
}

export const examples: Example[] = [
  {
    name: 'A ten-fold slip',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } } },
  "thresholds": { "severe": { "title": "Severe", "fact": "calcium", "atLeast": { "mmol/L": 3.5, "mg/dL": 1.4 } } } }
                                                                                                         ^^^ error: 1.4 mg/dL is not 3.5 mmol/L, which is 14.028 mg/dL for “calcium”: patients would be judged by the unit their value is recorded in. Check the digits, or the factor in “alsoIn”.
`,
  },
  {
    name: 'Rounded as sources round',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } } },
  "thresholds": { "severe": { "title": "Severe", "fact": "calcium", "atLeast": { "mmol/L": 3.5, "mg/dL": 14 } } } }
`,
  },
];
