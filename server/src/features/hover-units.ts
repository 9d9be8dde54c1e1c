/** What is said of a unit: how it is printed, and what one of it is in others. */

import type { Exact } from '../model/exact.ts';
import type { Fact, RuleSet } from '../model/rule-set.ts';
import { COMMON_UNITS, exactFactor, isKnownUnit } from '../model/units.ts';
import type { WrittenValue } from './hover-keys.ts';
import { markdownText } from './plain-markdown.ts';
import { unitName } from './plain-words.ts';
import { titleOf } from './titles.ts';
import { amountText, listText } from './words.ts';

const MOST_OTHERS = 4;

/** Undefined where the text is no unit. */
export function hoverUnit({ key, text }: WrittenValue, whole: RuleSet | undefined): string | undefined {
  if (key !== 'unit') return undefined;
  const name = `Unit **${markdownText(unitName(text))}** (\`${text.replaceAll('`', '')}\` in UCUM)`;
  if (isKnownUnit(text) === false) return `“${markdownText(text)}” is no unit of UCUM.`;
  const others = COMMON_UNITS.flatMap(({ unit: other }) => {
    const factor = other === text ? undefined : exactFactor(text, other);
    return factor && isHandy(factor) ? [amountText(factor.toString(6), other)] : [];
  });
  const same = others.length > 0 ? [`${amountText('1', text)} is ${markdownText(listText(others.slice(0, MOST_OTHERS), 'or'))}.`] : [];
  return [name, ...same, ...declared(text, whole)].join('\n\n');
}

/** Others would be told with many noughts. */
function isHandy(factor: Exact): boolean {
  return factor.double >= 0.001 && factor.double <= 10_000;
}

/** Factors that no definition of units gives: moles and grams of one thing. */
function declared(unit: string, whole: RuleSet | undefined): string[] {
  const facts = whole ? [...whole.facts.values(), ...whole.derived.values()] : [];
  return facts.flatMap(fact => factorText(fact, unit)).slice(0, MOST_OTHERS);
}

function factorText(fact: Fact, unit: string): string[] {
  const own = fact.unit?.value;
  const factor = fact.alsoIn.find(other => other.unit.value === unit || own === unit);
  if (own === undefined || !factor) return [];
  return [
    markdownText(`${titleOf(fact, fact.id)}: ${amountText('1', own)} is ${amountText(factor.factor.value.toString(), factor.unit.value)}.`),
  ];
}
