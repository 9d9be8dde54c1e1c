/** Something a rule set declares and nothing uses. */
import { referencesOf } from '../../model/names.ts';
import type { Item, RuleSetFile } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet, type RuleSetSubject } from '../define.ts';
import { quoted } from '../words.ts';

interface Unused {
  readonly kind: string;
  readonly item: Item;
}

export const rule = defineRule<Unused>({
  code: 'unused-name',
  severity: 'information',
  summary: 'Something is declared that nothing in the rule set uses.',
  docs: `
Perhaps a rule was forgotten, or names another fact than was meant. Use it, or remove it. Libraries (\`"role": "library"\`) declare things for
others and are not asked; sites and what is advised are a vocabulary, and are not asked either.
`,

  find: ofRuleSet(function* (subject) {
    const { own } = subject;
    if (own.role === 'library') return;
    const used = usedNames(subject);
    for (const [kind, tables] of tablesOf(own))
      for (const table of tables) for (const item of table.values()) if (!used.has(`${kind}:${item.id}`)) yield { kind, item };
  }),

  say: ({ kind, item }) => ({
    span: item.idSpan,
    message: `No rule, score or other part of the rule set uses the ${kind} ${quoted(item.id)}, so it has no effect. Use it, or remove it.`,
    names: [item.id],
    unnecessary: true,
  }),
});

function tablesOf(own: RuleSetFile): [string, readonly ReadonlyMap<string, Item>[]][] {
  const groups = [...own.groups.values()].map(({ facts }) => facts);
  return [
    ['source', [own.sources]],
    ['fact', [own.facts, own.derived, ...groups]],
    ['threshold', [own.thresholds]],
    ['parameter', [own.parameters]],
    ['phase', [own.phases]],
    ['decision', [own.decisions]],
  ];
}

/** The names used by any file of the whole, or of a whole that uses this file: \`kind:id\`. */
function usedNames({ ruleSet, usedBy }: RuleSetSubject): Set<string> {
  const used = new Set<string>();
  for (const file of new Set([ruleSet, ...usedBy].flatMap(({ files }) => files))) for (const name of usedIn(file)) used.add(name);
  return used;
}

const KINDS: Readonly<Record<string, string>> = {
  sources: 'source',
  thresholds: 'threshold',
  parameters: 'parameter',
  phases: 'phase',
  decisions: 'decision',
  facts: 'fact',
  derived: 'fact',
};
const made = new WeakMap<RuleSetFile, ReadonlySet<string>>();

function usedIn(file: RuleSetFile): ReadonlySet<string> {
  const known = made.get(file);
  if (known) return known;
  const used = new Set<string>();
  for (const { name, to } of referencesOf(file)) {
    if (to.kind === 'item' && KINDS[to.section]) used.add(`${KINDS[to.section]}:${name.value}`);
    if (to.kind === 'fact' || to.kind === 'input' || to.kind === 'requirement') used.add(`fact:${name.value}`);
  }
  // The site of a record is what places and precautions are about, and its side says which one is meant.
  for (const { facts } of file.groups.values())
    for (const { id, values, type } of facts.values()) if (values === 'sites' || type === 'side') used.add(`fact:${id}`);
  made.set(file, used);
  return used;
}

export const examples: Example[] = [
  {
    name: 'A fact and a source that nobody names',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0",
  "sources": {
    "review": { "title": "A review" } },
    ^^^^^^^^ information: No rule, score or other part of the rule set uses the source “review”, so it has no effect. Use it, or remove it.
  "facts": {
    "tired": { "title": "Tired", "type": "boolean" },
    ^^^^^^^ information: No rule, score or other part of the rule set uses the fact “tired”, so it has no effect. Use it, or remove it.
    "frail": { "title": "Frail", "type": "boolean" } },
  "rules": [ { "id": "frail", "title": "Frail", "when": { "fact": "frail", "is": true }, "then": [] } ] }
`,
  },
  {
    name: 'A library declares for others',
    text: `
{ "id": "vocabulary", "title": "Vocabulary", "version": "1.0.0", "role": "library",
  "facts": { "tired": { "title": "Tired", "type": "boolean" } } }
`,
  },
  {
    name: 'Used by a file that uses this one',
    text: `
{ "id": "base", "title": "Base", "version": "1.0.0", "facts": { "tired": { "title": "Tired", "type": "boolean" } } }
`,
    files: {
      'other.clinical.json': `
{ "id": "other", "title": "Other", "version": "1.0.0", "uses": ["main.clinical.json"],
  "rules": [ { "id": "rest", "title": "Rest", "when": { "fact": "tired", "is": true }, "then": [] } ] }
`,
    },
  },
];
