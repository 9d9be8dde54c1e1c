/** Holds an outcome against what a sample patient expects: every difference in words, at the place that expected it. */
import type { DecisionOutcome, MissingInput, Outcome, ScoreOutcome } from '../evaluation/outcome.ts';
import { Exact } from '../model/exact.ts';
import type { Expected, ExpectedTotals } from '../model/patient.ts';
import type { RuleSet, Score } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import { effectDifferences } from './expected-effects.ts';
import { andList, orList } from './plain-lists.ts';

export interface Difference {
  readonly about: 'decision' | 'total' | 'band' | 'fired' | 'not-fired' | 'statement' | 'missing' | 'effect' | 'no-effect';
  /** The decision, score, rule, statement, input or what an effect is about. */
  readonly name: string;
  /** The expectation in the patient's file. */
  readonly span: Span;
  readonly message: string;
  /** Both sides in short, for a view that shows them beside each other. */
  readonly expected: string;
  readonly actual: string;
}

/** As much of an outcome as anything can be expected of. */
export interface Answered extends Pick<Outcome, 'decisions' | 'scores' | 'rules' | 'effects'> {
  readonly missing: readonly Pick<MissingInput, 'input'>[];
}

/**
 * Empty when everything expected of this rule set holds. The rule set is the one that gave the outcome: it knows what its rules cite. Of the
 * outcome only what is expected is read.
 */
export function differencesFrom(expected: Expected, outcome: Answered, ruleSet: RuleSet): readonly Difference[] {
  return [
    ...decisionDifferences(expected, outcome),
    ...totalDifferences(expected, outcome),
    ...bandDifferences(expected, outcome, ruleSet),
    ...ruleDifferences(expected, outcome, ruleSet),
    ...statementDifferences(expected, outcome, ruleSet),
    ...effectDifferences(expected, outcome, ruleSet),
    ...missingDifferences(expected, outcome, ruleSet),
  ];
}

/** One word for how a decision came out: its value, or `undetermined`, `no-answer`, `conflict`. Several for `collect`. */
export function answersOf(decision: DecisionOutcome): readonly string[] {
  if (decision.status !== 'decided' || decision.value === null) return [decision.status];
  return typeof decision.value === 'string' ? [decision.value] : decision.value;
}

function* decisionDifferences(expected: Expected, outcome: Answered): Iterable<Difference> {
  for (const [id, acceptable] of expected.decisions) {
    const decision = outcome.decisions[id];
    const wanted = acceptable.map(({ value }) => value);
    const place = { about: 'decision' as const, name: id, span: acceptable[0]?.span ?? expected.span, expected: orList(wanted) };
    if (!decision) {
      const message = `Expected ${orList(wanted)} for “${id}”, but the rule set has no such decision.`;
      yield { ...place, actual: 'no such decision', message };
      continue;
    }
    const answers = answersOf(decision);
    if (meets(decision, answers, wanted)) continue;
    yield {
      ...place,
      actual: andList(answers),
      message: `Expected ${orList(wanted)} for “${id}”, but it came out as ${andList(answers)}${because(decision)}.`,
    };
  }
}

function because({ by, because }: DecisionOutcome): string {
  if (because === 'out-of-scope') return ': the rule set does not apply to this patient';
  return by.length > 0 ? ` by ${andList(by.slice(0, 3).map(id => `“${id}”`))}${by.length > 3 ? ' and others' : ''}` : '';
}

/** Several values are alternatives, but for a decision that collects: there all of them, and no others. */
function meets(decision: DecisionOutcome, answers: readonly string[], wanted: readonly string[]): boolean {
  if (!Array.isArray(decision.value)) return wanted.includes(answers[0]!);
  return answers.length === wanted.length && answers.every(answer => wanted.includes(answer));
}

function* totalDifferences(expected: Expected, outcome: Answered): Iterable<Difference> {
  for (const [score, records] of expected.totals) {
    for (const [record, wanted] of records) {
      const found = scoreIn(outcome, score, record);
      const problem = totalProblem(found, wanted);
      if (problem === undefined) continue;
      const name = nameOf(score, record);
      const message = `${name}: expected ${totalsText(wanted)}, but ${problem}.`;
      yield { about: 'total', name, span: wanted.span, expected: totalsText(wanted), actual: problem, message };
    }
  }
}

function scoreIn(outcome: Answered, score: string, record: string): ScoreOutcome | undefined {
  return outcome.scores.find(candidate => candidate.id === score && (candidate.record ?? '') === record);
}

