/** How often a thing is used, and where: rules, scores and the like by name, patients counted. */
import type { Workspace } from '../workspace.ts';
import { isDeclaration, occurrencesOf } from './at.ts';
import { readersOf } from './call-hierarchy.ts';
import type { Named, NameKind } from './declared.ts';
import { kindText } from './name-words.ts';
import { markdownText } from './plain-markdown.ts';
import { listText, plural, shortList } from './words.ts';

/** Of each kind of reader at most so many are named. */
const MOST_NAMED = 5;

/** What nothing has to name: it speaks for itself. */
const NEED_NO_USE: readonly NameKind[] = ['rule-set', 'rule', 'precaution'];

/** `Used by 3 rules (…) and 1 score (…). Recorded in 12 sample patients.` Empty for what cannot be used: a record, a note. */
export function usesText(workspace: Workspace, named: Named): string {
  if (named.kind === 'record' || named.kind === 'note' || named.kind === 'impossible') return '';
  const places = occurrencesOf(workspace, { name: named.id, file: named.file, span: named.idSpan, sense: { kind: 'declares', named } });
  const uses = places.filter(place => !isDeclaration(place));
  const byKind = new Map<NameKind, Named[]>();
  for (const reader of readersOf(workspace, named, uses)) byKind.set(reader.kind, [...(byKind.get(reader.kind) ?? []), reader]);
  const readers = [...byKind].map(([kind, some]) => `${plural(some.length, kindText(kind))} (${namesOf(some)})`);
  const patients = new Set(uses.filter(({ sense }) => sense.kind === 'in-patient').map(({ file }) => file)).size;
  const used =
    readers.length > 0
      ? [`Used by ${listText(readers)}.`]
      : patients === 0 && !NEED_NO_USE.includes(named.kind)
        ? ['Not used anywhere.']
        : [];
  return [...used, ...(patients > 0 ? [`In ${plural(patients, 'sample patient')}.`] : [])].join(' ');
}

function namesOf(readers: readonly Named[]): string {
  return shortList(
    readers.map(({ id }) => markdownText(id)),
    MOST_NAMED,
  );
}
