/** A patient as one flat sheet, a line for each thing that can differ: what two patients differ in, and what both can have, is then plain. */
import type { WitnessPatient, WitnessRecord } from '../../analysis/witness.ts';

/**
 * By path: `facts/age`, `scores/sins/on`, `scores/sins/options/pain`, `groups/lesions/complete`, `groups/lesions/records/a` (whether it is there) and
 * below that again `facts` and `scores`. What is not there is not recorded.
 */
export type Sheet = ReadonlyMap<string, unknown>;

export function sheetOf({ facts, scores = {}, groups = {} }: Pick<WitnessPatient, 'facts' | 'scores' | 'groups'>): Sheet {
  const lines = new Map<string, unknown>();
  addHolder(lines, '', { facts, scores });
  for (const [group, { complete, records }] of Object.entries(groups)) {
    lines.set(`groups/${group}/complete`, complete);
    for (const { id, ...record } of records) {
      lines.set(`groups/${group}/records/${id}`, true);
      addHolder(lines, `groups/${group}/records/${id}/`, record);
    }
  }
  return lines;
}

function addHolder(lines: Map<string, unknown>, prefix: string, { facts, scores = {} }: Omit<WitnessRecord, 'id'>): void {
  for (const [id, value] of Object.entries(facts)) lines.set(`${prefix}facts/${id}`, value);
  for (const [score, { on, options }] of Object.entries(scores)) {
    lines.set(`${prefix}scores/${score}/on`, on);
    for (const [component, option] of Object.entries(options)) lines.set(`${prefix}scores/${score}/options/${component}`, option);
  }
}

/** The patient that the sheet describes, as a file has it. A record that is not there has no lines of its own. */
export function patientOf(sheet: Sheet, asOf: string): WitnessPatient {
  const root: Branch = {};
  for (const [path, value] of sheet) {
    const steps = path.split('/');
    if (steps[0] === 'groups' && steps.length > 3 && sheet.get(steps.slice(0, 4).join('/')) !== true) continue;
    if (steps.length === 4 && steps[0] === 'groups') steps.push('here');
    put(root, steps, value);
  }
  const { facts = {}, scores, groups = {} } = root as Branches;
  const listed = Object.entries(groups).map(([id, { complete, records = {} }]) => {
    const list = Object.entries(records).map(([record, { facts = {}, scores }]) => ({ id: record, facts, ...(scores && { scores }) }));
    return [id, { complete: complete !== false, records: list }];
  });
  return { asOf, facts, ...(scores && { scores: dated(scores) }), groups: Object.fromEntries(listed) } as WitnessPatient;
}

type Branch = { [key: string]: unknown };
interface Branches {
  readonly facts?: Branch;
  readonly scores?: Branch;
  readonly groups?: { readonly [group: string]: { complete?: boolean; records?: { readonly [id: string]: Branches } } };
}

function dated(scores: Branch): Branch {
  return Object.fromEntries(Object.entries(scores).map(([id, score]) => [id, { options: {}, ...(score as Branch) }]));
}

function put(branch: Branch, [step, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) branch[step!] = value;
  else {
    branch[step!] ??= {};
    put(branch[step!] as Branch, rest, value);
  }
}

/** What the other has and the first has not, or has otherwise; `undefined` stands for what the other has not. */
export function changesTo(from: Sheet, to: Sheet): ReadonlyMap<string, unknown> {
  const changes = new Map<string, unknown>();
  for (const [path, value] of to) if (!same(from.get(path), value)) changes.set(path, value);
  for (const path of from.keys()) if (!to.has(path)) changes.set(path, undefined);
  return changes;
}

export function changed(sheet: Sheet, changes: Iterable<readonly [string, unknown]>): Sheet {
  const copy = new Map(sheet);
  for (const [path, value] of changes)
    if (value === undefined) copy.delete(path);
    else copy.set(path, value);
  return copy;
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

/** A record that is not there says nothing; a list of which nothing is said is not complete. */
export function tidied(sheet: Sheet, base: Sheet): Sheet {
  const copy = new Map(sheet);
  for (const path of base.keys()) if (/^groups\/[^/]+\/complete$/.test(path) && !copy.has(path)) copy.set(path, false);
  for (const path of copy.keys()) {
    const record = /^groups\/[^/]+\/records\/[^/]+/.exec(path)?.[0];
    if (record !== undefined && copy.get(record) !== true && path !== record) copy.delete(path);
  }
  for (const path of base.keys()) if (/^groups\/[^/]+\/records\/[^/]+$/.test(path) && copy.get(path) !== true) copy.set(path, false);
  return copy;
}
