/**
 * Inputs whose absence alone leaves a rule undetermined that forbids, or that decides the strictest value, while no fired rule requires what
 * gives them. Two patients are looked for at once, alike in all but the input: it is absent for the one, and settles the rule for the other.
 */
import { factIn } from '../model/names.ts';
import type { Fact, Rule, RuleSet } from '../model/rule-set.ts';
import { type AbsentInput, hangsOnInput, mayLackValue } from './absent-input.ts';
import { type Bits, bitsWhere, difference, firstBit, fullBits } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { anywhere, givenFormula } from './decided.ts';
import { all, eachAtom, type Formula } from './formula.ts';
import { groupOf, isVoidedBy, withAllKnown } from './gather.ts';
import { nearby } from './nearby.ts';
import { addRequired, firing, hangingOn, type Inquiry, inScope, requiredOf, scopeOf, usedBy, withinShare } from './question.ts';
import { renamed } from './renamed.ts';
import { canBeStale, isRecorded } from './score-formula.ts';
import { slotsFor } from './slots.ts';
import { solve } from './solve.ts';
import { PATIENT, type Scope, Space } from './space.ts';
import { hangsOnTogether } from './taken-together.ts';
import type { Variable } from './variables.ts';
import { type Replayed, smallest, type WitnessPatient, witnessOf } from './witness.ts';

/** A fact, or a score as a whole. */
export interface MissingInput {
  readonly kind: 'fact' | 'score';
  readonly id: string;
  /** The group whose records have it. */
  readonly group: string | undefined;
}

export interface Hazard {
  readonly input: MissingInput;
  /** A rule that stays undetermined without it. */
  readonly rule: Rule;
  readonly answer:
    | { readonly kind: 'found'; readonly witness: WitnessPatient }
    | { readonly kind: 'open'; readonly why: 'budget' | 'records' | 'arithmetic' };
}

/** One for each input: the first rule that hangs on it. */
export function hazards(inquiry: Inquiry): Hazard[] {
  const { ruleSet } = inquiry;
  const barring = [...ruleSet.rules.values()].filter(rule => bars(ruleSet, rule));
  return inputsOf(inquiry).flatMap(input => {
    let open: Hazard | undefined;
    for (const rule of barring) {
      const answer = askWithout(inquiry, input, rule);
      if (answer.kind === 'found') return [{ input, rule, answer }];
      if (answer.kind === 'open') open ??= { input, rule, answer };
    }
    return open ? [open] : [];
  });
}

/** Whether it forbids something or decides the strictest value. */
function bars({ decisions }: RuleSet, { then, given }: Rule): boolean {
  return then.some(effect => {
    if (effect.kind === 'decide') return !given && decisions.get(effect.decision.value)?.values[0]?.id === effect.value.value;
    return effect.kind === 'forbid';
  });
}

/** What a patient file can leave out: facts that are tested, or void a score, and are not required, and scores with options of their own or a date that counts. */
function inputsOf(inquiry: Inquiry): MissingInput[] {
  const { ruleSet } = inquiry;
  const facts = [...ruleSet.facts.values(), ...[...ruleSet.groups.values()].flatMap(group => [...group.facts.values()])];
  const voids = (fact: Fact) => [...ruleSet.scores.keys()].some(score => isVoidedBy(ruleSet, score, fact));
  // What is asked of facts is only gathered where one may be left out.
  const isTested = (fact: Fact) => inquiry.gathered.facts.has(fact);
  const tested = facts.filter(fact => !fact.required && (isTested(fact) || isReadByDerived(ruleSet, fact) || voids(fact)));
  const scores = [...ruleSet.scores.values()].filter(score => canBeStale(score) || [...score.components.values()].some(isRecorded));
  return [
    ...tested.map(({ id, group }): MissingInput => ({ kind: 'fact', id, group })),
    ...scores.map(({ id, of }): MissingInput => ({ kind: 'score', id, group: of?.value })),
  ];
}

function isReadByDerived({ derived }: RuleSet, { type, group }: Fact): boolean {
  if (type === 'text' || type === 'side') return false;
  return [...derived.values()].some(fact => fact.how?.kind !== 'table' && (group === undefined || fact.group === group));
}

type WithoutAnswer = { readonly kind: 'none' } | Hazard['answer'];

function askWithout(inquiry: Inquiry, input: MissingInput, rule: Rule): WithoutAnswer {
  const { ruleSet } = inquiry;
  const group = groupOf(ruleSet, rule);
  // A rule of the group may read another record's value through a test of the group.
  const slots = group !== undefined && group === input.group ? [0, 1] : [0];
  let open: WithoutAnswer = { kind: 'none' };
  for (const slot of slots) {
    const answer = askInRecord(inquiry, input, rule, scopeOf(ruleSet, rule, slot));
    if (answer.kind === 'found') return answer;
    if (answer.kind === 'open') open = answer;
  }
  return open;
}

