/** A name that a file of the workspace declares, and this one does not use: adds that file to `uses`. */

import type { RuleSetSubject } from '../diagnostics/define.ts';
import { unresolvedNames } from '../diagnostics/unresolved.ts';
import type { Reference } from '../model/names.ts';
import type { RuleSet, RuleSetFile, Section } from '../model/rule-set.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { itemEdit } from './insert.ts';
import { relativePath } from './new-patient.ts';
import type { Refactoring, Scene } from './refactor-scene.ts';

const TABLES: readonly Section[] = ['sources', 'sites', 'advice', 'parameters', 'phases', 'facts', 'groups', 'derived'].concat([
  'scores',
  'thresholds',
  'decisions',
  'rules',
  'notes',
  'impossible',
]) as Section[];
const MOST = 3;

/** Libraries first, then by name. Never one that uses this file, nor one with an id that stands here already for something else. */
export function useDeclaring(scene: Scene, subject: RuleSetSubject, workspace: Workspace): Refactoring[] {
  const here = unresolvedNames(subject).filter(
    ({ why, reference: { name } }) => why === 'undefined' && name.span.start <= scene.span.end && scene.span.start <= name.span.end,
  );
  const files = here.flatMap(({ reference }) => declaring(reference, scene, workspace));
  return [...new Set(files)].slice(0, MOST).flatMap(file => {
    const path = relativePath(scene.file, file);
    const edit = usesEdit(scene, path);
    return edit
      ? [{ title: `Use “${decodeURIComponent(path)}”, which declares it`, kind: 'rewrite', edits: [{ file: scene.file, edits: [edit] }] }]
      : [];
  });
}

function declaring({ name, to, group }: Reference, { ruleSet, wholesOf, file }: Scene, workspace: Workspace): string[] {
  const sections = sectionsFor(to);
  // A fact of a record is declared by the group, which is there or not.
  if (sections.length === 0 || (group !== undefined && ruleSet.groups.has(group) && to.kind === 'fact')) return [];
  const known = new Set(ruleSet.files.map(one => one.file));
  const users = new Set(wholesOf(file).map(({ root }) => root.file));
  const candidates = workspace.known().flatMap(one => {
    const other = known.has(one) || users.has(one) ? undefined : workspace.linked(one)?.ruleSet;
    return other && declares(other.root, name.value, sections) && wholesOf(file).every(whole => areApart(whole, other)) ? [other.root] : [];
  });
  const rank = ({ role }: RuleSetFile) => (role === 'library' ? 0 : 1);
  return candidates.sort((a, b) => rank(a) - rank(b) || (a.file < b.file ? -1 : 1)).map(one => one.file);
}

function sectionsFor(to: Reference['to']): readonly Section[] {
  if (to.kind === 'item') return [to.section];
  if (to.kind === 'fact') return ['facts', 'derived'];
  if (to.kind === 'input') return ['facts', 'derived', 'scores'];
  return to.kind === 'requirement' ? ['advice', 'facts', 'derived', 'scores'] : [];
}

function declares(file: RuleSetFile, id: string, sections: readonly Section[]): boolean {
  return file.basedOn === undefined && sections.some(section => file[section].has(id));
}

/** Whether no id of the one is declared anew in the other: what both use is the same. */
function areApart(whole: RuleSet, other: RuleSet): boolean {
  return TABLES.every(section =>
    [...other[section].values()].every(item => (whole[section].get(item.id)?.file ?? item.file) === item.file),
  );
}

/** Where people look for it: in the list that is there, else behind what names the rule set. */
function usesEdit({ file, textOf }: Scene, path: string): Edit | undefined {
  const source = textOf(file);
  if (source?.root?.type !== 'object') return undefined;
  const uses = valueUnder(source.root, 'uses');
  const written = decodeURIComponent(path);
  if (uses) return uses.type === 'array' ? itemEdit(source.text, uses, written) : undefined;
  const heads = ['$schema', 'id', 'title', 'version', 'description', 'status', 'role', 'complete', 'reviewBy'];
  const last = source.root.properties.findLast(({ key }) => heads.includes(key));
  if (!last?.value) return undefined;
  const line = source.text.slice(source.text.lastIndexOf('\n', last.keyStart - 1) + 1, last.keyStart);
  const between = /^[ \t]*$/.test(line) ? `,${source.text.includes('\r\n') ? '\r\n' : '\n'}${line}` : ', ';
  return { span: { start: last.value.end, end: last.value.end }, newText: `${between}"uses": [${JSON.stringify(written)}]` };
}
