/**
 * Patients of whom not all is known. A fact is then not one value but a set of those it may have, or absent: a variable for each cell says
 * whether it may be in it. What a condition surely is and what it may be are then plain yes or no, and the same search decides about them.
 */
import { Exact } from '../model/exact.ts';
import type { Condition, RuleSet } from '../model/rule-set.ts';
import { type Bits, bitsWhere, firstBit, fullBits, hasBit } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { all, any, eachAtom, FALSE, type Formula, not, type PointsFormula, TRUE, truthOf } from './formula.ts';
import type { Space } from './space.ts';
import type { Cell, Variable } from './variables.ts';

type Atom = Extract<Formula, { kind: 'atom' }>;
type Table = Extract<Formula, { kind: 'table' }>;
type Count = Extract<Formula, { kind: 'count' }>;
type Component = Extract<Formula, { kind: 'component' }>;
type Rows = Extract<PointsFormula, { kind: 'rows' }>;

/** What is asked of a patient partly known, as a task for the search. */
export interface PartlyKnown {
  readonly box: readonly Bits[];
  readonly wanted: readonly Wanted[];
  /** Whether what is left may be of no patient, because it hangs on something opaque: none stays a proof. */
  isDoubtful(box: readonly Bits[]): boolean;
  /** Whether even none is no proof, because values are left out. */
  readonly isPartial: boolean;
  /** Of the patients left the one of whom least is known: each single cell. */
  leastKnown(box: readonly Bits[]): Bits[];
  /** One patient of those left, as cells of the space, and the variables that say something of him. */
  patientIn(box: readonly Bits[]): { readonly box: Bits[]; readonly used: ReadonlySet<number> };
}

/** The formulas are to hold, all two-valued: what they say of others stands under `certain` or `possible`. */
export function partlyKnown(space: Space, formulas: readonly Formula[]): PartlyKnown {
  const reading = new Reading(space, formulas);
  const wanted = formulas.map(formula => reading.sure(formula));
  return {
    wanted: [...wanted, ...reading.ties].map((formula): Wanted => ({ formula, truth: 2 })),
    box: reading.box,
    isDoubtful: box => reading.isDoubtful || reading.hangsOnOpaque(box, wanted),
    isPartial: reading.isPartial,
    leastKnown: box => reading.leastKnown(box),
    patientIn: box => reading.patientIn(box),
  };
}

/** One variable of the space: the classes of cells that the formulas tell apart, and what stands for each. */
interface Part {
  readonly classOf: readonly number[];
  /** A variable each that the value may be in that class; one for all, with the classes as its cells, where it is always known. */
  readonly variables: readonly number[];
  readonly isKnown: boolean;
  readonly absent: number | undefined;
  /** Whether more than one value lies in the class. */
  readonly isWide: readonly boolean[];
  /** Whether several values of one class are possible. */
  several: number | undefined;
}

/** True or false, each by a variable, where no more is known of the formula. */
interface Opaque {
  readonly sure: Formula;
  readonly may: Formula;
}

class Reading {
  readonly box: Bits[] = [];
  readonly ties: Formula[] = [];
  isDoubtful = false;
  isPartial = false;
  readonly #space: Space;
  readonly #parts = new Map<number, Part>();
  readonly #opaque = new Map<Formula, Opaque>();
  /** Variables that something opaque is surely so. */
  readonly #surely = new Set<number>();
  readonly #named = new Set<number>();
  readonly #told = new Map<number, Set<Bits>>();

  constructor(space: Space, formulas: readonly Formula[]) {
    this.#space = space;
    for (const formula of formulas)
      eachAtom(formula, (variable, cells) => {
        const told = this.#told.get(variable) ?? new Set();
        this.#told.set(variable, told);
        if (cells) told.add(cells);
      });
  }

