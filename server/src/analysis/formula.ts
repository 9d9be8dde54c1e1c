/**
 * Conditions over a finite patient space: every fact is a variable whose values fall into cells. A formula is read for a box, which
 * leaves each variable some of its cells: true or false when it is so for every patient of the box, else unknown. For a box of single
 * cells the answer is the three-valued one of the rule language.
 */
import { type Bits, bitsWhere, countBits, hasBit, intersects, isEmpty, isSubset, members } from './bits.ts';
import { listsNone, type PointSet, pointSet, sumsOf } from './point-sets.ts';

/** 0 is false, 1 unknown, 2 true: so that `all` is the least and `any` the greatest. */
export type Truth = 0 | 1 | 2;

/** The cells left to each variable, by its index. */
export type Box = readonly Bits[];

export type Formula =
  | { readonly kind: 'constant'; readonly truth: Truth }
  /** The variable is in one of the cells. */
  /** `unknown`: the question is whether it is unknown: for a patient partly known that is so where several values are possible too. */
  | { readonly kind: 'atom'; readonly variable: number; readonly cells: Bits; readonly unknown?: true }
  | { readonly kind: 'all' | 'any'; readonly items: readonly Formula[] }
  | { readonly kind: 'not'; readonly item: Formula }
  /** Two-valued: false too where the item is unknown for good. */
  | { readonly kind: 'certain'; readonly item: Formula }
  /** How many of the items hold. */
  | { readonly kind: 'count'; readonly items: readonly Formula[]; readonly accepts: (count: number) => boolean }
  /** The value of the first row that holds is accepted; where no row holds, nothing is known. */
  | { readonly kind: 'table'; readonly rows: readonly { readonly when: Formula; readonly accepted: boolean }[] }
  | { readonly kind: 'total'; readonly score: ScoreFormula; readonly accepts: readonly AcceptedTotals[] }
  | { readonly kind: 'component'; readonly score: ScoreFormula; readonly accepts: (points: number) => boolean }
  /** The variable has the total of the score: a cell for each of `totals`, and a last one, if `several`, for points that are not settled. */
  | {
      readonly kind: 'sum';
      readonly score: ScoreFormula;
      readonly variable: number;
      readonly totals: readonly number[];
      readonly several: boolean;
    }
  /** The variable has what the formula is: its cells are false, unknown and true. So a formula that fits no clause is one name in many. */
  | { readonly kind: 'same'; readonly formula: Formula; readonly variable: number }
  /** Several totals are possible, because something the score needs is not known. */
  | { readonly kind: 'unsettled'; readonly score: ScoreFormula };

/** Totals that are accepted while a condition holds (a band with `when`). */
export interface AcceptedTotals {
  readonly accepts: (total: number) => boolean;
  readonly when: Formula;
}

/** A score with its points scaled to whole numbers. */
export interface ScoreFormula {
  readonly applies: Formula;
  readonly parts: readonly PointsFormula[];
}

type Rows = Extract<PointsFormula, { kind: 'rows' }>;

export type PointsFormula =
  /** The points of each cell of a variable; several where the source leaves them open, none listed where they can be any number. */
  | { readonly kind: 'cells'; readonly variable: number; readonly points: readonly (readonly number[])[] }
  /** The first row that holds; `otherwise` has the points where none does, several if they are not known then. */
  | {
      readonly kind: 'rows';
      readonly rows: readonly { readonly when: Formula; readonly points: readonly number[] }[];
      readonly otherwise: readonly number[];
    };

export const TRUE: Formula = { kind: 'constant', truth: 2 };
export const FALSE: Formula = { kind: 'constant', truth: 0 };
export const UNKNOWN: Formula = { kind: 'constant', truth: 1 };

export function all(items: readonly Formula[]): Formula {
  const rest = items.filter(item => item !== TRUE);
  if (rest.includes(FALSE)) return FALSE;
  return rest.length === 0 ? TRUE : rest.length === 1 ? rest[0]! : { kind: 'all', items: rest };
}

