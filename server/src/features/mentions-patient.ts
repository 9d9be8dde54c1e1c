/** Every name that stands in a sample patient: what is recorded, what is expected, and the files it names. */
import { itemsOf, objectOf, propertiesOf } from '../model/read-fields.ts';
import { readCaseRow } from '../model/read-patient.ts';
import type { Node, Property } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import type { Mention, PatientSense, Sense } from './mentions.ts';
import { mentionsOfTable } from './mentions-cases.ts';

/** What the walk gathers, and for which file. */
interface Gathering {
  readonly file: string;
  readonly into: Mention[];
}

const made = new WeakMap<Node, readonly Mention[]>();

/** In the order of the text, but for files named. Read from the tree, so that keys have their places. Made once a tree. */
export function mentionsOfPatient(root: Node | undefined, file: string): readonly Mention[] {
  if (!root) return [];
  const known = made.get(root);
  if (known) return known;
  const gathering: Gathering = { file, into: [] };
  for (const path of [...listed(valueUnder(root, 'for')), ...listed(valueUnder(root, 'extends'))])
    addText(gathering, path, { kind: 'path' });
  ofFacts(gathering, valueUnder(root, 'facts'), undefined);
  ofScores(gathering, valueUnder(root, 'scores'), undefined);
  for (const group of propertiesOf(valueUnder(root, 'groups'))) ofGroup(gathering, group);
  for (const expected of itemsOf(valueUnder(root, 'expected'))) ofExpected(gathering, expected);
  ofCases(gathering, valueUnder(root, 'cases'));
  made.set(root, gathering.into);
  return gathering.into;
}

function listed(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? node.items : node ? [node] : [];
}

function add({ file, into }: Gathering, name: string, span: Span, sense: Sense): void {
  if (name !== '') into.push({ name, file, span: { start: span.start, end: span.end }, sense });
}

function addText(gathering: Gathering, node: Node | undefined, sense: Sense): void {
  if (node?.type === 'string') add(gathering, node.value, node, sense);
}

function addKey(gathering: Gathering, { key, keyStart, keyEnd }: Property, as: PatientSense): void {
  add(gathering, key, { start: keyStart, end: keyEnd }, { kind: 'in-patient', as });
}

/** A value as it is, with a unit, or one of several. */
function addValues(gathering: Gathering, node: Node | undefined, as: PatientSense): void {
  const alternatives = property(node, 'oneOf');
  for (const each of alternatives ? itemsOf(alternatives.value) : node ? [node] : [])
    addText(gathering, objectOf(each) ? valueUnder(each, 'value') : each, { kind: 'in-patient', as });
}

function ofFacts(gathering: Gathering, node: Node | undefined, group: string | undefined): void {
  for (const each of propertiesOf(node)) {
    addKey(gathering, each, { kind: 'fact', group });
    addValues(gathering, each.value, { kind: 'value', group, fact: each.key });
  }
}

function ofScores(gathering: Gathering, node: Node | undefined, group: string | undefined): void {
  for (const score of propertiesOf(node)) {
    addKey(gathering, score, { kind: 'score', group });
    for (const component of propertiesOf(valueUnder(score.value, 'options'))) {
      addKey(gathering, component, { kind: 'component', score: score.key });
      addValues(gathering, component.value, { kind: 'option', score: score.key, component: component.key });
    }
  }
}

function ofGroup(gathering: Gathering, group: Property): void {
  addKey(gathering, group, { kind: 'group' });
  for (const record of itemsOf(valueUnder(group.value, 'records'))) {
    addText(gathering, valueUnder(record, 'id'), inPatient({ kind: 'record', group: group.key }));
    ofFacts(gathering, valueUnder(record, 'facts'), group.key);
    ofScores(gathering, valueUnder(record, 'scores'), group.key);
  }
}

function inPatient(as: PatientSense): Sense {
  return { kind: 'in-patient', as };
}

function ofExpected(gathering: Gathering, expected: Node): void {
  addText(gathering, valueUnder(expected, 'ruleSet'), inPatient({ kind: 'rule-set' }));
  for (const decision of propertiesOf(valueUnder(expected, 'decisions'))) {
    addKey(gathering, decision, { kind: 'decision' });
    for (const each of listed(decision.value)) addText(gathering, each, inPatient({ kind: 'answer', decision: decision.key }));
  }
  for (const score of propertiesOf(valueUnder(expected, 'totals'))) ofTotals(gathering, score);
  for (const score of propertiesOf(valueUnder(expected, 'bands'))) ofBands(gathering, score);
  for (const key of ['effects', 'noEffects']) for (const effect of itemsOf(valueUnder(expected, key))) ofEffect(gathering, effect);
  for (const key of ['fired', 'notFired'])
    for (const rule of listed(valueUnder(expected, key))) addText(gathering, rule, inPatient({ kind: 'rule' }));
  for (const path of listed(valueUnder(expected, 'missing'))) ofMissing(gathering, path);
}

