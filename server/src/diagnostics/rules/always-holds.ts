/** A rule with a condition that every patient meets. */
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis } from '../define.ts';
import { firesWhen, ruleName } from '../telling.ts';

interface Always {
  readonly rule: Rule;
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Always>({
  code: 'always-holds',
  severity: 'warning',
  analysed: true,
  summary: 'A rule has a condition that every patient in scope meets.',
  docs: `
Whatever is recorded, this condition is never false: for every patient of whom all is known the rule holds. Either it tests less than was meant, or it says nothing: then
leave \`when\` out, so that the rule also holds while something is not known yet.
`,

  find: ofAnalysis(({ alwaysHolds }, { ruleSet, file }) =>
    alwaysHolds.filter(found => found.file === file).map(found => ({ rule: found, ruleSet })),
  ),

  say: ({ rule: { id, idSpan }, rule: always, ruleSet }) => ({
    span: idSpan,
    message: `${ruleName(always)} holds for every patient in scope: it is always so that ${firesWhen(ruleSet, always) ?? 'it applies'}. If that is meant, leave “when” out; else correct the condition.`,
    names: [id],
    rules: [id],
  }),

  restsOn: ({ rule: always }) => ({ at: always }),
});

export const examples: Example[] = [
  {
    name: 'A bound and its complement',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "any-pain", "title": "Any pain",
            ^^^^^^^^^^ warning: “Any pain” (any-pain) holds for every patient in scope: it is always so that pain is at most 5 or pain is at least 5. If that is meant, leave “when” out; else correct the condition.
      "when": { "any": [ { "fact": "pain", "atMost": 5 }, { "fact": "pain", "atLeast": 5 } ] }, "then": [ { "require": "review" } ] } ] }
`,
  },
  {
    name: 'Not every patient',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "some-pain", "title": "Some pain", "when": { "fact": "pain", "above": 0 }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
