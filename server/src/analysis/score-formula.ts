/** Scores as formulas: what each component can give, and tests of totals, bands, components and applicability. */

import { Exact } from '../model/exact.ts';
import { valueHierarchy } from '../model/hierarchy.ts';
import { factIn } from '../model/names.ts';
import type { Band, Component, Condition, Fact, RuleSet, Score, Test } from '../model/rule-set.ts';
import { isAboutAbsence } from './absent-input.ts';
import { bitsWhere, isEmpty } from './bits.ts';
import { domainOf, inUnit, meets } from './cells.ts';
import {
  type AcceptedTotals,
  all,
  any,
  certain,
  FALSE,
  type Formula,
  not,
  type PointsFormula,
  type ScoreFormula,
  type Sum,
  TRUE,
  UNKNOWN,
} from './formula.ts';
import { isDerived, isVoidedBy } from './gather.ts';
import { haveOpenPoints } from './open-for-good.ts';
import { listsNone } from './point-sets.ts';
import { isUnlisted, PATIENT, type Scope, type Space, UNLISTED } from './space.ts';
import { type Cell, constantCell, wholeNumbers } from './variables.ts';

type Options = Extract<NonNullable<Component['how']>, { kind: 'options' }>;
type ScoreCondition = Extract<Condition, { kind: `score-${string}` }>;

/** Scores of a space by scope, each made once: rules test the same few. */
const MADE = new WeakMap<Space, Map<string, { formula: ScoreFormula; scale: number }>>();

export function scoreCondition(space: Space, condition: ScoreCondition, scope: Scope): Formula {
  const score = space.ruleSet.scores.get(condition.score.value);
  if (!score || (score.of && score.of.value !== scope.group)) return UNKNOWN;
  const inside = score.of ? scope : PATIENT;
  const { formula, scale } = scoreFormula(space, score, inside);
  switch (condition.kind) {
    case 'score-applies':
      return condition.applies ? formula.applies : not(formula.applies);
    case 'score-component':
      return all([formula.applies, any(formula.parts.map(part => componentTest(part, numberTest(condition.test, scale))))]);
    case 'score-total':
      return totalTest(space, score, inside, [{ accepts: numberTest(condition.test, scale), when: TRUE }]);
    case 'score-bands': {
      const names = new Set(condition.bands.map(({ value }) => value));
      const bands = [...score.bandSets.values()].flat().filter(({ id }) => names.has(id));
      return totalTest(
        space,
        score,
        inside,
        bands.map(band => acceptedBy(space, band, scale, inside)),
      );
    }
  }
}

function componentTest(part: PointsFormula, accepts: (points: number) => boolean): Formula {
  if (part.kind === 'rows') return { kind: 'component', score: { applies: TRUE, parts: [part] }, accepts };
  const accepted = part.points.map(points => points.filter(accepts).length);
  const holds = bitsWhere(accepted.length, cell => accepted[cell]! === part.points[cell]!.length);
  const open = bitsWhere(accepted.length, cell => accepted[cell]! > 0 && accepted[cell]! < part.points[cell]!.length);
  const sure: Formula = { kind: 'atom', variable: part.variable, cells: holds };
  return isEmpty(open) ? sure : any([sure, all([{ kind: 'atom', variable: part.variable, cells: open }, UNKNOWN])]);
}

/**
 * A test of the total: an atom of the variable that has the total, so that several tests of one score are seen together. Only where points
 * are not settled is the set of possible totals looked at.
 */
function totalTest(space: Space, score: Score, scope: Scope, accepts: readonly AcceptedTotals[]): Formula {
  const { formula } = scoreFormula(space, score, scope);
  const sum = sumOf(space, score, scope);
  const settled = settledIn(sum, accepts);
  if (!sum.several) return all([formula.applies, settled]);
  const several: Formula = {
    kind: 'atom',
    variable: sum.variable,
    cells: bitsWhere(sum.totals.length + 1, cell => cell === sum.totals.length),
  };
  const open: Formula = { kind: 'total', score: { ...formula, applies: TRUE }, accepts };
  return all([formula.applies, any([settled, all([several, open])])]);
}

/**
 * That the total is accepted where it is settled. It is so of several possible totals where each is accepted, by whichever band: bands that always
 * stand are one atom, and of those that stand under a condition it is said besides that no total is left for which none of them stands.
 */
