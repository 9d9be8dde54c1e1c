/** Texts that are open and files on disk, with what follows from them: one cached answer a version. The only mutable state. */
import { affectedBy, type Graph, usersOf } from './dependencies.ts';
import type { PatientSubject, RuleSetSubject, Subject } from './diagnostics/define.ts';
import type { FileProblem, Files, Resolved } from './files.ts';
import { type CaseProblem, casesOf, extendCase } from './model/case-table.ts';
import { extendPatient } from './model/extend-patient.ts';
import { type Linked, type LinkProblem, linkRuleSet } from './model/link.ts';
import type { Patient } from './model/patient.ts';
import type { Name, RuleSet } from './model/rule-set.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import type { SchemaKind } from './syntax/schema.ts';

/** A patient with what it extends, and the rule sets it is meant for. */
export interface WholePatient {
  readonly patient: Patient;
  /** The file and those it extends, the first base last. */
  readonly chain: readonly string[];
  readonly ruleSets: readonly RuleSet[];
  /** The rows of its own table, each with this patient merged in. */
  readonly cases: readonly WholeCase[];
  readonly caseProblems: readonly CaseProblem[];
  /** Of all files of the chain, each placed in the file whose text must change. */
  readonly problems: readonly LinkProblem[];
}

export interface WholeCase {
  /** What the row itself says. */
  readonly own: Patient;
  readonly patient: Patient;
}

/** What one `uses` led to when a whole was put together: the whole holds as long as it leads there. */
interface Lead {
  readonly from: string;
  readonly path: string;
  readonly to: Snapshot | FileProblem;
}

interface CachedLink {
  /** The workspace's count of changes when it was last known to hold. */
  revision: number;
  readonly leads: readonly Lead[];
  readonly linked: Linked;
}

export class Workspace {
  #files: Files;
  readonly #today: () => string | undefined;
  /** Texts held by an editor: these count, not the disk. */
  readonly #open = new Map<string, Snapshot>();
  readonly #disk = new Map<string, Snapshot | FileProblem>();
  /** Tables of cases as an editor shows them, not saved: read instead of the disk. No files of the workspace by themselves. */
  readonly #drafts = new Map<string, string>();
  /** What paths lead to, by file and path; empty again after every change on disk. */
  readonly #resolved = new Map<string, Resolved>();
  /** By the root's snapshot, so that they go when it goes. */
  readonly #links = new WeakMap<Snapshot, CachedLink>();
  /** The last subject of a snapshot with all it was made from: the same parts give the same object, so that nobody checks twice. */
  readonly #subjects = new WeakMap<Snapshot, { parts: readonly unknown[]; subject: Subject }>();
  readonly #patients = new Map<string, { readonly revision: number; readonly whole: WholePatient | undefined }>();
  #listed: Set<string> | undefined;
  #revision = 0;
  #graph: { revision: number; edges: Graph } | undefined;
  /** Files changed since `takeAffected`, with the graph as it was before. */
  #changed = new Set<string>();
  #graphBefore: Graph = new Map();

  /** `today` gives the date against which reviews and waivers are held; undefined: they are not. */
  constructor(files: Files, today: () => string | undefined) {
    this.#files = files;
    this.#today = today;
  }

  /** An editor opened a text, or edited it. */
  setText(file: string, text: string): void {
    this.#open.set(file, takeSnapshot(file, text));
    this.#noteChange(file);
  }

  /** An editor closed a text: the disk counts again. */
  close(file: string): void {
    const snapshot = this.#open.get(file);
    this.#open.delete(file);
    const onDisk = this.#readDisk(file);
    if (snapshot && typeof onDisk !== 'string' && onDisk.text === snapshot.text) this.#disk.set(file, snapshot);
    this.#noteChange(file);
  }

  /** A table of cases as it is being edited; undefined: as it is on disk again. */
  setDraft(file: string, text: string | undefined): void {
    if (text === undefined) this.#drafts.delete(file);
    else this.#drafts.set(file, text);
    this.#disk.delete(file);
    this.#noteChange(file);
  }

