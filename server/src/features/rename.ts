/** Renames a thing wherever it is named, in all rule sets and sample patients; or says in the user's words why that must not be done. */
import { itemsOf, propertiesOf } from '../model/read-fields.ts';
import type { RuleSetFile } from '../model/rule-set.ts';
import type { Snapshot } from '../snapshot.ts';
import type { SyntaxProblem } from '../syntax/document.ts';
import { patientSchema, ruleSetSchema } from '../syntax/schemas.generated.js';
import type { Edit, Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { type Found, meaningOf, nameAt, type SameThing, sameThing, withName } from './at.ts';
import { innerSpan } from './inner.ts';
import type { Mention } from './mentions.ts';
import { aKind, fileName } from './name-words.ts';
import { clashOf } from './rename-clash.ts';

export type Renaming =
  /** Edits by file. Empty where the name stays as it is. */
  { readonly kind: 'edits'; readonly edits: ReadonlyMap<string, readonly Edit[]> } | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  /** What stands against it, and what to do. */
  readonly why: string;
}

interface Renamable {
  readonly kind: 'renamable';
  /** The name without its quotes. */
  readonly span: Span;
  readonly name: string;
}

/** Whether there is a name at the offset that can be renamed. */
export function prepareRename(workspace: Workspace, file: string, offset: number): Renamable | Refusal {
  const found = nameAt(workspace, file, offset);
  if (!found) return refused('There is no name here. Put the cursor on an id, where it is declared or where it is used.');
  const why = reasonNever(workspace, found);
  if (why !== undefined) return refused(why);
  const snapshot = workspace.snapshot(file) as Snapshot;
  return { kind: 'renamable', span: innerSpan(snapshot.text, found.mention.span), name: found.mention.name };
}

/** The edits that give the thing at the offset another name. */
export function rename(workspace: Workspace, file: string, offset: number, newName: string): Renaming {
  const found = nameAt(workspace, file, offset);
  if (!found) return refused('There is no name here. Put the cursor on an id, where it is declared or where it is used.');
  const name = newName.trim();
  if (name === found.mention.name) return { kind: 'edits', edits: new Map() };
  const why = reasonNever(workspace, found) ?? reasonInName(found, name);
  if (why !== undefined) return refused(why);
  const same = sameThing(workspace, found.mention);
  const against = reasonInFiles(workspace, same, found.mention.name) ?? clashOf(workspace, same, found.mention.name, name);
  return against === undefined ? { kind: 'edits', edits: editsOf(workspace, same.mentions, name) } : refused(against);
}

function refused(why: string): Refusal {
  return { kind: 'refused', why };
}

const ANSWERS: ReadonlySet<string> = new Set(['undetermined', 'no-answer', 'conflict']);

/** Why the name cannot be renamed, whatever the new one. */
function reasonNever(workspace: Workspace, { mention, named }: Found): string | undefined {
  const { name, sense } = mention;
  if (sense.kind === 'path') return 'This is the path of a file. Rename the file itself: the paths that lead to it follow.';
  if (sense.kind === 'seems')
    return `“${name}” stands in a part that cannot be read yet. Complete that part, or rename where “${name}” is declared.`;
  if (named.length === 0) {
    const isAnswer = sense.kind === 'in-patient' && sense.as.kind === 'answer' && ANSWERS.has(name);
    if (isAnswer) return `“${name}” is a word of the language: every decision can come out so. It cannot be renamed.`;
    return `Nothing is declared as “${name}” here. Correct the name, or declare it, first.`;
  }
  if (named.some(({ space }) => space === 'side')) return '“left” and “right” are words of the language. They cannot be renamed.';
  const outside = named.find(({ file }) => !workspace.known().includes(file));
  if (outside)
    return `“${name}” is declared in ${fileName(outside.file)}, which is not in the workspace. Open the folder it is in, and rename it there.`;
  return undefined;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const SITE_ID = /^[A-Za-z0-9][a-z0-9]*(-[a-z0-9]+)*$/;

function reasonInName({ named }: Found, name: string): string | undefined {
  if (name === '') return 'A name cannot be empty.';
  const isSite = named.some(({ kind }) => kind === 'site');
  if ((isSite ? SITE_ID : ID).test(name)) {
    const isValue = named.some(({ kind }) => kind === 'decision-value');
    return isValue && ANSWERS.has(name)
      ? `“${name}” is a word of the language: every decision can come out so. Choose another name.`
      : undefined;
  }
  const form = isSite
    ? 'letters, digits and single hyphens, at most the first letter a capital, such as L3 or femoral-head'
    : 'lower-case letters, digits and single hyphens, such as unstable-spine';
  return `“${name}” is no name for ${aKind(named[0]!.kind)}: use ${form}.`;
}

/** Where a text cannot be read, a place of the name could be missed: then nothing is changed. */
function reasonInFiles(workspace: Workspace, { wholes }: SameThing, name: string): string | undefined {
  const files = new Set(
    wholes.flatMap(({ whole, patients }) => [...whole.files.map(({ file }) => file), ...patients.flatMap(({ chain }) => chain)]),
  );
  for (const file of files) {
    const snapshot = workspace.snapshot(file);
    if (typeof snapshot === 'string' || file.endsWith('.csv')) continue;
    if (snapshot.document().problems.some(isDamage) && snapshot.text.includes(name))
      return `${fileName(file)} is no sound JSON, so “${name}” may stand in it where it cannot be found. Mend that file first.`;
    if (isPassedOver(workspace, snapshot, name))
      return `${fileName(file)} has mistakes of form, and “${name}” stands in a part of it that cannot be read. Mend that file first.`;
  }
  return undefined;
}

/** A key written twice hides what the first one holds. */
function isDamage({ code }: SyntaxProblem): boolean {
  return code !== 'number-too-long' && code !== 'lone-surrogate';
}

/** Whether the name stands, not understood, in an entry of the file that has a mistake of form: it may be in the part that could not be read. */
function isPassedOver(workspace: Workspace, snapshot: Snapshot, name: string): boolean {
  const quoted = `"${name}"`;
  const { text } = snapshot;
  const places = new Set(withName(workspace, snapshot.file, name).map(({ span }) => span.start));
  for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1))
    if (!places.has(at) && !isOfLanguage(text, at, name) && isInBadEntry(snapshot, at)) return true;
  return false;
}

