/** A decision that asks for an answer for each record but does not resolve by the strictest. */
import type { Decision } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<Decision>({
  code: 'each-without-strictest',
  severity: 'error',
  summary: 'A decision for each record is not resolved by the strictest value.',
  docs: `
With \`each\`, every record needs its own answer and the strictest of them counts. The other ways of resolving say nothing about how the
answers of the records combine. Set \`resolve\` to \`strictest\`, or leave \`each\` out.
`,

  find: ofRuleSet(({ own }) => [...own.decisions.values()].filter(({ each, resolve }) => each && resolve !== 'strictest')),

  say: ({ id, each, resolve }) => ({
    span: each!.span,
    message: `${quoted(id)} asks for an answer for each record, but resolves by “${resolve}”, which says nothing about how the records' answers combine. Set "resolve" to "strictest", or leave "each" out.`,
    names: [id],
  }),
});

export const examples: Example[] = [
  {
    name: 'Each record by the first rule',
    text: `
{ "decisions": { "clearance": { "title": "Clearance", "values": ["no", "yes"], "resolve": "first",
    "each": "lesions" } } }
            ^^^^^^^^^ error: “clearance” asks for an answer for each record, but resolves by “first”, which says nothing about how the records' answers combine. Set "resolve" to "strictest", or leave "each" out.
`,
  },
  {
    name: 'Each record by the strictest',
    text: `
{ "decisions": { "clearance": { "title": "Clearance", "values": ["no", "yes"], "resolve": "strictest", "each": "lesions" } } }
`,
  },
];
