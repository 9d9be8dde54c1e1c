/**
 * Findings of the last analysis while the next is under way: those about rules that say what they said, moved to where these stand now. What was
 * proved is never kept: of a changed rule set nothing is proved yet.
 */
import type { PlainlyAnalysed } from './analysed.ts';
import type { Diagnostic } from './diagnostics/define.ts';
import { isAlike, PLACES } from './model/alike.ts';
import type { RuleSet } from './model/rule-set.ts';
import type { Place, Span } from './text/span.ts';

/** Of the rule set itself only the items are held on to that findings may name: its tree must not be kept beside the next one's. */
export interface Remembered {
  readonly analysed: PlainlyAnalysed;
  readonly said: Said;
}

/** A place as seen from the item it lies in: items move as a whole. */
interface Anchor {
  readonly item: string;
  /** From the start of the item; undefined: its id. */
  readonly offset: number | undefined;
  readonly length: number;
  /** Of the item. */
  readonly size: number;
}

export function remember(analysed: PlainlyAnalysed, ruleSet: RuleSet): Remembered {
  const { root, rules, decisions, sites } = ruleSet;
  return { analysed, said: { root: { id: root.id, file: root.file }, rules, decisions, sites } };
}

/** For each file of the whole as it is now what can still be said in it, without fixes: they were made for another text. */
export function stillSaid({ analysed, said }: Remembered, ruleSet: RuleSet): PlainlyAnalysed {
  const before = itemsOf(said);
  const items = itemsOf(ruleSet);
  const changed = changedItems(said, ruleSet);
  const moved = ruleSet.files.map(({ file }) => {
    const still = (analysed.findings.get(file) ?? []).filter(one => !namesOf(one).some(ids => ids.some(id => changed.has(id))));
    return [file, still.flatMap(one => movedTo(one, file, before, items))] as const;
  });
  return { root: analysed.root, findings: new Map(moved), proved: [], notProved: [], answered: [] };
}

function movedTo(finding: Diagnostic, file: string, before: Items, items: Items): Diagnostic[] {
  const now = (place: Place) => {
    const at = anchorOf(place, before);
    return at && placeOf(at, items);
  };
  const place = now({ file, span: finding.span });
  if (place?.file !== file) return [];
  const related = (finding.related ?? []).flatMap(one => {
    const other = now(one.place);
    return other ? [{ ...one, place: other }] : [];
  });
  return [{ ...finding, span: place.span, related, fix: undefined }];
}

/** The rules and other items it names; not all rules that might have a say, as for a waiver. */
function namesOf({ names, rules = [] }: Diagnostic): readonly (readonly string[])[] {
  return [names, rules];
}

interface Said extends Pick<RuleSet, 'rules' | 'decisions' | 'sites'> {
  readonly root: Pick<RuleSet['root'], 'id' | 'file'>;
}

/** Ids of what says something else now, or was not there, or is there no more. */
function changedItems(before: Said, now: Said): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const section of ['rules', 'decisions', 'sites'] as const) {
    for (const [id, item] of before[section]) if (!isAlike(item, now[section].get(id), PLACES)) changed.add(id);
    for (const id of now[section].keys()) if (!before[section].has(id)) changed.add(id);
  }
  return changed;
}

interface Item {
  readonly key: string;
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
}

interface Items {
  readonly byKey: ReadonlyMap<string, Item>;
  /** By file and start of the id: most places are ids. */
  readonly byId: ReadonlyMap<string, ReadonlyMap<number, Item>>;
}

function itemsOf({ root, rules, decisions, sites }: Said): Items {
  const all = [...rules.values(), ...decisions.values(), ...sites.values()];
  const own = all.map(({ id, file, idSpan, span }) => ({ key: `item ${id}`, file, idSpan, span }));
  const items = [...(root.id ? [{ key: 'rule set', file: root.file, idSpan: root.id.span, span: root.id.span }] : []), ...own];
  const byId = new Map<string, Map<number, Item>>();
  for (const item of items) {
    const ofFile = byId.get(item.file) ?? new Map<number, Item>();
    byId.set(item.file, ofFile.set(item.idSpan.start, item));
  }
  return { byKey: new Map(items.map(item => [item.key, item])), byId };
}

function anchorOf({ file, span }: Place, { byKey, byId }: Items): Anchor | undefined {
  const named = byId.get(file)?.get(span.start);
  if (named?.idSpan.end === span.end) return { item: named.key, offset: undefined, length: 0, size: 0 };
  const item = [...byKey.values()].find(one => one.file === file && one.span.start <= span.start && span.end <= one.span.end);
  if (!item) return undefined;
  const size = item.span.end - item.span.start;
  return { item: item.key, offset: span.start - item.span.start, length: span.end - span.start, size };
}

/** Within an item that was laid out anew, its id. */
function placeOf({ item: key, offset, length, size }: Anchor, { byKey }: Items): Place | undefined {
  const item = byKey.get(key);
  if (!item) return undefined;
  const { file, idSpan, span } = item;
  if (offset === undefined || span.end - span.start !== size) return { file, span: idSpan };
  return { file, span: { start: span.start + offset, end: span.start + offset + length } };
}
