/** Scores: components, options, intervals, bands. A component that cannot be read has unknown points, never none. */
import type { Node, ObjectNode, Property } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import { Exact } from './exact.ts';
import { bothOf, conditionUnder, readTest, unreadable } from './read-conditions.ts';
import type { Declared } from './read-fields.ts';
import {
  evidenceOf,
  itemOf,
  itemsOf,
  nameOf,
  nameOrEmpty,
  namesOrEmpty,
  numberOf,
  periodOf,
  propertiesOf,
  spanOf,
  textOf,
} from './read-fields.ts';
import type { Band, Component, ComponentSource, Condition, Option, PointCondition, Score, Test, UndefinedOption } from './rule-set.ts';

const BESIDE_INTERVAL = ['points'];
const BESIDE_BAND = ['title', 'when'];

export function readScore(declared: Declared, file: string): Score {
  const { node } = declared;
  const worst = textOf(valueUnder(node, 'worst'));
  return {
    ...itemOf(declared, file),
    ...evidenceOf(node),
    of: nameOf(valueUnder(node, 'of')),
    when: readWhen(declared),
    components: readComponents(valueUnder(node, 'components')),
    bandSets: readBandSets(node),
    range: readPublishedRange(valueUnder(node, 'range')),
    validFor: readValidFor(node),
    voidedBy: namesOrEmpty(valueUnder(node, 'voidedBy')),
    worst: worst === 'highest' || worst === 'lowest' ? worst : undefined,
  };
}

/** A score without components would total 0, and one whose group cannot be read would be the patient's: neither is known to apply. */
function readWhen({ node, idSpan }: Declared): Condition | undefined {
  const when = conditionUnder(node, 'when');
  const sound = propertiesOf(valueUnder(node, 'components')).length > 0 && (!property(node, 'of') || nameOf(valueUnder(node, 'of')));
  return sound ? when : bothOf(when, unreadable(idSpan));
}

/** A validity that cannot be read is none at all: the score counts as stale. */
function readValidFor(node: ObjectNode | undefined): Score['validFor'] {
  const found = property(node, 'validFor');
  if (!found) return undefined;
  const span = found.value ? spanOf(found.value) : { start: found.keyStart, end: found.keyEnd };
  return periodOf(found.value) ?? { value: { number: Exact.of(0), unit: 'h' }, span };
}

function readPublishedRange(node: Node | undefined): Score['range'] {
  const [low, high] = itemsOf(node).map(numberOf);
  return node && low && high && { low, high, span: spanOf(node) };
}

function readComponents(node: Node | undefined): ReadonlyMap<string, Component> {
  const components = new Map<string, Component>();
  for (const { key, keyStart, keyEnd, value } of propertiesOf(node)) {
    const idSpan = { start: keyStart, end: keyEnd };
    const span = value ? spanOf(value) : idSpan;
    const how = value?.type === 'object' && !components.has(key) ? readComponentSource(value) : undefined;
    components.set(key, { id: key, idSpan, span, title: textOf(valueUnder(value, 'title')), how });
  }
  return components;
}

function readComponentSource(node: ObjectNode): ComponentSource | undefined {
  const kinds = ['options', 'fact', 'conditions'].filter(key => property(node, key));
  if (kinds.length !== 1) return undefined;
  if (kinds[0] === 'options') return readOptions(node);
  return kinds[0] === 'fact' ? readFactPoints(node) : readPointConditions(node);
}

