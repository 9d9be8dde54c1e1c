/** Holds an outcome against what a sample patient expects: every difference in words, at the place that expected it. */
import type { DecisionOutcome, Outcome, ScoreOutcome } from '../evaluation/outcome.ts';
import { Exact } from '../model/exact.ts';
import type { Expected, ExpectedTotals } from '../model/patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';

export interface Difference {
  readonly about: 'decision' | 'total' | 'fired' | 'not-fired' | 'statement' | 'missing';
  /** The decision, score, rule, statement or input. */
  readonly name: string;
  /** The expectation in the patient's file. */
  readonly span: Span;
  readonly message: string;
}

/** Empty when everything expected of this rule set holds. The rule set is the one that gave the outcome: it knows what its rules cite. */
export function differencesFrom(expected: Expected, outcome: Outcome, ruleSet: RuleSet): readonly Difference[] {
  return [
    ...decisionDifferences(expected, outcome),
    ...totalDifferences(expected, outcome),
    ...ruleDifferences(expected, outcome, ruleSet),
    ...statementDifferences(expected, outcome, ruleSet),
    ...missingDifferences(expected, outcome, ruleSet),
  ];
}

/** One word for how a decision came out: its value, or `undetermined`, `no-answer`, `conflict`. Several for `collect`. */
export function answersOf(decision: DecisionOutcome): readonly string[] {
  if (decision.status !== 'decided' || decision.value === null) return [decision.status];
  return typeof decision.value === 'string' ? [decision.value] : decision.value;
}

function* decisionDifferences(expected: Expected, outcome: Outcome): Iterable<Difference> {
  for (const [id, acceptable] of expected.decisions) {
    const decision = outcome.decisions[id];
    const span = acceptable[0]?.span ?? expected.span;
    const wanted = acceptable.map(({ value }) => value);
    if (!decision) {
      yield { about: 'decision', name: id, span, message: `Expected an answer to “${id}”, but the rule set has no such decision.` };
      continue;
    }
    const answers = answersOf(decision);
    if (meets(decision, answers, wanted)) continue;
    yield { about: 'decision', name: id, span, message: `Expected ${orList(wanted)} for “${id}”; it came out as ${andList(answers)}.` };
  }
}

/** Several values are alternatives, but for a decision that collects: there all of them, and no others. */
function meets(decision: DecisionOutcome, answers: readonly string[], wanted: readonly string[]): boolean {
  if (!Array.isArray(decision.value)) return wanted.includes(answers[0]!);
  return answers.length === wanted.length && answers.every(answer => wanted.includes(answer));
}

function* totalDifferences(expected: Expected, outcome: Outcome): Iterable<Difference> {
  for (const [score, records] of expected.totals) {
    for (const [record, wanted] of records) {
      const found = outcome.scores.find(candidate => candidate.id === score && (candidate.record ?? '') === record);
      const problem = totalProblem(found, wanted);
      if (problem === undefined) continue;
      const name = record ? `${score} of ${record}` : score;
      yield { about: 'total', name, span: expected.span, message: `${name}: expected ${totalsText(wanted)}, but ${problem}.` };
    }
  }
}

/** What is wrong, in words; undefined where the totals are as expected. */
function totalProblem(found: ScoreOutcome | undefined, wanted: ExpectedTotals): string | undefined {
  const scored = found && found.state !== 'not-scorable';
  if (wanted.kind === 'none') return scored ? `its ${totalsFound(found)}` : undefined;
  if (!scored) return found ? 'it does not apply' : 'the outcome does not have it';
  const totals = found.total === undefined ? (found.totals ?? []) : [found.total];
  const numbers = totals.map(text => Exact.parse(text)!);
  return isAsExpected(numbers, wanted) ? undefined : `its ${totalsFound(found)}`;
}

function isAsExpected(found: readonly Exact[], wanted: ExpectedTotals): boolean {
  if (wanted.kind === 'none') return false;
  if (wanted.kind === 'within')
    return found.length > 0 && found.every(total => total.compare(wanted.low) >= 0 && total.compare(wanted.high) <= 0);
  return found.length === wanted.totals.length && wanted.totals.every(total => found.some(other => other.equals(total)));
}

