/** Every patient of a small rule set, complete but for what some condition asks to be unknown, each with up to so many records of a group. */
import type { Patient, PatientFact, PatientGroup, PatientRecord, PatientScore } from '../../server/src/model/patient.ts';
import { patientOf } from './rule-sets.ts';
import type { Axis, SmallRuleSet } from './small-rule-sets.ts';

export const AS_OF = '2026-01-01T12:00:00Z';

/** What one holder has, as written and as read. */
interface Described {
  readonly facts: ReadonlyMap<string, PatientFact>;
  readonly scores: ReadonlyMap<string, PatientScore>;
}

export interface Every {
  readonly count: number;
  /** Calls `visit` with each patient, all sharing what they have in common. */
  each(visit: (patient: Patient) => void): void;
}

/** Undefined where there would be more than `limit`. */
export function everyPatient(small: SmallRuleSet, most: number, limit: number): Every | undefined {
  return countOf(small, most) > limit ? undefined : all(small, most);
}

function countOf({ axes, groups, incomplete }: SmallRuleSet, most: number): number {
  const sizeOf = (group: string | undefined) =>
    axes.filter(axis => axis.group === group).reduce((size, { values }) => size * values.length, 1);
  return groups.reduce((count, group) => {
    const size = sizeOf(group);
    let [lists, ofLength] = [1, 1];
    for (let length = 1; length <= mostOf(group, most); length++) lists += ofLength = (ofLength * (size + length - 1)) / length;
    return count * lists * (incomplete.includes(group) ? 2 : 1);
  }, sizeOf(undefined));
}

function mostOf(group: string, most: number): number {
  return group === 'drugs' ? Math.min(most, 2) : most;
}

function all({ json, axes, groups, incomplete }: SmallRuleSet, most: number): Every {
  const scores = (json.scores ?? {}) as Readonly<Record<string, { of?: string; validFor?: string }>>;
  const describedBy = (group: string | undefined) =>
    combinations(axes.filter(axis => axis.group === group)).map(values => described(values, scores, group));
  const own = describedBy(undefined);
  const lists = groups.map(group => listsOf(group, describedBy(group), mostOf(group, most), incomplete.includes(group)));
  const blank = patientOf({ id: 'p', title: 'P', asOf: AS_OF });
  return {
    count: lists.reduce((count, list) => count * list.length, own.length),
    each(visit) {
      for (const { facts, scores: scored } of own)
        for (const list of product(lists))
          visit({ ...blank, facts, scores: scored, groups: new Map(list.map(group => [group.id, group])) });
    },
  };
}

function described(
  values: ReadonlyMap<Axis, unknown>,
  scores: Readonly<Record<string, { of?: string; validFor?: string }>>,
  group: string | undefined,
): Described {
  const facts: Record<string, unknown> = {};
  const scored: Record<string, { on?: string; options: Record<string, unknown> }> = {};
  for (const [id, { of }] of Object.entries(scores)) if (of === group) scored[id] = { on: AS_OF, options: {} };
  for (const [{ fact, option, dated }, value] of values) {
    if (dated !== undefined && value === undefined) delete scored[dated]!.on;
    if (value === undefined) continue;
    if (fact !== undefined) facts[fact] = value;
    if (option) scored[option.score]!.options[option.component] = value;
  }
  const read = patientOf({ id: 'p', title: 'P', asOf: AS_OF, facts, scores: scored });
  return { facts: read.facts, scores: read.scores };
}

function combinations(axes: readonly Axis[]): ReadonlyMap<Axis, unknown>[] {
  return product(axes.map(({ values }) => values)).map(values => new Map(axes.map((axis, i) => [axis, values[i]])));
}

/** Lists of 0, 1, 2 … records; their order does not matter. */
function listsOf(id: string, records: readonly Described[], most: number, mayBeIncomplete: boolean): PatientGroup[] {
  const span = { start: 0, end: 0 };
  const base = { file: 'test', idSpan: span, span };
  let lists: number[][] = [[]];
  const found = [...lists];
  for (let length = 1; length <= most; length++) {
    lists = lists.flatMap(list =>
      records
        .map((_, i) => i)
        .filter(i => i >= (list.at(-1) ?? 0))
        .map(i => [...list, i]),
    );
    found.push(...lists);
  }
  const groupOf = (list: readonly number[], complete: boolean): PatientGroup => ({
    id,
    ...base,
    complete,
    records: list.map((i, at): PatientRecord => ({ id: `r${at}`, ...base, ...records[i]!, remove: false })),
  });
  return found.flatMap(list => (mayBeIncomplete ? [groupOf(list, true), groupOf(list, false)] : [groupOf(list, true)]));
}

export function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((rows, list) => rows.flatMap(row => list.map(each => [...row, each])), [[]]);
}