  /** A file, or a folder with all below it, was written, made, deleted or renamed. */
  changedOnDisk(file: string): void {
    const below = [...this.#disk.keys()].filter(key => key === file || key.startsWith(`${file}/`));
    for (const key of [file, ...below]) {
      const before = this.#disk.get(key);
      this.#disk.delete(key);
      const now = this.#readDisk(key);
      // The same text again changes nothing: editors tell of files they have just saved.
      if (before && typeof before !== 'string' && typeof now !== 'string' && before.text === now.text) this.#disk.set(key, before);
      else if (!this.#open.has(key)) this.#noteChange(key);
    }
    this.#resolved.clear();
    this.#listed = undefined;
    this.#revision++;
  }

  /** The workspace has other folders now: everything not open is read anew. */
  replaceFiles(files: Files): void {
    for (const file of this.known()) this.#noteChange(file);
    this.#files = files;
    this.#disk.clear();
    this.#resolved.clear();
    this.#listed = undefined;
    for (const file of this.known()) this.#noteChange(file);
  }

  isOpen(file: string): boolean {
    return this.#open.has(file);
  }

  /** Every rule set and sample patient of the workspace, and every open text, sorted. */
  known(): readonly string[] {
    this.#listed ??= new Set(this.#files.list());
    return [...new Set([...this.#listed, ...this.#open.keys()])].sort();
  }

  /** The file as it is now. */
  snapshot(file: string): Snapshot | FileProblem {
    const open = this.#open.get(file);
    if (open) return open;
    const known = this.#disk.get(file);
    if (known !== undefined) return known;
    const read = this.#readDisk(file);
    this.#disk.set(file, read);
    return read;
  }

  /** The rule set with everything it uses; undefined for what is no rule set. */
  linked(file: string): Linked | undefined {
    const root = this.#ofKind(file, 'rule-set');
    return typeof root === 'string' ? undefined : this.#link(root);
  }

  /** The patient with everything it extends; undefined for what is no patient. */
  patient(file: string): WholePatient | undefined {
    const known = this.#patients.get(file);
    if (known?.revision === this.#revision) return known.whole;
    const root = this.#ofKind(file, 'patient');
    const whole = typeof root === 'string' ? undefined : this.#wholePatient(root);
    this.#patients.set(file, { revision: this.#revision, whole });
    return whole;
  }

  /** What a file would be with another text, such as a half-typed one made whole. Nothing else sees that text. */
  asIf(file: string, text: string): { readonly snapshot: Snapshot; linked(): Linked; patient(): WholePatient } {
    const snapshot = takeSnapshot(file, text);
    return { snapshot, linked: () => this.#link(snapshot), patient: () => this.#wholePatient(snapshot) };
  }

  /** The file that a path written in another leads to, whether or not it is there. */
  fileAt(from: string, path: string): string | undefined {
    return this.#resolve(from, path).file;
  }

  /** The file with all that its findings need; undefined where it cannot be read. Nothing it is made from having changed, the same object as before. */
  subject(file: string): Subject | undefined {
    const snapshot = this.snapshot(file);
    if (typeof snapshot === 'string') return undefined;
    return snapshot.kind() === 'patient' ? this.#patientSubject(snapshot) : this.#ruleSetSubject(snapshot);
  }

  /** The file and those it uses or extends: what running or checking it means. */
  wholeOf(file: string): readonly string[] {
    const used = this.linked(file)?.ruleSet.files.map(one => one.file) ?? this.patient(file)?.chain ?? [];
    return [...new Set([file, ...used])];
  }

  /** Whether the file or one it rests on has a unit that only the unit library can tell about. */
  needsUnits(file: string): boolean {
    const meant = this.patient(file)?.ruleSets.flatMap(({ files }) => files.map(one => one.file)) ?? [];
    return [...this.wholeOf(file), ...meant].some(one => {
      const snapshot = this.snapshot(one);
      return typeof snapshot !== 'string' && snapshot.strangeUnits().length > 0;
    });
  }

  /** The wholes of other files that include this one, by their roots' names. */
  usedBy(file: string): readonly Linked[] {
    return this.users(file).flatMap(user => this.linked(user) ?? []);
  }

  /** The other rule sets and patients that name this file, directly or not, sorted. */
  users(file: string): readonly string[] {
    return [...usersOf(this.#edges(), [file])].filter(user => user !== file).sort();
  }

  /** Another number after every change. */
  get revision(): number {
    return this.#revision;
  }

  /** The files whose findings may differ from when this was last asked, because they or others changed. */
  takeAffected(): readonly string[] {
    const changed = this.#changed;
    if (changed.size === 0) return [];
    const before = affectedBy(this.#graphBefore, changed);
    const after = affectedBy(this.#edges(), changed);
    this.#changed = new Set();
    return [...new Set([...changed, ...before, ...after])];
  }

  #wholePatient(root: Snapshot): WholePatient {
    const { chain, problems: broken } = this.#chain(root);
    const patient = chain.slice(0, -1).reduceRight((base, own) => extendPatient(own.patient(), base), chain.at(-1)!.patient());
    const problems = [...broken];
    const ruleSets: RuleSet[] = [];
    for (const reference of patient.for) {
      const found = this.#follow(reference.file, reference.path.value, 'rule-set');
      if (typeof found !== 'string') ruleSets.push(this.#link(found).ruleSet);
      else problems.push(namedProblem(found, reference.file, reference.path));
    }
    const csv = this.#csvOf(root, problems);
    const { patients, problems: caseProblems } = casesOf(root.patient(), csv);
    const cases = patients.map(own => ({ own, patient: extendCase(own, patient) }));
    return { patient, chain: chain.map(one => one.file), ruleSets, cases, caseProblems, problems };
  }

  /** The text that the table of cases names; what is wrong with the path is told. */
  #csvOf(root: Snapshot, problems: LinkProblem[]): { file: string; text: string } | undefined {
    const path = root.patient().cases?.csv;
    if (!path) return undefined;
    const { file, problem } = this.#resolve(root.file, path.value);
    const found = file === undefined || problem ? (problem ?? 'missing-file') : this.snapshot(file);
    if (typeof found !== 'string') return { file: found.file, text: found.text };
    problems.push(namedProblem(found, root.file, path));
    return undefined;
  }

  #readDisk(file: string): Snapshot | FileProblem {
    const draft = this.#drafts.get(file);
    const read = draft === undefined ? this.#files.read(file) : { text: draft };
    return typeof read === 'string' ? read : takeSnapshot(file, read.text);
  }

  #noteChange(file: string): void {
    if (this.#changed.size === 0) this.#graphBefore = this.#graph?.edges ?? new Map();
    this.#changed.add(file);
    this.#revision++;
  }

  #ofKind(file: string, kind: SchemaKind): Snapshot | FileProblem {
    const snapshot = this.snapshot(file);
    if (typeof snapshot === 'string') return snapshot;
    return snapshot.kind() === kind ? snapshot : 'unreadable-file';
  }

  /** What a path written in a file leads to: a file of that kind, or why there is none. */
  #follow(from: string, path: string, kind: SchemaKind): Snapshot | FileProblem {
    const { file, problem } = this.#resolve(from, path);
    if (file === undefined) return problem ?? 'missing-file';
    if (problem && !this.#open.has(file)) return problem;
    return this.#ofKind(file, kind);
  }

  #resolve(from: string, path: string): Resolved {
    const key = `${from}\0${path}`;
    const known = this.#resolved.get(key);
    if (known) return known;
    const resolved = this.#files.resolve(from, path);
    this.#resolved.set(key, resolved);
    return resolved;
  }

  #link(root: Snapshot): Linked {
    const cached = this.#links.get(root);
    if (cached && this.#holds(cached)) return cached.linked;
    const leads: Lead[] = [];
    const linked = linkRuleSet(root.ruleSet(), (from, path) => {
      const to = this.#follow(from.file, path.value, 'rule-set');
      leads.push({ from: from.file, path: path.value, to });
      return typeof to === 'string' ? to : to.ruleSet();
    });
    this.#links.set(root, { revision: this.#revision, leads, linked });
    return linked;
  }

  #holds(cached: CachedLink): boolean {
    if (cached.revision === this.#revision) return true;
    if (!cached.leads.every(({ from, path, to }) => this.#follow(from, path, 'rule-set') === to)) return false;
    cached.revision = this.#revision;
    return true;
  }

  /** The snapshots a patient is merged from, and what broke the chain off. */
  #chain(root: Snapshot): { chain: readonly Snapshot[]; problems: readonly LinkProblem[] } {
    const chain = [root];
    for (;;) {
      const last = chain.at(-1)!;
      const path = last.patient().extends;
      if (!path) return { chain, problems: [] };
      const base = this.#follow(last.file, path.value, 'patient');
      if (typeof base === 'string') return { chain, problems: [namedProblem(base, last.file, path)] };
      if (chain.includes(base)) return { chain, problems: cycleProblems(chain.slice(chain.indexOf(base))) };
      chain.push(base);
    }
  }

  #edges(): Graph {
    if (this.#graph?.revision === this.#revision) return this.#graph.edges;
    const edges = new Map<string, readonly string[]>();
    const waiting = new Set(this.known());
    for (const file of waiting) {
      const targets = this.#targets(file);
      edges.set(file, targets);
      for (const target of targets) waiting.add(target);
    }
    this.#graph = { revision: this.#revision, edges };
    return edges;
  }

  #targets(file: string): readonly string[] {
    const snapshot = this.snapshot(file);
    if (typeof snapshot === 'string') return [];
    return snapshot.names().flatMap(({ value }) => this.#resolve(file, value).file ?? []);
  }

  #ruleSetSubject(snapshot: Snapshot): RuleSetSubject {
    const linked = this.#link(snapshot);
    const usedBy = this.usedBy(snapshot.file);
    const today = this.#today();
    return this.#sameOrNew(snapshot, [today, linked, ...usedBy], () => ({
      ...parsed(snapshot, [linked, ...usedBy]),
      kind: 'rule-set',
      own: snapshot.ruleSet(),
      ruleSet: linked.ruleSet,
      usedBy: usedBy.map(({ ruleSet }) => ruleSet),
      today,
    })) as RuleSetSubject;
  }

  #patientSubject(snapshot: Snapshot): PatientSubject {
    const whole = this.patient(snapshot.file)!;
    const today = this.#today();
    const said = whole.problems.map(({ kind, file, span }) => `${kind} ${file} ${span.start}`);
    const rows = whole.cases[0] && whole.cases[0].own.file !== snapshot.file ? [this.snapshot(whole.cases[0].own.file)] : [];
    return this.#sameOrNew(snapshot, [today, ...this.#chain(snapshot).chain, ...rows, ...whole.ruleSets, ...said], () => ({
      ...parsed(snapshot, [whole]),
      kind: 'patient',
      own: snapshot.patient(),
      patient: whole.patient,
      ruleSets: whole.ruleSets,
      cases: whole.cases,
      caseProblems: whole.caseProblems,
      today,
    })) as PatientSubject;
  }