function totalsFound(score: ScoreOutcome): string {
  if (score.total !== undefined) return `total is ${score.total}`;
  return score.totals?.length ? `possible totals are ${andList(score.totals)}` : 'total cannot be told';
}

function totalsText(wanted: ExpectedTotals): string {
  if (wanted.kind === 'none') return 'that it does not apply';
  if (wanted.kind === 'within') return `totals between ${wanted.low} and ${wanted.high}`;
  return wanted.totals.length === 1 ? `a total of ${wanted.totals[0]}` : `the possible totals ${andList(wanted.totals.map(String))}`;
}

function* ruleDifferences(expected: Expected, outcome: Outcome, ruleSet: RuleSet): Iterable<Difference> {
  const fired = firedRules(outcome);
  for (const { value, span } of expected.fired) {
    if (fired.has(value)) continue;
    yield { about: 'fired', name: value, span, message: `Expected the rule “${value}” to fire; ${howItWent(value, outcome, ruleSet)}.` };
  }
  for (const { value, span } of expected.notFired) {
    if (ruleSet.rules.has(value) && !fired.has(value)) continue;
    const message = `Expected the rule “${value}” not to fire; ${howItWent(value, outcome, ruleSet)}.`;
    yield { about: 'not-fired', name: value, span, message };
  }
}

function firedRules(outcome: Outcome): ReadonlySet<string> {
  return new Set(outcome.rules.filter(({ status }) => status === 'fired').map(({ id }) => id));
}

function howItWent(id: string, outcome: Outcome, ruleSet: RuleSet): string {
  if (!ruleSet.rules.has(id)) return 'the rule set has no such rule';
  const statuses = new Set(outcome.rules.filter(rule => rule.id === id).map(({ status }) => status));
  if (statuses.has('fired')) return 'it fired';
  return statuses.has('undetermined') ? 'it is undetermined' : 'it is ruled out';
}

/** A statement is met when a rule that fired cites its place. */
function* statementDifferences(expected: Expected, outcome: Outcome, ruleSet: RuleSet): Iterable<Difference> {
  const cited = placesCited([...firedRules(outcome)], ruleSet);
  for (const { value, span } of expected.statements) {
    if (cited.has(value)) continue;
    const known = placesCited([...ruleSet.rules.keys()], ruleSet).has(value);
    const why = known ? 'no rule that fired cites it' : 'no rule of the rule set cites it';
    yield { about: 'statement', name: value, span, message: `Expected statement ${value} to take effect; ${why}.` };
  }
}

function placesCited(rules: readonly string[], ruleSet: RuleSet): ReadonlySet<string> {
  return new Set(rules.flatMap(id => ruleSet.rules.get(id)?.source?.at.map(({ value }) => value) ?? []));
}

/** An input counts as reported when the outcome lists it as missing, or shows its component with points still open. */
function* missingDifferences(expected: Expected, outcome: Outcome, ruleSet: RuleSet): Iterable<Difference> {
  const reported = new Set([...outcome.missing.map(({ input }) => input), ...openComponents(outcome, ruleSet)]);
  for (const { value, span } of expected.missing) {
    if (reported.has(value)) continue;
    const others = reported.size ? `reported are ${andList([...reported].sort())}` : 'nothing is reported as missing';
    yield { about: 'missing', name: value, span, message: `Expected ${value} to be reported as missing; ${others}.` };
  }
}

/** Components whose points are open. Where every possible total gives the same answer no rule waits for them, yet they are missing. */
function openComponents(outcome: Outcome, ruleSet: RuleSet): readonly string[] {
  return outcome.scores.flatMap(score => {
    if (score.state === 'not-scorable') return [];
    const group = ruleSet.scores.get(score.id)?.of?.value;
    const path = group === undefined ? score.id : `${group}.${score.record}.${score.id}`;
    return score.components.filter(({ points }) => points.length !== 1).map(({ id }) => `${path}.${id}`);
  });
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function andList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
