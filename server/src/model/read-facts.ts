/** Facts, groups, derived facts and thresholds. A fact without a readable type is `text`, which no rule may test; a derivation with a damaged part is none. */
import type { Node, ObjectNode, Property } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import { conditionUnder, MAX_DEPTH, readTest } from './read-conditions.ts';
import type { Declared } from './read-fields.ts';
import {
  codeOf,
  constantOf,
  declaredByKey,
  evidenceOf,
  isTrue,
  itemOf,
  itemsOf,
  nameOf,
  nameOrEmpty,
  namesOf,
  numberOf,
  propertiesOf,
  spanOf,
  textOf,
} from './read-fields.ts';
import type {
  CodeValue,
  Derivation,
  DerivedFact,
  Fact,
  FactType,
  Group,
  Name,
  Operation,
  TableRow,
  Term,
  Test,
  Threshold,
  UnitFactor,
} from './rule-set.ts';

const TYPES = new Set(['boolean', 'integer', 'decimal', 'quantity', 'code', 'side', 'date', 'text']);
const VALUE_SECTIONS = new Set(['sites', 'activities', 'interventions', 'assessments']);
const OPERATIONS: readonly Operation[] = ['sum', 'product', 'least', 'greatest', 'difference', 'quotient'];
const BESIDE_THRESHOLD = ['title', 'fact', 'source', 'evidence', 'defines', 'reason'];

export function readFact(declared: Declared, file: string, group: string | undefined): Fact {
  const { node } = declared;
  const type = textOf(valueUnder(node, 'type'));
  return {
    ...itemOf(declared, file),
    type: type !== undefined && TYPES.has(type) ? (type as FactType) : 'text',
    group,
    unit: nameOf(valueUnder(node, 'unit')),
    alsoIn: readFactors(valueUnder(node, 'alsoIn')),
    minimum: numberOf(valueUnder(node, 'minimum')),
    maximum: numberOf(valueUnder(node, 'maximum')),
    required: isTrue(valueUnder(node, 'required')),
    values: readValues(valueUnder(node, 'values')),
    code: codeOf(valueUnder(node, 'code')),
    fhirPath: nameOf(valueUnder(node, 'fhirPath')),
  };
}

function readFactors(node: Node | undefined): readonly UnitFactor[] {
  return propertiesOf(node).flatMap(({ key, keyStart, keyEnd, value }) => {
    const factor = numberOf(value);
    return factor ? [{ unit: { value: key, span: { start: keyStart, end: keyEnd } }, factor }] : [];
  });
}

function readValues(node: Node | undefined): Fact['values'] {
  if (node?.type === 'string') return VALUE_SECTIONS.has(node.value) ? (node.value as Fact['values']) : undefined;
  if (node?.type === 'array') return node.items.flatMap(readListedValue);
  return node?.type === 'object' ? node.properties.map(readDeclaredValue) : undefined;
}

function readListedValue(node: Node): CodeValue[] {
  return node.type === 'string' ? [{ id: node.value, idSpan: spanOf(node), title: undefined, isA: [], code: undefined }] : [];
}

function readDeclaredValue({ key, keyStart, keyEnd, value }: Property): CodeValue {
  const idSpan = { start: keyStart, end: keyEnd };
  return {
    id: key,
    idSpan,
    title: textOf(valueUnder(value, 'title')),
    isA: namesOf(valueUnder(value, 'isA')),
    code: codeOf(valueUnder(value, 'code')),
  };
}

/** A group with its facts; second declarations of a fact are handed to `double`. */
export function readGroup(declared: Declared, file: string, double: (fact: Fact) => void): Group {
  const facts = new Map<string, Fact>();
  for (const each of propertiesOf(valueUnder(declared.node, 'facts'))) {
    const fact = readFact(declaredByKey(each), file, declared.id);
    if (facts.has(fact.id)) double(fact);
    else facts.set(fact.id, fact);
  }
  return { ...itemOf(declared, file), code: codeOf(valueUnder(declared.node, 'code')), facts };
}

