/**
 * What each rule asks of single facts of the patient at least, and from that which rules could fire together: a set of rules, a bit for each,
 * by a few intersections instead of a question for every pair.
 */
import { factIn } from '../model/names.ts';
import type { Condition, Rule, RuleSet } from '../model/rule-set.ts';
import { type Bits, countBits, fullBits, intersection, isEmpty, union } from './bits.ts';
import { type Column, columnOf, endsOf, FEW_CELLS, keep, type Said } from './columns.ts';
import type { Formula } from './formula.ts';
import { groupOf, overridersOf } from './gather.ts';
import { boxesByRule, type RuleBoxes } from './meeting-rules.ts';
import { PATIENT, type Space } from './space.ts';

/** By variable the cells that the rule needs; what it says nothing of is not there. */
type Needs = ReadonlyMap<number, Bits>;

interface RuleBox {
  readonly needs: Needs;
  /** Whether the rule fires for every patient within: nothing else has a say. */
  readonly isWhole: boolean;
}

const MADE = new WeakMap<Space, RuleBoxes>();

/** Of all rules. The space gives the facts of the patient their cells; of records nothing is read. */
export function ruleBoxes(space: Space): RuleBoxes {
  const known = MADE.get(space) ?? makeBoxes(space, [...space.ruleSet.rules.values()]);
  MADE.set(space, known);
  return known;
}

function makeBoxes(space: Space, rules: readonly Rule[]): RuleBoxes {
  const scope = needsOf(space, space.ruleSet.root.appliesTo, undefined);
  const isPlain = scope.isWhole && space.ruleSet.impossible.size === 0;
  const boxes = rules.map(rule => boxOf(space, rule, scope, isPlain));
  // One that nobody meets never fires.
  const everybody = fullBits(rules.length);
  boxes.forEach(({ needs }, i) => {
    for (const cells of needs.values()) if (isEmpty(cells)) everybody[i >> 5]! &= ~(1 << (i & 31));
  });
  const columns = columnsOf(space, boxes);
  const keepMeeting = (left: Bits, index: number) => {
    keep(left, everybody);
    for (const [variable, cells] of boxes[index]!.needs) columns.get(variable)!.keepMeeting(left, cells);
  };
  const keepContaining = (left: Bits, index: number) => {
    keep(left, everybody);
    for (const [variable, column] of columns) {
      const cells = boxes[index]!.needs.get(variable);
      const isKnown = space.variables[variable]!.fact?.required === true;
      // Of what everybody has some value is known: it may be any of those left.
      if (cells && isKnown) column.keepMeeting(left, cells);
      else if (cells) column.keepContaining(left, cells);
      else if (!isKnown) keep(left, column.silent);
    }
  };
  return boxesByRule(rules, { keepMeeting, keepContaining, isWhole: index => boxes[index]!.isWhole });
}

/** As far as it lies in the scope. */
function boxOf(space: Space, rule: Rule, scope: RuleBox, isScopePlain: boolean): RuleBox {
  const needs = new Map<number, Bits>();
  const isWhole = addNeeds(needs, space, rule.when, groupOf(space.ruleSet, rule)) && scope.isWhole;
  for (const [variable, cells] of scope.needs) addNeed(needs, variable, cells);
  const isAlone = !rule.until && !rule.given && !rule.precaution && rule.of === undefined && overridersOf(space.ruleSet, rule).length === 0;
  return { needs, isWhole: isWhole && isScopePlain && isAlone && isSound(space, needs) };
}

function isSound(space: Space, needs: Needs): boolean {
  for (const [variable, cells] of needs)
    if (isEmpty(cells) || !isSure(space.variables[variable]!) || !isTold(space, [variable, cells])) return false;
  return true;
}

/** Adds what the condition needs, as most rules need it: several tests, all to be met. Whether that is all the condition says. */
function addNeeds(needs: Map<number, Bits>, space: Space, condition: Condition | undefined, group: string | undefined): boolean {
  if (condition?.kind === 'all' && condition.items.length > 0) {
    let isWhole = true;
    for (const item of condition.items) if (!addNeeds(needs, space, item, group)) isWhole = false;
    return isWhole;
  }
  if (condition?.kind === 'fact' && group === undefined) {
    const formula = space.condition(condition, PATIENT);
    if (formula.kind === 'atom') {
      addNeed(needs, formula.variable, formula.cells);
      return true;
    }
  }
  const box = needsOf(space, condition, group);
  for (const [variable, cells] of box.needs) addNeed(needs, variable, cells);
  return box.isWhole;
}

