/** A component that leaves points open, yet knows only one number of points: the open case would pass for that number. */
import type { Component, Score, WrittenNumber } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Unsettled {
  readonly score: Score;
  readonly component: Component;
  readonly points: string;
  readonly advice: string;
}

export const rule = defineRule<Unsettled>({
  code: 'unsettled-points',
  severity: 'error',
  summary: 'A component leaves points open, but all points it knows are the same number.',
  docs: `
Points that are open count as any that the component can give. Where it can give only one number, the open case would be taken for that
number, and a total would look certain that is not. Say what the other patients get: write \`otherwise\` beside the conditions, or give the
options that have points of their own.
`,

  find: ofRuleSet(function* ({ own }) {
    for (const score of own.scores.values()) {
      for (const component of score.components.values()) {
        const open = openOf(component);
        const numbers = new Set(open?.points.map(({ value }) => value.toString(30)));
        const [only] = numbers;
        if (open && only !== undefined && numbers.size === 1) yield { score, component, points: only, advice: open.advice };
      }
    }
  }),

  say: ({ score, component, points, advice }) => ({
    span: component.idSpan,
    message: `${quoted(component.id)} leaves points open but knows only ${points}, so a patient whose points are not known would get ${points} for certain. ${advice}`,
    names: [score.id, component.id],
  }),
});

/** The points of a component that can leave them open; undefined for one that cannot. */
function openOf({ how }: Component): { points: readonly WrittenNumber[]; advice: string } | undefined {
  if (how?.kind === 'conditions' && !how.otherwise)
    return {
      points: how.conditions.map(({ points }) => points),
      advice: 'Write "otherwise": the points where none of the conditions holds.',
    };
  if (how?.kind === 'options' && how.undefinedOptions.size > 0)
    return { points: [...how.options.values()].map(({ points }) => points), advice: 'List the options that have other points too.' };
  return undefined;
}

export const examples: Example[] = [
  {
    name: 'Nothing is said of the others',
    text: `
{ "facts": { "walks": { "title": "Walks alone", "type": "boolean" } },
  "scores": { "falls": { "title": "Falls", "components": {
    "walks": { "title": "Walks", "conditions": [{ "when": { "fact": "walks", "is": true }, "points": 0 }] } } } } }
    ^^^^^^^ error: “walks” leaves points open but knows only 0, so a patient whose points are not known would get 0 for certain. Write "otherwise": the points where none of the conditions holds.
`,
  },
  {
    name: 'Only one option has points',
    text: `
{ "scores": { "falls": { "title": "Falls", "components": {
    "pain": { "title": "Pain", "options": { "none": 0 }, "undefined": { "refused": "The source has no points for it." } } } } } }
    ^^^^^^ error: “pain” leaves points open but knows only 0, so a patient whose points are not known would get 0 for certain. List the options that have other points too.
`,
  },
  {
    name: 'The others are said',
    text: `
{ "facts": { "walks": { "title": "Walks alone", "type": "boolean" } },
  "scores": { "falls": { "title": "Falls", "components": {
    "walks": { "title": "Walks", "conditions": [{ "when": { "fact": "walks", "is": true }, "points": 0 }], "otherwise": 2 } } } } }
`,
  },
];
