/** Names and values in a sample patient: those of the rule sets it is for. */
import type { Component, Fact, RuleSet, Score } from '../../model/rule-set.ts';
import { items, part, typeNote } from './names.ts';
import { type Offer, RANK } from './offer.ts';
import type { AnyFact, Scene } from './scene.ts';
import { holders, itemsBeside, keysTo, textUnder } from './scene.ts';
import { literalString, Stops } from './snippet.ts';
import { unitsOf } from './units.ts';
import { constantsOf, dateOffer } from './values.ts';

/** The names for a key at this slot of a patient. */
export function patientKeys(scene: Scene, slot: string): readonly Offer[] {
  const maker = Object.hasOwn(KEYS, slot) ? KEYS[slot] : undefined;
  return maker ? once(scene.wholes.flatMap(whole => maker(scene, whole))) : [];
}

/** The names and values for a value at this slot of a patient; undefined where none belong. */
export function patientValues(scene: Scene, slot: string): readonly Offer[] | undefined {
  const maker = Object.hasOwn(VALUES, slot) ? VALUES[slot] : undefined;
  if (!maker) return undefined;
  const beside = itemsBeside(scene);
  return once(scene.wholes.flatMap(whole => maker(scene, whole))).filter(({ label }) => !beside.has(label));
}

type Maker = (scene: Scene, ruleSet: RuleSet) => readonly Offer[];

/** The group whose record the cursor is in. */
function groupOf(scene: Scene): string | undefined {
  const [section, group] = keysTo(scene);
  return section === 'groups' ? group : undefined;
}

const KEYS: Readonly<Record<string, Maker>> = {
  'facts.*': factKeys,
  'scores.*': (scene, { scores }) =>
    items(scene, 'scores', recordable(scores, groupOf(scene))).map(offer => ({
      ...offer,
      value: recordedScore(scene, scores.get(offer.label)!),
      goesOn: true,
    })),
  'score.options.*': (scene, ruleSet) => {
    const score = ruleSet.scores.get(keysTo(scene).at(-2) ?? '');
    const parts = [...(score?.components.values() ?? [])].filter(isRecorded);
    return parts.map(({ id, title }, i) => ({ ...part('name', 'scores', score!.id, id, title, i), value: '"$1"', goesOn: true }));
  },
  'file.groups.*': (scene, { groups }) =>
    items(scene, 'groups', groups.values()).map(offer => ({ ...offer, value: newRecords(new Stops()) })),
  'expectation.decisions.*': (scene, ruleSet) =>
    isAsked(scene, ruleSet)
      ? items(scene, 'decisions', ruleSet.decisions.values()).map(offer => ({ ...offer, value: '"$1"', goesOn: true }))
      : [],
  'expectation.totals.*': (scene, ruleSet) => (isAsked(scene, ruleSet) ? scoreKeys(scene, ruleSet, new Stops().text('0')) : []),
  'expectation.totals.*.*': recordKeys(new Stops().text('0')),
  'expectation.bands.*': (scene, ruleSet) =>
    isAsked(scene, ruleSet) ? scoreKeys(scene, ruleSet, '"$1"').filter(({ label }) => ruleSet.scores.get(label)!.bandSets.size > 0) : [],
  'expectation.bands.*.*': recordKeys('"$1"'),
};

function newRecords(stops: Stops): string {
  return `{ "records": [{ "id": ${stops.string('a')}, "facts": { ${stops.empty()} } }] }`;
}

function factKeys(scene: Scene, { facts, groups }: RuleSet): readonly Offer[] {
  const group = groupOf(scene);
  const all = group === undefined ? facts : groups.get(group)?.facts;
  return [...(all?.values() ?? [])].map((fact, i) => ({
    label: fact.id,
    kind: 'fact',
    title: fact.title,
    note: typeNote(fact),
    json: literalString(fact.id),
    value: factShape(fact),
    rank: (fact.required ? RANK.meant : RANK.near) + i,
    about: { of: 'item', section: 'facts', id: fact.id, ...(group === undefined ? {} : { group }) },
    goesOn: fact.type === 'code' || fact.type === 'side' || fact.type === 'date',
  }));
}

function factShape({ type, unit }: Fact): string {
  const stops = new Stops();
  if (type === 'boolean') return stops.choice(['true', 'false']);
  if (type === 'quantity') return `{ "value": ${stops.text('0')}, "unit": ${stops.string(unit?.value ?? '1')} }`;
  return type === 'integer' || type === 'decimal' ? stops.text('0') : `"${stops.empty()}"`;
}