/** For the score of a group by record. Which group that is, is looked up: here the name of the score stands for it. */
function ofTotals(gathering: Gathering, score: Property): void {
  addKey(gathering, score, { kind: 'total' });
  if (property(score.value, 'within')) return;
  for (const record of propertiesOf(score.value)) addKey(gathering, record, { kind: 'record-of-score', score: score.key });
}

/** By score, and for the score of a group by record. */
function ofBands(gathering: Gathering, score: Property): void {
  addKey(gathering, score, { kind: 'total' });
  const add = (node: Node | undefined) => {
    for (const band of listed(node)) addText(gathering, band, inPatient({ kind: 'band', score: score.key }));
  };
  if (score.value?.type !== 'object') add(score.value);
  for (const record of propertiesOf(score.value)) {
    addKey(gathering, record, { kind: 'record-of-score', score: score.key });
    add(record.value);
  }
}

const ADVISED: PatientSense = { kind: 'item', section: 'advice' };
const IN_EFFECT: Readonly<Record<string, PatientSense>> = {
  require: { kind: 'requirement' },
  recommend: ADVISED,
  avoid: ADVISED,
  forbid: ADVISED,
  of: ADVISED,
  limit: { kind: 'item', section: 'parameters' },
  at: { kind: 'item', section: 'sites' },
  during: { kind: 'item', section: 'phases' },
};

/** As rules write it. */
function ofEffect(gathering: Gathering, effect: Node): void {
  for (const { key, value } of propertiesOf(effect)) {
    const as = Object.hasOwn(IN_EFFECT, key) ? IN_EFFECT[key] : undefined;
    if (as && !(key === 'at' && value?.type === 'string')) for (const each of listed(value)) addText(gathering, each, inPatient(as));
    if (key === 'recommend') for (const each of itemsOf(valueUnder(value, 'oneOf'))) addText(gathering, each, inPatient(ADVISED));
    if (key === 'with' || key === 'maximum') ofAmounts(gathering, value);
    if (key === 'steps') for (const step of itemsOf(value)) ofAmounts(gathering, valueUnder(step, 'with'));
  }
  const limit = valueUnder(effect, 'limit');
  if (limit?.type === 'string') addText(gathering, valueUnder(effect, 'atMost'), inPatient({ kind: 'place', parameter: limit.value }));
}

function ofAmounts(gathering: Gathering, node: Node | undefined): void {
  for (const amount of propertiesOf(node)) {
    addKey(gathering, amount, { kind: 'item', section: 'parameters' });
    for (const bound of propertiesOf(amount.value))
      if (bound.key !== 'unit') addText(gathering, bound.value, inPatient({ kind: 'place', parameter: amount.key }));
  }
}

const EFFECTS: ReadonlySet<string> = new Set(['expected.effects', 'expected.noEffects']);

function ofCases(gathering: Gathering, table: Node | undefined): void {
  addText(gathering, valueUnder(table, 'ruleSet'), inPatient({ kind: 'rule-set' }));
  addText(gathering, valueUnder(table, 'csv'), { kind: 'path' });
  const columns = itemsOf(valueUnder(table, 'columns')).map(node => ({ value: node.type === 'string' ? node.value : '', span: node }));
  const rows = itemsOf(valueUnder(table, 'rows')).map(readCaseRow);
  gathering.into.push(...mentionsOfTable({ columns, rows }, gathering.file));
  for (const { cells, columns: own = columns } of rows)
    for (const [i, { value }] of own.entries())
      if (EFFECTS.has(value.trim())) for (const effect of itemsOf(cells[i])) ofEffect(gathering, effect);
}

/** `fact`, `group`, `score.component`, `score.on`, `group.record.fact`, `group.record.score.component`. */
function ofMissing(gathering: Gathering, node: Node): void {
  if (node.type !== 'string' || node.end - node.start !== node.value.length + 2) return;
  const names = node.value.split('.');
  let start = node.start + 1;
  sensesOfPath(names).forEach((as, index) => {
    const end = start + names[index]!.length;
    if (as) add(gathering, names[index]!, { start, end }, inPatient(as));
    start = end + 1;
  });
}

function sensesOfPath([first = '', second = '', third = '', ...rest]: readonly string[]): readonly (PatientSense | undefined)[] {
  if (second === '') return [{ kind: 'input' }];
  if (third === '') return [{ kind: 'score', group: undefined }, ofScore(first, second)];
  const head: PatientSense[] = [{ kind: 'group' }, { kind: 'record', group: first }];
  if (rest.length === 0) return [...head, { kind: 'fact', group: first }];
  return [...head, { kind: 'score', group: first }, ofScore(third, rest[0]!)];
}

/** `on` is the date of the score. */
function ofScore(score: string, part: string): PatientSense | undefined {
  return part === 'on' ? undefined : { kind: 'component', score };
}
