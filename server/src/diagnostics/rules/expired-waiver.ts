/** A waiver whose date is past. */
import type { Waiver } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { withoutItem } from '../form.ts';
import { quoted } from '../words.ts';
import { isBefore } from './review-date-passed.ts';

export const rule = defineRule<Waiver>({
  code: 'expired-waiver',
  severity: 'warning',
  summary: 'A waiver is past its date.',
  docs: `
A finding is waived for a time, so that somebody looks at it again. After that date the waiver no longer counts. Settle the finding and
remove the waiver, or have a reviewer set a new date.
`,

  find: ofRuleSet(({ own, today }) =>
    today === undefined ? [] : own.waivers.filter(({ until }) => until !== undefined && isBefore(until.value, today)),
  ),

  say: ({ finding, until }) => ({
    span: until!.span,
    message: `The waiver of ${quoted(finding.value)} ended on ${until!.value} and no longer counts. Settle the finding and remove the waiver, or have it reviewed again.`,
    names: [finding.value],
  }),

  fix: ({ span }, subject) => {
    const all = subject.kind === 'rule-set' ? subject.own.waivers : [];
    return {
      title: 'Remove the waiver',
      edits: withoutItem(
        span,
        all.map(one => one.span),
      ),
    };
  },
});

export const examples: Example[] = [
  {
    name: 'A waiver that has ended',
    text: `
{ "waivers": [ { "finding": "missing-source:adult", "reason": "Under discussion", "by": "A. Reviewer",
    "until": "2026-06-30" } ] }
             ^^^^^^^^^^^^ warning: The waiver of “missing-source:adult” ended on 2026-06-30 and no longer counts. Settle the finding and remove the waiver, or have it reviewed again.
`,
    fixed: `
{ "waivers": [  ] }
`,
  },
  {
    name: 'A waiver in force',
    text: `
{ "waivers": [ { "finding": "missing-source:adult", "reason": "Under discussion", "by": "A. Reviewer", "until": "2027-06-30" } ] }
`,
  },
];
