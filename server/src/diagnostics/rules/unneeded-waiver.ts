/** A waiver of something that is not found. */
import type { Waiver } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { withoutItem } from '../form.ts';
import { didYouMean, nearest, quoted } from '../words.ts';

interface Unneeded {
  readonly waiver: Waiver;
  readonly meant: string | undefined;
}

export const rule = defineRule<Unneeded>({
  code: 'unneeded-waiver',
  severity: 'warning',
  analysed: true,
  summary: 'A waiver names a finding that is not there.',
  docs: `
The finding was settled, or its name is misspelt: the waiver does nothing now, and would hide a finding of that name without anybody having looked at it. Remove it.
A finding's name is its code and what it names, as \`clinical-rules check --format json\` gives it under \`id\`.
`,

  find: ofRuleSet(function* ({ own, found }) {
    if (!found) return;
    const ids = new Set(found.map(({ id }) => id));
    for (const waiver of own.waivers) if (!ids.has(waiver.finding.value)) yield { waiver, meant: nearest(waiver.finding.value, ids) };
  }),

  say: ({ waiver: { finding }, meant }) => ({
    span: finding.span,
    message: `Nothing of the name ${quoted(finding.value)} is found, so this waiver does nothing. Remove it: it would hide a finding that nobody has looked at.${didYouMean(meant)}`,
    names: [finding.value],
  }),

  fix: ({ waiver, meant }, subject) => {
    if (meant !== undefined)
      return { title: `Change to ${quoted(meant)}`, edits: [{ span: waiver.finding.span, newText: JSON.stringify(meant) }] };
    const all = subject.kind === 'rule-set' ? subject.own.waivers : [];
    return {
      title: 'Remove the waiver',
      edits: withoutItem(
        waiver.span,
        all.map(({ span }) => span),
      ),
    };
  },
});

export const examples: Example[] = [
  {
    name: 'A finding that was settled',
    text: `
{ "waivers": [ { "finding": "missing-source:adult", "reason": "Under discussion", "by": "A. Reviewer", "until": "2027-06-30" } ] }
                            ^^^^^^^^^^^^^^^^^^^^^^ warning: Nothing of the name “missing-source:adult” is found, so this waiver does nothing. Remove it: it would hide a finding that nobody has looked at.
`,
    fixed: `
{ "waivers": [  ] }
`,
  },
  {
    name: 'A finding that is there',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "boolean" } }, "assessments": { "review": { "title": "Review" } },
  "rules": [ { "id": "painful", "title": "Pain", "when": { "fact": "pain", "is": true }, "then": [ { "require": "review" } ] } ],
  "waivers": [ { "finding": "missing-source:painful", "reason": "Under discussion", "by": "A. Reviewer", "until": "2027-06-30" } ] }
`,
  },
];
