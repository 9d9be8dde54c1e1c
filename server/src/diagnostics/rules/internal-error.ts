/** Says that a diagnostic failed; `check.ts` makes it. */
import { defineRule, type Example } from '../define.ts';

export const rule = defineRule<string>({
  code: 'internal-error',
  severity: 'error',
  summary: 'A check failed, so its findings are missing.',
  docs: `
This is a mistake in Clinical Rules, not in your file. All other checks are complete, but what the named one looks for is not
known. Please report it with a rule set that shows it, and without patient data.
`,

  find: () => [],

  say: (code, subject) => ({
    span: subject.document.root ? { start: subject.document.root.start, end: subject.document.root.start + 1 } : { start: 0, end: 0 },
    message: `The check “${code}” failed on this file, so what it looks for is not known; the other checks are complete. Please report this as a mistake in Clinical Rules, without patient data.`,
    names: [code],
  }),
});

export const examples: Example[] = [
  {
    name: 'Nothing fails on a sound file',
    text: `
{ "id": "sound", "title": "Sound", "version": "1.0.0" }
`,
  },
];