export function any(items: readonly Formula[]): Formula {
  const rest = items.filter(item => item !== FALSE);
  if (rest.includes(TRUE)) return TRUE;
  return rest.length === 0 ? FALSE : rest.length === 1 ? rest[0]! : { kind: 'any', items: rest };
}

export function not(item: Formula): Formula {
  if (item.kind === 'constant') return item.truth === 1 ? UNKNOWN : item.truth === 2 ? FALSE : TRUE;
  return item.kind === 'not' ? item.item : { kind: 'not', item };
}

export function certain(item: Formula): Formula {
  if (item.kind === 'constant') return item.truth === 2 ? TRUE : FALSE;
  return item.kind === 'certain' ? item : { kind: 'certain', item };
}

/** That the variable is in a cell; where it is in an open one nothing is known. */
export function atomOf(variable: number, holds: Bits, open: Bits | undefined): Formula {
  const sure: Formula = { kind: 'atom', variable, cells: holds };
  return !open || isEmpty(open) ? sure : any([sure, all([{ kind: 'atom', variable, cells: open }, UNKNOWN])]);
}

/** Two-valued: true too where the item is unknown for good. */
export function possible(item: Formula): Formula {
  return not(certain(not(item)));
}

/** What the formula is for all patients of the box. */
export function truthOf(formula: Formula, box: Box): Truth {
  switch (formula.kind) {
    case 'constant':
      return formula.truth;
    case 'atom':
      return atomTruth(box[formula.variable]!, formula.cells);
    case 'all':
      return least(formula.items, box);
    case 'any':
      return greatest(formula.items, box);
    case 'not':
      return (2 - truthOf(formula.item, box)) as Truth;
    case 'certain':
      return certainTruth(formula.item, box);
    case 'count':
      return countTruth(formula.items, formula.accepts, box);
    case 'table':
      return tableTruth(formula.rows, box);
    case 'total':
      return whileScorable(formula.score, box, () => totalTruth(formula.score, formula.accepts, box));
    case 'component':
      return whileScorable(formula.score, box, () => componentTruth(formula.score, formula.accepts, box));
    case 'sum':
      return sumTruth(formula, box);
    case 'same':
      return sameTruth(formula, box);
    case 'unsettled':
      return whileScorable(formula.score, box, () => unsettledTruth(formula.score, box));
  }
}

function atomTruth(left: Bits, cells: Bits): Truth {
  if (!intersects(left, cells)) return 0;
  return isSubset(left, cells) ? 2 : 1;
}

/** Unknown for a single patient stays unknown: then it is not certain. */
function certainTruth(item: Formula, box: Box): Truth {
  const truth = truthOf(item, box);
  return truth === 1 && isSingle(item, box) ? 0 : truth;
}

function isSingle(formula: Formula, box: Box): boolean {
  let single = true;
  eachAtom(formula, variable => {
    if (countBits(box[variable]!) > 1) single = false;
  });
  return single;
}

function least(items: readonly Formula[], box: Box): Truth {
  let truth: Truth = 2;
  for (let i = 0; i < items.length; i++) {
    const one = truthOf(items[i]!, box);
    if (one === 0) return 0;
    if (one < truth) truth = one;
  }
  return truth;
}

function greatest(items: readonly Formula[], box: Box): Truth {
  let truth: Truth = 0;
  for (let i = 0; i < items.length; i++) {
    const one = truthOf(items[i]!, box);
    if (one === 2) return 2;
    if (one > truth) truth = one;
  }
  return truth;
}

function countTruth(items: readonly Formula[], accepts: (count: number) => boolean, box: Box): Truth {
  let sure = 0;
  let open = 0;
  for (const item of items) {
    const truth = truthOf(item, box);
    if (truth === 2) sure++;
    else if (truth === 1) open++;
  }
  let accepted = 0;
  for (let count = sure; count <= sure + open; count++) if (accepts(count)) accepted++;
  return ofSome(accepted, open + 1);
}

function tableTruth(rows: readonly { readonly when: Formula; readonly accepted: boolean }[], box: Box): Truth {
  let accepted = false;
  let refused = false;
  for (const { when, accepted: here } of rows) {
    const truth = truthOf(when, box);
    if (truth === 0) continue;
    if (here) accepted = true;
    else refused = true;
    if (truth === 2) return accepted && refused ? 1 : accepted ? 2 : 0;
  }
  return 1;
}