function settledIn({ variable, totals }: Sum, accepts: readonly AcceptedTotals[]): Formula {
  const atom = (holds: (total: number) => boolean): Formula => ({
    kind: 'atom',
    variable,
    cells: bitsWhere(totals.length + 1, cell => cell < totals.length && holds(totals[cell]!)),
  });
  const always = accepts.filter(({ when }) => when === TRUE);
  const others = accepts.filter(({ when }) => when !== TRUE);
  const isAlways = (total: number) => always.some(each => each.accepts(total));
  const one = any([...(always.length > 0 ? [atom(isAlways)] : []), ...others.map(({ accepts: holds, when }) => all([atom(holds), when]))]);
  if (others.length === 0 || accepts.length === 1) return one;
  const standing = (total: number) => others.filter(each => each.accepts(total));
  const alike = new Map<string, Set<number>>();
  for (const total of totals.filter(each => !isAlways(each))) {
    const key = standing(total)
      .map(each => others.indexOf(each))
      .join();
    alike.set(key, (alike.get(key) ?? new Set()).add(total));
  }
  const left = [...alike.values()].map(group => {
    const [some] = group;
    return all([atom(total => group.has(total)), not(any(standing(some!).map(({ when }) => when)))]);
  });
  return any([one, all([atom(() => true), not(any(left))])]);
}

/** More totals than this are not told apart one by one. */
const MOST_TOTALS = 4000;

/** The variable that has the total, and the formula that ties it to the components. Made once for a score and scope. */
function sumOf(space: Space, score: Score, scope: Scope): Sum {
  const { formula, scale } = scoreFormula(space, score, scope);
  const totals = attainable(formula);
  const several = formula.parts.some(haveOpenPoints);
  const settled = totals.map((total): Cell => ({ kind: 'total', total }));
  const cells: Cell[] = several ? [...settled, { kind: 'absent' }] : settled;
  const partial = totals.length > MOST_TOTALS;
  const variable = space.variable(`${prefixOf(scope)}${score.id}=`, () => ({
    ...scope,
    total: { score: score.id, scale, canBeAny: formula.parts.some(listsNone) },
    cells,
    free: false,
    partial,
  }));
  const sum: Sum = { kind: 'sum', score: { ...formula, applies: TRUE }, variable, totals, several };
  space.tie(variable, sum);
  return sum;
}

function attainable({ parts }: ScoreFormula): number[] {
  let totals = new Set([0]);
  for (const part of parts) {
    const points = new Set(part.kind === 'cells' ? part.points.flat() : [...part.rows.flatMap(row => row.points), ...part.otherwise]);
    totals = new Set([...totals].flatMap(total => [...points].map(point => total + point)));
    if (totals.size > MOST_TOTALS) break;
  }
  return [...totals].sort((a, b) => a - b);
}

/** Whether it applies or what its total is cannot be told, or it is stale. */
export function scoreUnknown(space: Space, name: string, scope: Scope): Formula {
  const score = space.ruleSet.scores.get(name);
  if (!score || (score.of && score.of.value !== scope.group)) return UNKNOWN;
  const inside = score.of ? scope : PATIENT;
  const { formula } = scoreFormula(space, score, inside);
  const settled = not({ kind: 'unsettled', score: { ...formula, applies: TRUE } });
  const applies = certain(not(formula.applies));
  return all([not(applies), any([not(certain(formula.applies)), staleness(space, score, inside), not(certain(settled))])]);
}

/** Only where some condition asks for it: a stale score only knows less. A record that is not listed has no score. */
function staleness(space: Space, score: Score, scope: Scope): Formula {
  if (!isAbsentScore(space, score, scope) && !(canBeStale(score) && space.gathered.unknownScores.has(score.id))) return FALSE;
  if (scope.group !== undefined && scope.slot === UNLISTED) return TRUE;
  const cells: Cell[] = [
    { kind: 'boolean', value: false },
    { kind: 'boolean', value: true },
  ];
  // No group has a blank in its id: one of the same name is another variable.
  const variable = space.variable(`${prefixOf(scope)}${score.id} stale`, () => ({ ...scope, stale: score.id, cells, free: false }));
  return { kind: 'atom', variable, cells: bitsWhere(2, cell => cell === 1) };
}

/** Whether the question is what happens when it was never scored, or what would void it is not known. */
function isAbsentScore({ absent, ruleSet }: Space, score: Score, { slot }: Scope): boolean {
  if (absent.score === score.id) return slot === 0;
  // An event that is not recorded may have been meanwhile.
  return absent.fact !== undefined && isVoidedBy(ruleSet, score.id, absent.fact) && (absent.fact.group === undefined || slot === 0);
}

export function canBeStale({ validFor, voidedBy }: Score): boolean {
  return validFor !== undefined || voidedBy.length > 0;
}

/** Whether its option is recorded in the score itself. */
export function isRecorded({ how }: Component): boolean {
  return how?.kind === 'options' && !how.from;
}

