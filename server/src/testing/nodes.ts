/** The conditions of a rule set as one flat list, each after its parts, and where it is asked: of the patient or of each record of a group. */
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { CompiledCondition } from '../evaluation/conditions.ts';
import type { Item } from '../model/rule-set.ts';

export interface ConditionNode {
  readonly condition: CompiledCondition;
  /** The rule, score or derived fact it belongs to; undefined for the scope. */
  readonly owner: Item | undefined;
  /** The group whose record it sees. */
  readonly group: number | undefined;
  /** The group of the rule or score it belongs to: where that has no record, nobody asks. */
  readonly askedBy: number | undefined;
  /** Places of its parts in the list; empty where its truth does not follow from theirs alone. */
  readonly parts: readonly number[];
}

export interface ConditionList {
  readonly nodes: readonly ConditionNode[];
  /** Those that see only the patient, then by group those that see a record: each list in order, parts first. */
  readonly ofPatient: readonly number[];
  readonly ofGroups: readonly (readonly AskedList[])[];
}

export interface AskedList {
  readonly askedBy: number | undefined;
  readonly places: readonly number[];
}

export function conditionsOf(compiled: CompiledRuleSet): ConditionList {
  const nodes: ConditionNode[] = [];
  const placeOf = new Map<CompiledCondition, number>();
  const add = ({ condition, owner, group }: Root, askedBy: number | undefined): number => {
    const known = placeOf.get(condition);
    if (known !== undefined) return known;
    const items = condition.items.map(item => add({ condition: item, owner, group }, askedBy));
    if (condition.group?.where) add({ condition: condition.group.where, owner, group: condition.group.index }, askedBy);
    const follows = condition.kind === 'all' || condition.kind === 'any' || condition.kind === 'not';
    nodes.push({ condition, owner, group, askedBy, parts: follows ? items : [] });
    placeOf.set(condition, nodes.length - 1);
    return nodes.length - 1;
  };
  for (const root of roots(compiled)) add(root, root.group);
  const seeing = (group: number | undefined, askedBy: number | undefined) =>
    nodes.flatMap((node, i) => (node.group === group && node.askedBy === askedBy ? [i] : []));
  const groups = compiled.layout.groups.map((_, group) => group);
  const ofGroups = groups.map(group => [undefined, ...groups].map(askedBy => ({ askedBy, places: seeing(group, askedBy) })));
  return { nodes, ofPatient: seeing(undefined, undefined), ofGroups };
}

interface Root {
  readonly condition: CompiledCondition;
  readonly owner: Item | undefined;
  readonly group: number | undefined;
}

/** What the rule set calls impossible is left out: no sound patient shows it. */
function* roots({ appliesTo, rules, layout }: CompiledRuleSet): Generator<Root> {
  if (appliesTo) yield { condition: appliesTo, owner: undefined, group: undefined };
  for (const { when, until, rule, group } of rules)
    for (const condition of until ? [...when, until] : when) yield { condition, owner: rule, group };
  for (const group of [undefined, ...layout.groups.keys()]) {
    const { scores, derived } = layout.holders(group);
    for (const { score, when, components, bands } of scores) {
      const all = [when, ...components.flatMap(each => each.conditions), ...bands.map(band => band.when)];
      for (const condition of all) if (condition) yield { condition, owner: score, group };
    }
    for (const { fact, origin, conditions } of derived)
      if (origin === 'table') for (const condition of conditions) yield { condition, owner: fact, group };
  }
}
