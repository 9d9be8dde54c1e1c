/** The text of a sample patient out of a witness: whom to look at to see what was found. */
import { withExactNumbers } from '../analysis/witness.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { capitalised, spoken } from './words.ts';

export interface WitnessPlace {
  /** The name of its file without the suffix: its id too. */
  readonly name: string;
  /** Path of the rule set it shows something about, relative to the patient's file. */
  readonly ruleSet: string;
  /** Path of the schema, relative to the patient's file; undefined: none is named. */
  readonly schema: string | undefined;
}

type Shown = Pick<Diagnostic, 'code' | 'rules' | 'names' | 'witness'>;

export function witnessPatientText({ code, rules = [], names, witness }: Shown, { name, ruleSet, schema }: WitnessPlace): string {
  const about = (rules.length ? rules : names).join(', ');
  const patient = {
    ...(schema === undefined ? {} : { $schema: schema }),
    id: name,
    title: `${capitalised(spoken(code))}: ${about}`,
    for: [ruleSet],
    ...witness,
  };
  return `${withExactNumbers(JSON.stringify(patient, null, 2))}\n`;
}

const LONGEST = 80;

/** A name after the finding: its code and what it names. Too long a name is cut between words; the rest is counted. */
export function witnessName({ code, names }: Pick<Diagnostic, 'code' | 'names'>): string {
  const sorted = [...names].sort().map(name =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
  );
  let name = code;
  for (const [i, one] of sorted.entries()) {
    const rest = sorted.length - i;
    if (name.length + 1 + one.length > LONGEST) return `${name}-and-${rest}-more`;
    name = `${name}-${one}`;
  }
  return name;
}
