/** Names that fit where the cursor is in a rule set: what is meant there decides which, and use decides the order. */
import { adviceHierarchy, type Hierarchy, siteHierarchy } from '../../model/hierarchy.ts';
import { factIn } from '../../model/names.ts';
import type { Fact, FactType, Item, RuleSet, Section } from '../../model/rule-set.ts';
import { type About, type Offer, type OfferKind, RANK } from './offer.ts';
import { STAND_IN } from './place.ts';
import {
  type AnyFact,
  factsInSight,
  groupInSight,
  hasKey,
  holders,
  isNumeric,
  itemsBeside,
  keysTo,
  nearGroup,
  ownId,
  type Scene,
  textUnder,
} from './scene.ts';
import { literalString } from './snippet.ts';

type Maker = (scene: Scene, ruleSet: RuleSet) => readonly Offer[];

/** The names for a value at this slot of a rule set; undefined where none belong. */
export function namesAt(scene: Scene, slot: string): readonly Offer[] | undefined {
  const ruleSet = scene.wholes[0];
  const maker = Object.hasOwn(BY_SLOT, slot) ? BY_SLOT[slot] : undefined;
  if (!ruleSet || !maker) return undefined;
  const beside = itemsBeside(scene);
  return maker(scene, ruleSet).filter(({ label }) => label !== STAND_IN && !beside.has(label));
}

const ofTypes =
  (...types: readonly FactType[]) =>
  (fact: AnyFact) =>
    types.includes(fact.type);

const GROUPS: Maker = (scene, { groups }) => items(scene, 'groups', groups.values());
const SITES: Maker = (scene, { sites }) => items(scene, 'sites', sites.values());
const ADVICE: Maker = (scene, { advice }) => items(scene, 'advice', advice.values());
const DECISION: Maker = (scene, { decisions }) => items(scene, 'decisions', decisions.values());
const PHASES: Maker = (scene, { phases }) => items(scene, 'phases', phases.values());
const SOURCES: Maker = (scene, { sources }) => items(scene, 'sources', sources.values());
const PARAMETERS: Maker = (scene, { parameters }) => items(scene, 'parameters', parameters.values());
const SCORES: Maker = (scene, ruleSet) => {
  const near = nearGroup(ruleSet, groupInSight(scene));
  const inSight = [...ruleSet.scores.values()].filter(({ of }) => of === undefined || of.value === near);
  return items(scene, 'scores', inSight, ({ of }) => of !== undefined);
};
const PLACES: Maker = (scene, ruleSet) => places(ruleSet, keysTo(scene).at(-2));

/** Which names are meant by what stands there. Slots as in `allowed.ts`. */
const BY_SLOT: Readonly<Record<string, Maker>> = {
  'ruleItem.of': GROUPS,
  'scoreItem.of': GROUPS,
  'derivedItem.of': GROUPS,
  'file.impossible.of': GROUPS,
  'decisionItem.each': GROUPS,
  'someCondition.some': GROUPS,
  'noneCondition.none': GROUPS,
  'everyCondition.every': GROUPS,
  'countCondition.count': GROUPS,
  'at.except.group': GROUPS,
  'unknownCondition.unknown.group': GROUPS,
  'factCondition.fact': facts(fact => fact.type !== 'text', beforeTest),
  'unknownCondition.unknown.fact': facts(() => true),
  'thresholdItem.fact': facts(fact => isNumeric(fact) || fact.type === 'date'),
  'factTerm.fact': facts(isNumeric, undefined, true),
  'factComponent.fact': facts(isNumeric),
  'optionComponent.from': facts(ofTypes('code', 'side')),
  'derivedItem.by': facts(ofTypes('quantity'), undefined, true),
  'derivedItem.since': facts(ofTypes('date'), undefined, true),
  'scoreItem.voidedBy': facts(ofTypes('date')),
  'scoreCondition.score': SCORES,
  'unknownCondition.unknown.score': SCORES,
  'scoreCondition.in': bands,
  'thresholdCondition.threshold': thresholds,
  'siteItem.partOf': (scene, ruleSet) => notBelow(SITES(scene, ruleSet), siteHierarchy(ruleSet), ownId(scene)),
  'adviceItem.isA': (scene, ruleSet) => notBelow(ADVICE(scene, ruleSet), adviceHierarchy(ruleSet), ownId(scene)),
  'values.*.isA': siblings,
  'adviceItem.gives': inputs,
  'precautionItem.site': SITES,
  'at.below': SITES,
  'at.except.whole': SITES,
  'source.id': SOURCES,
  'decideEffect.decide': DECISION,
  'given.decision': DECISION,
  'decideEffect.as': (scene, ruleSet) => decisionValues(ruleSet, textUnder(holders(scene)[0], 'decide')),
  'given.in': (scene, ruleSet) => decisionValues(ruleSet, textUnder(holders(scene)[0], 'decision')),
  'requireEffect.require': (scene, ruleSet) => [...ADVICE(scene, ruleSet), ...inputs(scene, ruleSet).map(later)],
  'recommendEffect.recommend': ADVICE,
  'recommendEffect.recommend.oneOf': ADVICE,
  'avoidEffect.avoid': ADVICE,
  'forbidEffect.forbid': ADVICE,
  'limitEffect.of': ADVICE,
  'limitEffect.limit': PARAMETERS,
  'limitEffect.atMost': (scene, ruleSet) => places(ruleSet, textUnder(holders(scene)[0], 'limit')),
  ...Object.fromEntries(['is', 'atLeast', 'above', 'atMost', 'below'].map(key => [`with.*.${key}`, PLACES])),
  'recommendEffect.maximum.*.value': PLACES,
  ...Object.fromEntries(['require', 'recommend', 'avoid', 'forbid', 'limit'].map(kind => [`${kind}Effect.during`, PHASES])),
  ...Object.fromEntries(['require', 'recommend', 'avoid', 'forbid', 'limit'].map(kind => [`${kind}Effect.at`, placesOfEffect])),
  'override.rules': (scene, { rules }) =>
    items(
      scene,
      'rules',
      [...rules.values()].filter(({ id }) => id !== ownId(scene)),
    ),
};

