/** A name of one kind of thing where another kind must stand. */
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { type Unresolved, unresolvedNames, wantedKind, writer } from '../unresolved.ts';
import { quoted, withArticle } from '../words.ts';

export const rule = defineRule<Unresolved>({
  code: 'wrong-kind',
  severity: 'error',
  summary: 'A name stands for another kind of thing than is needed here.',
  docs: `
The name is declared, but as something else: a score is not tested by \`"fact"\`, a fact is not recommended. Use the key that fits the name, or
the name of the right kind.
`,

  find: ofRuleSet(subject => unresolvedNames(subject).filter(({ why }) => why === 'wrong-kind')),

  say: ({ reference, other }) => ({
    span: reference.name.span,
    message: `${quoted(reference.name.value)} is ${withArticle(other!.kind)}, but ${withArticle(wantedKind(reference))} must stand here, so this says nothing. Use the key that fits the name, or another name.`,
    names: [writer(reference), reference.name.value],
    related: [
      { place: { file: other!.item.file, span: other!.item.idSpan }, message: `${quoted(reference.name.value)} is declared here.` },
    ],
  }),
});

export const examples: Example[] = [
  {
    name: 'A score is no fact, a fact no activity',
    text: `
{ "facts": { "walks": { "title": "Walks", "type": "boolean" } },
  "scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } } } },
  "rules": [ { "id": "spine", "title": "Spine",
    "when": { "fact": "sins", "atLeast": 13 },
                      ^^^^^^ error: “sins” is a score, but a fact must stand here, so this says nothing. Use the key that fits the name, or another name.
    "then": [ { "recommend": "walks" } ] } ] }
                             ^^^^^^^ error: “walks” is a fact, but an activity, intervention, assessment, referral or approval must stand here, so this says nothing. Use the key that fits the name, or another name.
`,
  },
  {
    name: 'A required input may be a fact or a score',
    text: `
{ "scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } } } },
  "rules": [ { "id": "score-it", "title": "Score it", "then": [ { "require": "sins" } ] } ] }
`,
  },
];
