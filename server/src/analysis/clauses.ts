/**
 * What is wanted of a patient, brought into clauses: each is satisfied by any one of its literals, a literal by one variable being in some
 * cells. A part that is no literal gets a name, a variable that has what the part is; it is taken apart in its turn when its name is settled.
 */
import { type Bits, bitsWhere, difference, fullBits, intersection, union } from './bits.ts';
import type { Box, Formula, Truth } from './formula.ts';
import { isSameFormula } from './formula-parts.ts';
import { plainer } from './plainer.ts';

export interface Wanted {
  readonly formula: Formula;
  /** 1: the formula must stay unknown for the patient, because something it needs is absent. */
  readonly truth: Truth;
  /** A patient for whom the formula is unknown will do as well: only the opposite is excluded. */
  readonly mayStayUnknown?: boolean;
  /** What a rule waits for: a region is told without it, by the answer of the decision. */
  readonly isGiven?: boolean;
}

/** Parallel lists: the clause holds if some `variables[i]` is in `cells[i]`. No variable stands twice. */
export interface Clause {
  readonly variables: readonly number[];
  readonly cells: readonly Bits[];
}

/** What is being solved: the box is narrowed and grows by named parts, the lists grow. */
export interface Task {
  readonly box: Bits[];
  readonly clauses: Clause[];
  /** What no clause can say, and the ties of names and totals. */
  readonly formulas: Wanted[];
}

export function taskOf(start: Box, wanted: readonly Wanted[]): Task {
  const task: Task = { box: [...start], clauses: [], formulas: [] };
  for (const one of wanted) demand(task, one);
  return task;
}

/** Clauses of formulas that need no name: the same rule stands in many questions. `undefined` for a formula that does. */
const PLAIN: readonly WeakMap<Formula, readonly Clause[] | undefined>[] = [new WeakMap(), new WeakMap()];

/** Adds what must hold for the formula to be what is wanted. */
export function demand(task: Task, wanted: Wanted): void {
  const { formula, truth, mayStayUnknown } = wanted;
  if (truth === 1 || mayStayUnknown) return demandParts(task, wanted);
  const memory = PLAIN[truth >> 1]!;
  if (!memory.has(formula)) memory.set(formula, plainClauses(task, wanted));
  const plain = memory.get(formula);
  if (!plain) return demandParts(task, wanted);
  for (const clause of plain) {
    const [variable] = clause.variables;
    if (clause.variables.length === 1) task.box[variable!] = intersection(task.box[variable!]!, clause.cells[0]!);
    else task.clauses.push(clause);
  }
}

function plainClauses({ box }: Task, wanted: Wanted): readonly Clause[] | undefined {
  const whole = box.map(wholeOf);
  const alone: Task = { box: [...whole], clauses: [], formulas: [] };
  demandParts(alone, wanted);
  if (alone.formulas.length > 0 || alone.box.length > box.length) return undefined;
  const narrowed = alone.box.flatMap((bits, variable): Clause[] =>
    bits === whole[variable] ? [] : [{ variables: [variable], cells: [bits] }],
  );
  return [...narrowed, ...alone.clauses];
}

function demandParts(task: Task, wanted: Wanted): void {
  const { formula, truth, mayStayUnknown = false } = wanted;
  if (truth === 1) {
    task.formulas.push(wanted);
    return;
  }
  switch (formula.kind) {
    case 'not':
      return demandParts(task, { formula: formula.item, truth: opposite(truth), mayStayUnknown });
    case 'certain':
      return demandParts(task, { formula: formula.item, truth, mayStayUnknown: truth === 0 });
    case 'all':
    case 'any':
      if ((formula.kind === 'all') === (truth === 2))
        for (const item of formula.items) demandParts(task, { formula: item, truth, mayStayUnknown });
      else addClause(task, formula.items, truth, mayStayUnknown);
      return;
    case 'constant':
    case 'atom':
      return addClause(task, [formula], truth, mayStayUnknown);
    default: {
      const plain = plainer(formula);
      if (plain) demandParts(task, { formula: plain, truth, mayStayUnknown });
      else task.formulas.push(wanted);
    }
  }
}

/** That at least one of the formulas is what is wanted. */
function addClause(task: Task, items: readonly Formula[], truth: 0 | 2, mayStayUnknown: boolean): void {
  const cells = new Map<number, Bits>();
  const add = (variable: number, some: Bits) => cells.set(variable, cells.has(variable) ? union(cells.get(variable)!, some) : some);
  for (const { formula, wanted, mayBeOpen } of alternatives(items, truth, mayStayUnknown)) {
    if (formula.kind === 'constant') {
      if (formula.truth === wanted || (formula.truth === 1 && mayBeOpen)) return;
    } else if (formula.kind === 'atom') {
      add(formula.variable, wanted === 2 ? formula.cells : difference(wholeOf(task.box[formula.variable]!), formula.cells));
    } else {
      add(
        named(task, formula),
        bitsWhere(3, cell => cell === wanted || (cell === 1 && mayBeOpen)),
      );
    }
  }
  const [first, ...others] = cells;
  if (first && others.length === 0) task.box[first[0]] = intersection(task.box[first[0]]!, first[1]);
  else task.clauses.push({ variables: [...cells.keys()], cells: [...cells.values()] });
}

interface Alternative {
  readonly formula: Formula;
  readonly wanted: 0 | 2;
  /** Unknown will do as well. */
  readonly mayBeOpen: boolean;
}

/** Nested alternatives in one list, each with the truth that is wanted of it. */
function alternatives(items: readonly Formula[], wanted: 0 | 2, mayBeOpen: boolean): Alternative[] {
  return items.flatMap(formula => {
    if (formula.kind === 'not') return alternatives([formula.item], opposite(wanted), mayBeOpen);
    if (formula.kind === 'certain') return alternatives([formula.item], wanted, wanted === 0);
    const isNested = (formula.kind === 'any' && wanted === 2) || (formula.kind === 'all' && wanted === 0);
    if (isNested) return alternatives(formula.items, wanted, mayBeOpen);
    const plain = plainer(formula);
    return plain ? alternatives([plain], wanted, mayBeOpen) : [{ formula, wanted, mayBeOpen }];
  });
}

const NAME_CELLS = fullBits(3);

/** The variable that has what the formula is: one for all that are made alike, so that steps hang on what is said and not on who made it. */
function named(task: Task, formula: Formula): number {
  const known = task.formulas.find(one => one.formula.kind === 'same' && isSameFormula(one.formula.formula, formula));
  if (known?.formula.kind === 'same') return known.formula.variable;
  const variable = task.box.length;
  task.box.push(NAME_CELLS);
  task.formulas.push({ formula: { kind: 'same', formula, variable }, truth: 2 });
  return variable;
}

/** Bits of unused cells do no harm: a literal is only ever read together with what is left of its variable. */
function wholeOf({ length }: Bits): Bits {
  WHOLE[length] ??= fullBits(length * 32);
  return WHOLE[length];
}

/** By their number of words. */
const WHOLE: Bits[] = [];

function opposite(truth: 0 | 2): 0 | 2 {
  return truth === 2 ? 0 : 2;
}
