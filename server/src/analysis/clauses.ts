/**
 * What is wanted of a patient, brought into clauses where that stays small: each clause is satisfied by any one of its literals, a
 * literal by one variable being in some cells. What does not fit (totals, counts, tables, long mixtures) stays a formula.
 */
import { type Bits, difference, fullBits, intersection, isEmpty, union } from './bits.ts';
import type { Box, Formula, Truth } from './formula.ts';

export interface Wanted {
  readonly formula: Formula;
  /** 1: the formula must stay unknown for the patient, because something it needs is absent. */
  readonly truth: Truth;
  /** A patient for whom the formula is unknown will do as well: only the opposite is excluded. */
  readonly mayStayUnknown?: boolean;
}

/** Parallel lists: the clause holds if some `variables[i]` is in `cells[i]`. No variable stands twice. */
export interface Clause {
  readonly variables: readonly number[];
  readonly cells: readonly Bits[];
}

export interface Prepared {
  /** The cells left once every single-literal clause is met; undefined where nothing is left of some variable. */
  readonly box: Box | undefined;
  readonly clauses: readonly Clause[];
  readonly formulas: readonly Wanted[];
}

/** A mixture is multiplied out into at most this many clauses; a longer one stays a formula. */
const MOST_CLAUSES = 24;

type Literal = { readonly variable: number; readonly cells: Bits };

export function prepare(sizes: readonly number[], start: Box, wanted: readonly Wanted[]): Prepared {
  const box = [...start];
  const clauses: Clause[] = [];
  const formulas: Wanted[] = [];
  const full = sizes.map(fullBits);
  for (const one of wanted) {
    const literals = one.truth === 1 || (one.mayStayUnknown && hasUnknown(one.formula)) ? undefined : toClauses(one, full);
    if (!literals) formulas.push(one);
    else for (const clause of literals) takeIn(clause, box, clauses);
  }
  return { box: box.some(isEmpty) ? undefined : box, clauses, formulas };
}

function takeIn(literals: readonly Literal[], box: Bits[], clauses: Clause[]): void {
  if (literals.length === 1) {
    const { variable, cells } = literals[0]!;
    box[variable] = intersection(box[variable]!, cells);
    return;
  }
  clauses.push({ variables: literals.map(({ variable }) => variable), cells: literals.map(({ cells }) => cells) });
}

/** Clauses of literals; an empty clause can never be met. Undefined where the formula does not fit. */
function toClauses({ formula, truth }: Wanted, full: readonly Bits[]): Literal[][] | undefined {
  switch (formula.kind) {
    case 'constant':
      return formula.truth === truth ? [] : [[]];
    case 'atom': {
      const { variable, cells } = formula;
      return [[{ variable, cells: truth === 2 ? cells : difference(full[variable]!, cells) }]];
    }
    case 'not':
      return toClauses({ formula: formula.item, truth: truth === 2 ? 0 : 2 }, full);
    case 'all':
    case 'any': {
      const parts = formula.items.map(item => toClauses({ formula: item, truth }, full));
      if (parts.some(part => !part)) return undefined;
      return (formula.kind === 'all') === (truth === 2) ? (parts as Literal[][][]).flat() : multipliedOut(parts as Literal[][][]);
    }
    default:
      return undefined;
  }
}

function multipliedOut(parts: readonly Literal[][][]): Literal[][] | undefined {
  let clauses: Literal[][] = [[]];
  for (const part of parts) {
    if (clauses.length * part.length > MOST_CLAUSES) return undefined;
    clauses = clauses.flatMap(clause => part.map(other => merged(clause, other)));
  }
  return clauses;
}

function merged(a: readonly Literal[], b: readonly Literal[]): Literal[] {
  const literals = [...a];
  for (const literal of b) {
    const at = literals.findIndex(({ variable }) => variable === literal.variable);
    if (at < 0) literals.push(literal);
    else literals[at] = { variable: literal.variable, cells: union(literals[at]!.cells, literal.cells) };
  }
  return literals;
}

/** Whether the formula can stay unknown for a single patient: only then does it matter that this would do. */
function hasUnknown(formula: Formula): boolean {
  switch (formula.kind) {
    case 'constant':
      return formula.truth === 1;
    case 'atom':
      return false;
    case 'not':
      return hasUnknown(formula.item);
    case 'all':
    case 'any':
      return formula.items.some(hasUnknown);
    default:
      return true;
  }
}
