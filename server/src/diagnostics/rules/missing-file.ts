/** A path to a file that cannot be had. */
import type { LinkProblem } from '../../model/link.ts';
import { defineRule, type Example } from '../define.ts';
import { problemsOf } from '../link-problems.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<LinkProblem>({
  code: 'missing-file',
  severity: 'error',
  summary: 'A file that is named here cannot be read.',
  docs: `
What the file declares is missing, so names from it are undefined, and rules in it are not run. Paths are relative to the file they stand in and
use \`/\`. Correct the path, or bring the file back.
`,

  find: problemsOf('missing-file', 'not-a-file', 'unreadable-file'),

  say: ({ kind, span, data }) => ({
    span,
    message: `${WORDS[kind as keyof typeof WORDS](quoted(data.path ?? ''))}, so nothing it declares or decides counts here. Correct the path, or bring the file back.`,
    names: [data.path ?? ''],
  }),
});

const WORDS = {
  'missing-file': (path: string) => `There is no file ${path}`,
  'not-a-file': (path: string) => `${path} is a folder, not a file`,
  'unreadable-file': (path: string) => `The file ${path} cannot be read`,
};

export const examples: Example[] = [
  {
    name: 'A path that leads nowhere, and one to a folder',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0",
  "uses": [ "vocabulry.clinical.json",
            ^^^^^^^^^^^^^^^^^^^^^^^^^ error: There is no file “vocabulry.clinical.json”, so nothing it declares or decides counts here. Correct the path, or bring the file back.
    "scores" ] }
    ^^^^^^^^ error: “scores” is a folder, not a file, so nothing it declares or decides counts here. Correct the path, or bring the file back.
`,
    files: { 'scores/sins.clinical.json': '{ "id": "sins", "title": "SINS", "version": "1.0.0" }' },
  },
  {
    name: 'A patient for a rule set that is not there',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22",
  "for": ["exercise.clinical.json"] }
          ^^^^^^^^^^^^^^^^^^^^^^^^ error: There is no file “exercise.clinical.json”, so nothing it declares or decides counts here. Correct the path, or bring the file back.
`,
  },
  {
    name: 'A file beside it',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["scores/sins.clinical.json"] }
`,
    files: { 'scores/sins.clinical.json': '{ "id": "sins", "title": "SINS", "version": "1.0.0" }' },
  },
];
