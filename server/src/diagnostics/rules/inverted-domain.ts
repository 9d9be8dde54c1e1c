/** A domain or a published range whose low end is above its high end. */
import type { WrittenNumber } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Inverted {
  readonly owner: string;
  readonly low: WrittenNumber;
  readonly high: WrittenNumber;
}

export const rule = defineRule<Inverted>({
  code: 'inverted-domain',
  severity: 'error',
  summary: 'The low end of a domain or of a published range is above its high end.',
  docs: `
No value lies in such a domain, so every patient would seem wrong and every bound out of place. Exchange the two numbers.
`,

  find: ofRuleSet(function* ({ own }) {
    const groups = [...own.groups.values()].flatMap(({ facts }) => [...facts.values()]);
    for (const { id, minimum, maximum } of [...own.facts.values(), ...groups, ...own.derived.values()])
      if (minimum && maximum && minimum.value.compare(maximum.value) > 0) yield { owner: id, low: minimum, high: maximum };
    for (const { id, range } of own.scores.values())
      if (range && range.low.value.compare(range.high.value) > 0) yield { owner: id, low: range.low, high: range.high };
  }),

  say: ({ owner, low, high }) => ({
    span: low.span,
    message: `The low end ${low.value} of ${quoted(owner)} is above its high end ${high.value}, so no value is possible. Exchange the two numbers.`,
    names: [owner],
  }),

  fix: ({ low, high }) => ({
    title: 'Exchange the two numbers',
    edits: [
      { span: low.span, newText: high.value.toString(60) },
      { span: high.span, newText: low.value.toString(60) },
    ],
  }),
});

export const examples: Example[] = [
  {
    name: 'A domain the wrong way round',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 120, "maximum": 0 } } }
                                                                                  ^^^ error: The low end 120 of “age” is above its high end 0, so no value is possible. Exchange the two numbers.
`,
    fixed: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 0, "maximum": 120 } } }
`,
  },
  {
    name: 'A published range the wrong way round',
    text: `
{ "scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "range": [18, 0] } } }
                                                                                                                                         ^^ error: The low end 18 of “sins” is above its high end 0, so no value is possible. Exchange the two numbers.
`,
  },
  {
    name: 'A single value',
    text: `
{ "facts": { "stage": { "title": "Stage", "type": "integer", "minimum": 4, "maximum": 4 } } }
`,
  },
];
