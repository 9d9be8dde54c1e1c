/**
 * The analysis against z3 on decision tables: whether every patient is answered, and which rules conflict. Both are timed from what they are
 * given, the linked rule set or the text of the question, to the verdict, and their verdicts must agree.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { conflictingPairs } from '../../server/src/analysis/conflicts.ts';
import { gapsOf } from '../../server/src/analysis/gaps.ts';
import { type Inquiry, inquire } from '../../server/src/analysis/question.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { median } from './measure.ts';
import { boxes, clinical, declarations, firing, gapQuestion, noisyTree, type Table, tableText, tree } from './tables.ts';

const SHAPES = { tree, 'tree with noise': noisyTree, clinical, 'random boxes': boxes };
const FACTS = [3, 5, 7, 10];
const SIZES = [100, 1000, 5000];
const SEED = 7;
const TURNS = 5;
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
  console.log(`\nIs every patient answered? Ours: median of ${TURNS}; z3-solver: once, in a process of its own, loading not counted`);
  completeness(cases);
  console.log(`\nAll pairs of rules that decide differently for some patient. z3: ${SAMPLE} pairs in one solver, the rest extrapolated`);
  conflicts(cases.filter(({ table }) => table.facts === 10 && table.rules.length >= 1000));
}

function completeness(cases: readonly Case[]): void {
  for (const { shape, table } of cases) {
    const ours = timed(table, (inquiry, ruleSet) => gapsOf(inquiry, [...ruleSet.decisions.values()][0]!)[0]!.answer.kind);
    const cap = capFor(shape, table);
    const [theirs] = z3([{ text: gapQuestion(table), cap }]) as [{ verdict: string; ms: number }];
    const verdict = ours.answer === 'none' ? 'unsat' : 'sat';
    if (theirs.verdict !== 'unknown' && theirs.verdict !== verdict)
      throw new Error(`${name(shape, table)}: ${ours.answer}, z3 says ${theirs.verdict}`);
    const capped = theirs.verdict === 'unknown';
    const ratio = theirs.ms / ours.ms;
    const asked = table.rules.length < 1000 ? 0 : shape === 'tree' ? 100 : shape === 'clinical' ? 30 : 0;
    const found = ours.answer === 'none' ? 'proved' : 'a patient without answer';
    const marks = [
      ...(asked ? [mark(ratio >= asked, `at least ${asked} times as fast`)] : []),
      ...(table.facts === 10 && table.rules.length === 5000 && (shape === 'tree' || shape === 'clinical')
        ? [mark(ours.ms <= 100 && ours.answer === 'none', 'proved within 100 ms, from the linked rule set to the verdict')]
        : []),
    ];
    const peer = capped ? `stopped undecided after ${said(theirs.ms)}, so more than` : said(theirs.ms);
    console.log(line(shape, table, `${found} in ${said(ours.ms)}, z3 ${peer}${capped ? '' : ':'} ${said(ratio, 'x')}`, marks));
  }
}

/** Enough for the marks to be told by it, and no more. */
function capFor(shape: string, { rules }: Table): number {
  if (shape !== 'tree' && shape !== 'clinical') return 3000;
  return rules.length < 1000 ? 3000 : 15_000;
}

function conflicts(cases: readonly Case[]): void {
  for (const { shape, table } of cases) {
    const ours = timed(table, allPairs);
    const sample = samplePairs(table);
    const [theirs] = z3([{ declarations: declarations(table), rules: table.rules.map(firing), pairs: sample }]) as [
      { verdicts: string[]; ms: number },
    ];
    const found = ours.answer;
    for (const [i, [a, b]] of sample.entries())
      if (found.has(a, b) !== (theirs.verdicts[i] === 'sat')) throw new Error(`${name(shape, table)}: rules ${a} and ${b}`);
    const all = pairsOf(table);
    const estimate = (theirs.ms / sample.length) * all;
    const marks = [
      ...(table.rules.length === 1000 ? [mark(estimate / ours.ms >= 1000, 'at least 1000 times as fast')] : []),
      ...(table.rules.length === 5000 ? [mark(ours.ms < 50, 'within 50 ms')] : []),
    ];
    const each = (theirs.ms / sample.length).toFixed(2);
    console.log(
      line(
        shape,
        table,
        `${found.count} of ${all} pairs in ${said(ours.ms)}, z3 about ${said(estimate)} at ${each} ms a pair: ${said(estimate / ours.ms, 'x')}`,
        marks,
      ),
    );
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

/** Each turn on a rule set linked anew, so that nothing is remembered from the last. */
function timed<Answer>(table: Table, run: (inquiry: Inquiry, ruleSet: RuleSet) => Answer): { ms: number; answer: Answer } {
  const read = readRuleSet(parseDocument(tableText(table)), 'bench.clinical.json');
  const times: number[] = [];
  let answer: Answer;
  for (let turn = 0; turn <= TURNS; turn++) {
    const { ruleSet } = linkRuleSet(read, () => 'missing-file');
    const start = performance.now();
    answer = run(inquire(ruleSet, 1e9, replayWith(ruleSet)), ruleSet);
    if (turn > 0) times.push(performance.now() - start);
  }
  return { ms: median(times), answer: answer! };
}

function z3(questions: readonly object[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./z3.mjs', import.meta.url))], {
    input: JSON.stringify(questions),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function mark(met: boolean, asked: string): string {
  return `${met ? 'met' : 'MISSED'} (asked ${asked})`;
}

function line(shape: string, table: Table, text: string, marks: readonly string[]): string {
  return `  ${name(shape, table)}: ${text}${marks.map(each => `; ${each}`).join('')}`;
}

function name(shape: string, { facts, rules }: Table): string {
  return `${shape} ${facts} x ${rules.length}`;
}

function said(value: number, unit = 'ms'): string {
  const rounded = value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
  return unit === 'x' ? `${rounded} times` : `${rounded} ${unit}`;
}
