/** A witness made plain: rounder numbers where inputs were computed, and values for which as few rules as possible fire beside those in question. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Region } from './region.ts';
import type { Space } from './space.ts';
import { type Replay, type WitnessPatient, writtenValue } from './witness.ts';

/** What may be changed, and what must stay so. */
export interface Plain {
  readonly space: Space;
  readonly replay: Replay;
  shows(patient: WitnessPatient): boolean;
  region(): Region;
}

/** The same facts, with other values only where that makes it plainer; it still shows what it showed. */
export function plainest(patient: WitnessPatient, plain: Plain): WitnessPatient {
  return withFewestRules(withRoundNumbers(patient, plain), plain);
}

/** Of larger rule sets all rules are too many to look at for each value. */
const MOST_RULES = 300;
const MOST_TRIES = 16;

/** Then any value will do. */
export function isTooLargeToChoose({ rules }: RuleSet): boolean {
  return rules.size > MOST_RULES;
}

function withFewestRules(patient: WitnessPatient, plain: Plain): WitnessPatient {
  if (isTooLargeToChoose(plain.space.ruleSet)) return patient;
  let best = patient;
  let fewest = firedBy(patient, plain);
  let tries = MOST_TRIES;
  for (const [at, id, values] of choices(patient, plain)) {
    for (const value of values) {
      if (tries-- <= 0) return best;
      const other = withValue(best, at, id, value);
      if (!plain.shows(other)) continue;
      const fired = firedBy(other, plain);
      if (fired < fewest) [best, fewest] = [other, fired];
    }
  }
  return best;
}

function firedBy(patient: WitnessPatient, { replay, space }: Plain): number {
  const { fired } = replay(patient);
  let count = 0;
  for (const id of space.ruleSet.rules.keys()) if (fired.has(id)) count++;
  return count;
}

/** Where a fact stands: the patient's own, or in which record of which group. */
interface At {
  readonly group: string | undefined;
  readonly place: number;
}

function holders({ groups = {}, ...patient }: WitnessPatient): [At, Record<string, unknown>][] {
  const ofGroups = Object.entries(groups).flatMap(([group, { records }]) =>
    records.map(({ facts }, place): [At, Record<string, unknown>] => [{ group, place }, facts]),
  );
  return [[{ group: undefined, place: 0 }, patient.facts], ...ofGroups];
}

/** The codes that each fact of the patient may have as well, as the region has them: on sites and kinds most other rules hang. */
function choices(patient: WitnessPatient, { space, region }: Plain): [At, string, unknown[]][] {
  return holders(patient).flatMap(([at, facts]) =>
    Object.keys(facts).flatMap((id): [At, string, unknown[]][] => {
      const fact = factIn(space.ruleSet, at.group, id);
      const part = region().find(({ variable }) => variable.fact === fact);
      if (fact?.type !== 'code' || !part) return [];
      return [[at, id, part.cells.flatMap(cell => (cell.kind === 'code' ? [writtenValue(fact, cell)] : []))]];
    }),
  );
}

function withValue(patient: WitnessPatient, { group, place }: At, id: string, value: unknown): WitnessPatient {
  const copy = structuredClone(patient);
  const holder = group === undefined ? copy : copy.groups![group]!.records[place]!;
  holder.facts[id] = value;
  return copy;
}

/** Numbers with more digits than this are rounded where the rounded one will do. */
const PLAIN_DIGITS = 3;

function withRoundNumbers(patient: WitnessPatient, { shows }: Plain): WitnessPatient {
  let best = patient;
  for (const [at, facts] of holders(patient)) {
    for (const [id, value] of Object.entries(facts)) {
      const number = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
      if (typeof number !== 'number') continue;
      const rounder = roundedFrom(number)
        .map(rounded => withValue(best, at, id, typeof value === 'object' ? { ...value, value: rounded } : rounded))
        .find(shows);
      best = rounder ?? best;
    }
  }
  return best;
}

/** To one digit, to two …, each down and up, while that is rounder. */
function roundedFrom(number: number): number[] {
  const digits = Exact.of(number)
    .toString()
    .replace(/^-?0*\.?0*|\./g, '').length;
  if (digits <= PLAIN_DIGITS) return [];
  const size = Math.floor(Math.log10(Math.abs(number)));
  return Array.from({ length: Math.min(digits - 1, 6) }, (_, i) => i).flatMap(more => {
    const step = size - more;
    const rounded = (round: (value: number) => number) => Number(`${round(Number(`${number}e${-step}`))}e${step}`);
    return [rounded(Math.round), rounded(Math.floor), rounded(Math.ceil)];
  });
}
