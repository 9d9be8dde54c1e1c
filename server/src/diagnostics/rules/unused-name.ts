/** Something a rule set declares and nothing uses. */
import { referencesOf } from '../../model/names.ts';
import type { Item, RuleSetFile, Section } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet, type RuleSetSubject } from '../define.ts';
import { quoted } from '../words.ts';

interface Unused {
  readonly kind: Kind;
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
      for (const table of tables)
        for (const item of table.values()) if (!used.some(names => names[kind].has(item.id))) yield { kind, item };
  }),

  say: ({ kind, item }) => ({
    span: item.idSpan,
    message: `No rule, score or other part of the rule set uses the ${kind} ${quoted(item.id)}, so it has no effect. Use it, or remove it.`,
    names: [item.id],
    unnecessary: true,
  }),
});

type Kind = 'source' | 'fact' | 'threshold' | 'parameter' | 'phase' | 'decision';

/** The names that one file uses. */
type UsedNames = Readonly<Record<Kind, ReadonlySet<string>>>;

function tablesOf(own: RuleSetFile): [Kind, readonly ReadonlyMap<string, Item>[]][] {
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

/** Of each file of the whole, and of the wholes that use this file. */
function usedNames({ ruleSet, usedBy }: RuleSetSubject): UsedNames[] {
  return [...new Set([ruleSet, ...usedBy].flatMap(({ files }) => files))].map(usedIn);
}

const KINDS: Readonly<Partial<Record<Section, Kind>>> = {
  sources: 'source',
  thresholds: 'threshold',
  parameters: 'parameter',
  phases: 'phase',
  decisions: 'decision',
};
const made = new WeakMap<RuleSetFile, UsedNames>();

function usedIn(file: RuleSetFile): UsedNames {
  const known = made.get(file);
  if (known) return known;
  const all: Record<Kind, Set<string>> = {
    source: new Set(),
    fact: new Set(),
    threshold: new Set(),
    parameter: new Set(),
    phase: new Set(),
    decision: new Set(),
  };
  for (const { name, to } of referencesOf(file)) {
    const kind =
      to.kind === 'item' ? KINDS[to.section] : to.kind === 'fact' || to.kind === 'input' || to.kind === 'requirement' ? 'fact' : undefined;
    if (kind) all[kind].add(name.value);
  }
  // The site of a record is what places and precautions are about, and its side says which one is meant.
  for (const { facts } of file.groups.values())
    for (const { id, values, type } of facts.values()) if (values === 'sites' || type === 'side') all.fact.add(id);
  made.set(file, all);
  return all;
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
  "rules": [ { "id": "frail", "title": "Frail", "when": { "fact": "frail", "is": true }, "then": [ { "require": "review" } ] } ] }
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
  "rules": [ { "id": "rest", "title": "Rest", "when": { "fact": "tired", "is": true }, "then": [ { "require": "review" } ] } ] }
`,
    },
  },
];
