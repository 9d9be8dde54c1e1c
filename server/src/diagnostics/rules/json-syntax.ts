/** Text that is no sound JSON. */
import type { SyntaxCode } from '../../syntax/document.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, type Subject } from '../define.ts';
import { replace, textAt } from '../form.ts';
import { MESSAGES, mended } from '../syntax-words.ts';

interface Damage {
  readonly code: SyntaxCode;
  readonly span: Span;
  /** How many of the same sort stand before it. */
  readonly earlier: number;
}

export const rule = defineRule<Damage>({
  code: 'json-syntax',
  severity: 'error',
  summary: 'The text is not sound JSON.',
  docs: `
Rule sets and patients are strict JSON: no comments, no trailing commas, straight double quotes. What stands near the damage may be missing
from every other check, and the preview keeps the last sound state. Mend it where the message stands.
`,

  find: ({ document }) => {
    const counts = new Map<string, number>();
    return document.problems.filter(isDamage).map(({ code, span }) => {
      const earlier = counts.get(code) ?? 0;
      counts.set(code, earlier + 1);
      return { code, span, earlier };
    });
  },

  say: ({ code, span, earlier }, subject) => ({
    span,
    message: MESSAGES[code]!(written(subject, span)),
    names: [code, ...(earlier === 0 ? [] : [`${earlier + 1}`])],
  }),

  fix: ({ code, span }, subject) => {
    const better = mended(code, textAt(subject, span));
    return better && { title: better.title, edits: replace(better.atEnd ? { start: span.end, end: span.end } : span, better.text) };
  },
});

/** The two that have a diagnostic of their own are well-formed JSON. */
function isDamage({ code }: { readonly code: SyntaxCode }): boolean {
  return code !== 'duplicate-key' && code !== 'number-too-long';
}

/** What stands there, short enough for a message. */
function written(subject: Subject, span: Span): string {
  const text = textAt(subject, span);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export const examples: Example[] = [
  {
    name: 'A comma too many',
    text: `
{ "facts": { "fever": { "title": "Fever", "type": "boolean" }, } }
                                                             ^ error: Nothing follows this comma. Remove it, or add what is missing.
`,
    fixed: `
{ "facts": { "fever": { "title": "Fever", "type": "boolean" } } }
`,
  },
  {
    name: 'A comma too few',
    text: `
{ "id": "ward",
  "title": "Ward"
                ^ error: A comma is missing behind this. Add one before the next entry.
  "version": "1.0.0" }
`,
    fixed: `
{ "id": "ward",
  "title": "Ward",
  "version": "1.0.0" }
`,
  },
  {
    name: 'Quotes from a word processor',
    text: `
{ “id”: "ward", 'title': "Ward" }
  ^^^^ error: JSON takes straight double quotes only. Replace these by ".
                ^^^^^^^ error: JSON takes straight double quotes only. Replace these by ".
`,
    fixed: `
{ "id": "ward", "title": "Ward" }
`,
  },
  {
    name: 'A comment',
    text: `
{ "id": "ward" // what the ward agreed on
               ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: JSON has no comments. Write it as a “note” or under “notes”, or remove it.
}
`,
  },
  {
    name: 'A text that breaks off',
    text: `
{ "facts": { "fever": {
                      ^ error: The text ends here, before every bracket is closed. Something at the end is missing: add it.`,
  },
  {
    name: 'Numbers that JSON does not know',
    text: `
{ "facts": { "ratio": { "title": "Ratio", "type": "decimal", "minimum": .5, "maximum": Infinity } } }
                                                                        ^^ error: .5 is not a number in JSON. Write it with digits on both sides of the point, without leading zeros or a plus sign.
                                                                                       ^^^^^^^^ error: Infinity is not a value. Write text in double quotes, or a number, true, false or null.
`,
  },
  {
    name: 'Sound JSON',
    text: `
{ "facts": { "fever": { "title": "Fever", "type": "boolean" } } }
`,
  },
];
