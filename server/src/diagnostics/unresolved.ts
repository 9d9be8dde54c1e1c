/** The names of a file that mean nothing where they stand, and the names that could have been meant. */
import { valueHierarchy } from '../model/hierarchy.ts';
import { factIn, mustResolve, type Reference, referencesOf, targetOf } from '../model/names.ts';
import type { RuleSet, Section } from '../model/rule-set.ts';
import type { RuleSetSubject } from './define.ts';
import { type Declared, declaredIn, factsNamed, KIND_WORDS } from './scope.ts';
import { nearest } from './words.ts';

/** One name with the reason why it means nothing. */
export interface Unresolved {
  readonly reference: Reference;
  readonly why: 'undefined' | 'wrong-kind' | 'outside-group' | 'undefined-value';
  /** What has the name, but is of another kind or another group. */
  readonly other: Declared | undefined;
}

/** What is wanted where a name stands: any kind of advice will do there. */
const SECTION_WORDS: Readonly<Record<Section, string>> = {
  ...KIND_WORDS,
  advice: 'activity, intervention, assessment, referral or approval',
};

const made = new WeakMap<RuleSet, readonly Unresolved[]>();

export function unresolvedNames({ own, ruleSet }: RuleSetSubject): readonly Unresolved[] {
  const known = made.get(ruleSet);
  if (known) return known;
  const found: Unresolved[] = [];
  const isKnown = reader(ruleSet);
  for (const reference of referencesOf(own))
    if (!isKnown(reference) && mustResolve(ruleSet, reference)) found.push(explain(reference, ruleSet));
  made.set(ruleSet, found);
  return found;
}

/** Whether a name means something. The same few names are written again and again, so each is looked up once in each of its senses. */
function reader(ruleSet: RuleSet): (reference: Reference) => boolean {
  const senses: Nested<Nested<Nested<Map<string, boolean>>>> = new Map();
  return reference => {
    const { name, to, group = '' } = reference;
    if (to.kind === 'item') return ruleSet[to.section].has(name.value);
    const known = nested(nested(nested(senses, group), to.kind), wholeOf(to));
    const before = known.get(name.value);
    if (before !== undefined) return before;
    const means = targetOf(ruleSet, reference) !== undefined;
    known.set(name.value, means);
    return means;
  };
}

/** Id of what the name is a part of, if it is. */
function wholeOf(to: Exclude<Reference['to'], { kind: 'item' }>): string {
  switch (to.kind) {
    case 'value':
      return to.fact.value;
    case 'band':
      return to.score.value;
    case 'decision-value':
      return to.decision.value;
    case 'place':
      return to.parameter.value;
    default:
      return '';
  }
}

type Nested<Inner> = Map<string, Inner>;

function nested<Inner extends Map<string, unknown>>(map: Nested<Inner>, key: string): Inner {
  const known = map.get(key);
  if (known) return known;
  const inner = new Map() as Inner;
  map.set(key, inner);
  return inner;
}

function explain(reference: Reference, ruleSet: RuleSet): Unresolved {
  const { name, to } = reference;
  if (isPart(reference)) return { reference, why: 'undefined-value', other: undefined };
  const others = declaredIn(ruleSet).get(name.value) ?? [];
  const elsewhere = to.kind === 'fact' && factsNamed(ruleSet, name.value).length > 0;
  const other = elsewhere ? others.find(({ group }) => group !== undefined) : others[0];
  return { reference, why: elsewhere ? 'outside-group' : other ? 'wrong-kind' : 'undefined', other };
}

/** Whether it names a part of something: a value, a band, a place on an order. */
function isPart({ to }: Reference): boolean {
  return to.kind === 'value' || to.kind === 'band' || to.kind === 'decision-value' || to.kind === 'place';
}

/** What kind of thing must stand there, in words. */
export function wantedKind({ to }: Reference): string {
  switch (to.kind) {
    case 'item':
      return SECTION_WORDS[to.section];
    case 'fact':
      return 'fact';
    case 'input':
      return 'fact or score';
    case 'requirement':
      return `${SECTION_WORDS.advice}, fact or score`;
    default:
      return to.kind;
  }
}

/** The names that would do. */
export function candidates(ruleSet: RuleSet, { to, group }: Reference): readonly string[] {
  switch (to.kind) {
    case 'item':
      return [...ruleSet[to.section].keys()];
    case 'fact':
      return [...facts(ruleSet), ...(ruleSet.groups.get(group ?? '')?.facts.keys() ?? [])];
    case 'input':
      return [...facts(ruleSet), ...ruleSet.scores.keys()];
    case 'requirement':
      return [...ruleSet.advice.keys(), ...facts(ruleSet), ...ruleSet.scores.keys()];
    case 'value': {
      const fact = factIn(ruleSet, group, to.fact.value);
      return fact ? valueHierarchy(fact, ruleSet).ids : [];
    }
    case 'band':
      return [...(ruleSet.scores.get(to.score.value)?.bandSets.values() ?? [])].flat().map(({ id }) => id);
    case 'decision-value':
      return ruleSet.decisions.get(to.decision.value)?.values.map(({ id }) => id) ?? [];
    case 'place':
      return ruleSet.parameters.get(to.parameter.value)?.order?.map(({ value }) => value) ?? [];
  }
}

function facts(ruleSet: RuleSet): string[] {
  return [...ruleSet.facts.keys(), ...ruleSet.derived.keys()];
}

/** Comparisons of names that one version of a file may cost: where thousands are misspelt, nobody reads the last suggestions. */
const MOST_COMPARISONS = 50_000;
const suggested = new WeakMap<RuleSet, { left: number; readonly byName: Map<string, string | undefined> }>();

/** The name that was probably meant. */
export function suggestionFor(ruleSet: RuleSet, reference: Reference): string | undefined {
  const { name, to } = reference;
  const memory = suggested.get(ruleSet) ?? { left: MOST_COMPARISONS, byName: new Map<string, string | undefined>() };
  suggested.set(ruleSet, memory);
  const key = JSON.stringify([name.value, reference.group, to.kind === 'item' ? to.section : [to.kind, wholeOf(to)]]);
  if (memory.byName.has(key)) return memory.byName.get(key);
  const names = candidates(ruleSet, reference);
  memory.left -= names.length;
  const best = memory.left < 0 ? undefined : nearest(name.value, names);
  memory.byName.set(key, best);
  return best;
}

/** Id of the item that writes the name. */
export function writer({ from }: Reference): string {
  return from?.id ?? 'appliesTo';
}
