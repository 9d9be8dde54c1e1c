/** One question to the patient space: is there a patient in scope for whom these formulas have these truths? */
import type { Condition, Rule, RuleSet } from '../model/rule-set.ts';
import { type Bits, firstBit } from './bits.ts';
import type { Wanted } from './clauses.ts';
import { givenFormula } from './decided.ts';
import { all, eachAtom, FALSE, type Formula } from './formula.ts';
import { decidingRules, type Gathered, gather, gatherMore, groupOf, overridersOf } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';
import type { Memory } from './memory.ts';
import { isOpen, nearby } from './nearby.ts';
import { plainRuleBoxes } from './plain-rule-boxes.ts';
import { plainest } from './plain-witness.ts';
import { type Region, regionOf } from './region.ts';
import { answerOf, type Verdict, verdictOf } from './remembered.ts';
import { ruleBoxes } from './rule-boxes.ts';
import { asksUnknownAndValue, isOfNobodyPartlyKnown, spaceOfPartlyKnown } from './several-values.ts';
import { slotsFor } from './slots.ts';
import { type Budget, solve } from './solve.ts';
import { PATIENT, type Scope, Space } from './space.ts';
import { hangsOnTogether, isNotOne } from './taken-together.ts';
import type { Cell } from './variables.ts';
import { type Replay, type Replayed, smallest, type WitnessPatient, witnessOf } from './witness.ts';

/** What all questions about one rule set share. */
export interface Inquiry {
  readonly ruleSet: RuleSet;
  readonly gathered: Gathered;
  readonly budget: Budget;
  /** Steps that one question may take. */
  readonly share: number;
  /** Runs a patient through the evaluator: a witness is shown only if it is confirmed there. */
  readonly replay: Replay;
  /** Spaces by their numbers of records: rules are brought into formulas once for all questions of one size. */
  readonly spaces: Map<string, Space>;
  /** A question about few rules sees what is asked of facts beside all rules, and by these: so no other rule changes its answer. */
  readonly few: { readonly gathered: Gathered; readonly spaces: Map<string, Space> };
}

/** `memory`: of earlier versions of the rule set. */
export function inquire(ruleSet: RuleSet, steps: number, replay: Replay, memory?: Memory): Inquiry {
  const share = Math.max(steps / SHARE, LEAST_SHARE);
  memory?.begin(ruleSet, share);
  let gathered: Gathered | undefined;
  let beside: Gathered | undefined;
  const spaces = new Map<string, Space>();
  const few = {
    spaces,
    get gathered() {
      beside ??= gather({ ...ruleSet, rules: new Map() });
      return beside;
    },
  };
  return {
    ruleSet,
    // Questions about plain rules alone are answered without it.
    get gathered() {
      gathered ??= gather(ruleSet);
      return gathered;
    },
    budget: { steps, memory },
    share,
    replay,
    spaces,
    few,
  };
}

/** One question takes at most this part of all steps, unless that is very little: a hard one leaves enough for the others. */
const SHARE = 40;
const LEAST_SHARE = 20_000;

/** What `make` gives with so many of the steps that are left, and no more. */
export function withinShare<Made>(inquiry: Inquiry, most: number, make: (own: Inquiry) => Made): Made {
  const { budget } = inquiry;
  const steps = Math.min(most, budget.steps);
  const own = withSteps(inquiry, steps);
  const made = make(own);
  budget.steps -= steps - own.budget.steps;
  return made;
}

/** The same with so many steps of its own. Not copied as a whole: what was not gathered yet may never be asked for. */
export function withSteps(inquiry: Inquiry, steps: number): Inquiry {
  const { ruleSet, share, replay, spaces, few } = inquiry;
  return {
    ...{ ruleSet, share, replay, spaces, few },
    get gathered() {
      return inquiry.gathered;
    },
    budget: { steps, memory: inquiry.budget.memory },
  };
}

export type Answer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'found';
      readonly space: Space;
      readonly box: readonly Bits[];
      readonly witness: WitnessPatient;
      readonly region: Region;
      /** What was said of it, kept as long as things are called the same. */
      readonly words: Map<string, string>;
    }
  /** `budget`: the steps ran out. `records`: more records would be needed than are tried. `arithmetic`: no patient could be confirmed. */
  | { readonly kind: 'open'; readonly why: 'budget' | 'records' | 'arithmetic' };

