/** A table of cases to patients: each row is built into the tree of a patient that states only what differs, and read as any patient is. */
import type { Node, NumberNode, ObjectNode, Property, StringNode } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import { type CsvTable, readCsv } from './csv.ts';
import { extendPatient } from './extend-patient.ts';
import type { CaseRow, CaseTable, Patient, PatientScore } from './patient.ts';
import { readPatient } from './read-patient.ts';
import type { Name } from './rule-set.ts';

/** What is wrong with a table itself. `file` is the patient's, or the CSV file. */
export interface CaseProblem {
  readonly kind: 'column' | 'double-column' | 'cells' | 'quote' | 'form';
  readonly file: string;
  readonly span: Span;
  /** `name` of a column; `cells` a row has and `columns` there are. */
  readonly data: Readonly<Record<string, string>>;
}

export interface Cases {
  /** What each row itself says; `extendCase` merges in the patient with the table. */
  readonly patients: readonly Patient[];
  readonly problems: readonly CaseProblem[];
}

/** `csv` is the text of the file that the table names, if it names one that could be read. */
export function casesOf(owner: Patient, csv?: { readonly file: string; readonly text: string }): Cases {
  const table = owner.cases;
  if (!table) return { patients: [], problems: [] };
  const problems: CaseProblem[] = [];
  const isInline = table.columns.length > 0 || table.rows.length > 0;
  if (isInline === (table.csv !== undefined)) problems.push({ kind: 'form', file: owner.file, span: table.span, data: {} });
  if (table.csv && !csv) return { patients: [], problems };
  const source = csv && table.csv ? fromCsv(readCsv(csv.text), csv.file, problems) : { ...table, file: owner.file, csv: false };
  const columns = columnsOf(source.columns, source, problems);
  const patients = source.rows.map((row: CaseRow, i) => {
    if (row.columns)
      return readRow({ owner, table, columns: columnsOf(row.columns, source, problems), file: source.file, isText: false }, row, i + 1);
    if (row.cells.length !== columns.length) {
      const data = { cells: String(row.cells.length), columns: String(columns.length) };
      problems.push({ kind: 'cells', file: source.file, span: row.span, data });
    }
    return readRow({ owner, table, columns, file: source.file, isText: source.csv }, row, i + 1);
  });
  return { patients, problems };
}

/** A row over its patient. Of a score it replaces single components: the others, and the date, stay as they are. */
export function extendCase(row: Patient, base: Patient): Patient {
  const groups = new Map(
    [...row.groups].map(([id, group]) => {
      const below = base.groups.get(id)?.records ?? [];
      const records = group.records.map(record => ({
        ...record,
        scores: scoresOver(record.scores, below.find(other => other.id === record.id)?.scores),
      }));
      return [id, { ...group, records }] as const;
    }),
  );
  return { ...extendPatient({ ...row, groups, scores: scoresOver(row.scores, base.scores) }, base), extends: undefined };
}

function scoresOver(own: ReadonlyMap<string, PatientScore>, base: ReadonlyMap<string, PatientScore> = new Map()) {
  return new Map(
    [...own].map(([id, score]) => {
      const below = base.get(id);
      return [
        id,
        {
          ...score,
          on: score.undated ? undefined : (score.on ?? below?.on),
          options: new Map([...(below?.options ?? []), ...score.options]),
        },
      ] as const;
    }),
  );
}

function fromCsv(csv: CsvTable, file: string, problems: CaseProblem[]) {
  for (const span of csv.openQuotes) problems.push({ kind: 'quote', file, span, data: {} });
  return { columns: csv.columns, rows: csv.rows, file, csv: true };
}

/** How the cells of a column are meant, where a CSV file has only text. */
type Sort = 'value' | 'text' | 'names' | 'totals';

interface Column {
  readonly name: Name;
  /** Keys from the top of a patient; a step below `records` is a record's id. Undefined where the heading is not understood. */
  readonly path: readonly string[] | undefined;
  readonly sort: Sort;
  readonly unit: string | undefined;
}

