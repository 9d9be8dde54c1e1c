/** A required fact that the patient lacks. */
import type { PatientRecord } from '../../model/patient.ts';
import type { Fact } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient, type PatientSubject } from '../define.ts';
import { quoted } from '../words.ts';

interface Missing {
  readonly fact: Fact;
  readonly path: string;
  readonly span: Span;
}

export const rule = defineRule<Missing>({
  code: 'patient-required-missing',
  severity: 'warning',
  summary: 'The patient lacks a fact that the rule set requires.',
  docs: `
A fact declared as \`required\` is expected of every patient. It counts as unknown here, so what depends on it stays undetermined. Record it, or
take the requirement back if it is truly not always known.
`,

  find: ofPatient(function* (subject) {
    // What others extend need not be whole by itself.
    if (subject.own.for.length === 0 && subject.own.extends === undefined) return;
    const seen = new Set<string>();
    for (const missing of missingFacts(subject)) {
      if (seen.has(missing.path)) continue;
      seen.add(missing.path);
      yield missing;
    }
  }),

  say: ({ fact, path, span }) => ({
    span,
    message: `${quoted(fact.id)} is required and not recorded, so what depends on it stays undetermined. Record it, or do not require it.`,
    names: [path],
    related: [{ place: { file: fact.file, span: fact.idSpan }, message: `${quoted(fact.id)} is required here.` }],
  }),
});

function* missingFacts({ own, patient, ruleSets, document, file }: PatientSubject): Generator<Missing> {
  const start = document.root?.start ?? 0;
  const top = own.id?.span ?? { start, end: start + 1 };
  for (const { facts, groups } of ruleSets) {
    for (const fact of facts.values()) if (fact.required && isAbsent(patient.facts, fact)) yield { fact, path: fact.id, span: top };
    for (const group of groups.values()) {
      const records = patient.groups.get(group.id)?.records ?? [];
      for (const fact of group.facts.values())
        if (fact.required)
          for (const record of records) if (isAbsent(record.facts, fact)) yield { fact, ...placeIn(record, group.id, fact, file, top) };
    }
  }
}

/** The record itself where this file writes it. */
function placeIn(record: PatientRecord, group: string, { id }: Fact, file: string, top: Span): Omit<Missing, 'fact'> {
  return { path: `${group}.${record.id}.${id}`, span: record.file === file ? record.idSpan : top };
}

function isAbsent(facts: ReadonlyMap<string, { readonly values: readonly unknown[] }>, { id }: Fact): boolean {
  return (facts.get(id)?.values.length ?? 0) === 0;
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "facts": { "paralysed": { "title": "Paralysed", "type": "boolean", "required": true } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "treated": { "title": "Treated", "type": "boolean", "required": true } } } } }`;

export const examples: Example[] = [
  {
    name: 'Of the patient, and of a record',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
        ^^^ warning: “paralysed” is required and not recorded, so what depends on it stays undetermined. Record it, or do not require it.
  "groups": { "lesions": { "records": [
    { "id": "a", "facts": {} } ] } } }
            ^^^ warning: “treated” is required and not recorded, so what depends on it stays undetermined. Record it, or do not require it.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'Recorded in the patient it extends',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "extends": "base.patient.json", "for": ["rules.clinical.json"] }
`,
    files: {
      'rules.clinical.json': ruleSet,
      'base.patient.json': '{ "id": "base", "title": "Base", "asOf": "2026-11-22", "facts": { "paralysed": false } }',
    },
  },
];
