/** Values that fit where the cursor is. */
import type { RuleSet } from '../../model/rule-set.ts';
import type { Schema } from '../../syntax/schema-keywords.ts';
import { typesOf } from '../../syntax/schema-keywords.ts';
import { allowedKeys, alternativesOf, type Part } from './allowed.ts';
import { wholeConditions, wholeEffects } from './conditions.ts';
import { namesAt } from './names.ts';
import { type Offer, RANK } from './offer.ts';
import { pathsAt } from './paths.ts';
import { patientValues } from './patient-names.ts';
import { factBeside, holders, isNumeric, itemsBeside, keysTo, type Scene, textUnder } from './scene.ts';
import { shapeOf, testKeys } from './shapes.ts';
import { literalString, plainText } from './snippet.ts';
import { aYearOn } from './template-parts.ts';
import { templatesAt } from './templates.ts';
import { commonUnits, unitsOf } from './units.ts';
import { constantsOf, dateOffer, wordOffer } from './values.ts';

/** What can be typed as the value at the cursor, for which the schema has these parts. A list can be begun with its first item. */
export function valueOffers(scene: Scene, root: Schema, parts: readonly Part[]): readonly Offer[] {
  const alternatives = alternativesOf(root, parts);
  const types = new Set(alternatives.flatMap(({ schema }) => typesOf(schema)));
  const direct = offersFor(scene, root, parts);
  const inList = alternatives.flatMap(({ schema, slot }) => (schema.items ? [{ schema: schema.items, slot }] : []));
  if (inList.length === 0) return direct;
  const wrapped = types.has('string')
    ? []
    : offersFor(scene, root, inList)
        .filter(({ kind }) => kind !== 'template')
        .map(offer => ({ ...offer, json: `[${offer.json}]` }));
  const empty: Offer = {
    label: '[ ]',
    kind: 'template',
    title: 'A list',
    json: shapeList(root, inList[0]!),
    rank: RANK.shape,
    goesOn: true,
  };
  const fitting = types.has('string') ? direct : types.has('object') ? direct.filter(({ json }) => json.startsWith('{')) : [];
  return [...fitting, ...wrapped, empty];
}

function shapeList(root: Schema, part: Part): string {
  const inner = shapeOf(root, part);
  return inner === '"$1"' ? '["$1"]' : '[$1]';
}

function offersFor(scene: Scene, root: Schema, parts: readonly Part[]): readonly Offer[] {
  const slot = parts[0]?.slot ?? '';
  const alternatives = alternativesOf(root, parts);
  const meant = meaning(scene, slot) ?? [];
  return [
    ...words(alternatives),
    ...meant,
    ...(alternatives.some(({ name }) => name === 'condition') && !scene.patient ? wholeConditions(scene) : []),
    ...(slot === 'ruleItem.then' || slot === 'precautionItem.then' ? wholeEffects(scene) : []),
    ...objects(root, parts).filter(({ label }) => label !== BRACES || meant.length === 0),
    ...templatesAt(scene, slot),
  ];
}

/** What is meant by a value there, whatever the schema says of its form. */
function meaning(scene: Scene, slot: string): readonly Offer[] | undefined {
  if (scene.patient) return patientValues(scene, slot) ?? pathsAt(scene, slot);
  return namesAt(scene, slot) ?? pathsAt(scene, slot) ?? unitsAt(scene, slot) ?? constantsAt(scene, slot) ?? datesAt(scene, slot);
}

/** A closed list of the schema. Where several parts of it have one, a value must be on all. */
function words(alternatives: readonly Part[]): readonly Offer[] {
  const lists = alternatives.flatMap(({ schema, slot }) =>
    (schema.enum ?? schema.const) ? [{ schema, slot, allowed: schema.enum ?? [schema.const!] }] : [],
  );
  const booleans = alternatives.some(({ schema }) => schema.type === 'boolean')
    ? [true, false].map((value, i) => wordOffer(String(value), RANK.meant + i))
    : [];
  const first = lists[0];
  if (!first) return booleans;
  const allowed = first.allowed.filter(word => lists.every(list => list.allowed.includes(word)));
  return allowed.map((word, i) => ({
    label: word,
    kind: 'value',
    title: first.schema.enumDescriptions?.[first.allowed.indexOf(word)],
    json: literalString(word),
    rank: RANK.meant + i,
    about: { of: 'schema', slot: first.slot, value: word },
  }));
}

/** An object without a kind: of use only where nothing better is known. */
const BRACES = '{ }';
const EMPTY = { type: 'object', start: 0, end: 0, properties: [] } as const;