function recordable(scores: ReadonlyMap<string, Score>, group: string | undefined): readonly Score[] {
  return [...scores.values()].filter(({ of, components }) => of?.value === group && [...components.values()].some(isRecorded));
}

function isRecorded({ how }: Component): boolean {
  return how?.kind === 'options' && how.from === undefined;
}

/** Only a score that grows old needs its date. */
function recordedScore(scene: Scene, { validFor, voidedBy }: Score): string {
  const stops = new Stops();
  const on = validFor || voidedBy.length > 0 ? `"on": ${stops.string(dayOf(scene))}, ` : '';
  return `{ ${on}"options": { ${stops.empty()} } }`;
}

/** The day for which the patient is described; today where that is not said. */
function dayOf({ patient, today }: Scene): string {
  return /^\d{4}-\d\d-\d\d/.exec(patient?.asOf?.value ?? '')?.[0] ?? today;
}

function scoreKeys(scene: Scene, { scores }: RuleSet, value: string): readonly Offer[] {
  return items(scene, 'scores', scores.values()).map(offer => ({
    ...offer,
    value: scores.get(offer.label)!.of ? '{ $1 }' : value,
    goesOn: true,
  }));
}

function recordKeys(value: string): Maker {
  return (scene, ruleSet) => {
    const group = ruleSet.scores.get(keysTo(scene).at(-1) ?? '')?.of?.value;
    const records = scene.patient?.groups.get(group ?? '')?.records ?? [];
    return records.map(({ id }, i) => ({ label: id, kind: 'name', note: 'record', json: literalString(id), value, rank: RANK.meant + i }));
  };
}

/** Whether the expectation the cursor is in asks this rule set. */
function isAsked(scene: Scene, { root }: RuleSet): boolean {
  const asked = holders(scene)
    .map(holder => textUnder(holder, 'ruleSet'))
    .find(id => id !== undefined);
  return asked === undefined || asked === root.id?.value;
}

const ANSWERS = [
  ['undetermined', 'What is known does not settle it.'],
  ['no-answer', 'No rule decides.'],
  ['conflict', 'Rules decide differently.'],
] as const;

const RULES: Maker = (scene, ruleSet) => (isAsked(scene, ruleSet) ? items(scene, 'rules', ruleSet.rules.values()) : []);
const ADVICE: Maker = (scene, { advice }) => items(scene, 'advice', advice.values());

const VALUES: Readonly<Record<string, Maker>> = {
  'facts.*': (scene, ruleSet) => recordedValues(scene, ruleSet, keysTo(scene).at(-1)),
  'possibleValues.oneOf': (scene, ruleSet) => recordedValues(scene, ruleSet, keysTo(scene).at(-2)),
  'quantity.unit': (scene, ruleSet) => {
    const fact = factNamed(
      scene,
      ruleSet,
      keysTo(scene).findLast(key => key !== 'unit' && key !== 'oneOf'),
    );
    return fact ? unitsOf(fact, true) : [];
  },
  'score.options.*': (scene, ruleSet) => options(ruleSet, keysTo(scene).at(-3), keysTo(scene).at(-1)),
  'score.options.*.oneOf': (scene, ruleSet) => options(ruleSet, keysTo(scene).at(-4), keysTo(scene).at(-2)),
  'score.on': scene => [dateOffer(dayOf(scene), 'The day for which the patient is described', RANK.meant)],
  'file.asOf': ({ today }) => [dateOffer(today, 'Today', RANK.meant)],
  'expectation.ruleSet': ruleSetId,
  'cases.ruleSet': ruleSetId,
  'expectation.decisions.*': (scene, ruleSet) => {
    const keys = keysTo(scene);
    const decision = ruleSet.decisions.get(keys.at(-1) ?? '');
    const values = decision?.values.map(({ id, title }, i) => part('value', 'decisions', decision.id, id, title, i)) ?? [];
    const others = ANSWERS.map(
      ([label, title], i): Offer => ({ label, kind: 'value', title, json: literalString(label), rank: RANK.near + i }),
    );
    return [...values, ...others];
  },
  'expectation.bands.*': (scene, ruleSet) => bands(ruleSet, keysTo(scene).at(-1)),
  'expectation.bands.*.*': (scene, ruleSet) => bands(ruleSet, keysTo(scene).at(-2)),
  'expectation.fired': RULES,
  'expectation.notFired': RULES,
  'expectation.statements': (scene, ruleSet) => {
    const places = new Set(
      isAsked(scene, ruleSet) ? [...ruleSet.rules.values()].flatMap(({ source }) => source?.at.map(({ value }) => value) ?? []) : [],
    );
    return [...places].map((label, i) => ({ label, kind: 'value', json: literalString(label), rank: RANK.meant + i }));
  },
  'expectation.missing': (scene, ruleSet) => (isAsked(scene, ruleSet) ? inputs(scene, ruleSet) : []),
  'record.id': scene => {
    const records = scene.patient?.groups.get(groupOf(scene) ?? '')?.records.filter(({ file }) => file !== scene.file) ?? [];
    return records.map(({ id }, i) => ({
      label: id,
      kind: 'name',
      note: 'record of the patient it extends',
      json: literalString(id),
      rank: RANK.meant + i,
    }));
  },
  'effect.require': ADVICE,
  'effect.recommend': ADVICE,
  'effect.avoid': ADVICE,
  'effect.forbid': ADVICE,
  'effect.limit': (scene, { parameters }) => items(scene, 'parameters', parameters.values()),
  'effect.at': (scene, { sites }) => items(scene, 'sites', sites.values()),
};

