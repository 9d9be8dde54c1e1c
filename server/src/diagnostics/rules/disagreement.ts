/** Sources that disagree on a decision: the stricter is followed, and that is said. */
import { fewOthers } from '../../analysis/about.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, MOST_NAMED, MOST_RELATED, ofAnalysis } from '../define.ts';
import { regionText, withText } from '../region-text.ts';
import { decisionName, placeOf, ruleName } from '../telling.ts';
import { listed, quoted } from '../words.ts';

interface Disagreement {
  readonly found: Analysis['disagreements'][number];
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Disagreement>({
  code: 'disagreement',
  severity: 'information',
  analysed: true,
  summary: 'A source is stricter than another for the same patient.',
  docs: `
Under \`"resolve": "strictest"\` the stricter rule is followed. Where it rests on another source than a looser rule that holds for the same patient, the two
sources disagree: whoever answers for the rule set should know. Nothing needs to be changed; an \`override\` with a reason, or a waiver, settles it.
`,

  find: ofAnalysis(({ disagreements }, { ruleSet, file }) =>
    disagreements.filter(({ stricter }) => stricter.file === file).map(found => ({ found, ruleSet })),
  ),

  say: ({ found: { decision, stricter, looser, answer }, ruleSet }) => {
    const sources = sourcesOf(ruleSet, looser);
    const named = looser.slice(0, MOST_NAMED);
    const both = withText(ruleSet, [stricter, looser[0]!], answer);
    return {
      span: stricter.idSpan,
      message: `${ruleName(stricter)}, after ${quoted(sourceOf(ruleSet, stricter))}, is stricter on ${decisionName(decision)} than ${listed(looser.map(({ id }) => id))}, after ${listed(sources)}. ${looser.length === 1 ? 'Both hold' : `It holds together with ${quoted(looser[0]!.id)}, for example,`} ${both}. The stricter one is followed. If that is not meant, override it with a reason.`,
      names: [decision.id, stricter.id, ...named.map(({ id }) => id)],
      rules: [stricter.id, ...looser.map(({ id }) => id)],
      related: named.slice(0, MOST_RELATED).map(one => ({ place: placeOf(one), message: `${ruleName(one)} is looser.` })),
      witness: answer.witness,
    };
  },

  restsOn: ({ found: { decision, stricter, looser, answer }, ruleSet }) => ({
    at: stricter,
    others: fewOthers(looser),
    said: [decision.id, sourcesOf(ruleSet, looser), regionText(ruleSet, answer), answer.witness],
  }),
});

function sourcesOf(ruleSet: RuleSet, rules: readonly Rule[]): string[] {
  return [...new Set(rules.map(one => sourceOf(ruleSet, one)))];
}

function sourceOf({ sources }: RuleSet, { source }: Rule): string {
  const id = source?.source?.value ?? '';
  return sources.get(id)?.title ?? id;
}

export const examples: Example[] = [
  {
    name: 'Two sources',
    text: `
{ "sources": { "review": { "title": "A review" }, "society": { "title": "A society's guideline" } },
  "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "clearance": { "title": "May this patient exercise?", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [
    { "id": "mild", "title": "Mild pain", "when": { "fact": "pain", "atMost": 4 }, "then": [ { "decide": "clearance", "as": "yes" } ],
      "source": { "id": "review" } },
    { "id": "painful", "title": "Pain", "when": { "fact": "pain", "atLeast": 4 }, "then": [ { "decide": "clearance", "as": "no" } ],
            ^^^^^^^^^ information: “Pain” (painful), after “A society's guideline”, is stricter on “May this patient exercise?” than “mild”, after “A review”. Both hold for patients with pain 4. The stricter one is followed. If that is not meant, override it with a reason.
      "source": { "id": "society" } } ] }
`,
  },
  {
    name: 'One source, stricter where it is worse',
    text: `
{ "sources": { "review": { "title": "A review" } },
  "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "decisions": { "clearance": { "title": "May this patient exercise?", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [
    { "id": "any", "title": "Any pain", "when": { "fact": "pain", "atMost": 10 }, "then": [ { "decide": "clearance", "as": "yes" } ],
      "source": { "id": "review" } },
    { "id": "painful", "title": "Pain", "when": { "fact": "pain", "atLeast": 4 }, "then": [ { "decide": "clearance", "as": "no" } ],
      "source": { "id": "review" } } ] }
`,
  },
];
