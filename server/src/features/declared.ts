/** Everything a rule set file declares: items, and within them the values, components, options and bands that have names of their own. */
import type { Advice, Component, Decision, Fact, Group, Item, Parameter, RuleSetFile, Score, Section } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';

export type NameKind =
  | 'rule-set'
  | 'source'
  | 'site'
  | Advice['kind']
  | 'parameter'
  | 'place'
  | 'phase'
  | 'fact'
  | 'derived-fact'
  | 'group'
  | 'value'
  | 'score'
  | 'component'
  | 'option'
  | 'band'
  | 'threshold'
  | 'decision'
  | 'decision-value'
  | 'rule'
  | 'precaution'
  | 'note'
  | 'impossible'
  /** A record of a sample patient. */
  | 'record';

/** Something with a name, where it is declared. */
export interface Named {
  readonly kind: NameKind;
  readonly id: string;
  readonly file: string;
  /** The name with its quotes. */
  readonly idSpan: Span;
  /** All that is declared under it; of something only named in a list, the name. */
  readonly span: Span;
  /** Names of one space are unique in a whole: what has the same space and id there is the same thing. */
  readonly space: string;
  /** The item itself, or the one it is a part of; undefined for a rule set and a record. */
  readonly item: Item | undefined;
  /** Of an option: the component. */
  readonly component?: Component;
}

const made = new WeakMap<RuleSetFile, readonly Named[]>();

/** In the order of the sections; second declarations of an id are among them. Made once a file. */
export function declaredIn(file: RuleSetFile): readonly Named[] {
  const known = made.get(file);
  if (known) return known;
  const declared = [...rootOf(file), ...SECTIONS.flatMap(section => [...file[section].values()].flatMap(item => ofItem(section, item)))];
  for (const { section, item } of file.doubles) declared.push(...ofItem(section, item));
  made.set(file, declared);
  return declared;
}

const byStart = new WeakMap<RuleSetFile, ReadonlyMap<number, Named>>();

/** What is declared by the name that begins there. */
export function declaredAt(file: RuleSetFile, start: number): Named | undefined {
  let index = byStart.get(file);
  if (!index) {
    index = new Map(declaredIn(file).map(named => [named.idSpan.start, named]));
    byStart.set(file, index);
  }
  return index.get(start);
}

/** The space of the facts in sight of a group's record, or of the patient. */
function factSpace(group: string | undefined): string {
  return group === undefined ? 'fact' : `fact of ${group}`;
}

export function ruleSetSpace(file: string): string {
  return `rule set ${file}`;
}

const KINDS: Readonly<Record<Exclude<Section, 'advice'>, NameKind>> = {
  sources: 'source',
  sites: 'site',
  parameters: 'parameter',
  phases: 'phase',
  facts: 'fact',
  groups: 'group',
  derived: 'derived-fact',
  scores: 'score',
  thresholds: 'threshold',
  decisions: 'decision',
  rules: 'rule',
  notes: 'note',
  impossible: 'impossible',
};
const SECTIONS = ['advice', ...Object.keys(KINDS)] as Section[];

function rootOf({ id, file }: RuleSetFile): Named[] {
  if (!id) return [];
  return [{ kind: 'rule-set', id: id.value, file, idSpan: id.span, span: id.span, space: ruleSetSpace(file), item: undefined }];
}

function ofItem(section: Section, item: Item): Named[] {
  // An entry of a list without an id has a name that nobody can write.
  if (item.id.endsWith(']')) return [];
  const fact = 'type' in item ? (item as Fact) : undefined;
  const space = fact ? factSpace(fact.group) : section;
  return [{ ...placed(item), kind: kindOf(section, item), space, item }, ...partsOf(section, item)];
}

function kindOf(section: Section, item: Item): NameKind {
  if (section === 'advice') return (item as Advice).kind;
  return section === 'rules' && 'precaution' in item && item.precaution ? 'precaution' : KINDS[section];
}

function partsOf(section: Section, item: Item): Named[] {
  switch (section) {
    case 'facts':
    case 'derived':
      return valuesOf(item as Fact);
    case 'groups':
      return [...(item as Group).facts.values()].flatMap(fact => ofItem('facts', fact));
    case 'scores':
      return partsOfScore(item as Score);
    case 'decisions':
      return (item as Decision).values.map(value => partOf(item, 'decision-value', value, decisionValueSpace(item.id)));
    case 'parameters':
      return ((item as Parameter).order ?? []).map(({ value, span }) =>
        partOf(item, 'place', { id: value, idSpan: span }, placeSpace(item.id)),
      );
    default:
      return [];
  }
}

function valueSpace(fact: Fact): string {
  return `value of ${factSpace(fact.group)} ${fact.id}`;
}

export function bandSpace(score: string): string {
  return `band of ${score}`;
}

export function componentSpace(score: string): string {
  return `component of ${score}`;
}

export function optionSpace(score: string, component: string): string {
  return `option of ${score} ${component}`;
}

export function decisionValueSpace(decision: string): string {
  return `value of decision ${decision}`;
}

export function placeSpace(parameter: string): string {
  return `place of ${parameter}`;
}

function valuesOf(fact: Fact): Named[] {
  if (typeof fact.values !== 'object') return [];
  return fact.values.map(value => partOf(fact, 'value', value, valueSpace(fact)));
}

function partsOfScore(score: Score): Named[] {
  const bands = [...score.bandSets.values()].flat().map(band => partOf(score, 'band', band, bandSpace(score.id)));
  const components = [...score.components.values()].flatMap(component => [
    partOf(score, 'component', component, componentSpace(score.id)),
    ...optionsOf(score, component),
  ]);
  return [...components, ...bands];
}

/** Options that come from a fact are declared there, as its values. */
function optionsOf(score: Score, component: Component): Named[] {
  const { how } = component;
  if (how?.kind !== 'options' || how.from) return [];
  const space = optionSpace(score.id, component.id);
  return [...how.options.values(), ...how.undefinedOptions.values()].map(({ id, idSpan }) => ({
    ...partOf(score, 'option', { id, idSpan }, space),
    component,
  }));
}

interface Part {
  readonly id: string;
  readonly idSpan: Span;
  readonly span?: Span;
}

function partOf(item: Item, kind: NameKind, { id, idSpan, span = idSpan }: Part, space: string): Named {
  return { kind, id, file: item.file, idSpan, span, space, item };
}

function placed({ id, file, idSpan, span }: Item) {
  return { id, file, idSpan, span };
}