/** While the score is stale every component counts as absent. */
function unlessStale(part: PointsFormula, stale: Formula, every: readonly number[]): PointsFormula {
  if (stale === FALSE) return part;
  const first = { when: stale, points: every };
  if (part.kind === 'rows') return { ...part, rows: [first, ...part.rows] };
  const { variable, points } = part;
  const distinctPoints = [...new Map(points.map(each => [each.join(), each])).values()];
  const rows = distinctPoints.map(each => ({
    when: { kind: 'atom' as const, variable, cells: bitsWhere(points.length, cell => points[cell]!.join() === each.join()) },
    points: each,
  }));
  return { kind: 'rows', rows: [first, ...rows], otherwise: every };
}

function prefixOf(scope: Scope): string {
  return scope.group === undefined ? '' : `${scope.group}#${scope.slot}.`;
}

function acceptedBy(space: Space, band: Band, scale: number, scope: Scope): AcceptedTotals {
  return { accepts: numberTest(band.test, scale), when: space.condition(band.when, scope) };
}

export function scoreFormula(space: Space, score: Score, scope: Scope): { formula: ScoreFormula; scale: number } {
  const made = MADE.get(space) ?? new Map<string, { formula: ScoreFormula; scale: number }>();
  MADE.set(space, made);
  const key = `${score.id}@${scope.group ?? ''}#${scope.slot}`;
  const known = made.get(key);
  if (known) return known;
  // A score whose own conditions test it is an error elsewhere; here it must only end.
  made.set(key, { formula: { applies: UNKNOWN, parts: [] }, scale: 1 });
  const scale = scaleOf(space, score);
  const stale = staleness(space, score, scope);
  const parts = [...score.components.values()].map(component =>
    unlessStale(
      partOf(space, score, component, scale, scope),
      canBeStale(score) || isRecorded(component) ? stale : FALSE,
      allPoints(space, score, component, scale),
    ),
  );
  const whole = { formula: { applies: space.condition(score.when, scope), parts }, scale };
  made.set(key, whole);
  return whole;
}

function partOf(space: Space, score: Score, component: Component, scale: number, scope: Scope): PointsFormula {
  const { how } = component;
  const every = allPoints(space, score, component, scale);
  const isUnlistedRecord = scope.group !== undefined && scope.slot === UNLISTED;
  if (!how) return { kind: 'rows', rows: [], otherwise: every };
  if (how.kind === 'conditions') {
    const rows = how.conditions.map(({ when, points }) => ({ when: space.condition(when, scope), points: [scaled(points.value, scale)] }));
    return { kind: 'rows', rows, otherwise: how.otherwise ? [scaled(how.otherwise.value, scale)] : every };
  }
  if (how.kind === 'options' && !how.from) {
    if (isUnlistedRecord) return { kind: 'rows', rows: [], otherwise: every };
    const ids = [...how.options.keys()];
    const cells: Cell[] = ids.map(id => ({ kind: 'code', values: [id] }));
    const points = ids.map(id => [scaled(how.options.get(id)!.points.value, scale)]);
    const unscored = [...how.undefinedOptions.keys()];
    // Who could be scored may be impossible: then it counts that somebody cannot. Nor may it count for others that an input is absent.
    if (unscored.length > 0 && (space.ruleSet.impossible.size > 0 || isAboutAbsence(space.absent))) {
      cells.push({ kind: 'code', values: unscored });
      points.push(every);
    }
    if (space.gathered.unknownScores.has(score.id)) {
      cells.push({ kind: 'absent' });
      points.push(every);
    }
    const option = { score: score.id, component: component.id };
    const variable = space.variable(`${prefixOf(scope)}${score.id}:${component.id}`, () => ({ ...scope, option, cells, free: false }));
    return { kind: 'cells', variable, points };
  }
  const name = how.kind === 'options' ? how.from! : how.fact;
  const fact = factIn(space.ruleSet, scope.group, name.value);
  if (!fact) return { kind: 'rows', rows: [], otherwise: every };
  const pointsOf = (cell: Cell): number[] => pointsOfCell(space, component, cell, scale, fact) ?? every;
  if (isDerived(fact) && fact.how?.kind === 'table') {
    const inside = fact.group === undefined ? PATIENT : scope;
    const rows = fact.how.rows.map(({ when, value }) => ({
      when: space.condition(when, inside),
      points: pointsOf(constantCell(space.ruleSet, fact, value.value)),
    }));
    return { kind: 'rows', rows, otherwise: every };
  }
  if (isUnlisted(fact, scope)) return { kind: 'rows', rows: [], otherwise: every };
  const variable = space.factVariable(fact, scope);
  return { kind: 'cells', variable, points: space.variables[variable]!.cells.map(pointsOf) };
}

