/** An expectation that a program wrote and nobody has confirmed. */
import type { Expected } from '../../model/patient.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<Expected>({
  code: 'unconfirmed-expectation',
  severity: 'warning',
  summary: 'An expectation was proposed by a program, and nobody has confirmed it.',
  docs: `
A made case expects what the rule set answers now, right or wrong. It proves nothing until somebody who knows the medicine has said that this is what the
rule set should answer. Compare it with the source. If it is right, take \`"proposed": true\` away; if not, correct the expectation, and then the rule set.
`,

  find: ofPatient(function* ({ own }) {
    for (const expected of own.expected) if (expected.proposed?.value) yield expected;
  }),

  say: ({ proposed, ruleSet }) => ({
    span: proposed!.span,
    message: `What is expected of ${quoted(ruleSet?.value ?? '')} here is only what it answers now, so it proves nothing yet. Compare it with the source; if it is right, take "proposed" away.`,
    names: [ruleSet?.value ?? ''],
  }),
});

const files = {
  'rules.clinical.json': '{ "id": "main", "title": "Main", "version": "1.0.0", "rules": [ { "id": "frail", "then": [] } ] }',
};

export const examples: Example[] = [
  {
    name: 'Proposed',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "expected": [ { "ruleSet": "main", "fired": ["frail"],
    "proposed": true } ] }
                ^^^^ warning: What is expected of “main” here is only what it answers now, so it proves nothing yet. Compare it with the source; if it is right, take "proposed" away.
`,
    files,
  },
  {
    name: 'Confirmed',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "expected": [ { "ruleSet": "main", "fired": ["frail"] } ] }
`,
    files,
  },
];
