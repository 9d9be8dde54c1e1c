/** Made cases, and the patients of the file they are written to. */
import { answer } from '../../server/src/evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { differencesFrom } from '../../server/src/features/expectations.ts';
import { casesOf, extendCase } from '../../server/src/model/case-table.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { type Point, Recorder } from '../../server/src/testing/coverage.ts';
import { madeText, rowsOf } from '../../server/src/testing/made/file.ts';
import { type Made, make } from '../../server/src/testing/made/make.ts';
import type { Way } from '../../server/src/testing/made/shows.ts';
import { patientOf } from './rule-sets.ts';

export function madeFor(ruleSet: RuleSet, existing: readonly Patient[] = [], isAsked?: (way: Way) => boolean): Made | undefined {
  const steps = make(ruleSet, existing, isAsked);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

export function textOf(made: Made): string {
  return madeText(made, rowsOf(made), { name: 'made.patient.json', ruleSet: 'rules.clinical.json', schema: undefined });
}

/** Each row of the table over its patient, as files are read. */
export function patientsIn(text: string): readonly Patient[] {
  const own = patientOf(text);
  const { patients, problems } = casesOf(own);
  if (problems.length > 0) throw new Error(`the table cannot be read: ${JSON.stringify(problems[0])}`);
  return patients.map(row => extendCase(row, own));
}

/** The points of coverage, for these patients and no others. */
export function seenOn(ruleSet: RuleSet | CompiledRuleSet, patients: readonly Patient[]): readonly Point[] {
  const compiled = 'layout' in ruleSet ? ruleSet : compile(ruleSet);
  const recorder = new Recorder(compiled);
  for (const patient of patients) {
    const state = stateOf(compiled.layout, patient);
    recorder.observe(state, judge(compiled, state));
  }
  return recorder.coverage().points;
}

/** What the patient expects that does not come true, in words. */
export function failuresOf(ruleSet: RuleSet, patient: Patient): readonly string[] {
  const compiled = compile(ruleSet);
  const said = answer(compiled, stateOf(compiled.layout, patient));
  return patient.expected.flatMap(expected => differencesFrom(expected, said, ruleSet).map(({ message }) => message));
}
