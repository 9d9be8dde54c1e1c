/** A key written twice in one object. */
import type { Span } from '../../text/span.ts';
import { defineRule, type Example } from '../define.ts';
import { textAt } from '../form.ts';
import { quoted } from '../words.ts';

interface Double {
  readonly span: Span;
  /** How many doubles of the same key stand before it. */
  readonly earlier: number;
}

export const rule = defineRule<Double>({
  code: 'duplicate-key',
  severity: 'error',
  summary: 'A key stands twice in one object.',
  docs: `
Programs that read JSON keep one of the two, without a word, and not all the same one: a rule, a fact or an option would be lost. Remove one,
or give it another id.
`,

  find: subject => {
    const counts = new Map<string, number>();
    return subject.document.problems
      .filter(({ code }) => code === 'duplicate-key')
      .map(({ span }) => {
        const key = textAt(subject, span);
        const earlier = counts.get(key) ?? 0;
        counts.set(key, earlier + 1);
        return { span, earlier };
      });
  },

  say: ({ span, earlier }, subject) => ({
    span,
    message: `${quoted(textAt(subject, span).slice(1, -1))} stands twice in this object, so one of the two would be lost. Remove one, or give it another id.`,
    names: [textAt(subject, span).slice(1, -1), ...(earlier === 0 ? [] : [`${earlier + 1}`])],
  }),
});

export const examples: Example[] = [
  {
    name: 'A fact declared twice',
    text: `
{ "facts": {
    "fever": { "title": "Fever", "type": "boolean" },
    "fever": { "title": "Temperature", "type": "decimal" }
    ^^^^^^^ error: “fever” stands twice in this object, so one of the two would be lost. Remove one, or give it another id.
  } }
`,
  },
  {
    name: 'The same key in two objects',
    text: `
{ "facts": { "fever": { "title": "Fever", "type": "boolean" }, "cough": { "title": "Cough", "type": "boolean" } } }
`,
  },
];
