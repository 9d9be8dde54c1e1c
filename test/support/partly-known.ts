/** Patients of small rule sets of whom anything may be unknown: absent, one of several values, an event of which the day alone is known. */
import type { Patient } from '../../server/src/model/patient.ts';
import { everyPatient } from './every-patient.ts';
import type { Random } from './random.ts';
import { patientOf } from './rule-sets.ts';
import type { Axis, Json, SmallRuleSet } from './small-rule-sets.ts';

/** Values that stand for others. */
const BROAD: ReadonlyMap<string, readonly string[]> = new Map([
  ['spine', ['L1', 'L2']],
  ['solid', ['breast', 'lung', 'mixed']],
]);

type FactsJson = Readonly<Record<string, { readonly required?: boolean; readonly type?: string }>>;

export interface ByChance {
  readonly patient: Patient;
  /** One of those who the patient may turn out to be, complete. */
  readonly complete: () => Patient;
}

/** So many of them by chance. */
export function partlyKnownPatients(small: SmallRuleSet, random: Random, count: number): readonly ByChance[] {
  const wide = withPartlyKnown(small);
  return Array.from({ length: count }, () => byChance(wide, random));
}

/** All with at most one record of a group; none where that is too many. */
export function everyPartlyKnown(small: SmallRuleSet, most: number): readonly Patient[] {
  const found: Patient[] = [];
  everyPatient(withPartlyKnown(small), 1, most)?.each(patient => found.push(patient));
  return found;
}

function withPartlyKnown(small: SmallRuleSet): SmallRuleSet {
  const axes = small.axes.map(axis => ({ ...axis, values: partlyKnown(axis, small) }));
  const dated = Object.entries((small.json.scores ?? {}) as Readonly<Record<string, Json>>).flatMap(([score, { of, validFor }]): Axis[] =>
    validFor && !axes.some(axis => axis.dated === score)
      ? [{ group: of as string | undefined, dated: score, values: [true, undefined] }]
      : [],
  );
  return { ...small, axes: [...axes, ...dated], incomplete: small.groups };
}

function partlyKnown({ fact, group, dated, values }: Axis, { json }: SmallRuleSet): readonly unknown[] {
  const known = values.filter(value => value !== undefined);
  if (dated !== undefined) return [true, undefined];
  const { facts, groups } = json as { readonly facts: FactsJson; readonly groups: Readonly<Record<string, { readonly facts: FactsJson }>> };
  const declared = fact === undefined ? undefined : (group === undefined ? facts : groups[group]!.facts)[fact]!;
  const days = known.flatMap(value => (declared?.type === 'date' && String(value) !== 'never' ? [String(value).slice(0, 10)] : []));
  if (declared?.required) return [...new Set([...known, ...days])];
  const pairs = known.flatMap((one, i) => known.slice(i + 1).map(other => ({ oneOf: [one, other] })));
  const all = known.length > 2 ? [{ oneOf: known }] : [];
  const broad = [...BROAD.keys()].filter(id => BROAD.get(id)!.every(below => known.includes(below)));
  return [...new Set([...known, ...days, ...broad]), ...pairs, ...all, undefined];
}

/** What is known of the patient or of one record, by axis. */
type Values = ReadonlyMap<Axis, unknown>;

function byChance(small: SmallRuleSet, random: Random): ByChance {
  const often = random.pick([0.2, 0.5, 0.8]);
  const own = valuesOf(small, undefined, often, random);
  const lists = small.groups.map(group => ({
    group,
    records: random.list(0, group === 'drugs' ? 2 : 3, () => valuesOf(small, group, often, random)),
    complete: random.chance(0.7),
  }));
  const asOf = random.chance(0.8) ? '2026-01-01T12:00:00Z' : '2026-01-01';
  const written = (seen: (values: Values) => Values, isComplete: boolean) =>
    patientOf({
      ...{ id: 'p', title: 'P', asOf },
      ...described(small, undefined, seen(own)),
      groups: Object.fromEntries(
        lists.map(({ group, records, complete }) => [
          group,
          {
            complete: complete || isComplete,
            records: records.map((each, i) => ({ id: `r${i}`, ...described(small, group, seen(each)) })),
          },
        ]),
      ),
    });
  return { patient: written(values => values, false), complete: () => written(values => completed(values, random), true) };
}

function valuesOf({ axes }: SmallRuleSet, group: string | undefined, often: number, random: Random): Values {
  const own = axes.filter(axis => axis.group === group);
  return new Map(own.map(axis => [axis, random.pick(random.chance(often) ? axis.values.filter(value => !isSeveral(value)) : axis.values)]));
}

function isSeveral(value: unknown): value is { readonly oneOf: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'oneOf' in value;
}

/** Everything known, as it may turn out to be. */
function completed(values: Values, random: Random): Values {
  return new Map([...values].map(([axis, value]) => [axis, axis.dated === undefined ? random.pick(turningOut(axis, value)) : value]));
}

function turningOut({ values }: Axis, value: unknown): readonly unknown[] {
  if (isSeveral(value)) return value.oneOf;
  if (typeof value === 'string' && BROAD.has(value)) return BROAD.get(value)!;
  const single = values.filter(each => each !== undefined && !isSeveral(each) && !(typeof each === 'string' && BROAD.has(each)));
  if (value === undefined) return single;
  const ofDay = single.filter(each => /^\d{4}-\d\d-\d\d$/.test(String(value)) && String(each).startsWith(String(value)));
  return ofDay.length > 0 ? ofDay : [value];
}

function described({ json, axes }: SmallRuleSet, group: string | undefined, values: Values) {
  const facts: Record<string, unknown> = {};
  const scores: Record<string, { on?: string; options: Record<string, unknown> }> = {};
  for (const [id, { of }] of Object.entries((json.scores ?? {}) as Readonly<Record<string, { of?: string }>>))
    if (of === group) scores[id] = { on: '2026-01-01T12:00:00Z', options: {} };
  for (const axis of axes) {
    const value = values.get(axis);
    if (axis.group !== group) continue;
    if (axis.dated !== undefined && value === undefined) delete scores[axis.dated]!.on;
    if (value === undefined) continue;
    if (axis.fact !== undefined) facts[axis.fact] = value;
    if (axis.option) scores[axis.option.score]!.options[axis.option.component] = value;
  }
  return { facts, scores };
}