  /** That it is so, whatever the values turn out to be. */
  sure(formula: Formula): Formula {
    switch (formula.kind) {
      case 'constant':
        return formula.truth === 2 ? TRUE : FALSE;
      case 'atom':
        if (formula.unknown) return this.unknown(formula);
        // It has some value: so what it cannot have it surely has not.
        return this.mayBe(formula, true) === FALSE ? FALSE : not(this.mayBe(formula, false));
      case 'not':
        return not(this.may(formula.item));
      case 'certain':
        return this.sure(formula.item);
      case 'all':
        return all(formula.items.map(item => this.sure(item)));
      case 'any':
        return any(formula.items.map(item => this.sure(item)));
      case 'count':
        return not(this.countIn(formula, count => !formula.accepts(count)));
      case 'table':
        return this.opaque(formula).sure;
      default:
        return this.opaque(formula).sure;
    }
  }

  /** That it can still turn out so. */
  may(formula: Formula): Formula {
    switch (formula.kind) {
      case 'constant':
        return formula.truth === 0 ? FALSE : TRUE;
      case 'atom':
        return formula.unknown ? this.unknown(formula) : this.mayBe(formula, true);
      case 'not':
        return not(this.sure(formula.item));
      case 'certain':
        return this.sure(formula.item);
      case 'all':
        return all(formula.items.map(item => this.may(item)));
      case 'any':
        return any(formula.items.map(item => this.may(item)));
      case 'count':
        return this.countIn(formula, formula.accepts);
      default:
        return this.opaque(formula).may;
    }
  }

  /** That one of the numbers from the sure to the possible ones is accepted. */
  private countIn({ items }: Count, accepts: (count: number) => boolean): Formula {
    const sure = items.map(item => this.sure(item));
    const may = items.map(item => this.may(item));
    const numbers = Array.from({ length: items.length + 1 }, (_, i) => i).filter(accepts);
    return any(
      numbers.map(number =>
        all([
          { kind: 'count', items: sure, accepts: count => count <= number },
          { kind: 'count', items: may, accepts: count => count >= number },
        ]),
      ),
    );
  }

  /** That the value may be in one of the cells, or may be in another. */
  private mayBe({ variable, cells }: Atom, inside: boolean): Formula {
    const part = this.part(variable);
    const wanted = (index: number) => hasBit(cells, part.classOf.indexOf(index)) === inside;
    const classes = [...new Set(part.classOf)].filter(index => index >= 0 && wanted(index));
    if (!part.isKnown) return any(classes.map(index => holds(part.variables[index]!)));
    return { kind: 'atom', variable: part.variables[0]!, cells: bitsWhere(Math.max(...part.classOf) + 1, i => classes.includes(i)) };
  }