function columnsOf(
  names: readonly Name[],
  { file, csv }: { readonly file: string; readonly csv: boolean },
  problems: CaseProblem[],
): Column[] {
  const seen = new Set<string>();
  return names.map(name => {
    const column = columnOf(name, csv);
    const path = column.path?.join('.');
    if (path === undefined || seen.has(path))
      problems.push({ kind: path === undefined ? 'column' : 'double-column', file, span: name.span, data: { name: name.value } });
    if (path !== undefined) seen.add(path);
    return column;
  });
}

const LISTS: ReadonlySet<string> = new Set(['fired', 'notFired', 'statements', 'missing']);

function columnOf(name: Name, isText: boolean): Column {
  const [what = '', ...unit] = name.value.trim().split(' in ');
  const plain = { name, unit: unit.length > 0 ? unit.join(' in ').trim() : undefined };
  const steps = what.trim().split('.');
  const [first = '', second = '', third = '', fourth = ''] = steps;
  if (steps.some(step => step === '') || steps.length > 4) return { ...plain, path: undefined, sort: 'value' };
  if (first === 'expected') return { ...plain, ...expectedColumn(second, third, fourth, steps.length, isText) };
  if (what === 'case') return { ...plain, path: ['title'], sort: 'text' };
  // A list, and whether a record of it is there, stand where facts and scores stand: these words are no names there.
  if (second === 'complete' && steps.length === 2) return { ...plain, path: ['groups', first, 'complete'], sort: 'value' };
  if (third === 'remove' && steps.length === 3) return { ...plain, path: ['groups', first, 'records', second, 'remove'], sort: 'value' };
  const record = steps.length > 2 ? ['groups', first, 'records', second] : [];
  const rest = steps.length > 2 ? steps.slice(2) : steps;
  if (rest.length === 1) return { ...plain, path: [...record, 'facts', rest[0]!], sort: 'value' };
  const score = [...record, 'scores', rest[0]!];
  return { ...plain, path: rest[1] === 'on' ? [...score, 'on'] : [...score, 'options', rest[1]!], sort: 'text' };
}

function expectedColumn(key: string, id: string, record: string, length: number, isText: boolean): Pick<Column, 'path' | 'sort'> {
  if (key === 'proposed' && length === 2) return { path: ['expected', key], sort: 'value' };
  // An effect has parts: no cell of plain text says it.
  if ((key === 'effects' || key === 'noEffects') && length === 2 && !isText) return { path: ['expected', key], sort: 'value' };
  if (LISTS.has(key) && length === 2) return { path: ['expected', key], sort: 'names' };
  if (key === 'decisions' && length === 3) return { path: ['expected', key, id], sort: 'names' };
  if ((key === 'totals' || key === 'bands') && length > 2)
    return { path: ['expected', key, id, ...(length === 4 ? [record] : [])], sort: key === 'bands' ? 'names' : 'totals' };
  return { path: undefined, sort: 'value' };
}

interface Reading {
  readonly owner: Patient;
  readonly table: CaseTable;
  readonly columns: readonly Column[];
  readonly file: string;
  readonly isText: boolean;
}

function readRow({ owner, table, columns, file, isText }: Reading, row: CaseTable['rows'][number], number: number): Patient {
  const root = new Branch(row.span);
  const id = `${owner.id?.value ?? 'case'}-${number}`;
  root.put(['id'], row.span, text(id, row.span));
  root.put(['title'], row.span, text(`Row ${number}`, row.span));
  for (const [i, { path, sort, unit, name }] of columns.entries()) {
    const cell = row.cells[i];
    if (!path || !cell || (cell.type === 'string' && cell.value.trim() === '')) continue;
    const read = isText && cell.type === 'string' ? fromText(cell, sort) : cell;
    root.put(path, name.span, unit === undefined ? read : withUnit(read, unit));
  }
  if (root.has('expected') && table.ruleSet)
    root.put(['expected', 'ruleSet'], table.ruleSet.span, text(table.ruleSet.value, table.ruleSet.span));
  return readPatient({ root: root.node(), text: '', problems: [] }, file);
}

