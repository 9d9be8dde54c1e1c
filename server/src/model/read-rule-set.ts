/** A tree to a rule set file: typed, every value with its place. Any tree is accepted; a damaged one gives what could be read. */
import type { ParsedDocument } from '../syntax/document.ts';
import type { Node, Property } from '../syntax/node.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import { conditionUnder } from './read-conditions.ts';
import { readDerived, readFact, readGroup, readThreshold } from './read-facts.ts';
import type { Declared } from './read-fields.ts';
import {
  codeOf,
  declaredByKey,
  declaredInList,
  evidenceOf,
  isTrue,
  itemOf,
  itemsOf,
  nameOf,
  namesOf,
  objectOf,
  propertiesOf,
  spanOf,
  textOf,
} from './read-fields.ts';
import { readDecision, readImpossible, readRule } from './read-rules.ts';
import { readScore } from './read-scores.ts';
import type {
  Advice,
  AdviceKind,
  DerivedFact,
  Item,
  Note,
  Parameter,
  Phase,
  RuleSetFile,
  Section,
  Site,
  Source,
  Waiver,
  Written,
} from './rule-set.ts';

/** The tables under construction. */
type Tables = { [Key in Section]: Map<string, Item> };
type Read = (declared: Declared, file: string) => Item;
type Double = RuleSetFile['doubles'][number];

const ADVICE: readonly (readonly [string, AdviceKind])[] = [
  ['activities', 'activity'],
  ['interventions', 'intervention'],
  ['assessments', 'assessment'],
  ['referrals', 'referral'],
  ['approvals', 'approval'],
];

/** Top-level keys whose value declares items by their ids: the section they go into and their reader. `groups` is read apart. */
const BY_KEY: ReadonlyMap<string, readonly [Section, Read]> = new Map<string, readonly [Section, Read]>([
  ['sources', ['sources', readSource]],
  ['sites', ['sites', readSite]],
  ...ADVICE.map(([key, kind]) => [key, ['advice', (declared: Declared, file: string) => readAdvice(declared, file, kind)]] as const),
  ['parameters', ['parameters', readParameter]],
  ['phases', ['phases', (declared, file): Phase => itemOf(declared, file)]],
  ['facts', ['facts', (declared, file) => readFact(declared, file, undefined)]],
  ['derived', ['derived', readDerived]],
  ['scores', ['scores', readScore]],
  ['thresholds', ['thresholds', readThreshold]],
  ['decisions', ['decisions', readDecision]],
]);

/** Top-level keys whose value is a list of items that have an `id`. */
const IN_LIST: ReadonlyMap<string, readonly [Section, Read]> = new Map<string, readonly [Section, Read]>([
  ['rules', ['rules', (declared, file) => readRule(declared, false, file)]],
  ['precautions', ['rules', (declared, file) => readRule(declared, true, file)]],
  ['notes', ['notes', readNote]],
  ['impossible', ['impossible', readImpossible]],
]);

/** Reads one `*.clinical.json`. Of an id declared twice in a section the first counts, the others stand in `doubles`. Never throws. */
export function readRuleSet(document: ParsedDocument, file: string): RuleSetFile {
  const root = objectOf(document.root);
  return {
    file,
    id: nameOf(valueUnder(root, 'id')),
    title: textOf(valueUnder(root, 'title')),
    description: textOf(valueUnder(root, 'description')),
    version: nameOf(valueUnder(root, 'version')),
    status: oneOf(nameOf(valueUnder(root, 'status')), ['draft', 'active', 'retired']),
    role: textOf(valueUnder(root, 'role')) === 'library' ? 'library' : 'rule-set',
    complete: isTrue(valueUnder(root, 'complete')),
    reviewBy: nameOf(valueUnder(root, 'reviewBy')),
    uses: namesOf(valueUnder(root, 'uses')),
    basedOn: readBasedOn(valueUnder(root, 'basedOn')),
    remove: itemsOf(valueUnder(root, 'remove')).flatMap(readRemove),
    appliesTo: conditionUnder(root, 'appliesTo'),
    waivers: itemsOf(valueUnder(root, 'waivers')).flatMap(node => readWaiver(node, file)),
    ...readDeclarations(root?.properties ?? [], file),
  };
}

