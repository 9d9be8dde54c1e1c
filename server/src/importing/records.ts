/** Records of groups from what a bundle says: lesions with site and side, drugs. */
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Fact, Group } from '../model/rule-set.ts';
import { sidesOf } from './admit.ts';
import type { Bindings } from './bindings.ts';
import { FactValues } from './collect.ts';
import type { FhirPaths } from './fhir-path.ts';
import type { LeftOutList } from './report.ts';
import type { Held } from './statements.ts';
import { keyOf, toldCode } from './systems.ts';

export interface Records {
  readonly bindings: Bindings;
  readonly paths: FhirPaths;
  readonly asOf: string;
  readonly leftOut: LeftOutList;
  /** By group, then by what makes two resources speak of the same record. */
  readonly groups: Map<Group, Map<string, FactValues>>;
  /** Of a group whose records have a site: resources that name none. */
  readonly unplaced: Map<Group, Held[]>;
}

/** Whether a record was made, or one of its kind is known of. */
export function addRecords(records: Records, held: Held): boolean {
  const { bindings } = records;
  const keys = held.codes.map(keyOf);
  const groups = new Set(keys.flatMap(key => bindings.groups.get(key) ?? []));
  for (const group of groups) addOfGroup(records, group, held);
  const given = new Set(keys.flatMap(key => bindings.given.get(key) ?? []));
  for (const fact of given) addGiven(records, fact, held);
  return groups.size + given.size > 0;
}

function addOfGroup(records: Records, group: Group, held: Held): void {
  const site = [...group.facts.values()].find(fact => fact.type === 'code' && fact.values === 'sites');
  if (!site) {
    fill(records, group, String(held.entry.number), held);
    return;
  }
  let placed = false;
  for (const place of held.sites) {
    const ids = [...new Set(place.codes.flatMap(code => records.bindings.valuesOf(site).byCode.get(keyOf(code)) ?? []))];
    if (ids.length !== 1) {
      const codes = place.codes.slice(0, 3).map(toldCode).join(', ') || 'no code';
      records.leftOut.add(held.from, `${group.id}.${site.id}`, `no single site of the rule set has the code of its body site (${codes})`);
      continue;
    }
    placed = true;
    addPlaced(records, group, site, ids[0]!, sidesOf(place.sides), held);
  }
  if (!placed) records.unplaced.set(group, [...(records.unplaced.get(group) ?? []), held]);
}

function addPlaced(records: Records, group: Group, site: Fact, id: string, sides: readonly ('left' | 'right')[], held: Held): void {
  const side = [...group.facts.values()].find(fact => fact.type === 'side');
  const hasSides = isPaired(records.bindings, id);
  if (sides.length && !(side && hasSides)) records.leftOut.add(held.from, `${group.id}.${site.id}`, `${id} has no left and right`);
  for (const one of side && hasSides && sides.length ? sides : [undefined]) {
    const values = fill(records, group, `${id} ${one}`, held);
    const about = { from: held.from, date: held.date };
    values.add(site, { kind: 'id', id }, about);
    if (one !== undefined) values.add(side!, { kind: 'id', id: one }, about);
  }
}

/** Paired itself, or in something paired, or with something paired below it. */
function isPaired({ ruleSet }: Bindings, id: string): boolean {
  const sites = siteHierarchy(ruleSet);
  return [...ruleSet.sites.values()].some(site => site.paired && (sites.isBelow(id, site.id) || sites.isBelow(site.id, id)));
}

function addGiven(records: Records, fact: Fact, held: Held): void {
  const group = records.bindings.ruleSet.groups.get(fact.group ?? '');
  if (!group) return;
  const ids = new Set(held.codes.flatMap(code => records.bindings.valuesOf(fact).byCode.get(keyOf(code)) ?? []));
  const key = [...ids].sort().join(' ');
  fill(records, group, key, held).add(fact, { kind: 'codes', codes: held.codes }, { from: held.from, date: undefined });
}

/** What the record's own facts say by FHIRPath on the resource. */
function fill({ bindings, paths, asOf, leftOut, groups }: Records, group: Group, key: string, held: Held): FactValues {
  const known = groups.get(group) ?? new Map<string, FactValues>();
  groups.set(group, known);
  const values = known.get(key) ?? new FactValues(bindings, asOf, leftOut);
  known.set(key, values);
  for (const fact of group.facts.values())
    for (const raw of paths.valuesOf(fact, held.entry.resource) ?? []) values.add(fact, raw, { from: held.from, date: held.date });
  return values;
}

/** A resource without a site tells that there is a record, unless one with a site is there: it may be the same. */
export function addUnplaced(records: Records): void {
  for (const [group, [first, ...more]] of records.unplaced) {
    const others = records.groups.has(group);
    if (!others) fill(records, group, 'unplaced', first!);
    const again = 'it names no site, and may be the same as a record that is there; the list is incomplete';
    for (const held of others ? [first!, ...more] : more) records.leftOut.add(held.from, group.id, again);
  }
}
