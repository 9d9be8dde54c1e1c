/** Rule sets and patients from JSON values or text, through the same readers that files go through. */
import { dirname, join, normalize } from 'node:path';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSet, RuleSetFile } from '../../server/src/model/rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';

/** A value as it is written in a file, or its text where the digits matter. */
export type Written = object | string;

export function ruleSetOf(written: Written): RuleSet {
  return linkRuleSet(readRuleSet(parseDocument(textOf(written)), 'test.clinical.json'), () => 'missing-file').ruleSet;
}

/** One file written anew, in a whole whose other files stay: those it uses stand beside it by their paths. */
export function linkedOf(written: Written, path: string, files: readonly RuleSetFile[]): RuleSet {
  const besides = (from: string, to: string) => files.find(({ file }) => file === normalize(join(dirname(from), to))) ?? 'missing-file';
  return linkRuleSet(readRuleSet(parseDocument(textOf(written)), path), (from, to) => besides(from.file, to.value)).ruleSet;
}

export function compiledOf(written: Written): CompiledRuleSet {
  return compile(ruleSetOf(written));
}

export function patientOf(written: Written): Patient {
  return readPatient(parseDocument(textOf(written)), 'test.patient.json');
}

export const NOON = '2026-11-22T12:00:00Z';

/** The outcome of a rule set for a patient, who is seen on 22 November 2026 at noon unless it says otherwise. */
export function outcomeOf(ruleSet: Written | CompiledRuleSet, patient: object, trace = false): Outcome {
  const compiled = typeof ruleSet === 'object' && 'layout' in ruleSet ? ruleSet : compiledOf(ruleSet);
  return evaluate(compiled, patientOf({ id: 'p', asOf: NOON, ...patient }), { trace });
}

function textOf(written: Written): string {
  return typeof written === 'string' ? written : JSON.stringify(written);
}