function askInRecord(inquiry: Inquiry, input: MissingInput, rule: Rule, scope: Scope): WithoutAnswer {
  const { ruleSet } = inquiry;
  const requiring = requirersOf(ruleSet, input);
  const { rules, records } = hangingOn(ruleSet, [rule, ...requiring]);
  const own = new Map(records);
  for (const [group, count] of recordsOf(input, scope)) own.set(group, (own.get(group) ?? 0) + count);
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const { slots, enough } = slotsFor(ruleSet, [...rules.flatMap(({ when, until }) => [when, until]), ...always], own);
  const space = spaceWithout(inquiry, input, slots);
  addRequired(space);
  const asked = questionOf(space, input, rule, scope, requiring);
  if (!asked) return { kind: 'none' };
  for (const wanted of asked.ways) {
    const solution = withinShare(inquiry, inquiry.share, ({ budget }) => solve(space.box, wanted, budget));
    if (solution.kind === 'stopped') return { kind: 'open', why: 'budget' };
    if (solution.kind === 'none') continue;
    const used = usedBy(
      space,
      wanted.map(({ formula }) => formula),
    );
    const shown = (patient: WitnessPatient) => isSettledBy(inquiry, patient, input, rule, requiring);
    const whole = firstShown(withInput(space, solution.box, used, asked.copies), shown);
    if (!whole) return { kind: 'open', why: 'arithmetic' };
    const kept = new Set([...requiredOf(ruleSet), input.id]);
    return { kind: 'found', witness: withoutInput(smallest(whole, shown, kept), input) };
  }
  if (space.isPartial(new Set(space.variables.keys())) || asked.hangsOnTogether()) return { kind: 'open', why: 'arithmetic' };
  return enough ? { kind: 'none' } : { kind: 'open', why: 'records' };
}

function recordsOf(input: MissingInput, scope: Scope): ReadonlyMap<string, number> {
  const own = new Map<string, number>();
  if (input.group !== undefined) own.set(input.group, 1);
  if (scope.group !== undefined) own.set(scope.group, scope.slot + 1);
  return own;
}

/** Rules that require the input itself, or something that gives it. */
function requirersOf({ rules, advice }: RuleSet, { id }: MissingInput): Rule[] {
  const gives = (what: string) => what === id || advice.get(what)?.gives.some(({ value }) => value === id) === true;
  return [...rules.values()].filter(({ then }) => then.some(effect => effect.kind === 'require' && gives(effect.what.value)));
}

const SPACES = new WeakMap<Inquiry, Map<string, Space>>();

function spaceWithout(inquiry: Inquiry, input: MissingInput, slots: ReadonlyMap<string, number>): Space {
  const spaces = SPACES.get(inquiry) ?? new Map<string, Space>();
  SPACES.set(inquiry, spaces);
  const key = JSON.stringify([input, [...slots].sort()]);
  const { ruleSet, gathered } = inquiry;
  const fact = factIn(ruleSet, input.group, input.id);
  const absent: AbsentInput = input.kind === 'fact' && fact ? { fact } : { score: input.id };
  const space = spaces.get(key) ?? new Space(ruleSet, slots, withAllKnown(gathered), absent);
  spaces.set(key, space);
  return space;
}

interface Asked {
  /** The rule is settled one way, or the other. */
  readonly ways: readonly (readonly Wanted[])[];
  /** By variable that hangs on the input the one of the patient who has it. */
  readonly copies: ReadonlyMap<number, number>;
  /** Whether it is asked if something is unknown that the evaluator may know, where it takes values together. */
  hangsOnTogether(): boolean;
}

