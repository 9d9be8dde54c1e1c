/** The region of a gap as conditions: what a rule that fills it starts from. */
import type { Found } from '../analysis/analyse.ts';
import type { RegionPart } from '../analysis/region.ts';
import type { Exact } from '../model/exact.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { bandOf, codeWords, type End, isSameBound, isThreshold, numberRanges, totalRanges, type UnitRange } from './cell-text.ts';

/**
 * As a rule of `group` (or of the patient) sees them. Left out is what no condition of it can say: other records, dates, and what is unknown;
 * whoever completes the rule has to look at these.
 */
export function regionConditions(
  ruleSet: RuleSet,
  { space, region }: Pick<Found, 'space' | 'region'>,
  group: string | undefined,
): object[] {
  const seen = region.filter(({ variable }) => variable.group === undefined || (variable.group === group && variable.slot === 0));
  return seen.flatMap(part => conditionOf(ruleSet, space, part));
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
  if (first?.kind !== 'code') return [];
  const { names, isAllBut } = codeWords(ruleSet, part);
  return isAllBut ? [{ not: { fact, in: names } }] : [{ fact, in: names }];
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

function numberOf({ value }: { readonly value: Exact }): number {
  return value.double;
}
