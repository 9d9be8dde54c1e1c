/** A rule set whose review date is past. */
import type { Written } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';

export const rule = defineRule<Written<string>>({
  code: 'review-date-passed',
  severity: 'warning',
  summary: 'The date by which the rule set was to be reviewed is past.',
  docs: `
Evidence changes. Every outcome of this rule set says that its review is due. Compare the rules with their sources, then set \`reviewBy\`
to the next date. The date of the day is given by the editor, or by \`--as-of\` on the command line.
`,

  find: ofRuleSet(function* ({ own, today }) {
    if (own.reviewBy && today !== undefined && own.status?.value !== 'retired' && isBefore(own.reviewBy.value, today)) yield own.reviewBy;
  }),

  say: ({ value, span }) => ({
    span,
    message: `The review was due by ${value}, so the rules may no longer be what their sources say. Review them, then set the next date.`,
    names: ['reviewBy'],
  }),
});

/** Both begin with a date; what is none is never before. */
export function isBefore(date: string, today: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(date) && date.slice(0, 10) < today.slice(0, 10);
}

export const examples: Example[] = [
  {
    name: 'A review that is due',
    text: `
{ "id": "old", "title": "Old", "version": "1.0.0", "reviewBy": "2024-12-31" }
                                                               ^^^^^^^^^^^^ warning: The review was due by 2024-12-31, so the rules may no longer be what their sources say. Review them, then set the next date.
`,
  },
  {
    name: 'The day itself is in time',
    text: `
{ "id": "young", "title": "Young", "version": "1.0.0", "reviewBy": "2026-11-22" }
`,
  },
  {
    name: 'A retired rule set is not reviewed',
    text: `
{ "id": "retired", "title": "Retired", "version": "1.0.0", "status": "retired", "reviewBy": "2024-12-31" }
`,
  },
];
