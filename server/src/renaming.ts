/** A renaming with all that goes along: it changes no meaning, so what a waiver wrote down of that is written anew and does not lapse. */
import { analysed } from './analysed.ts';
import { digestOf } from './digest.ts';
import { type Renaming, rename } from './features/rename.ts';
import { linkRuleSet } from './model/link.ts';
import type { RuleSet, Waiver } from './model/rule-set.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { applyEdits, type Edit } from './text/span.ts';
import type { Workspace } from './workspace.ts';

type Edits = ReadonlyMap<string, readonly Edit[]>;

/** What is read for the waivers, each once. */
interface Renamed {
  readonly workspace: Workspace;
  readonly edits: Edits;
  /** Files with their edits made. */
  readonly after: Map<string, Snapshot>;
  /** Wholes after the edits, by their roots. */
  readonly wholes: Map<string, RuleSet>;
  /** Digests of the findings of a whole, by their ids. */
  readonly digests: Map<RuleSet, ReadonlyMap<string, string>>;
}

/** The edits that give the thing at the offset another name, in rule sets, patients and waivers; or why that must not be done. */
export function renameAll(workspace: Workspace, file: string, offset: number, newName: string): Renaming {
  const renaming = rename(workspace, file, offset, newName);
  if (renaming.kind === 'refused') return renaming;
  const edits = new Map(renaming.edits);
  for (const [one, own] of digestEdits(workspace, edits)) edits.set(one, [...(edits.get(one) ?? []), ...own]);
  return { kind: 'edits', edits };
}

/** Edits of the digests that the edits of a renaming would make wrong, by file. */
function digestEdits(workspace: Workspace, edits: Edits): ReadonlyMap<string, readonly Edit[]> {
  const renamed: Renamed = { workspace, edits, after: new Map(), wholes: new Map(), digests: new Map() };
  const found = new Map<string, readonly Edit[]>();
  for (const file of workspace.known()) {
    const snapshot = workspace.snapshot(file);
    if (typeof snapshot === 'string' || snapshot.kind() !== 'rule-set' || !snapshot.text.includes('"digest"')) continue;
    // The edits take out no waiver and add none: the same place in the list is the same waiver.
    const later = snapshotAfter(renamed, snapshot).ruleSet().waivers;
    const own = snapshot.ruleSet().waivers.flatMap((waiver, i) => newDigest(renamed, file, waiver, later[i]!) ?? []);
    if (own.length > 0) found.set(file, own);
  }
  return found;
}

function snapshotAfter({ edits, after }: Renamed, before: Snapshot): Snapshot {
  const { file, text } = before;
  const own = edits.get(file);
  if (!own) return before;
  const snapshot = after.get(file) ?? takeSnapshot(file, applyEdits(text, own));
  after.set(file, snapshot);
  return snapshot;
}

/** A waiver counts in every rule set that its file is part of: the first in which its digest is right tells the new one. */
function newDigest(renamed: Renamed, file: string, waiver: Waiver, later: Waiver): Edit | undefined {
  if (!waiver.digest) return undefined;
  for (const root of [file, ...renamed.workspace.users(file)]) {
    const before = renamed.workspace.linked(root)?.ruleSet;
    if (!before?.files.some(one => renamed.edits.has(one.file))) continue;
    const after = () => wholeAfter(renamed, root);
    const digest = ofNames(before, waiver, after, later) ?? ofAnalysis(renamed, before, waiver, after, later);
    if (digest !== undefined) return digest === waiver.digest.value ? undefined : { span: inner(waiver), newText: digest };
  }
  return undefined;
}

function inner({ digest }: Waiver): Edit['span'] {
  return { start: digest!.span.start + 1, end: digest!.span.end - 1 };
}

/** Most findings are about no more than they name. */
function ofNames(before: RuleSet, waiver: Waiver, after: () => RuleSet, later: Waiver): string | undefined {
  return digestOfNames(before, waiver) === waiver.digest?.value ? digestOfNames(after(), later) : undefined;
}

function digestOfNames(ruleSet: RuleSet, { finding: { value } }: Waiver): string {
  const colon = value.indexOf(':');
  const finding = { code: value.slice(0, colon), names: value.slice(colon + 1).split(',') };
  return digestOf({ ...finding, id: value, severity: 'warning', message: '', span: { start: 0, end: 0 }, fix: undefined }, ruleSet);
}

/** Those about more: which rules hide one, and the patient who falls into a gap. */
const ABOUT_MORE = /^(hidden-rule|missing-rule):/;

function ofAnalysis(renamed: Renamed, before: RuleSet, waiver: Waiver, after: () => RuleSet, later: Waiver): string | undefined {
  if (!ABOUT_MORE.test(waiver.finding.value)) return undefined;
  if (digestsOf(renamed, before).get(waiver.finding.value) !== waiver.digest?.value) return undefined;
  return digestsOf(renamed, after()).get(later.finding.value);
}

function digestsOf({ digests }: Renamed, ruleSet: RuleSet): ReadonlyMap<string, string> {
  const known = digests.get(ruleSet);
  if (known) return known;
  const found = new Map([...analysed(ruleSet).findings.values()].flat().map(({ id, digest }) => [id, digest]));
  digests.set(ruleSet, found);
  return found;
}

function wholeAfter(renamed: Renamed, root: string): RuleSet {
  const { workspace, wholes } = renamed;
  const known = wholes.get(root);
  if (known) return known;
  const ruleSetOf = (file: string | undefined) => {
    const snapshot = file === undefined ? 'missing-file' : workspace.snapshot(file);
    return typeof snapshot === 'string' ? snapshot : snapshotAfter(renamed, snapshot).ruleSet();
  };
  const own = ruleSetOf(root);
  if (typeof own === 'string') throw new Error(`${root} was linked before and cannot be read now`);
  const { ruleSet } = linkRuleSet(own, (from, path) => ruleSetOf(workspace.fileAt(from.file, path.value)));
  wholes.set(root, ruleSet);
  return ruleSet;
}