/** Declared things as names. `isNear` lifts what belongs to the record in sight. */
export function items<T extends Item>(
  scene: Scene,
  section: Section,
  all: Iterable<T>,
  isNear: (item: T) => boolean = () => false,
): readonly Offer[] {
  const group = groupInSight(scene);
  return [...all].map(item => ({
    label: item.id,
    kind: KINDS[section],
    title: item.title,
    note: noteOf(section, item),
    json: literalString(item.id),
    rank: rankOf(scene, item.id, isNear(item)),
    about: aboutItem(section, item, group),
  }));
}

function aboutItem(section: Section, item: Item, group: string | undefined): About {
  const of = section === 'facts' ? ((item as Fact).group ?? nearGroupOf(group)) : undefined;
  return { of: 'item', section, id: item.id, ...(of === undefined ? {} : { group: of }) };
}

function nearGroupOf(group: string | undefined): string | undefined {
  return group?.startsWith('@') ? undefined : group;
}

/** What is near first, then what is used most. */
export function rankOf({ uses }: Scene, id: string, isNear: boolean): number {
  return (isNear ? RANK.meant : RANK.near) + 900 - Math.min(uses.get(id) ?? 0, 900);
}

const KINDS: Readonly<Record<Section, OfferKind>> = {
  sources: 'source',
  sites: 'site',
  advice: 'advice',
  parameters: 'name',
  phases: 'name',
  facts: 'fact',
  groups: 'group',
  derived: 'fact',
  scores: 'score',
  thresholds: 'threshold',
  decisions: 'decision',
  rules: 'rule',
  notes: 'name',
  impossible: 'name',
};

function noteOf(section: Section, item: Item): string | undefined {
  if (section === 'facts') return typeNote(item as AnyFact);
  if (section === 'advice') return (item as Item & { kind: string }).kind;
  if (section === 'rules') return (item as Item & { precaution: boolean }).precaution ? 'precaution' : 'rule';
  return undefined;
}

/** `quantity, mmol/L`, `code`. */
export function typeNote({ type, unit }: AnyFact): string {
  return unit ? `${type}, ${unit.value}` : type;
}

function facts(fits: (fact: AnyFact) => boolean, narrows?: (fact: AnyFact, scene: Scene) => boolean, notItself = false): Maker {
  return (scene, ruleSet) => {
    const group = groupInSight(scene);
    const own = notItself ? ownId(scene) : undefined;
    const near = nearGroup(ruleSet, group);
    const found = factsInSight(ruleSet, group).filter(fact => fact.id !== own && fits(fact) && (narrows?.(fact, scene) ?? true));
    return items(scene, 'facts', found, fact => near !== undefined && fact.group === near);
  };
}

