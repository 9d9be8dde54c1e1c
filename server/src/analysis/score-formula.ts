/** Scores as formulas: what each component can give, and tests of totals, bands, components and applicability. */

import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { Band, Component, Condition, Score, Test } from '../model/rule-set.ts';
import { bitsWhere, isEmpty } from './bits.ts';
import { inUnit, meets } from './cells.ts';
import {
  type AcceptedTotals,
  all,
  any,
  type Formula,
  not,
  type PointsFormula,
  type ScoreFormula,
  type Sum,
  TRUE,
  UNKNOWN,
} from './formula.ts';
import { isDerived } from './gather.ts';
import { PATIENT, type Scope, type Space } from './space.ts';
import type { Cell } from './variables.ts';

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
  const settled = accepts.map(one => {
    const cells = bitsWhere(sum.totals.length + 1, cell => cell < sum.totals.length && one.accepts(sum.totals[cell]!));
    return all([{ kind: 'atom', variable: sum.variable, cells }, one.when]);
  });
  if (!sum.several) return all([formula.applies, any(settled)]);
  const several: Formula = {
    kind: 'atom',
    variable: sum.variable,
    cells: bitsWhere(sum.totals.length + 1, cell => cell === sum.totals.length),
  };
  const open: Formula = { kind: 'total', score: { ...formula, applies: TRUE }, accepts };
  return all([formula.applies, any([...settled, all([several, open])])]);
}

/** More totals than this are not told apart one by one. */
const MOST_TOTALS = 4000;

/** The variable that has the total, and the formula that ties it to the components. Made once for a score and scope. */
function sumOf(space: Space, score: Score, scope: Scope): Sum {
  const { formula } = scoreFormula(space, score, scope);
  const totals = attainable(formula);
  const several = formula.parts.some(mayBeOpen);
  const cells: Cell[] = [...totals, ...(several ? [Number.NaN] : [])].map(total =>
    Number.isNaN(total) ? { kind: 'absent' } : { kind: 'total', total },
  );
  const prefix = scope.group === undefined ? '' : `${scope.group}#${scope.slot}.`;
  const variable = space.variable(`${prefix}${score.id}=`, () => ({ ...scope, cells, free: false }));
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

function mayBeOpen(part: PointsFormula): boolean {
  const open = (points: readonly number[]) => new Set(points).size !== 1;
  return part.kind === 'cells' ? part.points.some(open) : [...part.rows.map(row => row.points), part.otherwise].some(open);
}

export function scoreUnsettled(space: Space, name: string, scope: Scope): Formula {
  const score = space.ruleSet.scores.get(name);
  if (!score || (score.of && score.of.value !== scope.group)) return UNKNOWN;
  return { kind: 'unsettled', score: scoreFormula(space, score, score.of ? scope : PATIENT).formula };
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
  const scale = scaleOf(score);
  const parts = [...score.components.values()].map(component => partOf(space, score, component, scale, scope));
  const whole = { formula: { applies: space.condition(score.when, scope), parts }, scale };
  made.set(key, whole);
  return whole;
}

function partOf(space: Space, score: Score, component: Component, scale: number, scope: Scope): PointsFormula {
  const { how } = component;
  const every = allPoints(component, scale);
  if (!how) return { kind: 'rows', rows: [], otherwise: every };
  if (how.kind === 'conditions') {
    const rows = how.conditions.map(({ when, points }) => ({ when: space.condition(when, scope), points: [scaled(points.value, scale)] }));
    return { kind: 'rows', rows, otherwise: how.otherwise ? [scaled(how.otherwise.value, scale)] : every };
  }
  if (how.kind === 'options' && !how.from) {
    const ids = [...how.options.keys()];
    const prefix = scope.group === undefined ? '' : `${scope.group}#${scope.slot}.`;
    const cells: Cell[] = ids.map(id => ({ kind: 'code', values: [id] }));
    const points = ids.map(id => [scaled(how.options.get(id)!.points.value, scale)]);
    if (space.gathered.unknownScores.has(score.id)) {
      cells.push({ kind: 'absent' });
      points.push(every);
    }
    const option = { score: score.id, component: component.id };
    const variable = space.variable(`${prefix}${score.id}:${component.id}`, () => ({ ...scope, option, cells, free: false }));
    return { kind: 'cells', variable, points };
  }
  const name = how.kind === 'options' ? how.from! : how.fact;
  const fact = factIn(space.ruleSet, scope.group, name.value);
  if (!fact) return { kind: 'rows', rows: [], otherwise: every };
  const pointsOf = (cell: Cell): number[] => pointsOfCell(component, cell, scale, fact) ?? every;
  if (isDerived(fact) && fact.how?.kind === 'table') {
    const inside = fact.group === undefined ? PATIENT : scope;
    const cellOf = (value: boolean | string | Exact): Cell =>
      value instanceof Exact
        ? { kind: 'number', value, unit: fact.unit?.value, above: undefined, below: undefined }
        : typeof value === 'boolean'
          ? { kind: 'boolean', value }
          : { kind: 'code', values: [value] };
    const rows = fact.how.rows.map(({ when, value }) => ({ when: space.condition(when, inside), points: pointsOf(cellOf(value.value)) }));
    return { kind: 'rows', rows, otherwise: every };
  }
  const variable = space.factVariable(fact, scope);
  return { kind: 'cells', variable, points: space.variables[variable]!.cells.map(pointsOf) };
}

/** The points a value gives; undefined where the source has none for it. */
function pointsOfCell({ how }: Component, cell: Cell, scale: number, fact: NonNullable<ReturnType<typeof factIn>>): number[] | undefined {
  if (how?.kind === 'options') {
    const option = cell.kind === 'code' ? how.options.get(cell.values[0]!) : undefined;
    return option && [scaled(option.points.value, scale)];
  }
  if (cell.kind !== 'number') return undefined;
  if (how?.kind === 'value') return cell.above || cell.below ? undefined : [scaled(cell.value, scale)];
  if (how?.kind !== 'intervals') return undefined;
  const points = how.intervals.flatMap(({ test, points: given }) => {
    const read = inUnit(test, test.unit ?? how.unit, fact, cell.unit);
    return read && meets(cell.value, read) ? [scaled(given.value, scale)] : [];
  });
  return points.length > 0 ? points : undefined;
}

/** Everything the component can give: what it may be while nothing is known of it. */
function allPoints({ how }: Component, scale: number): number[] {
  if (how?.kind === 'options') return distinct([...how.options.values()].map(({ points }) => scaled(points.value, scale)));
  if (how?.kind === 'intervals') return distinct(how.intervals.map(({ points }) => scaled(points.value, scale)));
  if (how?.kind === 'conditions')
    return distinct(
      [...how.conditions.map(({ points }) => points), ...(how.otherwise ? [how.otherwise] : [])].map(({ value }) => scaled(value, scale)),
    );
  return [];
}

/** Points with fractions are made whole by one power of ten for the score. */
function scaleOf(score: Score): number {
  const places = [...score.components.values()]
    .flatMap(({ how }) => pointsWritten(how))
    .map(points => (points.toString(12).split('.')[1] ?? '').length);
  return 10 ** Math.max(0, ...places);
}

function pointsWritten(how: Component['how']): Exact[] {
  if (how?.kind === 'options') return [...how.options.values()].map(({ points }) => points.value);
  if (how?.kind === 'intervals') return how.intervals.map(({ points }) => points.value);
  if (how?.kind === 'conditions') return how.conditions.map(({ points }) => points.value);
  return [];
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
