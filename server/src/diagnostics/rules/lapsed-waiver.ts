/** A waiver of something that has changed since. */
import type { Waiver } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Lapsed {
  readonly waiver: Waiver;
  readonly digest: string;
}

export const rule = defineRule<Lapsed>({
  code: 'lapsed-waiver',
  severity: 'warning',
  analysed: true,
  summary: 'What a waiver is about has changed since it was given.',
  docs: `
A waiver with a \`digest\` was given for rules that meant something certain. One of them has changed since, so the waiver no longer counts: somebody has to look again. Have the
finding reviewed and write the new digest, or settle it. How the file is laid out does not matter; any change in what is named does. *Rename Symbol* writes the digest anew: the meaning stays.
`,

  find: ofRuleSet(function* ({ own, found = [] }) {
    const digests = new Map<string, Set<string>>();
    for (const { id, digest } of found) digests.set(id, (digests.get(id) ?? new Set()).add(digest));
    for (const waiver of own.waivers) {
      const now = digests.get(waiver.finding.value);
      if (now && waiver.digest && !now.has(waiver.digest.value)) yield { waiver, digest: [...now][0]! };
    }
  }),

  say: ({ waiver: { finding, digest: written }, digest }) => ({
    span: written!.span,
    message: `What ${quoted(finding.value)} is about has changed since it was waived, so the waiver no longer counts. Have it reviewed again and write ${quoted(digest)}, or settle the finding.`,
    names: [finding.value],
  }),

  fix: ({ waiver, digest }) => ({
    title: 'It was reviewed again: write the new digest',
    edits: [{ span: waiver.digest!.span, newText: JSON.stringify(digest) }],
  }),
});

const RULES = `"facts": { "pain": { "title": "Pain", "type": "boolean" } }, "assessments": { "review": { "title": "Review" } },
  "rules": [ { "id": "painful", "title": "Pain", "when": { "fact": "pain", "is": true }, "then": [ { "require": "review" } ] } ]`;

export const examples: Example[] = [
  {
    name: 'A rule that has changed',
    text: `
{ ${RULES},
  "waivers": [ { "finding": "missing-source:painful", "reason": "Under discussion", "by": "A. Reviewer", "until": "2027-06-30",
    "digest": "0123456789abcdef" } ] }
              ^^^^^^^^^^^^^^^^^^ warning: What “missing-source:painful” is about has changed since it was waived, so the waiver no longer counts. Have it reviewed again and write “8c736c21adca30cc”, or settle the finding.
`,
    fixed: `
{ ${RULES},
  "waivers": [ { "finding": "missing-source:painful", "reason": "Under discussion", "by": "A. Reviewer", "until": "2027-06-30",
    "digest": "8c736c21adca30cc" } ] }
`,
  },
  {
    name: 'Nothing has changed',
    text: `
{ ${RULES},
  "waivers": [ { "finding": "missing-source:painful", "reason": "Under discussion", "by": "A. Reviewer", "until": "2027-06-30",
    "digest": "8c736c21adca30cc" } ] }
`,
  },
];
