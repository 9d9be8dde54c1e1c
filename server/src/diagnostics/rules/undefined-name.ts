/** A name that nothing in the whole declares. */
import { defineRule, type Example, ofRuleSet, type Subject } from '../define.ts';
import { suggestionFor, type Unresolved, unresolvedNames, wantedKind, writer } from '../unresolved.ts';
import { didYouMean, listed, quoted } from '../words.ts';

export const rule = defineRule<Unresolved>({
  code: 'undefined-name',
  severity: 'error',
  summary: 'A name is not declared in the rule set or the files it uses.',
  docs: `
A condition on a name nobody declares is unknown for every patient, and an effect on one says nothing. Correct the name, declare it, or add
the file that declares it to \`uses\`. A file is checked with what it uses itself, not with what the files that use it add.
`,

  find: ofRuleSet(subject => unresolvedNames(subject).filter(({ why }) => why === 'undefined')),

  say: ({ reference }, subject) => ({
    span: reference.name.span,
    message: `No ${wantedKind(reference)} ${quoted(reference.name.value)} is declared here${usedFiles(subject)}.${didYouMean(suggestion(reference, subject))} Correct the name, declare it, or add the file that declares it to “uses”.`,
    names: [writer(reference), reference.name.value],
  }),

  fix: ({ reference }, subject) => {
    const better = suggestion(reference, subject);
    if (better === undefined) return undefined;
    return { title: `Change to ${quoted(better)}`, edits: [{ span: reference.name.span, newText: JSON.stringify(better) }] };
  },
});

function suggestion(reference: Unresolved['reference'], subject: Subject): string | undefined {
  return subject.kind === 'rule-set' ? suggestionFor(subject.ruleSet, reference) : undefined;
}

function usedFiles(subject: Subject): string {
  const paths = subject.kind === 'rule-set' ? subject.own.uses.map(({ value }) => value) : [];
  return paths.length === 0 ? '' : ` or in ${listed(paths, 'and', 3)}`;
}

export const examples: Example[] = [
  {
    name: 'A slip of the pen',
    text: `
{ "facts": { "cord-compression": { "title": "Cord compression", "type": "boolean" } },
  "rules": [ { "id": "cord", "title": "Cord", "then": [ { "require": "cord-compression" } ],
    "when": { "fact": "cord-compresion", "is": true } } ] }
                      ^^^^^^^^^^^^^^^^^ error: No fact “cord-compresion” is declared here. Did you mean “cord-compression”? Correct the name, declare it, or add the file that declares it to “uses”.
`,
    fixed: `
{ "facts": { "cord-compression": { "title": "Cord compression", "type": "boolean" } },
  "rules": [ { "id": "cord", "title": "Cord", "then": [ { "require": "cord-compression" } ],
    "when": { "fact": "cord-compression", "is": true } } ] }
`,
  },
  {
    name: 'Nothing like it',
    text: `
{ "rules": [ { "id": "walk", "title": "Walk",
    "then": [ { "recommend": "walking" } ],
                             ^^^^^^^^^ error: No activity, intervention, assessment, referral or approval “walking” is declared here. Correct the name, declare it, or add the file that declares it to “uses”.
    "source": { "id": "guideline" } } ] }
                      ^^^^^^^^^^^ error: No source “guideline” is declared here. Correct the name, declare it, or add the file that declares it to “uses”.
`,
  },
  {
    name: 'Declared in a file it uses',
    text: `
{ "id": "main", "title": "Main", "version": "1.0.0", "uses": ["vocabulary.clinical.json"],
  "rules": [ { "id": "old", "title": "Old", "when": { "fact": "elderly", "is": true }, "then": [ { "avoid": "squat" } ] } ] }
`,
    files: {
      'vocabulary.clinical.json': `
{ "id": "vocabulary", "title": "Vocabulary", "version": "1.0.0", "role": "library",
  "activities": { "squat": { "title": "Squat" } },
  "facts": { "elderly": { "title": "Elderly", "type": "boolean" } } }
`,
    },
  },
];
