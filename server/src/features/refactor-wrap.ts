/** A condition put into `all`, `any` or `not`, where others can be put beside it; and taken out again. */
import type { ObjectNode } from '../syntax/node.ts';
import { indentAt } from './insert.ts';
import { conditionAt, conditionsOf, type Refactoring, type Scene, type Step } from './refactor-scene.ts';

const AROUND: Readonly<Record<string, readonly [string, string]>> = {
  all: ['{ "all": [', '] }'],
  any: ['{ "any": [', '] }'],
  not: ['{ "not": ', ' }'],
};

export function wrapCondition(scene: Scene): Refactoring[] {
  const step = conditionAt(scene);
  if (!step) return [];
  const wraps = Object.entries(AROUND).flatMap(([key, [before, after]]): Refactoring[] => {
    // `unknown` stands only under all, any and some.
    if (key === 'not' && asksUnknown(step.node)) return [];
    const { start, end } = step.node;
    const edits = [
      { span: { start, end: start }, newText: before },
      { span: { start: end, end }, newText: after },
    ];
    return [
      { title: key === 'not' ? 'Negate: put into “not”' : `Put into “${key}”`, kind: 'rewrite', edits: [{ file: scene.file, edits }] },
    ];
  });
  return [...wraps, ...unwrapped(scene, step)];
}

function asksUnknown(node: ObjectNode): boolean {
  return [node, ...conditionsOf(node)].some(({ properties }) => properties.some(({ key }) => key === 'unknown'));
}

/** `all` and `any` of one condition say what that condition says; so does `not` of `not`. */
function unwrapped(scene: Scene, step: Step): Refactoring[] {
  const inner = innerOf(step.node as ObjectNode);
  const source = scene.textOf(scene.file);
  if (!inner || !source) return [];
  const [from, to] = [indentAt(source.text, inner.start), indentAt(source.text, step.node.start)];
  const newText = source.text.slice(inner.start, inner.end).replaceAll(`\n${from}`, `\n${to}`);
  const { start, end } = step.node;
  return [
    { title: 'Take out of what surrounds it', kind: 'rewrite', edits: [{ file: scene.file, edits: [{ span: { start, end }, newText }] }] },
  ];
}

function innerOf(node: ObjectNode): ObjectNode | undefined {
  const [only, ...more] = node.properties;
  if (!only?.value || more.length > 0) return undefined;
  const { key, value } = only;
  if ((key === 'all' || key === 'any') && value.type === 'array') {
    const [item, ...others] = value.items;
    return item?.type === 'object' && others.length === 0 ? item : undefined;
  }
  if (key !== 'not' || value.type !== 'object') return undefined;
  const [below, ...beside] = value.properties;
  return below?.key === 'not' && beside.length === 0 && below.value?.type === 'object' ? below.value : undefined;
}
