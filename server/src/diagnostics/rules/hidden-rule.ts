/** A rule whose value never decides, because others do whenever it holds. */
import { fewOthers } from '../../analysis/about.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, MOST_RELATED, ofAnalysis } from '../define.ts';
import { decisionName, placeOf, ruleName } from '../telling.ts';
import { listed } from '../words.ts';

interface Hidden {
  readonly found: Analysis['hidden'][number];
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Hidden>({
  code: 'hidden-rule',
  severity: 'warning',
  analysed: true,
  summary: 'The value a rule decides is never the answer.',
  docs: `
Whenever this rule holds, another one holds or may hold whose value comes first: a stricter one under \`strictest\`, an earlier one under \`first\`. Several rules may do so together. Its value
is never the answer of the decision. If that is meant, leave the \`decide\` out; else narrow the rules that hide it, or let it \`override\` them with a reason.
`,

  find: ofAnalysis(({ hidden }, { ruleSet, file }) =>
    hidden.filter(({ rule: found }) => found.file === file).map(found => ({ found, ruleSet })),
  ),

  say: ({ found: { rule: hidden, decision, by } }) => ({
    span: hidden.idSpan,
    message: `What ${ruleName(hidden)} decides is never the answer to ${decisionName(decision)}: whenever it holds, one of ${listed(by.map(({ id }) => id))} holds or may hold and comes first. Narrow those, override them with a reason, or leave this value out.`,
    names: [decision.id, hidden.id],
    rules: [hidden.id, ...by.map(({ id }) => id)],
    related: by.slice(0, MOST_RELATED).map(one => ({ place: placeOf(one), message: `${ruleName(one)} comes first.` })),
  }),

  restsOn: ({ found: { rule: hidden, decision, by } }) => ({ at: hidden, others: fewOthers(by), said: [decision.id] }),
});

export const examples: Example[] = [
  {
    name: 'Two rules together hide a third',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "clearance": { "title": "May this patient exercise?", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [
    { "id": "mild", "title": "Mild pain", "when": { "fact": "pain", "atMost": 5 }, "then": [ { "decide": "clearance", "as": "no" } ] },
    { "id": "severe", "title": "Severe pain", "when": { "fact": "pain", "atLeast": 5 }, "then": [ { "decide": "clearance", "as": "no" } ] },
    { "id": "moderate", "title": "Moderate pain", "when": { "fact": "pain", "atLeast": 4, "atMost": 6 }, "then": [ { "decide": "clearance", "as": "yes" } ] } ] }
            ^^^^^^^^^^ warning: What “Moderate pain” (moderate) decides is never the answer to “May this patient exercise?”: whenever it holds, one of “mild” and “severe” holds or may hold and comes first. Narrow those, override them with a reason, or leave this value out.
`,
  },
  {
    name: 'It decides where nothing stricter holds',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "clearance": { "title": "May this patient exercise?", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [
    { "id": "severe", "title": "Severe pain", "when": { "fact": "pain", "atLeast": 5 }, "then": [ { "decide": "clearance", "as": "no" } ] },
    { "id": "moderate", "title": "Moderate pain", "when": { "fact": "pain", "atLeast": 4, "atMost": 6 }, "then": [ { "decide": "clearance", "as": "yes" } ] } ] }
`,
  },
];
