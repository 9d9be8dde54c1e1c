/**
 * The patient whom no rule of a decision table answers, where all its rules are plain boxes: the same patient and the same region as formulas of the
 * rules would give, in as many steps, but for large tables they would take longer to make than all the rest.
 */
import type { Condition, Decision, Rule } from '../model/rule-set.ts';
import { type Bits, firstBit, intersection, setRange } from './bits.ts';
import { simplestOf } from './cells.ts';
import type { Clause, Task } from './clauses.ts';
import { overridersOf } from './gather.ts';
import { type PlainAxis, type PlainBoxes, plainBoxesOf } from './plain-boxes.ts';
import { type OutsideOf, plainRegionOf } from './plain-region.ts';
import { plainest } from './plain-witness.ts';
import { type Answer, type Inquiry, requiredOf, withinShare } from './question.ts';
import type { Region } from './region.ts';
import { search } from './solve.ts';
import { PATIENT, Space } from './space.ts';
import { testKey } from './test-keys.ts';
import type { Cell } from './variables.ts';
import { type Replayed, smallest, type WitnessPatient, witnessOf } from './witness.ts';

type Table = OutsideOf & {
  readonly space: Space;
  readonly rules: readonly Rule[];
};

/** Undefined where the rule set is more than such a table. `rules` are those that answer, in the order of the rule set; some patient meets none. */
export function plainGap(inquiry: Inquiry, decision: Decision, rules: readonly Rule[]): Answer | undefined {
  const plain = plainBoxesOf(inquiry);
  if (!isTable(inquiry, plain)) return undefined;
  const table = tableOf(inquiry, plain, rules);
  const { space } = table;
  const solution = withinShare(inquiry, inquiry.share, ({ budget }) => search(taskOf(table), budget));
  if (solution.kind === 'stopped') return { kind: 'open', why: 'budget' };
  if (solution.kind === 'none') return undefined;
  const { box } = solution;
  const unanswered = ({ inScope, decisions }: Replayed) => inScope && decisions.get(decision.id) === 'no-answer';
  const first = witnessOf(space, box, new Set(space.variables.keys()));
  if (!unanswered(inquiry.replay.instead(askingLess(table, box))(first))) return undefined;
  return foundWith(inquiry, table, box, first, patient => unanswered(inquiry.replay(patient)));
}

/** Whether all rules are plain boxes, and nothing else asks of their facts, which are all there is. */
function isTable({ ruleSet }: Inquiry, { isPlain, isMet, rules }: PlainBoxes): boolean {
  const { root, impossible, groups, derived, scores } = ruleSet;
  if (root.appliesTo || impossible.size + groups.size + derived.size + scores.size > 0) return false;
  if (isPlain.includes(0) || isMet.includes(0)) return false;
  return rules.every(rule => !rule.until && !rule.given && overridersOf(ruleSet, rule).length === 0);
}

/** Variables stand in the order in which formulas would ask for them. */
function tableOf({ ruleSet, few }: Inquiry, { axes, rules, starts, sides }: PlainBoxes, wanted: readonly Rule[]): Table {
  const space = new Space(ruleSet, new Map(), few.gathered);
  const byFact = new Map(axes.map(axis => [axis.fact, axis]));
  const variableOf = (axis: PlainAxis) => space.variable(space.factKey(axis.fact, PATIENT), () => asVariable(axis));
  for (const fact of ruleSet.facts.values()) {
    if (!fact.required) continue;
    const axis = byFact.get(fact);
    if (axis) variableOf(axis);
    else space.factVariable(fact, PATIENT);
  }
  const own = { starts: new Int32Array(wanted.length + 1), sides: new Int32Array(sides.length) };
  let end = 0;
  for (let i = 0, at = 0; i < rules.length && at < wanted.length; i++) {
    if (rules[i] !== wanted[at]) continue;
    for (let side = starts[i]!; side < starts[i + 1]!; side += 3) {
      own.sides[end++] = variableOf(axes[sides[side]!]!);
      own.sides[end++] = sides[side + 1]!;
      own.sides[end++] = sides[side + 2]!;
    }
    own.starts[++at] = end;
  }
  return { space, rules: wanted, count: wanted.length, starts: own.starts, sides: own.sides.subarray(0, end) };
}

