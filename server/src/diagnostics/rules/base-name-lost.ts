/** An adaptation that takes away what the rest of its base still uses. */
import { SECTIONS } from '../../model/merge.ts';
import { mustResolve, type Reference, referencesOf, targetOf } from '../../model/names.ts';
import type { Item, RuleSet, RuleSetFile } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Lost {
  readonly span: Span;
  readonly name: string;
  readonly user: string;
  /** Whose it is, in words. */
  readonly where: string;
}

export const rule = defineRule<Lost>({
  code: 'base-name-lost',
  severity: 'error',
  summary: 'A rule set removes or replaces what its base still uses.',
  docs: `
What stays of the base names it, and means nothing without it: a rule whose threshold is gone can never fire, and protects nobody. Replace or remove
what uses it too, or keep it. The same goes for another file that rests on the base, where a third uses both.
`,

  find: ofRuleSet(function* ({ own, ruleSet, usedBy }) {
    if (!own.basedOn) return;
    const told = new Set<string>();
    const ofBase = new Set(ruleSet.files.map(({ file }) => file));
    for (const whole of [ruleSet, ...usedBy])
      for (const reference of whole.files.filter(({ file }) => file !== own.file).flatMap(file => [...referencesOf(file)])) {
        const span = takenAway(own, reference);
        if (!span || !staysIn(whole, reference.from)) continue;
        if (!mustResolve(whole, reference) || targetOf(whole, reference)) continue;
        const user = reference.from!;
        const lost = {
          span,
          name: reference.name.value,
          user: user.id,
          where: ofBase.has(user.file) ? 'the base' : 'a file used beside this one',
        };
        if (told.has(`${lost.name} ${lost.user}`)) continue;
        told.add(`${lost.name} ${lost.user}`);
        yield lost;
      }
  }),

  say: ({ span, name, user, where }) => ({
    span,
    message: `${quoted(user)} of ${where} still uses ${quoted(name)}, which it would no longer find: it could not be worked out, and protect nobody. Replace or remove ${quoted(user)} too, or keep ${quoted(name)}.`,
    names: [name, user],
  }),
});

/** Where the file removes what is named, or replaces that of which it is a value, band or place. */
function takenAway(own: RuleSetFile, { name, to }: Reference): Span | undefined {
  const removed = own.remove.find(({ id }) => id.value === name.value);
  if (removed) return removed.id.span;
  const whole =
    to.kind === 'band'
      ? own.scores.get(to.score.value)
      : to.kind === 'decision-value'
        ? own.decisions.get(to.decision.value)
        : to.kind === 'place'
          ? own.parameters.get(to.parameter.value)
          : to.kind === 'value'
            ? (own.facts.get(to.fact.value) ?? own.derived.get(to.fact.value))
            : undefined;
  return whole?.idSpan;
}

/** What was itself replaced or removed uses nothing any more. */
function staysIn(ruleSet: RuleSet, item: Item | undefined): boolean {
  return item !== undefined && SECTIONS.some(section => ruleSet[section].get(item.id) === item);
}

const base = `{ "id": "base", "title": "Base", "version": "1.0.0",
  "facts": { "falls": { "title": "Falls", "type": "integer" } },
  "thresholds": { "many": { "fact": "falls", "atLeast": 3 } },
  "decisions": { "clearance": { "title": "Clearance", "values": ["no", "care", "yes"], "resolve": "strictest" } },
  "rules": [ { "id": "frail", "when": { "threshold": "many" }, "then": [ { "decide": "clearance", "as": "no" } ] } ] }`;
const files = { 'base.clinical.json': base };

export const examples: Example[] = [
  {
    name: 'A threshold that a rule still tests',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "remove": [ { "id": "many", "reason": "Not counted here" } ] }
                      ^^^^^^ error: “frail” of the base still uses “many”, which it would no longer find: it could not be worked out, and protect nobody. Replace or remove “frail” too, or keep “many”.
`,
    files,
  },
  {
    name: 'A decision that loses a value',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "decisions": { "clearance": { "title": "Clearance", "values": ["care", "yes"], "resolve": "strictest", "reason": "Supervised here" } } }
                 ^^^^^^^^^^^ error: “frail” of the base still uses “no”, which it would no longer find: it could not be worked out, and protect nobody. Replace or remove “frail” too, or keep “no”.
`,
    files,
  },
  {
    name: 'A threshold that a file beside this one tests',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "remove": [ { "id": "many", "reason": "Not counted here" }, { "id": "frail", "reason": "Not counted here" } ] }
                      ^^^^^^ error: “faller” of a file used beside this one still uses “many”, which it would no longer find: it could not be worked out, and protect nobody. Replace or remove “faller” too, or keep “many”.
`,
    files: {
      'base.clinical.json': base,
      'ward.clinical.json': `{ "id": "ward", "title": "Ward", "version": "1.0.0", "uses": ["base.clinical.json"],
  "rules": [ { "id": "faller", "when": { "threshold": "many" }, "then": [ { "decide": "clearance", "as": "no" } ] } ] }`,
      'clinic.clinical.json': `{ "id": "clinic", "title": "Clinic", "version": "1.0.0", "uses": ["ward.clinical.json", "main.clinical.json"] }`,
    },
  },
  {
    name: 'With the rule that uses it',
    text: `
{ "id": "local", "title": "Local", "version": "1.0.0", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" },
  "remove": [ { "id": "many", "reason": "Not counted here" }, { "id": "frail", "reason": "Not counted here" } ] }
`,
    files,
  },
];
