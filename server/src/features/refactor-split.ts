/** A rule that holds for any of several reasons becomes two, so that each can have its own source, title and effects. */
import type { Rule, RuleSet } from '../model/rule-set.ts';
import { type ArrayNode, type Node, type ObjectNode, valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { indentAt, itemTextEdit, removalEdit } from './insert.ts';
import {
  type FileEdits,
  filesSeeing,
  freeId,
  isAdapted,
  type Refactoring,
  type Scene,
  type Step,
  stepsAt,
  stringOf,
} from './refactor-scene.ts';

/** The alternative at the cursor, and the rule it is part of. */
interface Alternative {
  readonly rule: ObjectNode;
  /** The list the rule stands in. */
  readonly list: ArrayNode;
  /** `{ "any": [ … ] }` */
  readonly any: ObjectNode;
  readonly items: ArrayNode;
  readonly index: number;
}

/**
 * Only where both rules together say what the one said, whatever is known of a patient: not for decisions that take the first rule, or wait for every
 * rule, since of two rules one may be undetermined where the whole was not.
 */
export function splitRule(scene: Scene): Refactoring[] {
  const source = scene.textOf(scene.file);
  const found = alternativeAt(stepsAt(source?.root, scene.span));
  const id = found && stringOf(found.rule, 'id');
  const rule = id === undefined ? undefined : scene.ruleSet.rules.get(id);
  if (!source || !found || !rule || !maySplit(rule, scene.ruleSet) || isAdapted(scene, scene.file, rule.id, 'rules')) return [];
  const other = freeId(scene, scene.file, `${rule.id}-2`, ['rules']);
  const edits: Edit[] = [
    ...restEdits(source.text, found),
    itemTextEdit(source.text, found.list, found.rule, newRule(source.text, found, other)),
  ];
  const overriding = overridingEdits(scene, rule.id, other);
  const own = { file: scene.file, edits: [...edits, ...overriding.filter(({ file }) => file === scene.file).flatMap(one => one.edits)] };
  return [
    {
      title: found.items.items.length === 2 ? 'Split into two rules' : 'Move this alternative into a rule of its own',
      kind: 'rewrite',
      edits: [own, ...overriding.filter(({ file }) => file !== scene.file)],
    },
  ];
}

function maySplit({ then }: Rule, { decisions }: RuleSet): boolean {
  return then.every(effect => {
    if (effect.kind !== 'decide') return true;
    const resolve = decisions.get(effect.decision.value)?.resolve;
    return resolve === 'strictest' || resolve === 'single';
  });
}

/** `any` must stand under `when` itself or under `all` there: anything else between the two changes what a part of it means. */
function alternativeAt(steps: readonly Step[]): Alternative | undefined {
  for (const step of steps) {
    if (step.node.type !== 'array' || step.property?.key !== 'any' || !step.parent) continue;
    const rule = ruleAround(step.parent);
    const at = steps.indexOf(step);
    const item = at > 0 ? steps[at - 1]!.node : step.node.items[0];
    const index = item ? step.node.items.indexOf(item) : -1;
    if (!rule || index < 0 || step.node.items.length < 2) continue;
    return { ...rule, any: step.parent.node as ObjectNode, items: step.node, index };
  }
  return undefined;
}

function ruleAround(any: Step): { rule: ObjectNode; list: ArrayNode } | undefined {
  let at: Step | undefined = any;
  while (at && at.property?.key !== 'when') {
    if (at.property && at.property.key !== 'all') return undefined;
    at = at.parent;
  }
  const rule = at?.parent;
  const list = rule?.parent;
  const isRule = (list?.property?.key === 'rules' || list?.property?.key === 'precautions') && !list.parent?.parent;
  return isRule && rule?.node.type === 'object' && list?.node.type === 'array' ? { rule: rule.node, list: list.node } : undefined;
}

/** The rule as it was, without the alternative. Of two the other one stands alone. */
function restEdits(text: string, { any, items, index }: Alternative): Edit[] {
  if (items.items.length > 2) return [removalEdit(items, index)];
  return [{ span: { start: any.start, end: any.end }, newText: moved(text, items.items[1 - index]!, any) }];
}

/** The rule with the alternative only, under its new id. */
function newRule(text: string, { rule, any, items, index }: Alternative, id: string): string {
  const idNode = valueUnder(rule, 'id')!;
  const changes = [
    { span: { start: idNode.start, end: idNode.end }, newText: JSON.stringify(id) },
    { span: { start: any.start, end: any.end }, newText: moved(text, items.items[index]!, any) },
  ].sort((a, b) => b.span.start - a.span.start);
  return changes.reduce(
    (result, { span, newText }) => result.slice(0, span.start - rule.start) + newText + result.slice(span.end - rule.start),
    text.slice(rule.start, rule.end),
  );
}

/** The text of a node where another stands: its further lines move with it. */
function moved(text: string, node: Node, to: Node): string {
  const [from, indent] = [indentAt(text, node.start), indentAt(text, to.start)];
  return text.slice(node.start, node.end).replaceAll(`\n${from}`, `\n${indent}`);
}

/** Whoever overrides the rule overrides both. */
function overridingEdits(scene: Scene, id: string, other: string): FileEdits[] {
  return filesSeeing(scene, scene.file).flatMap(file => {
    const source = scene.textOf(file);
    const lists = ['rules', 'precautions'].flatMap(section => {
      const list = valueUnder(source?.root, section);
      return list?.type === 'array' ? list.items.flatMap(rule => valueUnder(valueUnder(rule, 'override'), 'rules') ?? []) : [];
    });
    const edits = lists.flatMap(list => namingEdits(list, id, other));
    return edits.length > 0 ? [{ file, edits }] : [];
  });
}

function namingEdits(list: Node, id: string, other: string): Edit[] {
  if (list.type !== 'array') return [];
  const named = list.items.find(item => item.type === 'string' && item.value === id);
  return named ? [{ span: { start: named.end, end: named.end }, newText: `, ${JSON.stringify(other)}` }] : [];
}
