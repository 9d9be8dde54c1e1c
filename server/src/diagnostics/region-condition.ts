/** The region of a gap as conditions: what a rule that fills it starts from. */
import type { Found } from '../analysis/analyse.ts';
import type { RegionPart } from '../analysis/region.ts';
import type { Exact } from '../model/exact.ts';
import type { RuleSet } from '../model/rule-set.ts';
import {
  agoRanges,
  bandOf,
  codeWords,
  dayRanges,
  type End,
  isSameBound,
  isThreshold,
  numberRanges,
  totalRanges,
  type UnitRange,
} from './cell-text.ts';

/**
 * As a rule of `group` (or of the patient) sees them. Left out is what no condition of it can say: other records of its own group, moments, and what is unknown;
 * whoever completes the rule has to look at these.
 */
export function regionConditions(
  ruleSet: RuleSet,
  { space, region }: Pick<Found, 'space' | 'region'>,
  group: string | undefined,
): object[] {
  const seen = region.filter(({ variable }) => variable.group === undefined || (variable.group === group && variable.slot === 0));
  const others = [...ruleSet.groups.keys()].filter(id => id !== group);
  return [
    ...seen.flatMap(part => conditionOf(ruleSet, space, part)),
    ...others.flatMap(id =>
      recordConditions(
        ruleSet,
        space,
        region.filter(({ variable }) => variable.group === id),
        id,
      ),
    ),
  ];
}

/** Of the records of a group that are there, may be there, or are not. */
function recordConditions(ruleSet: RuleSet, space: Found['space'], region: RegionPart[], group: string): object[] {
  const slots = [...new Set(region.map(({ variable }) => variable.slot).filter(slot => slot >= 0))];
  const presenceOf = (slot: number) => region.find(({ variable }) => variable.key === `${group}#${slot}`)?.cells[0];
  const isNone = (slot: number) => {
    const presence = presenceOf(slot);
    return presence?.kind === 'boolean' && !presence.value;
  };
  if (slots.length > 0 && slots.every(isNone)) return [{ none: group }];
  const told = slots.flatMap((slot): object[] => {
    const parts = region.filter(({ variable }) => variable.slot === slot);
    const presence = presenceOf(slot);
    const own = parts.flatMap(part => conditionOf(ruleSet, space, part));
    const where = own.length === 0 ? undefined : own.length === 1 ? own[0] : { all: own };
    if (presence === undefined) return where ? [{ none: group, where: { not: where } }] : [];
    return isNone(slot) ? [] : [where ? { some: group, where } : { some: group }];
  });
  return [...new Map(told.map(one => [JSON.stringify(one), one])).values()];
}

function conditionOf(ruleSet: RuleSet, space: Found['space'], part: RegionPart): object[] {
  const { variable, cells } = part;
  if (variable.total) return totalCondition(ruleSet, part);
  if (!variable.fact || cells.some(({ kind }) => kind === 'absent')) return [];
  const fact = variable.fact.id;
  const threshold = isThreshold(ruleSet, space, part);
  if (threshold) return [threshold.holds ? { threshold: threshold.id } : { not: { threshold: threshold.id } }];
  const [first] = cells;
  if (first?.kind === 'boolean') return cells.length === 1 ? [{ fact, is: first.value }] : [];
  if (first?.kind === 'number') return numberCondition(fact, numberRanges(part));
  if (first?.kind === 'event' || first?.kind === 'never') return eventCondition(ruleSet, part);
  if (first?.kind !== 'code' || cells.some(cell => cell.kind === 'code' && cell.several)) return [];
  const { names, isAllBut } = codeWords(ruleSet, part);
  // That a value is known at all no condition says.
  if (names.length === 0) return [];
  return isAllBut ? [{ not: { fact, in: names } }] : [{ fact, in: names }];
}

/** By the time since the event where a derived fact has it, by its days, and that it never was. */
function eventCondition(ruleSet: RuleSet, part: RegionPart): object[] {
  const { variable, cells } = part;
  const fact = variable.fact!.id;
  const never = { fact, is: 'never' };
  const isNever = cells.some(({ kind }) => kind === 'never');
  const events = (all: RegionPart['cells']) => all.filter(({ kind }) => kind === 'event').length;
  if (events(cells) === 0) return [never];
  if (events(cells) === events(variable.cells)) return isNever ? [] : [{ not: never }];
  const time = [...ruleSet.derived.values()].find(
    ({ how, group }) => how?.kind === 'since' && how.event.value === fact && group === variable.group,
  );
  const ago = time && agoRanges(part)?.map(range => ({ fact: time.id, ...boundsOf(range, numberOf), unit: 'h' }));
  const days = dayRanges(part)?.map(({ from, to }) => ({ fact, ...(from ? { atLeast: from } : {}), ...(to ? { atMost: to } : {}) }));
  const told = ago ?? days;
  return told ? anyOf([...(isNever ? [never] : []), ...told]) : [];
}

function totalCondition(ruleSet: RuleSet, part: RegionPart): object[] {
  const { score } = part.variable.total!;
  const band = bandOf(ruleSet, part);
  if (band !== undefined) return [{ score, in: [band] }];
  const ranges = totalRanges(part);
  return anyOf(ranges.map(range => ({ score, total: boundsOf(range, numberOf) })).filter(({ total }) => Object.keys(total).length > 0));
}

function numberCondition(fact: string, ranges: readonly UnitRange[]): object[] {
  // That a number is known at all no condition says.
  if (ranges.some(({ range: { from, to } }) => !from && !to)) return [];
  if (isSameBound(ranges)) {
    const perUnit = (at: 'from' | 'to') => Object.fromEntries(ranges.map(({ range, unit }) => [unit, numberOf(range[at]!)]));
    return [{ fact, ...boundsOf(ranges[0]!.range, (_, at) => perUnit(at)) }];
  }
  // The same amount in another unit is another matter only where each has its own cut-off: then no plain bound says it.
  if (new Set(ranges.map(({ unit }) => unit)).size > 1) return [];
  return anyOf(ranges.map(({ range, unit }) => ({ fact, ...boundsOf(range, numberOf), ...(unit === undefined ? {} : { unit }) })));
}

function anyOf(conditions: readonly object[]): object[] {
  return conditions.length > 1 ? [{ any: conditions }] : [...conditions];
}

function boundsOf({ from, to }: UnitRange['range'], written: (end: End, at: 'from' | 'to') => unknown): Record<string, unknown> {
  if (from && to && from.included && to.included && from.value.equals(to.value)) return { is: written(from, 'from') };
  return {
    ...(from ? { [from.included ? 'atLeast' : 'above']: written(from, 'from') } : {}),
    ...(to ? { [to.included ? 'atMost' : 'below']: written(to, 'to') } : {}),
  };
}

/** More digits than any number of a file has. */
const MOST_PLACES = 100;

/** What no double holds by its digits, for `withExactNumbers`. A ratio without an end is never a bound that somebody wrote. */
function numberOf({ value }: { readonly value: Exact }): number | { readonly exactly: string } {
  const text = value.short ? '≈' : value.toString(MOST_PLACES);
  return text.startsWith('≈') ? value.double : { exactly: text };
}
