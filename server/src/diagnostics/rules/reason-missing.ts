/** A change of the base's advice without a reason. */
import type { LinkProblem } from '../../model/link.ts';
import { defineRule, type Example } from '../define.ts';
import { problemsOf } from '../link-problems.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<LinkProblem>({
  code: 'reason-missing',
  severity: 'error',
  summary: 'An item of the base is replaced or removed without a reason.',
  docs: `
Whoever replaces or removes a threshold, a band, a precaution, or a rule that decides, forbids, avoids, limits or requires, changes who is
protected. So does a decision whose values stand in another order, and a fact or derived fact with another unit, factor or formula. Add \`"reason"\` to the item, or to its entry under \`remove\`.
`,

  find: problemsOf('reason-missing'),

  say: ({ span, data: { id = '', what = 'replaced' } }) => ({
    span,
    message: `${quoted(id)} of the base is ${what} without a reason, though it may protect a patient. Add "reason" and say why.`,
    names: [id],
  }),
});

const base = `{ "id": "base", "title": "Base", "version": "1.0.0",
  "decisions": { "clearance": { "title": "Clearance", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [ { "id": "frail", "title": "Frail", "then": [ { "decide": "clearance", "as": "no" } ] } ] }`;

export const examples: Example[] = [
  {
    name: 'A rule that decides is replaced',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "rules": [
    { "id": "frail", "title": "Frail", "then": [ { "decide": "clearance", "as": "yes" } ] } ] }
            ^^^^^^^ error: “frail” of the base is replaced without a reason, though it may protect a patient. Add "reason" and say why.
`,
    files: { 'base.clinical.json': base },
  },
  {
    name: 'With a reason',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "rules": [ { "id": "frail", "title": "Frail", "then": [ { "decide": "clearance", "as": "yes" } ], "reason": "Supervised here" } ] }
`,
    files: { 'base.clinical.json': base },
  },
];
