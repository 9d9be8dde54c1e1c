/** The outline of a file: its sections, and what each declares, in the order of the text. */
import { valueOf as childOf, type Node, type ObjectNode, type Property, type StringNode } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';

export interface OutlineItem {
  readonly name: string;
  /** The title, where it has one. */
  readonly detail: string;
  /** `section`, `fact`, `rule` and the like. */
  readonly kind: string;
  readonly span: Span;
  /** The name where it is written. */
  readonly idSpan: Span;
  readonly items: readonly OutlineItem[];
}

/** Sections of a rule set or a sample patient and what their entries are called. */
const SECTIONS: Readonly<Record<string, string>> = {
  sources: 'source',
  sites: 'site',
  activities: 'advice',
  interventions: 'advice',
  assessments: 'advice',
  referrals: 'advice',
  approvals: 'advice',
  parameters: 'fact',
  phases: 'advice',
  facts: 'fact',
  groups: 'group',
  derived: 'fact',
  scores: 'score',
  thresholds: 'threshold',
  decisions: 'decision',
  rules: 'rule',
  precautions: 'rule',
  impossible: 'rule',
  notes: 'source',
  waivers: 'source',
  expected: 'record',
};
/** Within an entry: what is worth a line of its own. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  group: { facts: 'fact', records: 'record' },
  record: { facts: 'fact', scores: 'score' },
  score: { components: 'component', bands: 'band', options: 'option' },
  component: { options: 'option', undefined: 'option' },
  decision: { values: 'decision-value' },
  fact: { values: 'value', order: 'place' },
};

export function outline(root: Node | undefined): readonly OutlineItem[] {
  if (root?.type !== 'object') return [];
  return root.properties.flatMap(property => {
    const kind = Object.hasOwn(SECTIONS, property.key) ? SECTIONS[property.key] : undefined;
    return kind && property.value ? [section(property, property.value, kind)] : [];
  });
}

function section(property: Property, value: Node, kind: string): OutlineItem {
  return { ...named(property), detail: '', kind: 'section', items: entries(value, kind) };
}

function entries(value: Node, kind: string): readonly OutlineItem[] {
  if (value.type === 'object') return value.properties.map(property => entry(property, kind));
  if (value.type !== 'array') return [];
  return value.items.flatMap(item => (item.type === 'object' ? [listed(item, kind)] : item.type === 'string' ? [word(item, kind)] : []));
}

/** An entry named by its key. */
function entry(property: Property, kind: string): OutlineItem {
  const detail = textOf(property.value, 'title') || recordedText(property.value);
  return { ...named(property), detail, kind, items: partsOf(property.value, kind) };
}

/** An entry of a list, named by its `id`. */
function listed(item: ObjectNode, kind: string): OutlineItem {
  const id = childOf(item, 'id') ?? childOf(item, 'finding') ?? childOf(item, 'ruleSet');
  return {
    name: id?.type === 'string' ? id.value : '',
    detail: textOf(item, 'title'),
    kind,
    span: item,
    idSpan: id ?? item,
    items: partsOf(item, kind),
  };
}

/** A name that is only listed. */
function word(node: StringNode, kind: string): OutlineItem {
  return { name: node.value, detail: '', kind, span: node, idSpan: node, items: [] };
}

/** What a patient records, or the points of an option: the value with its unit, or those still possible. */
function recordedText(node: Node | undefined): string {
  switch (node?.type) {
    case 'number':
      return node.text;
    case 'string':
      return node.value;
    case 'boolean':
      return node.value ? 'yes' : 'no';
    case 'object': {
      const possible = childOf(node, 'oneOf');
      if (possible?.type === 'array') return possible.items.map(recordedText).join(' or ');
      const points = childOf(node, 'points');
      return [recordedText(childOf(node, 'value') ?? points), textOf(node, 'unit')].filter(Boolean).join(' ');
    }
    default:
      return '';
  }
}

function partsOf(value: Node | undefined, kind: string): readonly OutlineItem[] {
  return Object.entries(PARTS[kind] ?? {}).flatMap(([key, part]) => {
    const found = childOf(value, key);
    return found ? entries(found, part) : [];
  });
}

function named(property: Property): Pick<OutlineItem, 'name' | 'span' | 'idSpan'> {
  const idSpan = { start: property.keyStart, end: property.keyEnd };
  return { name: property.key, idSpan, span: { start: property.keyStart, end: property.value?.end ?? property.keyEnd } };
}

function textOf(node: Node | undefined, key: string): string {
  const value = childOf(node, key);
  return value?.type === 'string' ? value.value : '';
}
