/** Two rules that decide different values of a decision that allows only one. */
import type { Analysis } from '../../analysis/analyse.ts';
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, MOST_NAMED, MOST_RELATED, ofAnalysis } from '../define.ts';
import { regionText, togetherText } from '../region-text.ts';
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
    decisionClashes.filter(({ cause }) => cause.file === file).map(clash => ({ clash, ruleSet })),
  ),

  say: ({ clash, ruleSet }) => {
    const { decision, cause, others, answer } = clash;
    const named = others.first(MOST_NAMED);
    const first = named[0] ?? cause;
    const [one, other] = named.length > 0 ? [first, cause].map(clash.valueFor) : [clash.values[0], clash.values.at(-1)];
    const title = (value: string | undefined) => decisionValueTitle(ruleSet, decision.id, value ?? '');
    return {
      span: cause.idSpan,
      message: `${ruleName(cause)}${afterSource(ruleSet, cause, [first, cause])} decides ${decisionName(decision)}: ${title(other)}, but ${ruleName(first)}${afterSource(ruleSet, first, [first, cause])} decides: ${title(one)}. ${togetherText(ruleSet, [...new Set([first, cause])], answer)}${moreText(named.slice(1), others.count - 1)} The answer is then a conflict. Narrow one of them, or let one override the other with a reason.`,
      names: [decision.id, ...named.map(({ id }) => id), cause.id],
      rules: others.idsWith(cause, 'last'),
      related: named
        .slice(0, MOST_RELATED)
        .map(rule => ({ place: placeOf(rule), message: `${ruleName(rule)} decides ${title(clash.valueFor(rule))}.` })),
      witness: answer.witness,
    };
  },

  restsOn: ({ clash: { decision, cause, others, answer }, ruleSet }) => ({
    at: cause,
    others,
    said: [decision.id, regionText(ruleSet, answer), answer.witness],
  }),
});

/** So many are told in words. */
const MOST_TOLD = 3;

function moreText(others: readonly Rule[], count: number): string {
  if (count < 1) return '';
  const named = others.slice(0, MOST_TOLD).map(ruleName);
  const left = count - named.length;
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
