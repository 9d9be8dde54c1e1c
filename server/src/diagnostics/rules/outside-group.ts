/** A fact or score of a group's records, used where no record of that group is in sight. */
import type { Name } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet, type RuleSetSubject } from '../define.ts';
import { factOfThreshold, factsNamed } from '../scope.ts';
import { unresolvedNames, writer } from '../unresolved.ts';
import { ownerOf, walk } from '../walk.ts';
import { quoted } from '../words.ts';

interface Outside {
  readonly name: Name;
  readonly kind: 'fact' | 'score' | 'threshold';
  readonly owner: string;
  readonly group: string;
  readonly inSight: string | undefined;
}

export const rule = defineRule<Outside>({
  code: 'outside-group',
  severity: 'error',
  summary: 'A fact or score of a record is used where no such record is in sight.',
  docs: `
A patient may have several lesions, and each has its own site and score. Outside a record it is not clear which one is meant, so the condition is
unknown. Let the rule hold \`of\` the group, for each record by itself, or ask by \`some\`, \`every\`, \`none\` or \`count\` with a \`where\`. A
\`where\` sees its own record and the patient, not the record the rule is about.
`,

  find: ofRuleSet(function* (subject) {
    for (const { reference, why, other } of unresolvedNames(subject)) {
      const group = other?.group;
      if (why === 'outside-group' && group !== undefined)
        yield { name: reference.name, kind: 'fact', owner: writer(reference), group, inSight: reference.group };
    }
    yield* ofScores(subject);
    yield* ofThresholds(subject);
  }),

  say: ({ name, kind, owner, group, inSight }) => ({
    span: name.span,
    message: `The ${kind} ${quoted(name.value)} is one of each record of ${quoted(group)}, but ${inSight === undefined ? 'no record is' : `only a record of ${quoted(inSight)} is`} in sight here, so it is not clear which is meant. Let the rule hold "of" ${quoted(group)}, or ask by "some" or "every" with "where".`,
    names: [owner, name.value],
  }),
});

function* ofScores(subject: RuleSetSubject): Generator<Outside> {
  for (const { condition, spot } of walk(subject).scoreConditions) {
    const group = subject.ruleSet.scores.get(condition.score.value)?.of?.value;
    if (group !== undefined && group !== spot.group)
      yield { name: condition.score, kind: 'score', owner: ownerOf(spot), group, inSight: spot.group };
  }
}

function* ofThresholds(subject: RuleSetSubject): Generator<Outside> {
  for (const { condition, spot } of walk(subject).thresholds) {
    const fact = subject.ruleSet.thresholds.get(condition.threshold.value)?.fact;
    const group = fact && factOfThreshold(subject.ruleSet, fact.value)?.group;
    if (group === undefined || group === spot.group || !fact) continue;
    const inSight = factsNamed(subject.ruleSet, fact.value).some(other => other.group === spot.group);
    if (!inSight) yield { name: condition.threshold, kind: 'threshold', owner: ownerOf(spot), group, inSight: spot.group };
  }
}

export const examples: Example[] = [
  {
    name: 'Which lesion?',
    text: `
{ "groups": { "lesions": { "title": "Lesion", "facts": { "stabilised": { "title": "Stabilised", "type": "boolean" } } } },
  "scores": { "sins": { "title": "SINS", "of": "lesions", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } } } },
  "rules": [ { "id": "free", "title": "Free", "then": [ { "require": "review" } ], "when": { "any": [
    { "fact": "stabilised", "is": true },
              ^^^^^^^^^^^^ error: The fact “stabilised” is one of each record of “lesions”, but no record is in sight here, so it is not clear which is meant. Let the rule hold "of" “lesions”, or ask by "some" or "every" with "where".
    { "score": "sins", "applies": false } ] } } ] }
               ^^^^^^ error: The score “sins” is one of each record of “lesions”, but no record is in sight here, so it is not clear which is meant. Let the rule hold "of" “lesions”, or ask by "some" or "every" with "where".
`,
  },
  {
    name: 'Each record, or some record',
    text: `
{ "groups": { "lesions": { "title": "Lesion", "facts": { "stabilised": { "title": "Stabilised", "type": "boolean" } } } },
  "rules": [
    { "id": "each", "title": "Each", "of": "lesions", "when": { "fact": "stabilised", "is": true }, "then": [ { "require": "review" } ] },
    { "id": "some", "title": "Some", "when": { "some": "lesions", "where": { "fact": "stabilised", "is": true } }, "then": [ { "require": "review" } ] } ] }
`,
  },
];
