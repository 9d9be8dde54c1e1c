/** Changes of scores as questions: where points, bands or what a score applies to would differ. */
import { bitsWhere } from '../analysis/bits.ts';
import type { Space } from '../analysis/space.ts';
import { momentText, type WitnessPatient } from '../analysis/witness.ts';
import { Exact } from '../model/exact.ts';
import type { Component, Condition, RuleSet, Score, Test } from '../model/rule-set.ts';
import { ALWAYS, bound, NOWHERE, testOf } from './asked.ts';
import { alone, either, factTest, type MutantQuestion, type MutantQuestions, not, plainly, together } from './mutant-question.ts';

const NONE: MutantQuestions = { asked: [], proving: [] };

export function ofScore(score: Score, changed: Score, _ruleSet: RuleSet): MutantQuestions {
  const group = score.of?.value;
  if (score.when !== changed.when) return alone(plainly(either(score.when ?? ALWAYS, changed.when ?? ALWAYS), group));
  if (score.validFor !== changed.validFor || score.voidedBy !== changed.voidedBy) return ofValidity(score, changed);
  const [before, after] = [score, changed].map(({ bandSets }) => [...bandSets.values()].flat());
  const band = before!.findIndex((each, i) => each !== after![i]);
  if (band >= 0) {
    const of = (test: Test): Condition => ({ kind: 'score-total', score: { value: score.id, span: NOWHERE }, test, span: NOWHERE });
    const { when } = before![band]!;
    const [was, is] = [before!, after!].map(bands => together([bands[band]!.when, of(bands[band]!.test)]));
    return alone(
      plainly(
        before![band]!.test === after![band]!.test
          ? either(was!, is!)
          : together([when, either(of(before![band]!.test), of(after![band]!.test))]),
        group,
      ),
    );
  }
  const [id] = [...score.components.keys()].filter(each => score.components.get(each) !== changed.components.get(each));
  return id === undefined ? NONE : ofComponent(score, score.components.get(id)!, changed.components.get(id)!);
}

function ofComponent(score: Score, { id, how }: Component, changed: Component): MutantQuestions {
  const group = score.of?.value;
  const other = changed.how;
  const where = (condition: Condition) => alone(plainly(together([score.when, condition]), group));
  if (how?.kind === 'options' && other?.kind === 'options') {
    const option = [...other.options.keys()].find(each => how.options.get(each) !== other.options.get(each))!;
    return how.from
      ? where(factTest(how.from.value, testOf({ is: { value: option, span: NOWHERE } })))
      : alone(recorded(score, id, option));
  }
  if (how?.kind === 'intervals' && other?.kind === 'intervals') {
    const i = how.intervals.findIndex((each, at) => each !== other.intervals[at]);
    const of = (test: Test) => factTest(how.fact.value, { ...test, unit: test.unit ?? how.unit });
    const [was, is] = [how.intervals[i]!.test, other.intervals[i]!.test];
    return where(was === is ? of(was) : either(of(was), of(is)));
  }
  if (how?.kind !== 'conditions' || other?.kind !== 'conditions') return NONE;
  const i = how.conditions.findIndex((each, at) => each !== other.conditions[at]);
  if (i < 0) return where(together(how.conditions.map(({ when }) => not(when))));
  const [was, is] = [how.conditions[i]!.when, other.conditions[i]!.when];
  const earlier = how.conditions.slice(0, i).map(({ when }) => not(when));
  return where(together([...earlier, was === is ? was : either(was, is)]));
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
  return { asked: [{ ...scored(score), variants }], proving: [] };
}
