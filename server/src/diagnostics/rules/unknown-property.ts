/** A key that its object does not have. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example } from '../define.ts';
import { namesOf, replace, schemaProblems, sortOf, word, wordList } from '../form.ts';
import { didYouMean, listed, quoted } from '../words.ts';

export const rule = defineRule<SchemaProblem>({
  code: 'unknown-property',
  severity: 'error',
  summary: 'An object has a key that is not known there.',
  docs: `
What stands under an unknown key has no effect: a misspelt \`until\` would leave a rule in force for ever. Correct the key, or remove it.
`,

  find: schemaProblems('unknown-property'),

  say: (problem, subject) => ({
    span: problem.span,
    message: `${capital(sortOf(problem.data))} has no ${quoted(word(problem.data, 'name')!)}, so this would have no effect.${meant(problem)}`,
    names: namesOf(problem, subject),
  }),

  fix: ({ span, data }) => {
    const suggestion = word(data, 'suggestion');
    if (suggestion === undefined) return undefined;
    return { title: `Change to ${quoted(suggestion)}`, edits: replace(span, JSON.stringify(suggestion)) };
  },
});

function meant({ data }: SchemaProblem): string {
  const suggestion = word(data, 'suggestion');
  return suggestion === undefined ? ` It may have ${listed(wordList(data, 'allowed'), 'and', 8)}.` : didYouMean(suggestion);
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

export const examples: Example[] = [
  {
    name: 'A misspelt key',
    text: `
{ "rules": [ { "id": "fever", "when": { "fact": "fever", "is": true }, "untill": { "fact": "treated", "is": true },
                                                                       ^^^^^^^^ error: A rule has no “untill”, so this would have no effect. Did you mean “until”?
  "then": [ { "decide": "clearance", "as": "modify" } ] } ] }
`,
    fixed: `
{ "rules": [ { "id": "fever", "when": { "fact": "fever", "is": true }, "until": { "fact": "treated", "is": true },
  "then": [ { "decide": "clearance", "as": "modify" } ] } ] }
`,
  },
  {
    name: 'A misspelt key says what kind of condition it is',
    text: `
{ "appliesTo": { "fcat": "adult", "is": true } }
                 ^^^^^^ error: A condition has no “fcat”, so this would have no effect. Did you mean “fact”?
`,
    fixed: `
{ "appliesTo": { "fact": "adult", "is": true } }
`,
  },
  {
    name: 'Words of other languages',
    text: `
{ "appliesTo": { "and": [ { "fact": "adult", "is": true } ] },
                 ^^^^^ error: A condition has no “and”, so this would have no effect. Did you mean “all”?
  "impossible": [ { "id": "old", "when": { "fact": "age", "greaterThan": 120, "unit": "a" }, "reason": "Nobody lives so long." } ] }
                                                          ^^^^^^^^^^^^^ error: A test of a fact has no “greaterThan”, so this would have no effect. Did you mean “above”?
`,
    fixed: `
{ "appliesTo": { "all": [ { "fact": "adult", "is": true } ] },
  "impossible": [ { "id": "old", "when": { "fact": "age", "above": 120, "unit": "a" }, "reason": "Nobody lives so long." } ] }
`,
  },
  {
    name: 'A key that belongs elsewhere',
    text: `
{ "facts": { "fever": { "title": "Fever", "type": "boolean", "minimum": 0 } } }
                                                             ^^^^^^^^^ error: A boolean, side, date or text fact has no “minimum”, so this would have no effect. It may have “title”, “type”, “required”, “code”, “fhirPath” and “reason”.
`,
  },
  {
    name: 'The names of JavaScript objects are names like any other',
    text: `
{ "constructor": {} }
  ^^^^^^^^^^^^^ error: A rule set has no “constructor”, so this would have no effect. It may have “$schema”, “id”, “title”, “version”, “description”, “status”, “role”, “complete” and 25 more.
`,
  },
  {
    name: 'A known key',
    text: `
{ "facts": { "fever": { "title": "Fever", "type": "boolean", "required": true } } }
`,
  },
];
