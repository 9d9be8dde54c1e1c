/** What cases have shown of a rule set: which truths its conditions had, how its rules went, which values and totals were met. */
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { FactReader } from '../evaluation/compiling.ts';
import type { Judgement } from '../evaluation/judge.ts';
import type { CompiledScore } from '../evaluation/scores.ts';
import type { Context, PatientState } from '../evaluation/state.ts';
import { FALSE, isPoint, TRUE, type Truth, type Value } from '../evaluation/values.ts';
import type { Exact } from '../model/exact.ts';
import { type Deciders, decidersOf, markDeciding, type Tree } from './alone.ts';
import { type ConditionList, type ConditionNode, conditionsOf } from './nodes.ts';

/** A set of truths: bit 1 for false, 2 for unknown, 4 for true. */
export type Truths = number;

export function bitOf(truth: Truth): Truths {
  return 1 << truth;
}

/** A number as it was recorded, with its unit. */
export interface SeenNumber {
  readonly number: Exact;
  readonly unit: string | undefined;
}

/**
 * Only patients within the scope count: what is seen on others tests nothing. Of a record that an incomplete list may still hold nothing counts,
 * since no trace shows it.
 */
export class Seen {
  readonly compiled: CompiledRuleSet;
  readonly list: ConditionList;
  /** By place in the list, by rule, by effect: the truths seen, and whether an effect was in force somewhere. */
  readonly conditions: Uint8Array;
  readonly rules: Uint8Array;
  readonly effects: Uint8Array;
  /** By condition of a whole: the truths with which it alone decided. */
  readonly alone: Uint8Array;
  /** The single values met of facts that are compared with numbers, by text. */
  readonly numbers = new Map<FactReader, Map<string, SeenNumber>>();
  readonly totals = new Map<CompiledScore, Map<string, Exact>>();
  /** Bands that a score was in for certain, as `score band`. */
  readonly bands = new Set<string>();
  readonly #deciders: Deciders;
  /** By whole, how many of its conditions are still to be seen, true and false: of what is seen in full nothing more is asked. */
  readonly #unseen: Uint32Array;
  readonly #truths: Uint8Array;
  readonly #readers: readonly (readonly FactReader[])[];

  /** `readers` are the facts whose values matter. */
  constructor(compiled: CompiledRuleSet, readers: ReadonlySet<FactReader>) {
    this.compiled = compiled;
    this.list = conditionsOf(compiled);
    this.conditions = new Uint8Array(this.list.nodes.length);
    this.#deciders = decidersOf(compiled);
    this.alone = new Uint8Array(this.#deciders.atoms.length);
    this.#unseen = Uint32Array.from(this.#deciders.wholes, ({ atoms }) => 2 * atoms.length);
    this.#truths = new Uint8Array(this.list.nodes.length);
    this.rules = new Uint8Array(compiled.rules.length);
    this.effects = new Uint8Array(compiled.effects.length);
    for (const reader of readers) this.numbers.set(reader, new Map());
    this.#readers = [undefined, ...compiled.layout.groups.map(({ id }) => id)].map(group =>
      [...readers].filter(({ fact }) => fact.group === group),
    );
  }

  observe(state: PatientState, judgement: Judgement): void {
    const patient = { patient: state, record: undefined };
    const scope = this.compiled.appliesTo?.truth(patient) ?? TRUE;
    if (this.compiled.appliesTo && scope !== TRUE) this.#observeScope(patient);
    if (scope !== TRUE) return;
    this.#observeConditions(patient, this.list.ofPatient);
    this.#observeDeciding(this.#deciders.ofPatient, 0, judgement);
    this.#observeValues(patient, undefined);
    for (const [group, lists] of this.list.ofGroups.entries())
      for (const [i, record] of state.groups[group]!.records.entries()) {
        const context = { patient: state, record };
        for (const [list, { askedBy, places }] of lists.entries())
          if (askedBy === undefined || state.groups[askedBy]!.records.length > 0) {
            this.#observeConditions(context, places);
            this.#observeDeciding(this.#deciders.ofGroups[group]![list]!, i, judgement);
          }
        this.#observeValues(context, group);
      }
    this.#observeRules(judgement);
  }

