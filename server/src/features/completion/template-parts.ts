/** What templates of whole items are put together from: names that the rule set declares, where it declares any. */
import type { RuleSet } from '../../model/rule-set.ts';
import { testOf } from './conditions.ts';
import { type AnyFact, isNumeric, type Scene } from './scene.ts';
import type { Stops } from './snippet.ts';

/** What a template is made with. */
export interface Making {
  readonly scene: Scene;
  readonly ruleSet: RuleSet | undefined;
  readonly stops: Stops;
  /** A JSON string with an id that is still free. */
  fresh(base: string): string;
}

export interface Template {
  readonly label: string;
  readonly words: string;
  /** In an object, the value of a property whose key is `id`; in a list, the item. */
  make(making: Making): string | undefined;
  /** Of a property: what its key is made of. */
  readonly id?: string;
}

export const titled = (label: string, id: string, title: string, words: string): Template => ({
  label,
  id,
  words,
  make: ({ stops }) => `{ "title": ${stops.string(title)} }`,
});

export const fact = (label: string, words: string, rest: (making: Making) => string | undefined): Template => ({
  label,
  id: 'new-fact',
  words,
  make: making => {
    const title = making.stops.string('New fact');
    const more = rest(making);
    return more === undefined ? undefined : `{ "title": ${title}, ${more} }`;
  },
});

/** The same day of the next year; of 29 February the day before. */
export function aYearOn(today: string): string {
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4).replace('-02-29', '-02-28')}`;
}

export function rule(label: string, words: string, effect: (making: Making) => string | undefined): Template {
  return {
    label,
    words,
    make: making => {
      const head = `{\n  "id": ${making.fresh('new-rule')},\n  "title": ${making.stops.string('New rule')},\n  "when": ${condition(making)},\n`;
      const then = effect(making);
      return then && `${head}  "then": [${then}]${source(making, '\n  ')}\n}`;
    },
  };
}

export function precaution(making: Making): string | undefined {
  const site = first(making.ruleSet?.sites);
  if (site === undefined || !making.ruleSet?.locatedGroup) return undefined;
  const head = `{\n  "id": ${making.fresh('new-precaution')},\n  "title": ${making.stops.string('New precaution')},\n  "site": ${making.stops.string(site)},\n`;
  const then = advise(making, 'avoid', ', "at": "here"') ?? decide(making);
  return `${head}  "then": [${then}]${source(making, '\n  ')}\n}`;
}

export function decide({ ruleSet, stops }: Making): string {
  const decision = ruleSet && [...ruleSet.decisions.values()][0];
  return `{ "decide": ${stops.string(decision?.id ?? 'decision')}, "as": ${stops.string(decision?.values[0]?.id ?? 'value')} }`;
}

export function advise({ ruleSet, stops }: Making, verb: string, rest = ''): string | undefined {
  return firstId(ruleSet?.advice, id => `{ "${verb}": ${stops.string(id)}${rest} }`);
}

export function condition({ ruleSet, stops }: Making): string {
  const found =
    ruleSet && [...ruleSet.facts.values(), ...ruleSet.derived.values()].filter(each => each.group === undefined && each.type !== 'text');
  const best = found?.find(({ type }) => type === 'boolean') ?? found?.[0];
  return best && ruleSet ? testOf(ruleSet, best, stops) : `{ "fact": ${stops.string('fact')}, "is": ${stops.choice(['true', 'false'])} }`;
}

export function source({ ruleSet, stops }: Making, blank = ' '): string {
  const id = first(ruleSet?.sources);
  return id === undefined ? '' : `,${blank}"source": { "id": ${stops.string(id)} }`;
}

export function numeric({ ruleSet }: Making, make: (id: string, unit: string) => string): string | undefined {
  return firstFact(ruleSet, isNumeric, ({ id, unit }) => make(id, unit ? `, "unit": ${JSON.stringify(unit.value)}` : ''));
}

export function firstFact(
  ruleSet: RuleSet | undefined,
  fits: (fact: AnyFact) => boolean,
  make: (fact: AnyFact) => string,
): string | undefined {
  const found = ruleSet && [...ruleSet.facts.values(), ...ruleSet.derived.values()].find(each => each.group === undefined && fits(each));
  return found && make(found);
}

export function firstId(map: ReadonlyMap<string, unknown> | undefined, make: (id: string) => string): string | undefined {
  const id = first(map);
  return id === undefined ? undefined : make(id);
}

export function first(map: ReadonlyMap<string, unknown> | undefined): string | undefined {
  return map?.keys().next().value;
}