function addNeed(needs: Map<number, Bits>, variable: number, cells: Bits): void {
  const known = needs.get(variable);
  needs.set(variable, known ? intersection(known, cells) : cells);
}

/** No computed number, and no event of which both the day and the time since it are asked: of two of these not all go together. */
function isSure({ free, cells }: Space['variables'][number]): boolean {
  if (free) return false;
  const known = SURE.get(cells) ?? !cells.some(cell => cell.kind === 'event' && cell.day !== undefined && cell.since !== undefined);
  SURE.set(cells, known);
  return known;
}

const SURE = new WeakMap<Space['variables'][number]['cells'], boolean>();

const NOTHING: RuleBox = { needs: new Map(), isWhole: true };
const UNSAID: RuleBox = { needs: new Map(), isWhole: false };

/** Group tests and what a record has are left aside: another record may meet them. */
function needsOf(space: Space, condition: Condition | undefined, group: string | undefined): RuleBox {
  if (!condition) return NOTHING;
  switch (condition.kind) {
    case 'all':
      return condition.items.length === 0 ? UNSAID : together(condition.items.map(item => needsOf(space, item, group)));
    case 'any':
      return condition.items.length === 0 ? UNSAID : oneOf(condition.items.map(item => needsOf(space, item, group)));
    case 'fact':
      return ofFact(space, condition, condition.fact.value, group);
    case 'threshold':
      return ofFact(space, condition, space.ruleSet.thresholds.get(condition.threshold.value)?.fact?.value, group);
    case 'score-total':
    case 'score-bands':
      return isOfRecord(space.ruleSet, condition.score.value) ? UNSAID : ofFormula(space.condition(condition, PATIENT));
    default:
      return UNSAID;
  }
}

function isOfRecord({ scores }: RuleSet, score: string): boolean {
  return scores.get(score)?.of !== undefined;
}

function ofFact(space: Space, condition: Condition, name: string | undefined, group: string | undefined): RuleBox {
  const fact = name === undefined ? undefined : factIn(space.ruleSet, group, name);
  return fact && fact.group === undefined ? ofFormula(space.condition(condition, PATIENT)) : UNSAID;
}

/** Totals hang on what they are made of, so that a box over them is never the whole of it. */
function ofFormula(formula: Formula): RuleBox {
  if (formula.kind === 'atom') return { needs: new Map([[formula.variable, formula.cells]]), isWhole: true };
  if (formula.kind === 'all') return { ...together(formula.items.map(ofFormula)), isWhole: false };
  if (formula.kind === 'any') return { ...oneOf(formula.items.map(ofFormula)), isWhole: false };
  return UNSAID;
}

function together(boxes: readonly RuleBox[]): RuleBox {
  const needs = new Map<number, Bits>();
  for (const box of boxes) for (const [variable, cells] of box.needs) addNeed(needs, variable, cells);
  return { needs, isWhole: boxes.every(({ isWhole }) => isWhole) };
}

/** What every alternative says something of, each time as much as any allows. */
function oneOf(boxes: readonly RuleBox[]): RuleBox {
  const [first, ...others] = boxes;
  const needs = new Map<number, Bits>();
  for (const [variable, cells] of first!.needs) {
    const theirs = others.map(box => box.needs.get(variable));
    if (theirs.every(each => each !== undefined))
      needs.set(
        variable,
        theirs.reduce<Bits>((sum, each) => union(sum, each!), cells),
      );
  }
  const isOneFact = needs.size === 1 && boxes.every(box => box.needs.size === 1);
  return { needs, isWhole: isOneFact && boxes.every(({ isWhole }) => isWhole) };
}

function columnsOf(space: Space, boxes: readonly RuleBox[]): ReadonlyMap<number, Column> {
  const said = new Map<number, Said[]>();
  boxes.forEach(({ needs }, rule) => {
    for (const [variable, cells] of needs) {
      const list = said.get(variable);
      if (list) list.push({ rule, cells });
      else said.set(variable, [{ rule, cells }]);
    }
  });
  return new Map(
    [...said].map(([variable, needed]) => [variable, columnOf(needed, space.variables[variable]!.cells.length, boxes.length)]),
  );
}

/** Whether the cells are one stretch, or so few that they are told apart. */
function isTold(space: Space, [variable, cells]: readonly [number, Bits]): boolean {
  const size = space.variables[variable]!.cells.length;
  const [start, end] = endsOf(cells, size);
  return size <= FEW_CELLS || countBits(cells) === end - start + 1;
}