export function readDerived(declared: Declared, file: string): DerivedFact {
  const { node } = declared;
  const found = property(node, 'of');
  const of = found && nameOrEmpty(found.value, declared.idSpan);
  return { ...readFact(declared, file, of?.value), ...evidenceOf(node), of, how: node && readDerivation(node) };
}

function readDerivation(node: ObjectNode): Derivation | undefined {
  const kinds = [...OPERATIONS, 'formulas', 'since', 'table'].filter(key => property(node, key));
  const kind = kinds.length === 1 ? kinds[0]! : undefined;
  const value = kind && valueUnder(node, kind);
  if (!value) return undefined;
  if (kind === 'formulas') return readFormulas(value, nameOf(valueUnder(node, 'by')));
  if (kind === 'table') return readTable(value);
  if (kind === 'since') return value.type === 'string' ? { kind, event: nameOf(value)! } : undefined;
  const term = readOperation(kind as Operation, value, 0);
  return term && { kind: 'term', term };
}

function readFormulas(node: Node, by: Name | undefined): Derivation | undefined {
  const formulas: { unit: Name; term: Term }[] = [];
  for (const { key, keyStart, keyEnd, value } of propertiesOf(node)) {
    const term = readTerm(value, 0);
    if (!term) return undefined;
    formulas.push({ unit: { value: key, span: { start: keyStart, end: keyEnd } }, term });
  }
  return formulas.length > 0 ? { kind: 'formulas', by, formulas } : undefined;
}

/** The first row that holds counts, so one that cannot be read leaves no table: a later row must not stand in for it. */
function readTable(node: Node): Derivation | undefined {
  const rows: TableRow[] = [];
  for (const item of itemsOf(node)) {
    const value = constantOf(valueUnder(item, 'value'));
    if (item.type !== 'object' || !value || item.properties.some(({ key }) => key !== 'when' && key !== 'value')) return undefined;
    rows.push({ when: conditionUnder(item, 'when'), value, span: spanOf(item) });
  }
  return rows.length > 0 ? { kind: 'table', rows } : undefined;
}

function readTerm(node: Node | undefined, depth: number): Term | undefined {
  if (node?.type === 'number') {
    const number = numberOf(node);
    return number && { kind: 'number', number, span: number.span };
  }
  if (node?.type !== 'object' || depth > MAX_DEPTH) return undefined;
  if (property(node, 'fact')) return readFactTerm(node);
  const only = node.properties.length === 1 ? node.properties[0]! : undefined;
  const operation = OPERATIONS.find(each => each === only?.key);
  return operation && readOperation(operation, only!.value, depth + 1);
}

function readFactTerm(node: ObjectNode): Term | undefined {
  const fact = nameOf(valueUnder(node, 'fact'));
  const unit = nameOf(valueUnder(node, 'unit'));
  if (!fact || node.properties.length !== (unit ? 2 : 1)) return undefined;
  return { kind: 'fact', fact, unit, span: spanOf(node) };
}

function readOperation(kind: Operation, node: Node | undefined, depth: number): Term | undefined {
  if (node?.type !== 'array' || node.items.length < 2) return undefined;
  if ((kind === 'difference' || kind === 'quotient') && node.items.length !== 2) return undefined;
  const terms: Term[] = [];
  for (const item of node.items) {
    const term = readTerm(item, depth);
    if (!term) return undefined;
    terms.push(term);
  }
  return { kind, terms, span: spanOf(node) };
}

/** A threshold whose cut-off cannot be read is on no fact: nothing is known of it. */
export function readThreshold(declared: Declared, file: string): Threshold {
  const { node } = declared;
  const test = node && readTest(node, BESIDE_THRESHOLD);
  return {
    ...itemOf(declared, file),
    ...evidenceOf(node),
    fact: test && nameOf(valueUnder(node, 'fact')),
    test: test ?? noTest(declared),
  };
}

function noTest({ span }: Declared): Test {
  return { span, is: undefined, in: undefined, atLeast: undefined, above: undefined, atMost: undefined, below: undefined, unit: undefined };
}
