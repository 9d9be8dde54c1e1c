/** A sample patient whose text seems to tell who the patient is. */

import type { Node } from '../../syntax/node.ts';
import { findIdentifiers, type IdentifierKind, kindOfKey } from '../../text/identifiers.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { quoted } from '../words.ts';

export interface LikelyIdentifier {
  readonly kind: IdentifierKind;
  readonly key: string;
  readonly path: string;
  readonly span: Span;
}

/** Paths and addresses of files, not texts about a person. */
const NOT_OF_PATIENTS = new Set(['$schema', 'for', 'extends', 'ruleSet', 'source']);
const ARTICLES: Readonly<Record<IdentifierKind, string>> = {
  name: 'a name',
  'date of birth': 'a date of birth',
  'record number': 'a record number',
  address: 'an address',
  'telephone number': 'a telephone number',
  'e-mail address': 'an e-mail address',
};

export const rule = defineRule<LikelyIdentifier>({
  code: 'likely-identifier',
  severity: 'warning',
  summary: 'A sample patient holds what looks like a name, a date of birth, a record number, an address or a telephone number.',
  docs: `
Sample patients are read, shared and kept with the rule set. What tells who a person is has no place in them: nothing a rule decides rests on it, and the law of
most countries forbids it. The text is compared with the forms such data usually have; what it finds may be harmless, and it does not find everything.

Take it out, or replace it with something made up. “Remove likely identifiers” does so in the whole file, and moves all dates of the file by the same number of
days, so that what lies between them stays. Nothing of a sample patient ever leaves this machine.
`,
  find: ofPatient(({ document }) => identifiersIn(document.root)),
  say: ({ kind, key, path, span }) => ({
    span,
    names: [path, kind],
    message: `${quoted(key)} holds what looks like ${ARTICLES[kind]}. A sample patient must not tell who a person is: take it out, or replace it with something made up.`,
  }),
  fix: ({ kind, span }) =>
    kind === 'date of birth' ? undefined : { title: `Remove what looks like ${ARTICLES[kind]}`, edits: [{ span, newText: 'removed' }] },
});

/** Everything in a patient's file that looks as if it told who the patient is, in the order of the text. */
export function identifiersIn(root: Node | undefined): readonly LikelyIdentifier[] {
  return [...inside(root, '', '')];
}

function* inside(node: Node | undefined, key: string, path: string): Generator<LikelyIdentifier> {
  if (node?.type === 'array') for (const [i, item] of node.items.entries()) yield* inside(item, key, `${path}/${i}`);
  if (node?.type === 'object')
    for (const property of node.properties) {
      if (NOT_OF_PATIENTS.has(property.key)) continue;
      yield* inside(property.value, property.key === 'value' ? key : property.key, `${path}/${property.key}`);
    }
  if (node?.type === 'string') yield* inText(node, key, path);
}

function* inText(node: Extract<Node, { type: 'string' }>, key: string, path: string): Generator<LikelyIdentifier> {
  const byKey = kindOfKey(key);
  // Between the quotes; a text with escapes is told as a whole, since its characters are not where they seem.
  const whole = { start: node.start + 1, end: node.end - 1 };
  if (byKey && node.value.trim() !== '') return yield { kind: byKey, key, path, span: whole };
  const plain = whole.end - whole.start === node.value.length;
  for (const { kind, span } of findIdentifiers(node.value))
    yield { kind, key, path, span: plain ? { start: whole.start + span.start, end: whole.start + span.end } : whole };
}

export const examples: Example[] = [
  {
    name: 'a name in the title',
    patient: true,
    text: `
{
  "id": "p-1",
  "title": "Mrs Example with a broken leg",
            ^^^^^^^^^^^ warning: “title” holds what looks like a name. A sample patient must not tell who a person is: take it out, or replace it with something made up.
  "asOf": "2026-11-22T12:00:00Z",
  "for": []
}
`,
    fixed: `
{
  "id": "p-1",
  "title": "removed with a broken leg",
  "asOf": "2026-11-22T12:00:00Z",
  "for": []
}
`,
  },
  {
    name: 'a title that says what the patient is about',
    patient: true,
    text: `
{
  "id": "p-1",
  "title": "Two lesions, SINS 5 and Mirels 9",
  "asOf": "2026-11-22T12:00:00Z",
  "for": []
}
`,
  },
];
