/** What would change a decision: the fewest inputs with another value that give another answer, and the fewest that must be obtained to have one. */
import { type Choice, choicesOf, withScore } from './choices.ts';
import type { CompiledRuleSet } from './compile.ts';
import type { FactReader } from './compiling.ts';
import { dependenceOn } from './dependencies.ts';
import { type Judgement, judge } from './judge.ts';
import { inputsOf, type Need, needsOf } from './needs.ts';
import { type OutOfReach, outOfReach } from './out-of-reach.ts';
import type { DecisionOutcome } from './outcome.ts';
import { assume, type Holder, type PatientState } from './state.ts';
import type { Possible } from './values.ts';

/** One input with the value it would have. */
export interface ChangedInput {
  readonly need: Need;
  /** As `MissingInput` writes values. */
  readonly value: string;
}

/** An answer and one of the smallest sets of changes that give it. */
export interface Reached {
  /** A value of the decision, or `no-answer`. */
  readonly answer: string;
  readonly changes: readonly ChangedInput[];
  /** Other sets of as few changes, in the order they were found; at most `MOST_OTHERS`. */
  readonly others: readonly (readonly ChangedInput[])[];
}

export interface Counterfactuals {
  readonly reached: readonly Reached[];
  /** So many changes were tried in every combination: an answer that is not among `reached` needs more, or cannot be had. */
  readonly tried: number;
  /** Answers that no change at all can give. */
  readonly outOfReach: OutOfReach | undefined;
  /** Inputs whose values cannot be listed, because something is calculated from them and others: nothing is said of changing them. */
  readonly untried: readonly Need[];
}

/** Patients looked at before a larger number of changes is left alone: about a second. */
const MOST_PATIENTS = 10_000;
const MOST_CHANGES = 3;
const MOST_OTHERS = 2;

/**
 * Tries every combination of one changed input, then of two and so on, each with every value that the rules can tell apart, until every answer was reached or the
 * next number of changes would ask for too many patients. Records are neither added, moved nor taken away. `pause` is awaited now and then; false gives up.
 */
export async function counterfactuals(
  compiled: CompiledRuleSet,
  patient: PatientState,
  decision: string,
  pause: () => Promise<boolean>,
): Promise<Counterfactuals | undefined> {
  const judgement = judge(compiled, patient);
  const { needs, read } = inputsOf(compiled, judgement, decision);
  const inputs = needs.filter(isChangeable);
  const search: Search = { compiled, asked: read };
  const values = compiled.decisions.find(each => each.decision.id === decision)?.values ?? [];
  const now = answerOf(judgement.decisions[decision]);
  const never = outOfReach(compiled, judgement, decision, inputs);
  const wanted = new Set([...values, 'no-answer'].filter(value => value !== now && !never?.answers.includes(value)));
  const reached = new Map<string, ChangedInput[][]>();
  const sizes = inputs.map(need => otherChoices(search, patient, need).length);
  const untried = inputs.filter((_, i) => sizes[i] === 0);
  let tried = 0;
  for (let count = 1; count <= Math.min(MOST_CHANGES, inputs.length) && wanted.size > 0; count++) {
    if (waysOf(sizes, count) > MOST_PATIENTS) break;
    let left = MOST_PATIENTS;
    const found = new Map<string, ChangedInput[][]>();
    const steps = combinations(search, patient, inputs, count);
    for (const { changes, patient: changed } of steps) {
      if (left-- === 0) return { reached: listed(reached, values), tried, outOfReach: never, untried };
      const known = unchanged(
        compiled,
        judgement,
        changes.map(({ need }) => need),
      );
      const answer = answerOf(judge(compiled, changed, known).decisions[decision]);
      if (answer !== undefined && wanted.has(answer) && !reached.has(answer)) found.set(answer, [...(found.get(answer) ?? []), changes]);
      if (left % 16 === 0 && !(await pause())) return undefined;
    }
    tried = count;
    for (const [answer, sets] of found) reached.set(answer, sets);
    if ([...wanted].every(answer => reached.has(answer))) break;
  }
  return { reached: listed(reached, values), tried, outOfReach: never, untried };
}

