/** A value that stands twice in one list. */

import { Exact } from '../../model/exact.ts';
import type { Constant, Name } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet, type RuleSetSubject } from '../define.ts';
import { walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Doubled {
  readonly owner: string;
  readonly value: string;
  readonly span: Span;
  readonly first: Span;
  /** The entry before it in the list. */
  readonly before: Span;
}

export const rule = defineRule<Doubled>({
  code: 'doubled-value',
  severity: 'warning',
  summary: 'A value stands twice in one list.',
  docs: `
The second one changes nothing, so perhaps another value was meant. Write the value that was meant, or remove the double.
`,

  find: ofRuleSet(function* (subject) {
    for (const [owner, list] of lists(subject)) yield* doubles(owner, list);
  }),

  say: ({ owner, value, span, first }, subject) => ({
    span,
    message: `${quoted(value)} already stands in this list, so it changes nothing here. Write the value that was meant, or remove it.`,
    names: [owner, value],
    unnecessary: true,
    related: [{ place: { file: subject.file, span: first }, message: 'It stands here first.' }],
  }),

  fix: ({ value, span, before }) => ({
    title: `Remove the second ${quoted(value)}`,
    edits: [{ span: { start: before.end, end: span.end }, newText: '' }],
  }),
});

function* lists(subject: RuleSetSubject): Generator<[string, readonly (Constant | Name)[]]> {
  const { own } = subject;
  const { factTests, scoreConditions, effects } = walk(subject);
  for (const { owner, test } of factTests) if (test.in && test.in.length > 1) yield [owner, test.in];
  for (const { condition, spot } of scoreConditions)
    if (condition.kind === 'score-bands' && condition.bands.length > 1) yield [spot.item?.id ?? spot.role, condition.bands];
  for (const { id, sites, given, override } of own.rules.values()) {
    if (sites.length > 1) yield [id, sites];
    if (given && given.values.length > 1) yield [id, given.values];
    if (override && override.rules.length > 1) yield [id, override.rules];
  }
  for (const { effect, rule } of effects) {
    if (effect.kind === 'decide') continue;
    if (effect.kind === 'recommend' && effect.oneOf) yield [rule.id, effect.what];
    if (effect.at.kind === 'sites' && effect.at.sites.length > 1) yield [rule.id, effect.at.sites];
    if (effect.during.length > 1) yield [rule.id, effect.during];
  }
  yield ['uses', own.uses];
  yield* declaredLists(own);
}

/** Lists that declare the values of something. */
function* declaredLists({ facts, groups, derived, decisions, parameters }: RuleSetSubject['own']): Generator<[string, readonly Name[]]> {
  const inGroups = [...groups.values()].flatMap(group => [...group.facts.values()]);
  for (const { id, values } of [...facts.values(), ...inGroups, ...derived.values()])
    if (typeof values === 'object') yield [id, values.map(nameOfValue)];
  for (const { id, values } of decisions.values()) yield [id, values.map(nameOfValue)];
  for (const { id, order } of parameters.values()) if (order) yield [id, order];
}

function nameOfValue({ id, idSpan }: { readonly id: string; readonly idSpan: Span }): Name {
  return { value: id, span: idSpan };
}

function* doubles(owner: string, list: readonly (Constant | Name)[]): Generator<Doubled> {
  const seen = new Map<string, Span>();
  for (const [i, { value, span }] of list.entries()) {
    const text = value instanceof Exact ? value.fraction.toFraction() : `${value}`;
    const first = seen.get(text);
    if (first && text !== '') yield { owner, value: `${value}`, span, first, before: list[i - 1]!.span };
    else seen.set(text, span);
  }
}

export const examples: Example[] = [
  {
    name: 'A site twice',
    text: `
{ "facts": { "primary": { "title": "Primary tumour", "type": "code", "values": ["breast", "lung", "prostate"] } },
  "rules": [ { "id": "solid", "title": "Solid tumour", "then": [ { "require": "review" } ],
    "when": { "fact": "primary", "in": ["breast", "lung", "breast"] } } ] }
                                                          ^^^^^^^^ warning: “breast” already stands in this list, so it changes nothing here. Write the value that was meant, or remove it.
`,
    fixed: `
{ "facts": { "primary": { "title": "Primary tumour", "type": "code", "values": ["breast", "lung", "prostate"] } },
  "rules": [ { "id": "solid", "title": "Solid tumour", "then": [ { "require": "review" } ],
    "when": { "fact": "primary", "in": ["breast", "lung"] } } ] }
`,
  },
  {
    name: 'The same number written in two ways',
    text: `
{ "facts": { "step": { "title": "Step", "type": "integer" } },
  "rules": [ { "id": "high", "title": "High", "then": [ { "require": "review" } ],
    "when": { "fact": "step", "in": [2, 3, 2.0] } } ] }
                                           ^^^ warning: “2” already stands in this list, so it changes nothing here. Write the value that was meant, or remove it.
`,
  },
  {
    name: 'Different values',
    text: `
{ "facts": { "step": { "title": "Step", "type": "integer" } },
  "rules": [ { "id": "high", "title": "High", "when": { "fact": "step", "in": [2, 3] }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