/** By which a question is known again. */
export interface About {
  /** Tells it from others about the same rules: it is remembered by what these mean. Undefined where it is about the rule set as a whole. */
  readonly key?: string;
  /** The rules the formulas are made of: their group tests, and those of the rules they hang on, say how many records are needed. */
  readonly rules: readonly Rule[];
}

export interface Question extends About {
  /** Conditions beside those of the rules. */
  readonly conditions?: readonly Condition[];
  /** Records the question itself is about. */
  readonly own: ReadonlyMap<string, number>;
  wanted(space: Space): readonly Wanted[];
  /** Formulas that must not stay open for the patient, whatever they turn out to be. */
  settled?(space: Space): readonly Formula[];
  /** Whether it is only about patients complete but for what is absent. */
  readonly ofComplete?: true;
  /** Whether the evaluator shows it for the patient. */
  shown(replayed: Replayed, patient: WitnessPatient): boolean;
}

/**
 * Whether there is such a patient at all, without naming one. Only where a number is computed or something is absent is the patient made and
 * confirmed: `arithmetic` where that fails.
 */
export function isThere(inquiry: Inquiry, question: Question): Verdict {
  return isThereAbout(inquiry, question, () => question);
}

/** The same, with a question that is only put together where it was not answered before. */
export function isThereAbout(inquiry: Inquiry, about: About, make: () => Question): Verdict {
  return verdictOf(inquiry, about, () => isThereAnew(inquiry, make()));
}

function isThereAnew(inquiry: Inquiry, question: Question): Verdict {
  const { space, solution, none, ...found } = search(inquiry, question);
  if (solution.kind === 'stopped') return 'budget';
  if (solution.kind === 'none') return none();
  if (!space.variables.some(mayBeDoubtful)) return 'some';
  const used = found.used();
  if (!isDoubtful(space, used, solution.box)) return 'some';
  return confirmed(space, solution.box, used, isShown(inquiry, question)) ? 'some' : 'arithmetic';
}

export function ask(inquiry: Inquiry, question: Question): Answer {
  return answerOf(inquiry, question, own => askAnew(own, question));
}

/** The first that finds a patient of several questions about the same rules, which are only put together where that was not answered before. */
export function askFirst(inquiry: Inquiry, about: About, make: () => readonly Question[]): Answer {
  return answerOf(inquiry, about, own => firstFound(make(), question => askAnew(own, question)));
}

/** What the first gives that finds somebody; else the last that was left open. */
export function firstFound<One>(all: Iterable<One>, ask: (one: One) => Answer): Answer {
  let open: Answer | undefined;
  for (const one of all) {
    const answer = ask(one);
    if (answer.kind === 'found') return answer;
    if (answer.kind === 'open') open = answer;
  }
  return open ?? { kind: 'none' };
}

function askAnew(inquiry: Inquiry, question: Question): Answer {
  const { space, finding, scope, solution, none, ...found } = search(inquiry, question);
  if (solution.kind === 'stopped') return { kind: 'open', why: 'budget' };
  if (solution.kind === 'none') {
    const why = none();
    return why === 'none' ? { kind: 'none' } : { kind: 'open', why };
  }
  const used = found.used();
  const shown = isShown(inquiry, question);
  const whole = confirmed(space, solution.box, used, shown);
  if (!whole) return { kind: 'open', why: 'arithmetic' };
  const { box } = solution;
  const small = smallest(whole, shown, requiredOf(inquiry.ruleSet));
  let witness: WitnessPatient | undefined;
  let region: Region | undefined;
  // A region and the plainest witness cost more than the finding itself: they are had when somebody wants to know them.
  const grown = () => {
    region ??= regionOf(space, box, finding, scope, inquiry.budget.memory);
    return region;
  };
  return {
    kind: 'found',
    space,
    box,
    words: new Map(),
    get witness() {
      // With a plainer value something else may be left out too.
      const plain = () => plainest(small, { space, replay: inquiry.replay, shows: shown, region: grown });
      witness ??= smallest(plain(), shown, requiredOf(inquiry.ruleSet));
      return witness;
    },
    get region() {
      return grown();
    },
  };
}

/** Whether it has a space of its own. Not where patients are looked at of whom less is known than the rule set asks. */
export function isAboutFew({ spaces, few }: Inquiry, { key }: About): boolean {
  return key !== undefined && spaces === few.spaces;
}

function mayBeDoubtful({ free, cells }: Space['variables'][number]): boolean {
  return free || cells.some(cell => isNotOne(cell) || isDated(cell));
}

