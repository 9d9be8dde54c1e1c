/**
 * How far a finding reaches around its witness: what it hangs on is dropped where it can be, in declared order, then widened value by value,
 * while every patient inside shows it. Scores are said by their totals where those alone matter.
 */
import { type Bits, bitsWhere, countBits, firstBit, hasBit, members, union } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { eachAtom, possibleTotals, type Sum, truthOf } from './formula.ts';
import { type Budget, solve } from './solve.ts';
import type { Space } from './space.ts';
import type { Cell, Variable } from './variables.ts';

/** All that is not free, in declared order. Every patient in scope with these values shows the finding. */
export type Region = readonly RegionPart[];

export interface RegionPart {
  readonly variable: Variable;
  /** The cells it may be in. */
  readonly cells: readonly Cell[];
}

/** What a region is grown from. */
export interface Seed {
  readonly space: Space;
  readonly box: readonly Bits[];
  /** The variables that the question reads. */
  readonly used: ReadonlySet<number>;
  /** What shows the finding, and what every patient in question meets: the scope, and what ties totals to points. */
  readonly finding: readonly Wanted[];
  readonly within: readonly Wanted[];
}

/** Steps for one region: when they run out it only stays smaller. */
const MOST_STEPS = 300_000;

export function regionOf(seed: Seed): Region {
  const { space, used } = seed;
  const budget: Budget = { steps: MOST_STEPS };
  const box = space.variables.map((_, i) => (used.has(i) ? only(seed.box[i]!, firstBit(seed.box[i]!)) : whole(space, i)));
  const holds = (part: readonly Bits[]) => allShow(part, seed, budget);
  const order = [...used].sort((a, b) => a - b);
  const sums = sumsIn(seed.within);
  // Twice, for the points of one score may hang on the total of another.
  for (const sum of [...sums, ...sums]) box[sum.variable] = totalOf(sum, box);
  for (const sum of sums) freeTotal(space, box, sum, holds);
  for (const variable of order) tryInstead(box, [[variable, whole(space, variable)]], holds);
  for (const variable of order) widen(box, variable, space.variables[variable]!.cells.length, holds);
  return space.variables.flatMap((variable, i) =>
    countBits(box[i]!) === variable.cells.length ? [] : [{ variable, cells: members(box[i]!).map(cell => variable.cells[cell]!) }],
  );
}

function sumsIn(within: readonly Wanted[]): Sum[] {
  return within.flatMap(({ formula }) => (formula.kind === 'sum' ? [formula] : []));
}

/** The total that follows from the points of a single patient. */
function totalOf({ score, totals }: Sum, box: readonly Bits[]): Bits {
  const [total, ...others] = possibleTotals(score, box);
  return bitsWhere(totals.length + 1, cell => (others.length > 0 ? cell === totals.length : totals[cell] === total));
}

/** Lets the total stand for the recorded options, where every way to come to it shows the finding; else the options for the total. */
function freeTotal(space: Space, box: Bits[], sum: Sum, holds: (box: readonly Bits[]) => boolean): void {
  const options = new Set<number>();
  eachAtom(sum, variable => {
    if (space.variables[variable]!.option) options.add(variable);
  });
  const free = [...options].map((variable): Change => [variable, whole(space, variable)]);
  if (options.size === 0 || !tryInstead(box, free, holds)) box[sum.variable] = whole(space, sum.variable);
}

type Change = readonly [variable: number, cells: Bits];

/** Whether the finding reaches as far as that; the box is changed only then. */
function tryInstead(box: Bits[], changes: readonly Change[], holds: (box: readonly Bits[]) => boolean): boolean {
  const before = changes.map(([variable]) => box[variable]!);
  for (const [variable, cells] of changes) box[variable] = cells;
  if (holds(box)) return true;
  changes.forEach(([variable], i) => {
    box[variable] = before[i]!;
  });
  return false;
}

function widen(box: Bits[], variable: number, size: number, holds: (box: readonly Bits[]) => boolean): void {
  if (countBits(box[variable]!) === size) return;
  for (let cell = 0; cell < size; cell++)
    if (!hasBit(box[variable]!, cell)) tryInstead(box, [[variable, union(box[variable]!, only(box[variable]!, cell))]], holds);
}

/** Whether every patient of the box in question shows what is wanted. */
function allShow(box: readonly Bits[], { finding, within }: Seed, budget: Budget): boolean {
  budget.steps -= finding.length;
  return finding.every(({ formula, truth }) => {
    if (budget.steps < 0) return false;
    if (truthOf(formula, box) === truth) return true;
    const broken: Wanted = { formula, truth: truth === 2 ? 0 : 2, mayStayUnknown: true };
    return solve(box, [...within, broken], budget).kind === 'none';
  });
}

function whole(space: Space, variable: number): Bits {
  return bitsWhere(space.variables[variable]!.cells.length, () => true);
}

function only(like: Bits, cell: number): Bits {
  const bits = new Uint32Array(like.length);
  bits[cell >> 5] = 1 << (cell & 31);
  return bits;
}
