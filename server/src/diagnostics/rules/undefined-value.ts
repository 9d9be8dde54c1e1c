/** A value, band or place that is not on the list it must come from. */
import type { Reference } from '../../model/names.ts';
import { defineRule, type Example, ofRuleSet, type Subject } from '../define.ts';
import { candidates, suggestionFor, type Unresolved, unresolvedNames, writer } from '../unresolved.ts';
import { didYouMean, listed, quoted } from '../words.ts';

export const rule = defineRule<Unresolved>({
  code: 'undefined-value',
  severity: 'error',
  summary: 'A value is not one of those that its fact, score, decision or parameter has.',
  docs: `
Values come from closed lists: the \`values\` of a code or a decision, the bands of a score, the \`order\` of a parameter. No patient has a value
that is not on the list, so a condition on it never holds, and a rule that decides it decides nothing. Correct the value, or add it to the list.
`,

  find: ofRuleSet(subject => unresolvedNames(subject).filter(({ why }) => why === 'undefined-value')),

  say: ({ reference }, subject) => ({
    span: reference.name.span,
    message: `${quoted(reference.name.value)} is not ${ownerWords(reference)}.${help(reference, subject)} Correct it, or add it to the list.`,
    names: [writer(reference), reference.name.value],
  }),

  fix: ({ reference }, subject) => {
    const better = subject.kind === 'rule-set' ? suggestionFor(subject.ruleSet, reference) : undefined;
    if (better === undefined) return undefined;
    return { title: `Change to ${quoted(better)}`, edits: [{ span: reference.name.span, newText: JSON.stringify(better) }] };
  },
});

function ownerWords({ to }: Reference): string {
  switch (to.kind) {
    case 'value':
      return `a value of ${quoted(to.fact.value)}, so no patient ever has it`;
    case 'band':
      return `a band of ${quoted(to.score.value)}, so no total ever falls in it`;
    case 'decision-value':
      return `a value of ${quoted(to.decision.value)}, so it can never be the answer`;
    case 'place':
      return `a place on the order of ${quoted(to.parameter.value)}, so it says nothing`;
    default:
      return 'a value';
  }
}

/** The nearest value, or the whole list where none is near. */
function help(reference: Reference, subject: Subject): string {
  if (subject.kind !== 'rule-set') return '';
  const suggestion = suggestionFor(subject.ruleSet, reference);
  if (suggestion !== undefined) return didYouMean(suggestion);
  const all = candidates(subject.ruleSet, reference);
  return all.length === 0 ? '' : ` There ${all.length === 1 ? 'is' : 'are'} ${listed(all)}.`;
}

export const examples: Example[] = [
  {
    name: 'A value nobody has',
    text: `
{ "facts": { "primary": { "title": "Primary tumour", "type": "code", "values": ["breast", "lung", "prostate"] } },
  "decisions": { "clearance": { "title": "Clearance", "values": ["contraindicated", "proceed"], "resolve": "strictest" } },
  "rules": [ { "id": "breast", "title": "Breast",
    "when": { "fact": "primary", "is": "brest" },
                                       ^^^^^^^ error: “brest” is not a value of “primary”, so no patient ever has it. Did you mean “breast”? Correct it, or add it to the list.
    "then": [ { "decide": "clearance", "as": "maybe" } ] } ] }
                                             ^^^^^^^ error: “maybe” is not a value of “clearance”, so it can never be the answer. There are “contraindicated” and “proceed”. Correct it, or add it to the list.
`,
  },
  {
    name: 'A band misspelt',
    text: `
{ "scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bands": { "stable": { "atMost": 6 }, "unstable": { "atLeast": 13 } } } },
  "rules": [ { "id": "unstable", "title": "Unstable", "then": [ { "require": "review" } ],
    "when": { "score": "sins", "in": ["instable"] } } ] }
                                      ^^^^^^^^^^ error: “instable” is not a band of “sins”, so no total ever falls in it. Did you mean “unstable”? Correct it, or add it to the list.
`,
    fixed: `
{ "scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bands": { "stable": { "atMost": 6 }, "unstable": { "atLeast": 13 } } } },
  "rules": [ { "id": "unstable", "title": "Unstable", "then": [ { "require": "review" } ],
    "when": { "score": "sins", "in": ["unstable"] } } ] }
`,
  },
  {
    name: 'Values of the vocabulary',
    text: `
{ "sites": { "spine": { "title": "Spine" }, "L3": { "title": "Third lumbar vertebra", "partOf": "spine" } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "site": { "title": "Site", "type": "code", "values": "sites" } } } },
  "rules": [ { "id": "spine", "title": "Spine", "of": "lesions", "when": { "fact": "site", "in": ["spine", "L3"] }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