/** An object of each kind, begun with the key that tells it. */
function objects(root: Schema, parts: readonly Part[]): readonly Offer[] {
  const alternatives = alternativesOf(root, parts);
  const isObject = alternatives.some(({ schema }) => typesOf(schema).includes('object'));
  if (!isObject) return [];
  const isOnlyObject = alternatives.every(({ schema }) => typesOf(schema).every(type => type === 'object'));
  const keys = allowedKeys(root, parts, EMPTY);
  const kinds = keys.filter(({ tellsKind }) => tellsKind);
  if (kinds.length === 0) {
    const json = shapeOf(root, parts[0]!);
    if (!json.startsWith('{')) return [{ label: BRACES, kind: 'template', json: '{ $1 }', rank: RANK.shape + 1, goesOn: true }];
    return [
      {
        label: BRACES,
        kind: 'template',
        title: plainText(json).replace(/\s+/g, ' ').slice(0, 60),
        json,
        rank: RANK.shape + 1,
        goesOn: true,
      },
    ];
  }
  return kinds.map(({ key, part }, i) => ({
    label: key,
    kind: 'key',
    json: `{ ${literalString(key)}: ${shapeOf(root, part)} }`,
    rank: (isOnlyObject ? RANK.meant : RANK.shape) + i,
    about: { of: 'schema', slot: part.slot },
    goesOn: true,
  }));
}

function unitsAt(scene: Scene, slot: string): readonly Offer[] | undefined {
  const [holder, around, further] = holders(scene);
  const [ruleSet] = scene.wholes;
  switch (slot) {
    case 'factCondition.unit':
    case 'thresholdItem.unit':
    case 'factTerm.unit':
    case 'factComponent.unit': {
      const fact = factBeside(scene, holder);
      return fact && isNumeric(fact) ? unitsOf(fact, false) : [];
    }
    case 'with.*.unit':
    case 'recommendEffect.maximum.*.unit':
      return unitOfParameter(ruleSet, keysTo(scene).at(-2), scene);
    case 'limitEffect.unit':
      return unitOfParameter(ruleSet, textUnder(holder, 'limit'), scene);
    default:
      return slot.endsWith('.unit') && (around ?? further) ? commonUnits(scene) : undefined;
  }
}

function unitOfParameter(ruleSet: RuleSet | undefined, id: string | undefined, scene: Scene): readonly Offer[] {
  const unit = ruleSet?.parameters.get(id ?? '')?.unit;
  return unit
    ? [
        { label: unit.value, kind: 'unit', json: literalString(unit.value), rank: RANK.meant },
        ...commonUnits(scene)
          .filter(({ label }) => label !== unit.value)
          .map(offer => ({ ...offer, rank: offer.rank + RANK.far })),
      ]
    : [];
}

/** What the fact beside can be held against. */
function constantsAt(scene: Scene, slot: string): readonly Offer[] | undefined {
  const [ruleSet] = scene.wholes;
  if (!ruleSet) return undefined;
  if (slot === 'derivedItem.table.value') {
    const derived = ruleSet.derived.get(keysTo(scene)[1] ?? '');
    return derived && !isNumeric(derived) ? constantsOf(ruleSet, derived) : [];
  }
  if (slot !== 'factCondition.is' && slot !== 'factCondition.in') return undefined;
  const fact = factBeside(scene, holders(scene)[0]);
  if (!fact || isNumeric(fact) || (slot.endsWith('.in') && !testKeys(fact).includes('in'))) return [];
  const beside = itemsBeside(scene);
  return constantsOf(ruleSet, fact).filter(({ label }) => !beside.has(label));
}

/** Only dates that say nothing about a patient are filled in. */
function datesAt(scene: Scene, slot: string): readonly Offer[] | undefined {
  const { today } = scene;
  if (slot === 'file.reviewBy') return [dateOffer(aYearOn(today), 'In a year', RANK.meant)];
  if (slot === 'file.version') return [{ label: '1.0.0', kind: 'value', json: '"1.0.0"', rank: RANK.meant }];
  if (slot === 'file.basedOn.version') return baseVersion(scene);
  if (/\.(every|validFor)$/.test(slot)) return PERIODS.map(([period, title], i) => dateOffer(period, title, RANK.meant + i));
  if (slot === 'code.system')
    return SYSTEMS.map(([label, title], i) => ({ label, kind: 'value', title, json: literalString(label), rank: RANK.meant + i }));
  return undefined;
}

const PERIODS = [
  ['1 d', 'A day'],
  ['7 d', 'A week'],
  ['14 d', 'Two weeks'],
  ['28 d', 'Four weeks'],
  ['30 d', 'Thirty days'],
  ['3 mo', 'Three months'],
  ['1 a', 'A year'],
] as const;
const SYSTEMS = [
  ['loinc', 'Laboratory and clinical observations'],
  ['snomed', 'SNOMED CT'],
  ['icd-10', 'Diagnoses'],
  ['atc', 'Drugs'],
] as const;

function baseVersion(scene: Scene): readonly Offer[] {
  const path = textUnder(holders(scene)[0], 'file');
  const base = path === undefined ? undefined : scene.workspace.fileAt(scene.file, path);
  const snapshot = base === undefined ? '' : scene.workspace.snapshot(base);
  const version = typeof snapshot === 'string' ? undefined : snapshot.ruleSet().version?.value;
  return version === undefined
    ? []
    : [{ label: version, kind: 'value', title: 'The version of the base as it is now', json: literalString(version), rank: RANK.meant }];
}
