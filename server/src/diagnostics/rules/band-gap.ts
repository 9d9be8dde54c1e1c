/** Attainable totals of a score that fall in no band. */

import { attainableTotals } from '../../analysis/attainable-totals.ts';
import { cellWords, type TotalCell, totalsInBands } from '../../analysis/band-totals.ts';
import type { Cell } from '../../analysis/cells.ts';
import type { Band, Score } from '../../model/rule-set.ts';
import type { Edit } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Gap {
  readonly score: Score;
  /** The band below the gap, else the first. */
  readonly band: Band;
  readonly totals: readonly Cell[];
  /** Runs of totals in no band, each with the band below it. */
  readonly runs: readonly Run[];
  readonly certain: boolean;
}

interface Run {
  readonly first: Cell;
  readonly last: Cell;
  /** Undefined below the first band. */
  readonly behind: Band | undefined;
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
          runs: bands.some(({ when }) => when) ? [] : runsOf(found!),
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

  // Where bands hold for some patients only, nobody can say for whom the new one would.
  fix: ({ score, band, runs, totals }, subject) => {
    const ids = new Set([...score.bandSets.values()].flat().map(({ id }) => id));
    const first = [...score.bandSets.values()].find(bands => bands.includes(band))![0]!;
    const edits = runs.map(run => newBand(run, first, ids, subject.document.text));
    return edits.length === 0 ? undefined : { title: `Add ${edits.length === 1 ? 'a band' : 'bands'} for ${cellWords(totals)}`, edits };
  },
});

function runsOf(found: readonly TotalCell[]): Run[] {
  const runs: Run[] = [];
  let behind: Band | undefined;
  for (const [i, { cell, bands }] of found.entries()) {
    if (bands.length > 0) behind = bands[0];
    else if (i > 0 && found[i - 1]!.bands.length === 0) runs[runs.length - 1] = { ...runs.at(-1)!, last: cell };
    else runs.push({ first: cell, last: cell, behind });
  }
  return runs;
}

/** Laid out as the bands beside it. */
function newBand({ first: low, last: high, behind }: Run, first: Band, ids: Set<string>, text: string): Edit {
  const value = `{ ${[...lowerBound(low), ...upperBound(high)].join(', ')} }`;
  const name = `points-${low === high && !low.above && !low.below ? low.value : `${low.above ?? low.value}-to-${high.below ?? high.value}`}`;
  const written = `${JSON.stringify(freeId(name.replaceAll('.', '-').replaceAll(/-{2,}/g, '-minus-'), ids))}: ${value}`;
  const at = behind ?? first;
  const line = text.slice(text.lastIndexOf('\n', at.idSpan.start - 1) + 1, at.idSpan.start);
  const between = /^[ \t]*$/.test(line) ? `,\n${line}` : ', ';
  if (!behind) return { span: { start: first.idSpan.start, end: first.idSpan.start }, newText: `${written}${between}` };
  return { span: { start: behind.span.end, end: behind.span.end }, newText: `${between}${written}` };
}

function lowerBound({ value, above, below }: Cell): string[] {
  if (above) return [`"above": ${above.toString(12)}`];
  return below ? [] : [`"atLeast": ${value.toString(12)}`];
}

function upperBound({ value, above, below }: Cell): string[] {
  if (below) return [`"below": ${below.toString(12)}`];
  return above ? [] : [`"atMost": ${value.toString(12)}`];
}

function freeId(name: string, ids: Set<string>): string {
  let id = name;
  for (let i = 2; ids.has(id); i++) id = `${name}-${i}`;
  ids.add(id);
  return id;
}

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
    fixed: `
{ "scores": { "mirels": { "title": "Mirels", "source": { "id": "mirels-1989" },
  "components": {
    "pain": { "title": "Pain", "options": { "mild": 1, "moderate": 2, "functional": 3 } },
    "size": { "title": "Size", "options": { "small": 1, "middle": 2, "large": 3 } } },
  "bands": {
    "low": { "atMost": 3 },
    "points-4": { "atLeast": 4, "atMost": 4 },
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
    fixed: `
{ "facts": { "pain": { "title": "Pain", "type": "decimal", "minimum": 0, "maximum": 10 } },
  "scores": { "pain-now": { "title": "Pain now", "components": { "pain": { "title": "Pain", "fact": "pain" } },
  "bands": {
    "mild": { "atMost": 3 },
    "points-3-to-4": { "above": 3, "below": 4 },
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
