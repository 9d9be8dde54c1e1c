/** Attainable totals of a score that fall in two bands of one set. */
import { cellWords, type TotalCell, totalsInBands } from '../../analysis/band-totals.ts';
import type { Cell } from '../../analysis/cells.ts';
import type { Band, Score } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Overlap {
  readonly score: Score;
  readonly first: Band;
  readonly second: Band;
  readonly totals: readonly Cell[];
}

export const rule = defineRule<Overlap>({
  code: 'band-overlap',
  severity: 'error',
  summary: 'A total that patients can have falls in two bands.',
  docs: `
A patient with such a total is in both bands at once, and rules that tell the bands apart contradict each other. Move one bound, or make
it strict (\`above\`, \`below\`). Bands of different sets, and bands with a condition (\`when\`), may overlap.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const score of own.scores.values())
      for (const bands of score.bandSets.values())
        if (bands.length > 1)
          yield* overlaps(
            score,
            totalsInBands(
              score,
              bands.filter(({ when }) => !when),
              ruleSet,
            ) ?? [],
          );
  }),

  say: ({ score, first, second, totals }) => ({
    span: second.idSpan,
    message: `A total of ${cellWords(totals)} falls in ${quoted(first.id)} and in ${quoted(second.id)}, so a patient can be in both at once. Move a bound, or make it strict.`,
    names: [score.id, first.id, second.id],
    related: [{ place: { file: score.file, span: first.idSpan }, message: `The band ${quoted(first.id)}.` }],
  }),
});

function overlaps(score: Score, totals: readonly TotalCell[]): Iterable<Overlap> {
  const found = new Map<string, { first: Band; second: Band; totals: Cell[]; score: Score }>();
  for (const { cell, bands } of totals) {
    const [first, ...others] = bands;
    for (const second of others) {
      const key = `${first!.id} ${second.id}`;
      const known = found.get(key) ?? { score, first: first!, second, totals: [] };
      known.totals.push(cell);
      found.set(key, known);
    }
  }
  return found.values();
}

export const examples: Example[] = [
  {
    name: 'Two bands share a total',
    text: `
{ "scores": { "pain": { "title": "Pain",
  "components": { "pain": { "title": "Pain", "options": { "none": 0, "some": 1, "much": 2 } } },
  "bands": {
    "mild": { "atMost": 1 },
    "severe": { "atLeast": 1 } } } } }
    ^^^^^^^^ error: A total of 1 falls in “mild” and in “severe”, so a patient can be in both at once. Move a bound, or make it strict.
`,
  },
  {
    name: 'A strict bound parts them',
    text: `
{ "scores": { "pain": { "title": "Pain",
  "components": { "pain": { "title": "Pain", "options": { "none": 0, "some": 1, "much": 2 } } },
  "bands": { "mild": { "atMost": 1 }, "severe": { "above": 1 } } } } }
`,
  },
  {
    name: 'Sets of bands are read by themselves',
    text: `
{ "scores": { "wells": { "title": "Wells",
  "components": { "signs": { "title": "Signs", "options": { "no": 0, "yes": 3 } } },
  "bandSets": {
    "two": { "unlikely": { "below": 2 }, "likely": { "atLeast": 2 } },
    "three": { "low": { "below": 1 }, "moderate": { "atLeast": 1, "atMost": 2 }, "high": { "above": 2 } } } } } }
`,
  },
];