/** Part of the tree while it grows. */
class Branch {
  readonly #span: Span;
  readonly #parts = new Map<string, { readonly key: Span; readonly value: Branch | Node }>();

  constructor(span: Span) {
    this.#span = span;
  }

  has(key: string): boolean {
    return this.#parts.has(key);
  }

  put([step, ...rest]: readonly string[], key: Span, value: Node): void {
    if (rest.length === 0) {
      this.#parts.set(step!, { key, value });
      return;
    }
    const known = this.#parts.get(step!)?.value;
    const branch = known instanceof Branch ? known : new Branch(this.#span);
    if (known !== branch) this.#parts.set(step!, { key, value: branch });
    branch.put(rest, key, value);
  }

  node(): ObjectNode {
    const properties = [...this.#parts].map(([key, part]): Property => {
      const place = { key, keyStart: part.key.start, keyEnd: part.key.end };
      if (!(part.value instanceof Branch)) return { ...place, value: part.value };
      const { value } = part;
      if (key === 'records') return { ...place, value: { type: 'array', ...this.#span, items: value.records() } };
      return { ...place, value: key === 'expected' ? { type: 'array', ...this.#span, items: [value.node()] } : value.node() };
    });
    return { type: 'object', ...this.#span, properties };
  }

  /** Its keys are the ids of records. */
  records(): Node[] {
    return [...this.#parts].flatMap(([id, { key, value }]) => {
      if (!(value instanceof Branch)) return [];
      value.put(['id'], key, text(id, key));
      return [value.node()];
    });
  }
}

function text(value: string, { start, end }: Span): StringNode {
  return { type: 'string', value, start, end };
}

/** Bare numbers are of the column's unit; what says its own unit keeps it. */
function withUnit(node: Node, unit: string): Node {
  if (node.type === 'number') return quantity(node, unit);
  if (node.type !== 'object') return node;
  const properties = node.properties.map(each =>
    each.key === 'oneOf' && each.value?.type === 'array'
      ? { ...each, value: { ...each.value, items: each.value.items.map(item => withUnit(item, unit)) } }
      : each,
  );
  return { ...node, properties };
}

function quantity(number: NumberNode, unit: string): ObjectNode {
  return object(number, { value: number, unit: text(unit, number) });
}

function object(span: Span, values: Readonly<Record<string, Node>>): ObjectNode {
  const properties = Object.entries(values).map(([key, value]) => ({ key, keyStart: span.start, keyEnd: span.end, value }));
  return { type: 'object', start: span.start, end: span.end, properties };
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** `6.9`, `6.9 mmol/L`, `true`, `null`, a date or an id; several with `|` between them; of totals also `1..16`. */
function fromText(cell: StringNode, sort: Sort): Node {
  const span = { start: cell.start, end: cell.end };
  const words = cell.value.split('|').map(word => word.trim());
  if (words[0] === 'null' && words.length === 1) return { type: 'null', ...span };
  const within = sort === 'totals' ? cell.value.split('..').map(word => scalar(word.trim(), span)) : [];
  if (within.length === 2) return object(span, { within: { type: 'array', ...span, items: within } });
  const items = words.map(word => (sort === 'value' || sort === 'totals' ? scalar(word, span) : text(word, span)));
  if (items.length === 1) return items[0]!;
  const list: Node = { type: 'array', ...span, items };
  return sort === 'value' || sort === 'text' ? object(span, { oneOf: list }) : list;
}

function scalar(word: string, span: Span): Node {
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true', ...span };
  if (NUMBER.test(word)) return { type: 'number', text: word, ...span };
  const [number = '', unit, ...more] = word.split(/\s+/);
  if (unit !== undefined && more.length === 0 && NUMBER.test(number)) return quantity({ type: 'number', text: number, ...span }, unit);
  return text(word, span);
}
