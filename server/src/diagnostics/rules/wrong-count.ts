/** A list or table with too few entries, or too many. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example } from '../define.ts';
import { namesOf, schemaProblems, subjectOf, word } from '../form.ts';

export const rule = defineRule<SchemaProblem>({
  code: 'wrong-count',
  severity: 'error',
  summary: 'A list has too few entries, or too many.',
  docs: `
An empty list of conditions, effects or values says nothing, and a difference is taken of exactly two terms. Add what is missing, or
remove the key.
`,

  find: schemaProblems('wrong-count'),

  say: (problem, subject) => ({
    span: problem.span,
    message: `${subjectOf(problem.data)} needs ${word(problem.data, 'expected')} ${word(problem.data, 'expected')!.endsWith(' 1') ? 'entry' : 'entries'} and has ${found(problem)}, so it cannot be evaluated. Add what is missing, or remove what is too much.`,
    names: namesOf(problem, subject),
  }),
});

function found({ data }: SchemaProblem): string {
  return data.found === '0' ? 'none' : word(data, 'found')!;
}

export const examples: Example[] = [
  {
    name: 'A rule without effects',
    text: `
{ "rules": [ { "id": "fever", "when": { "fact": "fever", "is": true }, "then": [] } ] }
                                                                               ^^ error: “then” needs at least 1 entry and has none, so it cannot be evaluated. Add what is missing, or remove what is too much.
`,
  },
  {
    name: 'A difference of three',
    text: `
{ "derived": { "rest": { "title": "Rest", "type": "decimal", "difference": [10, 2, 3] } } }
                                                                           ^^^^^^^^^^ error: “difference” needs exactly 2 entries and has 3, so it cannot be evaluated. Add what is missing, or remove what is too much.
`,
  },
  {
    name: 'A difference of two',
    text: `
{ "derived": { "rest": { "title": "Rest", "type": "decimal", "difference": [10, 2] } } }
`,
  },
];
