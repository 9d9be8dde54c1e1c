/**
 * Findings of the last analysis while the next is under way: those about rules that say what they said, moved to where these stand now. What was
 * proved is never kept: of a changed rule set nothing is proved yet.
 */
import type { Analysed, AnalysedFinding } from './analysed.ts';
import { digestOf } from './digest.ts';
import type { RuleSet } from './model/rule-set.ts';
import type { Place, Span } from './text/span.ts';

export interface Remembered {
  readonly root: string;
  /** Nothing of the rule set itself is held on to: only where findings stood in it, and what it said. */
  readonly findings: ReadonlyMap<string, readonly RememberedFinding[]>;
}

interface RememberedFinding {
  readonly finding: AnalysedFinding;
  readonly meaning: string;
  readonly at: Anchor | undefined;
  /** One for each related place. */
  readonly related: readonly (Anchor | undefined)[];
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

export function remember(analysed: Analysed, ruleSet: RuleSet): Remembered {
  const items = itemsOf(ruleSet);
  const anchored = (file: string, finding: AnalysedFinding): RememberedFinding => ({
    finding,
    meaning: meaningOf(finding, ruleSet),
    at: anchorOf({ file, span: finding.span }, items),
    related: (finding.related ?? []).map(({ place }) => anchorOf(place, items)),
  });
  const findings = [...analysed.findings].map(([file, found]) => [file, found.map(one => anchored(file, one))] as const);
  return { root: analysed.root, findings: new Map(findings) };
}

/** For each file of the whole as it is now what can still be said in it, without fixes: they were made for another text. */
export function stillSaid({ root, findings }: Remembered, ruleSet: RuleSet): Analysed {
  const items = new Map(itemsOf(ruleSet).map(item => [item.key, item]));
  const moved = ruleSet.files.map(({ file }) => {
    const left = (findings.get(file) ?? []).flatMap(one => movedTo(one, file, items, ruleSet));
    return [file, left] as const;
  });
  return { root, findings: new Map(moved), proved: [], notProved: [], answered: [] };
}

function movedTo(
  { finding, meaning, at, related }: RememberedFinding,
  file: string,
  items: ReadonlyMap<string, Item>,
  ruleSet: RuleSet,
): AnalysedFinding[] {
  const place = at && placeOf(at, items);
  if (place?.file !== file || meaningOf(finding, ruleSet) !== meaning) return [];
  const others = (finding.related ?? []).flatMap((one, i) => {
    const now = related[i] && placeOf(related[i], items);
    return now ? [{ ...one, place: now }] : [];
  });
  return [{ ...finding, span: place.span, related: others, fix: undefined }];
}

/** Of the rules and other items it names, as they are written; not of all rules that might have a say, as for a waiver. */
function meaningOf(finding: AnalysedFinding, ruleSet: RuleSet): string {
  return digestOf({ ...finding, code: 'kept' }, ruleSet);
}

interface Item {
  readonly key: string;
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
}

function itemsOf({ root, rules, decisions, sites }: RuleSet): Item[] {
  const items = [...rules.values(), ...decisions.values(), ...sites.values()];
  const own = items.map(({ id, file, idSpan, span }) => ({ key: `item ${id}`, file, idSpan, span }));
  return [...(root.id ? [{ key: 'rule set', file: root.file, idSpan: root.id.span, span: root.id.span }] : []), ...own];
}

function anchorOf({ file, span }: Place, items: readonly Item[]): Anchor | undefined {
  const item = items.find(one => one.file === file && one.span.start <= span.start && span.end <= one.span.end);
  if (!item) return undefined;
  const isId = item.idSpan.start === span.start && item.idSpan.end === span.end;
  return {
    item: item.key,
    offset: isId ? undefined : span.start - item.span.start,
    length: span.end - span.start,
    size: item.span.end - item.span.start,
  };
}

/** Within an item that was laid out anew, its id. */
function placeOf({ item: key, offset, length, size }: Anchor, items: ReadonlyMap<string, Item>): Place | undefined {
  const item = items.get(key);
  if (!item) return undefined;
  const { file, idSpan, span } = item;
  if (offset === undefined || span.end - span.start !== size) return { file, span: idSpan };
  return { file, span: { start: span.start + offset, end: span.start + offset + length } };
}
