/**
 * Decides whether some patient of a box gives every wanted formula its wanted truth, and names one. Exact: the space is finite, so
 * "none" is a proof. It narrows what follows from single literals, then splits where most is settled on both sides.
 */
import { type Bits, bitsWhere, countBits, difference, firstBit, hasBit, intersection, intersects, isEmpty, isSubset } from './bits.ts';
import { type Clause, demand, type Task, taskOf, type Wanted } from './clauses.ts';
import { type Box, eachAtom, type Formula, type Same, truthOf } from './formula.ts';
import type { Memory } from './memory.ts';
import { narrowSum } from './narrow-sum.ts';
import { chooseSplit } from './split.ts';

/** Steps still allowed: a count, the same on every machine. One step looks at one clause or formula once. */
export interface Budget {
  steps: number;
  /** What was solved before: asked first. */
  readonly memory?: Memory | undefined;
}

export type Solution =
  /** Every patient of the box shows it. */
  { readonly kind: 'found'; readonly box: Box } | { readonly kind: 'none' } | { readonly kind: 'stopped' };

const NONE: Solution = { kind: 'none' };
const STOPPED: Solution = { kind: 'stopped' };

/** The box that is found has the cells of the variables first; behind them stand names of parts, which mean nothing outside. */
export function solve(start: Box, wanted: readonly Wanted[], budget: Budget): Solution {
  const made = () => search(taskOf(start, wanted), budget);
  return budget.memory ? budget.memory.solved(start, wanted, budget, made) : made();
}

/** What single literals leave of the box; undefined where they leave nothing. Named parts stand behind the variables. */
export function narrowed(start: Box, wanted: readonly Wanted[], budget: Budget): Box | undefined {
  const { box, clauses } = taskOf(start, wanted);
  return narrow(box, clauses, budget) && !box.some(isEmpty) ? box.slice(0, start.length) : undefined;
}

/** The task is this call's own: its box is narrowed in place. Nothing is remembered of it. */
export function search(task: Task, budget: Budget): Solution {
  budget.memory?.keepOn();
  const { box } = task;
  let live: Clause[] | undefined = task.clauses;
  let formulas: readonly Wanted[] = task.formulas;
  for (let again = true; again; ) {
    budget.steps -= 1 + formulas.length;
    live = box.some(isEmpty) ? undefined : narrow(box, live, budget);
    if (!live) return NONE;
    if (budget.steps < 0) return STOPPED;
    const next: Task = { box, clauses: live, formulas: [] };
    again = followTies(formulas, next);
    formulas = next.formulas;
  }
  const open: Wanted[] = [];
  // A tie that holds now may be broken by a narrower part further down: it is looked at again there.
  const later: Wanted[] = [];
  for (const one of formulas) {
    const truth = truthOf(one.formula, box);
    if (truth === 1) open.push(one);
    else if (truth !== one.truth) return NONE;
    if (truth === 1 || isTie(one)) later.push(one);
  }
  if (live.length === 0 && open.length === 0) return { kind: 'found', box };
  const split = (live.length > 0 && chooseSplit(live, box)) || formulaSplit(open, box);
  if (split) return both({ box, clauses: live, formulas: later }, split.variable, split.cells, budget);
  return live.length === 0 && open.every(one => mayEndOpen(one, box)) ? { kind: 'found', box } : NONE;
}

/** What ties a variable to others holds in every part, however narrow. */
function isTie({ formula: { kind } }: Wanted): boolean {
  return kind === 'sum' || kind === 'same';
}

/** For a patient of single cells nothing more can be found out: what is unknown stays so. */
function mayEndOpen({ formula, truth, mayStayUnknown }: Wanted, box: Box): boolean {
  if (formula.kind === 'same') return hasBit(box[formula.variable]!, 1);
  return truth === 1 || mayStayUnknown === true;
}

/** Takes named parts apart whose name is settled, and narrows by totals. Whether anything changed. */
function followTies(formulas: readonly Wanted[], next: Task): boolean {
  let changed = false;
  for (const one of formulas) {
    const { formula } = one;
    if (formula.kind === 'same' && followName(formula, next)) {
      changed = true;
      continue;
    }
    next.formulas.push(one);
    if (formula.kind === 'sum' && narrowSum(formula, next.box)) changed = true;
  }
  return changed;
}

function followName({ formula, variable }: Same, next: Task): boolean {
  const left = next.box[variable]!;
  if (countBits(left) === 1 && !hasBit(left, 1)) {
    demand(next, { formula, truth: hasBit(left, 2) ? 2 : 0 });
    return true;
  }
  const truth = truthOf(formula, next.box);
  if (truth === 1) return false;
  next.box[variable] = bitsWhere(3, cell => cell === truth && hasBit(left, cell));
  return true;
}

function both(task: Task, variable: number, cells: Bits, budget: Budget): Solution {
  let stopped = false;
  for (const part of [intersection(task.box[variable]!, cells), difference(task.box[variable]!, cells)]) {
    const box = [...task.box];
    box[variable] = part;
    const solution = search({ ...task, box }, budget);
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

interface Split {
  readonly variable: number;
  readonly cells: Bits;
}

/** A variable on which an open formula still hangs; undefined where all are single cells, and the formula is unknown for good. */
function formulaSplit(formulas: readonly Wanted[], box: Box): Split | undefined {
  let best: (Split & { size: number }) | undefined;
  for (const { formula } of formulas) {
    eachOpen(formula, box, (variable, cells) => {
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

/** What an open formula hangs on. For a sum that is first whether its points are settled at all, then what leaves them open. */
function eachOpen(formula: Formula, box: Box, visit: (variable: number, cells: Bits | undefined) => void): void {
  if (formula.kind !== 'sum' || !formula.several) return eachAtom(formula, visit);
  const { variable, totals, score } = formula;
  const left = box[variable]!;
  if (!hasBit(left, totals.length)) return eachAtom(formula, visit);
  if (countBits(left) > 1)
    return visit(
      variable,
      bitsWhere(totals.length + 1, cell => cell === totals.length),
    );
  for (const part of score.parts) {
    if (part.kind === 'rows') for (const { when } of part.rows) eachAtom(when, visit);
    else
      visit(
        part.variable,
        bitsWhere(part.points.length, cell => new Set(part.points[cell]).size !== 1),
      );
  }
}

function firstOf(bits: Bits): Bits {
  const first = firstBit(bits);
  const one = new Uint32Array(bits.length);
  one[first >> 5] = 1 << (first & 31);
  return one;
}
