/** A published range other than the totals that the components give. */
import { attainableTotals } from '../../analysis/attainable-totals.ts';
import type { Exact } from '../../model/exact.ts';
import type { Score } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Mismatch {
  readonly score: Score & { readonly range: NonNullable<Score['range']> };
  readonly low: Exact;
  readonly high: Exact;
  readonly certain: boolean;
}

export const rule = defineRule<Mismatch>({
  code: 'range-mismatch',
  severity: 'error',
  summary: 'The published range of a score is not what its components add up to.',
  docs: `
The range is the source's own check on the points: where they differ, an option is missing or a number is wrong. Compare the points of
each component with the source.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const score of own.scores.values()) {
      const { range } = score;
      const totals = range && attainableTotals(score, ruleSet);
      // A range the wrong way round is told by itself.
      if (!range || !totals?.low || !totals.high || range.low.value.compare(range.high.value) > 0) continue;
      const { low, high, exact } = totals;
      const wider = low.compare(range.low.value) < 0 || high.compare(range.high.value) > 0;
      if (low.equals(range.low.value) && high.equals(range.high.value)) continue;
      // Where components depend on each other the true ends may lie further in, never further out.
      yield { score: { ...score, range }, low, high, certain: exact || !wider };
    }
  }),

  say: ({ score, low, high, certain }) => ({
    span: score.range.span,
    message: `The components of ${quoted(score.id)} give totals from ${low} to ${high}, not from ${score.range.low.value} to ${score.range.high.value}: an option is missing or a number is wrong. Compare the points with the source.`,
    names: [score.id],
    ...(certain ? {} : { severity: 'warning' as const }),
  }),
});

export const examples: Example[] = [
  {
    name: 'Points were mistyped',
    text: `
{ "scores": { "mirels": { "title": "Mirels",
  "components": {
    "pain": { "title": "Pain", "options": { "mild": 1, "moderate": 2, "functional": 4 } },
    "size": { "title": "Size", "options": { "small": 1, "large": 3 } } },
  "range": [2, 6] } } }
           ^^^^^^ error: The components of “mirels” give totals from 2 to 7, not from 2 to 6: an option is missing or a number is wrong. Compare the points with the source.
`,
  },
  {
    name: 'Components that read the same fact are taken together',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 0, "maximum": 120 } },
  "scores": { "stroke-risk": { "title": "Stroke risk",
  "components": {
    "old": { "title": "75 or more", "conditions": [ { "when": { "fact": "age", "atLeast": 75, "unit": "a" }, "points": 2 } ], "otherwise": 0 },
    "elderly": { "title": "65 to 74", "conditions": [ { "when": { "fact": "age", "atLeast": 65, "below": 75, "unit": "a" }, "points": 1 } ], "otherwise": 0 } },
  "range": [0, 2] } } }
`,
  },
  {
    name: 'The range of the source',
    text: `
{ "scores": { "pain": { "title": "Pain",
  "components": { "pain": { "title": "Pain", "options": { "none": 0, "occasional": 1, "mechanical": 3 } } }, "range": [0, 3] } } }
`,
  },
];
