/** A tree to a sample patient. Any tree is accepted; a value that cannot be read counts as not recorded, never as something else. */
import type { ParsedDocument } from '../syntax/document.ts';
import type { Node, Property } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import { toValue } from '../syntax/to-value.ts';
import type { Span } from '../text/span.ts';
import type { EffectVerb } from './effect.ts';
import type {
  CaseRow,
  CaseTable,
  Expected,
  ExpectedBands,
  ExpectedEffect,
  ExpectedTotals,
  Patient,
  PatientFact,
  PatientGroup,
  PatientRecord,
  PatientScore,
  PatientValue,
} from './patient.ts';
import { constantOf, itemsOf, nameOf, namesOf, namesOrEmpty, numbersOf, objectOf, propertiesOf, spanOf, textOf } from './read-fields.ts';
import type { Written } from './rule-set.ts';

/** What every part of a patient that has an id begins with. */
interface Keyed {
  readonly id: string;
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
}

/** Reads one `*.patient.json` by itself. Of a key written twice the last counts, as JSON readers have it. Never throws. */
export function readPatient(document: ParsedDocument, file: string): Patient {
  const root = objectOf(document.root);
  const cases = readCases(valueUnder(root, 'cases'));
  return {
    file,
    id: nameOf(valueUnder(root, 'id')),
    title: textOf(valueUnder(root, 'title')),
    asOf: nameOf(valueUnder(root, 'asOf')),
    for: namesOf(valueUnder(root, 'for')).map(path => ({ path, file })),
    extends: nameOf(valueUnder(root, 'extends')),
    facts: byKey(valueUnder(root, 'facts'), file, readFact),
    scores: byKey(valueUnder(root, 'scores'), file, readScore),
    groups: byKey(valueUnder(root, 'groups'), file, readGroup),
    expected: itemsOf(valueUnder(root, 'expected')).map(readExpected),
    ...(cases && { cases }),
  };
}

function byKey<T>(node: Node | undefined, file: string, read: (keyed: Keyed, node: Node | undefined) => T): ReadonlyMap<string, T> {
  const all = new Map<string, T>();
  for (const each of propertiesOf(node)) all.set(each.key, read(keyedBy(each, file), each.value));
  return all;
}

function keyedBy({ key, keyStart, keyEnd, value }: Property, file: string): Keyed {
  const idSpan = { start: keyStart, end: keyEnd };
  return { id: key, file, idSpan, span: value ? spanOf(value) : idSpan };
}

/** A `oneOf` with an entry that cannot be read has no value at all: to leave that entry out would be to know more than was written. */
function readFact(keyed: Keyed, node: Node | undefined): PatientFact {
  const alternatives = property(node, 'oneOf');
  const nodes = alternatives ? itemsOf(alternatives.value) : node ? [node] : [];
  const values = nodes.map(readValue);
  return { ...keyed, values: values.every(value => value !== undefined) ? values : [] };
}

function readValue(node: Node): PatientValue | undefined {
  const constant = constantOf(node.type === 'object' ? valueUnder(node, 'value') : node);
  if (!constant) return undefined;
  const unit = node.type === 'object' ? property(node, 'unit') : undefined;
  if (unit && unit.value?.type !== 'string') return undefined;
  return { span: spanOf(node), value: constant.value, unit: nameOf(unit?.value) };
}

function readScore(keyed: Keyed, node: Node | undefined): PatientScore {
  const on = valueUnder(node, 'on');
  const options = byKey(valueUnder(node, 'options'), keyed.file, readRecorded);
  return { ...keyed, on: nameOf(on), options, ...(on?.type === 'null' && { undated: true as const }) };
}

/** Options are ids: what is none makes the component unknown. */
function readRecorded(keyed: Keyed, node: Node | undefined): PatientFact {
  const fact = readFact(keyed, node);
  return fact.values.every(({ value, unit }) => typeof value === 'string' && !unit) ? fact : { ...keyed, values: [] };
}

function readGroup(keyed: Keyed, node: Node | undefined): PatientGroup {
  const list = valueUnder(node, 'records');
  const nodes = itemsOf(list).filter(item => item.type === 'object');
  return { ...keyed, complete: readComplete(node), records: nodes.map((item, index) => readRecord(item, index, keyed.file)) };
}

/** A list that is not written, or cannot be read in full, is not complete, unless it is said to be. */
function readComplete(node: Node | undefined): boolean | undefined {
  const complete = property(node, 'complete');
  const records = property(node, 'records');
  const isSound = records?.value?.type === 'array' && records.value.items.every(item => item.type === 'object');
  if (complete?.value?.type === 'boolean' && (isSound || !records)) return complete.value.value;
  return isSound && !complete ? undefined : false;
}