  /** Of a patient outside the scope only this is learned. */
  #observeScope(patient: Context): void {
    for (const place of this.list.ofPatient) {
      if (this.list.nodes[place]!.owner) break;
      this.#truths[place] = truthOf(this.list.nodes[place]!, this.#truths, patient);
      this.conditions[place]! |= bitOf(this.#truths[place] as Truth);
    }
    for (const tree of this.#deciders.ofPatient) if (!tree.whole.owner) this.#markDeciding(tree);
  }

  #observeConditions(context: Context, places: readonly number[]): void {
    const truths = this.#truths;
    for (const place of places) {
      const truth = truthOf(this.list.nodes[place]!, truths, context);
      truths[place] = truth;
      this.conditions[place]! |= 1 << truth;
    }
  }

  /** What a rule says of several records is one: while it fires for another record, no condition of this one turns it. */
  #observeDeciding(trees: readonly Tree[], instance: number, { own }: Judgement): void {
    for (const tree of trees) {
      if (this.#unseen[tree.index] === 0) continue;
      const { rule, group } = tree.whole;
      if (rule !== undefined && group !== undefined && firesElsewhere(own[rule], instance)) continue;
      this.#markDeciding(tree);
    }
  }

  #markDeciding(tree: Tree): void {
    markDeciding(tree, this.#deciders, this.#truths, this.#mark);
  }

  readonly #mark = (atom: number, truth: Truth): void => {
    const bit = 1 << truth;
    if (this.alone[atom]! & bit) return;
    this.alone[atom]! |= bit;
    this.#unseen[this.#deciders.atoms[atom]!.whole]!--;
  };

  #observeValues(context: Context, group: number | undefined): void {
    for (const reader of this.#readers[group === undefined ? 0 : group + 1]!) this.#observeNumber(reader, context);
    for (const score of this.compiled.layout.holders(group).scores) this.#observeScore(score, context);
  }

  #observeNumber(reader: FactReader, context: Context): void {
    const values = reader.read(context);
    if (values?.length !== 1) return;
    const value: Value = values[0]!;
    if (value.kind !== 'number' || !isPoint(value)) return;
    const key = `${value.low.short ? value.low.double : value.low.toString(60)} ${value.unit ?? ''}`;
    const known = this.numbers.get(reader)!;
    if (!known.has(key)) known.set(key, { number: value.low, unit: value.unit });
  }

  #observeScore(score: CompiledScore, context: Context): void {
    const { applies, totals } = score.state(context);
    if (applies !== TRUE || !totals?.length) return;
    for (const { id, holds, when } of score.bands)
      if (totals.every(total => holds(total) === TRUE) && (when?.truth(context) ?? TRUE) === TRUE)
        this.bands.add(`${score.score.id} ${id}`);
    if (totals.length > 1) return;
    const total = totals[0]!;
    const known = this.totals.get(score) ?? new Map<string, Exact>();
    this.totals.set(score, known);
    known.set(total.toString(60), total);
  }

  #observeRules({ truths, instances }: Judgement): void {
    for (const { index, group } of this.compiled.rules) {
      const list = instances(group);
      for (const [i, truth] of truths[index]!.entries()) if (!list[i]!.unlisted) this.rules[index]! |= 1 << truth;
    }
    for (const [i, { rule, place }] of this.compiled.effects.entries()) {
      if (this.effects[i]) continue;
      const list = instances(rule.group);
      const reaches = truths[rule.index]!.some(
        (truth, at) => truth === TRUE && !list[at]!.unlisted && reachesSome(place(list[at]!.context)),
      );
      if (reaches) this.effects[i] = 1;
    }
  }
}

function firesElsewhere(truths: readonly Truth[] | undefined, instance: number): boolean {
  return truths?.some((truth, i) => truth === TRUE && i !== instance) ?? false;
}

function reachesSome(sites: 'everywhere' | readonly unknown[]): boolean {
  return sites === 'everywhere' || sites.length > 0;
}

/** From its parts where it follows from them: they were asked just before. */
function truthOf({ condition, parts }: ConditionNode, truths: Uint8Array, context: Context): Truth {
  if (parts.length === 0) return condition.truth(context);
  if (condition.kind === 'not') return (2 - truths[parts[0]!]!) as Truth;
  const isAll = condition.kind === 'all';
  let found: number = isAll ? TRUE : FALSE;
  for (const part of parts) {
    const truth = truths[part]!;
    if (isAll ? truth < found : truth > found) found = truth;
  }
  return found as Truth;
}