/**
 * A computed number may be one that no inputs give; of what is absent the evaluator may know more, where it is read several times; and an event
 * of which both the day and the time since it are asked says when the patient is seen: another event may not fit that.
 */
function isDoubtful(space: Space, used: ReadonlySet<number>, box: readonly Bits[]): boolean {
  return [...used].some(index => {
    const variable = space.variables[index]!;
    const cell = variable.cells[firstBit(box[index]!)];
    return isOpen(variable, box[index]!) || (cell !== undefined && isDated(cell));
  });
}

function isDated(cell: Cell): boolean {
  return cell.kind === 'event' && cell.day !== undefined && cell.since !== undefined;
}

/** The patient of the box, or one nearby, that the evaluator confirms. */
function confirmed(
  space: Space,
  box: readonly Bits[],
  used: ReadonlySet<number>,
  shown: (patient: WitnessPatient) => boolean,
): WitnessPatient | undefined {
  const first = witnessOf(space, box, used);
  if (shown(first)) return first;
  if (!isDoubtful(space, used, box)) return undefined;
  for (const other of nearby(space, first, used, box)) if (shown(other)) return other;
  return undefined;
}

/** Within the scope, possible, and with what is asked for. */
function isShown(inquiry: Inquiry, question: Question): (patient: WitnessPatient) => boolean {
  const { ruleSet, replay: whole } = inquiry;
  const { shown } = question;
  const replay = isAboutFew(inquiry, question) ? whole.ofFew(hangingOn(ruleSet, question.rules).rules) : whole;
  return patient => {
    const replayed = replay(patient);
    return replayed.inScope && shown(replayed, patient);
  };
}

