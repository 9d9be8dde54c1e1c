/** One patient through the fast way: rows of bits met with each other, then decisions read off them. */
import { clearBit, firstOfBoth, hasBit, meets, setBit } from './bits.ts';
import { writeRows } from './columns.ts';
import type { Decided, DecidedPart } from './decide.ts';
import type { FastDecision, Program } from './program.ts';
import type { PatientState } from './state.ts';

/** A cell for each column. Where one is -1, `state` holds the values. */
export interface Row {
  readonly cells: readonly number[];
  /** Whether any cell leaves a term neither false nor true. */
  readonly open: boolean;
  readonly state: PatientState | undefined;
}

/** Arrays used again for every patient: nothing of them leaves this file. */
interface Scratch {
  /** Rules and terms that are not false. */
  readonly possible: Int32Array;
  /** Those that are true. */
  readonly certain: Int32Array;
  readonly rows: Int32Array;
}

const SCRATCH = new WeakMap<Program, Scratch>();

export function runProgram(program: Program, row: Row): Decided {
  const scratch = scratchOf(program);
  meetColumns(program, row, scratch);
  gatherTerms(program, scratch);
  override(program, scratch);
  narrowToScope(program, scratch);
  const decisions: Record<string, DecidedPart> = {};
  for (const decision of program.decisions) decisions[decision.id] = resolve(decision, scratch);
  return { decisions, fired: firedIds(program, scratch) };
}

function scratchOf(program: Program): Scratch {
  const known = SCRATCH.get(program);
  if (known) return known;
  const { words } = program;
  const made = { possible: new Int32Array(words), certain: new Int32Array(words), rows: new Int32Array(2 * words) };
  SCRATCH.set(program, made);
  return made;
}

function meetColumns({ columns, words }: Program, { cells, open, state }: Row, { possible, certain, rows }: Scratch): void {
  for (let i = 0; i < words; i++) possible[i] = certain[i] = -1;
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!;
    const cell = cells[c]!;
    if (cell >= 0) {
      meetRow(possible, column.rows, cell * 2 * words);
      if (open) meetRow(certain, column.rows, (cell * 2 + 1) * words);
      continue;
    }
    writeRows(rows, 0, column.atoms, state!.holder.facts[column.slot], words);
    meetRow(possible, rows, 0);
    meetRow(certain, rows, words);
  }
  if (!open) for (let i = 0; i < words; i++) certain[i] = possible[i]!;
}

function meetRow(bits: Int32Array, rows: Int32Array, from: number): void {
  for (let i = 0; i < bits.length; i++) bits[i]! &= rows[from + i]!;
}

function gatherTerms({ further }: Program, { possible, certain }: Scratch): void {
  for (const { term, rule } of further) {
    if (hasBit(possible, term)) setBit(possible, rule);
    if (hasBit(certain, term)) setBit(certain, rule);
  }
}

function override({ overridden }: Program, { possible, certain }: Scratch): void {
  for (const { rule, by } of overridden)
    for (const other of by) {
      if (hasBit(certain, other)) clearBit(possible, rule);
      if (hasBit(possible, other)) clearBit(certain, rule);
    }
}

function narrowToScope({ scope, rules }: Program, { possible, certain }: Scratch): void {
  const may = scope?.some(term => hasBit(possible, term)) ?? true;
  const does = scope?.some(term => hasBit(certain, term)) ?? true;
  for (let i = 0; i < rules.length; i++) {
    possible[i]! &= may ? rules[i]! : 0;
    certain[i]! &= does ? rules[i]! : 0;
  }
}

/** Counted first: an array that grows is copied again and again. */
function firedIds({ ids }: Program, { certain }: Scratch): string[] {
  let count = 0;
  for (let i = 0; i < certain.length; i++) for (let word = certain[i]!; word !== 0; word &= word - 1) count++;
  const fired = new Array<string>(count);
  let place = 0;
  for (let i = 0; i < certain.length; i++)
    for (let word = certain[i]!; word !== 0; word &= word - 1) fired[place++] = ids[(i << 5) + 31 - Math.clz32(word & -word)]!;
  return fired;
}

const NO_ANSWER: DecidedPart = { status: 'no-answer', value: null };
const UNDETERMINED: DecidedPart = { status: 'undetermined', value: null };
const CONFLICT: DecidedPart = { status: 'conflict', value: null };

function resolve(decision: FastDecision, { possible, certain }: Scratch): DecidedPart {
  switch (decision.resolve) {
    case 'strictest':
      return strictest(decision, possible, certain);
    case 'first':
      return first(decision, possible, certain);
    default:
      return several(decision, possible, certain);
  }
}

function strictest({ values, deciding }: FastDecision, possible: Int32Array, certain: Int32Array): DecidedPart {
  let open = false;
  for (let place = 0; place < values.length; place++) {
    if (meets(deciding[place]!, certain)) return open ? UNDETERMINED : { status: 'decided', value: values[place]! };
    open ||= meets(deciding[place]!, possible);
  }
  return open ? UNDETERMINED : NO_ANSWER;
}

function first({ values, deciding, all }: FastDecision, possible: Int32Array, certain: Int32Array): DecidedPart {
  const rule = firstOfBoth(all, possible);
  if (rule < 0) return NO_ANSWER;
  if (!hasBit(certain, rule)) return UNDETERMINED;
  const told = values.filter((_, place) => hasBit(deciding[place]!, rule));
  return told.length > 1 ? CONFLICT : { status: 'decided', value: told[0]! };
}

/** `single` and `collect`: which values fired, and which others may. */
function several({ values, deciding, resolve }: FastDecision, possible: Int32Array, certain: Int32Array): DecidedPart {
  const fired = values.filter((_, place) => meets(deciding[place]!, certain));
  if (resolve === 'single' && fired.length > 1) return CONFLICT;
  const open = values.some((value, place) => mayOpen(deciding[place]!, possible, certain, resolve === 'single' && fired.includes(value)));
  if (open) return UNDETERMINED;
  if (fired.length === 0) return NO_ANSWER;
  return { status: 'decided', value: resolve === 'single' ? fired[0]! : fired };
}

/** Whether a rule for the value is undetermined; for `single` not where the value fired anyway. */
function mayOpen(deciding: Int32Array, possible: Int32Array, certain: Int32Array, settled: boolean): boolean {
  if (settled) return false;
  for (let i = 0; i < deciding.length; i++) if ((deciding[i]! & possible[i]! & ~certain[i]!) !== 0) return true;
  return false;
}