/** How many patients so many changes make, where no input has other values because another was changed. */
function waysOf(sizes: readonly number[], count: number): number {
  const ways = [1, ...new Array<number>(count).fill(0)];
  for (const size of sizes) for (let k = count; k > 0; k--) ways[k]! += ways[k - 1]! * size;
  return ways[count]!;
}

/** What is known of the rules that none of these inputs can change: they are not asked again. */
function unchanged(compiled: CompiledRuleSet, { own }: Judgement, needs: readonly Need[]): Judgement['own'] {
  const depends = needs.map(need => dependenceOn(need, compiled));
  return own.map((truths, rule) => (depends.some(each => each(rule)) ? undefined : truths));
}

/** A record at another place would be another record; and records are as they are. */
function isChangeable({ kind, fact }: Need): boolean {
  return kind === 'component' || (kind === 'fact' && fact!.fact.values !== 'sites' && fact!.fact.type !== 'side');
}

function listed(reached: ReadonlyMap<string, readonly ChangedInput[][]>, values: readonly string[]): Reached[] {
  const order = [...values, 'no-answer'];
  const all = [...reached].map(([answer, [first, ...others]]) => ({
    answer,
    changes: first!,
    others: distinct(first!, others).slice(0, MOST_OTHERS),
  }));
  return all.sort((a, b) => a.changes.length - b.changes.length || order.indexOf(a.answer) - order.indexOf(b.answer));
}

/** Another value of the same inputs is no other way. */
function distinct(first: readonly ChangedInput[], others: readonly ChangedInput[][]): ChangedInput[][] {
  const seen = new Set([keyOf(first)]);
  return others.filter(other => !seen.has(keyOf(other)) && seen.add(keyOf(other)));
}

function keyOf(changes: readonly ChangedInput[]): string {
  return changes.map(({ need }) => need.input).join(' ');
}

/** The answer of a decision that is decided, or certainly has none; undefined for any other. */
function answerOf(outcome: DecisionOutcome | undefined): string | undefined {
  if (outcome?.status === 'no-answer') return 'no-answer';
  return outcome?.status === 'decided' && typeof outcome.value === 'string' ? outcome.value : undefined;
}

interface Changed {
  readonly changes: ChangedInput[];
  readonly patient: PatientState;
}

interface Search {
  readonly compiled: CompiledRuleSet;
  /** The facts through which the decision asks for its inputs: values that only others tell apart are one. */
  readonly asked: ReadonlySet<FactReader>;
}

/** Every way to give so many of the inputs a value, in the order of the inputs. */
function* combinations(search: Search, patient: PatientState, inputs: readonly Need[], count: number, from = 0): Generator<Changed> {
  if (count === 0) {
    yield { changes: [], patient };
    return;
  }
  for (let i = from; i <= inputs.length - count; i++)
    for (const { label, patient: changed } of otherChoices(search, patient, inputs[i]!))
      for (const rest of combinations(search, changed, inputs, count - 1, i + 1))
        yield { changes: [{ need: inputs[i]!, value: label }, ...rest.changes], patient: rest.patient };
}

/** Every value of the input that the rules can tell apart, as if nothing were known of it. The value it has is among them, and changes nothing. */
function otherChoices({ compiled, asked }: Search, patient: PatientState, need: Need): readonly Choice[] {
  const blank = blanked(patient, need);
  const choices = choicesOf({ ...need, record: recordIn(blank, need) }, compiled, blank, asked);
  return need.fact ? nearestFirst(choices, (recordIn(patient, need) ?? patient.holder).facts[need.fact.slot.index]) : choices;
}

/** Of the values of a number those next to the one recorded come first: a small change is told before a large one. */
function nearestFirst(choices: readonly Choice[], known: Possible): readonly Choice[] {
  const [value] = known ?? [];
  if (value?.kind !== 'number') return choices;
  const at = choices.findIndex(({ cell }) => cell && !(cell.to && cell.to.at.compare(value.low) < 0));
  const rank = (choice: Choice) => Math.abs(choices.indexOf(choice) - at);
  return at < 0 ? choices : [...choices].sort((a, b) => rank(a) - rank(b));
}

