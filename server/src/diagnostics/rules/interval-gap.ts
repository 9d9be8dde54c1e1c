/** Values of a fact that lie in no interval of a component, or in two with different points. */
import { cellWords } from '../../analysis/band-totals.ts';
import { type Cell, cellsOf, domainOf, inUnit, meets, type UnitTest } from '../../analysis/cells.ts';
import { unitsOf } from '../../analysis/component-points.ts';
import { isNumeric } from '../../analysis/fact-values.ts';
import { isWhole } from '../../analysis/whole-results.ts';
import { factIn } from '../../model/names.ts';
import type { Fact, RuleSet, Score } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Gap {
  readonly score: Score;
  readonly component: string;
  readonly fact: Fact;
  readonly unit: string | undefined;
  readonly span: Span;
  readonly values: readonly Cell[];
  /** Two intervals with different points, or none. */
  readonly intervals: 'none' | 'two';
}

export const rule = defineRule<Gap>({
  code: 'interval-gap',
  severity: 'error',
  summary: 'A value of a fact lies in no interval of a component, or in two with different points.',
  docs: `
Between “at most 89” and “at least 90” lies 89.5, unless the fact is an integer. A patient with such a value has no points there, so no
total; in two intervals the points would depend on their order. Close the gap by a strict bound (\`below\`, \`above\`), or part the intervals.
The values are those of the fact's domain (\`minimum\`, \`maximum\`); where it has no end, a gap towards that side is only a warning.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const score of own.scores.values()) yield* gapsOf(score, ruleSet);
  }),

  say: ({ score, component, fact, unit, span, values, intervals }) => ({
    span,
    // Beyond where the source ends there may be no patient: the domain does not say.
    ...(values.every(isOpen) ? { severity: 'warning' as const } : {}),
    message:
      intervals === 'none'
        ? `${quoted(fact.id)} of ${cellWords(values)}${inWords(unit)} lies in no interval, so a patient with it has no total. Close the gap with a strict bound, or narrow the domain of the fact.`
        : `${quoted(fact.id)} of ${cellWords(values)}${inWords(unit)} lies in two intervals with different points, so it is not clear which count. Part the intervals.`,
    names: [score.id, component, intervals, ...(unit ? [unit] : [])],
  }),
});

function* gapsOf(score: Score, ruleSet: RuleSet): Generator<Gap> {
  for (const { id, idSpan, how } of score.components.values()) {
    const fact = how?.kind === 'intervals' ? factIn(ruleSet, score.of?.value, how.fact.value) : undefined;
    if (how?.kind !== 'intervals' || !fact || !isNumeric(fact) || how.intervals.length === 0) continue;
    const tests = how.intervals.map(({ test }) => ({ test, unit: test.unit ?? how.unit }));
    for (const unit of unitsOf(fact, tests)) {
      const numbers = tests.map(({ test, unit: plain }) => inUnit(test, plain, fact, unit));
      if (numbers.some(test => !test)) continue;
      const where = { score, component: id, fact, unit };
      const cells = cellsOf(numbers as UnitTest[], { ...domainOf(fact, unit), whole: isWhole(ruleSet, fact) });
      const hits = (cell: Cell) => how.intervals.filter((_, i) => meets(cell.value, numbers[i]!));
      const none = cells.filter(cell => hits(cell).length === 0);
      const two = cells.filter(cell => hits(cell).some(({ points }, _, [first]) => !points.value.equals(first!.points.value)));
      if (none.length > 0) yield { ...where, span: idSpan, values: none, intervals: 'none' };
      if (two.length > 0) yield { ...where, span: hits(two[0]!)[1]!.span, values: two, intervals: 'two' };
    }
  }
}

/** All that lies above, or below, a number. */
function isOpen({ above, below }: Cell): boolean {
  return (above === undefined) !== (below === undefined);
}

function inWords(unit: string | undefined): string {
  return unit === undefined ? '' : ` ${unit}`;
}

export const examples: Example[] = [
  {
    name: 'A decimal between two whole numbers',
    text: `
{ "facts": { "saturation": { "title": "Oxygen saturation", "type": "decimal", "minimum": 0, "maximum": 100 } },
  "scores": { "news": { "title": "NEWS", "components": {
    "oxygen": { "title": "Oxygen", "fact": "saturation", "intervals": [
    ^^^^^^^^ error: “saturation” of between 91 and 92 (such as 91.5) lies in no interval, so a patient with it has no total. Close the gap with a strict bound, or narrow the domain of the fact.
      { "atMost": 91, "points": 3 }, { "atLeast": 92, "atMost": 93, "points": 2 }, { "above": 93, "points": 0 } ] } } } } }
`,
  },
  {
    name: 'A value in two intervals',
    text: `
{ "facts": { "rate": { "title": "Rate", "type": "integer", "minimum": 0, "maximum": 60 } },
  "scores": { "news": { "title": "NEWS", "components": {
    "rate": { "title": "Rate", "fact": "rate", "intervals": [
      { "atMost": 8, "points": 3 },
      { "atLeast": 8, "points": 0 } ] } } } } }
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: “rate” of 8 lies in two intervals with different points, so it is not clear which count. Part the intervals.
`,
  },
  {
    name: 'No domain says where the values end',
    text: `
{ "facts": { "rate": { "title": "Rate", "type": "integer", "minimum": 0 } },
  "scores": { "news": { "title": "NEWS", "components": {
    "rate": { "title": "Rate", "fact": "rate", "intervals": [ { "atMost": 8, "points": 3 }, { "atLeast": 9, "atMost": 60, "points": 0 } ] } } } } }
    ^^^^^^ warning: “rate” of above 60 lies in no interval, so a patient with it has no total. Close the gap with a strict bound, or narrow the domain of the fact.
`,
  },
  {
    name: 'Nothing lies between two whole numbers',
    text: `
{ "facts": { "rate": { "title": "Rate", "type": "integer", "minimum": 0, "maximum": 60 } },
  "scores": { "news": { "title": "NEWS", "components": {
    "rate": { "title": "Rate", "fact": "rate", "intervals": [ { "atMost": 8, "points": 3 }, { "atLeast": 9, "points": 0 } ] } } } } }
`,
  },
  {
    name: 'Nor is a whole number a fraction',
    text: `
{ "facts": { "rate": { "title": "Rate", "type": "integer", "minimum": 0, "maximum": 60 } },
  "scores": { "news": { "title": "NEWS", "components": {
    "rate": { "title": "Rate", "fact": "rate", "intervals": [ { "below": 8.5, "points": 3 }, { "above": 8.5, "points": 0 } ] } } } } }
`,
  },
];
