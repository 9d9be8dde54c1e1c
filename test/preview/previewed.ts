/** Runs a sample patient through a rule set, both written as plain objects, and gives the preview. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { previewAnswerOf, previewOf } from '../../server/src/features/preview.ts';
import type { Preview, PreviewFirst } from '../../server/src/features/preview-model.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { LineIndex } from '../../server/src/text/line-index.ts';
import type { Place } from '../../server/src/text/span.ts';

type Written = Readonly<Record<string, unknown>>;

const HEAD = { id: 'rules', title: 'Rules', version: '1.0.0', status: 'active' };
const PATIENT_HEAD = { id: 'patient', title: 'A patient', asOf: '2026-11-22T12:00:00Z' };

/** One item a line, so that links go to lines a test can name. */
export function previewed(ruleSet: Written, patient: Written): Preview {
  const texts = new Map([
    ['rules.clinical.json', JSON.stringify({ ...HEAD, ...ruleSet }, null, 1)],
    ['a.patient.json', JSON.stringify({ ...PATIENT_HEAD, ...patient }, null, 1)],
  ]);
  const read = readRuleSet(parseDocument(texts.get('rules.clinical.json')!), 'rules.clinical.json');
  const linked = linkRuleSet(read, () => 'missing-file').ruleSet;
  return previewFor(linked, readPatient(parseDocument(texts.get('a.patient.json')!), 'a.patient.json'), file => texts.get(file)!);
}

export function previewFor(ruleSet: RuleSet, patient: Patient, textOf: (file: string) => string): Preview {
  const outcome = evaluate(compile(ruleSet), patient, { trace: true });
  return previewOf({ ruleSet, patient, outcome, link: linksIn(textOf) });
}

/** What is told of a change before all the rest. */
export function previewFirstFor(ruleSet: RuleSet, patient: Patient, textOf: (file: string) => string): PreviewFirst {
  const outcome = evaluate(compile(ruleSet), patient, { trace: 'deciding', missing: false });
  return previewAnswerOf({ ruleSet, patient, outcome, link: linksIn(textOf) });
}

function linksIn(textOf: (file: string) => string) {
  return ({ file, span }: Place) => ({ uri: file, range: new LineIndex(textOf(file)).range(span) });
}

const texts = new Map<string, string>();

/** The text of a file on disk, read once. */
export function textOfFile(path: string): string {
  if (!texts.has(path)) texts.set(path, readFileSync(path, 'utf8'));
  return texts.get(path)!;
}

export function ruleSetFile(path: string): RuleSet {
  const read = (file: string) => readRuleSet(parseDocument(textOfFile(file)), file);
  return linkRuleSet(read(resolve(path)), (from, { value }) => read(resolve(dirname(from.file), value))).ruleSet;
}

export function patientFile(path: string): Patient {
  const own = readPatient(parseDocument(textOfFile(path)), path);
  return own.extends ? extendPatient(own, patientFile(resolve(dirname(path), own.extends.value))) : own;
}