/** Records are made anew with every change: they are found by their place. */
function recordIn(patient: PatientState, need: Need): Holder | undefined {
  if (!need.record) return undefined;
  const group = (need.fact?.slot ?? need.score!.slot).group!;
  return patient.groups[group]!.records.find(({ id }) => id === need.record!.id);
}

function blanked(patient: PatientState, need: Need): PatientState {
  const record = recordIn(patient, need);
  if (need.kind === 'fact') return assume({ patient, record }, [{ slot: need.fact!.slot, values: undefined }]).patient;
  return withScore({ ...need, record }, patient, old => old && { ...old, options: withoutKey(old.options, need.component!) });
}

function withoutKey<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  return new Map([...map].filter(([each]) => each !== key));
}

/** Inputs to obtain. */
export interface ToObtain {
  /** One of the smallest sets that leave the decision no longer undetermined, whatever their values turn out to be; undefined where none was found. */
  readonly needs: readonly Need[] | undefined;
  /** Every smaller set, or where none was found every set of up to so many, was tried. */
  readonly tried: number;
  /** Whether larger sets were left alone because they have too many values. */
  readonly tooMany: boolean;
  /** Inputs whose values cannot be listed: nothing is said of sets with one of them. */
  readonly untried: readonly Need[];
}

/** The fewest missing inputs that settle an undetermined decision; no inputs where it is not undetermined. Undefined if `pause` gave up. */
export async function fewestInputs(
  compiled: CompiledRuleSet,
  patient: PatientState,
  decision: string,
  pause: () => Promise<boolean>,
): Promise<ToObtain | undefined> {
  const judgement = judge(compiled, patient);
  if (judgement.decisions[decision]?.status !== 'undetermined') return { needs: [], tried: 0, tooMany: false, untried: [] };
  const all = inputsOf(compiled, judgement, decision);
  const search: Search = { compiled, asked: all.read };
  const hangsOn = new Set(all.needs.map(({ input }) => input));
  const missing = needsOf(compiled, judgement).filter(({ kind, input }) => kind === 'group' || kind === 'score-date' || hangsOn.has(input));
  const untried = missing.filter(need => missingChoices(search, patient, need).length === 0);
  const needs = missing.filter(need => !untried.includes(need));
  const most = Math.min(MOST_CHANGES, needs.length);
  let left = MOST_PATIENTS;
  for (let count = 1; count <= most; count++)
    for (const set of subsets(needs, count)) {
      let settled = true;
      const known = unchanged(compiled, judgement, set);
      for (const changed of filled(search, patient, set)) {
        if (left-- === 0) return { needs: undefined, tried: count - 1, tooMany: true, untried };
        if (left % 16 === 0 && !(await pause())) return undefined;
        settled = judge(compiled, changed, known).decisions[decision]?.status !== 'undetermined';
        if (!settled) break;
      }
      if (settled) return { needs: set, tried: count - 1, tooMany: false, untried };
    }
  return { needs: undefined, tried: most, tooMany: most < needs.length, untried };
}

function* subsets<T>(all: readonly T[], count: number, from = 0): Generator<readonly T[]> {
  if (count === 0) yield [];
  else for (let i = from; i <= all.length - count; i++) for (const rest of subsets(all, count - 1, i + 1)) yield [all[i]!, ...rest];
}

/** The patient with every combination of values of these inputs. */
function* filled(search: Search, patient: PatientState, needs: readonly Need[]): Generator<PatientState> {
  const [first, ...rest] = needs;
  if (!first) yield patient;
  else for (const choice of missingChoices(search, patient, first)) yield* filled(search, choice.patient, rest);
}

function missingChoices({ compiled, asked }: Search, patient: PatientState, need: Need): readonly Choice[] {
  return choicesOf({ ...need, record: recordOf(patient, need) }, compiled, patient, asked);
}

function recordOf(patient: PatientState, need: Need): Holder | undefined {
  return need.fact || need.score ? recordIn(patient, need) : undefined;
}
