/**
 * The patient space of a question: variables for the patient's facts and for the records it needs, and the conditions of the rule set as
 * formulas over them. Patients are complete, fresh and within the domains; a value is absent only where some condition asks `unknown`.
 */

import { factIn } from '../model/names.ts';
import type { Condition, DerivedFact, Fact, Rule, RuleSet, Test } from '../model/rule-set.ts';
import { type AbsentInput, hangsOnInput, mayLackValue } from './absent-input.ts';
import { type Bits, bitsWhere, emptyBits, fullBits, setRange } from './bits.ts';
import { inUnit } from './cells.ts';
import { givenFormula } from './decided.ts';
import { eventCells } from './event-cells.ts';
import { all, any, atomOf, eachAtom, FALSE, type Formula, not, TRUE, type Truth, UNKNOWN } from './formula.ts';
import { type FactTests, type Gathered, gather, groupOf, isDerived, overridersOf, siteFact } from './gather.ts';
import { countRecords, everyRecord, someRecord } from './group-tests.ts';
import { type Layout, layoutOf, markMeeting } from './number-cells.ts';
import { scoreCondition } from './score-formula.ts';
import { shapeText } from './slots.ts';
import { countTest, testKey } from './test-keys.ts';
import { unknownTest } from './unknown-tests.ts';
import { type Cell, cellTruth, constantCell, factCells, hasMoreSets, hasOpenPoints, type Variable } from './variables.ts';

/** Whose facts a condition sees: a record of a group, by its place among the records of the question, or only the patient's. */
export interface Scope {
  readonly group: string | undefined;
  readonly slot: number;
}

export const PATIENT: Scope = { group: undefined, slot: 0 };

/** The place of the record that an incomplete list may still hold: nothing is known of it. */
export const UNLISTED = -1;

