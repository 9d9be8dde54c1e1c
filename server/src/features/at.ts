/** The names of a workspace: which one stands at a place, what it means, and where else the same thing is named, in rule sets and sample patients. */
import type { RuleSet } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import type { Named } from './declared.ts';
import { guessAt } from './guesses.ts';
import { lookUp } from './look-up.ts';
import { type Mention, mentionsOfRuleSet } from './mentions.ts';
import { mentionsOfCsv } from './mentions-cases.ts';
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
  if (mention) return meaningOf(workspace, mention);
  const snapshot = workspace.snapshot(file);
  const guess =
    typeof snapshot === 'string' || file.endsWith('.csv') || snapshot.kind() === 'patient'
      ? undefined
      : guessAt(snapshot.document().root, file, offset);
  const guessed = guess && meaningOf(workspace, guess);
  return guessed && guessed.named.length > 0 ? guessed : undefined;
}

/** Every name in a file, in no particular order, as it stands: `meaningOf` says what it means. */
export function mentionsIn(workspace: Workspace, file: string): readonly Mention[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  if (file.endsWith('.csv')) return mentionsOfCsv(snapshot);
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

/** Everywhere the thing is named, its declarations included; `[mention]` where it means nothing. By file, in the order of the text. */
export function occurrencesOf(workspace: Workspace, mention: Mention): readonly Mention[] {
  return sameThing(workspace, mention).mentions;
}

/** All places of one thing, and what it is in each whole that they are read in. */
export interface SameThing {
  readonly mentions: readonly Mention[];
  readonly wholes: readonly (Around & { readonly spaces: ReadonlySet<string> })[];
}

/** Follows a name through every whole it stands in, and on from each place found there: all that must have one name together. */
export function sameThing(workspace: Workspace, mention: Mention): SameThing {
  const { things } = keptFor(workspace);
  const known = things.get(keyOf(mention));
  if (known) return known;
  const same = searched(workspace, mention);
  // From each place of a thing the same places are found, but for those that may be of two things.
  for (const one of [mention, ...same.mentions.filter(joins)]) things.set(keyOf(one), same);
  return same;
}

function searched(workspace: Workspace, mention: Mention): SameThing {
  const search: Search = { workspace, name: mention.name, standing: new Map(), wholes: new Map() };
  const found = new Map([[keyOf(mention), mention]]);
  const waiting = mention.sense.kind === 'seems' ? declarationsOf(workspace, mention) : [mention];
  for (const next of waiting) {
    for (const around of wholesAround(workspace, next.file)) {
      for (const other of sameIn(search, around, next)) {
        const key = keyOf(other);
        if (found.has(key)) continue;
        found.set(key, other);
        if (joins(other)) waiting.push(other);
      }
    }
  }
  const mentions = [...found.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start));
  return { mentions, wholes: [...search.wholes.values()] };
}

/** A waiver, or what is taken out, may name two things: it goes with each and joins none. */
function joins({ sense }: Mention): boolean {
  return sense.kind !== 'waives' && sense.kind !== 'removes';
}

/** What cannot be read is in no whole: the search begins where the thing is declared. */
function declarationsOf(workspace: Workspace, mention: Mention): Mention[] {
  const { named } = meaningOf(workspace, mention);
  return named.map(one => ({ name: one.id, file: one.file, span: one.idSpan, sense: { kind: 'declares', named: one } }));
}

/** Whether a name is where the thing is declared. */
export function isDeclaration({ sense }: Mention): boolean {
  return sense.kind === 'declares';
}

/** A whole rule set, with the patients that are meant for it. */
export interface Around {
  readonly whole: RuleSet;
  readonly patients: readonly { readonly file: string; readonly chain: readonly string[] }[];
}

/** What is put together once, as long as nothing changes in the workspace. */
interface Kept {
  readonly revision: number;
  readonly byFile: Map<string, readonly Around[]>;
  readonly byRoot: Map<string, Around>;
  /** What each patient is made of. */
  readonly patients: Map<string, WholePatient | undefined>;
  /** By each of its places: an editor asks for highlights, linked editing and hover at one name, in this order or another. */
  readonly things: Map<string, SameThing>;
}

interface WholePatient {
  /** The file and those it extends. */
  readonly chain: readonly string[];
  readonly ruleSets: readonly RuleSet[];
}

const kept = new WeakMap<Workspace, Kept>();

function keptFor(workspace: Workspace): Kept {
  const known = kept.get(workspace);
  if (known?.revision === workspace.revision) return known;
  const fresh = { revision: workspace.revision, byFile: new Map(), byRoot: new Map(), patients: new Map(), things: new Map() };
  kept.set(workspace, fresh);
  return fresh;
}