function search(inquiry: Inquiry, question: Question) {
  const { ruleSet } = inquiry;
  const always = [ruleSet.root.appliesTo, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const { rules, records } = hangingOn(ruleSet, question.rules);
  const conditions = [...rules.flatMap(({ when, until }) => [when, until]), ...(question.conditions ?? []), ...always];
  const { slots, enough } = slotsFor(ruleSet, conditions, added(question.own, records));
  const space = isAboutFew(inquiry, question)
    ? new Space(ruleSet, slots, gatherMore(ruleSet, rules, inquiry.few.gathered))
    : spaceOf(inquiry, slots);
  addRequired(space);
  const scope = inScope(space);
  const finding = question.wanted(space);
  const ties = space.tiesOf([...scope, ...finding].map(({ formula }) => formula)).map((formula): Wanted => ({ formula, truth: 2 }));
  const wanted = [...finding, ...scope, ...ties];
  const settled = question.settled?.(space) ?? [];
  // Asked for only where it matters: most questions are about thousands of rules, and plain.
  const used = () => usedBy(space, [...wanted.map(({ formula }) => formula), ...settled]);
  const solution = withinShare(inquiry, inquiry.share, ({ budget }) => solve(space.box, wanted, budget));
  const none = (): 'none' | 'records' | 'arithmetic' => {
    const isPartial = space.variables.some(({ partial }) => partial) && space.isPartial(used());
    const isNone = (fewer: readonly Wanted[]) =>
      withinShare(inquiry, inquiry.share, ({ budget }) => solve(space.box, fewer, budget)).kind === 'none';
    if (isPartial || hangsOnTogether(space, wanted, isNone) || mayBePartlyKnown(isNone)) return 'arithmetic';
    return enough ? 'none' : 'records';
  };
  const mayBePartlyKnown = (isNone: (fewer: readonly Wanted[]) => boolean) => {
    if (question.ofComplete) return false;
    // Of whom less is known, it may not be known that they are impossible, though everybody they may turn out to be is.
    const isOfImpossible = () => ruleSet.impossible.size > 0 && !isNone(wanted.filter(({ mayStayUnknown }) => !mayStayUnknown));
    if (!asksUnknownAndValue([...finding, ...scope]) && !isOfImpossible()) return false;
    const partly = spaceOfPartlyKnown(space);
    const asked = [...question.wanted(partly), ...inScope(partly)];
    return !withinShare(inquiry, inquiry.share, ({ budget }) => isOfNobodyPartlyKnown(partly, asked, budget));
  };
  return { space, finding, scope, used, solution, none };
}

function added(own: ReadonlyMap<string, number>, more: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sum = new Map(own);
  for (const [group, count] of more) sum.set(group, (sum.get(group) ?? 0) + count);
  return sum;
}

/** Facts that every patient and every record has. */
export function addRequired(space: Space): void {
  for (const fact of space.ruleSet.facts.values()) if (fact.required) space.factVariable(fact, PATIENT);
  for (const group of space.ruleSet.groups.values())
    for (const fact of group.facts.values())
      if (fact.required) for (const scope of space.scopesOf(group.id)) space.factVariable(fact, scope);
}

/** The variables that the formulas read, and those of facts that every patient has. */
export function usedBy(space: Space, formulas: readonly Formula[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const formula of formulas) eachAtom(formula, variable => used.add(variable));
  space.variables.forEach(({ fact }, index) => {
    if (fact?.required) used.add(index);
  });
  return used;
}

export function spaceOf(inquiry: Inquiry, slots: ReadonlyMap<string, number>): Space {
  const key = [...slots].sort().join(';');
  const space = inquiry.spaces.get(key) ?? new Space(inquiry.ruleSet, slots, inquiry.gathered);
  inquiry.spaces.set(key, space);
  return space;
}

/** What each rule asks of single facts, made once for all questions. */
export function boxesOf(inquiry: Inquiry): RuleBoxes {
  return plainRuleBoxes(inquiry) ?? ruleBoxes(spaceOf(inquiry, new Map()));
}

/** Within `appliesTo`, and nothing the rule set calls impossible. */
export function inScope(space: Space): Wanted[] {
  const { ruleSet } = space;
  const impossible = [...ruleSet.impossible.values()].flatMap(({ when, of }) => {
    const scopes = of ? space.scopesOf(of.value) : [PATIENT];
    return scopes.map((scope): Wanted => {
      const shows = when ? space.condition(when, scope) : FALSE;
      const formula = scope.group === undefined ? shows : all([space.present(scope.group, scope.slot), shows]);
      return { formula, truth: 0, mayStayUnknown: true };
    });
  });
  return [{ formula: space.condition(ruleSet.root.appliesTo, PATIENT), truth: 2 }, ...impossible];
}

export function requiredOf(ruleSet: RuleSet): ReadonlySet<string> {
  const facts = [...ruleSet.facts.values(), ...[...ruleSet.groups.values()].flatMap(group => [...group.facts.values()])];
  return new Set(facts.filter(({ required }) => required).map(({ id }) => id));
}

/**
 * The rules with all those on which it hangs whether they fire: rules that override them, and those that decide what they wait for. A decision
 * may be decided by a rule of a group: that takes one record more.
 */
export function hangingOn(ruleSet: RuleSet, asked: readonly Rule[]): { rules: readonly Rule[]; records: ReadonlyMap<string, number> } {
  if (areByThemselves(ruleSet, asked)) return { rules: asked.length === 1 ? asked : [...new Set(asked)], records: NO_RECORDS };
  const rules = new Set(asked);
  const decisions = new Set<string>();
  const records = new Map<string, number>();
  for (const rule of rules) {
    for (const other of overridersOf(ruleSet, rule)) rules.add(other);
    const decision = rule.given?.decision.value;
    if (decision === undefined || decisions.has(decision)) continue;
    decisions.add(decision);
    const deciding = decidingRules(ruleSet, decision).map(one => one.rule);
    for (const other of deciding) rules.add(other);
    for (const group of new Set(deciding.map(other => groupOf(ruleSet, other))))
      if (group !== undefined) records.set(group, (records.get(group) ?? 0) + 1);
  }
  return { rules: [...rules], records };
}

/** Whether none of them hangs on another rule. */
export function areByThemselves(ruleSet: RuleSet, rules: readonly Rule[]): boolean {
  for (let i = 0; i < rules.length; i++) if (rules[i]!.given || overridersOf(ruleSet, rules[i]!).length > 0) return false;
  return true;
}

const NO_RECORDS: ReadonlyMap<string, number> = new Map();

/** The scope in which a question sees a rule: the record in that place of its group, or the patient. */
export function scopeOf(ruleSet: RuleSet, rule: Rule, slot: number): Scope {
  const group = groupOf(ruleSet, rule);
  return group === undefined ? PATIENT : { group, slot };
}

/** That the rule fires, in a record that is there. */
export function firing(space: Space, rule: Rule, scope: Scope): Wanted[] {
  const wanted: Wanted[] = [
    { formula: space.fires(rule, scope), truth: 2 },
    { formula: givenFormula(space, rule), truth: 2, isGiven: true },
  ];
  if (scope.group !== undefined) wanted.push({ formula: space.present(scope.group, scope.slot), truth: 2 });
  return wanted;
}
