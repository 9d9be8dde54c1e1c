/** Writes the patients who show findings, for `check --witness`. */
import type { Diagnostic } from '../diagnostics/define.ts';
import { witnessName, witnessPatientText } from '../features/witness-patient.ts';
import { type Paths, writePatients } from './patient-files.ts';

export interface Witness {
  readonly diagnostic: Diagnostic;
  /** The file of the rule set. */
  readonly ruleSet: string;
}

/** `schemas` is the folder of the schemas as installed. */
export function writeWitnesses(
  witnesses: readonly Witness[],
  folder: string,
  place: { readonly cwd: string; readonly schemas: string },
): void {
  const patients = witnesses.map(({ diagnostic, ruleSet }) => ({
    name: witnessName(diagnostic),
    text: (name: string, { to, schema }: Paths) => witnessPatientText(diagnostic, { name, ruleSet: to(ruleSet), schema }),
  }));
  writePatients(patients, folder, place);
}
