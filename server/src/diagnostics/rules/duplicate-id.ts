/** An id declared twice, in one file or in two of the whole. */
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet, type RuleSetSubject } from '../define.ts';
import { declaredIn, factsNamed } from '../scope.ts';
import { quoted } from '../words.ts';

interface Duplicate {
  readonly id: string;
  readonly section: string;
  readonly span: Span;
  readonly other: { readonly file: string; readonly span: Span } | undefined;
}

export const rule = defineRule<Duplicate>({
  code: 'duplicate-id',
  severity: 'error',
  summary: 'An id is declared twice in the rule set and the files it uses.',
  docs: `
A name must stand for one thing. Of two declarations only the first counts, so what the second says is lost. Give one of them another id, or
remove it; a rule set that means to replace an item of another says so by \`basedOn\`.
`,

  find: ofRuleSet(function* (subject) {
    for (const { section, item } of subject.own.doubles) {
      const first = subject.own[section].get(item.id) ?? factsNamed(subject.ruleSet, item.id)[0];
      const other = first && first !== item ? { file: first.file, span: first.idSpan } : undefined;
      yield { id: item.id, section, span: item.idSpan, other };
    }
    for (const { kind, span, data } of subject.linkProblems)
      if (kind === 'duplicate-across-files')
        yield { id: data.id!, section: data.section!, span, other: placeOf(data.id!, data.other!, subject) };
    yield* doubleBands(subject);
  }),

  say: ({ id, section, span, other }) => ({
    span,
    message: `${quoted(id)} is declared twice, and only the first declaration counts. Give one of the two another id, or remove it.`,
    names: [section, id],
    related: other ? [{ place: other, message: `${quoted(id)} is declared here first.` }] : [],
  }),
});

/** Bands of all sets of a score are named without their set. */
function* doubleBands({ own, file }: RuleSetSubject): Generator<Duplicate> {
  for (const score of own.scores.values()) {
    const seen = new Map<string, Span>();
    for (const { id, idSpan } of [...score.bandSets.values()].flat()) {
      const first = seen.get(id);
      if (first) yield { id, section: score.id, span: idSpan, other: { file, span: first } };
      else seen.set(id, idSpan);
    }
  }
}

/** The declaration in another file, which came first. */
function placeOf(id: string, file: string, { ruleSet }: RuleSetSubject): Duplicate['other'] {
  const item = declaredIn(ruleSet)
    .get(id)
    ?.find(declared => declared.item.file === file)?.item;
  return item && { file, span: item.idSpan };
}

export const examples: Example[] = [
  {
    name: 'Two rules of one name',
    text: `
{ "rules": [
    { "id": "adult", "title": "Adult", "then": [ { "require": "review" } ] },
    { "id": "adult", "title": "Grown up", "then": [ { "require": "review" } ] } ] }
            ^^^^^^^ error: “adult” is declared twice, and only the first declaration counts. Give one of the two another id, or remove it.
`,
  },
  {
    name: 'In two files',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["vocabulary.clinical.json"],
  "facts": {
    "age": { "title": "Age in months", "type": "quantity", "unit": "mo" } } }
    ^^^^^ error: “age” is declared twice, and only the first declaration counts. Give one of the two another id, or remove it.
`,
    files: {
      'vocabulary.clinical.json': `
{ "id": "vocabulary", "title": "Vocabulary", "version": "1.0.0", "role": "library",
  "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } } }
`,
    },
  },
  {
    name: 'Bands of two sets',
    text: `
{ "scores": { "wells": { "title": "Wells", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bandSets": {
    "two": { "low": { "below": 2 }, "high": { "atLeast": 2 } },
    "three": {
      "low": { "below": 1 }, "middle": { "atLeast": 1, "below": 3 }, "top": { "atLeast": 3 } } } } } }
      ^^^^^ error: “low” is declared twice, and only the first declaration counts. Give one of the two another id, or remove it.
`,
  },
  {
    name: 'Things of different kinds may share a name',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer" } },
  "scores": { "pain": { "title": "Pain", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } } } } }
`,
  },
];
