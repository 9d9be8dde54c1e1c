/** A witness in one line: what is recorded of the patient, and nothing of what every patient has. */
import type { WitnessPatient } from '../analysis/witness.ts';
import type { Difference } from '../features/expectations.ts';

/** `age 65 a, calcium 3.5 mmol/L; lesions a: site L3, sins pain none`. */
export function witnessWords({ facts, scores = {}, groups = {} }: WitnessPatient): string {
  const own = [...factWords(facts), ...scoreWords(scores)];
  const records = Object.entries(groups).flatMap(([group, { complete, records }]) => [
    ...records.map(({ id, facts, scores = {} }) => {
      const words = [...factWords(facts), ...scoreWords(scores)];
      return `${group} ${id}: ${words.length > 0 ? words.join(', ') : 'nothing known'}`;
    }),
    ...(complete ? [] : [`${group} not complete`]),
  ]);
  const parts = [...(own.length > 0 ? [own.join(', ')] : []), ...records];
  return parts.length > 0 ? parts.join('; ') : 'nothing known';
}

function factWords(facts: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(facts).map(([id, value]) => `${id} ${valueWords(value)}`);
}

function scoreWords(scores: NonNullable<WitnessPatient['scores']>): string[] {
  return Object.entries(scores).flatMap(([id, { options }]) =>
    Object.entries(options).map(([component, option]) => `${id} ${component} ${valueWords(option)}`),
  );
}

/** `3.5 mmol/L`, `female or male`, `true`. */
export function valueWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('oneOf' in value) return (value.oneOf as unknown[]).map(valueWords).join(' or ');
  const { value: number, unit } = value as { value: unknown; unit?: string };
  return unit === undefined ? String(number) : `${number} ${unit}`;
}

/** More differences than this are counted. */
const MOST_TOLD = 2;

/** What the rule set says for a patient, and what it would say with the change: `“class”: no-answer; with the change yes`. */
export function differenceWords(differences: readonly Pick<Difference, 'about' | 'name' | 'expected' | 'actual'>[]): string {
  const told = differences.slice(0, MOST_TOLD).map(({ about, name, expected, actual }) => {
    const of = about === 'effect' || about === 'no-effect' ? '' : `“${name}”: `;
    return `${of}${expected}; with the change ${actual}`;
  });
  const more = differences.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
