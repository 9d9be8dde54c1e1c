/** A CSV file with one patient a row as sample patients for a rule set. Headings are the names of facts. */
import { readCsv } from '../model/csv.ts';
import type { Fact, Group, RuleSet, Score } from '../model/rule-set.ts';
import { type Admitted, admit, type Raw } from './admit.ts';
import { type Bindings, bindingsOf } from './bindings.ts';
import type { FactJson, Settled } from './collect.ts';
import { isAfter, isDateOrTime } from './dates.ts';
import { patientText, type RecordedScores, type Target } from './patient-text.ts';
import { type Imported, type ImportedPatient, LeftOutList, type Taken } from './report.ts';

type Column =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly record: string | undefined; readonly unit: string | undefined }
  | { readonly kind: 'option'; readonly score: Score; readonly component: string; readonly record: string | undefined }
  | { readonly kind: 'on'; readonly score: Score; readonly record: string | undefined }
  | { readonly kind: 'complete'; readonly group: Group }
  | { readonly kind: 'asOf' };

/** `asOf` holds for rows that do not say their own. */
export function importCsv(ruleSet: RuleSet, text: string, target: Target, asOf?: string): Imported {
  const table = readCsv(text);
  if (!table.columns.length)
    return { patients: [], problems: ['The file is empty: its first line must name the facts.'], stopped: true, needsDay: false };
  if (table.openQuotes.length) return { patients: [], problems: [OPEN_QUOTE], stopped: true, needsDay: false };
  const problems: string[] = [];
  const columns = columnsOf(ruleSet, table.columns, problems);
  if (!columns.some(column => column))
    return { patients: [], problems: [...problems, 'No heading names a fact of the rule set.'], stopped: true, needsDay: false };
  if (!table.rows.length) problems.push('The file has no rows below its headings.');
  const bindings = bindingsOf(ruleSet);
  const patients: ImportedPatient[] = [];
  let needsDay = false;
  for (const [i, { cells }] of table.rows.entries()) {
    const values = cells.map(cell => cell.value.trim());
    const read =
      values.length === columns.length
        ? readRow(bindings, columns, values, i + 1, target, asOf)
        : { why: `it has ${values.length} cells, the headings are ${columns.length}` };
    if ('why' in read) {
      problems.push(`Row ${i + 1} was not imported: ${read.why}.`);
      needsDay ||= read.why === NO_DAY && asOf === undefined;
    } else patients.push(read);
  }
  return { patients, problems, stopped: patients.length === 0 || patients.length < table.rows.length, needsDay };
}

const NO_DAY = 'the day to describe the patient for is not given, or is no date such as 2026-11-22';
const OPEN_QUOTE =
  'A quotation mark is not closed, or has more behind the closing one: where a cell ends is not known, so nothing was imported.';

function columnsOf(ruleSet: RuleSet, headings: readonly { readonly value: string }[], problems: string[]): (Column | undefined)[] {
  const seen = new Set<string>();
  return headings.map(({ value }, i) => {
    const column = columnOf(ruleSet, value);
    const what = JSON.stringify(column && nameOf(column));
    if (!column) problems.push(`Column ${i + 1} was left out: its heading names nothing that can be recorded for the rule set.`);
    else if (seen.has(what)) problems.push(`Column ${i + 1} was left out: an earlier column is for the same.`);
    else {
      seen.add(what);
      return column;
    }
    return undefined;
  });
}

/** `age`, `age [a]`, `age in a`, `lesions.a.site`, `news2.consciousness`, `sins.on`, `lesions.complete`, `asOf`. */
function columnOf(ruleSet: RuleSet, heading: string): Column | undefined {
  const [, what = '', bracketed, worded] = /^\s*([^\s[\]]+)(?:\s*\[([^\]]+)\]|\s+in\s+(\S+))?\s*$/.exec(heading) ?? [];
  const unit = bracketed?.trim() ?? worded;
  if (what === 'asOf' && unit === undefined) return { kind: 'asOf' };
  const steps = what.split('.');
  if (steps.length <= 2) return ofHolder(ruleSet, undefined, ruleSet.facts, undefined, steps, unit);
  const [groupId = '', record = '', ...rest] = steps;
  const group = ruleSet.groups.get(groupId);
  if (!group || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(record) || rest.length > 2) return undefined;
  return ofHolder(ruleSet, group, group.facts, record, rest, unit);
}

