/** A condition on a score's total or points that no patient, or every patient, meets. */
import { attainableTotals } from '../../analysis/attainable-totals.ts';
import { cellsOfTotals, cellWords, numbersIn } from '../../analysis/band-totals.ts';
import { meets } from '../../analysis/cells.ts';
import { readComponent } from '../../analysis/component-points.ts';
import type { Exact } from '../../model/exact.ts';
import type { Name, RuleSet, Score, Test } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { ownerOf, walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Unreachable {
  readonly score: Name;
  readonly owner: string;
  readonly test: Test;
  readonly what: 'total' | 'component';
  readonly possible: string;
}

export const rule = defineRule<Unreachable>({
  code: 'unreachable-total',
  severity: 'error',
  summary: 'A condition asks for a total, or for points of a component, that no patient can have.',
  docs: `
The components cannot add up to such a total, or none of them has such points, so the condition never holds and its rule never fires. Check the
number against the source, then the points of the components.
`,

  find: ofRuleSet(function* (subject) {
    const { ruleSet } = subject;
    for (const { condition, spot } of walk(subject).scoreTests) {
      const score = ruleSet.scores.get(condition.score.value);
      if (!score) continue;
      const what = condition.kind === 'score-total' ? 'total' : 'component';
      const possible = what === 'total' ? missedTotals(score, condition.test, ruleSet) : missedPoints(score, condition.test, ruleSet);
      if (possible !== undefined) yield { score: condition.score, owner: ownerOf(spot), test: condition.test, what, possible };
    }
  }),

  say: ({ score, owner, test, what, possible }, { document }) => ({
    span: test.span,
    message: `${what === 'total' ? `No patient can have such a total: those of ${quoted(score.value)} are ${possible}` : `No component of ${quoted(score.value)} has such points: they are ${possible}`}. Check the number against the source.`,
    // Without blanks: how a file is laid out is no part of what is found.
    names: [owner, score.value, document.text.slice(test.span.start, test.span.end).replace(/\s+/g, '')],
  }),
});

/** The attainable totals, in words, where none meets the test. */
function missedTotals(score: Score, test: Test, ruleSet: RuleSet): string | undefined {
  const totals = attainableTotals(score, ruleSet);
  if (!totals) return undefined;
  const numbers = numbersIn(test);
  const cells = cellsOfTotals(totals, [numbers]);
  return cells.some(({ value }) => meets(value, numbers)) ? undefined : cellWords(cells);
}

/** The points of all components, in words, where none meets the test; nothing is said where one gives any number of a range. */
function missedPoints(score: Score, test: Test, ruleSet: RuleSet): string | undefined {
  const points: Exact[] = [];
  for (const component of score.components.values()) {
    const reading = readComponent(component, score, ruleSet);
    if (!reading || 'low' in reading.points || 'high' in reading.points) return undefined;
    points.push(...(reading.points as readonly Exact[]));
  }
  const numbers = numbersIn(test);
  if (points.length === 0 || points.some(value => meets(value, numbers))) return undefined;
  const sorted = [...points].sort((a, b) => a.compare(b)).filter((value, i, all) => i === 0 || !value.equals(all[i - 1]!));
  return cellWords(sorted.map(value => ({ value, above: undefined, below: undefined })));
}

export const examples: Example[] = [
  {
    name: 'A total and points beyond the score',
    text: `
{ "scores": { "news": { "title": "NEWS", "components": {
    "rate": { "title": "Rate", "options": { "normal": 0, "raised": 2, "high": 3 } },
    "awake": { "title": "Awake", "options": { "yes": 0, "no": 3 } } } } },
  "rules": [ { "id": "alarm", "title": "Alarm", "then": [ { "require": "review" } ], "when": { "any": [
    { "score": "news", "total": { "atLeast": 7 } },
                                ^^^^^^^^^^^^^^^^ error: No patient can have such a total: those of “news” are 0, 2, 3, 5, 6. Check the number against the source.
    { "score": "news", "anyComponent": { "is": 1 } } ] } } ] }
                                       ^^^^^^^^^^^ error: No component of “news” has such points: they are 0, 2, 3. Check the number against the source.
`,
  },
  {
    name: 'Within the score',
    text: `
{ "scores": { "news": { "title": "NEWS", "components": {
    "rate": { "title": "Rate", "options": { "normal": 0, "raised": 2, "high": 3 } },
    "awake": { "title": "Awake", "options": { "yes": 0, "no": 3 } } } } },
  "rules": [ { "id": "alarm", "title": "Alarm", "then": [ { "require": "review" } ], "when": { "any": [
    { "score": "news", "total": { "atLeast": 5 } }, { "score": "news", "anyComponent": { "is": 3 } } ] } } ] }
`,
  },
];
