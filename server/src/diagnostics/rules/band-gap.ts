/** Attainable totals of a score that fall in no band. */

import { attainableTotals } from '../../analysis/attainable-totals.ts';
import { cellWords, totalsInBands } from '../../analysis/band-totals.ts';
import type { Cell } from '../../analysis/cells.ts';
import type { Band, Score } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Gap {
  readonly score: Score;
  /** The band below the gap, else the first. */
  readonly band: Band;
  readonly totals: readonly Cell[];
  readonly certain: boolean;
}

export const rule = defineRule<Gap>({
  code: 'band-gap',
  severity: 'error',
  summary: 'A total that patients can have falls in no band.',
  docs: `
Every total that the components can add up to is worked out exactly. One that lies in no band lets every rule on the bands pass by the
patient who has it. Widen the band below or above, or write a band for it. A warning where components read the same facts, so that
fewer totals may occur than each component by itself allows, and where a fact has no domain that ends them.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const score of own.scores.values()) {
      for (const bands of score.bandSets.values()) {
        const found = bands.length > 0 ? totalsInBands(score, bands, ruleSet) : undefined;
        const outside = found?.flatMap(total => (total.bands.length === 0 ? total.cell : [])) ?? [];
        if (outside.length === 0) continue;
        const before = found![found!.findIndex(({ cell }) => cell === outside[0]) - 1]?.bands[0];
        yield {
          score,
          band: before ?? bands[0]!,
          totals: outside,
          certain: attainableTotals(score, ruleSet)!.exact && !outside.every(isOpen),
        };
      }
    }
  }),

  say: ({ score, band, totals, certain }) => ({
    span: band.idSpan,
    message: `A total of ${cellWords(totals)} falls in no band of ${quoted(score.id)}, so rules on its bands pass such a patient by. Widen a band, or write one for it.`,
    names: [score.id, band.id],
    ...(certain ? {} : { severity: 'warning' as const }),
  }),
});

/** All that lies above, or below, a number: the facts have no domain that says whether anybody is there. */
function isOpen({ above, below }: Cell): boolean {
  return (above === undefined) !== (below === undefined);
}

export const examples: Example[] = [
  {
    name: 'A total between two bands',
    text: `
{ "scores": { "mirels": { "title": "Mirels", "source": { "id": "mirels-1989" },
  "components": {
    "pain": { "title": "Pain", "options": { "mild": 1, "moderate": 2, "functional": 3 } },
    "size": { "title": "Size", "options": { "small": 1, "middle": 2, "large": 3 } } },
  "bands": {
    "low": { "atMost": 3 },
    ^^^^^ error: A total of 4 falls in no band of “mirels”, so rules on its bands pass such a patient by. Widen a band, or write one for it.
    "high": { "atLeast": 5 } } } } }
`,
  },
  {
    name: 'A decimal value needs bands without a space between them',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "decimal", "minimum": 0, "maximum": 10 } },
  "scores": { "pain-now": { "title": "Pain now", "components": { "pain": { "title": "Pain", "fact": "pain" } },
  "bands": {
    "mild": { "atMost": 3 },
    ^^^^^^ error: A total of between 3 and 4 (such as 3.5) falls in no band of “pain-now”, so rules on its bands pass such a patient by. Widen a band, or write one for it.
    "severe": { "atLeast": 4 } } } } }
`,
  },
  {
    name: 'Points need not be contiguous',
    text: `
{ "scores": { "pain": { "title": "Pain",
  "components": { "pain": { "title": "Pain", "options": { "none": 0, "occasional": 1, "mechanical": 3 } } },
  "bands": { "stable": { "atMost": 1 }, "unstable": { "atLeast": 3 } } } } }
`,
  },
];
