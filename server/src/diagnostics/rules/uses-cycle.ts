/** Files that use each other in a circle. */
import type { LinkProblem } from '../../model/link.ts';
import { defineRule, type Example } from '../define.ts';
import { problemsOf } from '../link-problems.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<LinkProblem>({
  code: 'uses-cycle',
  severity: 'error',
  summary: 'Files use each other in a circle.',
  docs: `
Each file must stand on those it uses. In a circle nothing comes first, and what a file means would depend on where one begins to read. Move what
both need into a file of its own that both use.
`,

  find: problemsOf('uses-cycle'),

  say: ({ span, data }) => ({
    span,
    message: `${quoted(data.path ?? '')} leads back to this file (${data.through ?? ''}), so neither can be read first. Move what both need into a file of its own.`,
    names: [data.path ?? ''],
  }),
});

export const examples: Example[] = [
  {
    name: 'Itself',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0",
  "uses": ["main.clinical.json"] }
           ^^^^^^^^^^^^^^^^^^^^ error: “main.clinical.json” leads back to this file (main.clinical.json), so neither can be read first. Move what both need into a file of its own.
`,
  },
  {
    name: 'Through another',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0",
  "uses": ["other.clinical.json"] }
           ^^^^^^^^^^^^^^^^^^^^^ error: “other.clinical.json” leads back to this file (other.clinical.json → main.clinical.json), so neither can be read first. Move what both need into a file of its own.
`,
    files: { 'other.clinical.json': '{ "id": "other", "title": "Other", "version": "1.0.0", "uses": ["main.clinical.json"] }' },
  },
  {
    name: 'Two files that use a third',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["a.clinical.json", "b.clinical.json"] }
`,
    files: {
      'a.clinical.json': '{ "id": "a", "title": "A", "version": "1.0.0", "uses": ["b.clinical.json"] }',
      'b.clinical.json': '{ "id": "b", "title": "B", "version": "1.0.0" }',
    },
  },
];
