/** Rules, precautions, scores and thresholds that name no source. */
import type { Evidence, Item } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { addProperty, objectAt } from '../form.ts';
import { quoted } from '../words.ts';

interface Unsourced {
  readonly kind: string;
  readonly item: Item;
}

export const rule = defineRule<Unsourced>({
  code: 'missing-source',
  severity: 'warning',
  summary: 'A rule, precaution, score or threshold names no source.',
  docs: `
Whoever reads the outcome must be able to look up what it rests on. Add \`"source": { "id": "…", "at": "…" }\` with an id of the rule
set's \`sources\` and the place in it; where the rule is its author's own, declare that as a source.
`,

  find: ofRuleSet(function* ({ own }) {
    const unsourced = ({ source }: Evidence) => source === undefined;
    for (const item of own.scores.values()) if (unsourced(item)) yield { kind: 'score', item };
    for (const item of own.thresholds.values()) if (unsourced(item)) yield { kind: 'threshold', item };
    for (const item of own.rules.values()) if (unsourced(item)) yield { kind: item.precaution ? 'precaution' : 'rule', item };
  }),

  say: ({ kind, item }) => ({
    span: item.idSpan,
    message: `The ${kind} ${quoted(item.id)} names no source, so nobody can look up what it rests on. Add "source" with the source's id and the place in it.`,
    names: [item.id],
  }),

  // Of several sources nobody can say which it was.
  fix: ({ item }, subject) => {
    const [only, ...others] = subject.kind === 'rule-set' ? subject.ruleSet.sources.keys() : [];
    const object = objectAt(subject, item.span);
    if (only === undefined || others.length > 0 || !object) return undefined;
    return {
      title: `Name ${quoted(only)} as its source`,
      edits: addProperty(object, 'source', `{ "id": ${JSON.stringify(only)} }`, subject),
    };
  },
});

export const examples: Example[] = [
  {
    name: 'A threshold without a source',
    text: `
{ "thresholds": {
    "severe": { "title": "Severe", "fact": "calcium", "atLeast": 3.5, "unit": "mmol/L" } } }
    ^^^^^^^^ warning: The threshold “severe” names no source, so nobody can look up what it rests on. Add "source" with the source's id and the place in it.
`,
  },
  {
    name: 'There is one source only',
    text: `
{ "sources": { "guide": { "title": "Guide" } },
  "rules": [
    { "id": "walk", "title": "Walk", "then": [ { "require": "review" } ] } ] }
            ^^^^^^ warning: The rule “walk” names no source, so nobody can look up what it rests on. Add "source" with the source's id and the place in it.
`,
    fixed: `
{ "sources": { "guide": { "title": "Guide" } },
  "rules": [
    { "id": "walk", "title": "Walk", "then": [ { "require": "review" } ], "source": { "id": "guide" } } ] }
`,
  },
  {
    name: 'Facts need none',
    text: `
{ "sources": { "review": { "title": "A review" } },
  "facts": { "age": { "title": "Age", "type": "integer" } },
  "rules": [ { "id": "adult", "title": "Adult", "then": [ { "require": "review" } ], "source": { "id": "review", "at": "page 4" } } ] }
`,
  },
];
