/** Questions about decision tables for z3, each in a process of its own: what one leaves behind does not help or hinder the next. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { declarations, firing, gapQuestion, HIGHEST, type Table } from './tables.ts';

/** Milliseconds by the clock, and of the processor. */
export interface Took {
  readonly ms: number;
  readonly cpu: number;
}

export interface Verdict extends Took {
  /** `unknown`: it was stopped. */
  readonly verdict: 'sat' | 'unsat' | 'unknown';
}

/** Whether some patient is without an answer, the question read from text: the fastest way to put it. At most `cap` milliseconds. */
export function asText(table: Table, cap: number): Verdict {
  return run({ text: gapQuestion(table), cap });
}

/** The same built through z3's own calls, from the rules in hand. */
export function asBuilt({ facts, rules }: Table, cap: number): Verdict {
  return run({ facts, highest: HIGHEST, rules, cap });
}

/** For each pair whether some patient meets both rules. */
export function pairByPair(table: Table, pairs: readonly (readonly [number, number])[]): Took & { readonly verdicts: readonly string[] } {
  return run({ declarations: declarations(table), rules: table.rules.map(firing), pairs });
}

function run<Answer>(question: object): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./z3.mjs', import.meta.url))], {
    input: JSON.stringify([question]),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout)[0];
}