function readDeclarations(properties: readonly Property[], file: string): Sections & { doubles: readonly Double[] } {
  const tables = emptyTables();
  const doubles: Double[] = [];
  const add = (section: Section, item: Item) => {
    if (tables[section].has(item.id)) doubles.push({ section, item });
    else tables[section].set(item.id, item);
  };
  for (const { key, value } of properties) {
    const byKey = BY_KEY.get(key);
    const inList = IN_LIST.get(key);
    if (byKey) for (const each of propertiesOf(value)) add(byKey[0], byKey[1](declaredByKey(each), file));
    if (inList) readList(key, value, (declared: Declared) => add(inList[0], inList[1](declared, file)));
    if (key !== 'groups') continue;
    for (const each of propertiesOf(value))
      add(
        'groups',
        readGroup(declaredByKey(each), file, item => doubles.push({ section: 'facts', item })),
      );
  }
  const sections = tables as unknown as Sections;
  doubles.push(...twinsOf(sections, tables.derived));
  return { ...sections, doubles };
}

/** Derived facts that stand beside a fact of the same id in the same scope: they share one namespace, and the fact counts. */
function twinsOf({ facts, groups, derived }: Sections, table: Map<string, Item>): Double[] {
  const isTwin = ({ id, group }: DerivedFact) => (group === undefined ? facts : groups.get(group)?.facts)?.has(id);
  const twins = [...derived.values()].filter(isTwin);
  for (const { id } of twins) table.delete(id);
  return twins.map(item => ({ section: 'derived', item }));
}

type Sections = Pick<RuleSetFile, Section>;

function readList(key: string, node: Node | undefined, add: (declared: Declared) => void): void {
  const items = itemsOf(node);
  for (let index = 0; index < items.length; index++) add(declaredInList(items[index]!, key, index));
}

function emptyTables(): Tables {
  return {
    sources: new Map(),
    sites: new Map(),
    advice: new Map(),
    parameters: new Map(),
    phases: new Map(),
    facts: new Map(),
    groups: new Map(),
    derived: new Map(),
    scores: new Map(),
    thresholds: new Map(),
    decisions: new Map(),
    rules: new Map(),
    notes: new Map(),
    impossible: new Map(),
  };
}

function oneOf<T extends string>(text: Written<string> | undefined, allowed: readonly T[]): Written<T> | undefined {
  return text && (allowed as readonly string[]).includes(text.value) ? (text as Written<T>) : undefined;
}

function readBasedOn(node: Node | undefined): RuleSetFile['basedOn'] {
  const file = nameOf(valueUnder(node, 'file'));
  return node && file && { file, version: nameOf(valueUnder(node, 'version')), span: spanOf(node) };
}

function readRemove(node: Node): RuleSetFile['remove'] {
  const id = nameOf(valueUnder(node, 'id'));
  return id ? [{ id, reason: nameOf(valueUnder(node, 'reason')), span: spanOf(node) }] : [];
}

function readWaiver(node: Node, file: string): Waiver[] {
  const finding = nameOf(valueUnder(node, 'finding'));
  if (!finding) return [];
  const part = (key: string) => nameOf(valueUnder(node, key));
  return [{ file, span: spanOf(node), finding, reason: part('reason'), by: part('by'), until: part('until'), digest: part('digest') }];
}

function readSource(declared: Declared, file: string): Source {
  const text = (key: string) => textOf(valueUnder(declared.node, key));
  const url = nameOf(valueUnder(declared.node, 'url'));
  return {
    ...itemOf(declared, file),
    published: text('published'),
    kind: text('kind'),
    evidence: text('evidence'),
    url,
    note: text('note'),
  };
}

function readSite(declared: Declared, file: string): Site {
  const { node } = declared;
  const partOf = namesOf(valueUnder(node, 'partOf'));
  return { ...itemOf(declared, file), partOf, paired: isTrue(valueUnder(node, 'paired')), code: codeOf(valueUnder(node, 'code')) };
}

function readAdvice(declared: Declared, file: string, kind: AdviceKind): Advice {
  const { node } = declared;
  return {
    ...itemOf(declared, file),
    kind,
    isA: namesOf(valueUnder(node, 'isA')),
    gives: namesOf(valueUnder(node, 'gives')),
    code: codeOf(valueUnder(node, 'code')),
    definition: textOf(valueUnder(node, 'definition')),
  };
}

function readParameter(declared: Declared, file: string): Parameter {
  const order = valueUnder(declared.node, 'order');
  return {
    ...itemOf(declared, file),
    unit: nameOf(valueUnder(declared.node, 'unit')),
    order: order?.type === 'array' ? namesOf(order) : undefined,
  };
}

function readNote(declared: Declared, file: string): Note {
  const { node } = declared;
  const kind = textOf(valueUnder(node, 'kind'));
  return { ...itemOf(declared, file), ...evidenceOf(node), text: textOf(valueUnder(node, 'text')) ?? '', kind };
}
