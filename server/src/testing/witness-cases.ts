/** Sample patients out of those who would notice mutants: what is expected of them is what the rule set says now, for a human to confirm. */
import { type WitnessPatient, withExactNumbers } from '../analysis/witness.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Mutant } from './mutants.ts';
import type { MutantResult } from './mutation.ts';
import type { Telling } from './survivors.ts';
import { type ExpectedJson, mergedExpected } from './told-apart.ts';

export interface WitnessCase {
  /** The name that its file may have, without a suffix: its id too. */
  readonly name: string;
  readonly ruleSet: RuleSet;
  readonly patient: WitnessPatient;
  readonly expected: ExpectedJson;
  /** What would be noticed. */
  readonly mutants: readonly Mutant[];
}

/** One for each patient, with all that tells any of the mutants apart. */
export function witnessCases(results: readonly MutantResult[]): readonly WitnessCase[] {
  const found = new Map<string, { telling: Telling; mutants: Mutant[]; expected: ExpectedJson }>();
  for (const { mutant, telling } of results) {
    if (!telling) continue;
    const key = `${telling.ruleSet.root.file} ${JSON.stringify(telling.patient)}`;
    const known = found.get(key);
    if (!known) found.set(key, { telling, mutants: [mutant], expected: telling.expected });
    else {
      known.mutants.push(mutant);
      known.expected = mergedExpected(known.expected, telling.expected);
    }
  }
  const names = new Map<string, number>();
  return [...found.values()].map(({ telling: { ruleSet, patient }, mutants, expected }) => {
    const name = `notices-${mutants[0]!.item.id}`;
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return { name: count === 1 ? name : `${name}-${count}`, ruleSet, patient, expected, mutants };
  });
}

export interface CasePlace {
  /** Path of the rule set, relative to the patient's file. */
  readonly ruleSet: string;
  /** Path of the schema, relative to the patient's file; undefined: none is named. */
  readonly schema: string | undefined;
}

const MOST_NAMED = 3;

/** The text of the patient's file. */
export function witnessCaseText({ name, ruleSet, patient, expected, mutants }: WitnessCase, place: CasePlace): string {
  const changes = mutants.slice(0, MOST_NAMED).map(({ item, was, is }) => `${item.id}, ${was} → ${is}`);
  const more = mutants.length - changes.length;
  const file = {
    ...(place.schema === undefined ? {} : { $schema: place.schema }),
    id: name,
    title: `Notices ${changes.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    for: [place.ruleSet],
    ...patient,
    expected: [{ ruleSet: ruleSet.root.id?.value ?? '', proposed: true, ...expected }],
  };
  return `${withExactNumbers(JSON.stringify(file, null, 2))}\n`;
}
