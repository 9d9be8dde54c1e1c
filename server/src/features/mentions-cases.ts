/** The names in a table of cases: those a column is headed by, and those in its cells. The table stands in a patient or in a CSV file. */
import { readCsv } from '../model/csv.ts';
import { itemsOf } from '../model/read-fields.ts';
import type { Name } from '../model/rule-set.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Node } from '../syntax/node.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import type { Mention, PatientSense } from './mentions.ts';

interface Table {
  readonly columns: readonly Name[];
  readonly rows: readonly { readonly cells: readonly Node[]; readonly columns?: readonly Name[] }[];
}

const made = new WeakMap<Snapshot, readonly Mention[]>();

/** Of a CSV file that a patient names. Made once a text. */
export function mentionsOfCsv(snapshot: Snapshot): readonly Mention[] {
  const known = made.get(snapshot);
  if (known) return known;
  const { text, file } = snapshot;
  const table = readCsv(text);
  // Blanks around a heading are not part of its name.
  const columns = table.columns.map(({ value, span }) => {
    const start = text.indexOf(value, span.start);
    return { value, span: start < 0 || start + value.length > span.end ? span : { start, end: start + value.length } };
  });
  const mentions = mentionsOfTable({ ...table, columns }, file);
  made.set(snapshot, mentions);
  return mentions;
}

export function mentionsOfTable({ columns, rows }: Table, file: string): readonly Mention[] {
  const into: Mention[] = [];
  const sensesOf = (headings: readonly Name[]) =>
    headings.map(({ value, span }) => {
      const { parts, cell } = headingOf(value);
      addParts(into, file, span, value, parts);
      return cell;
    });
  const senses = sensesOf(columns);
  for (const { cells, columns: own } of rows) {
    const named = own ? sensesOf(own) : senses;
    for (const [i, node] of cells.entries()) addCell(into, file, node, named[i]);
  }
  return into;
}

type Parts = readonly (PatientSense | undefined)[];

/** What the names of a heading are, step by step, and what the texts in its cells are. */
function headingOf(heading: string): { readonly parts: Parts; readonly cell: PatientSense | undefined } {
  const [first = '', second = '', third = '', fourth] = whatOf(heading).split('.');
  if (first === 'case') return { parts: [], cell: undefined };
  if (first === 'expected') return expectedOf(second, third);
  if (second === 'complete' && third === '') return { parts: [{ kind: 'group' }], cell: undefined };
  const group = third === '' ? undefined : first;
  const head: Parts = group === undefined ? [] : [{ kind: 'group' }, { kind: 'record', group }];
  if (third === 'remove' && fourth === undefined) return { parts: head, cell: undefined };
  const [name, part] = group === undefined ? [first, second] : [third, fourth ?? ''];
  if (part === '') return { parts: [...head, { kind: 'fact', group }], cell: { kind: 'value', group, fact: name } };
  const score: PatientSense = { kind: 'score', group };
  if (part === 'on') return { parts: [...head, score], cell: undefined };
  return { parts: [...head, score, { kind: 'component', score: name }], cell: { kind: 'option', score: name, component: part } };
}

function expectedOf(key: string, id: string): { readonly parts: Parts; readonly cell: PatientSense | undefined } {
  const skipped = [undefined, undefined];
  if (key === 'decisions') return { parts: [...skipped, { kind: 'decision' }], cell: { kind: 'answer', decision: id } };
  if (key === 'totals' || key === 'bands') {
    const parts: Parts = [...skipped, { kind: 'total' }, { kind: 'record-of-score', score: id }];
    return { parts, cell: key === 'bands' ? { kind: 'band', score: id } : undefined };
  }
  return { parts: [], cell: key === 'fired' || key === 'notFired' ? { kind: 'rule' } : undefined };
}

/** Without the unit. */
function whatOf(heading: string): string {
  return (heading.split(' in ')[0] ?? '').trim();
}

/** Where the text begins: behind a quote, or at once. Undefined where escapes make places uncertain. */
function textStart({ start, end }: { readonly start: number; readonly end: number }, text: string): number | undefined {
  if (end - start === text.length) return start;
  return end - start === text.length + 2 ? start + 1 : undefined;
}

function addParts(into: Mention[], file: string, span: Name['span'], heading: string, parts: Parts): void {
  const from = textStart(span, heading);
  if (from === undefined) return;
  let start = from + heading.indexOf(whatOf(heading));
  for (const [i, name] of whatOf(heading).split('.').entries()) {
    const as = parts[i];
    if (as && name !== '') into.push({ name, file, span: { start, end: start + name.length }, sense: { kind: 'in-patient', as } });
    start += name.length + 1;
  }
}

/** A text, several of `oneOf` or of a list, or in a CSV file several with `|` between them. */
function addCell(into: Mention[], file: string, node: Node, as: PatientSense | undefined): void {
  if (!as) return;
  for (const each of [...itemsOf(node), ...itemsOf(valueUnder(node, 'oneOf'))]) addCell(into, file, each, as);
  const from = node.type === 'string' ? textStart(node, node.value) : undefined;
  if (node.type !== 'string' || from === undefined) return;
  let start = from;
  for (const word of node.value.split('|')) {
    const name = word.trim();
    const at = start + word.indexOf(name);
    if (name !== '') into.push({ name, file, span: { start: at, end: at + name.length }, sense: { kind: 'in-patient', as } });
    start += word.length + 1;
  }
}