/** Not scorable: every test is false. Not known whether scorable: no test is true. */
function whileScorable(score: ScoreFormula, box: Box, test: () => Truth): Truth {
  const applies = truthOf(score.applies, box);
  if (applies === 0) return 0;
  const truth = test();
  return applies === 1 && truth === 2 ? 1 : truth;
}

function totalTruth(score: ScoreFormula, accepts: readonly AcceptedTotals[], box: Box): Truth {
  const whens = accepts.map(({ when }) => truthOf(when, box));
  let truths = 0;
  const totals = possibleTotals(score, box);
  for (const total of totals) truths |= 1 << acceptedTruth(total, accepts, whens);
  if (score.parts.some(part => canBeAny(part, box))) return 1;
  return truths === 1 << 2 ? 2 : truths === 1 << 0 ? 0 : 1;
}

function acceptedTruth(total: number, accepts: readonly AcceptedTotals[], whens: readonly Truth[]): Truth {
  let truth: Truth = 0;
  for (let i = 0; i < accepts.length; i++) if (whens[i]! > truth && accepts[i]!.accepts(total)) truth = whens[i]!;
  return truth;
}

const NOTHING_YET = pointSet([0]);

/** The totals that patients of the box can have; perhaps more where two components read one variable, never fewer. */
export function possibleTotals(score: ScoreFormula, box: Box): PointSet {
  let totals = NOTHING_YET;
  for (const part of score.parts) totals = sumsOf(totals, possiblePoints(part, box));
  return totals;
}

export function possiblePoints(part: PointsFormula, box: Box): PointSet {
  return part.kind === 'cells' ? pointsOfCells(part, box[part.variable]!) : pointSet(listsOfRows(part, box).flat());
}

/** By what is left of the variable: most boxes leave it as another did. */
const OF_CELLS = new WeakMap<PointsFormula, WeakMap<Bits, PointSet>>();

function pointsOfCells(part: Extract<PointsFormula, { kind: 'cells' }>, left: Bits): PointSet {
  const known = OF_CELLS.get(part) ?? new WeakMap<Bits, PointSet>();
  OF_CELLS.set(part, known);
  const points = known.get(left) ?? pointSet(members(left).flatMap(cell => part.points[cell]!));
  known.set(left, points);
  return points;
}

/** The points of each row that can be the first to hold. */
function listsOfRows({ rows, otherwise }: Rows, box: Box): (readonly number[])[] {
  const found: (readonly number[])[] = [];
  for (const { when, points } of rows) {
    const truth = truthOf(when, box);
    if (truth > 0) found.push(points);
    if (truth === 2) return found;
  }
  return [...found, otherwise];
}

/** Whether patients of the box can have any points at all, as where a number is its own points and a table gives none. */
export function canBeAny(part: PointsFormula, box: Box): boolean {
  if (!listsNone(part)) return false;
  if (part.kind === 'rows') return listsOfRows(part, box).some(({ length }) => length === 0);
  return members(box[part.variable]!).some(cell => part.points[cell]!.length === 0);
}

function componentTruth(score: ScoreFormula, accepts: (points: number) => boolean, box: Box): Truth {
  let truth: Truth = 0;
  for (const part of score.parts) {
    const points = [...possiblePoints(part, box)];
    const one = canBeAny(part, box) ? 1 : ofSome(points.filter(accepts).length, points.length);
    if (one > truth) truth = one;
  }
  return truth;
}

export type Sum = Extract<Formula, { kind: 'sum' }>;

function sumTruth({ score, variable, totals, several }: Sum, box: Box): Truth {
  const left = box[variable]!;
  const possible = possibleTotals(score, box);
  const unsettled = several ? unsettledTruth(score, box) : 0;
  const sums = unsettled === 2 ? 0 : totals.filter((total, cell) => hasBit(left, cell) && possible.has(total)).length;
  const mayBeSeveral = several && unsettled > 0 && hasBit(left, totals.length);
  if (sums === 0 && !mayBeSeveral) return 0;
  // Every total the components can give is left: whatever they are, the variable follows.
  if (sums === possible.size && (unsettled === 0 || (mayBeSeveral && several))) return 2;
  if (countBits(left) > 1) return 1;
  if (mayBeSeveral) return unsettled;
  return possible.size === 1 && unsettled === 0 ? 2 : 1;
}

