/** Where a refactoring is asked for: the file with all it uses, what uses it, and what stands around the cursor. */
import type { RuleSet } from '../model/rule-set.ts';
import type { Node, ObjectNode, Property } from '../syntax/node.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';

export interface Source {
  readonly text: string;
  readonly root: Node | undefined;
}

export interface Scene {
  readonly file: string;
  /** The cursor, or what is selected. */
  readonly span: Span;
  /** The file with all it uses. */
  readonly ruleSet: RuleSet;
  /** Every whole that holds a file: its own, and those of the files that use it. */
  wholesOf(file: string): readonly RuleSet[];
  textOf(file: string): Source | undefined;
}

export interface FileEdits {
  readonly file: string;
  readonly edits: readonly Edit[];
}

export interface Refactoring {
  readonly title: string;
  readonly kind: 'extract' | 'inline' | 'rewrite';
  readonly edits: readonly FileEdits[];
}

/** A node with the property it is the value of and what holds it. */
export interface Step {
  readonly node: Node;
  readonly property: Property | undefined;
  readonly parent: Step | undefined;
}

/** The nodes around a place, the innermost first. A place on a key belongs to that key's value as well. */
export function stepsAt(root: Node | undefined, { start, end }: Span): readonly Step[] {
  const steps: Step[] = [];
  let at: Step | undefined = root && { node: root, property: undefined, parent: undefined };
  while (at) {
    steps.unshift(at);
    at = childAround(at, start, end);
  }
  return steps;
}

function childAround(parent: Step, start: number, end: number): Step | undefined {
  const { node } = parent;
  if (node.type === 'array') {
    const item = node.items.find(one => one.start <= start && end <= one.end);
    return item && { node: item, property: undefined, parent };
  }
  if (node.type !== 'object') return undefined;
  const property = node.properties.find(({ keyStart, keyEnd, value }) => keyStart <= start && end <= (value?.end ?? keyEnd));
  return property?.value && { node: property.value, property, parent };
}

/** Keys whose value is a condition, and keys whose value is a list of them. */
const HOLDS_CONDITION = new Set(['when', 'until', 'where', 'appliesTo', 'not']);
const HOLDS_CONDITIONS = new Set(['all', 'any', 'count']);

/** A step whose node is a condition. */
interface ConditionStep extends Step {
  readonly node: ObjectNode;
}

/** Whether the node stands where a condition does. */
function isCondition(step: Step): step is ConditionStep {
  const { node, property, parent } = step;
  if (node.type !== 'object') return false;
  if (property) return HOLDS_CONDITION.has(property.key);
  return parent?.property !== undefined && HOLDS_CONDITIONS.has(parent.property.key);
}

/** The innermost condition around the cursor. On a key it is the one that has the key. */
export function conditionAt({ file, span, textOf }: Scene): ConditionStep | undefined {
  const steps = stepsAt(textOf(file)?.root, span);
  return steps.filter(({ node }) => node.start <= span.start && span.end <= node.end).find(isCondition);
}

/** Every condition of a file, and those within them. */
export function* conditionsOf(root: Node | undefined): Generator<ObjectNode> {
  if (root) yield* below({ node: root, property: undefined, parent: undefined });
}

function* below(step: Step): Generator<ObjectNode> {
  const { node } = step;
  if (isCondition(step)) yield step.node;
  if (node.type === 'array') for (const item of node.items) yield* below({ node: item, property: undefined, parent: step });
  if (node.type !== 'object') return;
  for (const property of node.properties) if (property.value) yield* below({ node: property.value, property, parent: step });
}

/** The files in which something that `file` declares can be named: itself and all that use it. */
export function filesSeeing(scene: Scene, file: string): readonly string[] {
  const seeing = scene.wholesOf(file).flatMap(whole => (whole.root.file === file ? [] : [whole.root.file]));
  return [...new Set([file, ...seeing])];
}

/** Whether nothing in any whole that holds the file has the id; `sections` share one namespace. */
export function isFree(scene: Scene, file: string, id: string, sections: readonly (keyof RuleSet)[]): boolean {
  return scene.wholesOf(file).every(whole => sections.every(section => !(whole[section] as ReadonlyMap<string, unknown>).has(id)));
}

/** The id, or the first of `id-2`, `id-3` … that is free. */
export function freeId(scene: Scene, file: string, id: string, sections: readonly (keyof RuleSet)[]): string {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? id : `${id}-${i}`;
    if (isFree(scene, file, candidate, sections)) return candidate;
  }
}

/** Whether an adaptation somewhere replaces or removes what has the id: then one edit cannot keep what both mean. */
export function isAdapted(scene: Scene, file: string, id: string, section: 'rules' | 'thresholds' | 'scores'): boolean {
  return scene
    .wholesOf(file)
    .some(
      ({ files }) =>
        files.some(({ remove }) => remove.some(removed => removed.id.value === id)) || files.filter(one => one[section].has(id)).length > 1,
    );
}

export function stringOf(node: Node | undefined, key: string): string | undefined {
  const value = valueUnder(node, key);
  return value?.type === 'string' ? value.value : undefined;
}

/** Undefined where the file is no rule set, or its JSON is not sound: what is damaged could be read as something else. */
export function sceneAt(workspace: Workspace, file: string, span: Span): Scene | undefined {
  const linked = workspace.linked(file);
  const textOf = (one: string): Source | undefined => {
    const snapshot = workspace.snapshot(one);
    return typeof snapshot === 'string' ? undefined : { text: snapshot.text, root: snapshot.document().root };
  };
  const wholesOf = (one: string) =>
    [workspace.linked(one), ...workspace.usedBy(one)].flatMap(each =>
      each?.ruleSet.files.some(({ file }) => file === one) ? [each.ruleSet] : [],
    );
  const isSound = (one: string) => {
    const snapshot = workspace.snapshot(one);
    return typeof snapshot !== 'string' && snapshot.document().problems.length === 0;
  };
  if (!linked || ![...linked.ruleSet.files.map(one => one.file), ...wholesOf(file).map(({ root }) => root.file)].every(isSound))
    return undefined;
  return { file, span, ruleSet: linked.ruleSet, wholesOf, textOf };
}
