/** A decision by the first rule whose rules stand in several files. */
import type { Name, Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Across {
  readonly decision: Name;
  readonly rule: Rule;
  readonly other: Rule;
}

export const rule = defineRule<Across>({
  code: 'first-across-files',
  severity: 'error',
  summary: 'A decision by the first rule has rules in several files.',
  docs: `
Under \`first\` the order of the rules is their meaning, and only within one file does everybody see that order. Put all rules that decide it
into one file, or resolve the decision in another way.
`,

  find: ofRuleSet(function* (subject) {
    const first = [...subject.ruleSet.decisions.values()].filter(({ resolve }) => resolve === 'first');
    if (first.length === 0) return;
    const elsewhere = decidedElsewhere(subject.ruleSet, subject.file, new Set(first.map(({ id }) => id)));
    for (const { effect, rule } of walk(subject).effects) {
      const other = effect.kind === 'decide' ? elsewhere.get(effect.decision.value) : undefined;
      if (other && effect.kind === 'decide') yield { decision: effect.decision, rule, other };
    }
  }),

  say: ({ decision, rule, other }) => ({
    span: decision.span,
    message: `${quoted(decision.value)} is decided by the first rule that holds, but ${quoted(other.id)} in another file decides it too, and nobody sees which comes first. Put these rules into one file, or resolve it in another way.`,
    names: [decision.value, rule.id],
    rules: [rule.id, other.id],
    related: [{ place: { file: other.file, span: other.idSpan }, message: `${quoted(other.id)} decides it too.` }],
  }),
});

/** For each of the decisions, a rule of another file that decides it. */
function decidedElsewhere(ruleSet: RuleSet, file: string, decisions: ReadonlySet<string>): Map<string, Rule> {
  const found = new Map<string, Rule>();
  for (const rule of ruleSet.rules.values()) {
    if (rule.file === file) continue;
    for (const effect of rule.then)
      if (effect.kind === 'decide' && decisions.has(effect.decision.value)) found.set(effect.decision.value, rule);
  }
  return found;
}

export const examples: Example[] = [
  {
    name: 'The order of two files',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["base.clinical.json"],
  "rules": [ { "id": "late", "title": "Late", "then": [ { "decide": "arm", "as": "b" } ] } ] }
                                                                    ^^^^^ error: “arm” is decided by the first rule that holds, but “early” in another file decides it too, and nobody sees which comes first. Put these rules into one file, or resolve it in another way.
`,
    files: {
      'base.clinical.json': `
{ "id": "base", "title": "Base", "version": "1.0.0",
  "decisions": { "arm": { "title": "Which arm?", "values": ["a", "b"], "resolve": "first" } },
  "rules": [ { "id": "early", "title": "Early", "then": [ { "decide": "arm", "as": "a" } ] } ] }
`,
    },
  },
  {
    name: 'Declared in one file, decided in another',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["base.clinical.json"],
  "rules": [ { "id": "late", "title": "Late", "then": [ { "decide": "arm", "as": "b" } ] } ] }
`,
    files: {
      'base.clinical.json': `
{ "id": "base", "title": "Base", "version": "1.0.0",
  "decisions": { "arm": { "title": "Which arm?", "values": ["a", "b"], "resolve": "first" } } }
`,
    },
  },
];
