/**
 * How far a finding reaches around its witness: each variable is dropped, or else widened cell by cell in declared order, while every
 * patient inside shows it. Scores are said by their totals where those alone matter.
 */
import { type Bits, bitsWhere, countBits, firstBit, hasBit, members, union } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { type Formula, possibleTotals, type ScoreFormula, TRUE, truthOf } from './formula.ts';
import { type Budget, solve } from './solve.ts';
import type { Space } from './space.ts';
import type { Cell } from './variables.ts';

export interface Region {
  /** What is not free: a variable with the cells it may be in. */
  readonly parts: readonly RegionPart[];
  readonly totals: readonly RegionTotals[];
}

export interface RegionPart {
  readonly key: string;
  readonly cells: readonly Cell[];
  /** All cells of the variable, to say the part in the fewest words. */
  readonly of: readonly Cell[];
}

export interface RegionTotals {
  readonly score: string;
  readonly scope: string;
  readonly totals: readonly number[];
  readonly scale: number;
  /** All totals that can be had. */
  readonly of: readonly number[];
}

/** A score whose totals the finding may hang on, with the variables of its recorded options. */
export interface ScoreInPlay {
  readonly id: string;
  readonly scope: string;
  readonly formula: ScoreFormula;
  readonly scale: number;
  readonly variables: readonly number[];
}

export function regionOf(
  space: Space,
  box: readonly Bits[],
  wanted: readonly Wanted[],
  scope: readonly Wanted[],
  scores: readonly ScoreInPlay[],
  budget: Budget,
): Region {
  const sizes = space.sizes;
  const current = box.map(bits => only(bits, firstBit(bits)));
  const totals: { score: ScoreInPlay; allowed: Set<number>; of: number[] }[] = [];
  const limits = (): Wanted[] => totals.map(({ score, allowed }) => ({ formula: totalIn(score.formula, allowed), truth: 2 }));
  const holds = (inside: readonly Bits[]) => allShow(inside, wanted, [...scope, ...limits()], budget);
  for (const score of scores) {
    const of = [...possibleTotals(score.formula, withFull(current, score.variables, sizes))].sort((a, b) => a - b);
    const allowed = new Set(possibleTotals(score.formula, current));
    totals.push({ score, allowed, of });
    const wider = withFull(current, score.variables, sizes);
    if (!holds(wider)) {
      totals.pop();
      continue;
    }
    for (const variable of score.variables) current[variable] = wider[variable]!;
    for (const total of of) {
      if (allowed.has(total)) continue;
      allowed.add(total);
      if (!holds(current)) allowed.delete(total);
    }
    if (allowed.size === of.length) totals.pop();
  }
  for (let variable = 0; variable < sizes.length; variable++) widen(current, variable, sizes[variable]!, holds);
  return {
    parts: space.variables.flatMap(({ key, cells }, i) =>
      countBits(current[i]!) === cells.length ? [] : [{ key, cells: members(current[i]!).map(cell => cells[cell]!), of: cells }],
    ),
    totals: totals.map(({ score, allowed, of }) => ({
      score: score.id,
      scope: score.scope,
      totals: [...allowed].sort((a, b) => a - b),
      scale: score.scale,
      of,
    })),
  };
}

function widen(current: Bits[], variable: number, size: number, holds: (box: readonly Bits[]) => boolean): void {
  const before = current[variable]!;
  current[variable] = bitsWhere(size, () => true);
  if (holds(current)) return;
  current[variable] = before;
  for (let cell = 0; cell < size; cell++) {
    if (hasBit(current[variable]!, cell)) continue;
    const narrow: Bits = current[variable]!;
    current[variable] = union(narrow, only(narrow, cell));
    if (!holds(current)) current[variable] = narrow;
  }
}

/** Whether every patient of the box that is in scope shows what is wanted. When the steps run out the answer is no: the region only stays smaller. */
function allShow(box: readonly Bits[], wanted: readonly Wanted[], scope: readonly Wanted[], budget: Budget): boolean {
  return wanted.every(one => {
    if (truthOf(one.formula, box) === one.truth) return true;
    const broken: Wanted = { formula: one.formula, truth: one.truth === 2 ? 0 : 2, mayStayUnknown: true };
    return solve(box, [...scope, broken], budget).kind === 'none';
  });
}

function totalIn(score: ScoreFormula, allowed: ReadonlySet<number>): Formula {
  return { kind: 'total', score, accepts: [{ accepts: total => allowed.has(total), when: TRUE }] };
}

function withFull(box: readonly Bits[], variables: readonly number[], sizes: readonly number[]): Bits[] {
  const wider = [...box];
  for (const variable of variables) wider[variable] = bitsWhere(sizes[variable]!, () => true);
  return wider;
}

function only(like: Bits, cell: number): Bits {
  const bits = new Uint32Array(like.length);
  bits[cell >> 5] = 1 << (cell & 31);
  return bits;
}