/** The wholes in which the names of a file are read: its own first, then those that include it; of a patient those it is meant for. */
function wholesAround(workspace: Workspace, file: string): readonly Around[] {
  const { byFile, byRoot } = keptFor(workspace);
  const known = byFile.get(file);
  if (known) return known;
  const around = new Map<string, Around>();
  for (const user of [file, ...workspace.users(file)]) {
    const linked = workspace.linked(user);
    for (const whole of linked ? [linked.ruleSet] : (patientOf(workspace, user)?.ruleSets ?? [])) {
      const root = whole.root.file;
      const one = byRoot.get(root) ?? { whole, patients: patientsFor(workspace, root) };
      byRoot.set(root, one);
      around.set(root, one);
    }
  }
  byFile.set(file, [...around.values()]);
  return [...around.values()];
}

function patientsFor(workspace: Workspace, root: string): Around['patients'] {
  return workspace.users(root).flatMap(file => {
    const patient = patientOf(workspace, file);
    return patient?.ruleSets.some(whole => whole.root.file === root)
      ? [{ file, chain: patient.chain.flatMap(one => withTable(workspace, one)) }]
      : [];
  });
}

/** A patient's file, and the CSV file that holds its table of cases. */
function withTable(workspace: Workspace, file: string): readonly string[] {
  const snapshot = workspace.snapshot(file);
  const csv = typeof snapshot === 'string' ? undefined : snapshot.patient().cases?.csv;
  const table = csv && workspace.fileAt(file, csv.value);
  return table?.endsWith('.csv') ? [file, table] : [file];
}

function patientOf(workspace: Workspace, file: string): WholePatient | undefined {
  const { patients } = keptFor(workspace);
  if (!patients.has(file)) patients.set(file, wholePatient(workspace, file));
  return patients.get(file);
}

/** What a patient is made of, without what it records: that is not needed here, and there are many patients. */
function wholePatient(workspace: Workspace, file: string): WholePatient | undefined {
  const chain: string[] = [];
  let ruleSets: readonly RuleSet[] = [];
  for (let next: string | undefined = file; next !== undefined && !chain.includes(next); ) {
    const snapshot = workspace.snapshot(next);
    if (typeof snapshot === 'string' || snapshot.kind() !== 'patient') break;
    const own = snapshot.patient();
    chain.push(next);
    if (ruleSets.length === 0) ruleSets = own.for.flatMap(({ path }) => linkedAt(workspace, own.file, path.value));
    next = own.extends && workspace.fileAt(own.file, own.extends.value);
  }
  return chain.length > 0 ? { chain, ruleSets } : undefined;
}

function linkedAt(workspace: Workspace, from: string, path: string): readonly RuleSet[] {
  const file = workspace.fileAt(from, path);
  const linked = file === undefined ? undefined : workspace.linked(file);
  return linked ? [linked.ruleSet] : [];
}

interface Search {
  readonly workspace: Workspace;
  readonly name: string;
  /** By the root's file. */
  readonly standing: Map<string, Placed>;
  /** By the root's file, with the spaces that were followed already. */
  readonly wholes: Map<string, Around & { readonly spaces: Set<string> }>;
}

/** A place is looked for once for each place of the name: in the list that would be the square of them. */
interface Placed {
  readonly all: readonly Standing[];
  /** What stands at a place, by its key: the first where two do. */
  readonly first: ReadonlyMap<string, Standing>;
}

/** A name in a whole, with the spaces of what it means there. */
export interface Standing {
  readonly mention: Mention;
  readonly spaces: readonly string[];
}

/** The mentions of a whole that mean what this one means there. */
function sameIn(search: Search, around: Around, mention: Mention): Mention[] {
  const root = around.whole.root.file;
  const standing = search.standing.get(root) ?? placed(standingIn(search.workspace, around, search.name));
  search.standing.set(root, standing);
  const spaces = standing.first.get(keyOf(mention))?.spaces ?? [];
  const followed = search.wholes.get(root)?.spaces ?? new Set<string>();
  const open = spaces.filter(space => !followed.has(space));
  if (open.length === 0) return [];
  search.wholes.set(root, { ...around, spaces: new Set([...followed, ...open]) });
  return standing.all.filter(one => one.spaces.some(space => open.includes(space))).map(one => one.mention);
}

function placed(all: readonly Standing[]): Placed {
  const first = new Map<string, Standing>();
  for (const one of all) if (!first.has(keyOf(one.mention))) first.set(keyOf(one.mention), one);
  return { all, first };
}

/** A name in all files of a whole and of its patients. A mention in a patient that others extend is read once for each of them. */
export function standingIn(workspace: Workspace, { whole, patients }: Around, name: string): readonly Standing[] {
  const ofFiles = whole.files.flatMap(({ file }) => withName(workspace, file, name).map(mention => standingAs(whole, mention, '')));
  const ofPatients = new Map<string, { mention: Mention; spaces: string[] }>();
  for (const patient of patients)
    for (const mention of patient.chain.flatMap(file => withName(workspace, file, name))) {
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

/** The mentions of a name in a file. Each file's are put in order once. */
export function withName(workspace: Workspace, file: string, name: string): readonly Mention[] {
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
