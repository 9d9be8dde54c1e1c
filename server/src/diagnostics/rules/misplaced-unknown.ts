/** `unknown` where knowing less could loosen advice. */
import type { Condition, Rule, RuleSet } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { ownerOf, type Placed, type Spot, walk } from '../walk.ts';

interface Misplaced {
  readonly span: Span;
  readonly owner: string;
  readonly where: string;
  readonly name: string;
}

export const rule = defineRule<Misplaced>({
  code: 'misplaced-unknown',
  severity: 'error',
  summary: '“unknown” stands where knowing less could loosen advice.',
  docs: `
A rule may ask for what is not known, so that a missing value can be required. It must never make a patient safer to have fewer values. So
\`unknown\` stands only under \`all\`, \`any\` and \`some\`; and not in \`until\`, in a score or derived fact, in the \`except\` of a place, in a rule
that overrides others, or in one that decides the loosest value.
`,

  find: ofRuleSet(function* (subject) {
    for (const { condition, spot } of walk(subject).unknowns) {
      const where = forbiddenPlace(spot, subject.ruleSet);
      if (where) yield misplaced({ condition, spot }, where);
    }
  }),

  say: ({ span, owner, where, name }) => ({
    span,
    message: `“unknown” may not stand ${where}: a patient of whom less is known could get looser advice. Ask for the value itself, or put this into a rule of its own that only adds to what is required.`,
    names: [owner, name, where],
  }),
});

function misplaced({ condition, spot }: Placed<Extract<Condition, { kind: 'unknown' }>>, where: string): Misplaced {
  return { span: condition.name.span, owner: ownerOf(spot), where, name: condition.name.value };
}

function forbiddenPlace({ item, role, positive }: Spot, ruleSet: RuleSet): string | undefined {
  if (role === 'until') return 'in “until”';
  if (role === 'row') return 'in a derived fact';
  if (role === 'except') return 'in “except”';
  const isRule = item !== undefined && 'then' in item;
  if (item && !isRule && role !== 'impossible') return 'in a score';
  if (!positive) return 'under “not”, “every”, “none” or “count”';
  if (!isRule) return undefined;
  if (item.override) return 'in a rule that overrides others';
  return decidesLoosest(item, ruleSet) ? 'in a rule that decides the loosest value' : undefined;
}

function decidesLoosest({ then }: Rule, { decisions }: RuleSet): boolean {
  return then.some(effect => effect.kind === 'decide' && decisions.get(effect.decision.value)?.values.at(-1)?.id === effect.value.value);
}

export const examples: Example[] = [
  {
    name: 'Cleared because nobody looked',
    text: `
{ "facts": { "fracture": { "title": "Fracture", "type": "boolean" } },
  "decisions": { "clearance": { "title": "Clearance", "values": ["contraindicated", "proceed"], "resolve": "strictest" } },
  "rules": [
    { "id": "free", "title": "Free", "then": [ { "decide": "clearance", "as": "proceed" } ],
      "when": { "unknown": { "fact": "fracture" } } },
                                     ^^^^^^^^^^ error: “unknown” may not stand in a rule that decides the loosest value: a patient of whom less is known could get looser advice. Ask for the value itself, or put this into a rule of its own that only adds to what is required.
    { "id": "watch", "title": "Watch", "then": [ { "require": "review" } ],
      "when": { "not": { "unknown": { "fact": "fracture" } } } },
                                              ^^^^^^^^^^ error: “unknown” may not stand under “not”, “every”, “none” or “count”: a patient of whom less is known could get looser advice. Ask for the value itself, or put this into a rule of its own that only adds to what is required.
    { "id": "rest", "title": "Rest", "then": [ { "require": "review" } ], "when": { "fact": "fracture", "is": true },
      "until": { "unknown": { "fact": "fracture" } } } ] }
                                      ^^^^^^^^^^ error: “unknown” may not stand in “until”: a patient of whom less is known could get looser advice. Ask for the value itself, or put this into a rule of its own that only adds to what is required.
`,
  },
  {
    name: 'A value that is required while it is missing',
    text: `
{ "facts": { "fracture": { "title": "Fracture", "type": "boolean" } },
  "rules": [ { "id": "look", "title": "Look", "when": { "any": [ { "unknown": { "fact": "fracture" } } ] }, "then": [ { "require": "fracture" } ] } ] }
`,
  },
];
