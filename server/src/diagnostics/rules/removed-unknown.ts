/** An adaptation that removes what its base does not have. */
import type { LinkProblem } from '../../model/link.ts';
import { defineRule, type Example, type Subject } from '../define.ts';
import { problemsOf } from '../link-problems.ts';
import { didYouMean, nearest, quoted } from '../words.ts';

export const rule = defineRule<LinkProblem>({
  code: 'removed-unknown',
  severity: 'error',
  summary: 'An id to be removed is not in the rule set this one is based on.',
  docs: `
Nothing is removed, so what was meant to go still holds. Correct the id, or take it off the list.
`,

  find: problemsOf('removed-unknown'),

  say: ({ span, data: { id = '' } }, subject) => ({
    span,
    message: `The base declares no ${quoted(id)}, so nothing is removed and what was meant still holds.${didYouMean(nearest(id, idsOfBase(subject)))} Correct the id, or take it off the list.`,
    names: [id],
  }),

  fix: ({ span, data: { id = '' } }, subject) => {
    const better = nearest(id, idsOfBase(subject));
    return better === undefined ? undefined : { title: `Change to ${quoted(better)}`, edits: [{ span, newText: JSON.stringify(better) }] };
  },
});

function idsOfBase(subject: Subject): string[] {
  if (subject.kind !== 'rule-set') return [];
  const others = subject.ruleSet.files.filter(({ file }) => file !== subject.file);
  return others.flatMap(({ rules, thresholds, scores, facts }) => [rules, thresholds, scores, facts].flatMap(table => [...table.keys()]));
}

export const examples: Example[] = [
  {
    name: 'A slip in the id',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "remove": [ { "id": "fraill", "reason": "Not used here" } ] }
                      ^^^^^^^^ error: The base declares no “fraill”, so nothing is removed and what was meant still holds. Did you mean “frail”? Correct the id, or take it off the list.
`,
    files: {
      'base.clinical.json':
        '{ "id": "base", "title": "Base", "version": "1.0.0", "rules": [ { "id": "frail", "title": "Frail", "then": [ { "require": "review" } ] } ] }',
    },
    fixed: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "remove": [ { "id": "frail", "reason": "Not used here" } ] }
`,
  },
  {
    name: 'An item of the base',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "remove": [ { "id": "frail", "reason": "Not used here" } ] }
`,
    files: {
      'base.clinical.json':
        '{ "id": "base", "title": "Base", "version": "1.0.0", "rules": [ { "id": "frail", "title": "Frail", "then": [ { "require": "review" } ] } ] }',
    },
  },
];
