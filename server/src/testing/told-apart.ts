/** What tells two answers about one patient apart, as far as a case can expect anything: as expectations that the first meets and the second does not. */
import type { Answer } from '../evaluation/answer.ts';
import type { EffectOutcome, ScoreOutcome } from '../evaluation/outcome.ts';
import { answersOf, type Difference, differencesFrom } from '../features/expectations.ts';
import type { Expected } from '../model/patient.ts';
import { readPatient } from '../model/read-patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { parseDocument } from '../syntax/document.ts';

export interface Said {
  readonly ruleSet: RuleSet;
  readonly answer: Answer;
}

export interface Apart {
  /** Under `expected` of a patient: only what differs. */
  readonly expected: ExpectedJson;
  /** What the first answer gives and what the second, in words. */
  readonly differences: readonly Difference[];
}

export interface ExpectedJson {
  decisions?: Record<string, unknown>;
  totals?: Record<string, unknown>;
  bands?: Record<string, unknown>;
  fired?: string[];
  notFired?: string[];
  effects?: object[];
  noEffects?: object[];
  missing?: string[];
}

/** Undefined where no expectation could tell them apart. */
export function toldApart(was: Said, is: Said): Apart | undefined {
  for (const candidates of [plainly(was, is), missingOnly(was, is)]) {
    const telling = [...candidates].flatMap(expected => {
      const differences = differencesTold(expected, was, is);
      return differences ? [{ expected, differences }] : [];
    });
    if (telling.length === 0) continue;
    const expected = telling.map(each => each.expected).reduce(mergedExpected);
    return { expected, differences: telling.flatMap(each => each.differences) };
  }
  return undefined;
}

/** Both sets of expectations, which are of one answer and so cannot contradict each other. */
export function mergedExpected(one: ExpectedJson, other: ExpectedJson): ExpectedJson {
  return merged(one, other) as ExpectedJson;
}

function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const known = new Set(one.map(each => JSON.stringify(each)));
    return [...one, ...other.filter(each => !known.has(JSON.stringify(each)))];
  }
  if (!isObject(one) || !isObject(other)) return one;
  const both = Object.entries(other).map(([key, value]) => [key, key in one ? mergedValue(key, one[key], value) : value]);
  return { ...one, ...Object.fromEntries(both) };
}

/** The lists under a decision or a score say one thing: the same on both sides. */
function mergedValue(key: string, one: unknown, other: unknown): unknown {
  const isList = LISTS.has(key);
  return Array.isArray(one) && !isList ? one : merged(one, other);
}

const LISTS: ReadonlySet<string> = new Set(['fired', 'notFired', 'effects', 'noEffects', 'missing']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function differencesTold(expected: ExpectedJson, was: Said, is: Said): readonly Difference[] | undefined {
  const read = expectedOf(expected);
  if (differencesFrom(read, was.answer, was.ruleSet).length > 0) return undefined;
  const differences = differencesFrom(read, is.answer, is.ruleSet);
  return differences.length > 0 ? differences : undefined;
}

export function expectedOf(expected: ExpectedJson): Expected {
  return readPatient(parseDocument(JSON.stringify({ expected: [expected] })), 'expected').expected[0]!;
}

function* plainly(was: Said, is: Said): Generator<ExpectedJson> {
  for (const [id, decision] of Object.entries(was.answer.decisions)) {
    const other = is.answer.decisions[id];
    const answers = answersOf(decision);
    if (!other || answersOf(other).join() !== answers.join()) yield { decisions: { [id]: oneOrAll(answers) } };
  }
  yield* ofScores(was.answer.scores, is.answer.scores);
  const [before, after] = [firedIn(was.answer), firedIn(is.answer)];
  for (const id of before) if (!after.has(id)) yield { fired: [id] };
  for (const id of after) if (!before.has(id)) yield { notFired: [id] };
  yield* ofEffects(was, is);
}

function oneOrAll(answers: readonly string[]): unknown {
  return answers.length === 1 ? answers[0] : answers;
}

function firedIn({ rules }: Answer): ReadonlySet<string> {
  return new Set(rules.filter(({ status }) => status === 'fired').map(({ id }) => id));
}

function* ofScores(was: readonly ScoreOutcome[], is: readonly ScoreOutcome[]): Generator<ExpectedJson> {
  const others = new Map(is.map(score => [`${score.id} ${score.record}`, score]));
  for (const score of was) {
    const other = others.get(`${score.id} ${score.record}`);
    const told = (value: unknown) => ({ [score.id]: score.record === null ? value : { [score.record]: value } });
    const totals = totalsOf(score);
    if (totals !== undefined && !(other && same(totals, totalsOf(other)))) yield { totals: told(totals) };
    const bands = bandsOf(score);
    if (bands !== undefined && !(other && same(bands, bandsOf(other)))) yield { bands: told(bands) };
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Undefined where they cannot be told. */
function totalsOf({ state, total, totals }: ScoreOutcome): unknown {
  if (state === 'not-scorable') return null;
  return total !== undefined ? Number(total) : totals?.map(Number);
}

function bandsOf({ state, bands }: ScoreOutcome): unknown {
  if (state === 'not-scorable' || bands === undefined) return undefined;
  return bands.length === 0 ? null : oneOrAll(bands);
}

/** What is in force before and not after, and what was nowhere before and is there after; of each the shortest way to say it. */
function* ofEffects(was: Said, is: Said): Generator<ExpectedJson> {
  const [before, after] = [was.answer.effects, is.answer.effects].map(effects => effects.map(spoken));
  const gone = before!.filter(effect => effect.state === 'in-force' && !after!.some(other => other.text === effect.text));
  const come = after!.filter(effect => !before!.some(other => other.text === effect.text));
  const first = (wordings: readonly ExpectedJson[]) => wordings.find(each => differencesTold(each, was, is) !== undefined);
  const found = [
    ...gone.map(({ wordings }) => first(wordings.map(effect => ({ effects: [effect] })))),
    ...come.map(({ wordings }) => first(wordings.map(effect => ({ noEffects: [effect] })))),
  ];
  for (const each of found) if (each) yield each;
}

interface Spoken {
  readonly state: EffectOutcome['state'];
  /** Everything that an expectation can say of it. */
  readonly text: string;
  /** Ways to expect it, the shortest first. */
  readonly wordings: readonly object[];
}

function spoken({ verb, what, rule: _, record: __, note: ___, state, at, ...details }: EffectOutcome): Spoken {
  const sites = at === 'everywhere' ? ['everywhere' as const] : [...new Set(at.map(({ site }) => site))].map(site => [site]);
  const plain = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, numberOr(value)]));
  const wordings = what.flatMap(id => {
    const placed = [{ [verb]: id }, ...sites.map(site => ({ [verb]: id, at: site }))];
    return [...placed, ...placed.map(each => ({ ...each, ...plain }))];
  });
  return { state, text: JSON.stringify([state, wordings]), wordings };
}

/** Where the outcome has the text of a number. */
function numberOr(value: unknown): unknown {
  return typeof value === 'string' && value !== '' && String(Number(value)) === value ? Number(value) : value;
}

/** Only where nothing else differs: what is missing is worked out by trying values, which takes long. */
function* missingOnly(was: Said, is: Said): Generator<ExpectedJson> {
  const after = new Set(is.answer.missing.map(({ input }) => input));
  for (const { input } of was.answer.missing) if (!after.has(input)) yield { missing: [input] };
}
