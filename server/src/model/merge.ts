/** The declarations of several files in one: ids unique, and a file that adapts another replaces and removes what it names there. */
import type { Span } from '../text/span.ts';
import { definitionText } from './definition.ts';
import type { LinkedFile, LinkProblem } from './link.ts';
import type { Declarations, Item, Rule, Score, Section } from './rule-set.ts';

export const SECTIONS: readonly Section[] = [
  ...(['sources', 'sites', 'advice', 'parameters', 'phases', 'facts', 'groups', 'derived'] as const),
  ...(['scores', 'thresholds', 'decisions', 'rules', 'notes', 'impossible'] as const),
];
const ADVISING = new Set(['decide', 'forbid', 'avoid', 'limit', 'require']);

type Tables = { [Key in Section]: Map<string, Item> };

/** An item and the section it stands in. */
interface Entry {
  readonly section: Section;
  readonly item: Item;
}

/** Files come after those they use. Of an id declared twice the first declaration counts, and the later one is told. */
export function mergeFiles(files: readonly LinkedFile[], problems: LinkProblem[]): Declarations {
  const tables = Object.fromEntries(SECTIONS.map(section => [section, new Map()])) as unknown as Tables;
  for (const file of files) {
    checkBaseVersion(file, problems);
    removeNamed(file, tables, problems);
    for (const section of SECTIONS) for (const item of file.own[section].values()) add({ section, item }, file, tables, problems);
  }
  tables.rules = withPrecautionsLast(tables.rules);
  const declarations = tables as unknown as Declarations;
  dropTwins(declarations, tables.derived, problems);
  return declarations;
}

/** As they are read in one file: so that the same rules have the same order, over however many files they are split. */
function withPrecautionsLast(rules: Map<string, Item>): Map<string, Item> {
  const isPrecaution = ([, item]: readonly [string, Item]) => (item as Rule).precaution;
  const entries = [...rules];
  const first = entries.findIndex(isPrecaution);
  if (first < 0 || entries.slice(first).every(isPrecaution)) return rules;
  return new Map([...entries.filter(entry => !isPrecaution(entry)), ...entries.filter(isPrecaution)]);
}

/** A derived fact of a group whose records have a fact of that id already. Within one file the reader has told it. */
function dropTwins({ groups }: Declarations, derived: Map<string, Item>, problems: LinkProblem[]): void {
  for (const item of derived.values()) {
    const fact = groups.get(groupOf(item) ?? '')?.facts.get(item.id);
    if (!fact) continue;
    problems.push(duplicateAt({ section: 'derived', item }, { section: 'facts', item: fact }));
    derived.delete(item.id);
  }
}

function add(entry: Entry, { ofBase }: LinkedFile, tables: Tables, problems: LinkProblem[]): void {
  const { section, item } = entry;
  const other = declaredAlready(entry, tables);
  if (other && !ofBase.has(other.item.file)) {
    problems.push(duplicateAt(entry, other));
    return;
  }
  if (other) {
    if (!item.reason && (needsReason(other) || needsReason(entry)))
      problems.push(reasonMissing(item.id, 'replaced', item.file, item.idSpan));
    if (other.section !== section) tables[other.section].delete(other.item.id);
  }
  // Setting a key that is there keeps its place: the order of rules stays the base's.
  tables[section].set(item.id, item);
}

/** What has the id in the same namespace. Facts and derived facts share one. */
function declaredAlready({ section, item }: Entry, tables: Tables): Entry | undefined {
  const same = tables[section].get(item.id);
  if (same) return { section, item: same };
  if (section === 'facts') return entryOf('derived', tables.derived.get(item.id));
  return section === 'derived' && isOfPatient(item) ? entryOf('facts', tables.facts.get(item.id)) : undefined;
}

function entryOf(section: Section, item: Item | undefined): Entry | undefined {
  return item && isOfPatient(item) ? { section, item } : undefined;
}

function groupOf(item: Item): string | undefined {
  return 'group' in item ? (item.group as string | undefined) : undefined;
}

function isOfPatient(item: Item): boolean {
  return groupOf(item) === undefined;
}

function duplicateAt({ section, item }: Entry, { item: other }: Entry): LinkProblem {
  const equal = String(definitionText(item) === definitionText(other));
  return { kind: 'duplicate-across-files', file: item.file, span: item.idSpan, data: { id: item.id, section, other: other.file, equal } };
}

function removeNamed({ own, ofBase }: LinkedFile, tables: Tables, problems: LinkProblem[]): void {
  for (const { id, reason } of own.remove) {
    const entries = SECTIONS.flatMap(section => {
      const item = tables[section].get(id.value);
      return item && ofBase.has(item.file) ? [{ section, item }] : [];
    });
    if (entries.length === 0) problems.push({ kind: 'removed-unknown', file: own.file, span: id.span, data: { id: id.value } });
    if (!reason && entries.some(needsReason)) problems.push(reasonMissing(id.value, 'removed', own.file, id.span));
    for (const { section } of entries) tables[section].delete(id.value);
  }
}

function reasonMissing(id: string, what: 'replaced' | 'removed', file: string, span: Span): LinkProblem {
  return { kind: 'reason-missing', file, span, data: { id, what } };
}

/** What any of these means is read by rules that protect: a decision's values, strictest first; a unit's factor; a formula. */
const READ_BY_RULES: ReadonlySet<Section> = new Set(['thresholds', 'decisions', 'facts', 'derived']);

/** What decides, forbids, avoids, limits or requires, and what it rests on, is not changed without saying why. */
function needsReason({ section, item }: Entry): boolean {
  if (READ_BY_RULES.has(section)) return true;
  if (section === 'scores') return (item as Score).bandSets.size > 0;
  return section === 'rules' && ((item as Rule).precaution || (item as Rule).then.some(({ kind }) => ADVISING.has(kind)));
}

function checkBaseVersion({ own, base }: LinkedFile, problems: LinkProblem[]): void {
  if (!own.basedOn || !base) return;
  const { version, file, span } = own.basedOn;
  if (version !== undefined && version.value === base.version?.value) return;
  const data = { path: file.value, stated: version?.value ?? '', found: base.version?.value ?? '' };
  problems.push({ kind: 'base-version', file: own.file, span: version?.span ?? span, data });
}
