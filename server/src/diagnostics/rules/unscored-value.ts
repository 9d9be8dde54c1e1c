/** A value of the fact that names a component's option, without points of its own. */

import { rulesOut } from '../../analysis/component-points.ts';
import { isCoded, leavesOf } from '../../analysis/fact-values.ts';
import { factIn } from '../../model/names.ts';
import type { Component, Fact, RuleSet, Score } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { listed, quoted } from '../words.ts';

interface Unscored {
  readonly score: Score;
  readonly component: Component;
  readonly fact: Fact;
  readonly values: readonly string[];
}

export const rule = defineRule<Unscored>({
  code: 'unscored-value',
  severity: 'warning',
  summary: 'A fact names the option of a component, but has values the component gives no points for.',
  docs: `
With \`from\`, the value of a code is the option. A patient with a value that is not among the options has no points there, and so no total. Add an
option for the value; where the source leaves it unscored, list it under \`undefined\` with the reason. Values under which the score does not
apply are not needed.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const score of own.scores.values()) {
      for (const component of score.components.values()) {
        const { how } = component;
        if (how?.kind !== 'options' || !how.from) continue;
        const fact = factIn(ruleSet, score.of?.value, how.from.value);
        if (!fact || !isCoded(fact)) continue;
        const values = unscored(fact, how.options, how.undefinedOptions, ruleSet).filter(
          value => !rulesOut(score.when, value, fact, ruleSet),
        );
        if (values.length > 0) yield { score, component, fact, values };
      }
    }
  }),

  say: ({ score, component, fact, values }) => ({
    span: component.idSpan,
    message: `${listed(values, 'and', 4)} of ${quoted(fact.id)} ${values.length === 1 ? 'has' : 'have'} no points here, so a patient with ${values.length === 1 ? 'it' : 'one of them'} has no total. Add an option, or list the value under "undefined" with the reason.`,
    names: [score.id, component.id],
  }),
});

function unscored(fact: Fact, options: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>, ruleSet: RuleSet): string[] {
  return leavesOf(fact, ruleSet).filter(value => !options.has(value) && !others.has(value));
}

export const examples: Example[] = [
  {
    name: 'A value that was forgotten',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "code", "values": ["none", "mild", "severe"] } },
  "scores": { "total": { "title": "Total", "components": {
    "pain": { "title": "Pain", "from": "pain", "options": { "none": 0, "severe": 2 } } } } } }
    ^^^^^^ warning: “mild” of “pain” has no points here, so a patient with it has no total. Add an option, or list the value under "undefined" with the reason.
`,
  },
  {
    name: 'A value for which the score is not made',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "code", "values": ["none", "mild", "severe"] } },
  "scores": { "total": { "title": "Total", "when": { "fact": "pain", "in": ["mild", "severe"] }, "components": {
    "pain": { "title": "Pain", "from": "pain", "options": { "mild": 1, "severe": 2 } } } } } }
`,
  },
  {
    name: 'A value the source leaves unscored',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "code", "values": ["none", "mild", "severe"] } },
  "scores": { "total": { "title": "Total", "components": {
    "pain": { "title": "Pain", "from": "pain", "options": { "none": 0, "severe": 2 }, "undefined": { "mild": "The source has none." } } } } } }
`,
  },
];
