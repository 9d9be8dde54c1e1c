/** Sites of the body that no rule, precaution or score speaks of. */
import { siteHierarchy } from '../../model/hierarchy.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis } from '../define.ts';
import { listText, placeOf, siteTitle } from '../telling.ts';

interface Uncovered {
  /** The widest sites of which no part is spoken of. */
  readonly sites: readonly string[];
  readonly leaves: number;
  readonly ruleSet: RuleSet;
}

export const rule = defineRule<Uncovered>({
  code: 'missing-precaution',
  severity: 'warning',
  analysed: true,
  summary: 'A site has no rule, precaution or score of its own.',
  docs: `
In a rule set that says it is \`complete\`, every site should be spoken of: by a precaution, by a rule that asks for it, or by a score made there. A rule for every
record, wherever it lies, speaks of no site. A lesion in such a site gets the advice for any lesion and nothing else. Add a precaution or a rule, or leave the site out of \`sites\`.
`,

  find: ofAnalysis(({ uncoveredSites }, { ruleSet, file }) =>
    ruleSet.root.file === file && uncoveredSites.length > 0
      ? [{ sites: widest(ruleSet, uncoveredSites), leaves: uncoveredSites.length, ruleSet }]
      : [],
  ),

  say: ({ sites, leaves, ruleSet }) => {
    const said = listText(sites.map(site => siteTitle(ruleSet, site)));
    const more = leaves > sites.length ? ` (${leaves} sites in all)` : '';
    return {
      span: ruleSet.root.id?.span ?? { start: 0, end: 0 },
      message: `No rule, precaution or score speaks of ${said}${more}. A lesion there gets no advice of its own. Add a precaution or a rule.`,
      names: sites,
      related: sites.flatMap(site => {
        const declared = ruleSet.sites.get(site);
        return declared ? [{ place: placeOf(declared), message: `The site “${declared.title ?? site}”.` }] : [];
      }),
    };
  },
});

/** Each site is told as the highest one of which nothing is spoken of. */
function widest(ruleSet: RuleSet, leaves: readonly string[]): string[] {
  const hierarchy = siteHierarchy(ruleSet);
  const uncovered = new Set(leaves);
  const isWhole = (site: string) => hierarchy.leavesBelow(site).every(leaf => uncovered.has(leaf));
  const whole = hierarchy.ids.filter(isWhole);
  return whole.filter(site => ![...hierarchy.above(site)].some(other => other !== site && isWhole(other)));
}

const SITES = `"sites": { "spine": { "title": "Spine" }, "L3": { "title": "L3", "partOf": "spine" }, "L4": { "title": "L4", "partOf": "spine" }, "rib": { "title": "Rib" } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "site": { "title": "Site", "type": "code", "values": "sites" } } } },
  "assessments": { "imaging": { "title": "Imaging" } }`;

export const examples: Example[] = [
  {
    name: 'Nobody speaks of the ribs',
    text: `
{ "id": "lesions", "complete": true,
        ^^^^^^^^^ warning: No rule, precaution or score speaks of rib. A lesion there gets no advice of its own. Add a precaution or a rule.
  ${SITES},
  "precautions": [ { "id": "spine", "title": "Spine", "site": "spine", "then": [ { "require": "imaging" } ] } ] }
`,
  },
  {
    name: 'Every site is spoken of',
    text: `
{ "id": "lesions", "complete": true,
  ${SITES},
  "precautions": [ { "id": "spine", "title": "Spine", "site": ["spine", "rib"], "then": [ { "require": "imaging" } ] } ] }
`,
  },
];
