/** Lines above the declarations of a rule set file: how often a thing is used, and which sample patients make a rule fire. */
import type { RuleSetFile } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { isDeclaration, occurrencesOf } from './at.ts';
import { readersOf } from './call-hierarchy.ts';
import { declaredAt, type Named, type NameKind } from './declared.ts';
import type { Mention } from './mentions.ts';
import { kindText } from './name-words.ts';
import { listText, plural } from './words.ts';

/** What a line is about; its words are made when it comes into sight. */
export interface LensPlace {
  readonly kind: 'preview' | 'uses' | 'samples';
  readonly span: Span;
}

/** `hasSamples`: some sample patient is meant for this rule set. */
export function lensPlaces(own: RuleSetFile, hasSamples: boolean): readonly LensPlace[] {
  const isRoot = own.role === 'rule-set';
  const used = [own.scores, own.thresholds, own.derived, own.decisions].flatMap(items => [...items.values()]);
  const rules = isRoot && hasSamples ? [...own.rules.values()] : [];
  return [
    ...(isRoot && own.id ? [{ kind: 'preview', span: own.id.span } as const] : []),
    ...used.map(({ idSpan }) => ({ kind: 'uses', span: idSpan }) as const),
    ...rules.map(({ idSpan }) => ({ kind: 'samples', span: idSpan }) as const),
  ];
}

export interface LensWords {
  readonly text: string;
  /** Where it leads. */
  readonly places: readonly { readonly file: string; readonly span: Span }[];
}

/** `used by 3 rules and 1 score`. Undefined where nothing is declared by a name that begins there: the text has changed. */
export function usesLens(workspace: Workspace, file: string, start: number): LensWords | undefined {
  const named = declaredThere(workspace, file, start);
  if (!named) return undefined;
  const mention: Mention = { name: named.id, file, span: named.idSpan, sense: { kind: 'declares', named } };
  const uses = occurrencesOf(workspace, mention).filter(place => !isDeclaration(place));
  const counts = new Map<NameKind, number>();
  for (const { kind } of readersOf(workspace, named, uses)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const readers = [...counts].map(([kind, count]) => plural(count, kindText(kind)));
  const patients = new Set(uses.filter(({ sense }) => sense.kind === 'in-patient').map(each => each.file)).size;
  const text =
    readers.length > 0 ? `used by ${listText(readers)}` : patients > 0 ? `used by ${plural(patients, 'sample patient')} only` : 'not used';
  return { text, places: uses };
}

/** `fires in 3 of 12 sample patients`. `fired`: by rule, the files of the patients. */
export function samplesLens(
  workspace: Workspace,
  file: string,
  start: number,
  fired: ReadonlyMap<string, readonly string[]>,
  all: number,
): LensWords | undefined {
  const named = declaredThere(workspace, file, start);
  if (!named) return undefined;
  const files = fired.get(named.id) ?? [];
  const text = `fires in ${files.length === 0 ? 'none' : files.length} of ${plural(all, 'sample patient')}`;
  return { text, places: files.map(one => ({ file: one, span: { start: 0, end: 0 } })) };
}

/** The sample patients that name the rule set in `for`. */
export function patientsFor(workspace: Workspace, root: string): readonly string[] {
  return workspace.users(root).filter(file => workspace.patient(file)?.ruleSets.some(({ root: one }) => one.file === root));
}

function declaredThere(workspace: Workspace, file: string, start: number): Named | undefined {
  const snapshot = workspace.snapshot(file);
  return typeof snapshot === 'string' ? undefined : declaredAt(snapshot.ruleSet(), start);
}