function asVariable({ fact, cells }: PlainAxis) {
  const whole = fact.type === 'integer';
  const unit = fact.unit?.value;
  const asCell = (cell: PlainAxis['cells'][number], i: number): Cell => {
    if (fact.type === 'boolean') return { kind: 'boolean', value: i === 1 };
    const { above, below } = cell;
    if (!above && !below) return { kind: 'number', value: cell.value, unit, above, below };
    return {
      kind: 'number',
      unit,
      above,
      below,
      get value() {
        return simplestOf(cell, whole);
      },
    };
  };
  return { ...PATIENT, fact, cells: cells.map(asCell), free: false };
}

/** That no rule fires: each has a value outside of its box. */
function taskOf({ space, count, starts, sides }: Table): Task {
  const box = space.box;
  const clauses: Clause[] = [];
  const known = box.map(() => new Map<number, Bits>());
  const outside = (variable: number, first: number, last: number): Bits => {
    const key = first * box[variable]!.length * 32 + last;
    const bits = known[variable]!.get(key) ?? allBut(box[variable]!, first, last);
    known[variable]!.set(key, bits);
    return bits;
  };
  for (let i = 0; i < count; i++) {
    const variables: number[] = [];
    const cells: Bits[] = [];
    for (let side = starts[i]!; side < starts[i + 1]!; side += 3) {
      variables.push(sides[side]!);
      cells.push(outside(sides[side]!, sides[side + 1]!, sides[side + 2]!));
    }
    if (variables.length === 1) box[variables[0]!] = intersection(box[variables[0]!]!, cells[0]!);
    else clauses.push({ variables, cells });
  }
  return { box, clauses, formulas: [] };
}

function allBut({ length }: Bits, first: number, last: number): Bits {
  const bits = new Uint32Array(length);
  setRange(bits, 0, first);
  setRange(bits, last + 1, length * 32);
  return bits;
}

/**
 * Each rule with only the tests of one fact, which the patient fails: whoever is ruled out by these is by all. Of rules that would be left with the
 * same tests, written alike, one stands for all.
 */
function askingLess({ space, rules, starts, sides }: Table, box: readonly Bits[]): Rule[] {
  const cells = box.map(firstBit);
  const fails = (side: number) => {
    const cell = cells[sides[side]!]!;
    return cell < sides[side + 1]! || cell > sides[side + 2]!;
  };
  const less = new Map<string, Rule>();
  rules.forEach((rule, i) => {
    let side = starts[i]!;
    while (side < starts[i + 1]! && !fails(side)) side += 3;
    const when = side < starts[i + 1]! && rule.when ? testsOf(rule.when, space.variables[sides[side]!]!.fact!.id) : rule.when;
    const key = keyOf(when);
    if (!less.has(key)) less.set(key, { ...rule, when });
  });
  return [...less.values()];
}

function keyOf(condition: Condition | undefined): string {
  if (condition?.kind === 'fact') return `${condition.fact.value} ${testKey(condition.test)}`;
  return condition?.kind === 'all' ? condition.items.map(keyOf).join(' ') : '';
}

function testsOf(condition: Condition, fact: string): Condition {
  const items: Condition[] = [];
  addTests(items, condition, fact);
  return items.length === 1 ? items[0]! : { kind: 'all', items, span: condition.span };
}

function addTests(items: Condition[], condition: Condition, fact: string): void {
  if (condition.kind === 'all') for (const item of condition.items) addTests(items, item, fact);
  else if (condition.kind === 'fact' && condition.fact.value === fact) items.push(condition);
}

function foundWith(
  inquiry: Inquiry,
  table: Table,
  box: readonly Bits[],
  first: WitnessPatient,
  shows: (patient: WitnessPatient) => boolean,
): Answer {
  const { space } = table;
  const required = requiredOf(inquiry.ruleSet);
  let witness: WitnessPatient | undefined;
  let region: Region | undefined;
  const grown = () => {
    region ??= plainRegionOf(space, box, table);
    return region;
  };
  return {
    kind: 'found',
    space,
    box,
    words: new Map(),
    get witness() {
      const plain = () => plainest(smallest(first, shows, required), { space, replay: inquiry.replay, shows, region: grown });
      witness ??= smallest(plain(), shows, required);
      return witness;
    },
    get region() {
      return grown();
    },
  };
}
