/** Something a patient file records under a name that the rule sets do not declare there. */

import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient, type PatientSubject } from '../define.ts';
import { recordedFacts, recordedOptions, recordedScores } from '../recorded.ts';
import { isDerived } from '../scope.ts';
import { didYouMean, nearest, quoted } from '../words.ts';

interface Unknown {
  readonly path: string;
  readonly span: Span;
  readonly name: string;
  readonly kind: 'fact' | 'group' | 'score' | 'component';
  /** Why it does not belong here, where that can be said. */
  readonly why: string | undefined;
  readonly candidates: readonly string[];
}

export const rule = defineRule<Unknown>({
  code: 'patient-unknown-name',
  severity: 'error',
  summary: 'A patient file records something under a name its rule sets do not declare.',
  docs: `
What is recorded under an unknown name is not seen by any rule: the patient would be judged as if it were missing. Correct the name, move the value
to where it belongs (facts of a lesion stand in its record), or name the rule set that declares it under \`for\`.
`,

  find: ofPatient(function* (subject) {
    if (subject.ruleSets.length === 0) return;
    yield* unknownFacts(subject);
    yield* unknownGroups(subject);
    yield* unknownScores(subject);
  }),

  say: ({ path, span, name, kind, why, candidates }) => ({
    span,
    message: `${why ?? `The rule sets of this patient declare no ${kind} ${quoted(name)} here`}, so no rule sees it.${why ? '' : didYouMean(nearest(name, candidates))} ${why ? 'Record it where it belongs.' : 'Correct the name, or add the rule set that declares it to “for”.'}`,
    names: [path],
  }),

  fix: ({ span, name, why, candidates }) => {
    const better = why === undefined ? nearest(name, candidates) : undefined;
    return better === undefined ? undefined : { title: `Change to ${quoted(better)}`, edits: [{ span, newText: JSON.stringify(better) }] };
  },
});

function* unknownFacts(subject: PatientSubject): Generator<Unknown> {
  const { ruleSets } = subject;
  for (const { recorded, path, group, fact } of recordedFacts(subject)) {
    if (group !== undefined && !ruleSets.some(({ groups }) => groups.has(group))) continue;
    if (fact && !isDerived(fact)) continue;
    const { id: name, idSpan: span } = recorded;
    const why = fact ? `${quoted(name)} is derived from other facts and cannot be recorded` : elsewhere(name, group, ruleSets);
    const candidates = ruleSets.flatMap(({ facts, groups }) => [
      ...(group === undefined ? facts : (groups.get(group)?.facts ?? new Map())).keys(),
    ]);
    yield { path, span, name, kind: 'fact', why, candidates };
  }
}

/** Where the name is a fact of the patient, or of another group. */
function elsewhere(name: string, group: string | undefined, ruleSets: PatientSubject['ruleSets']): string | undefined {
  for (const { facts, groups } of ruleSets) {
    if (group !== undefined && facts.has(name)) return `${quoted(name)} is a fact of the patient, not of a record`;
    for (const other of groups.values())
      if (other.facts.has(name)) return `${quoted(name)} is a fact of each record of ${quoted(other.id)}`;
  }
  return undefined;
}

function* unknownGroups({ own, ruleSets }: PatientSubject): Generator<Unknown> {
  for (const { id: name, idSpan: span } of own.groups.values()) {
    if (ruleSets.some(({ groups }) => groups.has(name))) continue;
    yield { path: name, span, name, kind: 'group', why: undefined, candidates: ruleSets.flatMap(({ groups }) => [...groups.keys()]) };
  }
}

function* unknownScores(subject: PatientSubject): Generator<Unknown> {
  const scores = subject.ruleSets.flatMap(ruleSet => [...ruleSet.scores.values()]);
  for (const { recorded, path, group, score } of recordedScores(subject)) {
    if (score) continue;
    const { id: name, idSpan: span } = recorded;
    const other = scores.find(({ id }) => id === name);
    const why =
      other &&
      (other.of
        ? `${quoted(name)} is scored for each record of ${quoted(other.of.value)}`
        : `${quoted(name)} is scored for the patient, not for a record`);
    const candidates = scores.filter(({ of }) => of?.value === group).map(({ id }) => id);
    yield { path, span, name, kind: 'score', why, candidates };
  }
  for (const { recorded, path, score, component } of recordedOptions(subject)) {
    const { id: name, idSpan: span } = recorded;
    if (component?.how === undefined ? component : component.how.kind === 'options' && !component.how.from) continue;
    const why = component && `The points of ${quoted(name)} follow from other facts and cannot be recorded`;
    yield { path, span, name, kind: 'component', why, candidates: [...score.components.keys()] };
  }
}

const ruleSet = `{ "id": "spine", "title": "Spine", "version": "1.0.0",
  "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "stabilised": { "title": "Stabilised", "type": "boolean" } } } },
  "scores": { "sins": { "title": "SINS", "of": "lesions", "components": {
    "pain": { "title": "Pain", "options": { "none": 0, "mechanical": 3 } } } } } }`;

export const examples: Example[] = [
  {
    name: 'A misspelt fact, and facts in the wrong place',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["spine.clinical.json"],
  "facts": {
    "agee": { "value": 70, "unit": "a" },
    ^^^^^^ error: The rule sets of this patient declare no fact “agee” here, so no rule sees it. Did you mean “age”? Correct the name, or add the rule set that declares it to “for”.
    "stabilised": true },
    ^^^^^^^^^^^^ error: “stabilised” is a fact of each record of “lesions”, so no rule sees it. Record it where it belongs.
  "groups": { "lesions": { "records": [ { "id": "a", "scores": { "sins": { "on": "2026-11-22", "options": {
    "pian": "none" } } } } ] } } }
    ^^^^^^ error: The rule sets of this patient declare no component “pian” here, so no rule sees it. Did you mean “pain”? Correct the name, or add the rule set that declares it to “for”.
`,
    files: { 'spine.clinical.json': ruleSet },
  },
  {
    name: 'Everything where it is declared',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["spine.clinical.json"],
  "facts": { "age": { "value": 70, "unit": "a" } },
  "groups": { "lesions": { "records": [ { "id": "a", "facts": { "stabilised": true },
    "scores": { "sins": { "on": "2026-11-22", "options": { "pain": "none" } } } } ] } } }
`,
    files: { 'spine.clinical.json': ruleSet },
  },
];
