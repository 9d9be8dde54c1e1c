/** A recorded code or option that is not on its list. */
import { isCoded } from '../../analysis/fact-values.ts';
import { valueHierarchy } from '../../model/hierarchy.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { recordedOptions, recordedValues } from '../recorded.ts';
import { didYouMean, listed, nearest, quoted } from '../words.ts';

interface Unknown {
  readonly path: string;
  readonly span: Span;
  readonly value: string;
  readonly of: string;
  readonly values: readonly string[];
}

export const rule = defineRule<Unknown>({
  code: 'patient-unknown-value',
  severity: 'error',
  summary: 'A recorded value is not one that its fact or component has.',
  docs: `
No condition knows such a value, so it counts as not recorded. Correct it, or add it to the list in the rule set.
`,

  find: ofPatient(function* (subject) {
    for (const { fact, ruleSet, value, path } of recordedValues(subject)) {
      if (!isCoded(fact) || typeof value.value !== 'string') continue;
      const values = valueHierarchy(fact, ruleSet);
      if (!values.has(value.value)) yield { path, span: value.span, value: value.value, of: fact.id, values: values.ids };
    }
    for (const { recorded, path, component } of recordedOptions(subject)) {
      const { how } = component ?? {};
      if (how?.kind !== 'options') continue;
      for (const { value, span } of recorded.values) {
        if (typeof value === 'string' && (how.options.has(value) || how.undefinedOptions.has(value))) continue;
        yield { path, span, value: `${value}`, of: recorded.id, values: [...how.options.keys(), ...how.undefinedOptions.keys()] };
      }
    }
  }),

  say: ({ path, span, value, of, values }) => ({
    span,
    message: `${quoted(value)} is not a value of ${quoted(of)}, so it counts as not recorded.${help(value, values)} Correct it, or add it to the rule set.`,
    names: [path, value],
  }),

  fix: ({ span, value, values }) => {
    const better = nearest(value, values);
    return better === undefined ? undefined : { title: `Change to ${quoted(better)}`, edits: [{ span, newText: JSON.stringify(better) }] };
  },
});

function help(value: string, values: readonly string[]): string {
  const near = nearest(value, values);
  return near !== undefined ? didYouMean(near) : values.length > 0 ? ` There ${values.length === 1 ? 'is' : 'are'} ${listed(values)}.` : '';
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "facts": { "sex": { "title": "Sex", "type": "code", "values": ["female", "male"] } },
  "scores": { "pain": { "title": "Pain", "components": {
    "pain": { "title": "Pain", "options": { "none": 0, "mechanical": 3 }, "undefined": { "refused": "No points." } } } } } }`;

export const examples: Example[] = [
  {
    name: 'Not on the list',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": {
    "sex": "femal" },
           ^^^^^^^ error: “femal” is not a value of “sex”, so it counts as not recorded. Did you mean “female”? Correct it, or add it to the rule set.
  "scores": { "pain": { "on": "2026-11-22", "options": {
    "pain": "terrible" } } } }
            ^^^^^^^^^^ error: “terrible” is not a value of “pain”, so it counts as not recorded. There are “none”, “mechanical” and “refused”. Correct it, or add it to the rule set.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'On the list',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "sex": "female" },
  "scores": { "pain": { "on": "2026-11-22", "options": { "pain": { "oneOf": ["none", "refused"] } } } } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
