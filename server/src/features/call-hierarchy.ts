/** What rests on a threshold, a score or a fact, and what a rule rests on: from declaration to declaration, across the files of the workspace. */
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { isDeclaration, meaningOf, mentionsIn, nameAt, occurrencesOf } from './at.ts';
import { declaredAt, declaredIn, type Named } from './declared.ts';
import type { Mention } from './mentions.ts';

/** One declaration, and the names that make it depend on the other, or the other on it. */
export interface Dependency {
  readonly of: Named;
  /** Where the names stand: in the file that depends. */
  readonly spans: readonly Span[];
}

/** The declarations of what is named at the cursor. Parts stand for themselves: a band may be asked for. */
export function hierarchyAt(workspace: Workspace, file: string, offset: number): readonly Named[] {
  return nameAt(workspace, file, offset)?.named ?? [];
}

/** What reads it: rules, derived facts, scores, thresholds; and the rule set itself, whose scope may. */
export function incoming(workspace: Workspace, named: Named): readonly Dependency[] {
  const places = occurrencesOf(workspace, mentionOf(named)).filter(one => !isDeclaration(one) && one.sense.kind === 'refers');
  return grouped(places, place => readerBeside(workspace, named, place));
}

/** What the places stand in, each once. */
export function readersOf(workspace: Workspace, named: Named, places: readonly Mention[]): readonly Named[] {
  return grouped(places, place => readerBeside(workspace, named, place)).map(({ of }) => of);
}

/** What a thing says of itself (a table of its values, a score of its bands) is no dependency. */
function readerBeside(workspace: Workspace, named: Named, place: Mention): readonly Named[] {
  const reader = readerOf(workspace, place);
  return reader && !(reader.file === named.file && reader.item === named.item) ? [reader] : [];
}

/** What it reads. */
export function outgoing(workspace: Workspace, named: Named): readonly Dependency[] {
  const isWithin = ({ span }: Mention) =>
    named.kind === 'rule-set' ? undefined : named.span.start <= span.start && span.end <= named.span.end;
  const places = mentionsIn(workspace, named.file).filter(
    one => one.sense.kind === 'refers' && (isWithin(one) ?? one.sense.reference.from === undefined),
  );
  return grouped(places, place => meaningOf(workspace, place).named.filter(one => one.item !== named.item));
}

function mentionOf(named: Named): Mention {
  return { name: named.id, file: named.file, span: named.idSpan, sense: { kind: 'declares', named } };
}

/** The item that has the name in it; the rule set where it stands in none. */
function readerOf(workspace: Workspace, { file, sense }: Mention): Named | undefined {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string' || sense.kind !== 'refers') return undefined;
  const own = snapshot.ruleSet();
  const { from } = sense.reference;
  return from ? declaredAt(own, from.idSpan.start) : declaredIn(own).find(({ kind }) => kind === 'rule-set');
}

function grouped(places: readonly Mention[], ends: (place: Mention) => readonly Named[]): readonly Dependency[] {
  const found = new Map<string, { of: Named; spans: Span[] }>();
  for (const place of places)
    for (const of of ends(place)) {
      const key = `${of.idSpan.start} ${of.file}`;
      const known = found.get(key) ?? { of, spans: [] };
      known.spans.push(place.span);
      found.set(key, known);
    }
  return [...found.values()];
}