function readRecord(node: Node, index: number, file: string): PatientRecord {
  const id = nameOf(valueUnder(node, 'id'));
  const remove = valueUnder(node, 'remove');
  return {
    id: id?.value ?? `[${index}]`,
    file,
    idSpan: id?.span ?? { start: node.start, end: node.start + 1 },
    span: spanOf(node),
    facts: byKey(valueUnder(node, 'facts'), file, readFact),
    scores: byKey(valueUnder(node, 'scores'), file, readScore),
    remove: remove?.type === 'boolean' && remove.value,
  };
}

function readExpected(node: Node): Expected {
  const names = (key: string): readonly Written<string>[] => namesOf(valueUnder(node, key));
  const decisions = new Map<string, readonly Written<string>[]>();
  for (const { key, value } of propertiesOf(valueUnder(node, 'decisions'))) decisions.set(key, namesOf(value));
  const proposed = valueUnder(node, 'proposed');
  return {
    span: spanOf(node),
    ruleSet: nameOf(valueUnder(node, 'ruleSet')),
    decisions,
    totals: byRecord(valueUnder(node, 'totals'), readExpectedTotals),
    bands: byRecord(valueUnder(node, 'bands'), readExpectedBands),
    fired: names('fired'),
    notFired: names('notFired'),
    statements: names('statements'),
    missing: names('missing'),
    effects: itemsOf(valueUnder(node, 'effects')).map(readExpectedEffect),
    noEffects: itemsOf(valueUnder(node, 'noEffects')).map(readExpectedEffect),
    proposed: proposed?.type === 'boolean' ? { value: proposed.value, span: spanOf(proposed) } : undefined,
  };
}

/** By score; for the score of a group by record. What is written for the score as a whole stands under ''. */
function byRecord<T>(node: Node | undefined, read: (node: Node | undefined) => T | undefined): ReadonlyMap<string, ReadonlyMap<string, T>> {
  const scores = new Map<string, ReadonlyMap<string, T>>();
  for (const { key, value } of propertiesOf(node)) {
    const own = read(value);
    const each = propertiesOf(value).flatMap(record => {
      const found = read(record.value);
      return found === undefined ? [] : [[record.key, found] as const];
    });
    scores.set(key, new Map(own === undefined ? each : [['', own]]));
  }
  return scores;
}

function readExpectedTotals(node: Node | undefined): ExpectedTotals | undefined {
  if (node?.type === 'null') return { kind: 'none', span: spanOf(node) };
  if (node?.type === 'number' || node?.type === 'array')
    return { kind: 'exactly', totals: numbersOf(node).map(({ value }) => value), span: spanOf(node) };
  const within = valueUnder(node, 'within');
  const [low, high] = numbersOf(within);
  return node && within?.type === 'array' && low && high
    ? { kind: 'within', low: low.value, high: high.value, span: spanOf(node) }
    : undefined;
}

function readExpectedBands(node: Node | undefined): ExpectedBands | undefined {
  if (node?.type === 'null') return { span: spanOf(node), bands: [] };
  return node?.type === 'string' || node?.type === 'array' ? { span: spanOf(node), bands: namesOf(node) } : undefined;
}

const VERBS: ReadonlySet<string> = new Set(['require', 'recommend', 'avoid', 'forbid', 'limit']);

function readExpectedEffect(node: Node): ExpectedEffect {
  const properties = propertiesOf(node);
  const said = properties.find(({ key }) => VERBS.has(key));
  const at = valueUnder(node, 'at');
  const details = properties.flatMap(({ key, value }) =>
    VERBS.has(key) || key === 'at' || !value ? [] : [[key, toValue(value)] as const],
  );
  return {
    span: spanOf(node),
    verb: said && { value: said.key as EffectVerb, span: { start: said.keyStart, end: said.keyEnd } },
    what: nameOf(said?.value),
    at: at === undefined ? 'anywhere' : textOf(at) === 'everywhere' ? 'everywhere' : namesOf(at),
    details: new Map(details),
  };
}

/** A row of cells, or an object that names its columns itself. */
export function readCaseRow(row: Node): CaseRow {
  if (row.type !== 'object') return { span: spanOf(row), cells: itemsOf(row) };
  const written = row.properties.flatMap(({ key, keyStart, keyEnd, value }) =>
    value ? [{ name: { value: key, span: { start: keyStart, end: keyEnd } }, value }] : [],
  );
  return { span: spanOf(row), columns: written.map(({ name }) => name), cells: written.map(({ value }) => value) };
}

function readCases(node: Node | undefined): CaseTable | undefined {
  if (node?.type !== 'object') return undefined;
  return {
    span: spanOf(node),
    ruleSet: nameOf(valueUnder(node, 'ruleSet')),
    csv: nameOf(valueUnder(node, 'csv')),
    columns: namesOrEmpty(valueUnder(node, 'columns')),
    rows: itemsOf(valueUnder(node, 'rows')).map(readCaseRow),
  };
}
