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

/** Conditions that make one outcome together: of a rule, of what a record must meet, of what a score or a derived fact asks. */
export interface Whole {
  readonly owner: Item | undefined;
  readonly group: number | undefined;
  readonly askedBy: number | undefined;
  /** The index of the rule; undefined for what is no rule. */
  readonly rule: number | undefined;
  /** Places of what must hold, and of what must not. */
  readonly places: readonly number[];
  readonly until: number | undefined;
}

export interface ConditionList {
  readonly nodes: readonly ConditionNode[];
  readonly wholes: readonly Whole[];
  /** Those that see only the patient, then by group those that see a record: each list in order, parts first. */
  readonly ofPatient: readonly number[];
  readonly ofGroups: readonly (readonly AskedList[])[];
}

export interface AskedList {
  readonly askedBy: number | undefined;
  readonly places: readonly number[];
}

const made = new WeakMap<CompiledRuleSet, ConditionList>();

/** Made once for a rule set. */
export function conditionsOf(compiled: CompiledRuleSet): ConditionList {
  const known = made.get(compiled) ?? listOf(compiled);
  made.set(compiled, known);
  return known;
}

function listOf(compiled: CompiledRuleSet): ConditionList {
  const nodes: ConditionNode[] = [];
  const wholes: Whole[] = [];
  const placeOf = new Map<CompiledCondition, number>();
  const add = (condition: CompiledCondition, { owner, group }: Root, askedBy: number | undefined): number => {
    const known = placeOf.get(condition);
    if (known !== undefined) return known;
    const items = condition.items.map(item => add(item, { owner, group }, askedBy));
    if (condition.group?.where) {
      const inside = { owner, group: condition.group.index };
      const places = [add(condition.group.where, inside, askedBy)];
      wholes.push({ ...inside, askedBy, rule: undefined, places, until: undefined });
    }
    const follows = condition.kind === 'all' || condition.kind === 'any' || condition.kind === 'not';
    nodes.push({ condition, owner, group, askedBy, parts: follows ? items : [] });
    placeOf.set(condition, nodes.length - 1);
    return nodes.length - 1;
  };
  for (const { all, until, rule, ...root } of roots(compiled)) {
    const places = all.map(condition => add(condition, root, root.group));
    wholes.push({ ...root, askedBy: root.group, rule, places, until: until && add(until, root, root.group) });
  }
  const seeing = (group: number | undefined, askedBy: number | undefined) =>
    nodes.flatMap((node, i) => (node.group === group && node.askedBy === askedBy ? [i] : []));
  const groups = compiled.layout.groups.map((_, group) => group);
  const ofGroups = groups.map(group => [undefined, ...groups].map(askedBy => ({ askedBy, places: seeing(group, askedBy) })));
  return { nodes, wholes, ofPatient: seeing(undefined, undefined), ofGroups };
}

interface Root {
  readonly owner: Item | undefined;
  readonly group: number | undefined;
}

interface Asking extends Root {
  readonly all: readonly CompiledCondition[];
  readonly until?: CompiledCondition | undefined;
  readonly rule?: number | undefined;
}

/** What the rule set calls impossible is left out: no sound patient shows it. */
function* roots({ appliesTo, rules, layout }: CompiledRuleSet): Generator<Asking> {
  if (appliesTo) yield { all: [appliesTo], owner: undefined, group: undefined };
  for (const { when, until, rule, group, index } of rules) yield { all: when, until, owner: rule, group, rule: index };
  for (const group of [undefined, ...layout.groups.keys()]) {
    const { scores, derived } = layout.holders(group);
    for (const { score, when, components, bands } of scores) {
      const all = [when, ...components.flatMap(each => each.conditions), ...bands.map(band => band.when)];
      for (const condition of all) if (condition) yield { all: [condition], owner: score, group };
    }
    for (const { fact, origin, conditions } of derived)
      if (origin === 'table') for (const condition of conditions) yield { all: [condition], owner: fact, group };
  }
}
