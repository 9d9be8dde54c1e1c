/** Bounds of one test that no value can meet together. */
import { isLower, isStrict, type Limit, meetsLimit } from '../../analysis/limits.ts';
import type { Span } from '../../text/span.ts';
import { type BoundGroup, boundGroups, limitWords } from '../bounds.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';

interface Contradiction {
  readonly span: Span;
  readonly words: readonly [string, string];
  readonly owner: string;
  /** Both bounds where exchanging their numbers gives a range. */
  readonly swap: readonly [Limit, Limit] | undefined;
}

export const rule = defineRule<Contradiction>({
  code: 'contradicting-bounds',
  severity: 'error',
  summary: 'No value can meet all bounds of a test.',
  docs: `
A test holds only if all its bounds hold. Where they exclude each other the test never holds, and what it guards never happens: a
contraindication would silently never apply. Exchange the numbers if they are the wrong way round; use \`any\` if one of two ranges is meant.
`,

  find: ofRuleSet(function* (subject) {
    for (const group of boundGroups(subject)) {
      const found = contradiction(group);
      if (found) yield found;
    }
  }),

  say: ({ span, words, owner }) => ({
    span,
    message: `${capital(words[0])} and ${words[1]}: no value is both, so this never holds. Exchange the numbers, or use “any” if one of two ranges is meant.`,
    names: [owner, ...words],
  }),

  fix: ({ swap }) =>
    swap && {
      title: 'Exchange the two numbers',
      edits: [
        { span: swap[0].span, newText: swap[1].number.toString(60) },
        { span: swap[1].span, newText: swap[0].number.toString(60) },
      ],
    },
});

function contradiction({ limits, number, owner, whole }: BoundGroup): Contradiction | undefined {
  for (const low of limits) {
    if (!isLower(low)) continue;
    const high = limits.find(other => !isLower(other) && other.unit === low.unit && excludes(low, other, whole));
    if (!high) continue;
    const swap = low.number.compare(high.number) > 0 ? ([low, high] as const) : undefined;
    return { span: low.span, words: [limitWords(low), limitWords(high)], owner, swap };
  }
  const unmet = number && limits.find(limit => !meetsLimit(number.value, limit));
  return unmet && { span: number.span, words: [`exactly ${number.value}`, limitWords(unmet)], owner, swap: undefined };
}

function excludes(low: Limit, high: Limit, whole: boolean): boolean {
  const order = low.number.compare(high.number);
  if (order > 0) return true;
  if (order === 0) return isStrict(low) || isStrict(high);
  // Between two neighbouring whole numbers there is none.
  return whole && isStrict(low) && isStrict(high) && low.number.isInteger() && high.number.minus(low.number).double <= 1;
}

function capital(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}

export const examples: Example[] = [
  {
    name: 'The wrong way round',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } },
  "rules": [ { "id": "adult", "title": "Adult", "then": [ { "require": "review" } ],
    "when": { "fact": "age", "atLeast": 65, "atMost": 18, "unit": "a" } } ] }
                                        ^^ error: At least 65 a and at most 18 a: no value is both, so this never holds. Exchange the numbers, or use “any” if one of two ranges is meant.
`,
    fixed: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } },
  "rules": [ { "id": "adult", "title": "Adult", "then": [ { "require": "review" } ],
    "when": { "fact": "age", "atLeast": 18, "atMost": 65, "unit": "a" } } ] }
`,
  },
  {
    name: 'Strict bounds that meet',
    text: `
{ "scores": { "pain": { "title": "Pain", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bands": {
  "moderate": { "above": 5, "below": 5 } } } } }
                         ^ error: Above 5 and below 5: no value is both, so this never holds. Exchange the numbers, or use “any” if one of two ranges is meant.
`,
  },
  {
    name: 'One value is a range',
    text: `
{ "scores": { "pain": { "title": "Pain", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bands": { "moderate": { "atLeast": 5, "atMost": 5 } } } } }
`,
  },
];