/** The points a value gives; undefined where the source has none for it. */
function pointsOfCell(space: Space, { how }: Component, cell: Cell, scale: number, fact: Fact): number[] | undefined {
  if (how?.kind === 'options') {
    if (cell.kind !== 'code') return undefined;
    const points = (cell.several ? cell.values : cell.values.slice(0, 1)).map(value => pointsOfCode(space, how, value, fact, scale));
    return points.some(of => of === undefined) ? undefined : distinct(points.flatMap(of => of ?? []));
  }
  if (cell.kind !== 'number') return undefined;
  if (how?.kind === 'value') return cell.unit === fact.unit?.value ? ownPoints(cell, scale) : undefined;
  if (how?.kind !== 'intervals') return undefined;
  const points = how.intervals.flatMap(({ test, points: given }) => {
    const read = inUnit(test, test.unit ?? how.unit, fact, cell.unit);
    return read && meets(cell.value, read) ? [scaled(given.value, scale)] : [];
  });
  return points.length > 0 ? points : undefined;
}

/** One number as its own points, where the scale makes it whole. */
function ownPoints({ value, above, below }: Extract<Cell, { kind: 'number' }>, scale: number): number[] | undefined {
  return !above && !below && value.times(Exact.of(scale)).isInteger() ? [scaled(value, scale)] : undefined;
}

/** A value that is no option itself has the points of those it is a kind of. */
function pointsOfCode(space: Space, how: Options, value: string, fact: Fact, scale: number): number[] | undefined {
  const exact = how.options.get(value);
  if (exact) return [scaled(exact.points.value, scale)];
  const hierarchy = valueHierarchy(fact, space.ruleSet);
  if ([...how.undefinedOptions.keys()].some(id => hierarchy.isBelow(value, id))) return undefined;
  const above = [...how.options.values()].filter(({ id }) => hierarchy.isBelow(value, id));
  return above.length > 0 ? distinct(above.map(({ points }) => scaled(points.value, scale))) : undefined;
}

/** Everything the component can give: what it may be while nothing is known of it. None where that can be any number. */
function allPoints(space: Space, score: Score, { how }: Component, scale: number): number[] {
  if (how?.kind === 'value') {
    const fact = factIn(space.ruleSet, score.of?.value, how.fact.value);
    return fact?.type === 'integer' ? wholeNumbers(domainOf(fact, undefined)).map(number => scaled(number, scale)) : [];
  }
  if (how?.kind === 'options') return distinct([...how.options.values()].map(({ points }) => scaled(points.value, scale)));
  if (how?.kind === 'intervals') return distinct(how.intervals.map(({ points }) => scaled(points.value, scale)));
  if (how?.kind === 'conditions')
    return distinct(
      [...how.conditions.map(({ points }) => points), ...(how.otherwise ? [how.otherwise] : [])].map(({ value }) => scaled(value, scale)),
    );
  return [];
}

/** Points with fractions are made whole by one power of ten for the score. */
function scaleOf({ ruleSet }: Space, score: Score): number {
  const places = [...score.components.values()]
    .flatMap(({ how }) => [...pointsWritten(how), ...valuesOfTable(ruleSet, score, how)])
    .map(points => (points.toString(12).split('.')[1] ?? '').length);
  return 10 ** Math.max(0, ...places);
}

function pointsWritten(how: Component['how']): Exact[] {
  if (how?.kind === 'options') return [...how.options.values()].map(({ points }) => points.value);
  if (how?.kind === 'intervals') return how.intervals.map(({ points }) => points.value);
  if (how?.kind === 'conditions')
    return [...how.conditions.map(({ points }) => points), ...(how.otherwise ? [how.otherwise] : [])].map(({ value }) => value);
  return [];
}

/** The numbers that a table gives, where they are the points themselves. */
function valuesOfTable(ruleSet: RuleSet, score: Score, how: Component['how']): Exact[] {
  const fact = how?.kind === 'value' ? factIn(ruleSet, score.of?.value, how.fact.value) : undefined;
  if (!fact || !isDerived(fact) || fact.how?.kind !== 'table') return [];
  return fact.how.rows.flatMap(({ value: { value } }) => (value instanceof Exact ? [value] : []));
}

function scaled(points: Exact, scale: number): number {
  return Math.round(points.double * scale);
}

function numberTest(test: Test, scale: number): (total: number) => boolean {
  const known = new Map<number, boolean>();
  const read = inUnit(test, undefined, NO_FACT, undefined);
  const by = Exact.of(scale);
  return total => {
    const holds = known.get(total) ?? (read !== undefined && meets(Exact.of(total).dividedBy(by)!, read));
    known.set(total, holds);
    return holds;
  };
}

/** Totals have no unit: nothing is converted. */
const NO_FACT = { alsoIn: [], unit: undefined } as unknown as Parameters<typeof inUnit>[2];

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}
