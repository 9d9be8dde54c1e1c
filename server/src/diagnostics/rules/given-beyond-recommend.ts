/** A rule that depends on a decision and does more than recommend. */
import type { Effect, Rule } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { effectSpan } from '../effects.ts';
import { quoted } from '../words.ts';

interface Beyond {
  readonly rule: Rule;
  readonly effect: Effect;
}

export const rule = defineRule<Beyond>({
  code: 'given-beyond-recommend',
  severity: 'error',
  summary: 'A rule that depends on a decision does more than recommend.',
  docs: `
A rule with \`given\` holds only for certain answers to a decision, and may only \`recommend\`. Were it to decide, require, limit, avoid or
forbid, a looser answer could take a protection away. Move the other effects into a rule with a condition of its own.
`,

  find: ofRuleSet(function* ({ own }) {
    for (const rule of own.rules.values()) {
      if (!rule.given) continue;
      for (const effect of rule.then) if (effect.kind !== 'recommend') yield { rule, effect };
    }
  }),

  say: ({ rule, effect }) => ({
    span: effectSpan(effect),
    message: `${quoted(rule.id)} depends on a decision (“given”), so it may only recommend, not ${effect.kind}: an answer must not take a protection away. Move this effect into a rule of its own.`,
    names: [rule.id, effect.kind],
    rules: [rule.id],
  }),
});

export const examples: Example[] = [
  {
    name: 'A limit that an answer would lift',
    text: `
{ "rules": [ { "id": "light-only", "title": "Light only", "given": { "decision": "clearance", "in": ["modify"] }, "then": [
    { "recommend": "walking" },
    { "limit": "intensity", "atMost": "light" } ] } ] }
               ^^^^^^^^^^^ error: “light-only” depends on a decision (“given”), so it may only recommend, not limit: an answer must not take a protection away. Move this effect into a rule of its own.
`,
  },
  {
    name: 'Only recommended',
    text: `
{ "rules": [ { "id": "walk", "title": "Walk", "given": { "decision": "clearance", "in": ["proceed"] }, "then": [ { "recommend": "walking" } ] } ] }
`,
  },
];
