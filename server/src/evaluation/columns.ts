/**
 * One fact's part in the fast way: for each of its values, which terms it leaves possible and which it leaves certain. Numbers fall into
 * cells between the bounds that the rule set names, so that a value costs one search and two rows of bits.
 */
import { Exact } from '../model/exact.ts';
import type { FactReader } from './compiling.ts';
import type { Atom } from './terms.ts';
import { FALSE, type Possible, point, TRUE, type Value } from './values.ts';

/** An atom with the terms that it stands in, as bits. */
export interface Placed {
  readonly atom: Atom;
  readonly plain: Int32Array;
  readonly negated: Int32Array;
}

export interface Column {
  readonly id: string;
  readonly slot: number;
  readonly atoms: readonly Placed[];
  /** Two rows a cell: the terms that are not false, then those that are true. Cell 0 is that of the absent fact. */
  readonly rows: Int32Array;
  /** By cell, whether its two rows differ. */
  readonly open: readonly boolean[];
  /** The cell of a plain value; -1 where it must be read the general way. */
  readonly cellOf: (value: unknown) => number;
  /** The cells of whole numbers from `first` on, which need no search. */
  readonly table: Int16Array;
  readonly first: number;
}

export function columnOf(reader: FactReader, slot: number, atoms: readonly Placed[], words: number): Column {
  const { fact } = reader;
  const cells = new Cells(atoms, words);
  const cellOf = cellsFor(cells, reader);
  const rows = cells.rows();
  const first = Math.ceil(Math.max(-LARGEST_TABLE / 2, fact.minimum?.value.double ?? 0));
  const last = Math.min(first + LARGEST_TABLE, fact.maximum?.value.double ?? Number.POSITIVE_INFINITY);
  const whole = NUMERIC.has(fact.type) && last >= first ? Math.floor(last) - first + 1 : 0;
  const table = Int16Array.from({ length: whole }, (_, i) => cellOf(first + i));
  return { id: fact.id, slot, atoms, rows, open: cells.open(rows), cellOf, table, first };
}

const NUMERIC: ReadonlySet<string> = new Set(['integer', 'decimal', 'quantity']);
/** Beyond so many whole numbers a search is as good. */
const LARGEST_TABLE = 1024;

function cellsFor(cells: Cells, reader: FactReader): Column['cellOf'] {
  switch (reader.fact.type) {
    case 'boolean':
      return booleanCells(cells);
    case 'code':
      return codeCells(cells, reader);
    case 'integer':
    case 'decimal':
    case 'quantity':
      return numberCells(cells, reader);
    default:
      return value => (value === undefined || value === null ? ABSENT : GENERAL);
  }
}

/** The two rows for any possible values, written at `offset`. */
export function writeRows(rows: Int32Array, offset: number, atoms: readonly Placed[], values: Possible, words: number): void {
  rows.fill(-1, offset, offset + 2 * words);
  for (const { atom, plain, negated } of atoms) {
    const truth = atom.truthFor(values);
    for (let i = 0; i < words; i++) {
      const [for_, against] = [plain[i]!, negated[i]!];
      if (truth !== TRUE) rows[offset + words + i]! &= ~for_;
      if (truth !== FALSE) rows[offset + words + i]! &= ~against;
      if (truth === FALSE) rows[offset + i]! &= ~for_;
      if (truth === TRUE) rows[offset + i]! &= ~against;
    }
  }
}

/** Cells as they are found while a column is made. */
class Cells {
  readonly #atoms: readonly Placed[];
  readonly #words: number;
  readonly #possible: Possible[] = [undefined];

  constructor(atoms: readonly Placed[], words: number) {
    this.#atoms = atoms;
    this.#words = words;
  }

  add(values: readonly Value[]): number {
    return this.#possible.push(values) - 1;
  }

