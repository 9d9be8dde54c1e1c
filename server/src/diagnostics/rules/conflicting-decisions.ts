/** Two rules that decide different values of a decision that allows only one. */
import type { Analysis } from '../../analysis/analyse.ts';
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, MOST_RELATED, ofAnalysis } from '../define.ts';
import { togetherText } from '../region-text.ts';
import { afterSource, decisionName, decisionValueTitle, listText, placeOf, ruleName } from '../telling.ts';

interface Conflict {
  readonly clash: Analysis['decisionClashes'][number];
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Conflict>({
  code: 'conflicting-decisions',
  severity: 'error',
  analysed: true,
  summary: 'Two rules decide different values of a decision that allows only one.',
  docs: `
A decision with \`"resolve": "single"\` has one value for each patient. Where two rules that hold together decide different values, its answer is
*conflict*, which helps nobody. A rule that several others contradict is told once, with all of them. Narrow one of the rules, let one \`override\` the other with a reason, or choose another \`resolve\`.
`,

  find: ofAnalysis(({ decisionClashes }, { ruleSet, file }) =>
    decisionClashes.filter(({ rules }) => rules.at(-1)!.file === file).map(clash => ({ clash, ruleSet })),
  ),

  say: ({ clash: { decision, rules, values, answer }, ruleSet }) => {
    const [first, last] = [rules[0]!, rules.at(-1)!];
    const title = (value: string | undefined) => decisionValueTitle(ruleSet, decision.id, value ?? '');
    const others = rules.slice(0, -1);
    const named = others.slice(0, MOST_RELATED);
    return {
      span: last.idSpan,
      message: `${ruleName(last)}${afterSource(ruleSet, last, [first, last])} decides ${decisionName(decision)}: ${title(values.at(-1))}, but ${ruleName(first)}${afterSource(ruleSet, first, [first, last])} decides: ${title(values[0])}. ${togetherText(ruleSet, [...new Set([first, last])], answer)}${moreText(others.slice(1))} The answer is then a conflict. Narrow one of them, or let one override the other with a reason.`,
      names: [decision.id, ...named.map(({ id }) => id), last.id],
      rules: rules.map(({ id }) => id),
      related: named.map((one, i) => ({ place: placeOf(one), message: `${ruleName(one)} decides ${title(values[i])}.` })),
      witness: answer.witness,
    };
  },
});

/** So many are named. */
const MOST_NAMED = 3;

function moreText(others: readonly Rule[]): string {
  if (others.length === 0) return '';
  const named = others.slice(0, MOST_NAMED).map(ruleName);
  const left = others.length - named.length;
  return ` For some patients it contradicts ${listText(left > 0 ? [...named, `${left} more ${left === 1 ? 'rule' : 'rules'}`] : named)} too.`;
}

export const examples: Example[] = [
  {
    name: 'Two values for one patient',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "ward": { "title": "Which ward?", "values": ["medical", "surgical"], "resolve": "single" } },
  "rules": [
    { "id": "some", "title": "Some pain", "when": { "fact": "pain", "atLeast": 3 }, "then": [ { "decide": "ward", "as": "medical" } ] },
    { "id": "much", "title": "Much pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "decide": "ward", "as": "surgical" } ] } ] }
            ^^^^^^ error: “Much pain” (much) decides “Which ward?”: surgical, but “Some pain” (some) decides: medical. They hold together for patients with pain 7 or more. The answer is then a conflict. Narrow one of them, or let one override the other with a reason.
`,
  },
  {
    name: 'One rule that several others contradict',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "ward": { "title": "Which ward?", "values": ["medical", "surgical"], "resolve": "single" } },
  "rules": [
    { "id": "some", "title": "Some pain", "when": { "fact": "pain", "atLeast": 3 }, "then": [ { "decide": "ward", "as": "medical" } ] },
            ^^^^^^ error: “Some pain” (some) decides “Which ward?”: medical, but “Much pain” (much) decides: surgical. They hold together for patients with pain 7 or more. For some patients it contradicts “Mild pain” (mild) too. The answer is then a conflict. Narrow one of them, or let one override the other with a reason.
    { "id": "much", "title": "Much pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "decide": "ward", "as": "surgical" } ] },
    { "id": "mild", "title": "Mild pain", "when": { "fact": "pain", "atMost": 4 }, "then": [ { "decide": "ward", "as": "surgical" } ] } ] }
`,
  },
  {
    name: 'Never together',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "ward": { "title": "Which ward?", "values": ["medical", "surgical"], "resolve": "single" } },
  "rules": [
    { "id": "some", "title": "Some pain", "when": { "fact": "pain", "atLeast": 3, "atMost": 6 }, "then": [ { "decide": "ward", "as": "medical" } ] },
    { "id": "much", "title": "Much pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "decide": "ward", "as": "surgical" } ] } ] }
`,
  },
];
