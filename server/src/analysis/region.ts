/**
 * How far a finding reaches around its witness: what it hangs on is dropped where it can be, in declared order, then widened value by value,
 * while every patient inside shows it. Scores are said by their totals where those alone matter.
 */
import { type Bits, bitsWhere, countBits, firstBit, fullBits, hasBit, members, union } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { eachAtom, type Formula, possibleTotals, type Sum, truthOf } from './formula.ts';
import type { Memory } from './memory.ts';
import { type Solution, solve } from './solve.ts';
import type { Space } from './space.ts';
import type { Cell, Variable } from './variables.ts';

/**
 * All that is not free, in declared order. Every patient in scope with these values shows the finding; where rules wait for an answer
 * (`given`), every one who has that answer.
 */
export type Region = readonly RegionPart[];

export interface RegionPart {
  readonly variable: Variable;
  /** The cells it may be in. */
  readonly cells: readonly Cell[];
  /** Cells that nobody in the region has: they may be said to be in it, if this helps. At most one part has some. */
  readonly nobody?: readonly Cell[];
}

/** A region while it grows. */
interface Growth {
  readonly space: Space;
  readonly box: Bits[];
  /** What shows the finding, and what every patient in question meets: the scope, and what ties totals to points. */
  readonly finding: readonly Wanted[];
  readonly within: readonly Wanted[];
  /** The variables that `within` reads: not all their values go with all others. */
  readonly tied: ReadonlySet<number>;
  /** By variable the cells in which somebody does not show the finding. */
  readonly refuted: Map<number, Set<number>>;
  steps: number;
  readonly memory: Memory | undefined;
}

/** Steps for one region, and for one look at it: when they run out it only stays smaller. */
export const MOST_STEPS = 200_000;
const MOST_FOR_ONE = 10_000;

/** `seed` has the cells of the witness first; `scope` is what every patient in question meets. */
export function regionOf(
  space: Space,
  seed: readonly Bits[],
  wanted: readonly Wanted[],
  scope: readonly Wanted[],
  memory?: Memory,
): Region {
  const finding = wanted.filter(({ isGiven }) => !isGiven);
  const ties = space.tiesOf([...scope, ...finding].map(({ formula }) => formula));
  const within = [...scope, ...ties.map((formula): Wanted => ({ formula, truth: 2 }))];
  const sums = ties.filter(tie => tie.kind === 'sum');
  const tied = readBy(within.map(({ formula }) => formula));
  for (const { variable } of sums) tied.add(variable);
  const used = new Set([...tied, ...readBy(finding.map(({ formula }) => formula))]);
  const box = space.variables.map((_, i) => (used.has(i) ? only(seed[i]!, firstBit(seed[i]!)) : whole(space, i)));
  const growth: Growth = { space, box, finding, within, tied, refuted: new Map(), steps: MOST_STEPS, memory };
  // Twice, for the points of one score may hang on the total of another.
  for (const sum of [...sums, ...sums]) box[sum.variable] = totalOf(sum, box);
  for (const sum of sums) freeTotal(growth, sum);
  grow(
    growth,
    [...used].sort((a, b) => a - b),
    sums,
  );
  const parts = space.variables.flatMap((variable, i) =>
    countBits(box[i]!) === variable.cells.length ? [] : [{ variable, cells: members(box[i]!).map(cell => variable.cells[cell]!) }],
  );
  const coded = parts.find(({ variable }) => variable.fact?.type === 'code');
  return parts.map(part => (part === coded ? { ...part, nobody: cellsOfNobody(growth, part.variable) } : part));
}

/**
 * A total is widened before what its points are taken from is dropped: else it would keep only the totals that go with every such value, as
 * of a site that counts as junctional and is no vertebra.
 */
function grow(growth: Growth, order: readonly number[], sums: readonly Sum[]): void {
  const { box, space } = growth;
  const told = sums.filter(({ variable }) => countBits(box[variable]!) < space.variables[variable]!.cells.length);
  const sources = readBy(told.map(({ score }): Formula => ({ kind: 'total', score, accepts: [] })));
  for (const variable of order) if (!sources.has(variable)) tryInstead(growth, [[variable, whole(space, variable)]]);
  for (const { variable } of told) widen(growth, variable);
  // Again as long as it helps: by a new value of one variable somebody may have a new value of another.
  for (let size = -1; size !== sizeOf(box); ) {
    size = sizeOf(box);
    for (const variable of order) widen(growth, variable);
    for (const variable of order) fill(growth, variable);
  }
}

function sizeOf(box: readonly Bits[]): number {
  return box.reduce((sum, bits) => sum + countBits(bits), 0);
}

function readBy(formulas: readonly Formula[]): Set<number> {
  const read = new Set<number>();
  for (const formula of formulas) eachAtom(formula, variable => read.add(variable));
  return read;
}

/** The total that follows from the points of a single patient. */
function totalOf({ score, totals }: Sum, box: readonly Bits[]): Bits {
  const [total, ...others] = possibleTotals(score, box);
  return bitsWhere(totals.length + 1, cell => (others.length > 0 ? cell === totals.length : totals[cell] === total));
}