export class Space {
  readonly ruleSet: RuleSet;
  readonly gathered: Gathered;
  /** How many records of each group a patient of the space may have. */
  readonly slots: ReadonlyMap<string, number>;
  readonly absent: AbsentInput;
  readonly variables: Variable[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #rules = new Map<string, Formula>();
  readonly #tests = new Map<string, Formula>();

  constructor(ruleSet: RuleSet, slots: ReadonlyMap<string, number>, gathered: Gathered = gather(ruleSet), absent: AbsentInput = {}) {
    this.absent = absent;
    this.ruleSet = ruleSet;
    this.slots = slots;
    this.gathered = gathered;
  }

  /** Whether one of the variables leaves out values that a patient can have: then finding none proves nothing. */
  isPartial(used: ReadonlySet<number>): boolean {
    return [...used].some(index => this.variables[index]!.partial);
  }

  get sizes(): number[] {
    return this.variables.map(({ cells }) => cells.length);
  }

  #box: Bits[] = [];

  /** Every cell of every variable; the bits are shared, the list is the caller's. */
  get box(): Bits[] {
    while (this.#box.length < this.variables.length) this.#box.push(fullBits(this.variables[this.#box.length]!.cells.length));
    return [...this.#box];
  }

  /** The index of a variable, made when first asked for. */
  variable(key: string, make: () => Omit<Variable, 'key'>): number {
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.variables.length;
    this.#indexes.set(key, index);
    this.variables.push({ key, ...make() });
    return index;
  }

  readonly #ties = new Map<number, Formula>();

  /** A formula that holds for every patient because of what the variable is. */
  tie(variable: number, formula: Formula): void {
    if (!this.#ties.has(variable)) this.#ties.set(variable, formula);
  }

  readonly #tiesOf = new WeakMap<Formula, readonly Formula[]>();

  /** The ties of all variables that the formulas read, and of those that these ties read in turn. */
  tiesOf(formulas: readonly Formula[]): Formula[] {
    const found = new Set<Formula>();
    for (const formula of formulas) for (const tie of this.tiesOfOne(formula)) found.add(tie);
    return [...found];
  }

  private tiesOfOne(formula: Formula): readonly Formula[] {
    const known = this.#tiesOf.get(formula);
    if (known) return known;
    const found = new Set<Formula>();
    if (this.#ties.size === 0) return [];
    const visit = (one: Formula): void =>
      eachAtom(one, variable => {
        const tie = this.#ties.get(variable);
        if (!tie || found.has(tie)) return;
        found.add(tie);
        visit(tie);
      });
    visit(formula);
    const ties = [...found];
    this.#tiesOf.set(formula, ties);
    return ties;
  }

  /** That a record is there. */
  present(group: string, slot: number): Formula {
    const index = this.variable(`${group}#${slot}`, () => ({ group, slot, cells: NO_YES, free: false }));
    return { kind: 'atom', variable: index, cells: bitsWhere(2, cell => cell === 1) };
  }

  /** That the list of records is not complete: only where some condition asks for it. */
  incomplete(group: string): Formula {
    if (!this.gathered.unknownGroups.has(group)) return FALSE;
    const index = this.variable(`${group}?`, () => ({ group, slot: UNLISTED, cells: NO_YES, free: false }));
    return { kind: 'atom', variable: index, cells: bitsWhere(2, cell => cell === 1) };
  }

  /** Unknown while the list is not complete. */
  maybeMore(group: string): Formula {
    return all([this.incomplete(group), UNKNOWN]);
  }

  /** That the condition holds for a record that is there, or may hold for one that is not listed. */
  anyRecord(group: string, holds: (scope: Scope) => Formula): Formula {
    const more = this.incomplete(group) === FALSE ? FALSE : all([this.maybeMore(group), holds({ group, slot: UNLISTED })]);
    return any([...this.scopesOf(group).map(scope => all([this.present(group, scope.slot), holds(scope)])), more]);
  }

  /** That the record is not there, or one of the rules fires in it. */
  answered(scope: Scope, rules: readonly Rule[]): Formula {
    return any([not(this.present(scope.group!, scope.slot)), ...rules.map(rule => this.fires(rule, scope))]);
  }

  scopesOf(group: string): Scope[] {
    return Array.from({ length: this.slots.get(group) ?? 0 }, (_, slot) => ({ group, slot }));
  }

  #leftOut: Rule | undefined;

  /** What `make` gives if the rule were not there: rules that it overrides are free then. */
  without<Made>(rule: Rule, make: () => Made): Made {
    this.#leftOut = rule;
    try {
      return make();
    } finally {
      this.#leftOut = undefined;
    }
  }

  /** `when`, and not `until`, and no overriding rule; for a rule of a group in the record of the scope. */
  fires(rule: Rule, scope: Scope): Formula {
    const left = this.#leftOut?.override ? this.#leftOut.id : '';
    const key = `${rule.id}@${scope.group === undefined ? '' : scope.slot}-${left}`;
    const known = this.#rules.get(key);
    if (known) return known;
    // A cycle of overrides is an error elsewhere; here it must only end.
    this.#rules.set(key, UNKNOWN);
    const formula = all([
      this.sited(rule, scope),
      this.condition(rule.when, scope),
      not(this.until(rule, scope)),
      ...this.overriding(rule, scope).map(not),
    ]);
    this.#rules.set(key, formula);
    return formula;
  }

  private until(rule: Rule, scope: Scope): Formula {
    return rule.until ? this.condition(rule.until, scope) : FALSE;
  }

  /** A rule that waits for a decision never certainly overrides one that does not: the decision may hang on it. */
  private overriding(rule: Rule, scope: Scope): Formula[] {
    const others = overridersOf(this.ruleSet, rule).filter(other => other !== this.#leftOut);
    return others.map(other => {
      const fires = this.fires(other, groupOf(this.ruleSet, other) === undefined ? PATIENT : scope);
      if (!other.given) return fires;
      return all([fires, rule.given ? givenFormula(this, other) : UNKNOWN]);
    });
  }

  private sited(rule: Rule, scope: Scope): Formula {
    if (!rule.precaution) return TRUE;
    return this.atSites(
      rule.sites.map(({ value }) => value),
      scope,
    );
  }

  /** That the record lies at or below one of the sites. */
  atSites(sites: readonly string[], scope: Scope): Formula {
    const fact = siteFact(this.ruleSet);
    if (!fact) return UNKNOWN;
    const span = { start: 0, end: 0 };
    return this.test(
      fact,
      {
        span,
        is: undefined,
        in: sites.map(value => ({ value, span })),
        atLeast: undefined,
        above: undefined,
        atMost: undefined,
        below: undefined,
        unit: undefined,
      },
      scope,
    );
  }

  condition(condition: Condition | undefined, scope: Scope): Formula {
    if (!condition) return TRUE;
    switch (condition.kind) {
      case 'all':
        return condition.items.length === 0 ? UNKNOWN : all(condition.items.map(item => this.condition(item, scope)));
      case 'any':
        return condition.items.length === 0 ? UNKNOWN : any(condition.items.map(item => this.condition(item, scope)));
      case 'not':
        return not(this.condition(condition.item, scope));
      case 'fact':
        return this.namedTest(condition.fact.value, condition.test, scope);
      case 'threshold': {
        const threshold = this.ruleSet.thresholds.get(condition.threshold.value);
        return threshold?.fact ? this.namedTest(threshold.fact.value, threshold.test, scope) : UNKNOWN;
      }
      case 'some':
        return someRecord(this, condition.group.value, condition.where);
      case 'none':
        return not(someRecord(this, condition.group.value, condition.where));
      case 'every':
        return everyRecord(this, condition.group.value, condition.where);
      case 'count-records':
        return countRecords(this, condition.group.value, condition.where, condition.test);
      case 'count-conditions':
        return { kind: 'count', items: condition.items.map(item => this.condition(item, scope)), accepts: countTest(condition.test) };
      case 'unknown':
        return this.once(condition, scope, () => unknownTest(this, condition.what, condition.name.value, scope));
      case 'unreadable':
        return UNKNOWN;
      default:
        return this.once(condition, scope, () => scoreCondition(this, condition, scope));
    }
  }

  /** The same condition is the same formula, wherever it stands. */
  private once(condition: Condition, { group, slot }: Scope, make: () => Formula): Formula {
    const key = `${group ?? ''}#${slot} ${shapeText(condition)}`;
    const formula = this.#tests.get(key) ?? make();
    this.#tests.set(key, formula);
    return formula;
  }

  private namedTest(name: string, test: Test, scope: Scope): Formula {
    const fact = factIn(this.ruleSet, scope.group, name);
    return fact ? this.test(fact, test, scope) : UNKNOWN;
  }

  test(fact: Fact | DerivedFact, test: Test, scope: Scope): Formula {
    const key = `${this.factKey(fact, scope)} ${testKey(test)}`;
    const formula = this.#tests.get(key) ?? this.makeTest(fact, test, scope);
    this.#tests.set(key, formula);
    return formula;
  }

  private makeTest(fact: Fact | DerivedFact, test: Test, scope: Scope): Formula {
    if (isUnlisted(fact, scope) && !(isDerived(fact) && fact.how?.kind === 'table')) return UNKNOWN;
    if (isDerived(fact) && fact.how?.kind === 'table') return this.tableTest(fact, test, scope);
    const index = this.factVariable(fact, scope);
    const { cells } = this.variables[index]!;
    const holds = emptyBits(cells.length);
    let open: Bits | undefined;
    const openIn = (start: number, end: number) => {
      open ??= emptyBits(cells.length);
      setRange(open, start, end);
    };
    const { stretches, others } = this.layout(index);
    for (const stretch of stretches) {
      const read = inUnit(test, test.unit, fact, stretch.unit);
      if (read) markMeeting(holds, cells, stretch, read);
      else openIn(stretch.start, stretch.end);
    }
    for (const i of others) {
      const truth = cellTruth(this.ruleSet, fact, test, cells[i]!);
      if (truth === 2) setRange(holds, i, i + 1);
      else if (truth === 1) openIn(i, i + 1);
    }
    return atomOf(index, holds, open);
  }

  readonly #layouts = new Map<number, Layout>();

  private layout(index: number): Layout {
    const { cells } = this.variables[index]!;
    const known = this.#layouts.get(index) ?? layoutOf(cells);
    this.#layouts.set(index, known);
    return known;
  }

  private tableTest(fact: DerivedFact, test: Test, scope: Scope): Formula {
    const inside = fact.group === undefined ? PATIENT : scope;
    const rows = fact.how?.kind === 'table' ? fact.how.rows : [];
    const whens = rows.map(({ when }) => this.condition(when, inside));
    const truths = rows.map(({ value }) => cellTruth(this.ruleSet, fact, test, constantCell(this.ruleSet, fact, value.value)));
    const givenAs = (least: Truth): Formula => ({ kind: 'table', rows: whens.map((when, i) => ({ when, accepted: truths[i]! >= least })) });
    return truths.includes(1) ? any([givenAs(2), all([givenAs(1), UNKNOWN])]) : givenAs(2);
  }

  /** A formula from what each cell of the variable says; where a cell says nothing, the formula is unknown there. */
  atom(index: number, truth: (cell: Cell) => Truth): Formula {
    const cells = this.variables[index]!.cells;
    const truths = cells.map(truth);
    return atomOf(
      index,
      bitsWhere(cells.length, i => truths[i] === 2),
      bitsWhere(cells.length, i => truths[i] === 1),
    );
  }

  factKey(fact: Fact, scope: Scope): string {
    return fact.group === undefined ? fact.id : `${scope.group}#${scope.slot}.${fact.id}`;
  }

  /** A time since an event shares the variable of the event. */
  factVariable(fact: Fact | DerivedFact, scope: Scope): number {
    const name = isDerived(fact) && fact.how?.kind === 'since' ? fact.how.event.value : undefined;
    // What it reads it looks for where it is declared itself, whoever asks.
    const event = name === undefined ? fact : factIn(this.ruleSet, fact.group, name);
    if (event?.type === 'date') return this.eventVariable(event, scope);
    return this.variable(this.factKey(fact, scope), () => ({
      ...holderOf(fact, scope),
      fact,
      cells: factCells(this.ruleSet, fact, this.askedOf(fact, scope), this.slots.get(fact.group ?? '') ?? 0),
      free: isDerived(fact),
      partial: hasOpenPoints(fact, this.gathered.facts.get(fact)) || hasMoreSets(this.ruleSet, fact, this.gathered.facts.get(fact)),
    }));
  }

  /** What is asked of the fact in that place: whether it may be absent hangs on the record too. */
  private askedOf(fact: Fact, scope: Scope): FactTests | undefined {
    const asked = this.gathered.facts.get(fact);
    const isInput = hangsOnInput(this.ruleSet, fact, holderOf(fact, scope).slot, this.absent);
    const mayBeAbsent = isInput || mayLackValue(this.ruleSet, fact, this.absent);
    return mayBeAbsent ? { tests: [], asPoints: false, ids: new Set(), ...asked, unknownTested: true } : asked;
  }

  private eventVariable(event: Fact, scope: Scope): number {
    const { facts } = this.gathered;
    return this.variable(this.factKey(event, scope), () => {
      const times = [...this.ruleSet.derived.values()].filter(
        ({ how, group }) => how?.kind === 'since' && factIn(this.ruleSet, group, how.event.value) === event,
      );
      return {
        ...holderOf(event, scope),
        fact: event,
        cells: eventCells(
          this.askedOf(event, scope),
          times.map(fact => ({ fact, asked: facts.get(fact) })),
        ),
        free: false,
      };
    });
  }
}

const NO_YES: readonly Cell[] = [
  { kind: 'boolean', value: false },
  { kind: 'boolean', value: true },
];

/** Whether it is a fact of the record that is not listed. */
export function isUnlisted(fact: Fact, scope: Scope): boolean {
  return fact.group !== undefined && scope.slot === UNLISTED;
}

function holderOf(fact: Fact, scope: Scope): Scope {
  return fact.group === undefined ? PATIENT : scope;
}
