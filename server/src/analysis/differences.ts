/**
 * What would be different without a rule: ways in which a decision or an effect of some patient, partly known included, could change. Each is a
 * list of formulas that hold together for such a patient; if none of them can, nothing changes.
 */
import type { AdviceEffect } from '../model/collide.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import { anywhere, givenFormula } from './decided.ts';
import { all, any, certain, type Formula, not, possible } from './formula.ts';
import { type Deciding, decidingRules, groupOf } from './gather.ts';
import { placeIn, staticLeaves } from './overlap.ts';
import { shapeText } from './slots.ts';
import { PATIENT, type Scope, type Space, UNLISTED } from './space.ts';

export interface Way {
  /** If these cannot hold together, nothing changes that way. */
  readonly needs: readonly Formula[];
  /** What besides makes sure that it does change; undefined where that cannot be said. */
  readonly surely: readonly Formula[] | undefined;
}

/** What stands on one side of a comparison: with the rule, or without it. */
interface Voice {
  readonly rule: Rule;
  readonly value: string;
  readonly fires: Formula;
}

interface Worlds {
  readonly space: Space;
  /** The rule that is taken away. */
  readonly rule: Rule;
  /** The others that are looked at: with fewer of them more seems to change. */
  readonly others: ReadonlySet<Rule>;
}

export function waysToDiffer(space: Space, rule: Rule, others: ReadonlySet<Rule>): Way[] {
  const worlds: Worlds = { space, rule, others };
  const touched = touchedBy(space.ruleSet, rule);
  const decisions = new Set(touched.flatMap(one => decisionsOf(space.ruleSet, one)));
  return [
    ...[...decisions].flatMap(decision => decisionWays(worlds, decision)),
    ...touched.flatMap(one => one.then.flatMap(effect => (effect.kind === 'decide' ? [] : effectWays(worlds, one, effect)))),
  ];
}

/** The rule, and all that it overrides, directly or through others. */
export function touchedBy({ rules }: RuleSet, rule: Rule): Rule[] {
  const touched = new Set([rule]);
  for (const one of touched)
    for (const { value } of one.override?.rules ?? []) {
      const overridden = rules.get(value);
      if (overridden) touched.add(overridden);
    }
  return [...touched];
}

/** Rules whose effects may stand in for those of the rule, or come before them. */
export function standIns(ruleSet: RuleSet, rule: Rule): Set<Rule> {
  const found = new Set<Rule>();
  for (const one of touchedBy(ruleSet, rule)) {
    for (const decision of decisionsOf(ruleSet, one)) for (const deciding of decidingRules(ruleSet, decision.id)) found.add(deciding.rule);
    for (const effect of one.then) {
      if (effect.kind === 'decide') continue;
      for (const same of sameEffects(ruleSet, effect)) found.add(same.rule);
      for (const lower of limitsOfSame(ruleSet, effect)) found.add(lower.rule);
    }
  }
  found.delete(rule);
  return found;
}

/** The decisions it takes part in. A rule that waits for a decision decides nothing. */
export function decisionsOf({ decisions }: RuleSet, { then, given }: Rule): Decision[] {
  if (given) return [];
  return then.flatMap(effect => (effect.kind === 'decide' ? (decisions.get(effect.decision.value) ?? []) : []));
}

function decisionWays(worlds: Worlds, decision: Decision): Way[] {
  const { space } = worlds;
  const deciding = decidingRules(space.ruleSet, decision.id).filter(({ rule }) => rule === worlds.rule || worlds.others.has(rule));
  const group = decision.each?.value;
  if (group === undefined)
    return changes(
      worlds,
      decision,
      sides(worlds, deciding, rule => anywhere(space, rule)),
    );
  const ofGroup = deciding.filter(({ rule }) => groupOf(space.ruleSet, rule) === group);
  const own = deciding.filter(({ rule }) => groupOf(space.ruleSet, rule) !== group);
  const none = space.scopesOf(group).map(({ slot }) => not(space.present(group, slot)));
  const record: Scope = { group, slot: 0 };
  const inRecord = changes(
    worlds,
    decision,
    sides(worlds, ofGroup, rule => space.fires(rule, record)),
  );
  const inOwn = changes(
    worlds,
    decision,
    sides(worlds, own, rule => anywhere(space, rule)),
  );
  const unlisted = sides(worlds, ofGroup, rule => space.fires(rule, { group, slot: UNLISTED }));
  const silent = own.map(({ rule }) => not(possible(anywhere(space, rule))));
  return [
    ...(space.slots.get(group) ? inRecord.map(way => ({ ...way, needs: [space.present(group, 0), ...way.needs] })) : []),
    ...inOwn.map(({ needs, surely }) => ({ needs, surely: surely && [...surely, ...none, not(space.incomplete(group))] })),
    ...valuesIn(unlisted).flatMap(value =>
      apart(saying(unlisted, value), possible).map(needs => ({ needs: [space.incomplete(group), ...needs], surely: [...none, ...silent] })),
    ),
  ];
}