/**
 * Lets the total stand for what its points come from, where every way to come to it shows the finding: for all that nothing else asks
 * for, or for the recorded options at least; else these for the total. One fact alone says as much as its points.
 */
function freeTotal(growth: Growth, sum: Sum): void {
  const { space, box } = growth;
  const isOption = (variable: number) => space.variables[variable]!.option !== undefined;
  const sources = [...readBy([sum])].filter(variable => space.variables[variable]!.stale === undefined);
  const asked = readBy(growth.finding.map(({ formula }) => formula));
  const unasked = sources.filter(variable => isOption(variable) || !asked.has(variable));
  for (const some of [unasked.length > 1 ? unasked : [], sources.filter(isOption)]) {
    const free = some.map((variable): Change => [variable, whole(space, variable)]);
    if (free.length > 0 && tryInstead(growth, free)) return;
  }
  box[sum.variable] = whole(space, sum.variable);
}

type Change = readonly [variable: number, cells: Bits];

/** Whether the finding reaches as far as that; the box is changed only then. */
function tryInstead(growth: Growth, changes: readonly Change[]): boolean {
  const { box } = growth;
  const before = changes.map(([variable]) => box[variable]!);
  for (const [variable, cells] of changes) box[variable] = cells;
  if (allShow(growth)) return true;
  changes.forEach(([variable], i) => {
    box[variable] = before[i]!;
  });
  return false;
}

/** By each value that some patient of the rest has. One with whom somebody does not show the finding stays outside, however the rest grows. */
function widen(growth: Growth, variable: number): void {
  const { box, space, refuted } = growth;
  const outside = refuted.get(variable) ?? new Set();
  refuted.set(variable, outside);
  for (let cell = 0; cell < space.variables[variable]!.cells.length; cell++) {
    const one = only(box[variable]!, cell);
    if (hasBit(box[variable]!, cell) || outside.has(cell) || isNobodyIn(growth, variable, one)) continue;
    if (!tryInstead(growth, [[variable, union(box[variable]!, one)]])) outside.add(cell);
  }
}

/** Values that nobody of the rest has are taken in where that leaves nothing out, closes a range, or takes it to its end. */
function fill(growth: Growth, variable: number): void {
  const { box } = growth;
  const { cells } = growth.space.variables[variable]!;
  const left = members(box[variable]!);
  if (left.length === cells.length) return;
  const mayBeIn = cells.map((_, cell) => hasBit(box[variable]!, cell) || isNobodyIn(growth, variable, only(box[variable]!, cell)));
  const isRanged = (cell: number) => cells[cell]!.kind === 'total' || cells[cell]!.kind === 'number';
  const [low, high] = [left[0]!, left.filter(isRanged).at(-1) ?? -1];
  const ranges = [
    (_: number) => true,
    (cell: number) => isRanged(cell) && cell >= low && cell <= high,
    (cell: number) => isRanged(cell) && cell <= high,
    (cell: number) => isRanged(cell) && cell >= low,
  ];
  for (const inRange of ranges) {
    const range = bitsWhere(cells.length, inRange);
    if (members(range).every(cell => mayBeIn[cell])) box[variable] = union(box[variable]!, range);
  }
}

function cellsOfNobody(growth: Growth, variable: Variable): Cell[] {
  const { box, space } = growth;
  const index = space.variables.indexOf(variable);
  return variable.cells.filter((_, cell) => !hasBit(box[index]!, cell) && isNobodyIn(growth, index, only(box[index]!, cell)));
}

/** Whether it is proved that no patient in question has these values and others of the region. */
function isNobodyIn(growth: Growth, variable: number, cells: Bits): boolean {
  if (!growth.tied.has(variable)) return false;
  const box = [...growth.box];
  box[variable] = cells;
  return solved(growth, box, growth.within) === 'none';
}

/** Whether every patient of the box in question shows what is wanted. */
function allShow(growth: Growth): boolean {
  const { box, finding, within } = growth;
  growth.steps -= finding.length;
  return finding.every(({ formula, truth }) => {
    if (growth.steps < 0) return false;
    if (truthOf(formula, box) === truth) return true;
    const broken: Wanted = { formula, truth: truth === 2 ? 0 : 2, mayStayUnknown: true };
    return solved(growth, box, [...within, broken]) === 'none';
  });
}

function solved(growth: Growth, box: readonly Bits[], wanted: readonly Wanted[]): Solution['kind'] {
  const allowed = Math.min(growth.steps, MOST_FOR_ONE);
  const budget = { steps: allowed, memory: growth.memory };
  const { kind } = solve(box, wanted, budget);
  growth.steps -= allowed - budget.steps;
  return kind;
}

function whole(space: Space, variable: number): Bits {
  return fullBits(space.variables[variable]!.cells.length);
}

function only(like: Bits, cell: number): Bits {
  const bits = new Uint32Array(like.length);
  bits[cell >> 5] = 1 << (cell & 31);
  return bits;
}
