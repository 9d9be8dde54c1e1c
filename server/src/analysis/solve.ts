/**
 * Decides whether some patient of a box gives every wanted formula its wanted truth, and names one. Exact: the space is finite, so
 * "none" is a proof. It narrows what follows from single literals, then splits where most is settled on both sides.
 */
import { type Bits, countBits, difference, firstBit, intersection, intersects, isEmpty, isSubset } from './bits.ts';
import { type Clause, prepare, type Wanted } from './clauses.ts';
import { type Box, eachAtom, truthOf } from './formula.ts';
import { narrowSum } from './narrow-sum.ts';
import { chooseSplit } from './split.ts';

/** Steps still allowed: a count, the same on every machine. One step looks at one clause or formula once. */
export interface Budget {
  steps: number;
}

export type Solution =
  /** Every patient of the box shows it. */
  { readonly kind: 'found'; readonly box: Box } | { readonly kind: 'none' } | { readonly kind: 'stopped' };

const NONE: Solution = { kind: 'none' };
const STOPPED: Solution = { kind: 'stopped' };

export function solve(sizes: readonly number[], start: Box, wanted: readonly Wanted[], budget: Budget): Solution {
  const { box, clauses, formulas } = prepare(sizes, start, wanted);
  return box ? search([...box], clauses, formulas, budget) : NONE;
}

/** `box` is this call's own and may be narrowed in place of being copied. */
function search(box: Bits[], clauses: readonly Clause[], formulas: readonly Wanted[], budget: Budget): Solution {
  let live: Clause[] | undefined = clauses as Clause[];
  do {
    budget.steps -= 1 + formulas.length;
    live = narrow(box, live, budget);
    if (!live) return NONE;
    if (budget.steps < 0) return STOPPED;
  } while (narrowSums(formulas, box));
  const open: Wanted[] = [];
  for (const one of formulas) {
    const truth = truthOf(one.formula, box);
    if (truth === 1) open.push(one);
    else if (truth !== one.truth) return NONE;
  }
  if (live.length === 0 && open.length === 0) return { kind: 'found', box };
  const split = live.length > 0 ? chooseSplit(live, box) : formulaSplit(open, box);
  if (split) return both(box, split.variable, split.cells, live, open, budget);
  return open.every(({ truth, mayStayUnknown }) => truth === 1 || mayStayUnknown) ? { kind: 'found', box } : NONE;
}

/** Whether a total narrowed its components, or they it. A variable without cells left makes its sum false, which is seen next. */
function narrowSums(formulas: readonly Wanted[], box: Bits[]): boolean {
  let changed = false;
  for (const { formula, truth } of formulas) if (formula.kind === 'sum' && truth === 2 && narrowSum(formula, box)) changed = true;
  return changed;
}

function both(
  box: Bits[],
  variable: number,
  cells: Bits,
  clauses: readonly Clause[],
  formulas: readonly Wanted[],
  budget: Budget,
): Solution {
  let stopped = false;
  for (const part of [intersection(box[variable]!, cells), difference(box[variable]!, cells)]) {
    const half = [...box];
    half[variable] = part;
    const solution = search(half, clauses, formulas, budget);
    if (solution.kind === 'found') return solution;
    if (solution.kind === 'stopped') stopped = true;
    if (budget.steps < 0) break;
  }
  return stopped || budget.steps < 0 ? STOPPED : NONE;
}

/** Drops what is satisfied, takes in what has one literal left, until nothing changes. Undefined where a clause can no longer be met. */
function narrow(box: Bits[], clauses: readonly Clause[], budget: Budget): Clause[] | undefined {
  let live = clauses as Clause[];
  for (;;) {
    let changed = false;
    const kept: Clause[] = [];
    budget.steps -= live.length;
    for (const clause of live) {
      const open = openLiteral(clause, box);
      if (open === SATISFIED) continue;
      if (open === UNMET) return undefined;
      if (open === SEVERAL) kept.push(clause);
      else {
        const variable = clause.variables[open]!;
        box[variable] = intersection(box[variable]!, clause.cells[open]!);
        changed = true;
      }
    }
    live = kept;
    if (!changed) return live;
  }
}

const SATISFIED = -1;
const UNMET = -2;
const SEVERAL = -3;

/** The index of the one literal that can still hold, or which of the other cases it is. */
function openLiteral({ variables, cells }: Clause, box: readonly Bits[]): number {
  let open = UNMET;
  for (let i = 0; i < variables.length; i++) {
    const left = box[variables[i]!]!;
    if (!intersects(left, cells[i]!)) continue;
    if (isSubset(left, cells[i]!)) return SATISFIED;
    open = open === UNMET ? i : SEVERAL;
  }
  return open;
}

/** A variable on which an open formula still hangs; undefined where all are single cells, and the formula is unknown for good. */
function formulaSplit(formulas: readonly Wanted[], box: Box): { variable: number; cells: Bits } | undefined {
  let best: { variable: number; cells: Bits; size: number } | undefined;
  for (const { formula } of formulas) {
    eachAtom(formula, (variable, cells) => {
      const left = box[variable]!;
      const size = countBits(left);
      if (size < 2 || (best && best.size <= size)) return;
      const part = cells ? intersection(left, cells) : firstOf(left);
      best = { variable, cells: isEmpty(part) || isSubset(left, part) ? firstOf(left) : part, size };
    });
    if (best) return best;
  }
  return undefined;
}

function firstOf(bits: Bits): Bits {
  const first = firstBit(bits);
  const one = new Uint32Array(bits.length);
  one[first >> 5] = 1 << (first & 31);
  return one;
}
