/** A number that cannot be calculated with exactly. */
import type { Span } from '../../text/span.ts';
import { defineRule, type Example } from '../define.ts';
import { textAt } from '../form.ts';

interface Damage {
  readonly span: Span;
  /** How many of them stand before it. */
  readonly earlier: number;
}

export const rule = defineRule<Damage>({
  code: 'number-too-long',
  severity: 'error',
  summary: 'A number has more digits than can be calculated with.',
  docs: `
Numbers are calculated with exactly as they are written. One of more than 60 digits, or with an exponent that makes it as long, is no clinical
value and is not read: what depends on it stays unknown. Shorten it.
`,

  find: subject =>
    subject.document.problems.filter(({ code }) => code === 'number-too-long').map(({ span }, earlier) => ({ span, earlier })),

  say: ({ span, earlier }, subject) => ({
    span,
    message: 'This number has more than 60 digits, written out, so it is not read and what depends on it stays unknown. Shorten it.',
    names: [textAt(subject, span).slice(0, 40), `${earlier + 1}`],
  }),
});

export const examples: Example[] = [
  {
    name: 'An exponent that slipped',
    text: `
{ "facts": { "platelets": { "title": "Platelets", "type": "quantity", "unit": "10*9/L", "maximum": 5e300 } } }
                                                                                                   ^^^^^ error: This number has more than 60 digits, written out, so it is not read and what depends on it stays unknown. Shorten it.
`,
  },
  {
    name: 'As many digits as anyone writes',
    text: `
{ "facts": { "ratio": { "title": "Ratio", "type": "decimal", "maximum": 3.141592653589793238462643383279 } } }
`,
  },
];