/** Formulas with the rule and without it. */
interface Sides<Item> {
  readonly with: readonly Item[];
  readonly without: readonly Item[];
}

function sides(worlds: Worlds, deciding: readonly Deciding[], fires: (rule: Rule) => Formula): Sides<Voice> {
  const voices = () => deciding.map(({ rule, value }) => ({ rule, value, fires: fires(rule) }));
  return {
    with: voices(),
    without: worlds.space.without(worlds.rule, voices).filter(({ rule }) => rule !== worlds.rule),
  };
}

function valuesIn(voices: Sides<Voice>): string[] {
  return [...new Set([...voices.with, ...voices.without].map(({ value }) => value))];
}

function saying(voices: Sides<Voice>, value: string): Sides<Formula> {
  const of = (list: readonly Voice[]) => list.filter(voice => voice.value === value).map(({ fires }) => fires);
  return { with: of(voices.with), without: of(voices.without) };
}

/** That one of the formulas holds on one side, and none on the other. */
function apart({ with: there, without: left }: Sides<Formula>, modal: (item: Formula) => Formula): Formula[][] {
  const only = (some: readonly Formula[], others: readonly Formula[]) => {
    const own = some.filter(formula => !others.includes(formula));
    return own.length === 0 ? [] : [[any(own.map(modal)), ...others.map(other => not(modal(other)))]];
  };
  return [...only(there, left), ...only(left, there)];
}

function changes(worlds: Worlds, decision: Decision, voices: Sides<Voice>): Way[] {
  const isSure = !worlds.rule.override;
  const way = (needs: readonly Formula[]): Way => ({ needs, surely: isSure ? [] : undefined });
  if (decision.resolve === 'first') return changesOfFirst(voices).map(way);
  return valuesIn(voices).flatMap(value => {
    const same = saying(voices, value);
    const may = apart(same, possible);
    const must = apart(same, certain);
    switch (decision.resolve) {
      case 'strictest': {
        const order = decision.values.map(({ id }) => id);
        const stricter = voices.with.filter(voice => order.indexOf(voice.value) < order.indexOf(value));
        const none = stricter.map(({ fires }) => not(certain(fires)));
        return [...must, ...may].map(needs => way([...needs, ...none]));
      }
      case 'single':
        return [...may.map(way), ...must.map(needs => way([...needs, ...(isSure ? [not(inConflict(voices, value))] : [])]))];
      default:
        return [...may.map(way), ...changesOfCollect(worlds, voices, must).map(way)];
    }
  });
}

/** That two values beside this one are decided anyway. */
function inConflict(voices: Sides<Voice>, value: string): Formula {
  const decided = valuesIn(voices)
    .filter(other => other !== value)
    .map(other => any(saying(voices, other).without.map(certain)));
  return any(decided.flatMap((one, i) => decided.slice(i + 1).map(other => all([one, other]))));
}

/** A value is told with all the others: besides what it may be it counts whether anything is open, and whether anything is decided at all. */
function changesOfCollect(worlds: Worlds, voices: Sides<Voice>, must: readonly Formula[][]): Formula[][] {
  const { space, rule } = worlds;
  const asked = sides(worlds, voices.with, one => openSomewhere(space, one));
  const opened = { with: asked.with.map(({ fires }) => fires), without: asked.without.map(({ fires }) => fires) };
  const open = apart({ with: opened.with, without: opened.without.map((one, i) => sameOr(voices, i, opened.with, one)) }, item => item);
  if (rule.override) return [...must, ...open];
  return [...must.map(needs => [...needs, ...voices.without.map(({ fires }) => not(certain(fires)))]), ...open];
}

/** That it may still fire somewhere, whether it fires elsewhere or not: each record is heard by itself. */
function openSomewhere(space: Space, rule: Rule): Formula {
  const group = groupOf(space.ruleSet, rule);
  if (group === undefined) return isOpen(space.fires(rule, PATIENT));
  const listed = space.scopesOf(group).map(scope => all([space.present(group, scope.slot), isOpen(space.fires(rule, scope))]));
  return any([...listed, all([space.incomplete(group), possible(space.fires(rule, { group, slot: UNLISTED }))])]);
}