/** What can be missing, as it is written there: `fact`, `score.component`, `group.record.fact` or `group.record.score.component`. */
function inputs(scene: Scene, ruleSet: RuleSet): readonly Offer[] {
  const paths = inputsOf(ruleSet, ruleSet.facts.values(), undefined, '');
  for (const [group, { records }] of scene.patient?.groups ?? [])
    for (const { id } of records)
      paths.push(...inputsOf(ruleSet, ruleSet.groups.get(group)?.facts.values() ?? [], group, `${group}.${id}.`));
  return paths.map((label, i) => ({ label, kind: 'name', json: literalString(label), rank: RANK.meant + i }));
}

function inputsOf(ruleSet: RuleSet, facts: Iterable<Fact>, group: string | undefined, before: string): string[] {
  const scores = recordable(ruleSet.scores, group);
  const components = scores.flatMap(score => [...score.components.values()].filter(isRecorded).map(({ id }) => `${score.id}.${id}`));
  return [...[...facts].map(({ id }) => id), ...components].map(path => `${before}${path}`);
}

function ruleSetId(_: Scene, { root }: RuleSet): readonly Offer[] {
  return root.id ? [{ label: root.id.value, kind: 'name', title: root.title, json: literalString(root.id.value), rank: RANK.meant }] : [];
}

function factNamed(scene: Scene, { facts, groups }: RuleSet, id = ''): AnyFact | undefined {
  const group = groupOf(scene);
  return group === undefined ? facts.get(id) : groups.get(group)?.facts.get(id);
}

function recordedValues(scene: Scene, ruleSet: RuleSet, id: string | undefined): readonly Offer[] {
  const fact = factNamed(scene, ruleSet, id);
  if (!fact) return [];
  const amounts = fact.type === 'quantity' ? amountOffers(fact) : [];
  const dates = fact.type === 'date' ? [dateOffer(dayOf(scene), 'The day for which the patient is described', RANK.meant)] : [];
  return [...dates, ...amounts, ...(fact.type === 'quantity' ? [] : constantsOf(ruleSet, fact))];
}

function amountOffers(fact: AnyFact): readonly Offer[] {
  return unitsOf(fact, true).map(({ label, note }, i) => ({
    label: `value in ${label}`,
    kind: 'template',
    note,
    json: `{ "value": ${new Stops().text('0')}, "unit": ${literalString(label)} }`,
    rank: RANK.meant + i,
  }));
}

function options(ruleSet: RuleSet, score = '', component = ''): readonly Offer[] {
  const how = ruleSet.scores.get(score)?.components.get(component)?.how;
  if (how?.kind !== 'options') return [];
  const known = [...how.options.values()].map(({ id, title, points }, i) => ({
    ...part('value', 'scores', score, id, title, i),
    note: `${points.value} points`,
  }));
  const unscored = [...how.undefinedOptions.keys()].map((id, i) => ({
    ...part('value', 'scores', score, id, undefined, known.length + i),
    note: 'no points',
  }));
  return [...known, ...unscored];
}

function bands(ruleSet: RuleSet, score = ''): readonly Offer[] {
  return [...(ruleSet.scores.get(score)?.bandSets.values() ?? [])]
    .flat()
    .map(({ id, title }, i) => part('band', 'scores', score, id, title, i));
}

/** Several rule sets may declare the same. */
function once(offers: readonly Offer[]): readonly Offer[] {
  return [...new Map(offers.map(offer => [offer.label, offer])).values()];
}
