/**
 * The analysis against z3 on decision tables: whether every patient is answered, and which rules conflict. Both are timed from what they are
 * given, the linked rule set or the question, to the verdict, and their verdicts must agree. Ratios are of the processor's time: both work on one
 * thread, and other work on the machine does not count then.
 */
import { conflictingPairs } from '../../server/src/analysis/conflicts.ts';
import { gapsOf } from '../../server/src/analysis/gaps.ts';
import { type Inquiry, inquire } from '../../server/src/analysis/question.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { median } from './measure.ts';
import { boxes, clinical, noisyTree, type Table, tableText, tree } from './tables.ts';
import { asBuilt, asText, pairByPair, type Took, type Verdict } from './z3.ts';

const SHAPES = { tree, 'tree with noise': noisyTree, clinical, 'random boxes': boxes };
const FACTS = [3, 5, 7, 10];
const SIZES = [100, 1000, 5000];
const SEED = 7;
const TURNS = 5;
/**
 * Rules read before anything counts: the first turns are slow, because what runs often is compiled then. A server has long been running when a rule
 * set is edited.
 */
const WARM_UP = 15_000;
/** Turns of z3 where it is what the mark is held against on the largest tables. */
const Z3_TURNS = 3;
/** Pairs asked of z3; all others are said to take as long. */
const SAMPLE = 400;

interface Case {
  readonly shape: string;
  readonly table: Table;
}

export function analysis(): void {
  const cases = Object.entries(SHAPES).flatMap(([shape, make]) =>
    FACTS.flatMap(facts => SIZES.map((size): Case => ({ shape, table: make(facts, size, SEED) }))),
  );
  console.log(`\nIs every patient answered? Ours: median of ${TURNS}; z3-solver in a process of its own, loading not counted`);
  completeness(cases);
  console.log(`\nAll pairs of rules that decide differently for some patient. z3: ${SAMPLE} pairs in one solver, the rest extrapolated`);
  conflicts(cases.filter(({ table }) => table.facts === 10 && table.rules.length >= 1000));
}

/** Of a shape and a size, how many times as fast as z3 it must be; undefined where nothing is asked. */
function askedOf({ shape, table }: Case): number | undefined {
  if (table.rules.length < 1000) return undefined;
  return shape === 'tree' ? 100 : shape === 'clinical' ? 30 : undefined;
}

function completeness(cases: readonly Case[]): void {
  for (const one of cases) {
    const { table } = one;
    const ours = timed(table, (inquiry, ruleSet) => gapsOf(inquiry, [...ruleSet.decisions.values()][0]!)[0]!.answer.kind);
    const isMarked = askedOf(one) !== undefined && table.facts === 10;
    const cap = askedOf(one) ? 15_000 : 2000;
    console.log(line(one, `${ours.answer === 'none' ? 'proved' : 'a patient without answer'} in ${said(ours)}`, marksOf(one, ours)));
    told(
      one,
      ours,
      'z3, read from text',
      repeated(isMarked ? Z3_TURNS : 1, () => asText(table, cap)),
    );
    if (isMarked) told(one, ours, 'z3, built through its calls', asBuilt(table, cap));
  }
}

interface Ours extends Took {
  readonly answer: string;
}

function marksOf({ shape, table }: Case, ours: Ours): string[] {
  if (table.facts !== 10 || table.rules.length !== 5000 || (shape !== 'tree' && shape !== 'clinical')) return [];
  return [mark(ours.ms <= 100 && ours.answer === 'none', 'proved within 100 ms by the clock, from the linked rule set to the verdict')];
}

/** The mark is held against z3 the fastest way. */
function told(one: Case, ours: Ours, how: string, theirs: Verdict): void {
  const verdict = ours.answer === 'none' ? 'unsat' : 'sat';
  const isStopped = theirs.verdict === 'unknown';
  if (!isStopped && theirs.verdict !== verdict) throw new Error(`${name(one)}: ${ours.answer}, z3 says ${theirs.verdict}`);
  const ratio = theirs.cpu / ours.cpu;
  const asked = how.includes('text') ? askedOf(one) : undefined;
  const marks = asked ? [mark(ratio >= asked, `at least ${asked} times as fast`)] : [];
  const times = `${isStopped ? 'more than ' : ''}${number(ratio)} times as fast`;
  console.log(line(one, `${how}: ${isStopped ? 'stopped undecided after ' : ''}${said(theirs)}: ${times}`, marks));
}

