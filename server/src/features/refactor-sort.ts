/** The entries of a section in the order of their ids, each as it is written. */
import type { RuleSet } from '../model/rule-set.ts';
import type { ArrayNode, ObjectNode } from '../syntax/node.ts';
import { entriesOf } from './insert.ts';
import { SECTIONS } from './refactor-declare-in.ts';
import { type Refactoring, type Scene, stepsAt, stringOf } from './refactor-scene.ts';

export function sortSection(scene: Scene): Refactoring[] {
  const source = scene.textOf(scene.file);
  const steps = stepsAt(source?.root, scene.span);
  const section = steps.find(({ parent, property }) => parent && !parent.parent && property && SECTIONS.includes(property.key));
  const { node, property } = section ?? {};
  if (!source || !property || (node?.type !== 'object' && node?.type !== 'array')) return [];
  const ids = idsOf(node);
  if (!ids || new Set(ids).size < ids.length || isOrdered(property.key, scene.ruleSet)) return [];
  const order = ids.map((id, i) => ({ id, i })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const places = entriesOf(node);
  const moved = order.flatMap(({ i }, to) => {
    const { start, end } = places[i]!;
    return i === to ? [] : [{ span: places[to]!, newText: source.text.slice(start, end) }];
  });
  return moved.length === 0
    ? []
    : [{ title: `Sort “${property.key}” by id`, kind: 'rewrite', edits: [{ file: scene.file, edits: moved }] }];
}

/** Undefined where an entry has none. */
function idsOf(node: ObjectNode | ArrayNode): string[] | undefined {
  const ids = node.type === 'object' ? node.properties.map(({ key }) => key) : node.items.map(item => stringOf(item, 'id'));
  return ids.every(id => id !== undefined) ? ids : undefined;
}

/** Where some decision takes the first rule, the order of rules says which. */
function isOrdered(section: string, { decisions }: RuleSet): boolean {
  if (section !== 'rules' && section !== 'precautions') return false;
  return [...decisions.values()].some(({ resolve }) => resolve === 'first');
}