function nameOf(score: string, record: string): string {
  return record ? `${score} of ${record}` : score;
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

function* bandDifferences(expected: Expected, outcome: Answered, ruleSet: RuleSet): Iterable<Difference> {
  for (const [score, records] of expected.bands)
    for (const [record, { bands, span }] of records) {
      const wanted = bands.map(({ value }) => value);
      const found = scoreIn(outcome, score, record);
      const actual = found ? bandsFound(found) : 'the outcome does not have it';
      if (found && isInBand(found, wanted, ruleSet.scores.get(score))) continue;
      const text = wanted.length > 0 ? `the band ${orList(wanted)}` : 'no band';
      const name = nameOf(score, record);
      yield { about: 'band', name, span, expected: text, actual, message: `${name}: expected ${text}, but ${actual}.` };
    }
}

/** Every band it may be in, among those of the set that a named band is of, is one of those expected, and it is in one. */
function isInBand({ bands = [], state }: ScoreOutcome, wanted: readonly string[], score: Score | undefined): boolean {
  if (wanted.length === 0) return bands.length === 0;
  const sets = [...(score?.bandSets.values() ?? [])].filter(set => set.some(({ id }) => wanted.includes(id)));
  if (state === 'not-scorable' || sets.length === 0) return false;
  return sets.every(set => {
    const possible = bands.filter(id => set.some(band => band.id === id));
    return possible.length > 0 && possible.every(id => wanted.includes(id));
  });
}

function bandsFound({ bands = [], state, ...score }: ScoreOutcome): string {
  if (state === 'not-scorable') return 'it does not apply';
  const totals = totalsFound({ ...score, state });
  return bands.length > 0 ? `it is in ${orList(bands)} (its ${totals})` : `it is in no band (its ${totals})`;
}

function* ruleDifferences(expected: Expected, outcome: Answered, ruleSet: RuleSet): Iterable<Difference> {
  if (expected.fired.length + expected.notFired.length === 0) return;
  const fired = firedRules(outcome);
  for (const { value, span } of expected.fired) {
    if (fired.has(value)) continue;
    const actual = howItWent(value, outcome, ruleSet);
    yield {
      about: 'fired',
      name: value,
      span,
      expected: 'it fires',
      actual,
      message: `Expected the rule “${value}” to fire, but ${actual}.`,
    };
  }
  for (const { value, span } of expected.notFired) {
    if (ruleSet.rules.has(value) && !fired.has(value)) continue;
    const actual = howItWent(value, outcome, ruleSet);
    const message = `Expected the rule “${value}” not to fire, but ${actual}.`;
    yield { about: 'not-fired', name: value, span, expected: 'it does not fire', actual, message };
  }
}

function firedRules(outcome: Answered): ReadonlySet<string> {
  return new Set(outcome.rules.filter(({ status }) => status === 'fired').map(({ id }) => id));
}

function howItWent(id: string, outcome: Answered, ruleSet: RuleSet): string {
  if (!ruleSet.rules.has(id)) return 'the rule set has no such rule';
  const instances = outcome.rules.filter(rule => rule.id === id);
  const statuses = new Set(instances.map(({ status }) => status));
  if (statuses.has('fired')) return 'it fired';
  if (statuses.has('undetermined')) return 'it is undetermined';
  const over = [...new Set(instances.flatMap(({ overriddenBy }) => overriddenBy ?? []))].sort();
  return over.length > 0 ? `it is overridden by ${andList(over.map(rule => `“${rule}”`))}` : 'it is ruled out';
}

/** A statement is met when a rule that fired cites its place. */
function* statementDifferences(expected: Expected, outcome: Answered, ruleSet: RuleSet): Iterable<Difference> {
  if (expected.statements.length === 0) return;
  const cited = placesCited([...firedRules(outcome)], ruleSet);
  for (const { value, span } of expected.statements) {
    if (cited.has(value)) continue;
    const known = placesCited([...ruleSet.rules.keys()], ruleSet).has(value);
    const actual = known ? 'no rule that fired cites it' : 'no rule of the rule set cites it';
    const message = `Expected statement ${value} to take effect, but ${actual}.`;
    yield { about: 'statement', name: value, span, expected: 'a rule that fired cites it', actual, message };
  }
}

function placesCited(rules: readonly string[], ruleSet: RuleSet): ReadonlySet<string> {
  return new Set(rules.flatMap(id => ruleSet.rules.get(id)?.source?.at.map(({ value }) => value) ?? []));
}

/** An input counts as reported when the outcome lists it as missing, or shows its component with points still open. */
function* missingDifferences(expected: Expected, outcome: Answered, ruleSet: RuleSet): Iterable<Difference> {
  if (expected.missing.length === 0) return;
  const reported = new Set([...outcome.missing.map(({ input }) => input), ...openComponents(outcome, ruleSet)]);
  for (const { value, span } of expected.missing) {
    if (reported.has(value)) continue;
    const actual = reported.size ? `reported are ${andList([...reported].sort())}` : 'nothing is reported as missing';
    const message = `Expected ${value} to be reported as missing, but ${actual}.`;
    yield { about: 'missing', name: value, span, expected: 'it is reported as missing', actual, message };
  }
}

/** Components whose points are open. Where every possible total gives the same answer no rule waits for them, yet they are missing. */
function openComponents(outcome: Answered, ruleSet: RuleSet): readonly string[] {
  return outcome.scores.flatMap(score => {
    if (score.state === 'not-scorable') return [];
    const group = ruleSet.scores.get(score.id)?.of?.value;
    const path = group === undefined ? score.id : `${group}.${score.record}.${score.id}`;
    return score.components.filter(({ points }) => points.length !== 1).map(({ id }) => `${path}.${id}`);
  });
}