/** The very formula of the other side where nothing changed. */
function sameOr(voices: Sides<Voice>, index: number, opened: readonly Formula[], own: Formula): Formula {
  const at = voices.with.findIndex(({ fires }) => fires === voices.without[index]!.fires);
  return at < 0 ? own : opened[at]!;
}

function isOpen(fires: Formula): Formula {
  return all([possible(fires), not(certain(fires))]);
}

/** Heard are the rules up to the first that fires: which values these are, whether one fires, and whether one before it is open. */
function changesOfFirst(voices: Sides<Voice>): Formula[][] {
  // A rule that decides two values is heard with both.
  const before = (list: readonly Voice[], i: number) => list.slice(0, i).filter(({ rule }) => rule !== list[i]!.rule);
  const heard = (list: readonly Voice[]) => list.map((_, i) => before(list, i).map(({ fires }) => not(certain(fires))));
  const said = (list: readonly Voice[], value: string) =>
    any(list.flatMap((voice, i) => (voice.value === value ? [all([possible(voice.fires), ...heard(list)[i]!])] : [])));
  const none = (list: readonly Voice[]) => all(list.map(({ fires }) => not(certain(fires))));
  const open = (list: readonly Voice[]) => any(list.map((voice, i) => all([isOpen(voice.fires), ...heard(list)[i]!])));
  const parts = [...valuesIn(voices).map(value => (list: readonly Voice[]) => said(list, value)), none, open];
  return parts.flatMap(part => {
    const [there, left] = [part(voices.with), part(voices.without)];
    return [
      [there, not(left)],
      [not(there), left],
    ];
  });
}

interface Occurrence {
  readonly rule: Rule;
  readonly effect: AdviceEffect;
}

const OCCURRENCES = new WeakMap<RuleSet, Map<string, Occurrence[]>>();

/** Effects that say the same, wherever they hold. */
function sameEffects(ruleSet: RuleSet, effect: AdviceEffect): readonly Occurrence[] {
  let known = OCCURRENCES.get(ruleSet);
  if (!known) {
    known = new Map();
    for (const rule of ruleSet.rules.values())
      for (const one of rule.then)
        if (one.kind !== 'decide') known.set(textOf(one), [...(known.get(textOf(one)) ?? []), { rule, effect: one }]);
    OCCURRENCES.set(ruleSet, known);
  }
  return known.get(textOf(effect)) ?? [];
}

const TEXTS = new WeakMap<AdviceEffect, string>();

function textOf(effect: AdviceEffect): string {
  const text = TEXTS.get(effect) ?? shapeText({ ...effect, at: undefined });
  TEXTS.set(effect, text);
  return text;
}

/** Limits of the same parameter: a lower one that is in force outdoes it. */
function limitsOfSame({ rules }: RuleSet, effect: AdviceEffect): Occurrence[] {
  if (effect.kind !== 'limit') return [];
  return [...rules.values()].flatMap(rule =>
    rule.then.flatMap(one =>
      one.kind === 'limit' && one.parameter.value === effect.parameter.value && textOf(one) !== textOf(effect)
        ? [{ rule, effect: one }]
        : [],
    ),
  );
}

/** Where one effect could be missed: everywhere, at one leaf site, or where a record is. */
type Spot =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'leaf'; readonly site: string }
  | { readonly kind: 'here'; readonly scope: Scope };

function effectWays(worlds: Worlds, rule: Rule, effect: AdviceEffect): Way[] {
  const { ruleSet } = worlds.space;
  return spotsOf(worlds.space, rule, effect).flatMap(spot => {
    const occurrences = sameEffects(ruleSet, effect).filter(one => one.rule === worlds.rule || worlds.others.has(one.rule));
    const there = occurrences.filter(one => isAt(ruleSet, one, spot, { rule, effect }));
    const elsewhere = [...occurrences.filter(one => !there.includes(one)), ...there.filter(one => isHere(ruleSet, one))];
    const rivals = [...elsewhere, ...limitsOfSame(ruleSet, effect)].filter(one => one.rule !== worlds.rule);
    const lists: Sides<Formula> = {
      with: there.map(one => firesAt(worlds.space, one, spot)),
      without: worlds.space.without(worlds.rule, () =>
        there.filter(one => one.rule !== worlds.rule).map(one => firesAt(worlds.space, one, spot)),
      ),
    };
    const surely = worlds.rule.override ? undefined : surelyAt(worlds, effect, spot, rivals);
    const isUnlisted = spot.kind === 'here' && spot.scope.slot === UNLISTED;
    const base = spot.kind === 'here' ? recordIsThere(worlds.space, spot.scope) : [];
    const ways = [...(isUnlisted ? [] : apart(lists, certain)), ...(effect.kind === 'recommend' ? [] : apart(lists, possible))];
    const outdone = effect.kind === 'limit' && limitsOfSame(ruleSet, effect).length > 0 ? openBesides(lists) : [];
    return [
      ...ways.map((needs): Way => ({ needs: [...base, ...needs], surely })),
      ...outdone.map((needs): Way => ({ needs: [...base, ...needs], surely: undefined })),
    ];
  });
}

