/** A value that is none of those its key may have. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example } from '../define.ts';
import { namesOf, replace, schemaProblems, subjectOf, word, wordList } from '../form.ts';
import { didYouMean, listed, quoted } from '../words.ts';

export const rule = defineRule<SchemaProblem>({
  code: 'value-not-allowed',
  severity: 'error',
  summary: 'A value is none of those its key may have.',
  docs: `
Some keys take one of a few words, such as \`resolve\`, and a factor between units is above zero. Any other value means nothing, so what
depends on it would not be evaluated. Choose one of the values that the message lists.
`,

  find: schemaProblems('value-not-allowed'),

  say: (problem, subject) => ({ span: problem.span, message: message(problem), names: namesOf(problem, subject) }),

  fix: ({ span, data }) => {
    const allowed = wordList(data, 'allowed');
    const better = word(data, 'suggestion') ?? (allowed.length === 1 ? allowed[0] : undefined);
    return better === undefined ? undefined : { title: `Change to ${quoted(better)}`, edits: replace(span, JSON.stringify(better)) };
  },
});

function message({ data }: SchemaProblem): string {
  const because = word(data, 'because');
  const start = because === undefined ? '' : `Beside ${quoted(because)}, `;
  const expected = word(data, 'expected') ?? listed(wordList(data, 'allowed'), 'or', 12);
  const found =
    word(data, 'allowed') === undefined && word(data, 'expected') !== undefined ? word(data, 'found')! : quoted(word(data, 'found')!);
  return `${start}${subjectOf(data)} is ${expected}, and ${found} is not. Choose another value.${didYouMean(word(data, 'suggestion'))}`;
}

export const examples: Example[] = [
  {
    name: 'A misspelt value',
    text: `
{ "decisions": { "clearance": { "title": "May train?", "values": ["no", "yes"], "resolve": "strict" } } }
                                                                                           ^^^^^^^^ error: “resolve” is “strictest”, “single”, “first” or “collect”, and “strict” is not. Choose another value. Did you mean “strictest”?
`,
    fixed: `
{ "decisions": { "clearance": { "title": "May train?", "values": ["no", "yes"], "resolve": "strictest" } } }
`,
  },
  {
    name: 'A value that another key rules out',
    text: `
{ "decisions": { "clearance": { "title": "May train?", "values": ["no", "yes"], "resolve": "single", "each": "lesions" } } }
                                                                                           ^^^^^^^^ error: Beside “each”, “resolve” is “strictest”, and “single” is not. Choose another value.
`,
    fixed: `
{ "decisions": { "clearance": { "title": "May train?", "values": ["no", "yes"], "resolve": "strictest", "each": "lesions" } } }
`,
  },
  {
    name: 'A factor that is no factor',
    text: `
{ "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 0 } } } }
                                                                                                         ^ error: “mg/dL” is a number above 0, and 0 is not. Choose another value.
`,
  },
  {
    name: 'A value as it should be',
    text: `
{ "decisions": { "clearance": { "title": "May train?", "values": ["no", "yes"], "resolve": "single" } } }
`,
  },
];