function repeated(turns: number, ask: () => Verdict): Verdict {
  const all = Array.from({ length: turns }, ask);
  return { verdict: all[0]!.verdict, ms: median(all.map(({ ms }) => ms)), cpu: median(all.map(({ cpu }) => cpu)) };
}

function conflicts(cases: readonly Case[]): void {
  for (const one of cases) {
    const { table } = one;
    const ours = timed(table, allPairs);
    const sample = samplePairs(table);
    const theirs = pairByPair(table, sample);
    const found = ours.answer;
    for (const [i, [a, b]] of sample.entries())
      if (found.has(a, b) !== (theirs.verdicts[i] === 'sat')) throw new Error(`${name(one)}: rules ${a} and ${b}`);
    const all = pairsOf(table);
    const each = theirs.cpu / sample.length;
    const ratio = (each * all) / ours.cpu;
    const marks = [
      ...(table.rules.length === 1000 ? [mark(ratio >= 1000, 'at least 1000 times as fast')] : []),
      ...(table.rules.length === 5000 ? [mark(ours.ms < 50, 'within 50 ms by the clock')] : []),
    ];
    const theirTime = `z3 about ${number((each * all) / 1000)} s of the processor at ${each.toFixed(2)} ms a pair`;
    console.log(line(one, `${found.count} of ${all} pairs in ${said(ours)}, ${theirTime}: ${number(ratio)} times`, marks));
  }
}

interface Pairs {
  readonly count: number;
  has(a: number, b: number): boolean;
}

function allPairs(inquiry: Inquiry, ruleSet: RuleSet): Pairs {
  const rules = [...ruleSet.rules.values()];
  const { count, has } = conflictingPairs(inquiry, [...ruleSet.decisions.values()][0]!);
  return { count, has: (a, b) => has(rules[a]!, rules[b]!) };
}

/** Pairs with different values, the same for every run: half of them next to each other, where they are most alike. */
function samplePairs({ rules }: Table): [number, number][] {
  const pairs: [number, number][] = [];
  const step = Math.floor(rules.length / 23);
  for (let i = 0; pairs.length < SAMPLE; i++) {
    const a = (i * 37) % rules.length;
    const b = (a + (i % 2 ? 1 : 1 + ((i * step) % (rules.length - 1)))) % rules.length;
    if (a !== b && rules[a]!.value !== rules[b]!.value) pairs.push([a, b]);
  }
  return pairs;
}

function pairsOf({ rules }: Table): number {
  const counts = new Map<string, number>();
  for (const { value } of rules) counts.set(value, (counts.get(value) ?? 0) + 1);
  const same = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  return (rules.length * (rules.length - 1)) / 2 - same;
}

/** Each turn on a rule set read and linked anew, so that nothing is remembered from the last. */
function timed<Answer>(table: Table, run: (inquiry: Inquiry, ruleSet: RuleSet) => Answer): Took & { answer: Answer } {
  const document = parseDocument(tableText(table));
  const warmUp = Math.min(20, Math.ceil(WARM_UP / table.rules.length));
  const times: Took[] = [];
  let answer: Answer;
  for (let turn = 0; turn < warmUp + TURNS; turn++) {
    const { ruleSet } = linkRuleSet(readRuleSet(document, 'bench.clinical.json'), () => 'missing-file');
    const [start, before] = [performance.now(), process.cpuUsage()];
    answer = run(inquire(ruleSet, 1e9, replayWith(ruleSet)), ruleSet);
    const { user, system } = process.cpuUsage(before);
    if (turn >= warmUp) times.push({ ms: performance.now() - start, cpu: (user + system) / 1000 });
  }
  return { ms: median(times.map(({ ms }) => ms)), cpu: median(times.map(({ cpu }) => cpu)), answer: answer! };
}

function mark(met: boolean, asked: string): string {
  return `${met ? 'met' : 'MISSED'} (asked ${asked})`;
}

function line(one: Case, text: string, marks: readonly string[]): string {
  return `  ${name(one)}: ${text}${marks.map(each => `; ${each}`).join('')}`;
}

function name({ shape, table }: Case): string {
  return `${shape} ${table.facts} x ${table.rules.length}`;
}

function said({ ms, cpu }: Took): string {
  return `${number(ms)} ms (processor ${number(cpu)})`;
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}
