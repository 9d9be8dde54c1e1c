/** A rule without which nothing changes for any patient. */
import type { Analysis } from '../../analysis/analyse.ts';
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, MOST_NAMED, MOST_RELATED, ofAnalysis } from '../define.ts';
import { listText, placeOf, ruleName } from '../telling.ts';

type Redundant = Analysis['redundant'][number];

interface Needless {
  readonly found: Redundant;
  readonly isTwin: boolean;
}

export const rule = defineRule<Needless>({
  code: 'redundant-rule',
  severity: 'information',
  analysed: true,
  summary: 'Without a rule nothing changes for any patient.',
  docs: `
Whatever this rule decides, forbids or advises, others do whenever it holds, also while not all is known of the patient: without it no decision, nothing that
may still be decided and no effect is different. That harms nobody now. But who changes one of the two later will miss the other, and often the rule was meant for other patients than
those it says. Correct its conditions, or remove it and name its source with the rule that stays.

Two rules that do the same are told once, at the later one. A rule that never holds, or whose value is never the answer, is told as that.
`,

  find: ofAnalysis(({ redundant }, { ruleSet, file }) => {
    const singles = bySingles(redundant);
    return redundant.flatMap(found => {
      const twin = twinOf(found, singles);
      return found.rule.file === file && !isFirst(found.rule, twin, ruleSet) ? [{ found, isTwin: twin !== undefined }] : [];
    });
  }),

  say: ({ found: { rule: needless, by }, isTwin }) => {
    const named = by.first(MOST_NAMED);
    const pointedAt = named.slice(0, MOST_RELATED);
    const names = pointedAt.map(ruleName);
    if (by.count > names.length) names.push(`${by.count - names.length} more`);
    const how = isTwin
      ? `it and ${names[0]} do the same whenever they hold, so that one of them is enough`
      : by.count === 1
        ? `whenever it holds, ${names[0]} does all that it does`
        : `whenever it holds, ${listText(names)} together do all that it does`;
    return {
      span: needless.idSpan,
      message: `Without ${ruleName(needless)} nothing changes for any patient: ${how}. Correct its conditions if it was meant for others; else remove it.`,
      names: [needless.id, ...named.map(({ id }) => id)],
      rules: by.idsWith(needless, 'first'),
      related: pointedAt.map(one => ({
        place: placeOf(one),
        message: isTwin ? `${ruleName(one)} does the same.` : `${ruleName(one)} does it too.`,
      })),
    };
  },

  restsOn: ({ found: { rule: needless, by }, isTwin }) => ({ at: needless, others: by, said: [isTwin] }),
});

/** By rule those that one other rule makes needless. */
function bySingles(all: readonly Redundant[]): ReadonlyMap<Rule, Rule> {
  return new Map(all.filter(({ by }) => by.count === 1).map(({ rule: own, by }) => [own, by.first(1)[0]!]));
}

/** The one other rule that is as needless beside this one as this one beside it. */
function twinOf({ rule: own }: Redundant, singles: ReadonlyMap<Rule, Rule>): Rule | undefined {
  const only = singles.get(own);
  return only && singles.get(only) === own ? only : undefined;
}

/** Of twins the later is told. */
function isFirst(own: Rule, twin: Rule | undefined, { rules }: RuleSet): boolean {
  if (!twin) return false;
  for (const one of rules.values()) if (one === own || one === twin) return one === own;
  return false;
}

export const examples: Example[] = [
  {
    name: 'A narrower rule that says the same',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "some", "title": "Some pain", "when": { "fact": "pain", "atLeast": 3 }, "then": [ { "require": "review" } ] },
    { "id": "much", "title": "Much pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "require": "review" } ] } ] }
            ^^^^^^ information: Without “Much pain” (much) nothing changes for any patient: whenever it holds, “Some pain” (some) does all that it does. Correct its conditions if it was meant for others; else remove it.
`,
  },
  {
    name: 'Two rules that do the same',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "much", "title": "Much pain", "when": { "fact": "pain", "above": 6 }, "then": [ { "require": "review" } ] },
    { "id": "severe", "title": "Severe pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "require": "review" } ] } ] }
            ^^^^^^^^ information: Without “Severe pain” (severe) nothing changes for any patient: it and “Much pain” (much) do the same whenever they hold, so that one of them is enough. Correct its conditions if it was meant for others; else remove it.
`,
  },
  {
    name: 'It says more',
    text: `
{ "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "assessments": { "review": { "title": "Review" } },
  "rules": [
    { "id": "some", "title": "Some pain", "when": { "fact": "pain", "atLeast": 3 }, "then": [ { "require": "review" } ] },
    { "id": "much", "title": "Much pain", "when": { "fact": "pain", "atLeast": 7 }, "then": [ { "require": "review", "every": "7 d" } ] } ] }
`,
  },
];