/** A fact that goes with the test that is written already: after a bound only what has an order. */
function beforeTest(fact: AnyFact, scene: Scene): boolean {
  const test = holders(scene)[0];
  const bounds = ['atLeast', 'above', 'atMost', 'below'].filter(key => hasKey(test, key));
  if (bounds.length > 0) return bounds.some(key => textUnder(test, key) !== undefined) ? fact.type === 'date' : isNumeric(fact);
  return !hasKey(test, 'unit') || isNumeric(fact);
}

function inputs(scene: Scene, ruleSet: RuleSet): readonly Offer[] {
  const facts = [...ruleSet.groups.values()].flatMap(group => [...group.facts.values()]).concat([...ruleSet.facts.values()]);
  const known = new Map([...facts, ...ruleSet.derived.values()].map(fact => [fact.id, fact]));
  return [...items(scene, 'facts', known.values()), ...items(scene, 'scores', ruleSet.scores.values())];
}

function thresholds(scene: Scene, ruleSet: RuleSet): readonly Offer[] {
  const group = groupInSight(scene);
  const near = nearGroup(ruleSet, group);
  const factOf = (fact: string | undefined) => (fact === undefined ? undefined : factIn(ruleSet, group, fact));
  const inSight = [...ruleSet.thresholds.values()].filter(({ fact }) => factOf(fact?.value) !== undefined);
  return items(scene, 'thresholds', inSight, ({ fact }) => near !== undefined && factOf(fact?.value)?.group === near);
}

function bands(scene: Scene, ruleSet: RuleSet): readonly Offer[] {
  const score = ruleSet.scores.get(textUnder(holders(scene)[0], 'score') ?? '');
  return [...(score?.bandSets.values() ?? [])].flat().map(({ id, title }, i) => part('band', 'scores', score!.id, id, title, i));
}

function decisionValues(ruleSet: RuleSet, id: string | undefined): readonly Offer[] {
  const values = ruleSet.decisions.get(id ?? '')?.values ?? [];
  return values.map((value, i) => part('value', 'decisions', id!, value.id, value.title, i));
}

function places(ruleSet: RuleSet, parameter: string | undefined): readonly Offer[] {
  const order = ruleSet.parameters.get(parameter ?? '')?.order ?? [];
  return order.map(({ value }, i) => part('value', 'parameters', parameter!, value, undefined, i));
}

function siblings(scene: Scene, ruleSet: RuleSet): readonly Offer[] {
  const own = keysTo(scene).at(-2);
  const holder = factIn(ruleSet, groupInSight(scene), factAround(scene) ?? '');
  if (typeof holder?.values !== 'object') return [];
  const hierarchy = new Map(holder.values.map(({ id, isA }) => [id, isA.map(({ value }) => value)]));
  const above = (id: string, seen = new Set([id])): Set<string> => {
    for (const parent of hierarchy.get(id) ?? []) if (!seen.has(parent)) above(parent, seen.add(parent));
    return seen;
  };
  return holder.values
    .filter(({ id }) => own === undefined || !above(id).has(own))
    .map(({ id, title }, i) => part('value', 'facts', holder.id, id, title, i, holder.group));
}

/** The fact whose values the cursor is in: the key of a section, or of a group's `facts`. */
function factAround(scene: Scene): string | undefined {
  const keys = keysTo(scene);
  return keys[keys.lastIndexOf('values') - 1];
}

/** Sites in a list; a single word says everywhere or here. */
function placesOfEffect(scene: Scene, ruleSet: RuleSet): readonly Offer[] {
  return scene.place.path.at(-1)?.container.type === 'array' ? SITES(scene, ruleSet) : [];
}

/** A part of something declared, in the order it is declared in. */
export function part(
  kind: OfferKind,
  section: Section,
  id: string,
  name: string,
  title: string | undefined,
  order: number,
  group?: string,
): Offer {
  const about: About = { of: 'part', section, id, part: name, ...(group === undefined ? {} : { group }) };
  return { label: name, kind, title, json: literalString(name), rank: RANK.meant + order, about };
}

/** What would lie above itself is left out. */
function notBelow(offers: readonly Offer[], hierarchy: Hierarchy, own: string | undefined): readonly Offer[] {
  return own === undefined ? offers : offers.filter(({ label }) => label !== own && !hierarchy.isBelow(label, own));
}

function later(offer: Offer): Offer {
  return { ...offer, rank: offer.rank + RANK.far };
}