export type Same = Extract<Formula, { kind: 'same' }>;

function sameTruth({ formula, variable }: Same, box: Box): Truth {
  const left = box[variable]!;
  const truth = truthOf(formula, box);
  if (truth !== 1) return hasBit(left, truth) ? 2 : 0;
  return countBits(left) === 3 ? 2 : 1;
}

function unsettledTruth(score: ScoreFormula, box: Box): Truth {
  let truth: Truth = 0;
  for (const part of score.parts) {
    const one = part.kind === 'cells' ? unsettledCells(part, box) : unsettledRows(part, box);
    if (one > truth) truth = one;
  }
  return truth;
}

function unsettledCells({ variable, points }: Extract<PointsFormula, { kind: 'cells' }>, box: Box): Truth {
  const left = members(box[variable]!);
  return ofSome(left.filter(cell => new Set(points[cell]).size !== 1).length, left.length);
}

/** A row that is unknown for good leaves its points open beside those of the rows that follow. */
function unsettledRows(part: Rows, box: Box): Truth {
  if (possiblePoints(part, box).size === 1 && !canBeAny(part, box)) return 0;
  let open = false;
  for (const { when, points } of part.rows) {
    const truth = truthOf(when, box);
    if (truth === 1 && !isSingle(when, box)) return 1;
    if (truth === 1) open = true;
    if (truth === 2) return open || new Set(points).size !== 1 ? 2 : 0;
  }
  return open || new Set(part.otherwise).size !== 1 ? 2 : 0;
}

/** Nothing possible at all says nothing. */
function ofSome(accepted: number, of: number): Truth {
  if (of === 0) return 1;
  return accepted === of ? 2 : accepted === 0 ? 0 : 1;
}

/** Each variable the formula reads, with the sets of cells it is told apart by. */
export function eachAtom(formula: Formula, visit: (variable: number, cells: Bits | undefined) => void): void {
  switch (formula.kind) {
    case 'constant':
      return;
    case 'atom':
      return visit(formula.variable, formula.cells);
    case 'not':
    case 'certain':
      return eachAtom(formula.item, visit);
    case 'all':
    case 'any':
    case 'count':
      for (const item of formula.items) eachAtom(item, visit);
      return;
    case 'table':
      for (const { when } of formula.rows) eachAtom(when, visit);
      return;
    case 'total':
      for (const { when } of formula.accepts) eachAtom(when, visit);
      return eachScoreAtom(formula.score, visit);
    case 'same':
      return eachAtom(formula.formula, visit);
    case 'sum':
      return eachScoreAtom(formula.score, visit);
    case 'component':
    case 'unsettled':
      return eachScoreAtom(formula.score, visit);
  }
}

/** Whether `holds` for a table or score in the formula: what they read is taken together. */
export function someJoint(formula: Formula, holds: (joint: Formula) => boolean): boolean {
  switch (formula.kind) {
    case 'constant':
    case 'atom':
      return false;
    case 'not':
    case 'certain':
      return someJoint(formula.item, holds);
    case 'all':
    case 'any':
    case 'count':
      return formula.items.some(item => someJoint(item, holds));
    case 'same':
      return someJoint(formula.formula, holds);
    default:
      return holds(formula);
  }
}

/** The cells that give the same points as the first: they need not be told apart. */
function samePoints({ points }: Extract<PointsFormula, { kind: 'cells' }>): Bits {
  const first = points[0]?.join();
  return bitsWhere(points.length, cell => points[cell]!.join() === first);
}

function eachScoreAtom(score: ScoreFormula, visit: (variable: number, cells: Bits | undefined) => void): void {
  eachAtom(score.applies, visit);
  for (const part of score.parts) {
    if (part.kind === 'cells') visit(part.variable, samePoints(part));
    else for (const { when } of part.rows) eachAtom(when, visit);
  }
}