function readOptions(node: ObjectNode): ComponentSource | undefined {
  const from = nameOf(valueUnder(node, 'from'));
  if (property(node, 'from') && !from) return undefined;
  const options = new Map<string, Option>();
  const undefinedOptions = new Map<string, UndefinedOption>();
  for (const { key, keyStart, keyEnd, value } of propertiesOf(valueUnder(node, 'undefined')))
    if (value?.type === 'string')
      undefinedOptions.set(key, { id: key, value: value.value, span: spanOf(value), idSpan: { start: keyStart, end: keyEnd } });
  for (const each of propertiesOf(valueUnder(node, 'options'))) {
    const option = readOption(each);
    // An option without readable points can still be recorded: its points are unknown.
    if (option && !options.has(each.key)) options.set(each.key, option);
    else undefinedOptions.set(each.key, withoutPoints(each));
  }
  for (const id of undefinedOptions.keys()) options.delete(id);
  return { kind: 'options', options, from, undefinedOptions };
}

function withoutPoints({ key: id, keyStart, keyEnd }: Property): UndefinedOption {
  const idSpan = { start: keyStart, end: keyEnd };
  return { id, value: '', span: idSpan, idSpan };
}

function readOption({ key, keyStart, keyEnd, value }: Property): Option | undefined {
  const points = numberOf(value?.type === 'object' ? valueUnder(value, 'points') : value);
  return points && { id: key, idSpan: { start: keyStart, end: keyEnd }, title: textOf(valueUnder(value, 'title')), points };
}

function readFactPoints(node: ObjectNode): ComponentSource | undefined {
  const fact = nameOrEmpty(valueUnder(node, 'fact'), node);
  if (!property(node, 'intervals')) return { kind: 'value', fact };
  const unit = nameOf(valueUnder(node, 'unit'));
  if (property(node, 'unit') && !unit) return undefined;
  const intervals = itemsOf(valueUnder(node, 'intervals')).flatMap(item => {
    const test = item.type === 'object' ? readTest(item, BESIDE_INTERVAL) : undefined;
    const points = numberOf(valueUnder(item, 'points'));
    return test && points ? [{ test, points, span: spanOf(item) }] : [];
  });
  return { kind: 'intervals', fact, intervals, unit };
}

/** The order counts, so one row that cannot be read leaves none: a later row or `otherwise` must not stand in for it. */
function readPointConditions(node: ObjectNode): ComponentSource | undefined {
  const list = valueUnder(node, 'conditions');
  if (list?.type !== 'array') return undefined;
  const conditions: PointCondition[] = [];
  for (const item of list.items) {
    const points = numberOf(valueUnder(item, 'points'));
    const when = item.type === 'object' ? conditionUnder(item, 'when') : undefined;
    if (!points || !when) return undefined;
    conditions.push({ when, points, span: spanOf(item) });
  }
  return { kind: 'conditions', conditions, otherwise: numberOf(valueUnder(node, 'otherwise')) };
}

function readBandSets(node: ObjectNode | undefined): ReadonlyMap<string, readonly Band[]> {
  const sets = new Map<string, readonly Band[]>();
  const bands = valueUnder(node, 'bands');
  if (bands) sets.set('', readBands(bands));
  for (const { key, value } of propertiesOf(valueUnder(node, 'bandSets'))) sets.set(key, readBands(value));
  return sets;
}

function readBands(node: Node | undefined): readonly Band[] {
  return propertiesOf(node).flatMap(({ key, keyStart, keyEnd, value }) => {
    const test = value?.type === 'object' ? readBandTest(value) : undefined;
    if (!value || !test) return [];
    const when = conditionUnder(value as ObjectNode, 'when');
    return [
      { id: key, idSpan: { start: keyStart, end: keyEnd }, span: spanOf(value), title: textOf(valueUnder(value, 'title')), test, when },
    ];
  });
}

/** A band without bounds holds every total, while its `when` holds if it has one. */
function readBandTest(node: ObjectNode): Test | undefined {
  if (node.properties.some(({ key }) => !BESIDE_BAND.includes(key))) return readTest(node, BESIDE_BAND);
  return {
    span: spanOf(node),
    is: undefined,
    in: undefined,
    atLeast: undefined,
    above: undefined,
    atMost: undefined,
    below: undefined,
    unit: undefined,
  };
}
