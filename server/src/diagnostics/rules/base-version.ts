/** An adaptation of another version than the one that is there. */
import type { LinkProblem } from '../../model/link.ts';
import { defineRule, type Example } from '../define.ts';
import { problemsOf } from '../link-problems.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<LinkProblem>({
  code: 'base-version',
  severity: 'error',
  summary: 'The rule set this one is based on has another version.',
  docs: `
An adaptation was made and reviewed against one version of its base. In another version the replaced and removed items may mean something else.
Compare the two versions, adapt what must be adapted, and then state the new version.
`,

  find: problemsOf('base-version'),

  say: ({ span, data: { path = '', stated = '', found = '' } }) => ({
    span,
    message: `${quoted(path)} has ${found === '' ? 'no version' : `version ${found}`}, but ${stated === '' ? 'none' : stated} is stated: what is replaced here may mean something else there. Compare the versions, then state the new one.`,
    names: [path],
  }),

  fix: ({ span, data: { found = '', stated = '' } }) =>
    found === '' || stated === ''
      ? undefined
      : { title: `The two were compared: state version ${found}`, edits: [{ span, newText: JSON.stringify(found) }] },
});

export const examples: Example[] = [
  {
    name: 'The base has moved on',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0",
  "basedOn": { "file": "base.clinical.json", "version": "1.0.0" } }
                                                        ^^^^^^^ error: “base.clinical.json” has version 1.1.0, but 1.0.0 is stated: what is replaced here may mean something else there. Compare the versions, then state the new one.
`,
    fixed: `
{ "id": "local", "title": "Local", "version": "1.0.0",
  "basedOn": { "file": "base.clinical.json", "version": "1.1.0" } }
`,
    files: { 'base.clinical.json': '{ "id": "base", "title": "Base", "version": "1.1.0" }' },
  },
  {
    name: 'The stated version',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.1.0" } }
`,
    files: { 'base.clinical.json': '{ "id": "base", "title": "Base", "version": "1.1.0" }' },
  },
];
