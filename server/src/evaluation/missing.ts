/** Missing inputs: what undetermined rules wait for, and what each value would make of the decisions. */
import { type Cell, joinCells } from './cells.ts';
import { type Choice, choicesOf } from './choices.ts';
import type { CompiledRuleSet } from './compile.ts';
import { dependenceOn } from './dependencies.ts';
import { type Judgement, judge } from './judge.ts';
import { type Need, needsOf } from './needs.ts';
import type { DecisionPart, MissingInput } from './outcome.ts';
import type { OwnTruths } from './rules.ts';
import type { PatientState } from './state.ts';
import { byText, UNKNOWN } from './values.ts';

/** Ordered by the number of rules settled, then by name. */
export function missingInputs(compiled: CompiledRuleSet, patient: PatientState, judgement: Judgement): MissingInput[] {
  const inputs = needsOf(compiled, judgement).map(need => missingInput(need, compiled, patient, judgement));
  return inputs.sort((a, b) => b.rules.length - a.rules.length || byText(a.input, b.input));
}

interface Answer {
  readonly choice: Choice;
  readonly settled: readonly string[];
  readonly decisions: Readonly<Record<string, DecisionPart>>;
  readonly key: string;
}

function missingInput(need: Need, compiled: CompiledRuleSet, patient: PatientState, before: Judgement): MissingInput {
  const depends = dependenceOn(need, compiled);
  const known = before.own.map((truths, rule) => (depends(rule) ? undefined : truths));
  const answers = joined(choicesOf(need, compiled, patient).map(choice => answerOf(choice, compiled, before, known)));
  return {
    input: need.input,
    kind: need.kind,
    record: need.record?.id ?? null,
    rules: [...new Set(answers.flatMap(({ settled }) => settled))].sort(byText),
    outcomes: answers.map(({ choice, decisions }) => ({ value: choice.label, decisions })),
  };
}

function answerOf(choice: Choice, compiled: CompiledRuleSet, before: Judgement, known: OwnTruths): Answer {
  const after = judge(compiled, choice.patient, known);
  const decisions = Object.fromEntries(
    Object.entries(after.decisions)
      .sort(([a], [b]) => byText(a, b))
      .map(([id, { status, value, possible, meanwhile, by }]) => [id, { status, value, possible, meanwhile, by }]),
  );
  const settled = settledRules(compiled, before, after);
  return { choice, settled, decisions, key: JSON.stringify([settled, decisions]) };
}

/** Rules with an instance that was undetermined and now is not, or is not there any more. */
function settledRules({ rules }: CompiledRuleSet, before: Judgement, after: Judgement): string[] {
  const settled = rules.filter(({ index }) =>
    before.truths[index]!.some((truth, i) => truth === UNKNOWN && after.truths[index]![i] !== UNKNOWN),
  );
  return settled.map(({ rule }) => rule.id);
}

/** Neighbouring cells with the same outcome become one. */
function joined(answers: readonly Answer[]): Answer[] {
  const all: Answer[] = [];
  for (const answer of answers) {
    const last = all.at(-1);
    const cell = last && mergedCell(last, answer);
    if (!cell) all.push(answer);
    else all[all.length - 1] = { ...last, choice: { ...last.choice, cell, label: last.choice.say!(cell) } };
  }
  return all;
}

function mergedCell(a: Answer, b: Answer): Cell | undefined {
  return a.key === b.key && a.choice.cell && b.choice.cell ? joinCells(a.choice.cell, b.choice.cell) : undefined;
}
