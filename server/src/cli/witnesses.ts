/** Writes the patients who show findings, for `check --witness`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/define.ts';
import { witnessName, witnessPatientText } from '../features/witness-patient.ts';
import { PATIENT_SUFFIX } from '../files.ts';

export interface Witness {
  readonly diagnostic: Diagnostic;
  /** The file of the rule set. */
  readonly ruleSet: string;
}

/** `schemas` is the folder of the schemas as installed. */
export function writeWitnesses(
  witnesses: readonly Witness[],
  folder: string,
  { cwd, schemas }: { readonly cwd: string; readonly schemas: string },
): void {
  const target = resolve(cwd, folder);
  mkdirSync(target, { recursive: true });
  const from = (file: string) => relative(target, file).split(sep).join('/');
  const schema = join(schemas, 'patient.schema.json');
  const taken = new Map<string, number>();
  for (const { diagnostic, ruleSet } of witnesses) {
    const name = witnessName(diagnostic);
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const text = witnessPatientText(diagnostic, { ruleSet: from(ruleSet), schema: existsSync(schema) ? from(schema) : undefined });
    writeFileSync(join(target, `${count === 1 ? name : `${name}-${count}`}${PATIENT_SUFFIX}`), text);
  }
}
