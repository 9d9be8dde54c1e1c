/** Changes of scores as questions: where points, bands or what a score applies to would differ. */
import { bitsWhere } from '../analysis/bits.ts';
import type { Space } from '../analysis/space.ts';
import { momentText, type WitnessPatient } from '../analysis/witness.ts';
import { Exact } from '../model/exact.ts';
import type { Band, Component, Condition, Score, Test } from '../model/rule-set.ts';
import { ALWAYS, bound, NOWHERE, testOf } from './asked.ts';
import {
  apart,
  asking,
  either,
  factTest,
  type MutantQuestion,
  type MutantQuestions,
  mayHold,
  type Nobody,
  not,
  plainly,
  together,
} from './mutant-question.ts';

const NONE: MutantQuestions = { asked: [], proofs: [] };

export function ofScore(score: Score, changed: Score): MutantQuestions {
  const group = score.of?.value;
  const made = changeOf(score, changed);
  if (!score.when || score.when !== changed.when) return made;
  // Of a score that never applies nothing is told.
  return { ...made, proofs: [...made.proofs, [mayHold(score.when, group)]] };
}

function changeOf(score: Score, changed: Score): MutantQuestions {
  const group = score.of?.value;
  if (score.when !== changed.when) {
    const [was, is] = [score.when ?? ALWAYS, changed.when ?? ALWAYS];
    const whenever = asking(plainly(either(was, is), group), apart(was, is, group));
    return { ...whenever, proofs: [...whenever.proofs, [mayHold(was, group), mayHold(is, group)]] };
  }
  if (score.validFor !== changed.validFor || score.voidedBy !== changed.voidedBy) return ofValidity(score, changed);
  const [before, after] = [score, changed].map(({ bandSets }) => [...bandSets.values()].flat());
  const band = before!.findIndex((each, i) => each !== after![i]);
  if (band >= 0) return ofBand(score, before![band]!, after![band]!);
  const [id] = [...score.components.keys()].filter(each => score.components.get(each) !== changed.components.get(each));
  return id === undefined ? NONE : ofComponent(score, score.components.get(id)!, changed.components.get(id)!);
}

function ofBand(score: Score, was: Band, is: Band): MutantQuestions {
  const group = score.of?.value;
  const of = (test: Test): Condition => ({ kind: 'score-total', score: { value: score.id, span: NOWHERE }, test, span: NOWHERE });
  if (was.test !== is.test)
    return asking(plainly(together([was.when, either(of(was.test), of(is.test))]), group), apart(of(was.test), of(is.test), group));
  const [before, after] = [was, is].map(({ when, test }) => together([when, of(test)]));
  return asking(plainly(either(before!, after!), group), apart(was.when ?? ALWAYS, is.when ?? ALWAYS, group));
}

function ofComponent(score: Score, { id, how }: Component, { how: other }: Component): MutantQuestions {
  const group = score.of?.value;
  const where = (condition: Condition) => plainly(together([score.when, condition]), group);
  // Whatever is not known of a component gives any of its points.
  const unless = (...proof: readonly Nobody[]) => (attainable(how) === attainable(other) ? [proof] : []);
  if (how?.kind === 'options' && other?.kind === 'options') {
    const option = [...other.options.keys()].find(each => how.options.get(each) !== other.options.get(each))!;
    if (!how.from) return { asked: [recorded(score, id, option)], proofs: [] };
    const there = factTest(how.from.value, testOf({ is: { value: option, span: NOWHERE } }));
    return { asked: [where(there)], proofs: unless(mayHold(there, group)) };
  }
  if (how?.kind === 'intervals' && other?.kind === 'intervals') {
    const i = how.intervals.findIndex((each, at) => each !== other.intervals[at]);
    const of = (test: Test) => factTest(how.fact.value, { ...test, unit: test.unit ?? how.unit });
    const [was, is] = [of(how.intervals[i]!.test), of(other.intervals[i]!.test)];
    if (how.intervals[i]!.test === other.intervals[i]!.test) return { asked: [where(was)], proofs: unless(mayHold(was, group)) };
    return { asked: [where(either(was, is))], proofs: unless(apart(was, is, group)) };
  }
  if (how?.kind !== 'conditions' || other?.kind !== 'conditions') return NONE;
  const i = how.conditions.findIndex((each, at) => each !== other.conditions[at]);
  const earlier = together(how.conditions.slice(0, i < 0 ? undefined : i).map(({ when }) => not(when)));
  if (i < 0) return { asked: [where(earlier)], proofs: unless(mayHold(earlier, group)) };
  const [was, is] = [how.conditions[i]!.when, other.conditions[i]!.when];
  const reached = together([earlier, was]);
  if (was === is) return { asked: [where(reached)], proofs: unless(mayHold(reached, group)) };
  return { asked: [where(together([earlier, either(was, is)]))], proofs: unless(apart(was, is, group, { while: earlier })) };
}