  rows(): Int32Array {
    const rows = new Int32Array(this.#possible.length * 2 * this.#words);
    for (const [cell, values] of this.#possible.entries()) writeRows(rows, cell * 2 * this.#words, this.#atoms, values, this.#words);
    return rows;
  }

  open(rows: Int32Array): boolean[] {
    const words = this.#words;
    return this.#possible.map((_, cell) => {
      const [start, middle, end] = [cell * 2 * words, (cell * 2 + 1) * words, (cell * 2 + 2) * words];
      return rows.subarray(start, middle).some((word, i) => word !== rows.subarray(middle, end)[i]);
    });
  }
}

const ABSENT = 0;
const GENERAL = -1;

function booleanCells(cells: Cells): Column['cellOf'] {
  const [no, yes] = [false, true].map(value => cells.add([{ kind: 'boolean', value }])) as [number, number];
  return value => (value === true ? yes : value === false ? no : value === undefined || value === null ? ABSENT : GENERAL);
}

/** Every id that may be written has its cell: one with others below stands for every leaf. */
function codeCells(cells: Cells, { codes }: FactReader): Column['cellOf'] {
  const byId = new Map<unknown, number>();
  for (const id of codes.ids) byId.set(id, cells.add(codes.leavesBelow(id).map(leaf => ({ kind: 'code', id: leaf }))));
  byId.set(undefined, ABSENT);
  byId.set(null, ABSENT);
  return value => byId.get(value) ?? GENERAL;
}

/**
 * A plain number means its shortest decimal. Rounding to doubles keeps order, so a number whose double lies between those of two bounds lies
 * between the bounds; at the double of a bound the shortest decimal itself is compared.
 */
function numberCells(cells: Cells, { fact, tests }: FactReader): Column['cellOf'] {
  const unit = fact.unit?.value;
  const bounds = [...tests.flatMap(test => test.bounds(unit)), fact.minimum?.value, fact.maximum?.value].filter(each => each !== undefined);
  const doubles = Float64Array.from(new Set(bounds.map(({ double }) => double))).sort();
  const cellAt = (number: Exact) =>
    isInside(number, fact.minimum?.value, fact.maximum?.value) ? cells.add([point(number, unit)]) : ABSENT;
  const at = [...doubles].map(double => cellAt(Exact.of(double)));
  const between = Array.from({ length: doubles.length + 1 }, (_, i) => cellAt(numberBetween(doubles[i - 1], doubles[i])));
  const whole = fact.type === 'integer';
  return value => {
    if (typeof value !== 'number') return value === undefined || value === null ? ABSENT : GENERAL;
    if (!isOrdinary(value) || (whole && !Number.isInteger(value))) return GENERAL;
    let low = 0;
    let high = doubles.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (doubles[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return doubles[low] === value ? at[low]! : between[low]!;
  };
}

/** Whether a number is of a size that is compared as it is; no number of medicine is not. */
function isOrdinary(value: number): boolean {
  const size = value < 0 ? -value : value;
  return value === 0 || (size < 1e100 && size > 1e-100);
}

function isInside(number: Exact, minimum: Exact | undefined, maximum: Exact | undefined): boolean {
  return !(minimum && number.compare(minimum) < 0) && !(maximum && number.compare(maximum) > 0);
}

const HALF = Exact.of(0.5);
const ONE = Exact.of(1);

/** Whether every bound that a fact is held against is of ordinary size. */
export function isOrdinaryFact({ fact, tests }: FactReader): boolean {
  const bounds = [...tests.flatMap(test => test.bounds(fact.unit?.value)), fact.minimum?.value, fact.maximum?.value];
  return bounds.every(bound => bound === undefined || isOrdinary(bound.double));
}

/** A number beyond any decimal whose double is one of the two. Of two neighbouring doubles nothing lies between, and then any answer does. */
function numberBetween(low: number | undefined, high: number | undefined): Exact {
  if (low === undefined) return high === undefined ? ONE : Exact.of(high).minus(ONE);
  return high === undefined ? Exact.of(low).plus(ONE) : Exact.of(low).plus(Exact.of(high)).times(HALF);
}
