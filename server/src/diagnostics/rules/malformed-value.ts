/** A text that is not written as its key asks: an id, a date, a version, a period, a path. */
import type { SchemaProblem } from '../../syntax/schema.ts';
import { defineRule, type Example } from '../define.ts';
import { namesOf, replace, schemaProblems, subjectOf, textAt, word } from '../form.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<SchemaProblem>({
  code: 'malformed-value',
  severity: 'error',
  summary: 'An id, date, version, period or path is not written as it should be.',
  docs: `
A date that is no day of the calendar or a period without a unit cannot be calculated with, and ids are written in one way so that they can
be told apart from words. Write it as the message says.
`,

  find: schemaProblems('malformed-value'),

  say: (problem, subject) => ({
    span: problem.span,
    message: message(problem),
    names: [...namesOf(problem, subject), word(problem.data, 'found') ?? ''],
  }),

  fix: ({ span }, subject) => {
    const better = mended(textAt(subject, span));
    return better === undefined ? undefined : { title: `Change to ${better}`, edits: replace(span, better) };
  },
});

function message({ data }: SchemaProblem): string {
  const found = word(data, 'found');
  if (found === '') return `${subjectOf(data)} is empty, so it says nothing. Write ${word(data, 'expected')}.`;
  return `${quoted(found ?? '')} cannot be read. ${subjectOf(data)} takes ${word(data, 'expected')}.`;
}

/** Where only a blank or a slash is wrong. Ids are left alone: other files may use them. */
function mended(written: string): string | undefined {
  const period = /^"(\d+(?:\.\d+)?) *(h|d|wk|mo|a)"$/.exec(written);
  if (period) return `"${period[1]} ${period[2]}"`;
  return /^"[^"]*\\\\[^"]*"$/.test(written) ? written.replaceAll('\\\\', '/') : undefined;
}

export const examples: Example[] = [
  {
    name: 'An id with a capital and a blank',
    text: `
{ "facts": { "Bone pain": { "title": "Bone pain", "type": "boolean" } } }
             ^^^^^^^^^^^ error: “Bone pain” cannot be read. “facts” takes lower-case letters, digits and single hyphens, such as unstable-spine.
`,
  },
  {
    name: 'A day that no calendar has',
    text: `
{ "reviewBy": "2026-02-30" }
              ^^^^^^^^^^^^ error: “2026-02-30” cannot be read. “reviewBy” takes a day of the calendar written year-month-day, such as 2026-11-22.
`,
  },
  {
    name: 'A period without a blank',
    text: `
{ "rules": [ { "id": "scan", "then": [ { "require": "spine-mri", "every": "90d" } ] } ] }
                                                                          ^^^^^ error: “90d” cannot be read. “every” takes a number above zero and a unit (h, d, wk, mo or a) with a blank between, such as 30 d.
`,
    fixed: `
{ "rules": [ { "id": "scan", "then": [ { "require": "spine-mri", "every": "90 d" } ] } ] }
`,
  },
  {
    name: 'An empty title',
    text: `
{ "facts": { "fever": { "title": "", "type": "boolean" } } }
                                 ^^ error: “title” is empty, so it says nothing. Write at least one character.
`,
  },
  {
    name: 'A name that JavaScript objects have',
    text: `
{ "facts": { "__proto__": { "title": "Fever", "type": "boolean" } } }
             ^^^^^^^^^^^ error: “__proto__” cannot be read. “facts” takes lower-case letters, digits and single hyphens, such as unstable-spine.
`,
  },
  {
    name: 'A leap day',
    text: `
{ "reviewBy": "2028-02-29" }
`,
  },
];