function ofHolder(
  ruleSet: RuleSet,
  group: Group | undefined,
  facts: ReadonlyMap<string, Fact>,
  record: string | undefined,
  [first = '', second]: readonly string[],
  unit: string | undefined,
): Column | undefined {
  if (second === undefined) {
    const fact = facts.get(first);
    return fact && (unit === undefined || fact.type === 'quantity') ? { kind: 'fact', fact, record, unit } : undefined;
  }
  if (unit !== undefined) return undefined;
  const complete = group ? undefined : ruleSet.groups.get(first);
  if (complete && second === 'complete') return { kind: 'complete', group: complete };
  const score = ruleSet.scores.get(first);
  if (!score || score.of?.value !== group?.id) return undefined;
  if (second === 'on') return { kind: 'on', score, record };
  const how = score.components.get(second)?.how;
  return how?.kind === 'options' && !how.from ? { kind: 'option', score, component: second, record } : undefined;
}

function nameOf(column: Column): string {
  const inRecord = (group: string | undefined, record: string | undefined, name: string) =>
    group === undefined ? name : `${group}.${record}.${name}`;
  switch (column.kind) {
    case 'fact':
      return inRecord(column.fact.group, column.record, column.fact.id);
    case 'option':
      return inRecord(column.score.of?.value, column.record, `${column.score.id}.${column.component}`);
    case 'on':
      return inRecord(column.score.of?.value, column.record, `${column.score.id}.on`);
    case 'complete':
      return `${column.group.id}.complete`;
    case 'asOf':
      return 'asOf';
  }
}

/** What a row says of the patient, or of one record. */
interface Holder {
  readonly facts: Map<string, Settled>;
  readonly scores: RecordedScores;
}

function readRow(
  bindings: Bindings,
  columns: readonly (Column | undefined)[],
  values: readonly string[],
  number: number,
  target: Target,
  given: string | undefined,
): ImportedPatient | { readonly why: string } {
  const asOf = values[columns.findIndex(column => column?.kind === 'asOf')] || given;
  if (asOf === undefined || !isDateOrTime(asOf)) return { why: NO_DAY };
  const row: Row = {
    bindings,
    asOf,
    number,
    own: newHolder(),
    groups: new Map(),
    complete: new Set(),
    leftOut: new LeftOutList(),
    taken: [],
  };
  for (const [i, column] of columns.entries()) if (column && values[i]) readCell(row, column, values[i], i + 1);
  const { ruleSet } = bindings;
  const groups = [...ruleSet.groups.values()].map(group => {
    const records = [...(row.groups.get(group.id) ?? [])].map(([id, { facts, scores }]) => [id, facts, scores] as const);
    return { group, records, complete: row.complete.has(group.id) };
  });
  const id = `imported-${number}`;
  const heading = { ...target, id, title: `Imported from a table: row ${number}`, asOf };
  const text = patientText(ruleSet, heading, row.own.facts, groups, row.own.scores);
  return { id, text, taken: row.taken, leftOut: row.leftOut.list() };
}

interface Row {
  readonly bindings: Bindings;
  readonly asOf: string;
  readonly number: number;
  readonly own: Holder;
  readonly groups: Map<string, Map<string, Holder>>;
  readonly complete: Set<string>;
  readonly leftOut: LeftOutList;
  readonly taken: Taken[];
}

function newHolder(): Holder {
  return { facts: new Map(), scores: new Map() };
}

function holderOf(row: Row, group: string | undefined, record: string | undefined): Holder {
  if (group === undefined || record === undefined) return row.own;
  const records = row.groups.get(group) ?? new Map<string, Holder>();
  row.groups.set(group, records);
  const holder = records.get(record) ?? newHolder();
  records.set(record, holder);
  return holder;
}

