/** A value of another type than its key takes. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example, type Subject } from '../define.ts';
import { namesOf, replace, schemaProblems, subjectOf, textAt, word, wordList } from '../form.ts';
import { quoted } from '../words.ts';

const WORDS: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  null: 'null',
};
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

export const rule = defineRule<SchemaProblem>({
  code: 'wrong-type',
  severity: 'error',
  summary: 'A value is of another type than its key takes.',
  docs: `
A number in quotes is text and compares with nothing; \`"false"\` in quotes is not \`false\`. Write the value as the key takes it.
`,

  find: schemaProblems('wrong-type'),

  say: (problem, subject) => ({
    span: problem.span,
    message: `${beside(problem)}${subjectOf(problem.data)} takes ${expected(problem)}; this is ${WORDS[word(problem.data, 'found')!]!}, which cannot be read here.${advice(problem, subject)}`,
    names: namesOf(problem, subject),
  }),

  fix: (problem, subject) => {
    const better = mended(problem, subject);
    return better === undefined ? undefined : { title: `Change to ${better}`, edits: replace(problem.span, better) };
  },
});

function beside({ data }: SchemaProblem): string {
  const because = word(data, 'because');
  return because === undefined ? '' : `Beside ${quoted(because)}, `;
}

function expected({ data }: SchemaProblem): string {
  const types = wordList(data, 'expected').map(type => WORDS[type]!);
  return types.length < 2 ? types.join('') : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
}

function advice(problem: SchemaProblem, subject: Subject): string {
  const better = mended(problem, subject);
  if (better === undefined) return '';
  const found = word(problem.data, 'found');
  if (found === 'object') return ' Put it in [ ].';
  return found === 'array' ? ' Put it in { "all": … }, or in { "any": … } if one is enough.' : ` Write ${better}.`;
}

/** The same value in the type that is asked for, where it is plain what was meant. */
function mended({ data, span }: SchemaProblem, subject: Subject): string | undefined {
  const types = wordList(data, 'expected');
  const written = textAt(subject, span);
  const found = word(data, 'found');
  if (found === 'string') {
    const value: string = JSON.parse(sound(written));
    if (types.includes('number') && NUMBER.test(value)) return value;
    if (types.includes('boolean') && (value === 'true' || value === 'false')) return value;
  }
  if ((found === 'number' || found === 'boolean') && types.length === 1 && types[0] === 'string' && !data.allowed) return `"${written}"`;
  if (types.length > 1) return undefined;
  return types[0] === 'array' ? inList(written, found) : types[0] === 'object' ? inObject(written, found, word(data, 'name')) : undefined;
}

/** A single item that stands without its list. */
function inList(written: string, found: string | undefined): string | undefined {
  return found === 'string' || found === 'object' ? `[${written}]` : undefined;
}

const CONDITIONS = new Set(['when', 'where', 'until', 'appliesTo', 'not']);

/** A source by its bare id, or conditions by their bare list. */
function inObject(written: string, found: string | undefined, name: string | undefined): string | undefined {
  if (name === 'source' && found === 'string' && sound(written) === written) return `{ "id": ${written} }`;
  const isList = found === 'array' && name !== undefined && CONDITIONS.has(name);
  return isList && !/^\[\s*\]$/.test(written) ? `{ "all": ${written} }` : undefined;
}

/** A string that is damaged besides (single quotes, a bad escape) is left to its own message. */
function sound(written: string): string {
  return /^"[^"\\\p{Cc}]*"$/u.test(written) ? written : '""';
}

export const examples: Example[] = [
  {
    name: 'A number in quotes',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "maximum": "120" } } }
                                                                                  ^^^^^ error: “maximum” takes a number; this is text in quotes, which cannot be read here. Write 120.
`,
    fixed: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "maximum": 120 } } }
`,
  },
  {
    name: 'One value where a list is wanted',
    text: `
{ "uses": "vocabulary.clinical.json" }
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: “uses” takes a list in [ ]; this is text in quotes, which cannot be read here. Write ["vocabulary.clinical.json"].
`,
    fixed: `
{ "uses": ["vocabulary.clinical.json"] }
`,
    files: { 'vocabulary.clinical.json': '{}' },
  },
  {
    name: 'A cut-off for each unit, and one unit besides',
    text: `
{ "thresholds": { "high": { "fact": "calcium", "atLeast": { "mmol/L": 3.5 }, "unit": "mmol/L" } } }
                                                          ^^^^^^^^^^^^^^^^^ error: Beside “unit”, “atLeast” takes a number; this is an object in { }, which cannot be read here.
`,
  },
  {
    name: 'An effect without its list, conditions without what joins them, a bare source',
    text: `
{ "rules": [ { "id": "fever", "when": [ { "fact": "fever", "is": true } ], "then": { "avoid": "running" }, "source": "book" } ] }
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: “when” takes an object in { }; this is a list in [ ], which cannot be read here. Put it in { "all": … }, or in { "any": … } if one is enough.
                                                                                   ^^^^^^^^^^^^^^^^^^^^^^ error: “then” takes a list in [ ]; this is an object in { }, which cannot be read here. Put it in [ ].
                                                                                                                     ^^^^^^ error: “source” takes an object in { }; this is text in quotes, which cannot be read here. Write { "id": "book" }.
`,
    fixed: `
{ "rules": [ { "id": "fever", "when": { "all": [ { "fact": "fever", "is": true } ] }, "then": [{ "avoid": "running" }], "source": { "id": "book" } } ] }
`,
  },
  {
    name: 'The whole file',
    text: `
[]
^^ error: The file takes an object in { }; this is a list in [ ], which cannot be read here.
`,
  },
  {
    name: 'A value as it should be',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "maximum": 120 } } }
`,
  },
];