function recordIsThere(space: Space, { group, slot }: Scope): Formula[] {
  return [slot === UNLISTED ? space.incomplete(group!) : space.present(group!, slot)];
}

/** Of a limit that is outdone only those that may still come true are listed. */
function openBesides({ with: there, without: left }: Sides<Formula>): Formula[][] {
  const own = there.filter(formula => !left.includes(formula));
  return own.length === 0 ? [] : [[any(own.map(isOpen)), ...left.map(other => not(isOpen(other)))]];
}

function spotsOf(space: Space, rule: Rule, effect: AdviceEffect): Spot[] {
  const { ruleSet } = space;
  const group = groupOf(ruleSet, rule);
  const at = placeIn(ruleSet, { effect, scope: { group, slot: 0 } });
  if (at === 'nowhere') return [];
  if (at === 'everywhere' || at.kind === 'everywhere') return [{ kind: 'everywhere' }];
  if (at.kind === 'here') return [0, UNLISTED].map(slot => ({ kind: 'here', scope: { group, slot } }));
  return [...(staticLeaves(ruleSet, at) ?? [])].map(site => ({ kind: 'leaf', site }));
}

/** Whether the effect surely holds at the spot as soon as its rule fires. */
function isAt(ruleSet: RuleSet, one: Occurrence, spot: Spot, missed: Occurrence): boolean {
  const group = groupOf(ruleSet, one.rule);
  const at = placeIn(ruleSet, { effect: one.effect, scope: { group, slot: 0 } });
  if (at === 'everywhere' || (at !== 'nowhere' && at.kind === 'everywhere')) return true;
  if (at === 'nowhere' || spot.kind === 'everywhere') return false;
  if (spot.kind === 'here') return at.kind === 'here' && group === spot.scope.group && isAround(ruleSet, one.rule, missed.rule);
  if (at.kind === 'here') return false;
  if (at.kind === 'below' && at.except) return shapeText(at) === shapeText(missed.effect.at);
  return staticLeaves(ruleSet, at)?.has(spot.site) ?? false;
}

/** Where a record's site is not known, a precaution speaks only of its own sites. */
function isAround(ruleSet: RuleSet, outer: Rule, inner: Rule): boolean {
  if (!outer.precaution) return true;
  const hierarchy = siteHierarchy(ruleSet);
  return inner.precaution && inner.sites.every(site => outer.sites.some(other => hierarchy.isBelow(site.value, other.value)));
}

function isHere(ruleSet: RuleSet, { rule, effect }: Occurrence): boolean {
  const at = placeIn(ruleSet, { effect, scope: { group: groupOf(ruleSet, rule), slot: 0 } });
  return typeof at === 'object' && at.kind === 'here';
}

function firesAt(space: Space, { rule, effect }: Occurrence, spot: Spot): Formula {
  const isThere = spot.kind === 'here' && isHere(space.ruleSet, { rule, effect });
  return all([isThere ? space.fires(rule, spot.scope) : anywhere(space, rule), givenFormula(space, rule)]);
}

/** That the effect has a place at all, and that nothing else could stand in for it there. */
function surelyAt(worlds: Worlds, effect: AdviceEffect, spot: Spot, rivals: readonly Occurrence[]): Formula[] {
  const { space } = worlds;
  const { at } = effect;
  const except = at.kind === 'below' ? at.except?.group.value : undefined;
  const located = spot.kind === 'here' ? spot.scope : undefined;
  const nobody =
    except === undefined
      ? []
      : [...space.scopesOf(except).map(({ slot }) => not(space.present(except, slot))), not(space.incomplete(except))];
  const alone = located
    ? space.scopesOf(located.group!).flatMap(({ slot }) => (slot === located.slot ? [] : [not(space.present(located.group!, slot))]))
    : [];
  if (located?.slot === 0) alone.push(not(space.incomplete(located.group!)));
  const silent = rivals.map(({ rule, effect: other }) => {
    const isThere = located && isHere(space.ruleSet, { rule, effect: other }) && groupOf(space.ruleSet, rule) === located.group;
    return isThere ? undefined : not(possible(anywhere(space, rule)));
  });
  return [...nobody, ...alone, ...silent.filter(formula => formula !== undefined)];
}
