/** Changes tried out on a sample patient, kept: as a patient of its own that extends it, or written into its file. */
import type { Patient } from '../model/patient.ts';
import { parseDocument } from '../syntax/document.ts';
import { type Node, property } from '../syntax/node.ts';
import { applyEdits } from '../text/span.ts';
import { itemEdit, propertyEdit, removalEdit, written } from './insert.ts';
import { type Change, changesAsPatient } from './what-if.ts';

export interface NewName {
  readonly id: string;
  readonly title: string;
  /** Path of the patient it extends, relative to the new file. */
  readonly base: string;
}

/** The text of a patient that holds only what differs from its base. */
export function changesAsText(base: Patient, changes: readonly Change[], { id, title, base: path }: NewName): string {
  return `${JSON.stringify({ id, title, extends: path, ...changesAsPatient(base, changes) }, null, 2)}\n`;
}

export interface Whole {
  /** With what its file extends. */
  readonly patient: Patient;
  /** What its file extends, with what that extends; undefined where it extends nothing. */
  readonly extended: Patient | undefined;
}

type Written = Readonly<Record<string, unknown>>;

/** The text of the patient's file with the changes in it, laid out as it was. */
export function withChanges(text: string, whole: Whole, changes: readonly Change[]): string {
  const { groups, ...own } = changesAsPatient(whole.patient, changes) as Written & { groups?: Readonly<Record<string, Written>> };
  let now = writtenInto(text, [], own);
  for (const [group, { records = [], ...rest }] of Object.entries(groups ?? {})) {
    now = writtenInto(now, ['groups', group], rest);
    for (const record of records as readonly Written[]) now = withRecord(now, whole, group, record);
  }
  return now;
}

/** A record that is extended is taken away by saying so; one of the file itself by its own end. */
function withRecord(text: string, { extended }: Whole, group: string, record: Written): string {
  const path = ['groups', group, 'records'];
  const list = nodeUnder(text, path);
  const index = list?.type === 'array' ? list.items.findIndex(item => idOf(item) === record.id) : -1;
  if (list?.type !== 'array' || index < 0) return withItem(text, path, record);
  if (record.remove !== true) {
    const { id: _, ...rest } = record;
    return writtenInto(text, [...path, index], rest);
  }
  const isExtended = extended?.groups.get(group)?.records.some(({ id }) => id === record.id);
  return isExtended ? withValue(text, [...path, index], record) : applyEdits(text, [removalEdit(list, index)]);
}

function idOf(node: Node): unknown {
  const id = property(node, 'id')?.value;
  return id?.type === 'string' ? id.value : undefined;
}

type Path = readonly (string | number)[];

/** Each value in its place: what is there is replaced, what is not is added; a score is written anew as a whole. */
function writtenInto(text: string, path: Path, values: Written): string {
  let now = text;
  for (const [key, value] of Object.entries(values)) {
    const isHolder = (key === 'facts' || key === 'scores') && typeof value === 'object' && value !== null;
    now = isHolder ? writtenInto(now, [...path, key], value as Written) : withValue(now, [...path, key], value);
  }
  return now;
}

function withValue(text: string, path: Path, value: unknown): string {
  const node = nodeUnder(text, path);
  if (node) return applyEdits(text, [{ span: { start: node.start, end: node.end }, newText: written(value) }]);
  return withProperty(text, path.slice(0, -1), String(path.at(-1)), value);
}

/** Objects on the way that are not there yet are made. */
function withProperty(text: string, path: Path, key: string, value: unknown): string {
  const holder = nodeUnder(text, path);
  if (holder?.type === 'object') return applyEdits(text, [propertyEdit(text, holder, key, value)]);
  if (path.length === 0) return text;
  return withProperty(text, path.slice(0, -1), String(path.at(-1)), { [key]: value });
}

function withItem(text: string, path: Path, item: unknown): string {
  const list = nodeUnder(text, path);
  if (list?.type === 'array') return applyEdits(text, [itemEdit(text, list, item)]);
  return withProperty(text, path.slice(0, -1), String(path.at(-1)), [item]);
}

function nodeUnder(text: string, path: Path): Node | undefined {
  let node = parseDocument(text).root;
  for (const step of path) {
    if (typeof step === 'number') node = node?.type === 'array' ? node.items[step] : undefined;
    else node = property(node, step)?.value;
  }
  return node;
}
