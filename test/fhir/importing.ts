/** Imports into the samples for tests: what came out as plain values, and a workspace to check and run it in. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { importBundle } from '../../server/src/importing/import-bundle.ts';
import type { Imported } from '../../server/src/importing/report.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { samples } from '../support/sample-workspace.ts';

const workspace = samples();
const RULE_SET = workspace.known().find(file => file.endsWith('/pt-approaches.clinical.json'))!;

export const ruleSet: RuleSet = workspace.linked(RULE_SET)!.ruleSet;

export interface PatientJson {
  readonly id: string;
  readonly asOf: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly scores?: Readonly<Record<string, unknown>>;
  readonly groups: Readonly<Record<string, { readonly complete: boolean; readonly records: readonly RecordJson[] }>>;
}

interface RecordJson {
  readonly id: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export const TARGET = { ruleSet: 'pt-approaches.clinical.json' };

export async function imported(text: string, asOf?: string): Promise<Imported> {
  const result = await importBundle(ruleSet, text, TARGET, asOf);
  for (const { text: patient } of result.patients) sound(patient);
  return result;
}

export async function only(text: string, asOf?: string) {
  const { patients } = await imported(text, asOf);
  assert.equal(patients.length, 1);
  return { ...patients[0]!, json: JSON.parse(patients[0]!.text) as PatientJson };
}

/** The facts that all five documents together know of the one patient. */
export async function knownToAll(text: string): Promise<PatientJson['facts']> {
  const allFive = workspace.linked(RULE_SET.replace(/[^/]*$/, 'all-five.clinical.json'))!.ruleSet;
  const { patients } = await importBundle(allFive, text, { ruleSet: 'all-five.clinical.json' });
  assert.equal(patients.length, 1);
  return (JSON.parse(patients[0]!.text) as PatientJson).facts;
}

/** The reasons told for what was left out. */
export async function reasons(text: string): Promise<string[]> {
  return (await only(text)).leftOut.map(({ why }) => why);
}

let count = 0;

/** No finding of the patient's file is an error or a warning, but for what is required and not in the bundle; and the evaluator runs it. */
export function sound(text: string): void {
  const file = RULE_SET.replace(/[^/]*$/, `patients/imported-${count++}.patient.json`);
  workspace.setText(file, text.replace(`"${TARGET.ruleSet}"`, '"../pt-approaches.clinical.json"'));
  const subject = workspace.subject(file)!;
  const found = check(subject)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .filter(({ code }) => code !== 'patient-required-missing');
  assert.deepEqual(
    found.map(({ code, message }) => `${code}: ${message}`),
    [],
    text,
  );
  evaluate(compile(ruleSet), workspace.patient(file)!.patient, { trace: true });
  workspace.close(file);
}
