/** An override that language.md 2.9 does not allow: of the rule itself, or across groups. */
import type { Name, Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Unsound {
  readonly rule: Rule;
  readonly name: Name;
  readonly other: Rule;
  readonly group: string | undefined;
  readonly otherGroup: string | undefined;
}

export const rule = defineRule<Unsound>({
  code: 'unsound-override',
  severity: 'error',
  summary: 'A rule overrides itself, or one of another group.',
  docs: `
A rule \`of\` a group overrides record by record, and only rules of the same group: a stabilised femur never clears an unstable vertebra. A
rule that overrides itself would never hold. Override from a rule of the same group, or from one of the patient.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const rule of own.rules.values()) {
      if (!rule.override) continue;
      const group = groupOf(rule, ruleSet);
      for (const name of rule.override.rules) {
        const other = ruleSet.rules.get(name.value);
        if (!other) continue;
        const otherGroup = groupOf(other, ruleSet);
        if (other.id === rule.id || (group !== undefined && group !== otherGroup)) yield { rule, name, other, group, otherGroup };
      }
    }
  }),

  say: ({ rule, name, other, group, otherGroup }) => ({
    span: name.span,
    message:
      rule.id === other.id
        ? `${quoted(rule.id)} overrides itself, so it would never hold. Name the rule it takes precedence over.`
        : `${quoted(rule.id)} holds for each record of ${quoted(group!)}, ${quoted(other.id)} for ${otherGroup === undefined ? 'the patient' : `each of ${quoted(otherGroup)}`}: one record must not set aside what holds for ${otherGroup === undefined ? 'the whole patient' : 'another'}. Override it from a rule of the same group, or of the patient.`,
    names: [rule.id, other.id],
    rules: [rule.id, other.id],
    related: rule.id === other.id ? [] : [{ place: { file: other.file, span: other.idSpan }, message: `The rule ${quoted(other.id)}.` }],
  }),
});

function groupOf({ precaution, of }: Rule, { locatedGroup }: RuleSet): string | undefined {
  return precaution ? locatedGroup?.id : of?.value;
}

export const examples: Example[] = [
  {
    name: 'A record against the patient',
    text: `
{ "groups": { "lesions": { "title": "Lesion", "facts": { "stabilised": { "title": "Stabilised", "type": "boolean" } } } },
  "rules": [
    { "id": "frail", "title": "Frail", "then": [ { "require": "review" } ] },
    { "id": "stabilised", "title": "Stabilised", "of": "lesions", "when": { "fact": "stabilised", "is": true }, "then": [ { "require": "review" } ],
      "override": { "rules": ["frail"], "reason": "Fixed" } } ] }
                              ^^^^^^^ error: “stabilised” holds for each record of “lesions”, “frail” for the patient: one record must not set aside what holds for the whole patient. Override it from a rule of the same group, or of the patient.
`,
  },
  {
    name: 'Itself',
    text: `
{ "rules": [ { "id": "frail", "title": "Frail", "then": [ { "require": "review" } ],
    "override": { "rules": ["frail"], "reason": "Why not" } } ] }
                            ^^^^^^^ error: “frail” overrides itself, so it would never hold. Name the rule it takes precedence over.
`,
  },
  {
    name: 'Within one group, and from the patient',
    text: `
{ "groups": { "lesions": { "title": "Lesion", "facts": { "stabilised": { "title": "Stabilised", "type": "boolean" } } } },
  "rules": [
    { "id": "unstable", "title": "Unstable", "of": "lesions", "then": [ { "require": "review" } ] },
    { "id": "stabilised", "title": "Stabilised", "of": "lesions", "then": [ { "require": "review" } ], "override": { "rules": ["unstable"], "reason": "Fixed" } },
    { "id": "dying", "title": "Last days", "then": [ { "require": "review" } ], "override": { "rules": ["unstable"], "reason": "Comfort first" } } ] }
`,
  },
];
