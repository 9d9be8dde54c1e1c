/** An effect at the record's site, where the record has none; or a precaution without a group of records that have sites. */
import type { Name, RuleSet } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { walk } from '../walk.ts';
import { listed, quoted } from '../words.ts';

interface Nowhere {
  readonly kind: 'here' | 'precaution' | 'except';
  readonly span: Span;
  readonly owner: string;
  readonly located: readonly string[];
}

export const rule = defineRule<Nowhere>({
  code: 'here-without-site',
  severity: 'error',
  summary: 'An effect or precaution is meant for the site of a record, but the record has none.',
  docs: `
\`"at": "here"\` means the site and side of the record the rule is about, and a precaution is a rule of the one group whose records have a site: a fact
with \`"values": "sites"\`. Let the rule hold \`of\` that group, name the sites, or declare such a fact in one group.
`,

  find: ofRuleSet(function* (subject) {
    const { own, ruleSet } = subject;
    const located = locatedGroups(ruleSet);
    const only = ruleSet.locatedGroup?.id;
    for (const { id, precaution, idSpan } of own.rules.values())
      if (precaution && only === undefined) yield { kind: 'precaution', span: idSpan, owner: id, located };
    for (const { effect, rule } of walk(subject).effects) {
      if (effect.kind === 'decide') continue;
      const where = { owner: rule.id, located };
      if (effect.at.kind === 'here' && !rule.precaution && isElsewhere(rule.of, located))
        yield { kind: 'here', span: effect.at.span, ...where };
      if (effect.at.kind === 'below' && effect.at.except && isElsewhere(effect.at.except.group, located))
        yield { kind: 'except', span: effect.at.except.group.span, ...where };
    }
  }),

  say: ({ kind, span, owner, located }) => ({
    span,
    message: `${WORDS[kind](quoted(owner))}, so it is not clear where it holds. ${located.length === 0 ? 'Declare a group with a fact whose "values" are "sites".' : located.length === 1 ? `Only records of ${quoted(located[0]!)} have a site: let it be about them, or name the sites.` : `Several groups have a site (${listed(located)}): keep it in one of them.`}`,
    names: [owner, kind],
  }),
});

const WORDS: Readonly<Record<Nowhere['kind'], (owner: string) => string>> = {
  here: owner => `${owner} has an effect at the site of its record, but is about no record with a site`,
  precaution: owner => `The precaution ${owner} is about records with a site, but there is no single group of such records`,
  except: owner => `${owner} leaves out the sites of records that have none`,
};

function locatedGroups({ groups }: RuleSet): string[] {
  return [...groups.values()].filter(({ facts }) => [...facts.values()].some(({ values }) => values === 'sites')).map(({ id }) => id);
}

/** Of a group whose records have a site, even where several groups have. */
function isElsewhere(group: Name | undefined, located: readonly string[]): boolean {
  return group === undefined || !located.includes(group.value);
}

export const examples: Example[] = [
  {
    name: 'No record, no site',
    text: `
{ "rules": [ { "id": "rest", "title": "Rest", "then": [
    { "avoid": "loading", "at": "here" } ] } ],
                                ^^^^^^ error: “rest” has an effect at the site of its record, but is about no record with a site, so it is not clear where it holds. Declare a group with a fact whose "values" are "sites".
  "precautions": [
    { "id": "hip", "title": "Hip", "site": "femur", "then": [ { "avoid": "loading", "at": "here" } ] } ] }
            ^^^^^ error: The precaution “hip” is about records with a site, but there is no single group of such records, so it is not clear where it holds. Declare a group with a fact whose "values" are "sites".
`,
  },
  {
    name: 'Records with a site',
    text: `
{ "groups": { "lesions": { "title": "Lesion", "facts": { "site": { "title": "Site", "type": "code", "values": "sites" } } } },
  "rules": [ { "id": "rest", "title": "Rest", "of": "lesions", "then": [ { "avoid": "loading", "at": "here" } ] } ],
  "precautions": [ { "id": "hip", "title": "Hip", "site": "femur", "then": [ { "avoid": "loading", "at": "here" } ] } ] }
`,
  },
];
