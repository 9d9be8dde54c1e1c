/** A side recorded for a site that has none. */
import { siteHierarchy } from '../../model/hierarchy.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { withoutProperty } from '../form.ts';
import { type RecordedFact, recordedFacts } from '../recorded.ts';
import { quoted } from '../words.ts';

interface Sided extends RecordedFact {
  readonly site: string;
}

export const rule = defineRule<Sided>({
  code: 'patient-side-on-unpaired-site',
  severity: 'warning',
  summary: 'A side is recorded for a site that is not paired.',
  docs: `
Only paired sites have a left and a right. Either the site is wrong, or the side is; or the site lacks \`"paired": true\` in the vocabulary.
`,

  find: ofPatient(function* (subject) {
    for (const entry of recordedFacts(subject)) {
      const { fact, ruleSet, record } = entry;
      if (fact?.type !== 'side' || !ruleSet || !record || entry.recorded.values.length === 0) continue;
      const siteFact = [...(ruleSet.groups.get(entry.group ?? '')?.facts.values() ?? [])].find(({ values }) => values === 'sites');
      const sites = siteFact ? (record.facts.get(siteFact.id)?.values ?? []) : [];
      const site = sites[0]?.value;
      if (typeof site === 'string' && sites.every(({ value }) => isUnpaired(value, ruleSet))) yield { ...entry, site };
    }
  }),

  say: ({ recorded, path, site }) => ({
    span: recorded.span,
    message: `${quoted(site)} has no left and right, so one of the two is mistaken and precautions may be shown at the wrong place. Correct the site or leave the side out, or declare the site as paired.`,
    names: [path],
  }),

  fix: ({ recorded }, subject) => {
    const edits = withoutProperty(recorded.span, subject);
    return edits && { title: 'Leave the side out', edits };
  },
});

/** Neither the site, nor what it is part of, nor anything below it is paired. An undeclared site is told elsewhere. */
function isUnpaired(site: unknown, ruleSet: RuleSet): boolean {
  if (typeof site !== 'string' || !ruleSet.sites.has(site)) return false;
  const sites = siteHierarchy(ruleSet);
  const around = [
    ...sites.above(site),
    ...sites.leavesBelow(site).flatMap(leaf => [...sites.above(leaf)].filter(id => sites.isBelow(id, site))),
  ];
  return !around.some(id => ruleSet.sites.get(id)?.paired);
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "sites": { "femur": { "title": "Femur", "paired": true }, "neck": { "title": "Neck of the femur", "partOf": "femur" }, "sternum": { "title": "Sternum" } },
  "groups": { "lesions": { "title": "Lesion", "facts": {
    "site": { "title": "Site", "type": "code", "values": "sites" }, "side": { "title": "Side", "type": "side" } } } } }`;

export const examples: Example[] = [
  {
    name: 'The left sternum',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "groups": { "lesions": { "records": [ { "id": "a", "facts": { "site": "sternum",
    "side": "left" } } ] } } }
            ^^^^^^ warning: “sternum” has no left and right, so one of the two is mistaken and precautions may be shown at the wrong place. Correct the site or leave the side out, or declare the site as paired.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'The neck of the left femur',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "groups": { "lesions": { "records": [ { "id": "a", "facts": { "site": "neck", "side": "left" } } ] } } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
