/** A rule that holds for no patient. */
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis } from '../define.ts';
import { firesWhen, ruleName } from '../telling.ts';

interface Never {
  readonly rule: Rule;
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Never>({
  code: 'never-holds',
  severity: 'warning',
  analysed: true,
  summary: 'A rule holds for no patient in scope.',
  docs: `
No patient in scope meets the conditions of this rule: its parts exclude each other, \`appliesTo\` or the domain of a fact leaves nobody, a rule that overrides it always
holds with it, or it waits for an answer (\`given\`) that is never reached when it holds. Its advice is never given. Correct the condition, or remove the rule.
`,

  find: ofAnalysis(({ neverHolds }, { ruleSet, file }) =>
    neverHolds.filter(found => found.file === file).map(found => ({ rule: found, ruleSet })),
  ),

  say: ({ rule: { id, idSpan }, rule: never, ruleSet }) => ({
    span: idSpan,
    message: `${ruleName(never)} never holds: no patient in scope is one for whom ${firesWhen(ruleSet, never) ?? 'no rule overrides it'}. Its advice is never given. Correct its conditions, or remove it.`,
    names: [id],
    rules: [id],
  }),

  restsOn: ({ rule: never }) => ({ at: never }),
});

export const examples: Example[] = [
  {
    name: 'Two scores that cannot both be',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "both", "title": "Mild and severe",
            ^^^^^^ warning: “Mild and severe” (both) never holds: no patient in scope is one for whom pain is at most 3 and pain is at least 7. Its advice is never given. Correct its conditions, or remove it.
      "when": { "all": [ { "fact": "pain", "atMost": 3 }, { "fact": "pain", "atLeast": 7 } ] }, "then": [ { "require": "review" } ] } ] }
`,
  },
  {
    name: 'Either',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "either", "title": "Mild or severe",
      "when": { "any": [ { "fact": "pain", "atMost": 3 }, { "fact": "pain", "atLeast": 7 } ] }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
