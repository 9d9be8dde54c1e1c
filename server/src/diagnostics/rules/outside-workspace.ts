/** A path that leaves the workspace. */
import type { LinkProblem } from '../../model/link.ts';
import { defineRule, type Example } from '../define.ts';
import { problemsOf } from '../link-problems.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<LinkProblem>({
  code: 'outside-workspace',
  severity: 'error',
  summary: 'A path leads out of the workspace.',
  docs: `
A rule set must mean the same for everybody who has the folder, so files outside it are never read. Move the file into the workspace, or open
the folder that holds both.
`,

  find: problemsOf('outside-workspace'),

  say: ({ span, data }) => ({
    span,
    message: `${quoted(data.path ?? '')} lies outside the workspace and is not read, so nothing it declares or decides counts here. Move the file into the workspace, or open the folder that holds both.`,
    names: [data.path ?? ''],
  }),
});

export const examples: Example[] = [
  {
    name: 'Up and away',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0",
  "uses": ["../../elsewhere.clinical.json"] }
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: “../../elsewhere.clinical.json” lies outside the workspace and is not read, so nothing it declares or decides counts here. Move the file into the workspace, or open the folder that holds both.
`,
  },
  {
    name: 'Inside',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["scores/../sins.clinical.json"] }
`,
    files: { 'sins.clinical.json': '{ "id": "sins", "title": "SINS", "version": "1.0.0" }' },
  },
];
