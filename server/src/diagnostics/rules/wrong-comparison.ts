/** A fact held against something its type does not have. */
import { boundsOf, constantsOf } from '../../analysis/limits.ts';
import { readMoments } from '../../model/dates.ts';
import { Exact } from '../../model/exact.ts';
import type { Bound, Constant } from '../../model/rule-set.ts';
import type { Edit, Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import type { AnyFact } from '../scope.ts';
import { TYPE_WORDS } from '../types.ts';
import { type FactTest, walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Wrong {
  readonly fact: AnyFact;
  readonly owner: string;
  readonly span: Span;
  readonly written: string;
}

export const rule = defineRule<Wrong>({
  code: 'wrong-comparison',
  severity: 'error',
  summary: 'A fact is compared in a way its type does not allow.',
  docs: `
A boolean \`is\` true or false. A code or side \`is\` one of its values, or is \`in\` a list of them. Numbers and quantities are held against
numbers, by \`is\`, \`in\` or bounds. A date is held against dates such as \`"2026-11-22"\`, or \`is\` \`"never"\`. Free text cannot be tested at all:
declare a boolean or a code for what matters in it. A comparison that is not possible is unknown for every patient.
`,

  find: ofRuleSet(function* (subject) {
    for (const entry of walk(subject).factTests) {
      const { fact } = entry;
      if (fact) yield* wrongParts(fact, entry);
    }
  }),

  say: ({ fact, owner, span, written }) => ({
    span,
    message: `${quoted(fact.id)} ${TYPE_WORDS[fact.type]}, so it cannot be held against ${written}. ${ADVICE[fact.type]}`,
    names: [owner, fact.id, written],
    related: [{ place: { file: fact.file, span: fact.idSpan }, message: `${quoted(fact.id)} is declared here.` }],
  }),

  fix: ({ fact, span }, { document }) => mended(fact, document.text.slice(span.start, span.end), span),
});

const ADVICE: Readonly<Record<AnyFact['type'], string>> = {
  boolean: 'Compare by “is” with true or false.',
  integer: 'Compare with a number.',
  decimal: 'Compare with a number.',
  quantity: 'Compare with a number and its unit.',
  code: 'Compare by “is” or “in” with its values.',
  side: 'Compare by “is” with left or right.',
  date: 'Compare with a date such as "2026-11-22", or by “is” with "never".',
  text: 'Declare a boolean or a code for what matters in it.',
};

function* wrongParts(fact: AnyFact, { test, owner, name }: FactTest): Generator<Wrong> {
  if (fact.type === 'text') {
    yield { fact, owner, span: name.span, written: 'anything' };
    return;
  }
  for (const constant of constantsOf(test))
    if (!fitsConstant(fact, constant)) yield { fact, owner, span: constant.span, written: constantWords(constant) };
  for (const { bound, key } of boundsOf(test))
    if (!fitsBound(fact, bound))
      yield { fact, owner, span: bound.span, written: bound.kind === 'date' ? quoted(bound.date) : `a bound (${key})` };
}

function fitsConstant({ type }: AnyFact, { value }: Constant): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'code' || type === 'side') return typeof value === 'string';
  if (type === 'date') return typeof value === 'string' && (value === 'never' || readMoments(value) !== undefined);
  return value instanceof Exact;
}

function fitsBound({ type }: AnyFact, bound: Bound): boolean {
  if (type === 'date') return bound.kind === 'date' && readMoments(bound.date) !== undefined;
  return (type === 'integer' || type === 'decimal' || type === 'quantity') && bound.kind !== 'date';
}

function constantWords({ value }: Constant): string {
  return typeof value === 'string' ? quoted(value) : `${value}`;
}

/** What was only put in quotes, or left without. */
function mended(fact: AnyFact, text: string, span: Span): { title: string; edits: Edit[] } | undefined {
  const bare = text.replace(/^"(.*)"$/, '$1');
  const fits = fact.type === 'boolean' ? /^(true|false)$/ : /^-?\d+(\.\d+)?$/;
  if (bare === text || !fits.test(bare) || fact.type === 'code' || fact.type === 'date' || fact.type === 'text') return undefined;
  return { title: `Change to ${bare}`, edits: [{ span, newText: bare }] };
}

export const examples: Example[] = [
  {
    name: 'Each type has its own comparisons',
    text: `
{ "facts": {
    "paralysed": { "title": "Paralysed", "type": "boolean" },
    "primary": { "title": "Primary tumour", "type": "code", "values": ["breast", "lung"] },
    "falls": { "title": "Falls", "type": "integer" },
    "fracture-on": { "title": "Fracture", "type": "date" },
    "remark": { "title": "Remark", "type": "text" } },
  "rules": [ { "id": "all-wrong", "title": "All wrong", "then": [ { "require": "review" } ], "when": { "all": [
    { "fact": "paralysed", "atLeast": 1 },
                                      ^ error: “paralysed” is true or false, so it cannot be held against a bound (atLeast). Compare by “is” with true or false.
    { "fact": "primary", "is": 3 },
                               ^ error: “primary” has a closed list of values, so it cannot be held against 3. Compare by “is” or “in” with its values.
    { "fact": "falls", "is": true },
                             ^^^^ error: “falls” is a whole number, so it cannot be held against true. Compare with a number.
    { "fact": "fracture-on", "above": 30 },
                                      ^^ error: “fracture-on” is a date, so it cannot be held against a bound (above). Compare with a date such as "2026-11-22", or by “is” with "never".
    { "fact": "remark", "is": "tired" } ] } } ] }
              ^^^^^^^^ error: “remark” is free text, so it cannot be held against anything. Declare a boolean or a code for what matters in it.
`,
  },
  {
    name: 'In quotes',
    text: `
{ "facts": { "paralysed": { "title": "Paralysed", "type": "boolean" } },
  "rules": [ { "id": "still", "title": "Still", "then": [ { "require": "review" } ],
    "when": { "fact": "paralysed", "is": "true" } } ] }
                                         ^^^^^^ error: “paralysed” is true or false, so it cannot be held against “true”. Compare by “is” with true or false.
`,
    fixed: `
{ "facts": { "paralysed": { "title": "Paralysed", "type": "boolean" } },
  "rules": [ { "id": "still", "title": "Still", "then": [ { "require": "review" } ],
    "when": { "fact": "paralysed", "is": true } } ] }
`,
  },
  {
    name: 'As the types ask',
    text: `
{ "facts": {
    "primary": { "title": "Primary tumour", "type": "code", "values": ["breast", "lung"] },
    "fracture-on": { "title": "Fracture", "type": "date" } },
  "rules": [ { "id": "right", "title": "Right", "then": [ { "require": "review" } ], "when": { "any": [
    { "fact": "primary", "in": ["breast", "lung"] }, { "fact": "fracture-on", "is": "never" }, { "fact": "fracture-on", "atLeast": "2026-01-31" } ] } } ] }
`,
  },
];
