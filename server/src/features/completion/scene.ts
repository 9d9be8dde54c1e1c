/** What the meaning half reads: the place, what is declared, and who is in sight there. */
import { ANYWHERE, factIn, LOCATED } from '../../model/names.ts';
import type { Patient } from '../../model/patient.ts';
import type { DerivedFact, Fact, RuleSet } from '../../model/rule-set.ts';
import { type Node, type ObjectNode, property } from '../../syntax/node.ts';
import type { Workspace } from '../../workspace.ts';
import { type Place, STAND_IN, type Step } from './place.ts';
import type { Uses } from './uses.ts';

export interface Scene {
  readonly workspace: Workspace;
  readonly file: string;
  readonly place: Place;
  /** The whole of a rule set; the rule sets a patient is for. */
  readonly wholes: readonly RuleSet[];
  /** The patient with what it extends; undefined in a rule set. */
  readonly patient: Patient | undefined;
  readonly uses: Uses;
  readonly today: string;
  /** One step of indentation as the file has it. */
  readonly indent: string;
}

export type AnyFact = Fact | DerivedFact;

/** The objects around the cursor, the innermost first. */
export function holders({ place }: Scene): readonly ObjectNode[] {
  return place.path.flatMap(({ container }) => (container.type === 'object' ? [container] : [])).reverse();
}

/** The keys on the way to the cursor, the innermost last; those of a list's items are the list's. */
export function keysTo({ place }: Scene): readonly string[] {
  return place.path.flatMap(({ key }) => key ?? []);
}

/** What stands as text under a key of an object. */
export function textUnder(object: Node | undefined, key: string): string | undefined {
  const value = property(object, key)?.value;
  return value?.type === 'string' && value.value !== STAND_IN ? value.value : undefined;
}

/** What the list at the cursor has already. */
export function itemsBeside({ place }: Scene): ReadonlySet<string> {
  const last = place.path.at(-1)?.container;
  return new Set(last?.type === 'array' ? last.items.flatMap(item => (item.type === 'string' ? [item.value] : [])) : []);
}

/** The id of the item of a section that the cursor is in. */
export function ownId({ place: { path } }: Scene): string | undefined {
  const section = path[1];
  if (section?.container.type === 'object') return section.key;
  return textUnder(path[2]?.container, 'id');
}

/** The group whose record is in sight; as in references, `LOCATED` in a precaution and `ANYWHERE` in a threshold. */
export function groupInSight({ place: { path } }: Scene): string | undefined {
  for (let i = path.length - 1; i > 0; i--) {
    const { container, key } = path[i]!;
    if (key !== 'where') continue;
    for (const of of ['some', 'every', 'none', 'count', 'group']) {
      const group = textUnder(container, of);
      if (group !== undefined) return group;
    }
  }
  return groupOfItem(path);
}

function groupOfItem(path: readonly Step[]): string | undefined {
  const item = path[2]?.container;
  switch (path[0]?.key) {
    case 'precautions':
      return LOCATED;
    case 'thresholds':
      return ANYWHERE;
    case 'groups':
      return path[1]?.key;
    case 'scores':
    case 'derived':
    case 'rules':
    case 'impossible':
      return textUnder(item, 'of');
    default:
      return undefined;
  }
}

/** The id of the group in sight, if it is one. */
export function nearGroup(ruleSet: RuleSet, group: string | undefined): string | undefined {
  return group === LOCATED ? ruleSet.locatedGroup?.id : group === ANYWHERE ? undefined : group;
}

/** Every fact that a name can mean there, those of the record first. */
export function factsInSight(ruleSet: RuleSet, group: string | undefined): readonly AnyFact[] {
  const near = nearGroup(ruleSet, group);
  const groups = group === ANYWHERE ? [...ruleSet.groups.values()] : near === undefined ? [] : [ruleSet.groups.get(near)];
  const ofRecords = groups.flatMap(each => [...(each?.facts.values() ?? [])]);
  const derived = [...ruleSet.derived.values()];
  const all = [...ofRecords, ...derived.filter(({ group: of }) => of !== undefined), ...ruleSet.facts.values(), ...derived];
  const seen = new Set<string>();
  return all
    .filter(({ id }) => {
      if (seen.has(id) || id === STAND_IN) return false;
      seen.add(id);
      return true;
    })
    .flatMap(({ id }) => factIn(ruleSet, group, id) ?? []);
}

/** The fact named beside the cursor, as it is meant there. */
export function factBeside(scene: Scene, holder: ObjectNode | undefined, key = 'fact'): AnyFact | undefined {
  const id = textUnder(holder, key);
  const ruleSet = scene.wholes[0];
  return id === undefined || !ruleSet ? undefined : factIn(ruleSet, groupInSight(scene), id);
}

export function isNumeric({ type }: AnyFact): boolean {
  return type === 'integer' || type === 'decimal' || type === 'quantity';
}

export function hasKey(object: Node | undefined, key: string): boolean {
  return property(object, key) !== undefined;
}
