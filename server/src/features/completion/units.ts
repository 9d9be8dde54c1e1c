/** Units that fit: those a fact is declared in first, then what measures the same. */
import { areCommensurable, COMMON_UNITS } from '../../model/units.ts';
import { unitText } from '../words.ts';
import { type Offer, RANK } from './offer.ts';
import type { AnyFact, Scene } from './scene.ts';
import { literalString } from './snippet.ts';

/** Units in which the fact can be compared: its own, those under `alsoIn`, and what converts into one of them. */
export function unitsOf(fact: AnyFact, onlyDeclared: boolean): readonly Offer[] {
  const declared = declaredUnits(fact);
  const more = onlyDeclared
    ? []
    : COMMON_UNITS.map(({ unit }) => unit).filter(unit => !declared.includes(unit) && converts(declared, unit));
  return [
    ...declared.map((unit, i) => unitOffer(unit, i === 0 ? 'the unit it is declared in' : 'also in', RANK.meant + i)),
    ...more.map((unit, i) => unitOffer(unit, 'converts', RANK.near + i)),
  ];
}

export function declaredUnits(fact: AnyFact): readonly string[] {
  return [...(fact.unit ? [fact.unit.value] : []), ...fact.alsoIn.map(({ unit }) => unit.value)];
}

/** Units that measure the same as another one. */
export function unitsLike(unit: string): readonly Offer[] {
  const same = COMMON_UNITS.filter(other => other.unit !== unit && areCommensurable(unit, other.unit) === true);
  return [
    unitOffer(unit, 'the unit it is declared in', RANK.meant),
    ...same.map((other, i) => unitOffer(other.unit, other.quantity, RANK.near + i)),
  ];
}

/** All common units, those the workspace uses first. */
export function commonUnits(scene: Scene): readonly Offer[] {
  const used = new Set(scene.wholes.flatMap(whole => [...whole.facts.values(), ...whole.derived.values()].flatMap(declaredUnits)));
  return COMMON_UNITS.map(({ unit, quantity }, i) => unitOffer(unit, quantity, (used.has(unit) ? RANK.meant : RANK.near) + i));
}

function converts(declared: readonly string[], unit: string): boolean {
  return declared.some(own => areCommensurable(own, unit) === true && own !== '1' && unit !== '1');
}

function unitOffer(unit: string, note: string, rank: number): Offer {
  const shown = unitText(unit);
  return { label: unit, kind: 'unit', title: shown === unit || shown === '' ? undefined : shown, note, json: literalString(unit), rank };
}