/** Keys whose text is for people and names nothing. */
const FREE_TEXT = /"(title|description|definition|display|kind|note|reason|text|by)"\s*:\s*$/;

/** A key of the language that happens to be called so, or a text for people. */
function isOfLanguage(text: string, at: number, name: string): boolean {
  const isKey = /^\s*:/.test(text.slice(at + name.length + 2, at + name.length + 12));
  return isKey ? languageKeys().has(name) : FREE_TEXT.test(text.slice(Math.max(0, at - 40), at));
}

let keys: ReadonlySet<string> | undefined;

function languageKeys(): ReadonlySet<string> {
  keys ??= new Set([ruleSetSchema, patientSchema].flatMap(keysOf));
  return keys;
}

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]) => [...(key === 'properties' ? Object.keys(part as object) : []), ...keysOf(part)]);
}

/** An entry is one rule, one fact, one expectation. */
function isInBadEntry(snapshot: Snapshot, at: number): boolean {
  const around = ({ start, end }: Span) => start <= at && at < end;
  const section = propertiesOf(snapshot.document().root).find(({ keyStart, value }) =>
    around({ start: keyStart, end: value?.end ?? keyStart }),
  );
  const entries = [
    ...itemsOf(section?.value),
    ...propertiesOf(section?.value).map(({ keyStart, keyEnd, value }) => ({ start: keyStart, end: value?.end ?? keyEnd })),
  ];
  const entry = entries.find(around);
  return entry !== undefined && snapshot.schemaProblems().some(({ span }) => entry.start <= span.start && span.end <= entry.end);
}

function editsOf(workspace: Workspace, mentions: readonly Mention[], name: string): Map<string, Edit[]> {
  const edits = new Map<string, Edit[]>();
  const add = (file: string, edit: Edit) => {
    const own = edits.get(file);
    if (own) own.push(edit);
    else edits.set(file, [edit]);
  };
  const waived = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (mention.sense.kind === 'waives') {
      if (isAlone(workspace, mention)) waived.set(mention.file, [...(waived.get(mention.file) ?? []), mention]);
      continue;
    }
    const snapshot = workspace.snapshot(mention.file);
    if (typeof snapshot !== 'string') add(mention.file, { span: innerSpan(snapshot.text, mention.span), newText: name });
  }
  for (const [file, some] of waived) for (const edit of waiverEdits(workspace, file, some, name)) add(file, edit);
  return edits;
}

/** A finding whose name may be of several things is left: at worst it is told again, and somebody looks. */
function isAlone(workspace: Workspace, mention: Mention): boolean {
  return new Set(meaningOf(workspace, mention).named.map(({ space }) => space)).size === 1;
}

/** The names of a finding stand in their order. */
function waiverEdits(workspace: Workspace, file: string, mentions: readonly Mention[], name: string): Edit[] {
  const snapshot = workspace.snapshot(file);
  const waivers: RuleSetFile['waivers'] = typeof snapshot === 'string' ? [] : snapshot.ruleSet().waivers;
  return waivers.flatMap(({ finding: { value, span } }) => {
    const starts = new Set(mentions.filter(one => one.span.start > span.start && one.span.end < span.end).map(one => one.span.start));
    if (starts.size === 0) return [];
    const colon = value.indexOf(':');
    let at = span.start + 1 + colon + 1;
    const names = value.slice(colon + 1).split(',');
    const renamed = names.map(each => {
      const here = at;
      at += each.length + 1;
      return starts.has(here) ? name : each;
    });
    return [{ span: { start: span.start + 1, end: span.end - 1 }, newText: `${value.slice(0, colon)}:${renamed.sort().join(',')}` }];
  });
}
