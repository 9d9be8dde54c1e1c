/** Keys that are still missing where the cursor is: those of the schema, and those that are names of something. */
import type { ObjectNode } from '../../syntax/node.ts';
import type { Schema } from '../../syntax/schema-keywords.ts';
import { type AllowedKey, allowedKeys, namedValues, type Part } from './allowed.ts';
import { items } from './names.ts';
import { type Offer, RANK } from './offer.ts';
import { patientKeys } from './patient-names.ts';
import { factBeside, hasKey, holders, isNumeric, type Scene, textUnder } from './scene.ts';
import { shapeOf, testKeys, testShape } from './shapes.ts';
import { literalString, Stops } from './snippet.ts';
import { templatesAt } from './templates.ts';
import { commonUnits, unitsLike, unitsOf } from './units.ts';
import { constantsOf } from './values.ts';

/** What can be typed as a key of the object at the cursor. `parts` are what the schema says of it. */
export function keyOffers(scene: Scene, root: Schema, parts: readonly Part[]): readonly Offer[] {
  const object = holders(scene)[0];
  if (!object) return [];
  const own = allowedKeys(root, parts, object)
    .filter(({ key }) => key !== '$schema')
    .flatMap((allowed, i) => schemaKey(scene, root, allowed, object, i));
  const named = namedValues(root, parts, object).flatMap(part => namedKeys(scene, root, part));
  return [...own, ...named.filter(({ label }) => !hasKey(object, label))];
}

const TESTS = new Set(['is', 'in', 'atLeast', 'above', 'atMost', 'below', 'unit']);

function schemaKey(scene: Scene, root: Schema, allowed: AllowedKey, object: ObjectNode, order: number): readonly Offer[] {
  const { key, part, required, tellsKind } = allowed;
  const stops = new Stops();
  const fact = TESTS.has(key) ? factBeside(scene, object) : undefined;
  const place = fact && part.slot.startsWith('factCondition.') ? testKeys(fact).indexOf(key) : order;
  if (place < 0) return [];
  const isTest = fact !== undefined && part.slot.startsWith('factCondition.');
  const unit = isTest && fact.type === 'quantity' && !hasKey(object, 'unit') ? fact.unit?.value : undefined;
  const shape = isTest ? testShape(fact, key, unit, stops) : shapeOf(root, part);
  return [
    {
      label: key,
      kind: 'key',
      note: required ? 'required' : undefined,
      json: literalString(key),
      value: sectionShape(scene, root, part, shape),
      rank: (required || tellsKind || isTest ? RANK.meant : RANK.near) + place,
      about: { of: 'schema', slot: part.slot },
      goesOn: /^(\{ \$1 \}|\[\$1\]|\[?"\$1"\]?|\{.*"\$1".*\})$/.test(shape) && !isFreeText(part.slot),
    },
  ];
}

/** A whole section takes lines of its own. */
function sectionShape(scene: Scene, root: Schema, part: Part, shape: string): string {
  const inner = /^([{[])\s*\$1\s*([}\]])$/.exec(shape);
  const isSection = part.slot.startsWith('file.') && part.slot.split('.').length === 2;
  if (!inner || !isSection || !(inner[1] === '[' || namedValues(root, [part], EMPTY).length > 0)) return shape;
  return `${inner[1]}\n${scene.indent}$1\n${inner[2]}`;
}

const EMPTY = { type: 'object', start: 0, end: 0, properties: [] } as const;

const FREE_TEXT = /\.(title|description|text|note|reason|definition|id|display|code|by|finding|digest|evidence|url|at|published)$/;

/** What only the author knows. `source.id` is the id of something declared. */
function isFreeText(slot: string): boolean {
  return (
    FREE_TEXT.test(slot) && slot !== 'source.id' && !slot.endsWith('Effect.at') && slot !== 'derivedItem.by' && !/Item\.code$/.test(slot)
  );
}

/** Keys that are names or units: what they name decides which there are. */
function namedKeys(scene: Scene, root: Schema, part: Part): readonly Offer[] {
  const [ruleSet] = scene.wholes;
  if (scene.patient) return patientKeys(scene, part.slot);
  const asKeys = (offers: readonly Offer[], value = () => shapeOf(root, part)) =>
    offers.map(offer => ({ ...offer, value: value(), goesOn: value().includes('{ $1 }') }));
  switch (part.slot) {
    case 'bound.*':
    case 'cutOff.*': {
      const fact = factBeside(scene, holders(scene)[1]) ?? factBeside(scene, holders(scene)[2]);
      return fact && isNumeric(fact) ? asKeys(unitsOf(fact, false)) : [];
    }
    case 'alsoIn.*': {
      const unit = textUnder(holders(scene)[1], 'unit');
      return asKeys(unit === undefined ? commonUnits(scene) : unitsLike(unit).slice(1));
    }
    case 'derivedItem.formulas.*': {
      const by = factBeside(scene, holders(scene)[1], 'by');
      return asKeys(by ? unitsOf(by, true) : commonUnits(scene), () => '{ $1 }');
    }
    case 'with.*':
    case 'recommendEffect.maximum.*':
      return ruleSet ? asKeys(items(scene, 'parameters', ruleSet.parameters.values())) : [];
    case 'optionComponent.options.*': {
      const from = factBeside(scene, holders(scene)[1], 'from');
      if (from && ruleSet) return asKeys(constantsOf(ruleSet, from), () => new Stops().text('0'));
      return templatesAt(scene, part.slot);
    }
    default:
      return templatesAt(scene, part.slot);
  }
}