/** All points that it can give, as text. */
function attainable(how: Component['how']): string {
  const points = (): readonly Exact[] => {
    if (how?.kind === 'options') return [...how.options.values()].map(each => each.points.value);
    if (how?.kind === 'intervals') return how.intervals.map(each => each.points.value);
    if (how?.kind !== 'conditions') return [];
    return [...how.conditions.map(each => each.points.value), ...(how.otherwise ? [how.otherwise.value] : [])];
  };
  return [...new Set(points().map(String))].sort().join();
}

const LOWEST = testOf({ atLeast: bound(Exact.of(-1e9)) });

/** Somebody who is scored, all components known. */
function scored(score: Score): MutantQuestion {
  return plainly({ kind: 'score-total', score: { value: score.id, span: NOWHERE }, test: LOWEST, span: NOWHERE }, score.of?.value);
}

/** An option that is recorded is no condition: it is asked for by the variable that has it. */
function recorded(score: Score, component: string, option: string): MutantQuestion {
  const group = score.of?.value;
  const applies = plainly({ kind: 'score-applies', score: { value: score.id, span: NOWHERE }, applies: true, span: NOWHERE }, group);
  const hasOption = (space: Space) => {
    const index = space.variables.findIndex(
      ({ option: one, group: own, slot }) => one?.score === score.id && one.component === component && own === group && slot === 0,
    );
    if (index < 0) return [];
    const { cells } = space.variables[index]!;
    const has = bitsWhere(
      cells.length,
      i => cells[i]!.kind === 'code' && (cells[i] as { values: readonly string[] }).values.includes(option),
    );
    return [{ formula: { kind: 'atom' as const, variable: index, cells: has }, truth: 2 as const }];
  };
  const { question } = applies;
  return {
    ...applies,
    question: {
      ...question,
      wanted: space => {
        // Its components have variables only once it is read.
        scored(score).question.wanted(space);
        return [...question.wanted(space), ...hasOption(space)];
      },
    },
    variants: patient => holdersIn(patient, group).flatMap((_, i) => [withOption(patient, group, i, score.id, component, option)]),
  };
}

type Holder = Pick<WitnessPatient, 'facts' | 'scores'>;

function holdersIn(patient: WitnessPatient, group: string | undefined): readonly Holder[] {
  return group === undefined ? [patient] : (patient.groups?.[group]?.records ?? []);
}

function changedHolder(
  patient: WitnessPatient,
  group: string | undefined,
  place: number,
  change: (holder: Holder) => void,
): WitnessPatient {
  const copy = structuredClone(patient);
  const holder = holdersIn(copy, group)[place];
  if (holder) change(holder);
  return copy;
}

function withOption(patient: WitnessPatient, group: string | undefined, place: number, score: string, component: string, option: string) {
  return changedHolder(patient, group, place, holder => {
    holder.scores ??= {};
    holder.scores[score] ??= { on: patient.asOf, options: {} };
    holder.scores[score]!.options[component] = option;
  });
}

const HOUR = 3_600_000;
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, wk: 168, mo: 730.5, a: 8766 };

/** Somebody scored just so long ago, or scored before what voids the score. */
function ofValidity(score: Score, changed: Score): MutantQuestions {
  const group = score.of?.value;
  const at = (asOf: string, hours: number) => momentText(Date.parse(asOf) - hours * HOUR);
  const dated = (patient: WitnessPatient, place: number, on: string, event?: string) =>
    changedHolder(patient, group, place, holder => {
      holder.scores ??= {};
      holder.scores[score.id] = { on, options: holder.scores[score.id]?.options ?? {} };
      if (event !== undefined) holder.facts[event] = patient.asOf;
    });
  const periods = [score.validFor?.value, changed.validFor?.value].filter(each => each !== undefined);
  const gone = score.voidedBy.find(({ value }) => !changed.voidedBy.some(other => other.value === value));
  const variants = (patient: WitnessPatient) =>
    holdersIn(patient, group).flatMap((_, i) => [
      ...periods.map(({ number, unit }) => dated(patient, i, at(patient.asOf, number.double * (HOURS[unit] ?? 24)))),
      ...(gone ? [dated(patient, i, at(patient.asOf, 1), gone.value)] : []),
    ]);
  return { asked: [{ ...scored(score), variants }], proofs: [] };
}