  #sameOrNew(snapshot: Snapshot, parts: readonly unknown[], make: () => Subject): Subject {
    const cached = this.#subjects.get(snapshot);
    if (cached && cached.parts.length === parts.length && parts.every((part, i) => part === cached.parts[i])) return cached.subject;
    const subject = make();
    this.#subjects.set(snapshot, { parts, subject });
    return subject;
  }
}

function parsed(snapshot: Snapshot, wholes: readonly { readonly problems: readonly LinkProblem[] }[]) {
  return {
    file: snapshot.file,
    document: snapshot.document(),
    schemaProblems: snapshot.schemaProblems(),
    linkProblems: problemsIn(snapshot.file, wholes),
  };
}

/** The problems placed in one file, each once, however many wholes show it. */
function problemsIn(file: string, wholes: readonly { readonly problems: readonly LinkProblem[] }[]): LinkProblem[] {
  const found = new Map<string, LinkProblem>();
  for (const problem of wholes.flatMap(({ problems }) => problems)) {
    if (problem.file === file) found.set(`${problem.kind} ${problem.span.start} ${problem.data.id ?? ''}`, problem);
  }
  return [...found.values()];
}

/** Told at every step, as for rule sets: each of the files can break the circle. */
function cycleProblems(cycle: readonly Snapshot[]): LinkProblem[] {
  const paths = cycle.map(({ file, patient }) => ({ file, path: patient().extends! }));
  const through = paths.map(({ path }) => path.value).join(' → ');
  return paths.map(({ file, path }) => ({ kind: 'uses-cycle', file, span: path.span, data: { path: path.value, through } }));
}

function namedProblem(kind: LinkProblem['kind'], file: string, path: Name): LinkProblem {
  return { kind, file, span: path.span, data: { path: path.value } };
}