function readCell(row: Row, column: Column, cell: string, number: number): void {
  const why = take(row, column, cell, `row ${row.number}, column ${number}`);
  if (why !== undefined) row.leftOut.add(`row ${row.number}, column ${number}`, nameOf(column), why);
}

/** Why it was not taken over. */
function take(row: Row, column: Column, cell: string, from: string): string | undefined {
  if (column.kind === 'asOf') return undefined;
  if (column.kind === 'complete') {
    if (cell === 'true') row.complete.add(column.group.id);
    return cell === 'true' || cell === 'false' ? undefined : 'a list is complete (true) or not (false)';
  }
  if (column.kind === 'fact') return takeFact(row, column, cell, from);
  const { score, record } = column;
  const isRight =
    column.kind === 'on'
      ? isDateOrTime(cell) && !isAfter(cell, row.asOf)
      : cell.split('|').every(option => isOption(score, column.component, option.trim()));
  if (!isRight)
    return column.kind === 'on' ? 'it is no date up to the day the patient is described for' : 'it is no option of the component';
  const { scores } = holderOf(row, score.of?.value, record);
  const known = scores.get(score.id) ?? {};
  if (column.kind === 'on') scores.set(score.id, { ...known, on: cell });
  else scores.set(score.id, { ...known, options: { ...known.options, [column.component]: optionsJson(cell) } });
  row.taken.push({ from, to: nameOf(column), value: cell });
  return undefined;
}

function isOption(score: Score, component: string, option: string): boolean {
  const how = score.components.get(component)?.how;
  return how?.kind === 'options' && (how.options.has(option) || how.undefinedOptions.has(option));
}

function optionsJson(cell: string): string | { readonly oneOf: readonly string[] } {
  const options = cell.split('|').map(option => option.trim());
  return options.length === 1 ? options[0]! : { oneOf: options };
}

/** With one alternative that is wrong nothing is taken over: leaving it out would be to know more than was written. */
function takeFact(row: Row, { fact, record, unit }: Extract<Column, { kind: 'fact' }>, cell: string, from: string): string | undefined {
  const admitted = cell.split('|').map(word => admitCell(row, fact, word.trim(), unit));
  const wrong = admitted.find(one => 'why' in one);
  if (wrong && 'why' in wrong) return wrong.why;
  const values = admitted.flatMap(one => ('value' in one ? [one.value] : []));
  const value: FactJson = values.length === 1 ? values[0]! : { oneOf: values };
  holderOf(row, fact.group, record).facts.set(fact.id, { value, date: undefined });
  const [first] = admitted;
  const note = first && 'note' in first ? first.note : undefined;
  const told = values.map(one => (typeof one === 'object' ? `${one.value} ${one.unit}` : String(one))).join(' or ');
  row.taken.push({ from, to: nameOf({ kind: 'fact', fact, record, unit }), value: told, ...(note === undefined ? {} : { note }) });
  return undefined;
}

const NUMBER = /^(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)(?:\s+(\S+))?$/;

function admitCell({ bindings, asOf }: Row, fact: Fact, word: string, unit: string | undefined): Admitted {
  if (fact.type === 'date' && word === 'never') return { value: 'never' };
  return admit(bindings, fact, rawOf(fact, word, unit), asOf);
}

/** A number's own unit comes before the heading's. */
function rawOf(fact: Fact, word: string, unit: string | undefined): Raw {
  if (fact.type === 'boolean' && (word === 'true' || word === 'false')) return { kind: 'boolean', value: word === 'true' };
  if (fact.type === 'date') return { kind: 'date', date: word };
  const [, number, own] = (fact.type === 'code' || fact.type === 'side' ? undefined : NUMBER.exec(word)) ?? [];
  return number === undefined ? { kind: 'id', id: word } : { kind: 'number', value: Number(number), unit: own ?? unit };
}