/** Undefined where the rule does not read the input. */
function questionOf(space: Space, input: MissingInput, rule: Rule, scope: Scope, requiring: readonly Rule[]): Asked | undefined {
  const applies = space.condition(space.ruleSet.root.appliesTo, PATIENT);
  const fires = all([applies, space.fires(rule, scope), givenFormula(space, rule)]);
  const demanded = requiring.map((other): Formula => all([applies, anywhere(space, other)]));
  const bounds = inScope(space);
  const ties = space.tiesOf([fires, ...demanded, ...bounds.map(({ formula }) => formula)]);
  const isInput = ({ stale, fact, slot }: Variable) =>
    stale !== undefined || (fact !== undefined && hangsOnInput(space.ruleSet, fact, slot, space.absent));
  const missing = space.variables.flatMap((variable, i) => (!variable.copy && isInput(variable) && absentCells(variable) ? [i] : []));
  const copies = copiesOf(space, missing, ties);
  if (!reads(fires, new Set(copies.keys()))) return undefined;
  const there = firing(space, rule, scope).slice(2);
  if (input.group !== undefined) there.push({ formula: space.present(input.group, 0), truth: 2 });
  const isAbsent = missing.flatMap((variable): Wanted[] => {
    const absent = absentCells(space.variables[variable]!)!;
    const others = difference(fullBits(space.variables[variable]!.cells.length), absent);
    const isGone: Wanted = { formula: { kind: 'atom', variable, cells: absent }, truth: 2 };
    const { fact } = space.variables[variable]!;
    // What is worked out from the input may have no value all the same.
    if (fact && mayLackValue(space.ruleSet, fact, space.absent)) return [isGone];
    return [isGone, { formula: { kind: 'atom', variable: copies.get(variable)!, cells: others }, truth: 2 }];
  });
  const unasked = demanded.map((formula): Wanted => ({ formula, truth: 0, mayStayUnknown: true }));
  const both = [...ties, ...ties.map(tie => renamed(tie, copies))].map((formula): Wanted => ({ formula, truth: 2 }));
  const others = bounds.map((one): Wanted => ({ ...one, formula: renamed(one.formula, copies) }));
  const common: Wanted[] = [...isAbsent, ...there, ...unasked, ...others, ...both, { formula: fires, truth: 1 }];
  const asUnknown = [fires, ...demanded].map((formula): Wanted => ({ formula, truth: 0 }));
  const together = () => hangsOnTogether(space, asUnknown, () => true);
  return {
    copies,
    hangsOnTogether: together,
    ways: ([2, 0] as const).map(truth => [{ formula: renamed(fires, copies), truth }, ...common]),
  };
}

/** The cells in which the input is not there; undefined for a variable that always is. */
function absentCells({ stale, cells }: Space['variables'][number]): Bits | undefined {
  if (stale !== undefined) return bitsWhere(2, cell => cell === 1);
  return cells.some(({ kind }) => kind === 'absent') && !cells.some(({ kind }) => kind === 'total')
    ? bitsWhere(cells.length, cell => cells[cell]!.kind === 'absent')
    : undefined;
}

/** A variable of its own for the input, and for every total that hangs on it. */
function copiesOf(space: Space, missing: readonly number[], ties: readonly Formula[]): ReadonlyMap<number, number> {
  const hanging = new Set(missing);
  for (let size = -1; size !== hanging.size; ) {
    size = hanging.size;
    for (const tie of ties) if (tie.kind === 'sum' && reads(tie, hanging)) hanging.add(tie.variable);
  }
  return new Map(
    [...hanging].map(index => {
      const { key, ...rest } = space.variables[index]!;
      const { stale: _, ...plain } = rest;
      return [index, space.variable(`${key}'`, () => ({ ...plain, copy: true }))];
    }),
  );
}

function reads(formula: Formula, variables: ReadonlySet<number>): boolean {
  let found = false;
  eachAtom(formula, variable => {
    if (variables.has(variable)) found = true;
  });
  return found;
}

function firstShown(patients: Iterable<WitnessPatient>, shown: (patient: WitnessPatient) => boolean): WitnessPatient | undefined {
  for (const patient of patients) if (shown(patient)) return patient;
  return undefined;
}

/** The patient who has the input, then others alike with other values for what is calculated. */
function* withInput(
  space: Space,
  box: readonly Bits[],
  used: ReadonlySet<number>,
  copies: ReadonlyMap<number, number>,
): Generator<WitnessPatient> {
  const full = [...box];
  for (const [index, copy] of copies) full[index] = box[copy]!;
  const own = new Set([...used].filter(index => !space.variables[index]!.copy));
  const chosen = full.map(bits => bitsWhere(bits.length * 32, cell => cell === firstBit(bits)));
  const first = witnessOf(space, chosen, own);
  yield first;
  yield* nearby(space, first, own, chosen);
}

/** The same without the input: of the patient, or of the first record. */
export function withoutInput(patient: WitnessPatient, { kind, id, group }: MissingInput): WitnessPatient {
  const copy = structuredClone(patient);
  const holder = group === undefined ? copy : copy.groups?.[group]?.records[0];
  if (kind === 'fact') delete holder?.facts[id];
  else if (holder?.scores) delete holder.scores[id];
  return copy;
}

function isSettledBy({ replay }: Inquiry, patient: WitnessPatient, input: MissingInput, rule: Rule, requiring: readonly Rule[]): boolean {
  const known = replay(patient);
  if (!known.inScope) return false;
  const without = replay(withoutInput(patient, input));
  if (requiring.some(({ id }) => without.fired.has(id))) return false;
  const isSettled = ({ fired, ruledOut }: Replayed, key: string) => fired.has(key) || ruledOut.has(key);
  const keys = [...known.fired.of(rule.id), ...known.ruledOut.of(rule.id)];
  const own = keys.some(key => key.includes('@')) ? keys.filter(key => key.includes('@')) : keys;
  return own.some(key => !isSettled(without, key));
}
