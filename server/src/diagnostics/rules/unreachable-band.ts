/** A band that no total falls in. */
import { attainableTotals } from '../../analysis/attainable-totals.ts';
import { cellsOfTotals, cellWords, numbersIn } from '../../analysis/band-totals.ts';
import { meets } from '../../analysis/cells.ts';
import type { Band, Score } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Unreachable {
  readonly score: Score;
  readonly band: Band;
  readonly totals: string;
}

export const rule = defineRule<Unreachable>({
  code: 'unreachable-band',
  severity: 'error',
  summary: 'No patient can have a total that falls in the band.',
  docs: `
The components cannot add up to any number within the band, so no rule on it ever holds. Check the points of the components against the
source, then the bounds of the band.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const score of own.scores.values()) {
      const totals = score.bandSets.size > 0 ? attainableTotals(score, ruleSet) : undefined;
      if (!totals) continue;
      for (const bands of score.bandSets.values()) {
        for (const band of bands) {
          const test = numbersIn(band.test);
          const cells = cellsOfTotals(totals, [test]);
          if (!cells.some(({ value }) => meets(value, test))) yield { score, band, totals: cellWords(cells) };
        }
      }
    }
  }),

  say: ({ score, band, totals }) => ({
    span: band.idSpan,
    message: `No patient can be in the band ${quoted(band.id)}: the totals of ${quoted(score.id)} are ${totals}. Check the points of the components, or the bounds of the band.`,
    names: [score.id, band.id],
  }),
});

export const examples: Example[] = [
  {
    name: 'A component was left out',
    text: `
{ "scores": { "mirels": { "title": "Mirels",
  "components": { "pain": { "title": "Pain", "options": { "mild": 1, "moderate": 2, "functional": 3 } } },
  "bands": {
    "low": { "atMost": 7 },
    "high": { "atLeast": 9 } } } } }
    ^^^^^^ error: No patient can be in the band “high”: the totals of “mirels” are 1 to 3. Check the points of the components, or the bounds of the band.
`,
  },
  {
    name: 'Half points count',
    text: `
{ "scores": { "wells": { "title": "Wells",
  "components": { "heart-rate": { "title": "Heart rate", "options": { "no": 0, "yes": 1.5 } } },
  "bands": { "low": { "below": 1 }, "middle": { "above": 1, "below": 2 } } } } }
`,
  },
];