  /** Of several values one is taken: it is enough for whoever confirms the patient. */
  patientIn(box: readonly Bits[]): { box: Bits[]; used: ReadonlySet<number> } {
    const cells = this.#space.box;
    for (const [variable, { isKnown, variables, classOf, absent }] of this.#parts) {
      const may = (index: number) => (isKnown ? hasBit(box[variables[0]!]!, index) : hasBit(box[variables[index]!]!, 1));
      const chosen = absent !== undefined && may(absent) ? absent : [...new Set(classOf)].find(index => index >= 0 && may(index));
      const at = classOf.indexOf(chosen ?? 0);
      cells[variable] = bitsWhere(classOf.length, cell => cell === at);
    }
    return { box: cells, used: new Set(this.#parts.keys()) };
  }

  /** Whether the formulas hold only by what something opaque is taken to be. */
  hangsOnOpaque(box: readonly Bits[], formulas: readonly Formula[]): boolean {
    if (this.#named.size === 0) return false;
    const any = box.map((left, variable) => (this.#named.has(variable) ? fullBits(2) : left));
    return formulas.some(formula => truthOf(formula, any) !== 2);
  }

  /** Absent where that is left, else every class that is left; what is not known of a formula stays open. */
  leastKnown(box: readonly Bits[]): Bits[] {
    const chosen = box.map((left, variable) => (this.#surely.has(variable) || !hasBit(left, 1) ? first(left) : YES));
    for (const { isKnown, absent, variables } of this.#parts.values()) {
      if (isKnown) chosen[variables[0]!] = first(box[variables[0]!]!);
      else if (absent !== undefined && hasBit(box[variables[absent]!]!, 1))
        for (const [i, variable] of variables.entries()) chosen[variable] = i === absent ? YES : NO;
    }
    return chosen;
  }

  private unknown({ variable }: Atom): Formula {
    const part = this.part(variable);
    if (part.isKnown) return FALSE;
    const present = part.variables.map(holds).filter((_, i) => i !== part.absent);
    const wide = part.variables.filter((_, i) => part.isWide[i]).map(holds);
    part.several ??= this.fresh(2);
    return any([
      part.absent === undefined ? FALSE : holds(part.variables[part.absent]!),
      { kind: 'count', items: present, accepts: count => count > 1 },
      all([any(wide), holds(part.several)]),
    ]);
  }

  private part(variable: number): Part {
    const known = this.#parts.get(variable);
    if (known) return known;
    const made = this.makePart(this.#space.variables[variable]!, [...(this.#told.get(variable) ?? [])]);
    this.#parts.set(variable, made);
    return made;
  }

  private makePart(variable: Variable, told: readonly Bits[]): Part {
    const { cells, fact, option, total } = variable;
    if (variable.free || total) this.isDoubtful = true;
    if (variable.partial || total?.canBeAny || this.mayHaveNoTotal(variable)) this.isPartial = true;
    const isMoment = cells.some(cell => cell.kind === 'event' && (cell.since !== undefined || cell.day?.includes('T')));
    const isRecorded = fact?.required === true && !cells.some(({ kind }) => kind === 'absent');
    const isKnown = (!fact && !option && !total) || (isRecorded && !isMoment);
    // Of an event that must be recorded the day alone may be known: moments of one day are possible together, others are not.
    if (isRecorded && isMoment) this.isDoubtful = true;
    // Totals that are not settled are several at once: no cell of their own.
    const signatures = cells.map((cell, i) =>
      cell.kind !== 'absent' ? told.map(bits => (hasBit(bits, i) ? '1' : '0')).join('') : total ? undefined : 'absent',
    );
    const distinct = [...new Set(signatures)].filter(signature => signature !== undefined);
    const classOf = signatures.map(signature => (signature === undefined ? -1 : distinct.indexOf(signature)));
    const absent = distinct.indexOf('absent');
    const isWide = distinct.map((_, index) => {
      const within = cells.filter((_, i) => classOf[i] === index);
      return within.length > 1 || within.some(cell => hasSeveral(cell, variable));
    });
    if (isKnown) return { classOf, variables: [this.fresh(distinct.length)], isKnown, absent: undefined, isWide, several: undefined };
    const variables = distinct.map(() => this.fresh(2));
    this.ties.push(any(variables.map(holds)));
    if (absent >= 0)
      for (const [i, other] of variables.entries())
        if (i !== absent) this.ties.push(any([not(holds(variables[absent]!)), not(holds(other))]));
    return { classOf, variables, isKnown, absent: absent < 0 ? undefined : absent, isWide, several: undefined };
  }

  /** Where what a score applies to reads something twice, it may be open and yet hold for none of the values: then no total is possible. */
  private mayHaveNoTotal({ total }: Variable): boolean {
    const when = total && this.#space.ruleSet.scores.get(total.score)?.when;
    return when !== undefined && !readsEachOnce(when, this.#space.ruleSet);
  }

  /** Tables and scores take what they read together: only bounds are known where they read it twice, and for scores not even those. */
  private opaque(formula: Formula): Opaque {
    const known = this.#opaque.get(formula);
    if (known) return known;
    const made =
      formula.kind === 'table' ? this.table(formula) : formula.kind === 'component' ? this.component(formula) : this.named(TRUE, FALSE);
    this.#opaque.set(formula, made);
    return made;
  }

  private table(formula: Table): Opaque {
    const none = all(formula.rows.map(({ when }) => not(this.sure(when))));
    const mayGive = (accepted: boolean) =>
      any([
        none,
        ...formula.rows.flatMap((row, i) =>
          row.accepted === accepted ? [all([this.may(row.when), ...formula.rows.slice(0, i).map(({ when }) => not(this.sure(when)))])] : [],
        ),
      ]);
    const bounds = { may: mayGive(true), sure: not(mayGive(false)) };
    return this.readsTwice(formula) ? this.named(bounds.may, bounds.sure) : bounds;
  }

  private component({ score, accepts }: Component): Opaque {
    const rows = score.parts.flatMap(part => (part.kind === 'rows' ? [part] : []));
    if (rows.length < score.parts.length) return this.named(TRUE, FALSE);
    return this.named(any(rows.map(part => this.mayHave(part, accepts))), FALSE);
  }

  /** That some row may be the first to hold, or that none may, and gives such points. */
  private mayHave({ rows, otherwise }: Rows, accepts: (points: number) => boolean): Formula {
    // Where none are listed they can be any.
    const isAccepted = (points: readonly number[]) => points.length === 0 || points.some(accepts);
    const unless = (count: number) => rows.slice(0, count).map(({ when }) => not(this.sure(when)));
    return any([
      ...rows.flatMap(({ when, points }, i) => (isAccepted(points) ? [all([this.may(when), ...unless(i)])] : [])),
      isAccepted(otherwise) ? all(unless(rows.length)) : FALSE,
    ]);
  }

  private readsTwice(formula: Formula): boolean {
    const seen = new Set<number>();
    let twice = false;
    eachAtom(formula, variable => {
      if (seen.has(variable) && !this.part(variable).isKnown) twice = true;
      seen.add(variable);
    });
    return twice;
  }

  private named(most: Formula, least: Formula): Opaque {
    const [surely, maybe] = [this.fresh(2), this.fresh(2)];
    this.#surely.add(surely);
    this.#named.add(surely).add(maybe);
    const [sure, may] = [holds(surely), holds(maybe)];
    this.ties.push(any([not(sure), may]), any([not(may), most]), any([not(least), sure]));
    return { sure, may };
  }

  private fresh(cells: number): number {
    this.box.push(fullBits(cells));
    return this.box.length - 1;
  }
}

/** Whether it is one test of a fact, or is made of tests of several recorded facts: then each may turn out by itself. */
function readsEachOnce(condition: Condition, ruleSet: RuleSet): boolean {
  if (condition.kind === 'fact' || condition.kind === 'threshold') return true;
  const names: (string | undefined)[] = [];
  const gather = (part: Condition): boolean => {
    if (part.kind === 'not') return gather(part.item);
    if (part.kind === 'all' || part.kind === 'any') return part.items.every(gather);
    if (part.kind !== 'fact' && part.kind !== 'threshold') return false;
    names.push(part.kind === 'fact' ? part.fact.value : ruleSet.thresholds.get(part.threshold.value)?.fact?.value);
    return true;
  };
  return gather(condition) && new Set(names).size === names.length && names.every(name => name !== undefined && !ruleSet.derived.has(name));
}

const YES = bitsWhere(2, cell => cell === 1);
const NO = bitsWhere(2, cell => cell === 0);

function first(bits: Bits): Bits {
  const cell = firstBit(bits);
  return bitsWhere(bits.length * 32, each => each === cell);
}

function holds(variable: number): Formula {
  return { kind: 'atom', variable, cells: YES };
}

/** Whether more than one value lies in the cell. */
function hasSeveral(cell: Cell, { cells, fact }: Variable): boolean {
  if (cell.kind !== 'number') return cell.kind === 'event' || (cell.kind === 'code' && cell.values.length > 1);
  const { above, below } = cell;
  if (fact?.type === 'integer' && above && below) return below.minus(above).compare(Exact.of(2)) > 0;
  return above !== undefined || below !== undefined || cells.filter(({ kind }) => kind === 'number').length === 1;
}
