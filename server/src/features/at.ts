/** The names of a workspace: which one stands at a place, what it means, and where else the same thing is named, in rule sets and sample patients. */
import type { RuleSet } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import type { Named } from './declared.ts';
import { lookUp } from './look-up.ts';
import { type Mention, mentionsOfRuleSet } from './mentions.ts';
import { mentionsOfPatient } from './mentions-patient.ts';

/** A name where it stands, with what it means. */
export interface Found {
  readonly mention: Mention;
  /** The declarations that count, in the first whole that knows them; empty for a name that nothing declares, and for the path of a file. */
  readonly named: readonly Named[];
  /** That whole; of a name that means nothing, the file's own. Undefined for a patient without rule sets. */
  readonly whole: RuleSet | undefined;
}

/** The name at an offset: the innermost where names stand in a longer text. */
export function nameAt(workspace: Workspace, file: string, offset: number): Found | undefined {
  const touching = mentionsIn(workspace, file).filter(({ span }) => span.start <= offset && offset <= span.end);
  const mention = touching.sort((a, b) => length(a.span) - length(b.span) || a.span.start - b.span.start)[0];
  return mention && meaningOf(workspace, mention);
}

/** Every name in a file, in no particular order, as it stands: `meaningOf` says what it means. */
export function mentionsIn(workspace: Workspace, file: string): readonly Mention[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  if (snapshot.kind() === 'patient') return mentionsOfPatient(snapshot.document().root, file);
  return mentionsOfRuleSet(snapshot.ruleSet());
}

/** What a name means where it stands: in the file's own whole, or else in the first that includes it. */
export function meaningOf(workspace: Workspace, mention: Mention): Found {
  let first: RuleSet | undefined;
  for (const { whole, patients } of wholesAround(workspace, mention.file)) {
    const patient = patients.find(({ chain }) => chain.includes(mention.file))?.file ?? '';
    const named = lookUp(whole, mention, patient);
    if (named.length > 0) return { mention, named, whole };
    first ??= whole;
  }
  return { mention, named: [], whole: first };
}

/** Everywhere the thing is named, its declarations included; `[mention]` where it means nothing. */
export function occurrencesOf(workspace: Workspace, mention: Mention): readonly Mention[] {
  const search: Search = { workspace, name: mention.name, wholes: new Map(), found: new Map(), done: new Set() };
  const waiting = [mention];
  search.found.set(keyOf(mention), mention);
  for (const next of waiting) {
    for (const around of wholesAround(workspace, next.file)) {
      for (const other of sameIn(search, around, next)) {
        const key = keyOf(other);
        if (search.found.has(key)) continue;
        search.found.set(key, other);
        waiting.push(other);
      }
    }
  }
  return [...search.found.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start));
}

/** Whether a name is where the thing is declared. */
export function isDeclaration({ sense }: Mention): boolean {
  return sense.kind === 'declares';
}

/** A whole rule set, with the patients that are meant for it. */
interface Around {
  readonly whole: RuleSet;
  readonly patients: readonly { readonly file: string; readonly chain: readonly string[] }[];
}

/** The wholes in which the names of a file are read: its own first, then those that include it; of a patient those it is meant for. */
function wholesAround(workspace: Workspace, file: string): readonly Around[] {
  const byFile = keptFor(workspace);
  const known = byFile.get(file);
  if (known) return known;
  const roots = [file, ...workspace.users(file)].flatMap(user => {
    const linked = workspace.linked(user);
    return linked ? [linked.ruleSet] : (workspace.patient(user)?.ruleSets ?? []);
  });
  const around = [...new Map(roots.map(whole => [whole.root.file, whole])).values()].map(whole => ({
    whole,
    patients: patientsFor(workspace, whole),
  }));
  byFile.set(file, around);
  return around;
}

const kept = new WeakMap<Workspace, { readonly revision: number; readonly around: Map<string, readonly Around[]> }>();

/** As long as nothing changes, wholes are put together once. */
function keptFor(workspace: Workspace): Map<string, readonly Around[]> {
  const known = kept.get(workspace);
  if (known?.revision === workspace.revision) return known.around;
  const around = new Map<string, readonly Around[]>();
  kept.set(workspace, { revision: workspace.revision, around });
  return around;
}

function patientsFor(workspace: Workspace, whole: RuleSet): Around['patients'] {
  return workspace.users(whole.root.file).flatMap(file => {
    const patient = workspace.patient(file);
    return patient?.ruleSets.some(({ root }) => root.file === whole.root.file) ? [{ file, chain: patient.chain }] : [];
  });
}

interface Search {
  readonly workspace: Workspace;
  readonly name: string;
  /** By the root's file, the name in all files of the whole with the spaces it stands for. */
  readonly wholes: Map<string, readonly Standing[]>;
  readonly found: Map<string, Mention>;
  /** Spaces that were followed already, with the root's file. */
  readonly done: Set<string>;
}

interface Standing {
  readonly mention: Mention;
  readonly spaces: readonly string[];
}

/** The mentions of a whole that mean what this one means there. */
function sameIn(search: Search, around: Around, mention: Mention): Mention[] {
  const root = around.whole.root.file;
  const standing = search.wholes.get(root) ?? standingIn(search, around);
  search.wholes.set(root, standing);
  const key = keyOf(mention);
  const spaces = standing.find(one => keyOf(one.mention) === key)?.spaces ?? [];
  const open = spaces.filter(space => !search.done.has(`${root}\0${space}`));
  for (const space of open) search.done.add(`${root}\0${space}`);
  if (open.length === 0) return [];
  return standing.filter(one => one.spaces.some(space => open.includes(space))).map(one => one.mention);
}

/** A mention in a patient that others extend is read once for each of them. */
function standingIn({ workspace, name }: Search, { whole, patients }: Around): Standing[] {
  const ofFiles = whole.files.flatMap(({ file }) => withName(workspace, file, name).map(mention => standingAs(whole, mention, '')));
  const ofPatients = new Map<string, { mention: Mention; spaces: string[] }>();
  for (const patient of patients)
    for (const file of patient.chain)
      for (const mention of withName(workspace, file, name)) {
        const { spaces } = standingAs(whole, mention, patient.file);
        const known = ofPatients.get(keyOf(mention));
        if (known) known.spaces.push(...spaces);
        else ofPatients.set(keyOf(mention), { mention, spaces: [...spaces] });
      }
  return [...ofFiles, ...ofPatients.values()];
}

function standingAs(whole: RuleSet, mention: Mention, patient: string): Standing {
  return { mention, spaces: lookUp(whole, mention, patient).map(({ space }) => space) };
}

const indices = new WeakMap<readonly Mention[], ReadonlyMap<string, readonly Mention[]>>();

/** The mentions of a name in a file; each file's are put in order once. */
function withName(workspace: Workspace, file: string, name: string): readonly Mention[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const all = mentionsIn(workspace, file);
  let index = indices.get(all);
  if (!index) {
    index = byName(all);
    indices.set(all, index);
  }
  return index.get(name) ?? [];
}

function byName(all: readonly Mention[]): Map<string, Mention[]> {
  const index = new Map<string, Mention[]>();
  for (const mention of all) {
    const same = index.get(mention.name);
    if (same) same.push(mention);
    else index.set(mention.name, [mention]);
  }
  return index;
}

function keyOf({ file, span }: Mention): string {
  return `${span.start} ${file}`;
}

function length({ start, end }: Span): number {
  return end - start;
}
