/** Two keys that exclude each other. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example } from '../define.ts';
import { namesOf, schemaProblems, sortOf, word } from '../form.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<SchemaProblem>({
  code: 'exclusive-properties',
  severity: 'error',
  summary: 'Two keys of one object exclude each other.',
  docs: `
A condition or an effect is told apart by its key: with two such keys it would be read as one of them, and the other would be lost without a
word. Keep one. For two conditions write \`all\` or \`any\` around them, for two effects two entries in \`then\`.
`,

  find: schemaProblems('exclusive-properties'),

  say: (problem, subject) => ({
    span: problem.span,
    message: message(problem),
    names: [...namesOf(problem, subject), word(problem.data, 'other') ?? ''],
  }),
});

function message({ data }: SchemaProblem): string {
  const name = quoted(word(data, 'name')!);
  const other = word(data, 'other')!;
  if (other === 'type')
    return `${name} does not go with the “type” of this ${sortOf(data).replace(/^an? /, '')}, so it would have no effect. Remove it, or change the type.`;
  return `${name} cannot stand beside ${quoted(other)}: only one of the two would be read. Keep one of them, or write them apart.`;
}

export const examples: Example[] = [
  {
    name: 'Two conditions in one',
    text: `
{ "appliesTo": { "fact": "adult", "is": true, "score": "sins" } }
                                              ^^^^^^^ error: “score” cannot stand beside “fact”: only one of the two would be read. Keep one of them, or write them apart.
`,
  },
  {
    name: 'Two effects in one',
    text: `
{ "rules": [ { "id": "hip", "then": [ { "avoid": "squat", "forbid": "running" } ] } ] }
                                                          ^^^^^^^^ error: “forbid” cannot stand beside “avoid”: only one of the two would be read. Keep one of them, or write them apart.
`,
  },
  {
    name: 'A unit on a number that has none',
    text: `
{ "derived": { "ratio": { "title": "Ratio", "type": "decimal", "unit": "kg", "quotient": [1, 2] } } }
                                                               ^^^^^^ error: “unit” does not go with the “type” of this derived fact, so it would have no effect. Remove it, or change the type.
`,
  },
  {
    name: 'Two conditions, written apart',
    text: `
{ "appliesTo": { "all": [ { "fact": "adult", "is": true }, { "score": "sins", "applies": true } ] } }
`,
  },
];
