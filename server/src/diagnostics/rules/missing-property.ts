/** A key that its object must have and has not. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example } from '../define.ts';
import { addProperty, namesOf, objectOf, schemaProblems, sortOf, word, wordList } from '../form.ts';
import { listed, quoted } from '../words.ts';

/** What a fix writes for the author to fill in. */
const EMPTY: Readonly<Record<string, string>> = { string: '""', array: '[]', object: '{}' };

export const rule = defineRule<SchemaProblem>({
  code: 'missing-property',
  severity: 'error',
  summary: 'An object lacks a key that it needs.',
  docs: `
Without it the object cannot be read as it was meant. Add the key; the message names it, or the keys of which one is needed.
`,

  find: schemaProblems('missing-property'),

  say: (problem, subject) => ({
    span: problem.span,
    message: message(problem),
    names: [...namesOf(problem, subject), ...wordList(problem.data, 'allowed')],
  }),

  fix: (problem, subject) => {
    const name = word(problem.data, 'name')!;
    const value = EMPTY[word(problem.data, 'typeOfKey') ?? ''];
    const object = objectOf(problem, subject);
    if (name === '' || value === undefined || !object) return undefined;
    return { title: `Add ${quoted(name)}`, edits: addProperty(object, name, value, subject) };
  },
});

function message({ data }: SchemaProblem): string {
  const name = word(data, 'name')!;
  const because = word(data, 'because');
  if (name === '')
    return `This is ${sortOf(data)} without ${listed(wordList(data, 'allowed'), 'or', 12)}, so nothing follows from it. Add one of them.`;
  if (because !== undefined) return `Beside ${quoted(because)}, ${sortOf(data)} also needs ${quoted(name)}. Add it.`;
  return `This is ${sortOf(data)} without ${quoted(name)}, which every one needs. Add it.`;
}

export const examples: Example[] = [
  {
    name: 'A rule without effects',
    text: `
{ "id": "r", "title": "R", "version": "1.0.0", "rules": [
    { "id": "fever",
    ^ error: This is a rule without “then”, which every one needs. Add it.
      "when": { "fact": "fever", "is": true }
    }
  ] }
`,
    fixed: `
{ "id": "r", "title": "R", "version": "1.0.0", "rules": [
    { "id": "fever",
      "when": { "fact": "fever", "is": true },
      "then": []
    }
  ] }
`,
  },
  {
    name: 'A condition that tests nothing',
    text: `
{ "id": "r", "title": "R", "version": "1.0.0", "appliesTo": { "fact": "adult" } }
                                                            ^ error: This is a test of a fact without “is”, “in”, “atLeast”, “above”, “atMost” or “below”, so nothing follows from it. Add one of them.
`,
  },
  {
    name: 'A formula for each unit, and no fact whose unit chooses',
    text: `
{ "id": "r", "title": "R", "version": "1.0.0", "derived": { "bmi": { "title": "BMI", "type": "decimal", "formulas": { "kg/m2": 1 } } } }
                                                                   ^ error: Beside “formulas”, a derived fact also needs “by”. Add it.
`,
    fixed: `
{ "id": "r", "title": "R", "version": "1.0.0", "derived": { "bmi": { "title": "BMI", "type": "decimal", "formulas": { "kg/m2": 1 }, "by": "" } } }
`,
  },
  {
    name: 'A patient needs a date',
    patient: true,
    text: `
{ "id": "a", "title": "A" }
^ error: This is a sample patient without “asOf”, which every one needs. Add it.
`,
  },
  {
    name: 'A patient who extends another takes its date over',
    patient: true,
    text: `
{ "id": "a", "title": "A", "extends": "base.patient.json" }
`,
    files: { 'base.patient.json': '{ "id": "base", "title": "Base", "asOf": "2026-11-22" }' },
  },
];
